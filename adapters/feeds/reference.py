"""Every format of feed that is out there, through feedparser. It is handed text that we decoded."""

import re
from itertools import islice
from typing import Any

import feedparser

from adapters.feeds.model import RawFeed, RawItem

_ITEM = re.compile(r"<((?:\w+:)?(?:item|entry))\b(?:(?!</?\1\b).)*</\1\s*>", re.S)
_MOST_ALONE = 300


def read_with_feedparser(text: str) -> RawFeed:
    """The items of `text` (decoded and repaired) as feedparser sees them; it never fetches anything. Where one item
    makes it stumble, the others are read without that one.
    """
    try:
        return _parsed(text)
    except TimeoutError:
        raise
    except Exception:  # some broken markup brings it to look for what is not there
        return _one_by_one(text)


def _one_by_one(text: str) -> RawFeed:
    found = list(islice(_ITEM.finditer(text), _MOST_ALONE))
    head = text[: found[0].start()] if found else ""
    read = [one for item in found if (one := _alone(f"{head}{item[0]}</channel></rss>")) is not None]
    items = tuple(item for one in read for item in one.items)
    return RawFeed(title=read[0].title if read else "", items=items, known=bool(items))


def _alone(text: str) -> RawFeed | None:
    try:
        return _parsed(text)
    except TimeoutError:
        raise
    except Exception:  # this is the one
        return None


def _parsed(text: str) -> RawFeed:
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
