"""The running service: the application's stages as durable workflows, in one loop with the chats.

What each process does follows from its role. `collect` and `deliver` listen to their queues; the tick may run in
either. A drain holds its bot for as long as it runs: it alone sends from that bot's outbox, and where the
platform gives updates to one process at a time, it listens there too, so that replies and broadcasts keep the
platform's limits together.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from enum import Enum
from math import ceil

import structlog

from bot.application import Application
from bot.engine import durable, workflows
from bot.engine.desk import Desk
from bot.engine.durable import Durable
from bot.engine.heart import BEAT_SECONDS, Around, Fenced, Heart
from bot.engine.sending import Sender
from bot.errors import SettingsError
from bot.gateways import Gateway, Listener
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

IDLE_SECONDS = 20.0  # after which a drain of a workspace ends; one that listens holds its bot on
FINISH_SECONDS = 7.0  # a container is killed ten seconds after SIGTERM where nothing else is set
LIMIT_SECONDS = 1.1
FORGET_EVERY = 60  # heartbeats
TICK_SILENCE_SECONDS = 90.0
LOOK_LIMIT_SECONDS = 30.0  # after which a look around is given up, with its connection

QUEUES = {
    "all": durable.QUEUES,
    "collect": (durable.TICKING, durable.COLLECTING),
    "deliver": (durable.TICKING, durable.DECIDING, durable.DELIVERING),
}
DELIVERERS = frozenset({"all", "deliver"})


class Engine(Enum):
    """How it stands with the engine of this process."""

    TO_COME = "to come"  # not launched yet, or no more: we start, or leave
    RUNS = "runs"
    DOWN = "down"  # closed between two lives; the next launches it anew


@dataclass(slots=True)
class Seen:
    """What this process saw since it started, for the metrics."""

    recovered_workflows: int = 0
    recovered_deliveries: int = 0
    deaths: int = 0
    fenced: int = 0
    results: Counter[tuple[str, str, str]] = field(
        default_factory=Counter
    )  # by platform, bot, what became of it


@dataclass(slots=True, repr=False)
class Service:
    """One process of the service. `run` returns when the application is told to stop. It has no words of its own: DBOS
    puts what it gives up into its log, and all that hangs on us would take ten seconds to write.
    """

    application: Application
    durable: Durable
    heart: Heart
    seen: Seen = field(default_factory=Seen)
    monotonic: Callable[[], float] = time.monotonic
    _desk: Desk = field(init=False)
    _serving: "asyncio.Task[None]" = field(init=False)
    _held: dict[tuple[str, str], Sender] = field(default_factory=dict)
    _working: set["asyncio.Task[None]"] = field(default_factory=set)
    _share: int = 0  # how many bots this process keeps
    _told: int = 0  # what DBOS was told of it
    _beats: int = 0
    _looking: "asyncio.Task[None] | None" = None  # what is done at a beat beyond telling that we live
    _tick: tuple[str | None, float] = (None, 0.0)  # the last one seen, and since when by our own clock
    _launching: asyncio.Lock = field(default_factory=asyncio.Lock)
    _engine: Engine = Engine.TO_COME
    _over: bool = False  # whether this life ended and the next has not begun
    _refused: SettingsError | None = None  # why the next cannot begin

    async def run(self, begun: Callable[[], object] = lambda: None) -> None:
        """Join the workers, launch the engine, beat until told to stop, and leave in good order. `begun` is called
        when all is at work; until then who wants it to stop cancels it. Raises SettingsError `engine.same_name` where
        another process lives under our name, at the start or later.
        """
        await self.heart.join()
        workflows.bind(self)
        self._sit_down()
        beating = asyncio.create_task(self._beat_on())
        try:
            await self._recover()
            async with self._launching:
                await self.durable.open(workflows.tick)
                self._engine = Engine.RUNS
            self.application.services.publisher.enqueue = self._enqueue
            await self.ticked()
            begun()
            await self.application.stopping.wait()
            if self._refused is not None:
                raise self._refused
        finally:
            self.application.services.publisher.enqueue = None
            await self._let_go()
            self._serving.cancel()
            async with self._launching:
                beating.cancel()
                await self._look_away()
                self._engine = Engine.TO_COME
                await self.durable.close()
            workflows.bind(None)
            with contextlib.suppress(StorageError):
                await self.heart.leave()

    async def _beat_on(self) -> None:
        """Until cancelled; also while we finish, or peers would take us for dead."""
        while True:
            try:
                await (self._begin_again() if self._over else self._beat())
            except Fenced:
                self._over = True
                continue
            except SettingsError as error:  # while we slept, another took our name
                self._refused = error
                self.application.stopping.set()
                return
            except Exception:
                log.exception("a heartbeat failed")
            await asyncio.sleep(BEAT_SECONDS)

    async def _beat(self) -> None:
        """Tell that we live, and look around where that is not under way: however long it takes, we live meanwhile."""
        await self.heart.beat()
        if self._engine is Engine.RUNS and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._look_around())

    async def _look_around(self) -> None:
        try:
            async with asyncio.timeout(LOOK_LIMIT_SECONDS):
                await self._look()
        except Exception:
            log.exception("a look around failed")

    async def _look_away(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
            self._looking = None

    async def _look(self) -> None:
        around = await self.heart.look_around()
        self.seen.deaths += len(around.dead)
        if around.leads:
            await self._lead(around)
        if first_deliverer(around) == self.heart.owner:
            await self._see_to_drains(around)
        self._keep_share(around)
        self._beats += 1

    async def _lead(self, around: Around) -> None:
        """The recoverer's part: what the dead held goes on elsewhere."""
        await self._recover()
        living = {worker.id for worker in around.living}
        resumed = await self.durable.resume_of_the_dead(living)
        if resumed:
            log.warning("workflows resumed", count=resumed, dead=[worker.id for worker in around.dead])
            self.seen.recovered_workflows += resumed
        if self._beats % FORGET_EVERY == 0:
            await self.durable.forget_finished()
        await self._see_to_ticks()

    async def _see_to_ticks(self) -> None:
        """The engine's schedule goes by the wall's clock: put back by an hour, it ticks in an hour again. Where no
        process has ticked for a while by our own clock, we do.
        """
        async with self.application.kernel.database.reading() as unit:
            last = await unit.workers.last_tick()
        seen, since = self._tick
        if last != seen:
            self._tick = last, self.monotonic()
        elif self.monotonic() - since >= TICK_SILENCE_SECONDS:
            log.warning("no tick of the minute; ticking", seconds=round(self.monotonic() - since))
            await self.ticked()

    async def _recover(self) -> None:
        """Give back the deliveries of owners that are not at work."""
        policy = self.application.kernel.settings.ambiguous_sends
        async with self.application.kernel.database.unit() as unit:
            released = await unit.workers.release_orphans(policy)
            await unit.commit()
        if released:
            log.warning("deliveries of unknown outcome", count=released, policy=policy)
            self.seen.recovered_deliveries += released

    async def _see_to_drains(self, around: Around) -> None:
        """Every bot that listens, or for which something waits, has a drain that runs or is to run."""
        bots = await self.application.bots()
        if not bots:
            return
        share = ceil(len(bots) / max(1, sum(worker.role in DELIVERERS for worker in around.living)))
        if share != self._told:
            await self.durable.share(share)
            self._told = share
        unfinished = await self.durable.unfinished_drains()
        async with self.application.kernel.database.reading() as unit:
            known = await unit.workers.drain_numbers()
        numbers = {bot: known.get(bot, 1) for bot in bots}
        missing = {bot: n for bot, n in numbers.items() if durable.drain_id(*bot, n) not in unfinished}
        if not missing:
            return
        over = {bot for bot, n in missing.items() if await self.durable.is_over(durable.drain_id(*bot, n))}
        async with self.application.kernel.database.unit() as unit:
            for bot in over:
                await unit.workers.drain_ended(*bot, missing[bot])
            await self.durable.enqueue_drains(unit, missing)
            await unit.commit()

    def _keep_share(self, around: Around) -> None:
        """Where peers have joined, give up the bots that are more than our share, the newest first."""
        deliverers = sum(worker.role in DELIVERERS for worker in around.living)
        known = len(self.application.exclusive_bots())
        self._share = ceil(known / deliverers) if deliverers and known else self._share
        exclusive = [bot for bot in self._held if bot in self.application.exclusive_bots()]
        for bot in exclusive[self._share :] if self._share else []:
            self._held[bot].leaving.set()

    async def _begin_again(self) -> None:
        """We slept and were taken for dead: drop what we hold, and begin a new life.

        The engine is launched anew, which takes up whatever of ours no peer has resumed: a workflow that we dropped
        would else count as running here for ever. Where this fails midway, the next beat does all of it again.
        """
        log.warning("taken for dead; beginning again", owner=self.heart.owner)
        async with self._launching:
            if self._engine is Engine.RUNS:
                self._engine = Engine.DOWN
            await self._look_away()
            await self._drop()
            await self.durable.close()
            await self._drop()  # what the engine began while it was closing
            await self.heart.join()
            self._sit_down()
            if self._engine is Engine.DOWN:
                await self.durable.open(workflows.tick)
                self._engine = Engine.RUNS
            self._over = False
        self.seen.fenced += 1

    async def _drop(self) -> None:
        """End what the workflows and the desk are at, without finishing it."""
        ended = [*self._working, self._serving]
        for task in ended:
            task.cancel()
        await asyncio.gather(*ended, return_exceptions=True)

    def _sit_down(self) -> None:
        """Open the desk of this life."""
        kernel = self.application.kernel
        self._desk = Desk(database=kernel.database, owner=self.heart.owner, clock=kernel.now)
        self._serving = asyncio.create_task(self._desk.run())

    async def _let_go(self) -> None:
        """Finish what is being sent, within some seconds."""
        for sender in self._held.values():
            sender.leaving.set()
        if self._working:
            _, late = await asyncio.wait(self._working, timeout=FINISH_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _enqueue(self, unit: UnitOfWork, bots: Collection[tuple[str, str]]) -> None:
        await self.durable.enqueue_drains(unit, bots)
        for bot in bots:
            if bot in self._held:
                self._desk.wake(bot)

    # What the workflows call

    async def ticked(self) -> None:
        """The minute's work into the queues of those who do it."""
        kernel = self.application.kernel
        async with kernel.database.unit() as unit:
            await unit.workers.ticked(kernel.new_id())
            await unit.commit()
        await self.durable.enqueue_once(durable.COLLECT, durable.COLLECTING)
        await self.durable.enqueue_once(durable.DECIDE, durable.DECIDING)

    async def collect(self) -> None:
        await self._work(lambda: self.application.collect(self.application.kernel.now()))

    async def decide(self) -> None:
        await self._work(lambda: self.application.tick(self.application.kernel.now()))

    async def drain(self, platform: str, bot: str, number: int) -> None:
        """Hold the bot until there is nothing to send, or this process gives it up."""
        gateway = self.application.gateway_of(platform, bot)
        if gateway is not None and not self.application.stopping.is_set():
            await self._work(lambda: self._hold(gateway, platform, bot))
        async with self.application.kernel.database.unit() as unit:
            await unit.workers.drain_ended(platform, bot, number)
            await unit.commit()

    async def _hold(self, gateway: Gateway, platform: str, bot: str) -> None:
        sender = Sender(
            desk=self._desk, platform=platform, bot=bot, post=gateway.post, sure=self.heart.sure,
            ambiguous=self.application.kernel.settings.ambiguous_sends, results=self.seen.results,
        )  # fmt: skip
        self._held[platform, bot] = sender
        log.info("holding a bot", platform=platform, bot=bot, owner=self.heart.owner)
        try:
            if isinstance(gateway, Listener):
                await gateway.listen()
                await self.application.pause(
                    LIMIT_SECONDS
                )  # what the last holder sent counts for the platform
                await sender.run()
            else:
                await sender.run(idle_seconds=IDLE_SECONDS)
        finally:
            del self._held[platform, bot]
            if isinstance(gateway, Listener):
                await gateway.unlisten()

    async def _work(self, work: Callable[[], Awaitable[object]]) -> None:
        """As a task of ours, so that being fenced or stopped can end it."""
        task: asyncio.Task[None] = asyncio.create_task(_awaited(work()))
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        await asyncio.shield(task)


def first_deliverer(around: Around) -> str | None:
    """Who sees that every bot has a drain: of those that hold the chats, the first by name. The recoverer may be a
    process that only collects and knows no bot.
    """
    return min((worker.owner for worker in around.living if worker.role in DELIVERERS), default=None)


async def _awaited(work: Awaitable[object]) -> None:
    await work


def build_service(application: Application) -> Service:
    """The service of an application, with nothing started yet."""
    kernel = application.kernel
    heart = Heart(
        kernel.database, id=application.owner, role=application.role, now=kernel.now, new_id=kernel.new_id
    )
    engine = Durable(kernel.database, application.owner, QUEUES[application.role])
    return Service(application=application, durable=engine, heart=heart)
