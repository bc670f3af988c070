"""The address on which a process answers: taken by another, or not this machine's."""

import socket
from pathlib import Path

import pytest

from bot.cli import main
from bot.texts import texts


@pytest.mark.parametrize(("key", "host"), [("taken", "127.0.0.1"), ("not_ours", "192.0.2.1")])
def test_an_address_that_cannot_be_had_is_told_with_its_setting(
    key: str, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second process on a machine is told which setting to change, and not to look at the disk; wrong use is 2."""
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        there.listen()
        address = f"{host}:{there.getsockname()[1]}"
        monkeypatch.chdir(tmp_path)
        for name, value in {"LANGUAGE": "ar", "HTTP_ADDRESS": address, "DATA_DIR": str(tmp_path)}.items():
            monkeypatch.setenv(f"KAWALIS_{name}", value)
        assert main(["run", "--role", "web"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == texts("ar")(f"settings.address_{key}", name="KAWALIS_HTTP_ADDRESS", address=address)
