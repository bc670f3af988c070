"""The brief of one article: summary, who said what, origins. Used for files, pages and pasted links."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from adapters.feeds import ParserPool
from adapters.http import GuardedClient
from adapters.pages import PageFailure, extract_elsewhere
from bot.errors import InputError
from summaries.analysis import Analyst
from summaries.reading import Reading
from summaries.selection import summarise
from summaries.text import mostly_arabic
from summaries.types import LONGEST_TEXT, LONGEST_TITLE, Analysis, Article, ArticleId, Origin, Quote, Sentence

_FIRST_LINE = re.compile(r"[\s\ufeff]*(\S[^\r\n]*)(?:\r\n?|\n|$)")
_LOOKED_AT = 2000  # characters that tell the language


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleBrief:
    article: Article
    headline: str
    sentences: tuple[Sentence, ...]
    origins: tuple[Origin, ...]
    quotes: tuple[Quote, ...]


def article_brief(
    article: Article,
    analyst: Analyst,
    *,
    words: int | None = None,
    ratio: float | None = None,
    sentences: tuple[Sentence, ...] | None = None,
    reading: Reading | None = None,
) -> ArticleBrief:
    """The brief of an article that is at hand: at most three sentences, or as many as the budget holds.

    `sentences` and `reading`: where they are known already. Raises `InputError` where it is not in Arabic.
    """
    if not is_arabic(article):
        raise InputError("input.not_arabic")
    reading = reading or analyst.read(article)
    analysis = analyst.analyse_reading(reading)
    return ArticleBrief(
        article=article,
        headline=article.title,
        sentences=summarise([reading], words=words, ratio=ratio) if sentences is None else sentences,
        origins=analysis.origins,
        quotes=_quotes(article, analysis),
    )


def is_arabic(article: Article) -> bool:
    """Whether what an article begins with is Arabic."""
    return mostly_arabic(f"{article.title}\n{article.text[:_LOOKED_AT]}")


class LinkReader:
    """Briefs the article behind a link: fetched through the guarded client, read in the pool, never stored."""

    def __init__(self, client: GuardedClient, pool: ParserPool, analyst: Analyst) -> None:
        self._client, self._pool, self._analyst = client, pool, analyst

    async def brief(self, url: str, now: datetime) -> ArticleBrief:
        """The brief of the article at `url`. Raises `InputError` where it cannot be had."""
        result = await self._client.get(url)
        if result.error is not None:
            refused = result.error.code == "address_refused"
            raise InputError("link.refused" if refused else "link.unreachable", problem=result.error.code,
                             cause=f"{url}: {result.error}")  # fmt: skip
        found = await extract_elsewhere(self._pool, result)
        if isinstance(found, PageFailure):
            raise InputError("link.not_article", problem=found.code, cause=url)
        article = Article(
            id=ArticleId(result.final_url), outlet=urlsplit(result.final_url).hostname or "",
            title=found.title[:LONGEST_TITLE], text=found.text[:LONGEST_TEXT], url=result.final_url,
            published=found.published, collected=now, cut=len(found.text) > LONGEST_TEXT,
        )  # fmt: skip
        return await asyncio.to_thread(article_brief, article, self._analyst)


def _quotes(article: Article, analysis: Analysis) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            statement=statement, article=article.id, outlet=article.outlet, url=article.url,
            text=article.text[statement.span.start : statement.span.end],
        )
        for statement in analysis.statements
    )  # fmt: skip


def article_from_text(text: str, *, name: str, now: datetime) -> Article:
    """A text file as an article: its first line that holds something is the title, all that follows is the text, as
    it is. A single line is the text.
    """
    title = _FIRST_LINE.match(text)
    if title is None:
        raise InputError("input.empty", file=name)
    body = text[title.end() :]
    headline, body = (title[1].strip(), body) if body.strip() else ("", text)
    return Article(id=ArticleId(name), outlet="", title=headline[:LONGEST_TITLE],
                   text=body[:LONGEST_TEXT], collected=now, cut=len(body) > LONGEST_TEXT)  # fmt: skip
