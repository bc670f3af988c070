"""What is seen from outside: each metric's value moves with what it measures, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.chat.ports import Later, Unknown
from bot.engine.desk import Desk
from bot.engine.heart import Around
from bot.engine.sending import Sender
from bot.engine.service import Seen, Service
from bot.measures import Measures
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.chats import Chat, Subscription
from storage.database import Database
from storage.outbox import Mark, Target
from storage.workers import Worker
from summaries.types import SourceId, TopicId
from tests.faults.test_platform import Hands, Scripted
from tests.storage.things import source

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def values(database: Database, now: datetime = NOW, seen: Seen | None = None) -> dict[str, float]:
    """Every metric as `name{label=value,…}`."""
    application: Any = SimpleNamespace(kernel=SimpleNamespace(database=database, now=lambda: now))
    service: Any = SimpleNamespace(seen=seen) if seen else None
    text = (await Measures(application, service).text()).decode()
    return {
        sample.name + "{" + ",".join(f"{k}={v}" for k, v in sorted(sample.labels.items())) + "}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def write(database: Database, bot: str, chats: int, *, at: datetime = NOW) -> None:
    async with database.unit() as unit:
        targets = [Target(platform="telegram", bot=bot, chat=str(chat)) for chat in range(chats)]
        await unit.outbox.publish(f"e{bot}", {"telegram": ["{}"]}, targets, now=at)
        await unit.commit()


async def test_what_waits_is_counted_for_each_bot(database: Database) -> None:
    """Due rows and the age of the oldest, bot by bot; what is sent, or not yet due, is not among them."""
    await write(database, "7", 3)
    await write(database, "8", 1, at=NOW - HOUR)
    found = await values(database, NOW + timedelta(seconds=90))
    assert found["kawalis_deliveries{bot=7,platform=telegram,state=ready}"] == 3
    assert found["kawalis_ready_rows{bot=7,platform=telegram}"] == 3
    assert found["kawalis_oldest_ready_seconds{bot=7,platform=telegram}"] == 90
    assert found["kawalis_oldest_ready_seconds{bot=8,platform=telegram}"] == 3690
    async with database.unit() as unit:
        await unit.outbox.postpone("telegram", "7", NOW + 2 * HOUR)
        [row] = await unit.outbox.claim({("telegram", "8"): 1}, owner="o", now=NOW)
        await unit.outbox.mark([Mark(id=row.id, state="sent", message="1")], owner="o", now=NOW)
        await unit.commit()
    found = await values(database, NOW + timedelta(seconds=90))
    assert not [name for name in found if name.startswith("kawalis_ready_rows")]
    assert found["kawalis_deliveries{bot=8,platform=telegram,state=sent}"] == 1


@pytest.mark.parametrize(
    ("answer", "policy", "result", "state"),
    [
        (Later(seconds=3), "resend", "wait", "ready"),
        (Later(seconds=3, whole_bot=False), "resend", "paced", "ready"),
        (Unknown(cause="ReadTimeout"), "resend", "unknown", "ready"),
        (Unknown(cause="ReadTimeout"), "hold", "unknown", "held"),
    ],
)
async def test_what_becomes_of_sends(
    database: Database, answer: Any, policy: Any, result: str, state: str
) -> None:
    """A 429, an answer that was lost, and what is held for the operator: each counts where it is looked for."""
    await write(database, "7", 2)
    seen = Seen()
    desk = Desk(database=database, owner="o", clock=Hands(), fenced=False)
    there = Sender(
        desk=desk,
        platform="telegram",
        bot="7",
        post=Scripted(answer, answer),
        ambiguous=policy,
        results=seen.results,
    )
    name = f"kawalis_sends_total{{bot=7,platform=telegram,result={result}}}"
    assert name not in await values(database, seen=seen)
    assert await there.once() == 2
    found = await values(database, seen=seen)
    assert found[name] == 2
    assert found[f"kawalis_deliveries{{bot=7,platform=telegram,state={state}}}"] == 2


async def test_what_was_recovered_of_the_dead(database: Database) -> None:
    """Deaths seen, workflows resumed, deliveries given back, and how often we were taken for dead ourselves."""
    seen = Seen(recovered_workflows=2, recovered_deliveries=7, deaths=1, fenced=3)
    found = await values(database, seen=seen)
    assert [found[f"kawalis_recovered_total{{what={what}}}"] for what in ("workflows", "deliveries", "processes")] == [
        2, 7, 1,
    ]  # fmt: skip
    assert found["kawalis_fenced_total{}"] == 3


async def test_what_the_recoverer_does_is_counted(database: Database) -> None:
    """Each death that was declared, each workflow that was resumed, each delivery that was given back."""

    async def look_around() -> Around:
        return Around(leads=True, living=[], dead=[worker, worker])

    async def three(*_: object) -> int:
        return 3

    worker = Worker(id="x", owner="x/1", role="deliver", host="h", pid=1, beats=0, started=NOW)
    await write(database, "7", 2)
    async with database.unit() as unit:
        await unit.outbox.claim({("telegram", "7"): 2}, owner="x/1", now=NOW)
        await unit.commit()
    settings = SimpleNamespace(ambiguous_sends="resend")
    kernel = SimpleNamespace(database=database, now=lambda: NOW, new_id=lambda: "t", settings=settings)
    application: Any = SimpleNamespace(kernel=kernel, exclusive_bots=list)
    engine: Any = SimpleNamespace(resume_of_the_dead=three, forget_finished=three, enqueue_once=three)
    heart: Any = SimpleNamespace(look_around=look_around, owner="a/1")
    service = Service(application=application, durable=engine, heart=heart)
    for looks in (1, 2):
        await service._look()
        found = await values(database, seen=service.seen)
        kinds = ("processes", "workflows", "deliveries")
        counted = [found[f"kawalis_recovered_total{{what={what}}}"] for what in kinds]
        assert counted == [2 * looks, 3 * looks, 2]


async def test_the_processes_at_work(database: Database) -> None:
    """Those that have joined, by role; one that has left is not among them."""
    async with database.unit() as unit:
        for name, role in (("a", "deliver"), ("b", "deliver"), ("c", "collect"), ("d", "deliver")):
            worker = Worker(id=name, owner=name, role=role, host="h", pid=1, beats=0, started=NOW)
            await unit.workers.join(worker)
        await unit.workers.leave("b")
        await unit.commit()
    found = await values(database)
    assert (found["kawalis_workers{role=deliver}"], found["kawalis_workers{role=collect}"]) == (2, 1)
    assert found["kawalis_database_up{}"] == 1


async def test_how_far_a_source_is_behind(database: Database) -> None:
    """Seconds since each source answered last, and which alarms hold: it fails until it has answered again."""
    async with database.unit() as unit:
        await unit.sources.upsert([source("nahar"), source("dar"), source("bayan")])
        states = {state.source: state for _, state in await unit.sources.all()}
        bad = replace(
            states[SourceId("nahar")], last_answered=NOW - 2 * HOUR, failures=9, last_error="http_500"
        )
        worse = replace(bad, source=SourceId("bayan"), url=states[SourceId("bayan")].url)
        await unit.sources.save_states([bad, worse, replace(states[SourceId("dar")], last_answered=NOW)])
        await unit.commit()
    found = await values(database)
    assert found["kawalis_source_lag_seconds{source=nahar}"] == 7200
    assert found["kawalis_alarms{code=failing}"] == 2
    assert (found["kawalis_sources{state=asked}"], found["kawalis_sources{state=answered}"]) == (3, 1)
    async with database.unit() as unit:
        good = [replace(each, last_answered=NOW, failures=0, last_error=None) for each in (bad, worse)]
        await unit.sources.save_states(good)
        await unit.commit()
    found = await values(database)
    assert found["kawalis_source_lag_seconds{source=nahar}"] == 0
    assert "kawalis_alarms{code=failing}" not in found
    assert found["kawalis_sources{state=answered}"] == 3


async def test_what_operators_were_told(database: Database) -> None:
    """Alarms of the last day, those of a silent topic among them; older ones are over."""
    async with database.unit() as unit:
        for number, created in enumerate((NOW, NOW - 23 * HOUR, NOW - 25 * HOUR)):
            await unit.briefs.put_edition(
                Edition(id=f"operators:topic:{number}", topic=TopicId("t"), language="ar", start=created,
                        end=created, created=created, kind="alarm")
            )  # fmt: skip
        await unit.commit()
    assert (await values(database))["kawalis_alarms_told{}"] == 2


async def test_how_late_digests_are(database: Database) -> None:
    """How many are due and not written, and how late the latest is; on time there are none."""
    key = ChatKey(platform="telegram", bot="7", chat="1")
    async with database.unit() as unit:
        await unit.chats.put(Chat(platform="telegram", bot="7", chat="1", created=NOW))
        for name, at in (("s", NOW), ("u", NOW + HOUR / 2)):
            await unit.chats.subscribe(
                Subscription(
                    id=name, chat=key, topic=TopicId(name), time=720, zone="UTC", created=NOW, next_due=at
                )
            )
        await unit.commit()
    early = await values(database, NOW - timedelta(seconds=1))
    assert (early["kawalis_digests_due{}"], early["kawalis_digest_lag_seconds{}"]) == (0, 0)
    late = await values(database, NOW + HOUR)
    assert (late["kawalis_digests_due{}"], late["kawalis_digest_lag_seconds{}"]) == (2, 3600)
