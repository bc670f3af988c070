"""The delivering stage: editions into the outbox, and the outbox out to the chats.

`Publisher` renders an edition once for each platform and writes it with its deliveries in the caller's
transaction. `Drain` empties the outbox of one bot: claim, send, mark, each in its own short transaction, so
that a process that dies leaves rows whose state says what is known. `verdict` decides what a send result
means; it is pure.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

import structlog

from adapters.chat.message import Message
from adapters.chat.ports import Address, Gone, Later, Moved, Post, Refused, SendResult, Sent, Unknown
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.database import Database
from storage.outbox import Ambiguous, Delivery, Mark, Target
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

BATCH = 50
BROADCAST, DIGEST, ALERT = 7, 5, 3  # priorities; lower goes first, and a reply to a person waits for nobody
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=30)
MOST_ATTEMPTS = 12


class Publisher:
    """Turns a message into an edition and its deliveries."""

    def __init__(self, posts: Mapping[tuple[str, str], Post]) -> None:
        self._posts = posts

    def knows(self, platform: str, bot: str) -> bool:
        return (platform, bot) in self._posts

    def bots(self, platform: str) -> list[str]:
        return [bot for known, bot in self._posts if known == platform]

    async def publish(
        self,
        unit: UnitOfWork,
        edition: Edition,
        message: Message,
        targets: Sequence[Target],
        *,
        priority: int,
    ) -> int:
        """Write the edition and its rows into `unit`; how many rows are new. The caller commits."""
        parts = {
            platform: next(post for (known, _), post in self._posts.items() if known == platform).parts(
                message
            )
            for platform in {target.platform for target in targets}
            if self.bots(platform)
        }
        await unit.briefs.put_edition(edition)
        return await unit.outbox.publish(edition.id, parts, targets, now=edition.created, priority=priority)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a send result means for its row, and for the rest of the bot's or chat's rows."""

    mark: Mark
    bot_waits_until: datetime | None = None
    chat_gone: bool = False
    chat_moved_to: str | None = None


def verdict(delivery: Delivery, result: SendResult, now: datetime, ambiguous: Ambiguous) -> Verdict:
    """Decide. A platform's own waiting time is kept; our own doubles from 5 s to half an hour."""
    match result:
        case Sent(message=message):
            return Verdict(mark=Mark(id=delivery.id, state="sent", message=message))
        case Later(seconds=seconds, whole_bot=whole_bot, cause=cause):
            until = now + timedelta(seconds=max(seconds, 0.1))
            mark = Mark(id=delivery.id, state="ready", not_before=until, error=cause)
            return Verdict(mark=mark, bot_waits_until=until if whole_bot else None)
        case Unknown(cause=cause):
            if ambiguous == "hold" or delivery.attempts >= MOST_ATTEMPTS:
                return Verdict(mark=Mark(id=delivery.id, state="held", error=cause))
            again = now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** (delivery.attempts - 1))
            return Verdict(mark=Mark(id=delivery.id, state="ready", not_before=again, error=cause))
        case Moved(chat=chat):
            mark = Mark(id=delivery.id, state="ready", not_before=now, error="moved")
            return Verdict(mark=mark, chat_moved_to=chat)
        case Gone(cause=cause):
            return Verdict(mark=Mark(id=delivery.id, state="cancelled", error=cause), chat_gone=True)
        case Refused(cause=cause):
            return Verdict(mark=Mark(id=delivery.id, state="failed", error=cause))
        case _:
            assert_never(result)


class Drain:
    """Empties the outbox of one bot."""

    def __init__(
        self,
        database: Database,
        platform: str,
        bot: str,
        post: Post,
        *,
        owner: str,
        clock: Callable[[], datetime],
        ambiguous: Ambiguous = "resend",
    ) -> None:
        self._database = database
        self._platform, self._bot, self._post = platform, bot, post
        self._owner, self._clock, self._ambiguous = owner, clock, ambiguous

    async def once(self) -> int:
        """Claim what is due, send it, mark it; how many rows were tried."""
        async with self._database.unit() as unit:
            claimed = await unit.outbox.claim(
                self._platform, self._bot, owner=self._owner, now=self._clock(), most=BATCH
            )
            await unit.commit()
        if not claimed:
            return 0
        verdicts = await asyncio.gather(*(self._send(delivery) for delivery in claimed))
        async with self._database.unit() as unit:
            now = self._clock()
            await unit.outbox.mark([v.mark for v in verdicts], owner=self._owner, now=now)
            for delivery, decided in zip(claimed, verdicts, strict=True):
                await self._follow(unit, delivery, decided)
            await unit.commit()
        return len(claimed)

    async def _send(self, delivery: Delivery) -> Verdict:
        address = Address(
            platform=delivery.platform,  # type: ignore[arg-type]
            bot=delivery.bot,
            chat=delivery.chat,
            thread=delivery.thread,
        )
        try:
            if delivery.edits is not None:
                result = await self._post.edit(address, delivery.edits, delivery.payload)
            else:
                result = await self._post.send(
                    address, delivery.payload, silent=delivery.silent, reply_to=delivery.reply_to
                )
        except Exception as error:  # a defect of ours must not take the other rows along
            log.exception("a send failed unexpectedly", delivery=delivery.id, edition=delivery.edition)
            result = Refused(cause=type(error).__name__)
        decided = verdict(delivery, result, self._clock(), self._ambiguous)
        log.info("delivery", delivery=delivery.id, edition=delivery.edition, chat=delivery.chat,
                 part=delivery.part, state=decided.mark.state, cause=decided.mark.error)  # fmt: skip
        return decided

    async def _follow(self, unit: UnitOfWork, delivery: Delivery, decided: Verdict) -> None:
        where = (self._platform, self._bot, delivery.chat)
        if decided.bot_waits_until is not None:
            await unit.outbox.postpone(self._platform, self._bot, decided.bot_waits_until)
        chat = ChatKey(platform=self._platform, bot=self._bot, chat=delivery.chat)
        if decided.chat_gone:
            await unit.outbox.cancel_chat(*where, decided.mark.error or "gone")
            await unit.chats.pause(chat, decided.mark.error or "gone")
        if decided.chat_moved_to is not None:
            await unit.chat_data.rename(*where, decided.chat_moved_to)


def target(chat: ChatKey, *, silent: bool = False) -> Target:
    """The outbox's target for a chat."""
    return Target(platform=chat.platform, bot=chat.bot, chat=chat.chat, thread=chat.thread, silent=silent)
