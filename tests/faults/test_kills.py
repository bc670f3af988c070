"""Processes that are killed, stopped, never come back, or come twice. The long set is `make faults`."""

import asyncio
import signal
from pathlib import Path

from tests.fakes.telegram.crowd import bot_id
from tests.faults.fleet import OLD_SQLITE, PATIENCE, fleet, now, until_all_go_on, until_sent
from tests.faults.kills import random_kills

AHEAD = 10  # what of one bot a kill may double
IN_FLIGHT = 6 * AHEAD


def names(url: str) -> tuple[str, ...]:
    return ("a", "b") if url.startswith("postgresql") else ("a",)


async def test_killed_at_random_nothing_is_lost(url: str, tmp_path: Path) -> None:
    """kill -9 in the middle of a broadcast: every chat gets it, and what is double was in flight."""
    found = await random_kills(url, tmp_path, bots=3, chats=70, kills=2, names=names(url), seed=3)
    assert found.lost == 0
    assert found.doubled <= found.kills * 3 * AHEAD
    assert found.busiest <= 30


async def test_with_hold_nothing_is_double(url: str, tmp_path: Path) -> None:
    """`hold` parks what was in flight where the operator sees it, and doubles nothing."""
    found = await random_kills(
        url, tmp_path, bots=3, chats=70, kills=1, names=names(url), seed=4, policy="hold"
    )
    assert found.lost == 0
    assert found.doubled == 0
    assert found.held <= 3 * AHEAD


async def test_an_old_sqlite_carries_it_too(tmp_path: Path) -> None:
    """Where the system's SQLite could corrupt a WAL file, the slower journal holds the same promise."""
    url = f"sqlite:///{tmp_path / 'k.db'}"
    found = await random_kills(
        url, tmp_path, bots=2, chats=60, kills=1, names=("a",), seed=5, before=OLD_SQLITE
    )
    assert found.lost == 0
    assert found.doubled <= IN_FLIGHT


async def test_killed_over_what_was_written_while_it_was_away(tmp_path: Path) -> None:
    """Killed in the middle of the commands that had piled up: the next life answers those that were not answered."""
    async with fleet(f"sqlite:///{tmp_path / 'k.db'}", tmp_path, 1) as (ships, crowd):
        people = range(5000, 5030)
        for person in people:
            crowd.type(bot_id(0), person, "/help")
        await ships.start("a")
        await until_sent(crowd, 3)
        await ships.kill("a")
        assert len(crowd.sent) < len(people)
        await ships.start("a")
        async with asyncio.timeout(PATIENCE):
            while len(crowd.sent) < len(people):
                await asyncio.sleep(0.05)


async def test_an_executor_that_never_returns(postgresql_url: str, tmp_path: Path) -> None:
    """The bots of a dead process go on elsewhere in less than 15 seconds, without its return."""
    async with fleet(postgresql_url, tmp_path, 2) as (ships, crowd):
        await ships.seed(3000)
        await ships.start("a")
        await ships.start("b")
        async with asyncio.timeout(PATIENCE):
            while not all("holding a bot" in ships.log(name) for name in ("a", "b")):
                await asyncio.sleep(0.1)
        await until_sent(crowd, crowd.total + 30)
        await ships.kill("a")
        killed = now()
        assert await until_all_go_on(crowd, killed, [bot_id(bot) for bot in range(2)]) < 15


async def test_stopped_while_a_peer_recovers(postgresql_url: str, tmp_path: Path) -> None:
    """A process that sleeps through its own burial (SIGSTOP) sends and marks nothing of what is a peer's now, says
    so, and begins a new life. One message may have been on its way out when it was stopped.
    """
    async with fleet(postgresql_url, tmp_path, 2) as (ships, crowd):
        await ships.start("a")
        await ships.start("b")
        async with asyncio.timeout(PATIENCE):
            while not all("running" in ships.log(name) for name in "ab"):
                await asyncio.sleep(0.1)
        await ships.seed(400)
        await until_sent(crowd, 40)
        ships.send("a", signal.SIGSTOP)
        stopped = now()
        await until_all_go_on(crowd, stopped + 1, [bot_id(0), bot_id(1)])
        await until_sent(crowd, crowd.total + 60)  # those that were given back are among them
        doubled = crowd.doubled
        ships.send("a", signal.SIGCONT)
        async with asyncio.timeout(PATIENCE):
            while "taken for dead" not in ships.log("a"):
                await asyncio.sleep(0.1)
        assert await ships.settled() == {"sent": 800}
        assert len(crowd.sent) == 800
        assert crowd.doubled <= doubled + 1
        assert crowd.doubled <= IN_FLIGHT


async def test_taken_for_dead_by_a_peer_that_died_itself(url: str, tmp_path: Path) -> None:
    """Who is taken for dead takes up again by itself what its former life had begun: the peer that buried it may have
    died before it gave anything back.
    """
    async with fleet(url, tmp_path, 2) as (ships, crowd):
        await ships.seed(300)
        await ships.start("a")
        await until_sent(crowd, 40)
        await ships.bury("a")
        assert await ships.settled() == {"sent": 600}
        assert "taken for dead" in ships.log("a")
        assert crowd.doubled <= IN_FLIGHT


async def test_two_processes_with_one_name(url: str, tmp_path: Path) -> None:
    """The second refuses to start with a sentence that says what to do; the first goes on."""
    async with fleet(url, tmp_path, 1) as (ships, crowd):
        await ships.seed(3000)
        await ships.start("a")
        await until_sent(crowd, 1)
        first = ships.processes.pop("a")
        await ships.start("a")
        assert await asyncio.wait_for(ships.processes["a"].wait(), 120) == 2
        assert "kawalis run --name" in ships.log("a")
        assert first.returncode is None
        ships.processes["a"] = first
        await until_sent(crowd, crowd.total + 5)


async def test_an_upgrade_with_work_in_flight(url: str, tmp_path: Path) -> None:
    """Work begun by one version of the program is finished by the next: the engine's version is pinned."""
    async with fleet(url, tmp_path, 2) as (ships, crowd):
        await ships.seed(60)
        await ships.start("a")
        await until_sent(crowd, 10)
        await ships.kill("a")
        ships.before = "import sys, bot.version; bot.version.VERSION = '99.0'; "
        await ships.start("a")
        assert await ships.settled() == {"sent": 120}
        assert '"count"' in ships.log("a")
