"""A database that gives no answer: the connection stands, the other side takes what is sent, and nothing comes back."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.engine import desk, heart, service
from bot.engine.desk import Desk
from bot.engine.heart import ANSWER_SECONDS, BEAT_SECONDS, FRESH_SECONDS, SILENCE_SECONDS, Around, Heart
from storage.database import Database
from storage.errors import Unreachable
from tests.faults.fleet import fleet, until_sent
from tests.faults.test_election import NOW, Ticks
from tests.faults.test_seen_from_outside import BOUND, Way


class Freezing(Way):
    """A way on which the connections of now can be made silent while new ones are not."""

    def freeze(self) -> None:
        self._free, before = asyncio.Event(), self._free
        self._free.set()
        before.clear()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        free = self._free
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                await free.wait()
                writer.write(data)
        writer.close()


@asynccontextmanager
async def through(url: str, way_of: type[Way] = Way) -> AsyncIterator[tuple[Any, str]]:
    """A way to the database, and the address at its other end."""
    there = make_url(url)
    way = way_of(there.host or "", there.port or 5432)
    await way.open()
    try:
        here = there.set(host="127.0.0.1", port=way.port)
        yield way, here.render_as_string(hide_password=False)
    finally:
        await way.shut()


@asynccontextmanager
async def beating(url: str, clock: Ticks) -> AsyncIterator[tuple[Database, Heart]]:
    database = await Database.open(url)
    await database.migrate()
    made = Heart(database, id="a", role="all", now=lambda: NOW, new_id=lambda: "first", clock=clock)
    await made.join()
    await made.beat()
    try:
        yield database, made
    finally:
        await database.close()


def test_the_bounds_are_below_the_lease() -> None:
    """Who asks once in vain has still time for another beat before a peer may take it for dead, and has sent nothing
    that it could not be sure of.
    """
    assert BEAT_SECONDS + ANSWER_SECONDS < SILENCE_SECONDS
    assert FRESH_SECONDS < SILENCE_SECONDS


async def test_a_silent_database_stops_the_sends_until_it_answers(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each beat ends within its bound, with `storage.silent`; no send is sure of itself meanwhile; and once the
    database answers, the same life beats on and the sends go out.
    """
    clock = Ticks()
    async with through(postgresql_url) as (way, url), beating(url, clock) as (_, made):
        monkeypatch.setattr(heart, "ANSWER_SECONDS", 0.1)
        way.silence()
        clock.now += FRESH_SECONDS + 1
        sending = asyncio.create_task(made.sure())
        for _ in range(3):
            async with asyncio.timeout(BOUND):
                with pytest.raises(Unreachable) as error:
                    await made.beat()
            assert error.value.key == "storage.silent"
        assert not sending.done()
        monkeypatch.undo()
        await way.open()
        async with asyncio.timeout(BOUND * 3):
            await made.beat()
            await sending
        assert made.owner == "a/first"


async def test_a_process_that_was_held_up_has_not_waited(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the process itself was held up for longer than the database may take, the answer that came meanwhile
    counts: what is measured is how long we listened.
    """
    clock = Ticks()
    async with beating(postgresql_url, clock) as (_, made):
        whole = made._beat

        async def held_up() -> bool:
            asking = asyncio.create_task(whole())
            time.sleep(0.3)  # noqa: ASYNC251  (what holds the loop up)
            return await asking

        monkeypatch.setattr(Heart, "_beat", lambda self: held_up())
        monkeypatch.setattr(heart, "ANSWER_SECONDS", 0.25)
        await made.beat()


async def test_one_connection_that_gives_no_answer_is_left(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one connection alone is silent (its backend was stopped), the next beat takes another, and the life goes
    on.
    """
    clock = Ticks()
    async with through(postgresql_url, Freezing) as (way, url), beating(url, clock) as (_, made):
        monkeypatch.setattr(heart, "ANSWER_SECONDS", 0.1)
        way.freeze()
        with pytest.raises(Unreachable):
            await made.beat()
        monkeypatch.undo()
        async with asyncio.timeout(BOUND):
            await made.beat()


async def test_a_desk_whose_connection_gives_no_answer_takes_another(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn at the desk that gets no answer is given up: the bots of this process do not wait for it for ever."""
    turns: list[bool] = []
    whole = Desk.turn

    async def turn(self: Desk) -> bool:
        self._doubtful = True  # so that there is something to ask
        busy = await whole(self)
        turns.append(busy)
        return busy

    async with through(postgresql_url, Freezing) as (way, url), beating(url, Ticks()) as (database, _):
        monkeypatch.setattr(desk, "TURN_LIMIT_SECONDS", 0.1)
        monkeypatch.setattr(Desk, "turn", turn)
        way.freeze()
        running = asyncio.create_task(Desk(database=database, owner="a/first", clock=lambda: NOW).run())
        await asyncio.sleep(0)
        monkeypatch.setattr(desk, "TROUBLE_SECONDS", 0.1)
        async with asyncio.timeout(BOUND * 6):
            while not turns:
                await asyncio.sleep(0.02)
        running.cancel()


async def test_a_look_that_hangs_stops_no_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done at a beat beyond telling that we live may take long or get no answer: the heart beats on, one look
    at a time is under way, and one that hangs is given up.
    """
    beats: list[int] = []
    looks: list[int] = []
    hanging = asyncio.Event()

    async def beat() -> None:
        beats.append(len(looks))

    async def look_around() -> Around:
        looks.append(len(beats))
        await hanging.wait()
        return Around(leads=False, living=[], dead=[])

    monkeypatch.setattr(service, "BEAT_SECONDS", 0)
    application: Any = SimpleNamespace(exclusive_bots=list)
    its_heart: Any = SimpleNamespace(beat=beat, look_around=look_around, owner="a/1")
    engine: Any = None
    made = service.Service(application=application, durable=engine, heart=its_heart)
    made._engine = service.Engine.RUNS
    running = asyncio.create_task(made._beat_on())
    async with asyncio.timeout(BOUND):
        while len(beats) < 50:
            await asyncio.sleep(0)
    assert len(looks) == 1
    await made._look_away()
    monkeypatch.setattr(service, "LOOK_LIMIT_SECONDS", 0.01)
    looks.clear()
    async with asyncio.timeout(BOUND):
        while len(looks) < 3:
            await asyncio.sleep(0)
    running.cancel()
    await made._look_away()


async def test_a_process_before_a_silent_database_comes_back(postgresql_url: str, tmp_path: Path) -> None:
    """In the middle of a broadcast the database falls silent: the process says so and sends nothing; when the database
    answers again it goes on by itself, and every chat gets its message.
    """
    async with through(postgresql_url) as (way, url), fleet(postgresql_url, tmp_path, 2) as (ships, crowd):
        await ships.seed(200)
        await ships.start("a", KAWALIS_DATABASE_URL=url)
        await until_sent(crowd, 60)
        way.silence()
        async with asyncio.timeout(BOUND * 3):
            while "a heartbeat failed" not in ships.log("a"):
                await asyncio.sleep(0.05)
            sent = crowd.total
            while "query cancellation failed" not in ships.log(
                "a"
            ):  # psycopg waits five seconds more for that
                await asyncio.sleep(0.05)
        assert "no answer within" in ships.log("a")
        assert crowd.total == sent
        await way.open()
        assert await ships.settled() == {"sent": 400}
        assert ships.processes["a"].returncode is None
        assert len(crowd.sent) == 400
        assert crowd.doubled <= 60
