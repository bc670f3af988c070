"""The heartbeat of a process, and the one recoverer among them.

Each process beats once a second in its row. Whoever sees a count stand still for `SILENCE` seconds by its own
clock may say so; only the elected recoverer acts: it deletes the row, gives the dead one's claimed deliveries
back, and resumes its workflows. A process that finds its row gone (it slept, and was taken for dead) drops
what it holds and begins a new life; until it knows, it sends nothing: see `sure`.
"""

import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.errors import SettingsError
from storage.database import Database
from storage.errors import Unreachable
from storage.workers import Worker

log = structlog.get_logger(__name__)

BEAT_SECONDS = 1.0
SILENCE_SECONDS = 6.0
GAP_SECONDS = 2.0
FRESH_SECONDS = 3.0  # how long one heartbeat lets us send; well below the silence that counts as death
SLICES = 12
ANSWER_SECONDS = 3.0  # how long the database may take to answer one; the next is below that silence, too


class Fenced(Exception):  # noqa: N818
    """This life is over: it was declared dead while it slept."""


@dataclass(slots=True)
class Watch:
    """For how long each life's count stands still, by our own clock. Pure but for what it remembers.

    Between two looks at most `GAP_SECONDS` are counted: who could not look for a while (it slept, or the database was
    away) does not know whether others were kept from beating too. On a machine that is slow to look it takes longer.
    """

    _seen: dict[str, tuple[int, float]] = field(default_factory=dict)
    _looked: float | None = None

    def silent(self, workers: list[Worker], at: float) -> list[Worker]:
        """Those whose count has not moved for `SILENCE_SECONDS`."""
        gap = 0.0 if self._looked is None else min(at - self._looked, GAP_SECONDS)
        self._looked = at
        self._seen = {worker.owner: self._still(worker, gap) for worker in workers}
        return [w for w in workers if self._seen[w.owner][1] >= SILENCE_SECONDS]

    def _still(self, worker: Worker, gap: float) -> tuple[int, float]:
        beats, still = self._seen.get(worker.owner, (-1, 0.0))
        return worker.beats, still + gap if beats == worker.beats else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a look at the others found. `dead` were declared so just now."""

    leads: bool
    living: list[Worker]
    dead: list[Worker]


class Heart:
    """This process among the workers. `new_id` makes the name of each life."""

    def __init__(
        self,
        database: Database,
        *,
        id: str,
        role: str,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._database, self._now, self._new_id = database, now, new_id
        self._clock, self._sleep = clock, sleep
        self._worker = Worker(id=id, owner="", role=role, host=socket.gethostname(), pid=os.getpid(), beats=0,
                              started=now())  # fmt: skip
        self._beaten = -FRESH_SECONDS
        self._watch = Watch()
        self._next = asyncio.Event()
        self._given_up: set[asyncio.Task[bool]] = set()

    @property
    def owner(self) -> str:
        return self._worker.owner

    @property
    def id(self) -> str:
        return self._worker.id

    async def join(self) -> None:
        """Begin a life, the first or the next; what an earlier one under the same id held is nobody's from here on.
        Raises SettingsError `engine.same_name` where another process lives under it.
        """
        async with self._database.reading() as unit:
            there = await unit.workers.get(self.id)
        if there is not None and await self._lives(there):
            raise SettingsError("engine.same_name", name=self.id)
        self._worker = replace(self._worker, owner=f"{self.id}/{self._new_id()[:8]}", started=self._now())
        async with self._database.unit() as unit:
            joined = await unit.workers.join(self._worker, there.owner if there else None)
            await unit.commit()
        if not joined:  # of two that start at the same moment, both saw nobody
            raise SettingsError("engine.same_name", name=self.id)
        self._heard()

    async def _lives(self, there: Worker) -> bool:
        """Whether another process is at work in that row: gone where the system says so, else watched."""
        if there.owner == self.owner:
            return False
        here = there.host == self._worker.host
        # A container's processes have the same numbers again; of a second life that says nothing.
        former = not self.owner and there.pid == os.getpid()
        if here and (former or not _runs(there.pid)):
            return False
        for _ in range(int(SILENCE_SECONDS / BEAT_SECONDS)):
            await self._sleep(BEAT_SECONDS)
            async with self._database.reading() as unit:
                again = await unit.workers.get(self.id)
            if again is None:
                return False
            if again.beats != there.beats or again.owner != there.owner:
                return True
        return False

    async def beat(self) -> None:
        """Once a second. Raises Fenced where this life was declared over, and a StorageError where the database does
        not take it, or does not answer within `ANSWER_SECONDS`: what was asked is then given up, with its connection,
        and not waited for. To end a question to a server that is silent takes its time.
        """
        asking = asyncio.create_task(self._beat())
        try:
            for _ in range(SLICES):  # a process that was itself held up has listened for one of them only
                if not asking.done():
                    await asyncio.wait({asking}, timeout=ANSWER_SECONDS / SLICES)
            if not asking.done():
                raise Unreachable("storage.silent", cause=f"no answer within {ANSWER_SECONDS:g} s")
            alive = asking.result()
        finally:
            if not asking.done():
                self._given_up.add(asking)
                asking.add_done_callback(self._ended)
                asking.cancel()
        if not alive:
            raise Fenced
        self._heard()

    async def _beat(self) -> bool:
        async with self._database.unit() as unit:
            alive = await unit.workers.beat(self.owner)
            await unit.commit()
        return alive

    def _ended(self, asking: "asyncio.Task[bool]") -> None:
        """How a question ended that was given up is nobody's concern."""
        self._given_up.discard(asking)
        if not asking.cancelled():
            asking.exception()

    def _heard(self) -> None:
        self._beaten = self._clock()
        self._next.set()
        self._next = asyncio.Event()

    async def sure(self) -> None:
        """Returns at once while the last beat is fresh, else when the next one has come: nothing is sent by a
        process that may have been declared dead.
        """
        while self._clock() - self._beaten > FRESH_SECONDS:
            await self._next.wait()

    async def look_around(self) -> "Around":
        """Watch the others. Whoever finds the recoverer silent may declare it dead and be elected; everything
        else is left to the one that is.
        """
        async with self._database.unit() as unit:
            workers = await unit.workers.all()
            silent = [w for w in self._watch.silent(workers, self._clock()) if w.owner != self.owner]
            leader = await unit.workers.leader()
            dead = [w for w in silent if w.owner == leader and await unit.workers.bury(w)]
            leads = await unit.workers.lead(self.owner)
            if leads:
                dead += [w for w in silent if w.owner != leader and await unit.workers.bury(w)]
            await unit.commit()
        gone = {worker.owner for worker in dead}
        return Around(leads=leads, living=[w for w in workers if w.owner not in gone], dead=dead)

    async def leave(self) -> None:
        async with self._database.unit() as unit:
            await unit.workers.leave(self.owner)
            await unit.commit()


async def at_work(
    database: Database, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
) -> list[Worker]:
    """The processes that beat while one looks, which takes some seconds where there are any."""
    async with database.reading() as unit:
        known = {worker.owner: worker.beats for worker in await unit.workers.all()}
    for _ in range(int(FRESH_SECONDS / BEAT_SECONDS)) if known else ():
        await sleep(BEAT_SECONDS)
        async with database.reading() as unit:
            beating = [w for w in await unit.workers.all() if known.get(w.owner) != w.beats]
        if beating:
            return beating
    return []


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
