"""What the operator must hear: a message to the chats of KAWALIS_ADMINS, through the outbox, once for each incident.

An incident has a name that holds its beginning, and the name is the edition's: however often it is found again,
the outbox takes it once.
"""

from datetime import datetime, timedelta

import structlog

from adapters.chat.message import Message, Paragraph, Text
from bot.delivering import ALERT
from bot.services import Services
from bot.texts import texts
from storage.briefs import Edition
from storage.outbox import Target

log = structlog.get_logger(__name__)

SILENT_TOPIC = timedelta(hours=24)


async def tell_operators(
    services: Services, incident: str, now: datetime, key: str, *, number: int | None = None, **values: object
) -> int:
    """Tell every operator whose platform we run a bot on; how many hear of it for the first time. With `number`, the
    text is that of as many.
    """
    targets = []
    for platform, person in sorted(services.settings.admins):
        bots = services.publisher.bots(platform)
        if bots:
            targets.append(Target(platform=platform, bot=bots[0], chat=person))
    if not targets:
        log.warning("nobody to tell", incident=incident, key=key)
        return 0
    spoken = texts(services.default_language)
    said = spoken(key, **values) if number is None else spoken.count(key, number, **values)
    message = Message(blocks=(Paragraph(line=(Text(text=said),)),))
    edition = Edition(id=f"operators:{incident}"[:200], topic=services.default_topic, language=spoken.language,
                      start=now, end=now, created=now, kind="alarm")  # fmt: skip
    async with services.database.unit() as unit:
        told = await services.publisher.publish(unit, edition, message, targets, priority=ALERT)
        await unit.commit()
    if told:
        log.warning("operators told", incident=incident, key=key)
    return told


class Silence:
    """The topics' silence alarm: nothing comes about one although sources answer. Of sources, `bot.alarms` tells."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def tick(self, now: datetime) -> int:
        """Look; how many messages to operators are new."""
        newest: dict[str, datetime | None] = {}
        since = now - 4 * SILENT_TOPIC
        async with self._services.database.reading() as unit:
            coverage = await unit.sources.coverage(now)
            for topic in self._services.topics:
                stories = await unit.stories.in_window(topic, since, now)
                articles = await unit.articles.get([i for _, members in stories for i in members])
                newest[topic] = max((a.collected or since for a in articles), default=None)
        if not coverage.answered:
            return 0  # where no source answers, that is the news, and not each topic's silence
        told = 0
        for topic in self._services.topics:
            moment = newest[topic]
            if moment is not None and now - moment > SILENT_TOPIC:
                name = self._services.topics[topic].name(self._services.default_language)
                told += await tell_operators(
                    self._services, f"topic:{topic}:{moment:%Y-%m-%dT%H:%M}", now, "alarm.topic", topic=name,
                    silent=now - moment,
                )  # fmt: skip
        return told
