"""Telegram's HTML, as strict as its server: known tags only, properly nested, known entities, http links.

`parse` gives the text that is left and its entities; offsets and lengths count UTF-16 units. Compared with TDLib's
own parser in tests/telegram/test_fake.py.
"""

import re
from dataclasses import dataclass
from html import unescape

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z-]+)((?:\s+[a-zA-Z-]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")
_ENTITY = re.compile(r"&(?:#(?:\d+|x[0-9a-fA-F]+)|lt|gt|amp|quot);")
_ALLOWED = {"a": {"href"}, "blockquote": {"expandable"}, "code": {"class"}}


class BadEntities(Exception):  # noqa: N818
    """What Telegram answers `can't parse entities` to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    kind: str
    offset: int
    length: int
    url: str | None = None


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse(html: str) -> tuple[str, list[Entity]]:
    """The text and its entities. Raises `BadEntities`."""
    text: list[str] = []
    length = 0
    opened: list[tuple[str, int, dict[str, str]]] = []
    found: list[Entity] = []
    place = 0
    while place < len(html):
        if html[place] == "<":
            tag = _TAG.match(html, place)
            if tag is None:
                raise BadEntities(f"Unsupported start tag at byte offset {len(html[:place].encode())}")
            place = tag.end()
            if tag[1]:
                found += _closed(tag[2].lower(), opened, length)
            else:
                opened.append((tag[2].lower(), length, _attributes(tag[2].lower(), tag[3])))
            continue
        end = html.find("<", place)
        run = html[place : end if end >= 0 else len(html)]
        plain = _ENTITY.sub(lambda m: unescape(m[0]), run)
        text.append(plain)
        length += units(plain)
        place += len(run)
    if opened:
        raise BadEntities(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return "".join(text), sorted(found, key=lambda e: (e.offset, -e.length, e.kind))


def _attributes(tag: str, written: str) -> dict[str, str]:
    if tag not in _TAGS:
        raise BadEntities(f'Unsupported start tag "{tag}"')
    given = {m[1].lower(): unescape(m[2] or m[3] or "") for m in _ATTRIBUTE.finditer(written)}
    unknown = set(given) - _ALLOWED.get(tag, set())
    if unknown:
        raise BadEntities(
            f"unexpected attributes {sorted(unknown)}"
        )  # stricter than Telegram, which drops them
    return given


def _closed(tag: str, opened: list[tuple[str, int, dict[str, str]]], at: int) -> list[Entity]:
    if not opened or opened[-1][0] != tag:
        raise BadEntities(f'Unmatched end tag "{tag}"')
    _, start, attributes = opened.pop()
    if at == start:
        return []
    if tag == "a" and not re.match(r"https?://[^\s/]+\.?[^\s]*$", attributes.get("href", "")):
        raise BadEntities("a link that would vanish silently")  # Telegram shows the text without its link
    kind = "expandable_blockquote" if "expandable" in attributes else _TAGS[tag]
    return [Entity(kind=kind, offset=start, length=at - start, url=attributes.get("href"))]
