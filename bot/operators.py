"""What the operator must hear: a message to the chats of KAWALIS_ADMINS, through the outbox, once for each incident.

An incident has a name that holds its beginning, and the name is the edition's. Whoever has a row of it, in whatever
language and from whichever bot, is not told again, however often and by however many processes it is found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import TypeAlias

import structlog

from adapters.chat.message import Message, Paragraph, Text
from bot.collecting.outages import OUTAGE
from bot.delivering import ALERT
from bot.services import Services
from bot.texts import LANGUAGES, Language, Texts, texts, texts_for
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.outbox import Target
from storage.retention import OPERATORS
from storage.unit_of_work import UnitOfWork
from summaries.topic import Topic
from summaries.types import TopicId

log = structlog.get_logger(__name__)

SILENT_TOPIC = timedelta(hours=24)
LONGEST_NAME = 190  # characters of an edition's name, its language not counted

Say: TypeAlias = Callable[[Texts], Message]
"""What is told, in the words of a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Operator:
    target: Target
    language: Language


async def tell_operators(
    services: Services, incident: str, now: datetime, key: str, *, number: int | None = None, **values: object
) -> int:
    """Tell every operator whose platform we run a bot on; how many hear of it for the first time. With `number`, the
    text is that of as many.
    """

    def said(words: Texts) -> Message:
        text = words(key, **values) if number is None else words.count(key, number, **values)
        return _line(text, words)

    return await tell(services, {incident: said}, now)


async def tell(services: Services, incidents: Mapping[str, Say], now: datetime) -> int:
    """Tell every operator what they have not been told, each in the language of their own chat with us; how many
    messages are new.
    """
    if not incidents:
        return 0
    named = {_name(incident): said for incident, said in incidents.items()}
    async with services.database.reading() as unit:
        operators = await _operators(services, unit)
        told = await unit.outbox.addressed([_edition(n, language) for n in named for language in LANGUAGES])
    if not operators:
        log.warning("nobody to tell", incidents=sorted(incidents))
        return 0
    count = 0
    async with services.database.unit() as unit:
        for name, said in named.items():
            known = {who for language in LANGUAGES for who in told.get(_edition(name, language), ())}
            new = [one for one in operators if (one.target.platform, one.target.chat) not in known]
            rows = await _write(services, unit, name, said, new, now)
            if rows:
                log.warning("operators told", incident=name)
            count += rows
        await unit.commit()
    return count


async def _write(
    services: Services, unit: UnitOfWork, name: str, said: Say, operators: list[_Operator], now: datetime
) -> int:
    count = 0
    for language in LANGUAGES:
        targets = [one.target for one in operators if one.language == language]
        if targets:
            edition = Edition(id=_edition(name, language), topic=TopicId(""), language=language, start=now, end=now,
                              created=now, kind="alarm")  # fmt: skip
            message = said(texts(language))
            count += await services.publisher.publish(unit, edition, message, targets, priority=ALERT)
    return count


async def _operators(services: Services, unit: UnitOfWork) -> list[_Operator]:
    """The operators' private chats, by the first bot of their platform."""
    found = []
    for platform, person in sorted(services.settings.admins):
        if bots := services.publisher.bots(platform):
            target = Target(platform=platform, bot=bots[0], chat=person)
            chat = await unit.chats.get(ChatKey(platform=platform, bot=bots[0], chat=person))
            words = texts_for(chat.language if chat else None, None, services.default_language)
            found.append(_Operator(target=target, language=words.language))
    return found


def _name(incident: str) -> str:
    """The incident as its edition is called, by which retention knows it. What is longer than fits (an address) ends in
    a digest of the whole.
    """
    name = f"{OPERATORS}{incident}"
    if len(name) <= LONGEST_NAME:
        return name
    digest = blake2b(name.encode(), digest_size=16).hexdigest()
    return f"{name[: LONGEST_NAME - len(digest) - 1]}:{digest}"


def _edition(name: str, language: Language) -> str:
    return f"{name}:{language}" if language == "en" else name


class Silence:
    """The topics' silence alarm: nothing comes about one although sources answer. Of sources, `bot.alarms` tells."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def tick(self, now: datetime) -> int:
        """Look; how many messages to operators are new."""
        async with self._services.database.reading() as unit:
            coverage = await unit.sources.coverage(now)
            errors = {state.last_error for _, state in await unit.sources.enabled()}
            since = {topic: await _since(unit, topic) for topic in self._services.topics}
        if not coverage.answered or OUTAGE in errors:
            return 0  # where no source answers, or some are still to be asked again, that is the news
        incidents: dict[str, Say] = {}
        for topic, (newest, watched) in since.items():
            moment = newest or watched
            if moment is not None and now - moment > SILENT_TOPIC:
                which = f"{newest:%Y-%m-%dT%H:%M}" if newest else "never"
                told = partial(
                    _silent_topic, self._services.topics[topic], now - moment, ever=newest is not None
                )
                incidents[f"topic:{topic}:{which}"] = told
        return await tell(self._services, incidents, now)


def _silent_topic(topic: Topic, silent: timedelta, words: Texts, *, ever: bool) -> Message:
    text = words(
        "alarm.topic" if ever else "alarm.topic_never", topic=topic.name(words.language), silent=silent
    )
    return _line(text, words)


def _line(text: str, words: Texts) -> Message:
    return Message(blocks=(Paragraph(line=(Text(text=text),)),), language=words.language)


async def _since(unit: UnitOfWork, topic: TopicId) -> tuple[datetime | None, datetime | None]:
    """When an article about the topic came last, if one ever did; and since when the topic is watched: when the first
    article came that was held against it, or, where none has come at all, when sources began to answer.
    """
    newest = await unit.analyses.newest(topic)
    if newest is not None:
        return newest, None
    first = await unit.analyses.first_read(topic)
    if first is None:
        states = [state for _, state in await unit.sources.enabled()]
        first = max((state.last_new for state in states if state.last_new is not None), default=None)
    return None, first
