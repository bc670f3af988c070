"""What is looked at every minute. A job is a name and a function of the moment; it finds in the database what is due
and does it, so that a minute that was missed, or came twice, changes nothing.

To add one, put a line into `minute_jobs`. Jobs run one after another; one that fails is logged and keeps no
other from running.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

import structlog

from bot.alarms import Alarms
from bot.alerting import Alerting
from bot.broadcasting.arriving import Arrival
from bot.broadcasting.posting import Posting
from bot.digesting import Digesting
from bot.indexing import Indexing
from bot.keeping import Clocks, Keeping, hourly
from bot.operators import Silence
from bot.services import Services

log = structlog.get_logger(__name__)

Side: TypeAlias = Literal["collect", "deliver"]
"""Which half of the service runs the job: `kawalis run --role collect`, or `--role deliver`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteJob:
    """`run(now)` returns how many things it did, for the log."""

    name: str
    run: Callable[[datetime], Awaitable[int]]
    side: Side = "deliver"


def minute_jobs(services: Services) -> tuple[MinuteJob, ...]:
    """All jobs of the service, in the order in which they run."""
    return (
        MinuteJob(name="search", run=Indexing(services.database, services.gazetteer).tick, side="collect"),
        MinuteJob(name="prepared", run=services.prepared.refresh, side="collect"),
        MinuteJob(name="clocks", run=Clocks(services).tick),
        MinuteJob(name="broadcasts", run=Posting(services).due),
        MinuteJob(name="arrivals", run=Arrival(services).tick),
        MinuteJob(name="digests", run=Digesting(services).tick),  # of many readers they take minutes
        MinuteJob(name="alerts", run=Alerting(services).tick),
        MinuteJob(name="alarms", run=Alarms(services).tick),
        MinuteJob(name="silence", run=hourly(Silence(services).tick)),
        MinuteJob(name="retention", run=hourly(Keeping(services).tick)),
    )


async def run_jobs(jobs: Sequence[MinuteJob], now: datetime) -> Mapping[str, int]:
    """Run the jobs at `now`; how much each did. A failed one is not in the answer: it is tried next minute."""
    done: dict[str, int] = {}
    for job in jobs:
        try:
            done[job.name] = await job.run(now)
        except Exception:
            log.exception("a minute job failed", job=job.name)
    return done
