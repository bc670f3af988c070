"""Looking at feeds without storing anything: read one, check all, find the feed of a site."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from adapters.feeds import ParsedFeed, decode, discover, parse_feed
from adapters.feeds.discover import USUAL_PATHS
from adapters.http import FetchError, FetchResult, GuardedClient
from bot.collecting.decide import FEED_ACCEPT
from bot.collecting.hosts import Hosts
from bot.collecting.policy import Policy
from bot.errors import InputError
from bot.sources.lists import new_id
from summaries.types import Entry, Source, SourceId

_MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a source's address gave. `error` is a code, None where it is a feed; `moved_to` where permanent
    redirects lead; `newest` is the latest date among its entries.
    """

    source: Source
    error: str | None = None
    detail: str = ""
    entries: int = 0
    newest: datetime | None = None
    title: str = ""
    moved_to: str | None = None
    encoding: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed that was found, as a source that can be stored, and what it holds now."""

    source: Source
    title: str
    entries: int
    newest: datetime | None


async def read_feed(
    place: str, content_type: str = "", zone: str = "UTC", *, client: GuardedClient, now: datetime
) -> list[dict[str, Any]]:
    """What we see in the feed at `place`, a file or an address: per entry id, title, link, published (UTC as
    ISO, or None) and summary. `content_type` stands in for the header (of a file, or over the server's);
    `zone` (IANA) holds for dates without one.

    Raises: InputError `input.no_file`, or `fetch.<code>` with the place where it is no feed that can be read.
    """
    if "://" in place:
        result = await client.get(place, headers={"Accept": FEED_ACCEPT})
        if result.error is not None:
            raise InputError(f"fetch.{result.error.code}", place=place, cause=result.error.detail)
        body, url = result.body, result.final_url
        content_type = content_type or result.content_type
    else:
        body, url = await asyncio.to_thread(_bytes_of, place), ""
    feed = await _parsed(body, content_type, zone, now, url)
    if feed.error is not None:
        raise InputError(f"fetch.{feed.error.code}", place=place, cause=feed.error.detail)
    return [shown(entry) for entry in feed.entries]


def shown(entry: Entry) -> dict[str, Any]:
    """An entry as others read it from us."""
    published = entry.published
    return {
        "id": entry.id,
        "title": entry.title,
        "link": entry.link,
        "published": published.astimezone(UTC).isoformat().replace("+00:00", "Z") if published else None,
        "summary": entry.summary,
    }


def _bytes_of(place: str) -> bytes:
    try:
        return Path(place).expanduser().read_bytes()
    except (FileNotFoundError, RuntimeError):  # the latter where it begins with ~ and nobody's name
        raise InputError("input.no_file", file=place) from None
    except OSError as error:
        raise InputError("input.unreadable", file=place, cause=str(error)) from None


async def check_sources(
    sources: Sequence[Source], *, client: GuardedClient, now: datetime, policy: Policy | None = None
) -> list[Checked]:
    """Try each address once, politely; the results in the order given."""
    hosts = Hosts(policy or Policy())
    at_once = asyncio.Semaphore(20)

    async def check(source: Source) -> Checked:
        async with at_once, hosts.turn(source.url):
            return await check_source(source, client=client, now=now)

    return list(await asyncio.gather(*(check(source) for source in sources)))


async def check_source(source: Source, *, client: GuardedClient, now: datetime) -> Checked:
    started = time.monotonic()
    result, feed = await _fetch(source.url, source.zone, client, now)
    error = result.error or (feed.error if feed else None)
    return Checked(
        source=source,
        error=error.code if error else None,
        detail=error.detail if error else "",
        entries=len(feed.entries) if feed else 0,
        newest=_newest(feed),
        title=feed.title if feed else "",
        moved_to=result.permanent_url,
        encoding=feed.encoding if feed else "",
        seconds=time.monotonic() - started,
    )


async def find_source(
    url: str,
    *,
    client: GuardedClient,
    now: datetime,
    outlet: str | None = None,
    zone: str = "UTC",
    taken: Iterable[str] = (),
) -> Found:
    """The feed at `url`, or the one that the site at `url` names or keeps at a usual place.

    Raises: InputError `fetch.<code>` where the address does not answer, sources.no_feed where it names none.
    """
    url = typed_address(url)
    result, feed = await _fetch(url, zone, client, now)
    if feed is None:
        assert result.error is not None  # noqa: S101  (an answer without error has been parsed)
        raise InputError(f"fetch.{result.error.code}", place=url, cause=result.error.detail)
    if feed.error is None:
        return _found(result.permanent_url or url, feed, outlet, zone, taken)
    html = decode(result.body, result.content_type).text
    named = discover(html, result.final_url)[:_MOST_CANDIDATES]
    for candidate in named or [urljoin(result.final_url, path) for path in USUAL_PATHS]:
        answer, feed = await _fetch(candidate, zone, client, now)
        if feed is not None and feed.error is None:
            return _found(answer.permanent_url or candidate, feed, outlet, zone, taken)
    raise InputError("sources.no_feed", place=url)


def typed_address(typed: str) -> str:
    """As people type it: without a scheme it is https."""
    return typed if "://" in typed else f"https://{typed}"


async def _fetch(
    url: str, zone: str, client: GuardedClient, now: datetime
) -> tuple[FetchResult, ParsedFeed | None]:
    result = await client.get(url, headers={"Accept": FEED_ACCEPT})
    if result.error is not None:
        return result, None
    return result, await _parsed(result.body, result.content_type, zone, now, result.final_url)


async def _parsed(body: bytes, content_type: str, zone: str, now: datetime, url: str) -> ParsedFeed:
    """A defect of a parser stays with the document that brought it out."""
    try:
        return await asyncio.to_thread(
            parse_feed, body, content_type, source_zone=zone, source_id="look", now=now, url=url
        )
    except Exception as error:
        return ParsedFeed(
            error=FetchError(code="parse_failed", detail=f"{type(error).__name__}: {error}"[:300])
        )


def _found(url: str, feed: ParsedFeed, outlet: str | None, zone: str, taken: Iterable[str]) -> Found:
    source = Source(
        id=SourceId(new_id(url, taken)),
        outlet=outlet or feed.title or urlsplit(url).hostname or url,
        url=url,
        zone=zone,
        evidence="answered when it was added",
    )
    return Found(source=source, title=feed.title, entries=len(feed.entries), newest=_newest(feed))


def _newest(feed: ParsedFeed | None) -> datetime | None:
    return max((e.published for e in feed.entries if e.published), default=None) if feed else None
