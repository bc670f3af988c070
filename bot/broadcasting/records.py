"""A channel's record of who did what, and how people call the channel."""

from collections.abc import Mapping
from datetime import datetime

from bot.broadcasting.content import Content
from bot.services import Services
from storage.chat_keys import ChatKey
from storage.editors import Act, Draft
from storage.serialise import from_json
from storage.unit_of_work import UnitOfWork

RECENT = 50  # posted drafts of a channel that are looked through


def content_of(draft: Draft) -> Content:
    return from_json(Content, draft.data)


async def title_of(unit: UnitOfWork, chat: ChatKey) -> str:
    """How people call the channel; its id where that is not known."""
    known = await unit.chats.get(chat)
    return (known.title if known else None) or chat.chat


async def record(
    unit: UnitOfWork, services: Services, chat: ChatKey, person: str, action: str, now: datetime,
    values: Mapping[str, str],
) -> None:  # fmt: skip
    """A line in the channel's record: who did what."""
    act = Act(id=services.new_id(), at=now, chat=chat, person=person, action=action, values=values)
    await unit.editors.record(act)


def edition_of(draft: Draft) -> str:
    """The id under which the draft goes out; another one for each attempt, since the outbox takes an id once."""
    content = content_of(draft)
    kind = "correction" if content.corrects else "broadcast"
    return f"{kind}:{draft.id}" + (f":{content.attempt}" if content.attempt else "")
