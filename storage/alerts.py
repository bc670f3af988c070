"""What alerts need to know: which articles are new, how much a chat was alerted, and which message told a story."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

from sqlalchemy import ColumnElement, and_, func, select

from storage.chat_keys import ChatKey
from storage.repository import Repository
from storage.tables.articles import articles
from storage.tables.outbox import deliveries, edition_parts
from summaries.types import ArticleId


class Alerts(Repository):
    """Reads only; alerts themselves are editions in the outbox."""

    async def collected_since(self, since: datetime, floor: datetime) -> list[ArticleId]:
        """The understood articles stored at or after `since` whose moment is `floor` or later, oldest first."""
        query = select(articles.c.id).where(
            articles.c.moment >= floor, articles.c.collected >= since, articles.c.analysis.is_not(None)
        )
        rows = await self.connection.execute(query.order_by(articles.c.moment, articles.c.id))
        return [ArticleId(row.id) for row in rows]

    async def sent_since(self, key: ChatKey, prefix: str, since: datetime) -> int:
        """How many editions whose id begins with `prefix` were written for the chat to go out at `since` or later."""
        d = deliveries.c
        query = select(func.count(func.distinct(d.edition))).where(
            _place(key), d.edition.startswith(prefix, autoescape=True), d.not_before >= since
        )
        return int(await self.connection.scalar(query) or 0)

    async def message_with(self, key: ChatKey, words: str, since: datetime) -> str | None:
        """The platform's id of the newest message sent to the chat since then whose payload holds `words`."""
        d, p = deliveries.c, edition_parts.c
        query = (
            select(d.message, p.payload)
            .join_from(
                deliveries,
                edition_parts,
                and_(p.edition == d.edition, p.platform == d.platform, p.part == d.part),
            )
            .where(_place(key), d.state == "sent", d.message.is_not(None), d.sent >= since)
            .order_by(d.sent.desc(), d.id.desc())
            .limit(200)
        )
        rows = await self.connection.execute(query)
        return next((row.message for row in rows if says(row.payload, words)), None)

    async def told_since(self, since: datetime, prefixes: tuple[str, ...]) -> list[tuple[ChatKey, str]]:
        """Chat and edition, for what was sent since then under these prefixes."""
        d = deliveries.c
        wanted = [d.edition.startswith(prefix, autoescape=True) for prefix in prefixes]
        query = select(d.platform, d.bot, d.chat, d.thread, d.edition).where(
            d.state == "sent", d.sent >= since, wanted[0] if len(wanted) == 1 else wanted[0] | wanted[1]
        )
        rows = await self.connection.execute(query.distinct())
        return [
            (ChatKey(platform=r.platform, bot=r.bot, chat=r.chat, thread=r.thread), r.edition) for r in rows
        ]


def says(payload: str, words: str) -> bool:
    """Whether a rendered payload shows these words: what renderers escape and the marks they add left aside."""
    return _bare(words) in _bare(" ".join(_texts(json.loads(payload))))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield unescape(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")


def _bare(text: str) -> str:
    return _MARKS.sub("", text)


def _place(key: ChatKey) -> ColumnElement[bool]:
    d = deliveries.c
    return and_(d.platform == key.platform, d.bot == key.bot, d.chat == key.chat, d.thread == key.thread)
