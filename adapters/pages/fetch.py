"""An article page from its address: robots.txt asked, fetched through the guard, extracted off the loop."""

import asyncio
from collections import defaultdict
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from adapters.feeds.pool import ParserPool
from adapters.http import FetchResult, GuardedClient, Limits
from adapters.pages.extract import extract
from adapters.pages.model import Extracted, PageFailure
from adapters.pages.robots import ALLOW_ALL, ALLOW_NONE, Robots, read_robots
from adapters.pages.rules import rules_for

_HEADERS = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1", "Accept-Language": "ar,en;q=0.5"}
_ROBOTS_LIMITS = Limits(connect=5, read=5, total=10, body=4 * 1024 * 1024)  # of which the beginning is read
_KEEP_ROBOTS = timedelta(days=1)
_ASK_AGAIN = timedelta(minutes=30)  # where robots.txt could not be had


class PageReader:
    """Reads article pages. Remembers each site's robots.txt for a day."""

    def __init__(self, client: GuardedClient, pool: ParserPool) -> None:
        self._client = client
        self._pool = pool
        self._robots: dict[str, tuple[Robots, datetime]] = {}
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def read(self, url: str, now: datetime, *, robots: bool = True) -> Extracted | PageFailure:
        """The article at `url`. `robots=False` for a page that a person asked for by its link."""
        if robots and not (await self.robots(url, now)).allows(url):
            return PageFailure(code="robots", url=url)
        result = await self._client.get(url, headers=_HEADERS)
        if result.error is not None:
            return PageFailure(code=result.error.code, detail=result.error.detail, url=result.final_url)
        return await extract_elsewhere(self._pool, result)

    async def robots(self, url: str, now: datetime) -> Robots:
        """The rules of the site at `url`, fetched when they are not known or old.

        As RFC 9309 says: no such file (4xx) allows all; a server that fails forbids all, for the time being.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        async with self._asking[site]:
            known = self._robots.get(site)
            if known is None or now >= known[1]:
                known = self._robots[site] = await self._ask(site, now)
            return known[0]

    async def _ask(self, site: str, now: datetime) -> tuple[Robots, datetime]:
        result = await self._client.get(f"{site}/robots.txt", limits=_ROBOTS_LIMITS)
        if result.ok:
            name = self._client.user_agent.split("/")[0]
            robots, keep = read_robots(result.body.decode("utf-8", "replace"), name), _KEEP_ROBOTS
        elif 400 <= result.status < 500:
            robots, keep = ALLOW_ALL, _KEEP_ROBOTS
        else:
            robots, keep = ALLOW_NONE, _ASK_AGAIN
        return robots, now + keep


async def extract_elsewhere(pool: ParserPool, result: FetchResult) -> Extracted | PageFailure:
    """The article in the page that was fetched, read in a process of its own: a hostile page holds neither the loop
    nor longer than the pool allows.
    """
    url = result.final_url
    try:
        return await pool.run(extract, result.body, url, result.content_type, rules_for(url))
    except TimeoutError:
        return PageFailure(code="extract_timeout", url=url)
    except BrokenProcessPool:
        return PageFailure(code="extract_died", url=url)
    except Exception as error:  # a defect that one page brings out stays with that page
        return PageFailure(code="extract_failed", detail=f"{type(error).__name__}: {error}"[:300], url=url)
