"""The digest stage: find the subscriptions that are due, compose each brief once, write it to the outbox.

The edition, its delivery rows, what the chat has now seen, and the mark that this window is handled are one
transaction: all or none. A process killed before the commit fires the window again; after it, the outbox has it.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.delivering import DIGEST, target
from bot.digests import latest_due, next_firing
from bot.presenting.briefs import brief_message
from bot.services import Services
from bot.texts import texts_for
from storage.briefs import Edition
from storage.chats import Chat, Subscription
from storage.unit_of_work import UnitOfWork
from summaries.types import Brief

log = structlog.get_logger(__name__)


class Digesting:
    """Fires the digests of all chats."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def tick(self, now: datetime) -> int:
        """Handle every subscription that is due at `now`; how many digests were written to the outbox."""
        async with self._services.database.unit() as unit:
            waiting = await unit.chats.due_subscriptions(now)
        return sum([await self._handle(subscription, chat, now) for subscription, chat in waiting])

    async def _handle(self, subscription: Subscription, chat: Chat, now: datetime) -> bool:
        firing = latest_due(subscription, now)
        fires = firing is not None and firing.verdict == "fire"
        composed = await self._compose(subscription, chat, now) if fires else None
        async with self._services.database.unit() as unit:
            if firing is not None and composed is not None:
                edition = f"digest:{subscription.id}:{firing.key}"
                await self._write(unit, subscription, chat, edition, composed, now)
            fired = replace(
                subscription,
                last_fired=firing.at if firing else subscription.last_fired,
                next_due=next_firing(subscription, now),
            )
            await unit.chats.save_subscriptions([fired])
            await unit.commit()
        log.info(
            "digest",
            subscription=subscription.id,
            window=firing and firing.key,
            verdict=firing and firing.verdict,
        )
        return fires

    async def _compose(self, subscription: Subscription, chat: Chat, now: datetime) -> tuple[Brief, str]:
        length = self._services.briefing.default_window
        brief, seen = await self._services.prepared.compose(subscription.topic, now, length, chat.key.text)
        language = texts_for(chat.language, chat.digits, self._services.default_language).language
        return await self._services.briefing.spoken(brief, language, now), seen

    async def _write(
        self, unit: UnitOfWork, subscription: Subscription, chat: Chat, edition: str, composed: tuple[Brief, str],
        now: datetime,
    ) -> None:  # fmt: skip
        (brief, seen), topic = composed, subscription.topic
        words = texts_for(chat.language, chat.digits, self._services.default_language)
        title = self._services.topics[topic].name(words.language)
        message = brief_message(brief, title, words, zone=ZoneInfo(subscription.zone))
        made = Edition(id=edition, topic=topic, language=words.language, start=brief.start, end=brief.end,
                       created=now, brief=brief)  # fmt: skip
        await self._services.publisher.publish(unit, made, message, [target(chat.key)], priority=DIGEST)
        await unit.briefs.put_seen(chat.key.text, topic, seen)
