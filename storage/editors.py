"""A channel's editors and what they do: drafts of broadcasts, and the record of who did what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.engine import Row

from storage.chat_keys import ChatKey, ensure
from storage.repository import Repository
from storage.serialise import from_json, to_json
from storage.tables.chats import audit, chats, drafts, editors
from storage.tables.outbox import deliveries


class DraftState(StrEnum):
    """draft -> approved -> posted, or draft -> rejected."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"
    POSTED = "posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A broadcast that awaits an editor's word. `data` is the caller's JSON text."""

    id: str
    chat: ChatKey  # the channel it is for
    author: str
    created: datetime
    data: str = "{}"
    state: DraftState = DraftState.DRAFT
    edition: str | None = None
    scheduled: datetime | None = None
    decided_by: str | None = None
    decided: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One line of the record: who did what to which chat."""

    id: str
    at: datetime
    chat: ChatKey
    person: str
    action: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """A person who may broadcast to a channel, besides those whom the settings name."""

    chat: ChatKey  # the channel
    person: str  # the id on the channel's own platform
    added_by: str
    created: datetime


class Editors(Repository):
    """Editors, drafts and the record of acts; all hang on the channel's key."""

    async def add(self, editor: Editor) -> bool:
        """Make the person an editor of the channel; False where they are one already."""
        await ensure(self, editor.chat.text)
        if await self.edits(editor.chat, editor.person):
            return False
        row = {name: getattr(editor, name) for name in _EDITOR} | {"chat": editor.chat.text}
        await self._put(editors, [row], replace=False)
        return True

    async def remove(self, chat: ChatKey, person: str) -> bool:
        """Take the person off the channel's editors; False where they are none."""
        this = (editors.c.chat == chat.text, editors.c.person == person)
        return bool((await self.connection.execute(delete(editors).where(*this))).rowcount)

    async def of(self, chat: ChatKey) -> list[Editor]:
        """The channel's editors, the first added first."""
        query = (
            select(editors).where(editors.c.chat == chat.text).order_by(editors.c.created, editors.c.person)
        )
        rows = await self.connection.execute(query)
        return [Editor(**{**row._mapping, "chat": ChatKey.parse(row.chat)}) for row in rows]

    async def edits_any(self, platform: str, person: str) -> bool:
        """Whether the person is an editor of any channel of the platform."""
        query = select(editors.c.person).join(chats, chats.c.key == editors.c.chat)
        query = query.where(editors.c.person == person, chats.c.platform == platform).limit(1)
        return (await self.connection.execute(query)).first() is not None

    async def edits(self, chat: ChatKey, person: str) -> bool:
        """Whether the person is an editor of the channel."""
        return any(editor.person == person for editor in await self.of(chat))

    async def put_draft(self, draft: Draft) -> None:
        """Store it, or change it; author and creation stay those of the first time."""
        await ensure(self, draft.chat.text)
        row = {name: getattr(draft, name) for name in _DRAFT} | {"chat": draft.chat.text}
        row["state"] = draft.state.value
        await self._put(drafts, [row], keep=("author", "created"))

    async def draft(self, id: str) -> Draft | None:
        row = (await self.connection.execute(select(drafts).where(drafts.c.id == id))).first()
        return _draft(row) if row else None

    async def held_draft(self, id: str) -> Draft | None:
        """The draft, which nobody else changes or decides before this unit ends. (SQLite has one writer anyway.)"""
        query = select(drafts).where(drafts.c.id == id).with_for_update()
        row = (await self.connection.execute(query)).first()
        return _draft(row) if row else None

    async def hold(self, chat: ChatKey) -> None:
        """Nobody else who holds the channel too decides on a draft for it before this unit ends."""
        await self.connection.execute(
            select(chats.c.key).where(chats.c.key == chat.text).with_for_update(key_share=True)
        )

    async def drafts(self, chat: ChatKey, state: DraftState = DraftState.DRAFT) -> list[Draft]:
        """The channel's drafts in this state, the oldest first."""
        query = select(drafts).where(drafts.c.chat == chat.text, drafts.c.state == state.value)
        rows = await self.connection.execute(query.order_by(drafts.c.created, drafts.c.id))
        return [_draft(row) for row in rows]

    async def posted(self, chat: ChatKey, limit: int) -> list[Draft]:
        """The newest drafts that were posted to the channel, corrections too, the newest first."""
        query = select(drafts).where(drafts.c.chat == chat.text, drafts.c.state == DraftState.POSTED.value)
        rows = await self.connection.execute(
            query.order_by(drafts.c.decided.desc(), drafts.c.created.desc(), drafts.c.id).limit(limit)
        )
        return [_draft(row) for row in rows]

    async def last_draft(self, author: str, state: DraftState = DraftState.DRAFT) -> Draft | None:
        """The newest draft that this person (`platform:id`) wrote and that is in this state."""
        query = select(drafts).where(drafts.c.author == author, drafts.c.state == state.value)
        row = (await self.connection.execute(query.order_by(drafts.c.created.desc()).limit(1))).first()
        return _draft(row) if row else None

    async def due_drafts(self, now: datetime) -> list[Draft]:
        """The approved drafts whose hour has come."""
        ready = (drafts.c.state == DraftState.APPROVED.value, drafts.c.scheduled <= now)
        rows = await self.connection.execute(select(drafts).where(*ready).order_by(drafts.c.scheduled))
        return [_draft(row) for row in rows]

    async def posted_since(self, since: datetime) -> list[Draft]:
        """What was posted, corrections too, and is not wholly sent: with a row that waits, was refused, called off
        or held. The oldest first.
        """
        unsent = exists().where(deliveries.c.edition == drafts.c.edition, deliveries.c.state != "sent")
        query = select(drafts).where(
            drafts.c.state == DraftState.POSTED.value, drafts.c.decided >= since, unsent
        )
        rows = await self.connection.execute(query.order_by(drafts.c.decided, drafts.c.id))
        return [_draft(row) for row in rows]

    async def decide(
        self,
        id: str,
        state: DraftState,
        *,
        since: DraftState = DraftState.DRAFT,
        by: str | None = None,
        at: datetime | None = None,
    ) -> bool:
        """Take a draft from state `since` to `state`; False where another editor was quicker."""
        values: dict[str, Any] = {"state": state.value}
        values |= {} if by is None else {"decided_by": by, "decided": at}
        same = (drafts.c.id == id, drafts.c.state == since.value)
        return bool((await self.connection.execute(update(drafts).where(*same).values(values))).rowcount)

    async def record(self, act: Act) -> None:
        """Add a line to the record; the same id again adds nothing."""
        await ensure(self, act.chat.text)
        row = {name: getattr(act, name) for name in _ACT} | {"chat": act.chat.text}
        await self._put(audit, [row | {"values": to_json(act.values)}], replace=False)

    async def acts(self, chat: ChatKey, limit: int = 100) -> list[Act]:
        """What was done to a chat, the latest first."""
        query = select(audit).where(audit.c.chat == chat.text).order_by(audit.c.at.desc(), audit.c.id)
        return [_act(row) for row in await self.connection.execute(query.limit(limit))]


_EDITOR = tuple(field.name for field in fields(Editor))
_DRAFT = tuple(field.name for field in fields(Draft))
_ACT = tuple(field.name for field in fields(Act))


def _draft(row: Row[Any]) -> Draft:
    data = dict(row._mapping)
    return Draft(**(data | {"chat": ChatKey.parse(row.chat), "state": DraftState(row.state)}))


def _act(row: Row[Any]) -> Act:
    data = dict(row._mapping)
    values: Mapping[str, str] = from_json(Mapping[str, str], data["values"])
    return Act(**(data | {"chat": ChatKey.parse(row.chat), "values": values}))
