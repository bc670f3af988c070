"""What a service writes as it runs goes in time: no table grows for ever but those that people fill."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from dbos import DBOS
from slack_sdk.oauth.installation_store.models.installation import Installation
from sqlalchemy import text

from adapters.slack.installations import stores
from bot.engine import durable, workflows
from bot.engine.durable import Durable
from bot.keeping import Keeping
from storage.chat_keys import ChatKey
from storage.database import Database
from storage.outbox import Target
from storage.tables.base import metadata
from storage.told import Told
from summaries.types import StoryId
from tests.fakes.patience import PATIENCE

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)

BY_RETENTION = (
    "articles revisions entries analyses matches search_documents story_members merged_stories briefs written "
    "model_use told edition_parts deliveries"
)
BY_PEOPLE = (
    "chats subscriptions follows mutes seen editors drafts audit"  # what they chose, and the record of acts
)
ONE_EACH = "sources source_states workers leases drains slack_bots slack_installations"  # or one for a thing of its own
WHEN_ISSUED = "slack_oauth_states"  # see tests/slack/test_oauth.py


class Stages:
    """What the workflows call: nothing, but that every other look fails."""

    def __init__(self, database: Database) -> None:
        self.database, self.runs = database, 0

    async def ticked(self) -> None:
        self.runs += 1

    async def collect(self) -> None:
        self.runs += 1
        if self.runs % 2:
            raise RuntimeError("of the test")

    async def decide(self) -> None:
        self.runs += 1

    async def drain(self, platform: str, bot: str, number: int) -> None:
        async with self.database.unit() as unit:
            await unit.workers.drain_ended(platform, bot, number)
            await unit.commit()


@asynccontextmanager
async def running(database: Database) -> AsyncIterator[Durable]:
    engine = Durable(database, "test:all", durable.QUEUES)
    await engine.open(workflows.tick)
    try:
        yield engine
    finally:
        await engine.close()


async def rows(database: Database) -> Mapping[str, int]:
    """How many rows each table of the database has, the engine's own among them."""
    found: dict[str, int] = {}
    async with database.reading() as unit:
        if unit.workers.postgresql:
            listed = (
                "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('dbos', 'public')"
            )
        else:
            listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        for name in (await unit.connection.execute(text(listed))).scalars().all():
            count = await unit.connection.scalar(text(f"SELECT count(*) FROM {name}"))
            found[name.rpartition(".")[2]] = count or 0
    return found


async def idle() -> None:
    async with asyncio.timeout(PATIENCE):
        while await DBOS.list_workflows_async(status=["ENQUEUED", "PENDING", "DELAYED"]):
            await asyncio.sleep(0.05)


async def test_finished_work_leaves_no_row_behind(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ticks, looks that fail and that do not, and drains, over two lives of a process: once they are finished and
    looked at no more, the engine's tables hold what they held before, in one go however many there are.
    """
    monkeypatch.setattr(durable, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(durable, "DRAIN_POLL_SECONDS", 0.05)
    monkeypatch.setattr(durable, "FORGOTTEN_AT_ONCE", 3)
    workflows.bind(Stages(database))
    try:
        async with running(database):
            pass
        before = await rows(database)
        for _ in range(2):
            async with running(database) as engine:
                for bot in ("7", "8"):
                    await asyncio.to_thread(DBOS.trigger_schedule, "minute")
                    await engine.enqueue_once(durable.COLLECT, durable.COLLECTING)
                    await engine.enqueue_once(durable.DECIDE, durable.DECIDING)
                    async with database.unit() as unit:
                        await engine.enqueue_drains(unit, [("telegram", bot)])
                        await unit.commit()
                    await idle()
                assert await engine.forget_finished() == 0  # whoever looks may look for an hour
                assert (await rows(database))["workflow_status"] >= before["workflow_status"] + 8
                with monkeypatch.context() as later:
                    later.setattr(durable, "KEPT", -timedelta(minutes=5))
                    assert await engine.forget_finished() >= 8
                    if (await rows(database))["workflow_status"]:  # the real minute has just come
                        await idle()
                        await engine.forget_finished()
        after = dict(await rows(database))
        assert after.pop("drains") == 2
        assert after == {name: count for name, count in before.items() if name != "drains"} | {
            "workflow_status": 0, "workflow_input": 0, "workflow_output": 0, "operation_outputs": 0,
        }  # fmt: skip
    finally:
        workflows.bind(None)


def test_of_every_table_it_is_known_how_it_ends() -> None:
    """A table that is new is trimmed by retention, filled by people, or has one row for each thing that there is."""
    known = f"{BY_RETENTION} {BY_PEOPLE} {ONE_EACH} {WHEN_ISSUED}".split()
    assert sorted(known) == sorted(metadata.tables)


async def test_what_is_remembered_of_the_past_goes_in_time(database: Database) -> None:
    """Which message told a story in a chat that nobody asks in any more, the model's use of a day, and what operators
    were told of one moment: after thirty days each is gone, and not before. What operators were told of what may hold
    again stays.
    """
    key = ChatKey(platform="telegram", bot="7", chat="1")
    incidents = [
        "audience:2024-03-28T12:00",
        "missed:2024-03-28T12",
        "topic-gone:t:2024-03-28",
        "alarm:gone:nahar:x",
    ]
    async with database.unit() as unit:
        await Told(unit.connection).put(key, {StoryId("s"): "5"}, now=NOW, since=NOW - DAY)
        await unit.writing.add_tokens(date(2024, 3, 28), 10)
        for incident in incidents:
            target = Target(platform="telegram", bot="7", chat="1")
            await unit.outbox.publish(f"operators:{incident}", {"telegram": ["{}"]}, [target], now=NOW)
        for row in await unit.outbox.claim({("telegram", "7"): 9}, owner="o", now=NOW):
            await unit.connection.execute(text(f"UPDATE deliveries SET state = 'sent' WHERE id = {row.id}"))
        await unit.commit()
    services: Any = SimpleNamespace(database=database, settings=SimpleNamespace(retention_days=1))
    names = ("told", "model_use", "deliveries", "edition_parts")
    await Keeping(services).tick(NOW + 30 * DAY)
    found = await rows(database)
    assert [found[name] for name in names] == [1, 1, 4, 4]
    await Keeping(services).tick(NOW + 31 * DAY + timedelta(minutes=1))
    found = await rows(database)
    assert [found[name] for name in names] == [0, 0, 1, 1]
    async with database.reading() as unit:
        assert await unit.outbox.addressed([f"operators:{incidents[-1]}"])


async def test_a_workspace_that_installs_again_and_again_is_kept_once(database: Database) -> None:
    """Of each workspace the newest installation is kept, and its token is the one that is found."""
    kept, _ = stores(database.engine, "client")
    for turn in range(3):
        for team in ("T1", "T2"):
            await kept.async_save(
                Installation(app_id="A", team_id=team, user_id="U1", bot_token=f"{team}-{turn}", bot_id="B",
                             installed_at=NOW.timestamp() + turn)
            )  # fmt: skip
    found = await rows(database)
    assert (found["slack_bots"], found["slack_installations"]) == (2, 2)
    for team in ("T1", "T2"):
        bot = await kept.async_find_bot(enterprise_id=None, team_id=team)
        assert bot is not None
        assert bot.bot_token == f"{team}-2"
