"""Small feeds and pages for tests, and a collector on a clock that stands still until told otherwise."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from adapters.feeds import ParsedFeed, ParserPool, parse_feed
from adapters.http import GuardedClient, Limits
from bot.collecting import Collector, CollectReport, Policy, SourceOutcome
from storage.database import Database
from storage.sources import SourceState
from summaries.types import Article, Source, SourceId
from tests.fakes.web import ScriptedWeb

START = datetime(2024, 3, 28, 12, 0, tzinfo=UTC)
PARAGRAPH = (
    "ذكرت مصادر مطلعة أن المشاورات بين الجانبين استمرت حتى ساعة متأخرة من دون الإعلان عن نتيجة نهائية."
)


def item(
    number: int | str,
    *,
    link: str = "",
    guid: str | None = None,
    title: str | None = None,
    published: datetime | None = START,
    summary: str = "",
    content: str = "",
) -> str:
    """An RSS item. `guid=""` leaves the guid out."""
    guid = f"guid-{number}" if guid is None else guid
    parts = [f"<title>{escape(title or f'خبر رقم {number}')}</title>"]
    parts += [f"<link>{escape(link)}</link>"] if link else []
    parts += [f'<guid isPermaLink="false">{escape(guid)}</guid>'] if guid else []
    parts += [f"<pubDate>{format_datetime(published)}</pubDate>"] if published else []
    parts += [f"<description>{escape(summary)}</description>"] if summary else []
    parts += [f"<content:encoded>{escape(content)}</content:encoded>"] if content else []
    return f"<item>{''.join(parts)}</item>"


def rss(*items: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>صحيفة المثال</title>{head}{''.join(items)}</channel></rss>"
    )


def page(title: str = "خبر", paragraphs: int = 5, marker: str = "") -> str:
    body = "".join(f"<p>{PARAGRAPH} (الفقرة {n}{marker})</p>" for n in range(1, paragraphs + 1))
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


@dataclass
class Watch:
    """A monotonic clock that sleeping moves forward."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)


@dataclass
class Newsroom:
    """A database, a client and a collector, with the verbs that tests need."""

    web: ScriptedWeb
    database: Database
    client: GuardedClient
    pool: ParserPool
    watch: Watch = field(default_factory=Watch)
    policy: Policy = field(default_factory=lambda: Policy(read_pages=False))
    now: datetime = START

    def __post_init__(self) -> None:
        self.collector = self.start()

    def start(self) -> Collector:
        """A collector as after a restart: all it knows is in the database."""
        self.collector = Collector(
            self.client,
            self.pool,
            self.database,
            policy=self.policy,
            sleep=self.watch.sleep,
            monotonic=self.watch.monotonic,
            rng=random.Random(7),  # noqa: S311
        )
        return self.collector

    def with_policy(self, **changes: object) -> None:
        self.policy = replace(self.policy, **changes)  # type: ignore[arg-type]
        self.start()

    async def add(self, path: str = "/feed", name: str = "one", **card: object) -> Source:
        url = path if path.startswith("http") else self.web.url(path)
        source = Source(id=SourceId(name), outlet=f"صحيفة {name}", url=url, **card)  # type: ignore[arg-type]
        async with self.database.unit() as unit:
            await unit.sources.upsert([source])
            await unit.commit()
        return source

    async def poll(self, *, after: timedelta | None = None) -> CollectReport:
        """Poll what is due, `after` this time; without it whatever is due or not, at the same moment."""
        if after is not None:
            self.now += after
        return await self.collector.poll(self.now, only_due=after is not None)

    async def poll_one(self, **arguments: timedelta) -> SourceOutcome:
        report = await self.poll(**arguments)
        assert len(report.outcomes) == 1, report
        return report.outcomes[0]

    async def state(self, name: str = "one") -> SourceState:
        async with self.database.reading() as unit:
            pair = await unit.sources.get(SourceId(name))
        assert pair is not None
        return pair[1]

    async def articles(self) -> Sequence[Article]:
        async with self.database.reading() as unit:
            return await unit.articles.latest(1000)


QUICK = Limits(connect=2, read=2, total=2, body=200_000)


def parsed(
    text: str | bytes, kind: str = "application/rss+xml", *, url: str, fast: bool = True
) -> ParsedFeed:
    """A feed of a source in Riyadh as the parser reads it, served at `url` with the content type `kind`."""
    body = text.encode() if isinstance(text, str) else text
    return parse_feed(body, kind, source_zone="Asia/Riyadh", source_id="x", now=START, url=url, fast=fast)
