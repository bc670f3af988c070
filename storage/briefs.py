"""Editions: briefs prepared for one topic, language and window; and what each chat has seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Row

from storage.chat_keys import ensure
from storage.repository import Repository
from storage.serialise import from_json, to_json
from storage.tables.briefs import briefs
from storage.tables.chats import seen
from summaries.types import Brief, TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A brief (or alert, denial, correction: `kind`) for one topic, language and window [start, end)."""

    id: str
    topic: TopicId
    language: str
    start: datetime
    end: datetime
    created: datetime
    brief: Brief | None = None
    kind: str = "brief"
    values: Mapping[str, str] = field(default_factory=dict)


class Briefs(Repository):
    """Prepared editions, and what each chat was last told."""

    async def put_edition(self, edition: Edition) -> None:
        """Store it; one with the same id is replaced."""
        row = {
            "id": edition.id,
            "kind": edition.kind,
            "topic": edition.topic,
            "language": edition.language,
            "start": edition.start,
            "end": edition.end,
            "window_seconds": _seconds(edition.end - edition.start),
            "created": edition.created,
            "brief": None if edition.brief is None else to_json(edition.brief),
            "values": to_json(edition.values),
        }
        await self._put(briefs, [row])

    async def edition(self, id: str) -> Edition | None:
        row = (await self.connection.execute(select(briefs).where(briefs.c.id == id))).first()
        return _edition(row) if row else None

    async def prepared(
        self, topic: TopicId, language: str, window: timedelta, kind: str = "brief"
    ) -> Edition | None:
        """The newest edition for a window of this length; the caller judges whether it is fresh enough."""
        query = (
            select(briefs)
            .where(
                briefs.c.kind == kind,
                briefs.c.topic == topic,
                briefs.c.language == language,
                briefs.c.window_seconds == _seconds(window),
            )
            .order_by(briefs.c.created.desc(), briefs.c.id.desc())
            .limit(1)
        )
        row = (await self.connection.execute(query)).first()
        return _edition(row) if row else None

    async def count_since(self, kind: str, moment: datetime) -> int:
        """How many editions of a kind were made at `moment` or later."""
        query = select(func.count()).where(briefs.c.kind == kind, briefs.c.created >= moment)
        return await self.connection.scalar(query) or 0

    async def ids_since(self, moment: datetime, kind: str, topic: TopicId, beginning: str) -> list[str]:
        """The editions of a kind and topic made at `moment` or later whose id begins so."""
        b = briefs.c
        made = (b.created >= moment, b.kind == kind, b.topic == topic)
        query = select(b.id).where(*made, b.id.startswith(beginning, autoescape=True))
        return list((await self.connection.execute(query)).scalars())

    async def delete_before(self, moment: datetime) -> int:
        """Delete editions made before `moment`; how many they were."""
        result = await self.connection.execute(delete(briefs).where(briefs.c.created < moment))
        return result.rowcount

    async def seen(self, address_key: str, topic: TopicId) -> str | None:
        """The JSON text that `put_seen` last stored for this chat and topic."""
        query = select(seen.c.data).where(seen.c.chat == address_key, seen.c.topic == topic)
        data: str | None = await self.connection.scalar(query)
        return data

    async def put_seen(self, address_key: str, topic: TopicId, data: str) -> None:
        """Remember what the chat was told, as JSON text. `address_key` is `ChatKey.text`."""
        json.loads(data)
        await ensure(self, address_key)
        await self._put(seen, [{"chat": address_key, "topic": topic, "data": data}])


def _seconds(window: timedelta) -> int:
    return round(window.total_seconds())


def _edition(row: Row[Any]) -> Edition:
    return Edition(
        id=row.id,
        kind=row.kind,
        topic=TopicId(row.topic),
        language=row.language,
        start=row.start,
        end=row.end,
        created=row.created,
        brief=None if row.brief is None else from_json(Brief, row.brief),
        values=from_json(Mapping[str, str], row._mapping["values"]),
    )
