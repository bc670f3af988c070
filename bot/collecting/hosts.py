"""Manners towards one host: few requests at a time, a gap between them, a pause when it asks for one."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from adapters.http import is_public
from bot.collecting.policy import Policy

Sleep = Callable[[float], Awaitable[None]]


@lru_cache(maxsize=16_384)
def host_of(url: str) -> str:
    return urlsplit(url).netloc.lower()


class Hosts:
    """Whose turn it is. `sleep` and `monotonic` are handed in, so that tests need not wait."""

    def __init__(
        self,
        policy: Policy,
        *,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._policy = policy
        self._sleep = sleep
        self._monotonic = monotonic
        self._slots: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(policy.per_host)
        )
        self._next: dict[str, float] = {}
        self._paused: dict[str, tuple[datetime, datetime]] = {}  # asked when, to wait until when
        self._timeouts: defaultdict[str, int] = defaultdict(int)

    @asynccontextmanager
    async def turn(self, url: str, *, gap: float = 0.0) -> AsyncIterator[None]:
        """Hold one of the host's slots, `gap` seconds (or the policy's, if longer) after its last start."""
        host = host_of(url)
        async with self._slots[host]:
            now = self._monotonic()
            start = max(now, self._next.get(host, now))
            self._next[host] = start + max(gap, self._gap(host))
            if start > now:
                await self._sleep(start - now)
            yield

    def _gap(self, host: str) -> float:
        return 0.0 if _is_ours(host) else self._policy.gap.total_seconds()

    def pause(self, url: str, wait: timedelta, now: datetime) -> None:
        """The host asked us to wait (429, 503): that holds for all that we want of it."""
        until = now + wait
        if (before := self.paused(url, now)) is None or until > before:
            self._paused[host_of(url)] = now, until

    def paused(self, url: str, now: datetime) -> datetime | None:
        """Until when the host is to be left alone, if it is. What was asked at a moment that is still to come was asked
        while the clock was ahead, and is over.
        """
        asked, until = self._paused.get(host_of(url), (now, now))
        return until if asked <= now < until else None

    def answered(self, url: str) -> None:
        self._timeouts.pop(host_of(url), None)

    def timed_out(self, url: str, now: datetime) -> None:
        """Two in a row, and the rest of the round is not spent waiting for this host."""
        host = host_of(url)
        self._timeouts[host] += 1
        if self._timeouts[host] >= self._policy.give_up_host_after:
            self.pause(url, self._policy.shortest, now)


@lru_cache(maxsize=4096)
def _is_ours(host: str) -> bool:
    """This machine, or one of this network named by its number: manners are for other people's servers."""
    name = urlsplit(f"//{host}").hostname or ""
    return (name.replace(".", "").isdigit() or ":" in name) and not is_public(name)
