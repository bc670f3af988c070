"""Full-text search in the archive, over words that are folded and stemmed (see `searchable`)."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, column, func, literal_column, select, text

from storage.repository import Repository
from storage.tables.articles import articles
from storage.tables.search import search_documents
from summaries.text import stem
from summaries.text import tokens as words
from summaries.types import ArticleId

_WORD = re.compile(r"[^\W_]+")
MOST_CHARACTERS = 200_000  # of one document: PostgreSQL refuses a tsvector of over a megabyte


def tokens(folded: str) -> list[str]:
    """The words that are indexed and looked for: runs of letters and digits."""
    return _WORD.findall(folded.lower())


def searchable(text: str) -> str:
    """Arabic text as `put` and `find` want it: the stems of its words, folded, in order."""
    return " ".join(stem(token.text) for token in words(text))


class Search(Repository):
    """Documents are found by all their words, or by the words as a phrase; newest first."""

    async def put(self, documents: Mapping[ArticleId, str]) -> None:
        """Index articles (which must exist) by their folded and stemmed text, replacing earlier ones."""
        rows = [
            {"article": article, "words": " ".join(tokens(folded[:MOST_CHARACTERS]))}
            for article, folded in documents.items()
        ]
        if rows:
            build = self._insert(search_documents)
            statement = build.on_conflict_do_update(
                index_elements=["article"], set_={"words": build.excluded.words}
            )
            await self.connection.execute(statement, rows)

    async def find(
        self,
        folded: str,
        *,
        outlet: str | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        phrase: bool = False,
        limit: int = 20,
        offset: int = 0,
    ) -> list[ArticleId]:
        """The articles that hold all words of `folded` (or, with `phrase`, those words in a row), of one
        outlet, within [start, end). Without a word, only the other conditions count.
        """
        conditions: list[ColumnElement[bool]] = []
        wanted = tokens(folded)
        if wanted:
            conditions.append(articles.c.id.in_(self._holding(wanted, phrase)))
        if outlet is not None:
            conditions.append(articles.c.outlet == outlet)
        if start is not None:
            conditions.append(articles.c.moment >= start)
        if end is not None:
            conditions.append(articles.c.moment < end)
        newest = (articles.c.moment.desc().nulls_last(), articles.c.id)
        query = select(articles.c.id).where(*conditions).order_by(*newest).limit(limit).offset(offset)
        return [ArticleId(row.id) for row in await self.connection.execute(query)]

    async def missing(self, limit: int) -> list[ArticleId]:
        """Articles that are not indexed yet."""
        query = (
            select(articles.c.id)
            .outerjoin(search_documents, search_documents.c.article == articles.c.id)
            .where(search_documents.c.id.is_(None))
            .limit(limit)
        )
        return [ArticleId(row.id) for row in await self.connection.execute(query)]

    def _holding(self, wanted: list[str], phrase: bool) -> Any:
        documents = select(search_documents.c.article)
        if self.postgresql:
            simple: ColumnElement[str] = literal_column("'simple'::regconfig")
            parse = func.phraseto_tsquery if phrase else func.plainto_tsquery
            vector = func.to_tsvector(simple, search_documents.c.words)
            return documents.where(vector.op("@@")(parse(simple, " ".join(wanted))))
        quoted = f'"{" ".join(wanted)}"' if phrase else " ".join(f'"{word}"' for word in wanted)
        found = text("SELECT rowid FROM search_index WHERE search_index MATCH :words").bindparams(
            words=quoted
        )
        return documents.where(search_documents.c.id.in_(found.columns(column("rowid", Integer))))
