"""What is kept how long: once an hour, what is older than KAWALIS_RETENTION_DAYS goes."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.services import Services
from storage.retention import retention

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


class Keeping:
    """Deletes what is too old."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def tick(self, now: datetime) -> int:
        """How many articles, editions and stories went."""
        async with self._services.database.unit() as unit:
            gone = await retention(unit, now, self._services.settings.retention_days)
            await unit.commit()
        if any(gone.values()):
            log.info("retention", **gone)
        return sum(gone.values())
