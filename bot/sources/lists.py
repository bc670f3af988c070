"""Lists of sources: read from TOML and OPML, written as OPML and TOML."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from lxml import etree

from adapters.http.client import refuse_url
from bot.errors import InputError
from summaries.types import Source, SourceId

KINDS = frozenset({"newspaper", "broadcaster", "agency", "website", "magazine"})
_TEXTS = ("outlet", "url", "country", "owner", "kind", "zone", "evidence")
_KNOWN = frozenset({"id", "names", "enabled", "state_funded", *_TEXTS})
_NAMESPACE = "https://github.com/kawalis/kawalis/opml"
_IN_OPML = ("id", "country", "owner", "kind", "state_funded", "zone", "enabled", "evidence", "names")


@cache
def packaged_sources() -> tuple[Source, ...]:
    """The sources that come with the program."""
    text = (files("bot.sources") / "sources.toml").read_text("utf-8")
    return read_sources(text, "sources.toml")


def read_sources(text: str, name: str) -> tuple[Source, ...]:
    """The sources in `text`, TOML or OPML; `name` (of the file) stands in errors. OPML outlines without our
    own attributes get an id from their address.

    Raises: InputError, with `file` and what is wrong: sources.not_toml, sources.not_opml, sources.empty,
    sources.unknown_key, sources.missing_key, sources.bad_value, sources.twice.
    """
    found = _from_opml(text, name) if text.lstrip("\ufeff \t\r\n").startswith("<") else _from_toml(text, name)
    sources = tuple(_source(card, number, name) for number, card in enumerate(found, 1))
    if not sources:
        raise InputError("sources.empty", file=name)
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise InputError("sources.twice", file=name, source=source.id)
        seen.add(source.id)
    return sources


def _from_toml(text: str, name: str) -> list[Mapping[str, Any]]:
    try:
        data = tomllib.loads(text.lstrip("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise InputError("sources.not_toml", file=name, cause=str(error)) from None
    unknown = set(data) - {"source"}
    if unknown:
        raise InputError("sources.unknown_key", file=name, source="", field=min(unknown))
    cards = data.get("source", [])
    if not isinstance(cards, list) or not all(isinstance(card, dict) for card in cards):
        raise InputError("sources.bad_value", file=name, source="", field="source", value=str(cards)[:80])
    return cards


def _source(card: Mapping[str, Any], number: int, name: str) -> Source:
    where = str(card.get("id") or f"#{number}")
    for key in sorted(set(card) - _KNOWN):
        raise InputError("sources.unknown_key", file=name, source=where, field=key)
    for key in ("id", "outlet", "url"):
        if not card.get(key):
            raise InputError("sources.missing_key", file=name, source=where, field=key)
    for key, value in card.items():
        if not _valid(key, value):
            raise InputError("sources.bad_value", file=name, source=where, field=key, value=str(value)[:80])
    values = {key: value for key, value in card.items() if value is not None}
    return Source(**(values | {"id": SourceId(card["id"]), "names": tuple(card.get("names", ()))}))


def _valid(key: str, value: Any) -> bool:
    if key in ("enabled", "state_funded"):
        return isinstance(value, bool)
    if key == "names":
        return isinstance(value, list | tuple) and all(isinstance(item, str) and item for item in value)
    if not isinstance(value, str):
        return False
    if key == "id":
        return re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,99}", value) is not None
    if key == "url":
        return refuse_url(value) is None
    if key == "zone":
        return value in available_timezones()
    if key == "kind":
        return value in KINDS
    if key == "country":
        return re.fullmatch(r"[A-Z]{2}", value) is not None
    return True


def _from_opml(text: str, name: str) -> list[Mapping[str, Any]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(text.lstrip("\ufeff \t\r\n").encode(), parser)
    except etree.XMLSyntaxError as error:
        raise InputError("sources.not_opml", file=name, cause=str(error)) from None
    if root.tag != "opml":
        raise InputError("sources.not_opml", file=name, cause=f"<{root.tag}>")
    cards: list[Mapping[str, Any]] = []
    taken: set[str] = set()
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if url:
            if refuse_url(url) is not None:
                raise InputError(
                    "sources.bad_value", file=name, source=f"#{len(cards) + 1}", field="url", value=url[:80]
                )
            card = _card(outline, url, taken)
            taken.add(card["id"])
            cards.append(card)
    return cards


def _card(outline: Any, url: str, taken: set[str]) -> dict[str, Any]:
    card: dict[str, Any] = {}
    for key in _IN_OPML:
        value = outline.get(f"{{{_NAMESPACE}}}{key}")
        if value is not None:
            card[key] = value
    for key in ("enabled", "state_funded"):
        if key in card:
            card[key] = {"true": True, "false": False}.get(card[key], card[key])
    if "names" in card:
        card["names"] = [part for part in card["names"].split("|") if part]
    card["url"] = url
    card["outlet"] = (outline.get("text") or outline.get("title") or urlsplit(url).hostname or url).strip()
    card.setdefault("id", new_id(url, taken))
    return card


def new_id(url: str, taken: Iterable[str] = ()) -> str:
    """An id for the source at `url` that is not `taken`: `https://www.a.example/ar/rss` is a.example-ar-rss."""
    parts = urlsplit(url)
    words = (
        f"{(parts.hostname or '').removeprefix('www.')}{parts.path}{'-' + parts.query if parts.query else ''}"
    )
    slug = re.sub(r"[^a-z0-9.]+", "-", words.lower()).strip("-.")[:60] or "source"
    taken = set(taken)
    number, name = 1, slug
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    return name


def write_opml(sources: Iterable[Source]) -> str:
    """The sources as OPML 2.0. The card goes along in attributes of our own namespace, which others ignore."""
    root = etree.Element("opml", nsmap={"kawalis": _NAMESPACE}, version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Kawalis"
    body = etree.SubElement(root, "body")
    for source in sources:
        outline = etree.SubElement(
            body, "outline", type="rss", text=source.outlet, title=source.outlet, xmlUrl=source.url
        )
        for key in _IN_OPML:
            value = getattr(source, key)
            if value is None or value == ():
                continue
            text = (
                "|".join(value)
                if key == "names"
                else str(value).lower()
                if isinstance(value, bool)
                else value
            )
            outline.set(f"{{{_NAMESPACE}}}{key}", text)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written.decode()


def write_toml(sources: Iterable[Source]) -> str:
    """The sources as a TOML file that `read_sources` reads."""
    return "\n".join(_toml(source) for source in sources)


def _toml(source: Source) -> str:
    lines = ["[[source]]", f"id = {_quoted(source.id)}"]
    for key in _TEXTS:
        value = getattr(source, key)
        if value is not None:
            lines.append(f"{key} = {_quoted(value)}")
    if source.state_funded is not None:
        lines.append(f"state_funded = {str(source.state_funded).lower()}")
    lines.append(f"enabled = {str(source.enabled).lower()}")
    if source.names:
        lines.append(f"names = [{', '.join(_quoted(name) for name in source.names)}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'
