"""Articles: never stored twice, and with their earlier wording where an outlet changed it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, text
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from storage.article_batch import (
    Batch,
    Kept,
    Known,
    Pair,
    Stored,
    apart,
    new_row,
    outcome,
    same_article,
    storable,
)
from storage.repository import Repository, chunks
from storage.tables.articles import articles, entries, revisions
from summaries.types import Article, ArticleId, Entry, SourceId

__all__ = ["Articles", "Kept", "Pair", "Revision", "Stored", "outcome", "same_article"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One wording of an article, and when it stood. `until` is None for the present one."""

    article: ArticleId
    revision: int
    title: str
    text: str
    since: datetime | None
    until: datetime | None


class Articles(Repository):
    """The archive. Ids are the caller's; windows go by `published`, else by `collected`."""

    async def known(self, source: SourceId, entry_ids: Iterable[str]) -> dict[str, tuple[ArticleId, str]]:
        """Entry id -> (article id, fingerprint) for those entries of the source that are stored."""
        found = await self.known_many({source: list(entry_ids)})
        return found.get(source, {})

    async def known_many(
        self, wanted: Mapping[SourceId, Sequence[str]]
    ) -> dict[SourceId, dict[str, tuple[ArticleId, str]]]:
        """As `known`, for the entries of many sources in one query; sources without any are left out."""
        found: dict[SourceId, dict[str, tuple[ArticleId, str]]] = {}
        keys = list(dict.fromkeys((source, entry) for source, ids in wanted.items() for entry in ids))
        for part in chunks(keys):
            query = select(entries).where(self._among_pairs(entries.c.source, entries.c.entry, part))
            for row in await self.connection.execute(query):
                found.setdefault(SourceId(row.source), {})[row.entry] = (
                    ArticleId(row.article),
                    row.fingerprint,
                )
        return found

    async def put_many(self, pairs: Sequence[Pair]) -> list[Stored]:
        """Store articles with the entries that led to them; the outcomes in the order given."""
        return [kept.stored for kept in await self.keep(pairs)]

    async def keep(self, pairs: Sequence[Pair], *, unseen: Collection[ArticleId] = frozenset()) -> list[Kept]:
        """As `put_many`, telling also under which id each article stands.

        An article is known by its id, else by its canonical address, else by its entry. A revision keeps
        the id, the first `collected` and, where the new one has none, `published`. Those of `unseen` are likely
        new: they are added at once, and looked up only where the database will not have that.
        """
        if self.postgresql:  # two collectors must not both find an address free
            await self.connection.execute(text("SELECT pg_advisory_xact_lock(727274)"))
        kept: list[Kept] = []
        for part in chunks(storable(pairs)):
            kept.extend(await self._keep(part, unseen))
        return kept

    async def _keep(self, pairs: Sequence[Pair], unseen: Collection[ArticleId]) -> list[Kept]:
        alone, others = apart(pairs, unseen)
        if not await self._add_all([pairs[place] for place in alone]):
            alone, others = [], list(range(len(pairs)))
        kept = [Kept(stored=Stored.NEW, article=article.id) for article, _ in pairs]
        looked_up = await self._look_and_keep([pairs[place] for place in others])
        for place, found in zip(others, looked_up, strict=True):
            kept[place] = found
        return kept

    async def _add_all(self, pairs: Sequence[Pair]) -> bool:
        """Add articles that are not there with their entries; False, and nothing added, where one is."""
        if not pairs:
            return True
        told = [(entry.source, entry.id, article.id, entry.fingerprint) for article, entry in pairs if entry]
        try:
            async with self.connection.begin_nested():
                await self._add(articles, [new_row(article) for article, _ in pairs])
                await self._add(entries, told)
        except IntegrityError:
            return False
        return True

    async def _look_and_keep(self, pairs: Sequence[Pair]) -> list[Kept]:
        if not pairs:
            return []
        batch = Batch(await self._known_to(pairs))
        kept = [batch.take(article, entry) for article, entry in pairs]
        await self._write(batch)
        return kept

    async def get(self, ids: Iterable[ArticleId]) -> list[Article]:
        """The articles that exist, in the order asked for."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Article] = {}
        for part in chunks(wanted):
            rows = await self.connection.execute(select(articles).where(self._among(articles.c.id, part)))
            found.update((row.id, _article(row)) for row in rows)
        return [found[article] for article in wanted if article in found]

    async def by_url(self, url: str) -> Article | None:
        """By canonical address."""
        row = (await self.connection.execute(select(articles).where(articles.c.url == url))).first()
        return _article(row) if row else None

    async def at(self, urls: Iterable[str]) -> dict[str, Article]:
        """Canonical address -> article, for those addresses that are stored."""
        found: dict[str, Article] = {}
        for part in chunks(list(dict.fromkeys(urls))):
            rows = await self.connection.execute(select(articles).where(self._among(articles.c.url, part)))
            found.update((row.url, _article(row)) for row in rows)
        return found

    async def stubs(
        self, sources: Iterable[SourceId], since: datetime, shorter: int
    ) -> dict[SourceId, list[Article]]:
        """Source -> its articles of fewer than `shorter` characters whose moment is `since` or later: those
        whose page may have been filled in by now.
        """
        found: dict[SourceId, list[Article]] = {}
        for part in chunks(list(sources)):
            query = select(articles).where(
                articles.c.moment >= since,
                self._among(articles.c.source, part),
                func.length(articles.c.text) < shorter,
            )
            for row in await self.connection.execute(query.order_by(articles.c.moment, articles.c.id)):
                found.setdefault(SourceId(row.source), []).append(_article(row))
        return found

    async def between(self, start: datetime, end: datetime) -> list[Article]:
        """The articles of [start, end), oldest first."""
        query = select(articles).where(articles.c.moment >= start, articles.c.moment < end)
        rows = await self.connection.execute(query.order_by(articles.c.moment, articles.c.id))
        return [_article(row) for row in rows]

    async def latest(self, limit: int, outlet: str | None = None) -> list[Article]:
        """The newest articles first, of one outlet or all."""
        query = select(articles).order_by(articles.c.moment.desc().nulls_last(), articles.c.id).limit(limit)
        if outlet is not None:
            query = query.where(articles.c.outlet == outlet)
        return [_article(row) for row in await self.connection.execute(query)]

    async def unanalysed(self, limit: int, version: str | None = None) -> list[Article]:
        """Articles that await analysis, oldest first; with `version`, also those read by another one."""
        waiting: ColumnElement[bool] = articles.c.analysis.is_(None)
        if version is not None:
            waiting = or_(waiting, articles.c.analysis < version, articles.c.analysis > version)
        query = select(articles).where(waiting).order_by(articles.c.moment, articles.c.id).limit(limit)
        return [_article(row) for row in await self.connection.execute(query)]

    async def revisions(self, article: ArticleId) -> list[Revision]:
        """Every wording, the first one first; empty where there is no such article."""
        query = select(revisions).where(revisions.c.article == article).order_by(revisions.c.revision)
        old = [Revision(**row._mapping) for row in await self.connection.execute(query)]
        row = (await self.connection.execute(select(articles).where(articles.c.id == article))).first()
        if row is None:
            return []
        now = Revision(
            article=article,
            revision=row.revision,
            title=row.title,
            text=row.text,
            since=row.revised or row.collected,
            until=None,
        )
        return [*old, now]

    async def delete_before(self, moment: datetime) -> int:
        """Delete the articles older than `moment` with all that hangs on them; how many they were."""
        result = await self.connection.execute(delete(articles).where(articles.c.moment < moment))
        return result.rowcount

    async def _known_to(self, pairs: Sequence[Pair]) -> "Known":
        known = Known()
        ids = [article.id for article, _ in pairs]
        urls = [article.url for article, _ in pairs if article.url]
        by_entry = await self._by_entry([entry for _, entry in pairs if entry is not None])
        wanted = or_(
            self._among(articles.c.id, [*ids, *by_entry.values()]), self._among(articles.c.url, urls)
        )
        for row in await self.connection.execute(select(articles).where(wanted)):
            known.add(_article(row), row.revised or row.collected)
        known.entries.update(
            (key, known.ids[article]) for key, article in by_entry.items() if article in known.ids
        )
        return known

    async def _by_entry(self, given: Sequence[Entry]) -> dict[tuple[str, str], str]:
        wanted: dict[SourceId, list[str]] = {}
        for entry in given:
            wanted.setdefault(entry.source, []).append(entry.id)
        known = await self.known_many(wanted)
        return {
            (source, entry): article
            for source, found in known.items()
            for entry, (article, _) in found.items()
        }

    async def _write(self, batch: "Batch") -> None:
        # articles first: a batch may hold an article and its revision, both new
        await self._put(articles, list(batch.changed.values()), keep=("collected", "outlet"))
        await self._put(revisions, batch.old, replace=False)
        await self._put(entries, list(batch.entries.values()))


def _article(row: Row[Any]) -> Article:
    return Article(
        id=ArticleId(row.id),
        outlet=row.outlet,
        title=row.title,
        text=row.text,
        url=row.url or "",
        published=row.published,
        collected=row.collected,
        source=SourceId(row.source) if row.source else None,
        revision=row.revision,
    )
