"""What becomes of articles that are handed in: new, revised or the same. Decisions only, no database."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from summaries.types import Article, ArticleId, Entry


class Stored(StrEnum):
    """What became of an article that was handed in."""

    NEW = "new"
    REVISED = "revised"  # known, and its title or text changed
    SAME = "same"


class Kept(NamedTuple):
    """The outcome with the id under which the article stands, which is an earlier one where it was known."""

    stored: Stored
    article: ArticleId


def outcome(old: Article, new: Article) -> Stored:
    """How a known article stands to its new wording.

    Only its own source may revise it: the same address in another section's feed may carry another
    headline, and would otherwise change it to and fro for ever.
    """
    if old.source is not None and new.source != old.source:
        return Stored.SAME
    if (old.title, old.text) == (new.title, new.text):
        return Stored.SAME
    return Stored.REVISED


def same_article(old: Article, new: Article) -> bool:
    """Whether an entry id that led to `old` still means it. A feed that gives the id to another address
    under another headline has used it again, for another article.
    """
    return old.url == new.url or old.title == new.title or not new.url or not old.url


Pair = tuple[Article, Entry | None]

_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def storable(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """The same with the characters that no database takes replaced one by one, so that offsets stay true."""
    told = [
        f"{article.title}{article.text}{article.url}{entry.id if entry else ''}" for article, entry in pairs
    ]
    return pairs if _is_text("".join(told)) else [_mended(*pair) for pair in pairs]


def _mended(article: Article, entry: Entry | None) -> Pair:
    if _NOT_TEXT.search(article.title) or _NOT_TEXT.search(article.text) or _NOT_TEXT.search(article.url):
        article = replace(
            article,
            title=_NOT_TEXT.sub("\ufffd", article.title),
            text=_NOT_TEXT.sub("\ufffd", article.text),
            url=_NOT_TEXT.sub("\ufffd", article.url),
        )
    if entry is not None and _NOT_TEXT.search(entry.id):
        entry = replace(entry, id=_NOT_TEXT.sub("\ufffd", entry.id))
    return article, entry


def _is_text(text: str) -> bool:
    """Whether any database takes it; quicker than looking for what none takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def apart(pairs: Sequence[Pair], unseen: Collection[ArticleId]) -> tuple[list[int], list[int]]:
    """The places of the pairs that may be added without a look, and those of all others. The former are `unseen`
    and have no id, address or entry in common with another pair, but for others that come after them.
    """
    alone: list[int] = []
    others = [place for place, (article, _) in enumerate(pairs) if article.id not in unseen]
    taken = {key for place in others for key in _keys(*pairs[place])}
    for place, (article, entry) in enumerate(pairs):
        if article.id in unseen:
            keys = _keys(article, entry)
            (alone if taken.isdisjoint(keys) else others).append(place)
            taken.update(keys)
    return alone, sorted(others)


def _keys(article: Article, entry: Entry | None) -> list[Any]:
    """All by which it may be known."""
    keys: list[Any] = [article.id, article.url] if article.url else [article.id]
    if entry is not None:
        keys.append((entry.source, entry.id))
    return keys


class Known:
    """The stored articles that a batch may be about, by each of the three ways to know one."""

    def __init__(self) -> None:
        self.ids: dict[str, Article] = {}
        self.urls: dict[str, Article] = {}
        self.entries: dict[tuple[str, str], Article] = {}
        self.since: dict[str, datetime | None] = {}

    def add(self, article: Article, since: datetime | None) -> None:
        self.ids[article.id] = article
        if article.url:
            self.urls[article.url] = article
        self.since[article.id] = since

    def find(self, article: Article, entry: Entry | None) -> Article | None:
        found = self.ids.get(article.id) or self.urls.get(article.url)
        if found is None and entry is not None:
            by_entry = self.entries.get((entry.source, entry.id))
            if by_entry is not None:
                by_entry = self.ids[by_entry.id]
                found = by_entry if same_article(by_entry, article) else None
        return found


class Batch:
    """What one batch will write, decided one article after the other so that it sees its own changes."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.changed: dict[str, dict[str, Any]] = {}
        self.old: list[dict[str, Any]] = []
        self.entries: dict[tuple[str, str], dict[str, Any]] = {}

    def take(self, article: Article, entry: Entry | None) -> Kept:
        old = self.known.find(article, entry)
        if old is None:
            stored, now = Stored.NEW, article
        else:
            stored, now = outcome(old, article), old
            if stored is Stored.REVISED:
                now = self._revise(old, article)
        if stored is not Stored.SAME:
            self.changed[now.id] = row_of(now, revised=article.collected if old else None)
            self.known.add(now, article.collected)
        if entry is not None:
            key = (entry.source, entry.id)
            self.known.entries[key] = now
            self.entries[key] = {
                "source": entry.source,
                "entry": entry.id,
                "article": now.id,
                "fingerprint": entry.fingerprint,
            }
        return Kept(stored=stored, article=now.id)

    def _revise(self, old: Article, new: Article) -> Article:
        since = self.known.since.get(old.id)
        self.old.append(
            {
                "article": old.id,
                "revision": old.revision,
                "title": old.title,
                "text": old.text,
                "since": since,
                "until": new.collected,
            }
        )
        taken = self.known.urls.get(new.url)
        return replace(
            old,
            title=new.title,
            text=new.text,
            url=new.url if new.url and (taken is None or taken.id == old.id) else old.url,
            published=new.published or old.published,
            source=old.source or new.source,
            revision=old.revision + 1,
        )


def new_row(article: Article) -> tuple[Any, ...]:
    """Of an article that is stored for the first time: the values of all columns, in their order."""
    return (
        article.id,
        article.outlet,
        article.title,
        article.text,
        article.url or None,
        article.published,
        article.collected,
        article.source,
        article.revision,
        None,
        article.published or article.collected,
        None,
    )


def row_of(article: Article, *, revised: datetime | None) -> dict[str, Any]:
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "text": article.text,
        "url": article.url or None,
        "published": article.published,
        "collected": article.collected,
        "source": article.source,
        "revision": article.revision,
        "revised": revised,
        "moment": article.published or article.collected,
        "analysis": None,
    }
