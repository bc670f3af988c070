"""The desk of a process: what its bots claim and mark, all of it in one transaction a turn.

A transaction for each bot, or for each send, would be the slowest part of a send. What is claimed and not marked is
what a crash can double, so it is bounded: `AHEAD` rows a bot, and marks wait for the next turn only.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

import structlog

from bot.delivering import Verdict
from storage.chat_keys import ChatKey
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import Delivery, Payloads
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

TURN_SECONDS = 0.05
LOOK_SECONDS = 0.5  # between two looks at an outbox in which nothing was due
TROUBLE_SECONDS = 1.0
TURN_LIMIT_SECONDS = 15.0  # a connection that gives no answer for so long is given up
TOLERANCE = timedelta(seconds=5)
PAYLOADS_KEPT = 200

Done: TypeAlias = tuple[Delivery, Verdict]
Key: TypeAlias = tuple[str, str]  # platform and bot


class Line(Protocol):
    """One bot's sends, as the desk sees them."""

    @property
    def key(self) -> Key: ...

    @property
    def held(self) -> Collection[int]:
        """The rows that are claimed for it and not yet marked."""

    @property
    def done(self) -> Sequence[Done]:
        """Those of them that were sent, or tried."""

    def wants(self) -> int:
        """How many rows more it takes now."""

    def take(self, claimed: Sequence[Delivery]) -> None:
        """Send these."""

    def marked(self, count: int) -> None:
        """The first of those that are done are marked."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """Serves every line that is `open`. `owner` is the life of this process that claims and marks."""

    database: Database
    owner: str
    clock: Callable[[], datetime]
    fenced: bool = True
    monotonic: Callable[[], float] = time.monotonic
    open: list[Line] = field(default_factory=list)
    _empty: dict[Key, float] = field(default_factory=dict)  # when nothing was due, by our own clock
    _waits: list[tuple[float, datetime]] = field(default_factory=list)  # over by our own clock, by the wall's
    _payloads: Payloads = field(default_factory=dict)
    _doubtful: bool = False  # whether a claim may have been kept that nobody knows of
    _waking: asyncio.Event = field(default_factory=asyncio.Event)
    _turned: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self, bot: Key | None = None) -> None:
        """Something is to be done; for `bot`, where it was written for it just now."""
        if bot is not None:
            self._empty.pop(bot, None)
        self._waking.set()

    async def next_turn(self) -> None:
        """Until a whole turn has been made: one may be under way, and it knows nothing of what is true now."""
        for _ in range(2):
            self.wake()
            await self._turned.wait()

    async def run(self) -> None:
        """Turn after turn, until cancelled."""
        while True:
            try:
                async with asyncio.timeout(TURN_LIMIT_SECONDS):
                    busy = await self.turn()
            except StorageError as error:
                log.warning("the outbox does not answer", cause=error.key)
                await asyncio.sleep(TROUBLE_SECONDS)
            except Exception:
                log.exception("a turn at the desk failed")
                await asyncio.sleep(TROUBLE_SECONDS)
            else:
                await self._pause(busy)

    async def turn(self) -> bool:
        """Mark what is done, claim what is due; whether anything is or was under way. Where it fails, what was done is
        marked in another turn: the sends happened.
        """
        lines = list(self.open)
        done = {line: list(line.done) for line in lines if line.done}
        takers = self._takers(lines)
        claimed: list[Delivery] = []
        over = self._over()
        if done or takers or over or self._doubtful:
            doubtful, self._doubtful = self._doubtful, True
            async with self.database.unit() as unit:
                if doubtful:
                    known = [id for line in self.open for id in line.held]
                    await unit.outbox.unclaim(self.owner, known)
                await self._mark(unit, [one for ones in done.values() for one in ones])
                if over:
                    await unit.outbox.wait_is_over([until for _, until in over], self.clock())
                claimed = await unit.outbox.claim(
                    {key: most for key, (_, most) in takers.items()}, owner=self.owner, now=self.clock(),
                    fenced=self.fenced, payloads=self._payloads,
                )  # fmt: skip
                if done or claimed or over or doubtful:
                    await unit.commit()
            self._doubtful = False
            self._waits = [wait for wait in self._waits if wait not in over]
        for line, ones in done.items():
            line.marked(len(ones))
        self._hand_out(takers, claimed)
        turned, self._turned = self._turned, asyncio.Event()
        turned.set()
        return bool(done) or any(line.held for line in lines)

    def _takers(self, lines: Sequence[Line]) -> dict[Key, tuple[Line, int]]:
        """Who takes how many. A bot for which nothing was due just now is not looked at in every turn."""
        since = self.monotonic() - LOOK_SECONDS
        wanting = [(line, line.wants()) for line in lines if self._empty.get(line.key, since) <= since]
        return {line.key: (line, most) for line, most in wanting if most > 0}

    def _over(self) -> list[tuple[float, datetime]]:
        """The waits that are over while the wall's clock, which was put back, has them last on."""
        ended = [wait for wait in self._waits if wait[0] <= self.monotonic()]
        late = [wait for wait in ended if wait[1] - self.clock() > TOLERANCE]
        self._waits = [wait for wait in self._waits if wait not in ended or wait in late]
        return late

    def _remember(self, done: Sequence[Done]) -> None:
        """Until when each wait is. It is a time in seconds, which goes by whatever becomes of the wall's clock."""
        for until in {v.mark.not_before for _, v in done} | {v.bot_waits_until for _, v in done}:
            if until is not None:
                self._waits.append((self.monotonic() + (until - self.clock()).total_seconds(), until))

    async def _mark(self, unit: UnitOfWork, done: Sequence[Done]) -> None:
        if done:
            self._remember(done)
            await unit.outbox.mark([v.mark for _, v in done], owner=self.owner, now=self.clock())
            await follow(unit, done)

    def _hand_out(self, takers: Mapping[Key, tuple[Line, int]], claimed: Sequence[Delivery]) -> None:
        rows: dict[Key, list[Delivery]] = {}
        for delivery in claimed:
            rows.setdefault((delivery.platform, delivery.bot), []).append(delivery)
        for key, (line, _) in takers.items():
            if key in rows:
                line.take(rows[key])
                self._empty.pop(key, None)
            else:
                self._empty[key] = self.monotonic()
        if len(self._payloads) > PAYLOADS_KEPT:
            self._payloads.clear()

    async def _pause(self, busy: bool) -> None:
        if busy:
            await asyncio.sleep(TURN_SECONDS)
            return
        try:
            await asyncio.wait_for(self._waking.wait(), LOOK_SECONDS)
        except TimeoutError:
            return
        self._waking.clear()


async def follow(unit: UnitOfWork, done: Sequence[Done]) -> None:
    """What verdicts mean beyond their own rows: the bot waits, a chat or a thread is gone, a chat has a new id."""
    for delivery, decided in done:
        chat = ChatKey(platform=delivery.platform, bot=delivery.bot, chat=delivery.chat)
        where = (delivery.platform, delivery.bot, delivery.chat)
        if decided.bot_waits_until is not None:
            await unit.outbox.postpone(delivery.platform, delivery.bot, decided.bot_waits_until)
        cause = decided.mark.error or "gone"
        if decided.chat_gone:
            await unit.outbox.cancel_chat(*where, cause)
            await unit.chats.pause(chat, cause)
        if decided.thread_gone:
            await unit.outbox.cancel_chat(*where, cause, thread=delivery.thread)
            await unit.chats.pause_thread(replace(chat, thread=delivery.thread), cause)
        if decided.chat_moved_to is not None:
            await unit.chat_data.rename(*where, decided.chat_moved_to)
