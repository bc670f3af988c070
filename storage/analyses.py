"""What was understood of each article."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select, update

from storage.repository import Repository, chunks
from storage.serialise import from_json, to_json
from storage.tables.articles import analyses, articles, matches
from summaries.types import Analysis, ArticleId, Label, TopicId


class Analyses(Repository):
    """One analysis per article, the latest; its topic labels are indexed by time."""

    async def put_analyses(self, items: Sequence[Analysis], version: str) -> None:
        """Store analyses made by `version`; each replaces the article's earlier one. Those of articles
        that are gone meanwhile are left out.
        """
        for part in chunks(list({item.article: item for item in items}.values())):
            ids = [item.article for item in part]
            query = select(articles.c.id, articles.c.moment).where(self._among(articles.c.id, ids))
            moments = {row.id: row.moment for row in await self.connection.execute(query)}
            present = [item for item in part if item.article in moments]
            await self._write(present, moments, version)

    async def _write(
        self, items: Sequence[Analysis], moments: dict[str, datetime | None], version: str
    ) -> None:
        if not items:
            return
        rows = [{"article": item.article, "version": version, "data": to_json(item)} for item in items]
        await self._put(analyses, rows)
        await self.connection.execute(
            delete(matches).where(self._among(matches.c.article, [item.article for item in items]))
        )
        labels = [
            {
                "article": item.article,
                "topic": match.topic,
                "label": match.label.value,
                "score": match.score,
                "moment": moments[item.article],
            }
            for item in items
            for match in item.matches
        ]
        await self._put(matches, labels)
        done = update(articles).where(articles.c.id == bindparam("done")).values(analysis=version)
        await self.connection.execute(done, [{"done": item.article} for item in items])

    async def analyses(self, ids: Iterable[ArticleId]) -> dict[ArticleId, Analysis]:
        """Article id -> analysis, for those analysed. Raises Unreadable where a stored one is damaged."""
        found: dict[ArticleId, Analysis] = {}
        for part in chunks(list(dict.fromkeys(ids))):
            query = select(analyses.c.article, analyses.c.data).where(self._among(analyses.c.article, part))
            for row in await self.connection.execute(query):
                found[ArticleId(row.article)] = from_json(Analysis, row.data)
        return found

    async def labelled(
        self, topic: TopicId, start: datetime, end: datetime, label: Label = Label.CORE
    ) -> list[ArticleId]:
        """The articles of [start, end) that bear this label, oldest first."""
        query = select(matches.c.article).where(
            matches.c.topic == topic,
            matches.c.label == label.value,
            matches.c.moment >= start,
            matches.c.moment < end,
        )
        rows = await self.connection.execute(query.order_by(matches.c.moment, matches.c.article))
        return [ArticleId(row.article) for row in rows]

    async def newest(self, topic: TopicId, label: Label = Label.CORE) -> datetime | None:
        """When the latest of the articles that bear this label was collected; None where there is none."""
        query = self._collected(func.max(articles.c.collected), topic).where(matches.c.label == label.value)
        return await self._moment(query)

    async def first_read(self, topic: TopicId) -> datetime | None:
        """When the first of the kept articles that were held against the topic was collected, whatever came of it."""
        return await self._moment(self._collected(func.min(articles.c.collected), topic))

    def _collected(self, moment: ColumnElement[Any], topic: TopicId) -> Select[Any]:
        joined = matches.join(articles, articles.c.id == matches.c.article)
        return select(moment).select_from(joined).where(matches.c.topic == topic)

    async def _moment(self, query: Select[Any]) -> datetime | None:
        moment: datetime | None = await self.connection.scalar(query)
        return moment
