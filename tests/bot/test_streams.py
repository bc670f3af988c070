"""What the command line reads and writes, however its streams were set up by whoever started it."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.terminal import say, utf8_streams
from bot.texts import texts

FULL = Path("/dev/full")


def started(*typed: str, out: int | None = None, closed: str = "") -> subprocess.CompletedProcess[str]:
    """`kawalis` as a shell starts it: its output goes to `out`, and what `closed` says (`<&-`) is closed."""
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "bot.cli", *typed]
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        command, stdout=subprocess.PIPE if out is None else out, stderr=subprocess.PIPE, text=True, check=False,
        cwd=Path(__file__).parents[2], env=known | {"KAWALIS_LANGUAGE": "ar"},
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["topics list", "--help"])
def test_a_reader_that_leaves_is_no_error(typed: str) -> None:
    """Whoever has read enough (`| head`) may leave before the last is written: nothing is said of it."""
    reads, writes = os.pipe()
    os.close(reads)
    ran = started(*typed.split(), out=writes)
    os.close(writes)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_what_could_not_be_written_is_not_done() -> None:
    """On a full disk the answer is lost; that is said in one line, and the exit code is 1."""
    with FULL.open("w") as full:
        ran = started("topics", "list", out=full.fileno())
    assert ran.returncode == 1
    assert ran.stderr == texts("ar")("cli.system", problem="No space left on device") + "\n"


@pytest.mark.parametrize(
    ("closed", "typed", "code"),
    [("<&-", "summarise -", 1), (">&-", "topics list", 0), ("2>&-", "nonsense", 2)],
)
def test_a_closed_stream_is_an_empty_one(closed: str, typed: str, code: int) -> None:
    """A service manager may start us without a stream: nothing can be read there, and what is written is gone."""
    ran = started(*typed.split(), closed=closed)
    assert ran.returncode == code
    assert ran.stdout == ""
    assert ran.stderr == (texts("ar")("input.empty", file="-") + "\n" if closed == "<&-" else "")


def test_what_is_typed_is_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arabic that is typed under a locale that knows none is read as it was typed."""
    typed = io.TextIOWrapper(io.BytesIO("/موجز\n".encode()), encoding="ascii", errors="surrogateescape")
    monkeypatch.setattr(sys, "stdin", typed)
    utf8_streams()
    assert input() == "/موجز"


def test_errors_are_one_harmless_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A name with line breaks and escapes, from a file that another wrote, neither breaks the line nor drives the
    terminal.
    """
    say("السطر 1: a\r\nb\u2028c\x1b[2J\x9bK.")
    assert capsys.readouterr().err == "السطر 1: a b c[2JK.\n"


def test_a_wrong_value_is_one_short_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is quoted from a file is quoted in one line, and not at any length."""
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "a", "text": "t", "published": "x\\n%s"}\n' % ("y" * 9999))
    assert main(["analyse", str(file)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert len(said) < 300 + len(str(file))
