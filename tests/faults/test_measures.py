"""What is seen from outside: each metric's value moves with what it measures, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.chat.ports import Later, Unknown
from bot.engine.desk import Desk
from bot.engine.sending import Sender
from bot.engine.service import Seen
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
        (Unknown(cause="ReadTimeout"), "resend", "unknown", "ready"),
        (Unknown(cause="ReadTimeout"), "hold", "unknown", "held"),
    ],
)
async def test_what_becomes_of_sends(
    database: Database, answer: Any, policy: Any, result: str, state: str
) -> None:
    """A 429, an answer that was lost, and what is held for the operator: each counts where it is looked for."""
    await write(database, "7", 1)
    seen = Seen()
    desk = Desk(database=database, owner="o", clock=Hands(), fenced=False)
    there = Sender(
        desk=desk, platform="telegram", bot="7", post=Scripted(answer), ambiguous=policy, results=seen.results
    )
    name = f"kawalis_sends_total{{bot=7,platform=telegram,result={result}}}"
    assert name not in await values(database, seen=seen)
    assert await there.once() == 1
    found = await values(database, seen=seen)
    assert found[name] == 1
    assert found[f"kawalis_deliveries{{bot=7,platform=telegram,state={state}}}"] == 1


async def test_what_was_recovered_of_the_dead(database: Database) -> None:
    """Deaths seen, workflows resumed, deliveries given back, and how often we were taken for dead ourselves."""
    seen = Seen(recovered_workflows=2, recovered_deliveries=7, deaths=1, fenced=3)
    found = await values(database, seen=seen)
    assert [found[f"kawalis_recovered_total{{what={what}}}"] for what in ("workflows", "deliveries", "processes")] == [
        2, 7, 1,
    ]  # fmt: skip
    assert found["kawalis_fenced_total{}"] == 3


async def test_the_processes_at_work(database: Database) -> None:
    """Those that have joined, by role; one that has left is not among them."""
    async with database.unit() as unit:
        for name, role in (("a", "deliver"), ("b", "deliver"), ("c", "collect")):
            worker = Worker(id=name, owner=name, role=role, host="h", pid=1, beats=0, started=NOW)
            await unit.workers.join(worker)
        await unit.workers.leave("b")
        await unit.commit()
    found = await values(database)
    assert (found["kawalis_workers{role=deliver}"], found["kawalis_workers{role=collect}"]) == (1, 1)


async def test_how_far_a_source_is_behind(database: Database) -> None:
    """Seconds since each source answered last, and which alarms hold: it fails until it has answered again."""
    async with database.unit() as unit:
        await unit.sources.upsert([source("nahar"), source("dar")])
        state, fine = [state for _, state in await unit.sources.all()][::-1]
        assert state.source == SourceId("nahar")
        bad = replace(state, last_answered=NOW - 2 * HOUR, failures=9, last_error="http_500")
        await unit.sources.save_states([bad, replace(fine, last_answered=NOW)])
        await unit.commit()
    found = await values(database)
    assert found["kawalis_source_lag_seconds{source=nahar}"] == 7200
    assert found["kawalis_alarms{code=failing}"] == 1
    async with database.unit() as unit:
        await unit.sources.save_states([replace(bad, last_answered=NOW, failures=0, last_error=None)])
        await unit.commit()
    found = await values(database)
    assert found["kawalis_source_lag_seconds{source=nahar}"] == 0
    assert "kawalis_alarms{code=failing}" not in found


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
        await unit.chats.subscribe(
            Subscription(
                id="s", chat=key, topic=TopicId("t"), time=720, zone="UTC", created=NOW, next_due=NOW
            )
        )
        await unit.commit()
    early = await values(database, NOW - timedelta(seconds=1))
    assert (early["kawalis_digests_due{}"], early["kawalis_digest_lag_seconds{}"]) == (0, 0)
    late = await values(database, NOW + HOUR)
    assert (late["kawalis_digests_due{}"], late["kawalis_digest_lag_seconds{}"]) == (1, 3600)
