"""The delivering stage: editions into the outbox, and the outbox out to the chats.

`Publisher` renders an edition once for each platform and writes it with its deliveries, and with the work of
sending them, in the caller's transaction. `verdict` decides what a send result means; it is pure. The sends
themselves are in `bot.engine.sending`.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never

from adapters.chat.message import Message
from adapters.chat.ports import Gone, Later, Moved, Post, Refused, SendResult, Sent, Unknown
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.outbox import Ambiguous, Delivery, Mark, Target
from storage.unit_of_work import UnitOfWork

BROADCAST, DIGEST, ALERT = 7, 5, 3  # priorities; lower goes first, and a reply to a person waits for nobody
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=30)
MOST_ATTEMPTS = 12


Enqueue: TypeAlias = Callable[[UnitOfWork, Collection[tuple[str, str]]], Awaitable[None]]
"""Has the outbox of these bots emptied, in the unit's own transaction."""


Spell: TypeAlias = Callable[[str, Message], Message]
"""A message as the platform of that name is to show it."""


class Publisher:
    """Turns a message into an edition and its deliveries. `spell` writes commands as a platform takes them; `enqueue`
    is set while the durable engine runs.
    """

    def __init__(
        self, posts: Mapping[tuple[str, str], Post], spell: Spell = lambda _, message: message
    ) -> None:
        self._posts = posts
        self._spell = spell
        self.enqueue: Enqueue | None = None

    def knows(self, platform: str, bot: str) -> bool:
        return (platform, bot) in self._posts

    def bots(self, platform: str) -> list[str]:
        return [bot for known, bot in self._posts if known == platform]

    def render(self, platform: str, message: Message) -> list[str]:
        """The message as the payloads of a platform; none where no bot of it runs."""
        post = next((post for (known, _), post in self._posts.items() if known == platform), None)
        return post.parts(self._spell(platform, message)) if post else []

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
            platform: self.render(platform, message)
            for platform in {target.platform for target in targets}
            if self.bots(platform)
        }
        return await self.put(unit, edition, parts, targets, priority=priority)

    async def put(
        self,
        unit: UnitOfWork,
        edition: Edition,
        parts: Mapping[str, Sequence[str]],
        targets: Sequence[Target],
        *,
        priority: int,
    ) -> int:
        """What `publish` does, with the payloads already made."""
        await unit.briefs.put_edition(edition)
        rows = await unit.outbox.publish(edition.id, parts, targets, now=edition.created, priority=priority)
        if rows:
            await self.wake(unit, targets)
        return rows

    async def wake(self, unit: UnitOfWork, targets: Sequence[Target]) -> None:
        """Have the outbox of these targets' bots emptied."""
        if self.enqueue is not None:
            await self.enqueue(unit, {(target.platform, target.bot) for target in targets})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a send result means for its row, and for the rest of the bot's or chat's rows."""

    mark: Mark
    bot_waits_until: datetime | None = None
    chat_gone: bool = False
    thread_gone: bool = False
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
        case Gone(cause=cause, thread=thread):
            mark = Mark(id=delivery.id, state="cancelled", error=cause)
            return Verdict(mark=mark, chat_gone=not thread, thread_gone=thread)
        case Refused(cause=cause):
            return Verdict(mark=Mark(id=delivery.id, state="failed", error=cause))
        case _:
            assert_never(result)


def target(chat: ChatKey, *, silent: bool = False) -> Target:
    """The outbox's target for a chat."""
    return Target(platform=chat.platform, bot=chat.bot, chat=chat.chat, thread=chat.thread, silent=silent)
