"""What a page says about itself: JSON-LD, Open Graph, plain elements."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from adapters.feeds.boilerplate import without_outlet
from adapters.feeds.dates import parse_date
from adapters.feeds.plain import plain

_ARTICLE_TYPES = ("article", "blogposting", "report", "posting")
_MOST_NODES = 2000
_OF_PAGE = "not(ancestor::aside or ancestor::nav or ancestor::footer)"
_AROUND = re.compile(
    r"^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)(?:\s*\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)(?:\s*\*/)?\s*$"
)
_NEEDLESS_COMMA = re.compile(r",(?=\s*[}\]])")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCard:
    """`body` is JSON-LD's `articleBody`, as given (it may hold markup)."""

    title: str = ""
    body: str = ""
    published: datetime | None = None
    author: str | None = None


def read_card(tree: HtmlElement, zone: str) -> PageCard:
    """The page's own word about the article in it. `zone` (IANA) holds for dates without one."""
    heading = tree.find(".//h1")
    news = _about(list(_articles(tree)), _meta(tree, "og:title"), heading)
    published = _first_date(
        zone,
        news.get("datePublished"),
        _meta(tree, "article:published_time"),
        _meta(tree, "og:article:published_time"),
        _meta(tree, "datePublished"),
        _meta(tree, "date"),
        _meta(tree, "pubdate"),
        _meta(tree, "DC.date.issued"),
        *tree.xpath(f".//article[.//h1]//time[{_OF_PAGE}]/@datetime"),
        *tree.xpath(f".//main//time[{_OF_PAGE}]/@datetime"),
        *tree.xpath(f".//time[{_OF_PAGE}]/@datetime"),
        news.get("dateModified"),
        _meta(tree, "article:modified_time"),
    )
    title = (
        _text(news.get("headline"))
        or _meta(tree, "og:title")
        or (heading.text_content() if heading is not None else "")
        or (tree.findtext(".//title") or "")
    )
    outlet = _meta(tree, "og:site_name") or _meta(tree, "application-name")
    return PageCard(
        title=without_outlet(plain(title), plain(outlet)),
        body=_text(news.get("articleBody")),
        published=published,
        author=_author(news.get("author")) or plain(_meta(tree, "author")) or None,
    )


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.xpath(".//script[starts-with(normalize-space(@type), 'application/ld+json')]"):
        yield from (node for node in _nodes(_json(script.text or "")) if _is_article(node))


def _json(text: str) -> Any:
    """What templates write for JSON: in a comment or a CDATA section, with a comma after the last; None for others."""
    text = _AROUND.sub("", _AROUND.sub("", text))
    for attempt in (text, _NEEDLESS_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _about(articles: list[dict[str, Any]], *titles: Any) -> dict[str, Any]:
    """Of several articles that a page describes, the one it shows: its headline is the page's; else the first."""
    wanted = {
        _letters(title if isinstance(title, str) else title.text_content())
        for title in titles
        if title is not None
    }
    for article in articles:
        if _letters(_text(article.get("headline"))) in wanted - {""}:
            return article
    return articles[0] if articles else {}


def _letters(text: str) -> str:
    return "".join(character for character in plain(text) if character.isalnum())


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects at the top, in lists and in `@graph`; not those an article merely points at."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting[:0] = node
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type", "")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(str(kind).lower().endswith(_ARTICLE_TYPES) for kind in kinds)


def _first_date(zone: str, *texts: Any) -> datetime | None:
    for text in texts:
        found = parse_date(text, zone) if isinstance(text, str) and text else None
        if found is not None:
            return found
    return None


def _meta(tree: HtmlElement, name: str) -> str:
    for attribute in ("property", "name", "itemprop"):
        for element in tree.iterfind(f".//meta[@{attribute}='{name}']"):
            if element.get("content"):
                return str(element.get("content"))
    return ""


def _author(author: Any) -> str | None:
    if isinstance(author, list):
        author = author[0] if author else None
    if isinstance(author, dict):
        author = author.get("name")
    return plain(author) or None if isinstance(author, str) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
