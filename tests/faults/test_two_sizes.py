"""From the small size to the large one: SQLite moved to PostgreSQL, then the commands of `compose.yaml` as processes
(no container engine is needed to run them).
"""

import asyncio
import re
import shlex
import socket
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

from bot.settings import load_settings
from tests.fakes.telegram.crowd import bot_id
from tests.faults.fleet import PATIENCE, ROOT, fleet, until_sent


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def metric(port: int, line: str) -> None:
    """Until the metrics have that line."""

    def read() -> str:
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
            text: str = answer.read().decode()
            return text

    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                if line in await asyncio.to_thread(read):
                    return
            except OSError:
                pass
            await asyncio.sleep(0.5)


def test_every_service_is_this_program_on_postgresql() -> None:
    """Each service but the database runs `kawalis` on the same PostgreSQL, and workers come in several."""
    services = compose()
    ours = {name: made for name, made in services.items() if name != "database"}
    assert set(ours) == {"migrate", "collect", "deliver", "web"}
    assert {made["environment"]["KAWALIS_DATABASE_URL"].partition(":")[0] for made in ours.values()} == {
        "postgresql"
    }
    assert ours["deliver"]["deploy"]["replicas"] >= 2
    assert all(made["init"] is True for made in ours.values())


def test_the_move_that_is_told_goes_from_sqlite_to_the_composed_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The command in `compose.yaml` reads the volume that the README's container wrote, and not the PostgreSQL that it
    writes to.
    """
    told = next(line for line in (ROOT / "compose.yaml").read_text().splitlines() if " move --to " in line)
    typed = shlex.split(told.removeprefix("#"))
    values = {one: typed[place + 1] for place, one in enumerate(typed) if one in {"-v", "-e", "--to"}}
    service = compose()[typed[typed.index("move") - 1]]
    given: dict[str, str] = dict(service["environment"])
    assert values["--to"] == re.sub(r"\$\{[^}]*\}", "PASSWORD", given["KAWALIS_DATABASE_URL"])
    name, _, changed = values["-e"].partition("=")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWALIS_DATA_DIR", "/data")
    for setting, value in (given | {name: changed}).items():
        monkeypatch.setenv(setting, value)
    assert load_settings().database == "sqlite:////data/kawalis.db"
    assert f" -v {values['-v']} " in (ROOT / "README.md").read_text()


async def test_moved_and_carried_on_by_several_workers(postgresql_url: str, tmp_path: Path) -> None:
    """What waits in SQLite is moved, and the composed workers deliver all of it, each bot from one of them."""
    services, port = compose(), free_port()
    async with fleet(f"sqlite:///{tmp_path / 'k.db'}", tmp_path, 2) as (ships, crowd):
        await ships.seed(60)
        await ships.start("move", "move", "--to", postgresql_url)
        assert await ships.processes["move"].wait() == 0, ships.log("move")
        ships.url = postgresql_url
        await ships.start("migrate", *services["migrate"]["command"])
        assert await ships.processes["migrate"].wait() == 0, ships.log("migrate")
        for name in ("one", "two"):
            await ships.start(name, *services["deliver"]["command"], "--name", name)
        await ships.start(
            "collect", *services["collect"]["command"], KAWALIS_SOURCES=str(_no_sources(tmp_path))
        )
        await ships.start("web", *services["web"]["command"], KAWALIS_HTTP_ADDRESS=f"127.0.0.1:{port}")
        await until_sent(crowd, 120)
        assert await ships.settled() == {"sent": 120}
        assert (len(crowd.sent), crowd.doubled) == (120, 0)
        await metric(port, 'kawalis_workers{role="deliver"} 2.0')
        await metric(port, 'kawalis_workers{role="collect"} 1.0')
        await metric(port, f'kawalis_deliveries{{bot="{bot_id(1)}",platform="telegram",state="sent"}} 60.0')


def _no_sources(folder: Path) -> Path:
    """A list with one address at which nobody is."""
    file = folder / "sources.toml"
    file.write_text(
        '[[source]]\nid = "nobody"\noutlet = "nobody"\nurl = "http://127.0.0.1:9/feed"\nzone = "UTC"\n'
    )
    return file


async def test_started_together_on_an_empty_database(url: str, tmp_path: Path) -> None:
    """Processes that start at the same moment on a database without tables all come up: each waits for its turn."""
    async with fleet(url, tmp_path, 1) as (ships, _):
        names = ("one", "two", "three")
        await asyncio.gather(*(ships.start(name) for name in names))
        async with asyncio.timeout(PATIENCE):
            while not all("running" in ships.log(name) for name in names):
                await asyncio.sleep(0.1)
                assert all(ships.processes[name].returncode is None for name in names), ships.logs()
