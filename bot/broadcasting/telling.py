"""Telling an editor what became of a draft while they were not looking."""

from datetime import datetime

from bot.broadcasting.records import content_of, title_of
from bot.delivering import BROADCAST, target
from bot.presenting.broadcasts import notice_message
from bot.services import Services
from bot.texts import texts
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.editors import Draft
from storage.unit_of_work import UnitOfWork


async def tell(
    unit: UnitOfWork, services: Services, draft: Draft, key: str, now: datetime, *, once: str, reason: str = "",
    button: str = "", **values: str,
) -> None:  # fmt: skip
    """Say `key` to the draft's editor, in their language, with the sentence `reason` in it and a button of the draft
    where there is something to do. `once` names what happened: the outbox takes it one time.
    """
    content = content_of(draft)
    spoken, channel = texts(content.spoken), await title_of(unit, draft.chat)
    why = spoken(reason, channel=channel, platform=draft.chat.platform, **values) if reason else ""
    said = spoken(key, channel=channel, reason=why, **values)
    brief = content.kept
    edition = Edition(id=f"notice:{draft.id}:{once}", topic=brief.topic, language=content.spoken, start=brief.start,
                      end=brief.end, created=now, kind="notice")  # fmt: skip
    message = notice_message(draft, said, button, spoken)
    where = target(ChatKey.parse(content.asked))
    await services.publisher.publish(unit, edition, message, [where], priority=BROADCAST)
