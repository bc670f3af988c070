"""Every format of feed that is out there, through feedparser. It is handed text that we decoded."""

from typing import Any

import feedparser

from adapters.feeds.model import RawFeed, RawItem


def read_with_feedparser(text: str) -> RawFeed:
    """The items of `text` (decoded and repaired) as feedparser sees them; it never fetches anything."""
    result = feedparser.parse(
        text.encode("utf-8", "replace"),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    items = tuple(_item(entry) for entry in result.entries)
    return RawFeed(
        title=_text(result.feed, "title"), items=items, known=bool(items or dict.get(result, "version"))
    )


def _item(entry: Any) -> RawItem:
    content = dict.get(entry, "content") or ()
    return RawItem(
        id=_text(entry, "id"),
        title=_text(entry, "title"),
        link=_text(entry, "feedburner_origlink") or _text(entry, "link"),
        published=_text(entry, "published") or _text(entry, "created"),
        updated=_text(entry, "updated"),
        summary=_text(entry, "summary"),
        content=tuple(str(part.get("value") or "") for part in content),
    )


def _text(entry: Any, key: str) -> str:
    """The key itself; feedparser's own look-up would take another where it is missing."""
    return str(dict.get(entry, key) or "")
