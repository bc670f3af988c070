"""One bot's sends: claimed a little ahead, sent side by side, marked in batches.

What is claimed and not marked is what a crash can double, so it is bounded: `AHEAD` rows a bot. Marks are written every
`MARK_SECONDS`, many in one transaction, since a commit for each would be the slowest part.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from adapters.chat.ports import Address, Later, Post, Refused, SendResult
from bot.delivering import Verdict, verdict
from storage.chat_keys import ChatKey
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import Ambiguous, Delivery
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

AHEAD = 10
CLAIM_BELOW = 6  # claim again when fewer than these are under way or not yet marked
MARK_SECONDS = 0.05
LOOK_SECONDS = 0.5  # between two looks at an outbox in which nothing was due
TROUBLE_SECONDS = 1.0


async def _at_once() -> None:
    return None


@dataclass(slots=True, kw_only=True)
class Sender:
    """Empties the outbox of one bot until told to leave.

    `sure` returns when this process may still send (see `bot.engine.heart`), or raises.
    """

    database: Database
    platform: str
    bot: str
    post: Post
    owner: str
    clock: Callable[[], datetime]
    ambiguous: Ambiguous = "resend"
    sure: Callable[[], Awaitable[None]] = _at_once
    fenced: bool = True
    results: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    waking: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: set["asyncio.Task[None]"] = field(default_factory=set)
    _done: list[tuple[Delivery, Verdict]] = field(default_factory=list)
    _marked: float = 0.0

    async def run(self, *, idle_seconds: float | None = None) -> None:
        """Send until `leaving` is set, or until nothing was due for `idle_seconds`. What is under way is finished
        and marked on the way out, but for a cancellation.
        """
        idle_since = time.monotonic()
        try:
            while not self.leaving.is_set():
                if await self._round():
                    idle_since = time.monotonic()
                elif idle_seconds is not None and time.monotonic() - idle_since >= idle_seconds:
                    return
            await self._finish()
        finally:
            for task in self._under_way:
                task.cancel()

    async def once(self) -> int:
        """Send what is due now, and mark it; how many rows were tried."""
        claimed = await self._claim()
        await asyncio.gather(*(self._send(delivery) for delivery in claimed))
        await self._mark()
        return len(claimed)

    async def _finish(self) -> None:
        while self._under_way:
            await asyncio.wait(self._under_way)
        await self._mark()

    async def _round(self) -> bool:
        """Mark what is done, claim what is due, wait for something to happen; whether anything is under way."""
        try:
            await self._mark_in_time()
            claimed = await self._claim() if self._open < CLAIM_BELOW else []
        except StorageError as error:
            log.warning("the outbox does not answer", bot=self.bot, cause=error.key)
            await self._pause(TROUBLE_SECONDS)
            return True
        for delivery in claimed:
            task = asyncio.create_task(self._send(delivery))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=MARK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        elif not self._done:
            await self._pause(LOOK_SECONDS)
        return bool(claimed or self._under_way or self._done)

    @property
    def _open(self) -> int:
        """How many rows are claimed and not yet marked."""
        return len(self._under_way) + len(self._done)

    async def _claim(self) -> list[Delivery]:
        async with self.database.unit() as unit:
            claimed = await unit.outbox.claim(
                self.platform, self.bot, owner=self.owner, now=self.clock(), most=AHEAD - self._open,
                fenced=self.fenced,
            )  # fmt: skip
            if claimed:
                await unit.commit()
        return claimed

    async def _send(self, delivery: Delivery) -> None:
        await self.sure()
        address = Address(platform=delivery.platform, bot=delivery.bot, chat=delivery.chat,  # type: ignore[arg-type]
                          thread=delivery.thread)  # fmt: skip
        try:
            if delivery.edits is not None:
                result = await self.post.edit(address, delivery.edits, delivery.payload)
            else:
                result = await self.post.send(
                    address, delivery.payload, silent=delivery.silent, reply_to=delivery.reply_to
                )
        except Exception as error:  # a defect of ours must not take the other rows along
            log.exception("a send failed unexpectedly", delivery=delivery.id, edition=delivery.edition)
            result = Refused(cause=type(error).__name__)
        decided = verdict(delivery, result, self.clock(), self.ambiguous)
        self.results[self.platform, self.bot, _named(result)] += 1
        self._done.append((delivery, decided))
        log.info("delivery", delivery=delivery.id, edition=delivery.edition, chat=delivery.chat,
                 part=delivery.part, state=decided.mark.state, cause=decided.mark.error)  # fmt: skip

    async def _mark_in_time(self) -> None:
        if self._done and (time.monotonic() - self._marked >= MARK_SECONDS or not self._under_way):
            await self._mark()

    async def _mark(self) -> None:
        """One transaction for all that is done. Where it fails, it is tried again: the sends happened."""
        done = list(self._done)
        if not done:
            return
        async with self.database.unit() as unit:
            await unit.outbox.mark([v.mark for _, v in done], owner=self.owner, now=self.clock())
            await follow(unit, done)
            await unit.commit()
        del self._done[: len(done)]
        self._marked = time.monotonic()

    async def _pause(self, seconds: float) -> None:
        self.waking.clear()
        waiting = [asyncio.create_task(event.wait()) for event in (self.waking, self.leaving)]
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()


def _named(result: SendResult) -> str:
    """What became of a send, for the metrics; `wait` is the platform's 429, not our own pace."""
    if isinstance(result, Later):
        return "wait" if result.whole_bot else "paced"
    return type(result).__name__.lower()


async def follow(unit: UnitOfWork, done: list[tuple[Delivery, Verdict]]) -> None:
    """What verdicts mean beyond their own rows: the bot waits, a chat is gone, a chat has a new id."""
    for delivery, decided in done:
        chat = ChatKey(platform=delivery.platform, bot=delivery.bot, chat=delivery.chat)
        where = (delivery.platform, delivery.bot, delivery.chat)
        if decided.bot_waits_until is not None:
            await unit.outbox.postpone(delivery.platform, delivery.bot, decided.bot_waits_until)
        if decided.chat_gone:
            await unit.outbox.cancel_chat(*where, decided.mark.error or "gone")
            await unit.chats.pause(chat, decided.mark.error or "gone")
        if decided.chat_moved_to is not None:
            await unit.chat_data.rename(*where, decided.chat_moved_to)
