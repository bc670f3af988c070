"""The digest stage: find the subscriptions that are due, compose and render each brief once, write it to the outbox.

Chats that share topic, language, digits, zone, window and what they were last told share one edition. An edition,
its delivery rows, what the chats have now seen, and the mark that their windows are handled are one transaction:
all or none. A process killed before the commit fires the windows again; after it, the outbox has them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TypeAlias
from zoneinfo import ZoneInfo

import structlog

from bot.delivering import DIGEST
from bot.digests import Firing, latest_due, next_firing
from bot.operators import tell_operators
from bot.presenting.briefs import brief_message
from bot.quiet import digest_timing
from bot.services import Services
from bot.spreading import LARGE, expected, jitter, spread
from bot.texts import Texts, texts_for
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.chats import Chat, Subscription
from storage.outbox import Target
from storage.repository import chunks
from storage.unit_of_work import UnitOfWork
from summaries.types import TopicId

log = structlog.get_logger(__name__)

AT_ONCE = 500  # chats in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One subscription whose window has come."""

    subscription: Subscription
    chat: Chat
    firing: Firing


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What chats have in common that get the same edition. `told` is what they were last told and muted."""

    topic: TopicId
    language: str
    digits: str | None
    zone: str
    window: str
    told: str

    @property
    def edition(self) -> str:
        """Named by the reader's day, so that a window is one edition for ever."""
        rest = f"{self.digits}|{self.told}".encode()
        return f"digest:{self.topic}:{self.language}:{self.window}:{blake2b(rest, digest_size=6).hexdigest()}"


Groups: TypeAlias = Mapping[Shared, Sequence[Due]]


class Digesting:
    """Fires the digests of all chats."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def tick(self, now: datetime) -> int:
        """Handle every subscription that is due at `now`; how many digests were written to the outbox."""
        async with self._services.database.reading() as unit:
            waiting = await unit.chats.due_subscriptions(now)
        due, missed = _sorted(waiting, now)
        topics = self._services.topics
        known = [one for one in due if one.subscription.topic in topics]
        await self._without_topic([one for one in due if one.subscription.topic not in topics], now)
        groups = await self._groups(known)
        over = await self._spread(known, now)
        fired = 0
        for shared, members in groups.items():
            try:
                fired += await self._fire(shared, members, now, over)
            except Exception:  # the others' digests do not wait for it; it is tried again in a minute
                log.exception("a digest failed", edition=shared.edition)
        await self._skip(missed, now)
        return fired

    async def _without_topic(self, orphaned: Sequence[Due], now: datetime) -> None:
        """Digests whose topic has no file any more wait for their next day, and the operator is told."""
        if not orphaned:
            return
        async with self._services.database.unit() as unit:
            await _handled(unit, [(one.subscription, one.firing) for one in orphaned], now)
            await unit.commit()
        for topic in sorted({one.subscription.topic for one in orphaned}):
            await tell_operators(
                self._services, f"topic-gone:{topic}:{now:%Y-%m-%d}", now, "alarm.topic_gone", topic=topic
            )

    async def _groups(self, due: Sequence[Due]) -> Groups:
        groups: dict[Shared, list[Due]] = defaultdict(list)
        async with self._services.database.reading() as unit:
            for one in due:
                seen = await unit.briefs.seen(one.chat.key.text, one.subscription.topic)
                muted = [(mute.kind, mute.value) for mute in await unit.chats.mutes(one.chat.key)]
                words = self._words(one.chat)
                shared = Shared(topic=one.subscription.topic, language=words.language, digits=one.chat.digits,
                                zone=one.subscription.zone, window=one.firing.key, told=f"{seen}{muted}")  # fmt: skip
                groups[shared].append(one)
        return groups

    def _words(self, chat: Chat) -> Texts:
        return texts_for(chat.language, chat.digits, self._services.default_language)

    async def _spread(self, due: Sequence[Due], now: datetime) -> timedelta:
        """Over how long this minute's digests go out; where that is long, the operator is told."""
        bots = len({(one.chat.platform, one.chat.bot) for one in due})
        over = spread(len(due), bots)
        if len(due) >= LARGE:
            time = max(timedelta(minutes=1), expected(len(due), bots))
            log.info("a large audience", digests=len(due), minutes=round(time.total_seconds() / 60))
            await tell_operators(
                self._services, f"audience:{now:%Y-%m-%dT%H:%M}", now, "alarm.audience",
                number=len(due), time=time,
            )  # fmt: skip
        return over

    async def _fire(self, shared: Shared, members: Sequence[Due], now: datetime, over: timedelta) -> int:
        """Compose and render once; write for all members, some hundreds in each transaction. How many digests."""
        written = 0
        length = self._services.briefing.default_window
        words = self._words(members[0].chat)
        like = members[0].chat.key.text
        brief, seen = await self._services.prepared.compose(shared.topic, now, length, like)
        brief = await self._services.briefing.spoken(brief, words.language, now)
        title = self._services.topics[shared.topic].name(words.language)
        message = brief_message(brief, title, words, zone=ZoneInfo(shared.zone))
        made = Edition(id=shared.edition, topic=shared.topic, language=words.language, start=brief.start,
                       end=brief.end, created=now, brief=brief)  # fmt: skip
        for each in chunks(members, AT_ONCE):
            async with self._services.database.unit() as unit:
                # The digest took a while to make: who left meanwhile gets none.
                there = await unit.chats.still_subscribed([one.subscription.id for one in each])
                some = [one for one in each if one.subscription.id in there]
                have = await self._who_has_it(unit, shared, some)
                anew = [one for one in some if one.chat.key not in have]
                targets = [_target(one, now, over) for one in anew]
                await self._services.publisher.publish(unit, made, message, targets, priority=DIGEST)
                for one in anew:
                    await unit.briefs.put_seen(one.chat.key.text, shared.topic, seen)
                await _handled(unit, [(one.subscription, one.firing) for one in some], now)
                await unit.commit()
            written += len(anew)
        log.info("digest", edition=made.id, chats=written, verdict="fire")
        return written

    async def _who_has_it(self, unit: UnitOfWork, shared: Shared, members: Sequence[Due]) -> set[ChatKey]:
        """The chats to which this window was written before, in whatever edition: while the clock was ahead it had come
        already.
        """
        if not members:
            return set()
        begins = f"digest:{shared.topic}:"
        made = await unit.briefs.ids_since(members[0].firing.at, "brief", shared.topic, begins)
        same = [id for id in made if f":{shared.window}:" in id]
        return await unit.outbox.who_has(same, [one.chat.key for one in members]) if same else set()

    async def _skip(self, missed: Sequence[tuple[Subscription, Firing | None]], now: datetime) -> None:
        """Windows that were missed for too long wait for their next day, and the operator is told once."""
        if not missed:
            return
        async with self._services.database.unit() as unit:
            await _handled(unit, missed, now)
            await unit.commit()
        stale = sum(firing is not None for _, firing in missed)
        log.info("digest", chats=stale, verdict="skip_stale")
        if stale:
            await tell_operators(
                self._services, f"missed:{now:%Y-%m-%dT%H}", now, "alarm.missed", number=stale
            )


def _sorted(
    waiting: Sequence[tuple[Subscription, Chat]], now: datetime
) -> tuple[list[Due], list[tuple[Subscription, Firing | None]]]:
    """Those to fire, and those whose window is stale (or was handled already) and only move on."""
    due, missed = [], []
    for subscription, chat in waiting:
        firing = latest_due(subscription, now)
        if firing is not None and firing.verdict == "fire":
            due.append(Due(subscription=subscription, chat=chat, firing=firing))
        else:
            missed.append((subscription, firing))
    return due, missed


def _target(one: Due, now: datetime, over: timedelta) -> Target:
    """A digest whose hour lies in the chat's quiet hours waits for their end; at night it comes without a sound."""
    when = digest_timing(one.chat, now, one.subscription.zone)
    key = one.chat.key
    return Target(platform=key.platform, bot=key.bot, chat=key.chat, thread=key.thread, silent=when.silent,
                  not_before=(when.not_before or now) + jitter(one.subscription.id, over))  # fmt: skip


async def _handled(
    unit: UnitOfWork, windows: Sequence[tuple[Subscription, Firing | None]], now: datetime
) -> None:
    await unit.chats.handled(
        [
            replace(
                subscription,
                last_fired=firing.at if firing else _not_to_come(subscription, now),
                next_due=next_firing(subscription, now),
            )
            for subscription, firing in windows
        ]
    )


def _not_to_come(subscription: Subscription, now: datetime) -> datetime | None:
    """When it fired last; by a clock that was ahead, now."""
    began = subscription.last_fired or subscription.created
    return now if began is not None and began > now else subscription.last_fired
