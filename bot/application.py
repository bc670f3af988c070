"""The service whole: collecting, digests, delivery, every chat whose tokens are set, and the web.

`Application` is assembled by `build_application`; `collect`, `tick` and `drain` do one round of each stage. In the
service they run as durable workflows (`bot.engine`); tests call them.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

import structlog

from adapters.chat.message import Message
from adapters.chat.ports import Post
from bot.assemble import Kernel
from bot.commands.dispatch import COMMANDS, Dispatcher
from bot.delivering import Publisher
from bot.engine.desk import Desk
from bot.engine.sending import Sender
from bot.gateways import Gateway, Listener, Membership
from bot.membership import record_change, resume_workspace
from bot.minute import MinuteJob, minute_jobs, run_jobs
from bot.prepared import Prepared
from bot.presenting.spelling import spelled_message
from bot.services import Rights, Services
from bot.summarising import LinkReader
from summaries.errors import KawalisError

log = structlog.get_logger(__name__)

Role: TypeAlias = Literal["all", "collect", "deliver", "web"]
MINUTE = 60.0


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

    async def start(self, gateways: Sequence[Gateway], *, listen: bool = True) -> None:
        """Start the chats. Without `listen`, those whose platform gives updates to one process at a time only
        become able to send: they listen while their bot is held.
        """
        for gateway in gateways:
            await self._open(gateway, listen=listen)

    async def _open(self, gateway: Gateway, *, listen: bool) -> None:
        """Start one chat. One that cannot be used keeps no other from running: a refused token is said and left,
        a platform that does not answer is tried again.
        """
        try:
            await (gateway.prepare() if isinstance(gateway, Listener) and not listen else gateway.start())
        except KawalisError as error:
            log.error("a chat cannot be used", platform=gateway.platform, key=error.key, cause=error.cause)
            (self.waiting if error.key.endswith(".unreachable") else self.unusable).append(gateway)
            self.refused.append(error)
            return
        self.gateways.append(gateway)
        self.posts[gateway.platform, gateway.bot] = gateway.post
        self.rights.setdefault(gateway.platform, gateway.rights)
        if gateway.bot:  # its token is taken: of an app that was installed again we hear only here
            async with self.kernel.database.unit() as unit:
                await resume_workspace(unit, gateway.platform, gateway.bot, self.services.clock())
                await unit.commit()

    async def bots(self) -> list[tuple[str, str]]:
        """Each bot that this process can send from and that listens, or for which something waits."""
        return [(gateway.platform, bot) for gateway in self.gateways for bot in await self._bots(gateway)]

    def exclusive_bots(self) -> list[tuple[str, str]]:
        """Those of which one process at a time may listen."""
        return [(g.platform, g.bot) for g in self.gateways if isinstance(g, Listener)]

    def gateway_of(self, platform: str, bot: str) -> Gateway | None:
        """Through which a bot sends here; a gateway without a bot of its own serves every workspace."""
        for gateway in self.gateways:
            if gateway.platform == platform and gateway.bot in {bot, ""}:
                return gateway
        return None

    async def _bots(self, gateway: Gateway) -> list[str]:
        """The gateway's own bot, where it listens; else those that something waits for."""
        if isinstance(gateway, Listener):
            return [gateway.bot]
        async with self.kernel.database.reading() as unit:
            waiting = await unit.outbox.waiting_bots(gateway.platform)
        return [bot for bot in waiting if gateway.bot in {bot, ""}]

    async def changed(self, change: Membership) -> None:
        """We came into a chat or left it, or it has another name: see `bot.membership`."""
        here = change.address
        async with self.kernel.database.unit() as unit:
            await record_change(unit, change, self.services.clock())
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
        """Send what is due now, from every bot; how many deliveries were tried."""
        desk = Desk(database=self.kernel.database, owner=self.owner, clock=self.kernel.now, fenced=False)
        tried = 0
        for platform, bot in await self.bots():
            gateway = self.gateway_of(platform, bot)
            if gateway is not None:
                tried += await Sender(
                    desk=desk, platform=platform, bot=bot, post=gateway.post,
                    ambiguous=self.kernel.settings.ambiguous_sends,
                ).once()  # fmt: skip
        return tried

    async def open_later(self) -> None:
        """Try the chats again that did not answer at the start, once a minute."""
        while self.waiting:
            await self.pause(MINUTE)
            if self.stopping.is_set():
                return
            waiting, self.waiting = self.waiting, []
            for gateway in waiting:
                await self._open(gateway, listen=False)

    async def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)


def build_application(
    kernel: Kernel, *, owner: str, role: Role = "all", rights: Mapping[str, Rights] | None = None
) -> Application:
    """The application on an open kernel, with no chat started yet."""
    posts: dict[tuple[str, str], Post] = {}
    known: dict[str, Rights] = dict(rights or {})
    prepared = Prepared(kernel.database, kernel.briefing, kernel.topics, kernel.gazetteer)
    services = Services(
        prepared=prepared, gazetteer=kernel.gazetteer,
        settings=kernel.settings, database=kernel.database, briefing=kernel.briefing,
        articles=LinkReader(kernel.client, kernel.pool, kernel.analyst), publisher=Publisher(posts, _spelled),
        topics=kernel.topics,
        clock=kernel.now, new_id=kernel.new_id, rights=known, sample=kernel.sample,
    )  # fmt: skip
    return Application(
        kernel=kernel, services=services, dispatcher=Dispatcher(services), jobs=minute_jobs(services),
        owner=owner, role=role, posts=posts, rights=known,
    )  # fmt: skip


def _spelled(platform: str, message: Message) -> Message:
    return spelled_message(platform, message, COMMANDS)


@asynccontextmanager
async def running(
    application: Application, gateways: Sequence[Gateway], *, listen: bool = True
) -> AsyncIterator[Application]:
    """Started on the way in, stopped on the way out."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(application.stop)
        await application.start(gateways, listen=listen)
        yield application
