"""SIGTERM ends a process soon and in good order at whatever moment of its start it comes."""

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from dbos import DBOS

from bot.engine import workflows
from bot.engine.durable import QUEUES, Durable
from bot.engine.service import Service
from storage.database import Database
from storage.workers import Worker
from tests.fakes.patience import PATIENCE
from tests.fakes.telegram import TelegramFake
from tests.faults.fleet import ROOT, START, Fleet

ALONE = ["unshare", "--pid", "--fork", "--kill-child"]
"""The first process of a container: the system does nothing by default for a process 1."""
STUCK = """
import importlib.abc, sys, threading
class Stuck(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "sqlalchemy":
            print("loading", flush=True)
            threading.Event().wait()
sys.meta_path.insert(0, Stuck())
"""
"""Loading the program takes seconds; here it takes for ever."""
ELSEWHERE = Worker(id="one:deliver", owner="one:deliver/former", role="deliver", host="elsewhere", pid=1, beats=7,
                   started=datetime(2024, 3, 28, 9, tzinfo=UTC))  # fmt: skip


def can_be_alone() -> bool:
    return (
        shutil.which("unshare") is not None
        and not subprocess.run([*ALONE, "true"], capture_output=True).returncode
    )


def only_child(number: int) -> int:
    return int(Path(f"/proc/{number}/task/{number}/children").read_text())


@asynccontextmanager
async def started(
    folder: Path, code: str, *command: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """A process that is number 1 where the system lets us, and the number by which we know it."""
    alone = can_be_alone()
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "KAWALIS_DATA_DIR": str(folder)}
    process = await asyncio.create_subprocess_exec(
        *(ALONE if alone else []), sys.executable, "-c", code, *command,
        env=environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert await asyncio.wait_for(process.stdout.readline(), PATIENCE) == b"loading\n"
        yield process, only_child(process.pid) if alone else process.pid
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize(("command", "code"), [("run", 0), ("migrate", 128 + signal.SIGTERM)])
async def test_while_the_program_is_loaded(tmp_path: Path, command: str, code: int) -> None:
    """SIGTERM is heard before the program is loaded, as the first process of a container too: the service has ended
    well, and a command has not done its work.
    """
    async with started(tmp_path, STUCK + START, command) as (process, number):
        os.kill(number, signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == code


async def test_while_a_platform_does_not_answer(tmp_path: Path) -> None:
    """The service that waits for Telegram in its start leaves at once what it has begun."""
    async with TelegramFake() as telegram:
        telegram.fail_next("getMe", "stall")
        fleet = Fleet(url=f"sqlite:///{tmp_path / 'k.db'}", folder=tmp_path, crowd_url=telegram.url, bots=1)
        try:
            await fleet.start("one", KAWALIS_TELEGRAM_TOKEN=telegram.token)
            await telegram.wait_until(lambda: telegram.held)
            fleet.send("one", signal.SIGTERM)
            assert await asyncio.wait_for(fleet.processes["one"].wait(), PATIENCE) == 0, fleet.logs()
        finally:
            await fleet.end()


async def test_while_its_name_may_be_in_use(tmp_path: Path) -> None:
    """The service that watches whether another lives under its name does not begin its work first."""
    async with TelegramFake() as telegram:
        fleet = Fleet(url=f"sqlite:///{tmp_path / 'k.db'}", folder=tmp_path, crowd_url=telegram.url, bots=1)
        try:
            async with fleet.opened() as database, database.unit() as unit:
                await unit.workers.join(ELSEWHERE, None)
                await unit.commit()
            await fleet.start("one", KAWALIS_TELEGRAM_TOKEN=telegram.token)
            async with asyncio.timeout(PATIENCE):
                while '"running"' not in fleet.log("one"):
                    await telegram.breathe()
            fleet.send("one", signal.SIGTERM)
            assert await asyncio.wait_for(fleet.processes["one"].wait(), PATIENCE) == 0, fleet.logs()
            with sqlite3.connect(tmp_path / "k.db") as file:
                begun = file.execute("SELECT name FROM sqlite_master WHERE name LIKE 'workflow%'").fetchall()
            assert begun == []
        finally:
            await fleet.end()


async def test_while_it_holds_a_bot(tmp_path: Path) -> None:
    """Told to end at its work, it leaves a log of JSON alone, in which nothing failed."""
    async with TelegramFake() as telegram:
        fleet = Fleet(url=f"sqlite:///{tmp_path / 'k.db'}", folder=tmp_path, crowd_url=telegram.url, bots=1)
        try:
            await fleet.start("one", KAWALIS_TELEGRAM_TOKEN=telegram.token)
            await telegram.wait_until(lambda: "getUpdates" in {method for method, _ in telegram.calls})
            fleet.send("one", signal.SIGTERM)
            assert await asyncio.wait_for(fleet.processes["one"].wait(), PATIENCE) == 0, fleet.logs()
        finally:
            await fleet.end()
    lines = [json.loads(line) for line in fleet.log("one").splitlines()]
    assert "holding a bot" in {line["event"] for line in lines}
    assert [line for line in lines if line["level"] in {"warning", "error"}] == []


async def test_people_are_answered_while_the_engine_closes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is done in threads for those who ask goes on while the engine takes its own threads away."""
    engine = Durable(database, "one", QUEUES)
    await engine.open(workflows.tick)
    loop, closed, answers = asyncio.get_running_loop(), DBOS.destroy, list[str]()

    def close_and_ask() -> None:
        closed()
        asked = asyncio.run_coroutine_threadsafe(asyncio.to_thread(str, 7), loop)
        answers.append(asked.result(PATIENCE))

    monkeypatch.setattr(DBOS, "destroy", close_and_ask)
    await engine.close()
    assert answers == ["7"]


def test_what_is_given_up_is_named_in_few_words() -> None:
    """DBOS puts a stage that we cancel into words, in our loop: the whole application in words held it for ten seconds,
    in which the process neither ended nor beat.
    """
    everything: Any = SimpleNamespace(kept="x" * 100_000)
    service = Service(application=everything, durable=everything, heart=everything)
    assert len(repr(service.collect)) < 200
