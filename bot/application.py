"""The service whole: collecting, digests, delivery, every chat whose tokens are set, and the web.

`Application` is assembled by `open_application`; `tick(now)` does one minute's work and is what tests call;
`serve()` runs it all until it is told to stop.
"""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

import structlog

from adapters.chat.ports import Post
from bot.assemble import Kernel
from bot.commands.dispatch import Dispatcher
from bot.delivering import Drain, Publisher
from bot.gateways import CAME, LEFT, Gateway, Membership
from bot.minute import MinuteJob, minute_jobs, run_jobs
from bot.services import Rights, Services
from bot.summarising import LinkReader
from storage.chat_keys import ChatKey
from summaries.errors import KawalisError

log = structlog.get_logger(__name__)

Role: TypeAlias = Literal["all", "collect", "deliver", "web"]
MINUTE = 60.0
IDLE = 1.0  # seconds between two looks at an empty outbox


@dataclass(slots=True, kw_only=True)
class Application:
    """Everything that runs. Built once; `gateways` are started by `start`."""

    kernel: Kernel
    services: Services
    dispatcher: Dispatcher
    jobs: tuple[MinuteJob, ...]
    owner: str
    role: Role = "all"
    gateways: list[Gateway] = field(default_factory=list)
    waiting: list[Gateway] = field(default_factory=list)  # did not answer at the start
    unusable: list[Gateway] = field(default_factory=list)  # their tokens are refused
    refused: list[KawalisError] = field(default_factory=list)
    posts: dict[tuple[str, str], Post] = field(default_factory=dict)
    rights: dict[str, Rights] = field(default_factory=dict)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self, gateways: Sequence[Gateway]) -> None:
        """Give back what a former life of this owner left claimed, then start the chats."""
        async with self.kernel.database.unit() as unit:
            released = await unit.outbox.release(self.owner, self.kernel.settings.ambiguous_sends)
            await unit.commit()
        if released:
            log.warning(
                "deliveries of unknown outcome", count=released, policy=self.kernel.settings.ambiguous_sends
            )
        for gateway in gateways:
            await self._open(gateway)

    async def _open(self, gateway: Gateway) -> None:
        """Start one chat. One that cannot be used keeps no other from running: a refused token is said and left,
        a platform that does not answer is tried again.
        """
        try:
            await gateway.start()
        except KawalisError as error:
            log.error("a chat cannot be used", platform=gateway.platform, key=error.key, cause=error.cause)
            (self.waiting if error.key.endswith(".unreachable") else self.unusable).append(gateway)
            self.refused.append(error)
            return
        self.gateways.append(gateway)
        self.posts[gateway.platform, gateway.bot] = gateway.post
        self.rights.setdefault(gateway.platform, gateway.rights)

    async def drains(self) -> list[Drain]:
        """One for each bot that may have something to send."""
        return [
            self._drain_of(gateway, bot) for gateway in self.gateways for bot in await self._bots(gateway)
        ]

    async def _bots(self, gateway: Gateway) -> list[str]:
        """The gateway's own bot; where it serves many workspaces, those that something waits for."""
        if gateway.bot:
            return [gateway.bot]
        async with self.kernel.database.reading() as unit:
            return await unit.outbox.waiting_bots(gateway.platform)

    def _drain_of(self, gateway: Gateway, bot: str) -> Drain:
        return Drain(
            self.kernel.database, gateway.platform, bot, gateway.post, owner=self.owner, clock=self.kernel.now,
            ambiguous=self.kernel.settings.ambiguous_sends,
        )  # fmt: skip

    async def changed(self, change: Membership) -> None:
        """We came into a chat or left it: what is subscribed there resumes or pauses."""
        here = change.address
        key = ChatKey(platform=here.platform, bot=here.bot, chat=here.chat, thread=here.thread)
        async with self.kernel.database.unit() as unit:
            if change.kind in LEFT and here.chat:
                await unit.chats.pause(key, change.kind)
                await unit.outbox.cancel_chat(here.platform, here.bot, here.chat, change.kind)
            elif change.kind in CAME and here.chat:
                await unit.chats.resume(key)
            await unit.commit()
        log.info("membership", platform=here.platform, chat=here.chat, kind=change.kind)

    async def stop(self) -> None:
        for gateway in reversed(self.gateways):
            with contextlib.suppress(Exception):
                await gateway.stop()
        self.gateways.clear()

    async def collect(self, now: datetime) -> None:
        """Poll what is due and understand what is new."""
        await self.kernel.collector.poll(now)
        await self.kernel.briefing.understand(now)
        await run_jobs([job for job in self.jobs if job.side == "collect"], now)

    async def tick(self, now: datetime) -> int:
        """One minute's decisions (see `bot.minute`); how many digests went into the outbox."""
        done = await run_jobs([job for job in self.jobs if job.side == "deliver"], now)
        return done.get("digests", 0)

    async def drain(self) -> int:
        """Send what is due now; how many deliveries were tried."""
        return sum([await drain.once() for drain in await self.drains()])

    async def serve(self) -> None:
        """Run until `stopping` is set. A failing round is logged, and the next one comes."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, self.stopping.set)
        async with asyncio.TaskGroup() as group:
            if self.role in {"all", "collect"}:
                group.create_task(self._rounds("collecting", self._collect_now, MINUTE))
            if self.role in {"all", "deliver"}:
                group.create_task(self._rounds("ticking", self._tick_now, MINUTE))
                for gateway in self.gateways:
                    group.create_task(self._draining(gateway))
                for gateway in self.waiting:
                    group.create_task(self._open_later(gateway))

    async def _collect_now(self) -> None:
        await self.collect(self.kernel.now())

    async def _tick_now(self) -> None:
        await self.tick(self.kernel.now())

    async def _rounds(self, name: str, work: Callable[[], object], seconds: float) -> None:
        while not self.stopping.is_set():
            try:
                await work()  # type: ignore[misc]
            except Exception:
                log.exception("a round failed", stage=name)
            await self._pause(seconds)

    async def _open_later(self, gateway: Gateway) -> None:
        while not self.stopping.is_set() and gateway not in self.gateways:
            await self._pause(MINUTE)
            self.waiting.remove(gateway)
            await self._open(gateway)
        await self._draining(gateway)

    async def _draining(self, gateway: Gateway) -> None:
        while not self.stopping.is_set():
            tried = 0
            try:
                for bot in await self._bots(gateway):
                    tried += await self._drain_of(gateway, bot).once()
            except Exception:
                log.exception("a round failed", stage="delivering")
            if not tried:
                await self._pause(IDLE)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)


def build_application(
    kernel: Kernel, *, owner: str, role: Role = "all", rights: Mapping[str, Rights] | None = None
) -> Application:
    """The application on an open kernel, with no chat started yet."""
    posts: dict[tuple[str, str], Post] = {}
    known: dict[str, Rights] = dict(rights or {})
    services = Services(
        settings=kernel.settings, database=kernel.database, briefing=kernel.briefing,
        articles=LinkReader(kernel.client, kernel.analyst), publisher=Publisher(posts), topics=kernel.topics,
        clock=kernel.now, new_id=kernel.new_id, rights=known, sample=kernel.sample,
    )  # fmt: skip
    return Application(
        kernel=kernel, services=services, dispatcher=Dispatcher(services), jobs=minute_jobs(services),
        owner=owner, role=role, posts=posts, rights=known,
    )  # fmt: skip


@asynccontextmanager
async def running(application: Application, gateways: Sequence[Gateway]) -> AsyncIterator[Application]:
    """Started on the way in, stopped on the way out."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(application.stop)
        await application.start(gateways)
        yield application
