"""What editors do: drafts of broadcasts, and the record of who did what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Row

from storage.chat_keys import ChatKey, ensure
from storage.repository import Repository
from storage.serialise import from_json, to_json
from storage.tables.chats import audit, drafts


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


class Editors(Repository):
    """Drafts and the record of acts; both hang on the channel's key."""

    async def put_draft(self, draft: Draft) -> None:
        """Store it, or change it; author and creation stay those of the first time."""
        await ensure(self, draft.chat.text)
        row = {name: getattr(draft, name) for name in _DRAFT} | {"chat": draft.chat.text}
        row["state"] = draft.state.value
        await self._put(drafts, [row], keep=("author", "created"))

    async def draft(self, id: str) -> Draft | None:
        row = (await self.connection.execute(select(drafts).where(drafts.c.id == id))).first()
        return _draft(row) if row else None

    async def drafts(self, chat: ChatKey, state: DraftState = DraftState.DRAFT) -> list[Draft]:
        """The channel's drafts in this state, the oldest first."""
        query = select(drafts).where(drafts.c.chat == chat.text, drafts.c.state == state.value)
        rows = await self.connection.execute(query.order_by(drafts.c.created, drafts.c.id))
        return [_draft(row) for row in rows]

    async def due_drafts(self, now: datetime) -> list[Draft]:
        """The approved drafts whose hour has come."""
        ready = (drafts.c.state == DraftState.APPROVED.value, drafts.c.scheduled <= now)
        rows = await self.connection.execute(select(drafts).where(*ready).order_by(drafts.c.scheduled))
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


_DRAFT = tuple(field.name for field in fields(Draft))
_ACT = tuple(field.name for field in fields(Act))


def _draft(row: Row[Any]) -> Draft:
    data = dict(row._mapping)
    return Draft(**(data | {"chat": ChatKey.parse(row.chat), "state": DraftState(row.state)}))


def _act(row: Row[Any]) -> Act:
    data = dict(row._mapping)
    values: Mapping[str, str] = from_json(Mapping[str, str], data["values"])
    return Act(**(data | {"chat": ChatKey.parse(row.chat), "values": values}))
