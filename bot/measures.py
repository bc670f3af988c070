"""The metrics of this moment, in Prometheus' text format. What is counted since the start is this process's own;
what is read from the database is the same in every process.
"""

from datetime import datetime, timedelta

import structlog
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from bot.alarms import source_alarms
from bot.application import Application
from bot.collecting import Policy
from bot.engine.service import Seen, Service
from bot.probing import Probe
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

DAY = timedelta(days=1)


class Measures:
    """All metrics. While the database does not answer, what this process knows itself is there all the same."""

    def __init__(self, application: Application, service: Service | None = None) -> None:
        self._application, self._service = application, service
        self._stored: Probe[CollectorRegistry] = Probe(self._read)

    async def text(self) -> bytes:
        """Within the probe's bound, whatever became of the database."""
        own = CollectorRegistry()
        up = Gauge("kawalis_database_up", "Whether the database answered just now", registry=own)
        if self._service is not None:
            own.register(_Counted(self._service.seen))
        try:
            stored = await self._stored.answer()
        except StorageError as error:
            log.warning("metrics without the database", key=error.key, cause=error.cause)
            return generate_latest(own)
        up.set(1)
        return generate_latest(own) + generate_latest(stored)

    async def _read(self) -> CollectorRegistry:
        """What stands in the database."""
        registry = CollectorRegistry()
        now = self._application.kernel.now()
        async with self._application.kernel.database.reading() as unit:
            await _deliveries(registry, unit, now)
            await _sources(registry, unit, now)
            await _digests(registry, unit, now)
            await _alarms(registry, unit, now)
            workers = await unit.workers.all()
        gauge = Gauge("kawalis_workers", "Processes at work, by role", ["role"], registry=registry)
        for worker in workers:
            gauge.labels(worker.role).inc()
        return registry


async def _deliveries(registry: CollectorRegistry, unit: UnitOfWork, now: datetime) -> None:
    rows = Gauge("kawalis_deliveries", "Delivery rows", ["platform", "bot", "state"], registry=registry)
    ready = Gauge("kawalis_ready_rows", "Deliveries that are due", ["platform", "bot"], registry=registry)
    age = Gauge("kawalis_oldest_ready_seconds", "How long the oldest due delivery has waited",
                ["platform", "bot"], registry=registry)  # fmt: skip
    for (platform, bot, state), count in (await unit.outbox.counts()).items():
        rows.labels(platform, bot, state).set(count)
    for waiting in await unit.outbox.backlog(now):
        ready.labels(waiting.platform, waiting.bot).set(waiting.rows)
        age.labels(waiting.platform, waiting.bot).set((now - waiting.oldest).total_seconds())


async def _sources(registry: CollectorRegistry, unit: UnitOfWork, now: datetime) -> None:
    counted = Gauge("kawalis_sources", "Sources by how they answered last", ["state"], registry=registry)
    lag = Gauge("kawalis_source_lag_seconds", "Since a source answered last", ["source"], registry=registry)
    coverage = await unit.sources.coverage(now)
    counted.labels("asked").set(coverage.sources)
    counted.labels("answered").set(coverage.answered)
    for _, state in await unit.sources.enabled():
        if state.last_answered is not None:
            lag.labels(state.source).set((now - state.last_answered).total_seconds())


async def _digests(registry: CollectorRegistry, unit: UnitOfWork, now: datetime) -> None:
    due = Gauge(
        "kawalis_digests_due", "Digests whose hour has come and that are not written", registry=registry
    )
    lag = Gauge("kawalis_digest_lag_seconds", "How late the latest of them is", registry=registry)
    waiting = await unit.chats.due_subscriptions(now)
    late = [now - each.next_due for each, _ in waiting if each.next_due and each.next_due <= now]
    due.set(len(late))
    lag.set(max(late).total_seconds() if late else 0)


async def _alarms(registry: CollectorRegistry, unit: UnitOfWork, now: datetime) -> None:
    """What the operators hear of: sources that are silent, failing or gone, and what they were told of all else."""
    held = Gauge("kawalis_alarms", "Alarms of sources that hold now, by kind", ["code"], registry=registry)
    told = Gauge("kawalis_alarms_told", "Alarms written to operators in the last day", registry=registry)
    for alarm in source_alarms(await unit.sources.all(), now, Policy()):
        held.labels(alarm.code).inc()
    told.set(await unit.briefs.count_since("alarm", now - DAY))


class _Counted(Collector):
    """What one process saw since it started."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def collect(self) -> list[CounterMetricFamily]:
        sends = CounterMetricFamily(
            "kawalis_sends",
            "Sends by what became of them; `wait` is a 429",
            labels=["platform", "bot", "result"],
        )
        for labels, count in self._seen.results.items():
            sends.add_metric(list(labels), count)
        recovered = CounterMetricFamily(
            "kawalis_recovered", "What was recovered of the dead", labels=["what"]
        )
        recovered.add_metric(["workflows"], self._seen.recovered_workflows)
        recovered.add_metric(["deliveries"], self._seen.recovered_deliveries)
        recovered.add_metric(["processes"], self._seen.deaths)
        fenced = CounterMetricFamily("kawalis_fenced", "How often this process was taken for dead")
        fenced.add_metric([], self._seen.fenced)
        return [sends, recovered, fenced]
