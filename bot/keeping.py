"""What is kept how long: once an hour, what is older than KAWALIS_RETENTION_DAYS goes. What was written by a clock that
was ahead is put right.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.services import Services
from storage.retention import AT_ONCE, outbox_retention, retention

log = structlog.get_logger(__name__)


def hourly(run: Callable[[datetime], Awaitable[int]]) -> Callable[[datetime], Awaitable[int]]:
    """A minute job that does its work in the first minute of an hour that it sees; where it fails, in the next."""
    done: list[tuple[int, int]] = []

    async def run_once_an_hour(now: datetime) -> int:
        hour = (now.toordinal(), now.hour)
        if done == [hour]:
            return 0
        count = await run(now)
        done[:] = [hour]
        return count

    return run_once_an_hour


class Clocks:
    """Deliveries that were written while a clock was ahead, by this process or another, do not wait until then."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def tick(self, now: datetime) -> int:
        """How many were put right."""
        async with self._services.database.unit() as unit:
            moved = await unit.outbox.put_right(now)
            await unit.commit()
        if moved:
            log.warning("deliveries of a clock that was ahead", count=moved)
        return moved


class Keeping:
    """Deletes what is too old."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def tick(self, now: datetime) -> int:
        """How many articles, editions, stories and deliveries went."""
        async with self._services.database.unit() as unit:
            gone = await retention(unit, now, self._services.settings.retention_days)
            await unit.commit()
        sent = await self._outbox(now)
        if sent or any(gone.values()):
            log.info("retention", **gone, deliveries=sent)
        return sum(gone.values()) + sent

    async def _outbox(self, now: datetime) -> int:
        """A part of it in each transaction: sends go on between them."""
        total, days = 0, self._services.settings.retention_days
        while True:
            async with self._services.database.unit() as unit:
                gone = await outbox_retention(unit, now, days)
                await unit.commit()
            total += gone
            if gone < AT_ONCE:
                return total
