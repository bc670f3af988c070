"""From the bytes of a feed to its entries: decode, repair, read, put into our form.

bytes | decode | JSON Feed, news sitemap, or (fast, else repair | fast, else feedparser) | entries
"""

import hashlib
import re
from collections import Counter
from datetime import datetime
from itertools import islice

from adapters.feeds.boilerplate import clean_lines, without_outlet
from adapters.feeds.cadence import read_cadence
from adapters.feeds.dates import parse_date
from adapters.feeds.decode import Decoded, decode
from adapters.feeds.fast import MOST_TAGS, read_fast
from adapters.feeds.jsonfeed import read_json
from adapters.feeds.model import ParsedFeed, RawFeed, RawItem
from adapters.feeds.plain import lines_of, plain
from adapters.feeds.reference import read_with_feedparser
from adapters.feeds.repair import EntitiesRefusedError, repair, strip_head
from adapters.feeds.sitemap import read_sitemap
from adapters.feeds.urls import canonical_url, is_front_page
from adapters.http import FetchError
from adapters.http.obstacles import obstacle
from summaries.harmless import harmless
from summaries.types import Entry, SourceId

MOST_ENTRIES = 1000
_LONGEST_TITLE = 1000
_LONGEST_SUMMARY = 20_000
_LONGEST_ID, _LONGEST_LINK = 500, 2000  # characters: indexes hold no more
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.I)
_ROOT_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.I)


def parse_feed(
    body: bytes,
    content_type: str,
    *,
    source_zone: str,
    source_id: str,
    now: datetime,
    url: str = "",
    fast: bool = True,
) -> ParsedFeed:
    """The feed in `body`, served with the header `content_type`. `source_zone` (IANA) holds for dates without
    one, `url` resolves relative links. What is no feed comes back with an `error`: empty, not_a_feed,
    challenge, login, xml_entities. `fast=False` has feedparser read everything.
    """
    if not body.strip():
        return ParsedFeed(error=FetchError(code="empty"))
    decoded = decode(body, content_type)
    try:
        raw, reader, cut = _read(decoded.text, fast)
    except EntitiesRefusedError:
        return ParsedFeed(error=FetchError(code="xml_entities"), encoding=decoded.encoding)
    if raw is None or not raw.known:
        return ParsedFeed(error=_not_a_feed(decoded), encoding=decoded.encoding)
    title = plain(raw.title)[:_LONGEST_TITLE]
    return ParsedFeed(
        title=title,
        entries=_entries(raw.items, SourceId(source_id), source_zone, url, title),
        cadence=read_cadence(decoded.text),
        reader=reader,
        encoding=decoded.encoding,
        damaged=decoded.damaged,
        cut=cut,
    )


def _read(text: str, fast: bool) -> tuple[RawFeed | None, str, bool]:
    """What is in it, which reader found it, and whether the document ends early."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "{":
        return read_json(text), "json", False
    text = strip_head(text)
    if _is_html(text):
        return None, "", False
    sitemap = read_sitemap(text)
    if sitemap is not None:
        return sitemap[0], "sitemap", sitemap[1]
    if text.count("<") > MOST_TAGS:
        text = _beginning(text)
    quick = read_fast(text) if fast else None  # what is well-formed needs no mending
    if quick is None:
        text = repair(text)
        quick = read_fast(text) if fast else None
    if quick is not None:
        return quick, "fast", False
    text, cut = _whole_items(text)
    return read_with_feedparser(text), "feedparser", cut


def _beginning(text: str) -> str:
    """As many items as are kept: feedparser would take minutes over an archive of a hundred thousand."""
    ends = list(islice(_ITEM_END.finditer(text), MOST_ENTRIES))
    return text[: ends[-1].end()] + "</channel></rss>" if len(ends) == MOST_ENTRIES else text


def _whole_items(text: str) -> tuple[str, bool]:
    """Of a document that ends early the items that are whole: half a link is the link of another page."""
    ends = [match.end() for match in _ITEM_END.finditer(text)]
    last = ends[-1] if ends else 0
    if _ROOT_END.search(text, last):
        return text, False
    return text[:last] if last else text, True


def _is_html(text: str) -> bool:
    """A page in place of the feed, which feedparser might take some item out of."""
    start = text[:2000].lower()
    if "<html" not in start:
        return False
    return start.startswith("<html") or ("<rss" not in start and "<feed" not in start)


def _not_a_feed(decoded: Decoded) -> FetchError:
    code = obstacle(decoded.text) if "<" in decoded.text else None
    return FetchError(code=code if code in ("challenge", "login") else "not_a_feed")


def _entries(
    items: tuple[RawItem, ...], source: SourceId, zone: str, url: str, outlet: str
) -> tuple[Entry, ...]:
    """Each entry once. A guid that this feed gives to several links tells nothing and is left aside. `outlet` is
    what the feed calls itself.
    """
    pairs = [(item, _link(item, url)) for item in items[:MOST_ENTRIES]]
    links_of = Counter(guid for guid, _ in {(item.id, link) for item, link in pairs})
    found: dict[str, Entry] = {}
    for item, link in pairs:
        entry = _entry(item, link, source, zone, outlet, trust_id=links_of[item.id] == 1)
        if entry is not None:
            found.setdefault(entry.id, entry)
    return tuple(found.values())


def _entry(
    item: RawItem, link: str, source: SourceId, zone: str, outlet: str, *, trust_id: bool
) -> Entry | None:
    title = plain(item.title)[:_LONGEST_TITLE]
    summary = plain(item.summary)[:_LONGEST_SUMMARY]
    content = max(item.content, key=len) if item.content else ""
    if not title and not summary and not link:
        return None
    name = item.id if item.id and trust_id else link
    name = name if name.isprintable() else harmless(name)
    if not name or len(name) > _LONGEST_ID:
        name = "sha256:" + hashlib.sha256((name or f"{title}\n{item.published}").encode()).hexdigest()
    told = fingerprint(title or _opening(summary), link, summary, content)
    title = without_outlet(title, outlet) or _opening(summary)
    updated = parse_date(item.updated, zone)
    return Entry(
        source=source,
        id=name,
        title=title,
        link=link or None,
        published=parse_date(item.published, zone) or updated,
        updated=updated,
        summary=summary,
        text=_told(title, summary, item.summary, content),
        fingerprint=told,
    )


def _told(title: str, summary: str, description: str, content: str) -> str:
    """What the feed itself tells of an article, cleaned as a page is. Many put the whole text, paragraphs and all,
    where the `description` belongs, of which `summary` is the plain form.
    """
    if content:
        text = clean_lines(lines_of(content), title, single_blanks=True)
        if text:
            return text
    lines = lines_of(description) if "<" in description or "&lt;" in description else [summary]
    return clean_lines(lines, title, single_blanks=True)[:_LONGEST_SUMMARY]


def fingerprint(title: str, link: str, summary: str, content: str) -> str:
    """A hash by which it shows that a feed says something else of an entry."""
    told = "\x1f".join((title, link, summary, content, ""))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _link(item: RawItem, url: str) -> str:
    """Where the item leads; its guid where that is an address and the link is none, or is the outlet's front page,
    to which some templates link whatever they list.
    """
    for told in (item.link, item.id if item.id.startswith(("http://", "https://")) else ""):
        link = canonical_url(told, url) if told else ""
        if (
            link.startswith(("http://", "https://"))
            and len(link) <= _LONGEST_LINK
            and not is_front_page(link)
        ):
            return link
    return ""


def _opening(summary: str) -> str:
    """A title for an entry that has none: the first words of its summary."""
    return summary if len(summary) <= 80 else summary[:80].rsplit(" ", 1)[0] + "…"
