"""JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/), which feedparser does not read."""

import json
from html import escape
from typing import Any

from adapters.feeds.model import RawFeed, RawItem
from summaries.harmless import harmless


def read_json(text: str) -> RawFeed | None:
    """The items of a JSON Feed; None where the text is JSON of another kind, or none."""
    try:
        document = json.loads(text.lstrip("\ufeff \t\r\n"), strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or "jsonfeed.org" not in str(document.get("version", "")):
        return None
    items = document.get("items")
    found = tuple(_item(item) for item in items if isinstance(item, dict)) if isinstance(items, list) else ()
    return RawFeed(title=_plain_text(document, "title"), items=found)


def _item(item: dict[str, Any]) -> RawItem:
    html, words = _string(item, "content_html"), _plain_text(item, "content_text")
    content = html or words
    return RawItem(
        id=_string(item, "id"),
        title=_plain_text(item, "title"),
        link=_string(item, "url") or _string(item, "external_url"),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        summary=_plain_text(item, "summary") or content,
        content=(content,) if content else (),
    )


def _string(item: dict[str, Any], key: str) -> str:
    """JSON may escape what no text holds: lone surrogates and control characters go."""
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return harmless(str(value)).strip()


def _plain_text(item: dict[str, Any], key: str) -> str:
    """JSON Feed's titles and summaries are plain text: an angle bracket in them is one."""
    return escape(_string(item, key), quote=False)
