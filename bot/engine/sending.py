"""One bot's sends, side by side: what the desk claims for it, sent at the pace of its platform."""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import structlog

from adapters.chat.ports import Address, Later, Post, Refused, SendResult, Sure, at_once
from bot.delivering import verdict
from bot.engine.desk import Desk, Done, Key
from storage.outbox import Ambiguous, Delivery

log = structlog.get_logger(__name__)

AHEAD = 10  # rows of a bot that are claimed and not yet marked: what a crash can double
CLAIM_BELOW = 6  # claim again when fewer than these are


@dataclass(slots=True, kw_only=True, eq=False)
class Sender:
    """Empties the outbox of one bot until told to leave; a line at the `desk`.

    `sure` returns when this process may still send (see `bot.engine.heart`). It is asked when a send's turn has come:
    who slept while it waited for that turn may have been taken for dead.
    """

    desk: Desk
    platform: str
    bot: str
    post: Post
    ambiguous: Ambiguous = "resend"
    sure: Sure = at_once
    results: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    done: list[Done] = field(default_factory=list)
    _held: set[int] = field(default_factory=set)
    _under_way: set["asyncio.Task[None]"] = field(default_factory=set)
    _busy_at: float = 0.0

    @property
    def key(self) -> Key:
        return self.platform, self.bot

    @property
    def held(self) -> Collection[int]:
        return self._held

    def wants(self) -> int:
        few = len(self._held) < CLAIM_BELOW and not self.leaving.is_set()
        return AHEAD - len(self._held) if few else 0

    def take(self, claimed: Sequence[Delivery]) -> None:
        self._busy_at = time.monotonic()
        for delivery in claimed:
            self._held.add(delivery.id)
            task = asyncio.create_task(self._send(delivery))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def marked(self, count: int) -> None:
        self._held.difference_update(delivery.id for delivery, _ in self.done[:count])
        del self.done[:count]

    async def run(self, *, idle_seconds: float | None = None) -> None:
        """Send until `leaving` is set, or until nothing was due for `idle_seconds`. What is under way is finished
        and marked on the way out. Cancelled, it stays at the desk with what it held: of that nobody knows whether it
        was sent.
        """
        self.desk.open.append(self)
        self.desk.wake(self.key)
        self._busy_at = time.monotonic()
        try:
            await self._until_over(idle_seconds)
            self.leaving.set()
            await self.desk.next_turn()
            while self._held:
                await self.desk.next_turn()
        except asyncio.CancelledError:
            self.leaving.set()
            for task in self._under_way:
                task.cancel()
            raise
        self.desk.open.remove(self)

    async def once(self) -> int:
        """Send what is due now, and mark it; how many rows were tried."""
        self.desk.open.append(self)
        self.desk.wake(self.key)
        self.leaving.clear()
        try:
            await self.desk.turn()
            tried = len(self._held)
            self.leaving.set()
            await asyncio.gather(*self._under_way)
            await self.desk.turn()
        finally:
            self.desk.open.remove(self)
        return tried

    async def _until_over(self, idle_seconds: float | None) -> None:
        while not self.leaving.is_set():
            left = None
            if idle_seconds is not None:
                left = self._busy_at + idle_seconds - time.monotonic()
                if left <= 0 and not self._held:
                    return
                left = max(left, 1.0)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.leaving.wait(), left)

    async def _send(self, delivery: Delivery) -> None:
        address = Address(platform=delivery.platform, bot=delivery.bot, chat=delivery.chat,  # type: ignore[arg-type]
                          thread=delivery.thread)  # fmt: skip
        try:
            if delivery.edits is not None:
                result = await self.post.edit(address, delivery.edits, delivery.payload, sure=self.sure)
            else:
                result = await self.post.send(
                    address,
                    delivery.payload,
                    silent=delivery.silent,
                    reply_to=delivery.reply_to,
                    sure=self.sure,
                )
        except Exception as error:  # a defect of ours must not take the other rows along
            log.exception("a send failed unexpectedly", delivery=delivery.id, edition=delivery.edition)
            result = Refused(cause=type(error).__name__)
        decided = verdict(delivery, result, self.desk.clock(), self.ambiguous)
        self.results[self.platform, self.bot, _named(result)] += 1
        self.done.append((delivery, decided))
        self._busy_at = time.monotonic()
        log.info("delivery", delivery=delivery.id, edition=delivery.edition, chat=delivery.chat,
                 part=delivery.part, state=decided.mark.state, cause=decided.mark.error)  # fmt: skip


def _named(result: SendResult) -> str:
    """What became of a send, for the metrics; `wait` is the platform's 429, not our own pace."""
    if isinstance(result, Later):
        return "wait" if result.whole_bot else "paced"
    return type(result).__name__.lower()
