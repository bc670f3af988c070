"""Telling an editor what became of a draft while they were not looking; where they edit the channel no more, those who
do.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.broadcasting.records import content_of, title_of
from bot.delivering import BROADCAST, target
from bot.presenting.broadcasts import notice_message
from bot.services import Services
from bot.texts import Language, texts
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.editors import Draft
from storage.unit_of_work import UnitOfWork


async def tell(
    unit: UnitOfWork, services: Services, draft: Draft, key: str, now: datetime, *, once: str, reason: str = "",
    button: str = "", **values: str,
) -> None:  # fmt: skip
    """Say `key` to whoever wrote the draft, in their language, with the sentence `reason` in it and a button of the
    draft where there is something to do. `once` names what happened: the outbox takes it one time.
    """
    if not await still_edits(unit, services, draft.author, draft.chat):
        seen_first = "draft" if button == "again" else button
        await tell_others(
            unit, services, draft, key, now, once=once, reason=reason, button=seen_first, **values
        )
        return
    content = content_of(draft)
    told = {content.spoken: [ChatKey.parse(content.asked)]}
    await _publish(unit, services, draft, key, now, told, once=once, reason=reason, button=button, **values)


async def tell_author(
    unit: UnitOfWork, services: Services, draft: Draft, key: str, now: datetime, *, once: str, reason: str
) -> None:
    """Say it to whoever wrote the draft, although they may do nothing about it any more."""
    content = content_of(draft)
    told = {content.spoken: [ChatKey.parse(content.asked)]}
    await _publish(unit, services, draft, key, now, told, once=once, reason=reason, button="")


async def tell_others(
    unit: UnitOfWork, services: Services, draft: Draft, key: str, now: datetime, *, once: str, reason: str = "",
    button: str = "", **values: str,
) -> None:  # fmt: skip
    """Say it to the channel's editors and the operators, in their own chats, but not to the draft's author."""
    people = set(services.settings.admins)
    people |= {(draft.chat.platform, editor.person) for editor in await unit.editors.of(draft.chat)}
    told: dict[Language, list[ChatKey]] = defaultdict(list)
    for platform, person in sorted(people):
        bots = services.publisher.bots(platform)
        if not bots or f"{platform}:{person}" == draft.author:
            continue
        bot = draft.chat.bot if platform == draft.chat.platform else bots[0]
        own = ChatKey(platform=platform, bot=bot, chat=person)
        chat = await unit.chats.get(own)
        language = chat.language if chat and chat.language else services.default_language
        told["en" if language == "en" else "ar"].append(own)
    for language, keys in told.items():
        await _publish(
            unit, services, draft, key, now, {language: keys}, once=f"{once}:others:{language}", reason=reason,
            button=button, **values,
        )  # fmt: skip


async def still_edits(unit: UnitOfWork, services: Services, person: str, chat: ChatKey) -> bool:
    """Whether a person (`platform:id`) may edit the channel as of now."""
    platform, _, id = person.partition(":")
    if (platform, id) in services.settings.admins:
        return True
    return platform == chat.platform and await unit.editors.edits(chat, id)


async def _publish(
    unit: UnitOfWork, services: Services, draft: Draft, key: str, now: datetime,
    told: Mapping[Language, Sequence[ChatKey]], *, once: str, reason: str, button: str, **values: str,
) -> None:  # fmt: skip
    channel, content = await title_of(unit, draft.chat), content_of(draft)
    brief = content.kept
    for language, keys in told.items():
        spoken = texts(language)
        why = spoken(reason, channel=channel, platform=draft.chat.platform, **values) if reason else ""
        said = spoken(key, channel=channel, reason=why, **values)
        edition = Edition(id=f"notice:{draft.id}:{once}", topic=brief.topic, language=language, start=brief.start,
                          end=brief.end, created=now, kind="notice")  # fmt: skip
        message = notice_message(draft, content, said, button, spoken)
        where = [target(key) for key in keys]
        await services.publisher.publish(unit, edition, message, where, priority=BROADCAST)
