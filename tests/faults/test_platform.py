"""What platforms, disks and transactions do to a delivery; in one process, on both databases."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from adapters.chat.ports import Gone, Later, Moved, SendResult, Sent, Sure, Unknown, at_once
from bot.delivering import Publisher
from bot.engine import durable, workflows
from bot.engine.desk import Desk
from bot.engine.durable import Durable, drain_id
from bot.engine.sending import AHEAD, Sender
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.chats import Chat
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import Target
from storage.tables.briefs import briefs
from storage.tables.outbox import edition_parts
from storage.workers import Worker
from summaries.types import TopicId

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
BOT = ("telegram", "7")


class Scripted:
    """A `Post` that answers what it was told, then accepts. A call that is lost may have been accepted."""

    def __init__(self, *answers: SendResult) -> None:
        self.answers = list(answers)
        self.accepted: list[str] = []
        self.edited: list[str] = []

    def parts(self, message: object) -> list[str]:
        return ["{}"]

    async def send(self, address: Any, payload: str, *, sure: Sure = at_once, **_: Any) -> SendResult:
        await sure()
        answer = self.answers.pop(0) if self.answers else Sent(message="1")
        if isinstance(answer, Sent | Unknown):
            self.accepted.append(address.chat)
        return answer

    async def edit(self, address: Any, message: str, payload: str, *, sure: Sure = at_once) -> SendResult:
        await sure()
        self.edited.append(message)
        return Sent(message=message)


class Hands:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def write(database: Database, *chats: str, edition: str = "e") -> None:
    async with database.unit() as unit:
        targets = [Target(platform="telegram", bot="7", chat=chat) for chat in chats]
        await unit.outbox.publish(edition, {"telegram": ["{}"]}, targets, now=NOW)
        await unit.commit()


def sender(database: Database, post: Scripted, clock: Hands, policy: str = "resend") -> Sender:
    desk = Desk(database=database, owner="o", clock=clock, fenced=False)
    return Sender(desk=desk, platform="telegram", bot="7", post=post, ambiguous=policy)  # type: ignore[arg-type]


async def states(database: Database) -> dict[str, int]:
    found: Counter[str] = Counter()
    async with database.reading() as unit:
        for (_, _, state), count in (await unit.outbox.counts()).items():
            found[state] += count
    return dict(found)


async def test_429_holds_the_whole_bot(database: Database) -> None:
    """`retry_after` is a `not_before` for every row of the bot, those of other chats too."""
    clock, post = Hands(), Scripted(Later(seconds=30))
    await write(database, *map(str, range(AHEAD + 2)))
    assert await sender(database, post, clock).once() == AHEAD
    assert await states(database) == {"sent": AHEAD - 1, "ready": 3}
    clock.now = NOW + timedelta(seconds=29)
    assert await sender(database, post, clock).once() == 0
    clock.now = NOW + timedelta(seconds=31)
    assert await sender(database, post, clock).once() == 3
    assert await states(database) == {"sent": AHEAD + 2}


async def test_a_chat_that_has_to_wait_holds_nobody_else(database: Database) -> None:
    """A wait that is the chat's alone is the row's own `not_before`; the bot's other chats are served."""
    clock, post = Hands(), Scripted(Later(seconds=30, whole_bot=False))
    chats = [str(number) for number in range(AHEAD + 1)]
    await write(database, *chats)
    assert await sender(database, post, clock).once() == AHEAD
    clock.now = NOW + timedelta(seconds=29)
    assert await sender(database, post, clock).once() == 1
    assert sorted(post.accepted) == sorted(chats[1:])
    clock.now = NOW + timedelta(seconds=31)
    assert await sender(database, post, clock).once() == 1
    assert sorted(post.accepted) == sorted(chats)


async def test_blocked_cancels_and_pauses(database: Database) -> None:
    """403: nothing more is sent to that chat, and its subscriptions pause; others go on."""
    async with database.unit() as unit:
        await unit.chats.put(Chat(platform="telegram", bot="7", chat="1", created=NOW))
        await unit.commit()
    for number in range(AHEAD + 2):
        await write(database, "1", edition=f"e{number}")
    await write(database, "2", edition="another")
    await sender(database, Scripted(Gone(cause="blocked")), Hands()).once()
    assert await states(database) == {"cancelled": 1 + 2, "sent": AHEAD - 1, "ready": 1}
    async with database.reading() as unit:
        chat = await unit.chats.get(ChatKey(platform="telegram", bot="7", chat="1"))
    assert chat is not None
    assert chat.paused


async def test_a_migrated_chat_gets_it_under_its_new_id(database: Database) -> None:
    """The row goes to the id that the platform named, once."""
    post = Scripted(Moved(chat="-1007"))
    await write(database, "-7")
    there = sender(database, post, Hands())
    assert await there.once() == 1
    assert await there.once() == 1
    assert post.accepted == ["-1007"]


@pytest.mark.parametrize(("policy", "sends", "left"), [("resend", 2, "sent"), ("hold", 1, "held")])
async def test_a_lost_answer(database: Database, policy: str, sends: int, left: str) -> None:
    """A time-out after the platform accepted: `resend` sends again after a pause, `hold` parks it."""
    clock, post = Hands(), Scripted(Unknown(cause="ReadTimeout"))
    await write(database, "1")
    there = sender(database, post, clock, policy)
    await there.once()
    assert await there.once() == 0
    clock.now += timedelta(minutes=1)
    await there.once()
    assert len(post.accepted) == sends
    assert await states(database) == {left: 1}


async def test_answers_that_are_always_lost_are_parked_in_the_end(database: Database) -> None:
    """`resend` does not double a message for ever: after twelve tries it is held for the operator."""
    clock, post = Hands(), Scripted(*[Unknown(cause="ReadTimeout")] * 20)
    await write(database, "1")
    there = sender(database, post, clock)
    for _ in range(20):
        await there.once()
        clock.now += timedelta(hours=1)
    assert len(post.accepted) == 12
    assert await states(database) == {"held": 1}


async def test_a_rollback_leaves_neither_rows_nor_work(database: Database) -> None:
    """An edition, its parts, its rows and the drain that sends them are one transaction: all are there, or none."""
    workflows.bind(None)
    engine = Durable(database, "test:deliver", [durable.TICKING])
    await engine.open(workflows.tick)
    publisher = Publisher({})
    publisher.enqueue = engine.enqueue_drains
    edition = Edition(id="e", topic=TopicId("t"), language="ar", start=NOW, end=NOW, created=NOW)
    targets = [Target(platform="telegram", bot="7", chat="1")]
    try:
        for keep in (False, True):
            async with database.unit() as unit:
                await publisher.put(unit, edition, {"telegram": ["{}"]}, targets, priority=5)
                if keep:
                    await unit.commit()
            assert await states(database) == ({"ready": 1} if keep else {})
            async with database.reading() as unit:
                for table in (briefs, edition_parts):
                    rows = await unit.connection.scalar(select(func.count()).select_from(table))
                    assert rows == int(keep)
            wanted = {drain_id("telegram", "7", 1): "ENQUEUED"} if keep else {}
            assert await engine.unfinished_drains() == wanted
    finally:
        await engine.close()


async def test_the_dead_take_nothing(database: Database) -> None:
    """A process that was declared dead claims no row, and what it held is given back."""
    await write(database, "1")
    worker = Worker(id="a", owner="a/1", role="deliver", host="h", pid=1, beats=0, started=NOW)
    async with database.unit() as unit:
        await unit.workers.join(worker)
        claimed = await unit.outbox.claim({BOT: 9}, owner="a/1", now=NOW, fenced=True)
        assert len(claimed) == 1
        assert await unit.workers.release_orphans("resend") == 0
        assert await unit.workers.bury(worker)
        assert await unit.workers.release_orphans("resend") == 1
        assert await unit.outbox.claim({BOT: 9}, owner="a/1", now=NOW, fenced=True) == []
        assert not await unit.workers.beat("a/1")
        await unit.commit()


async def test_a_full_disk(tmp_path: Path) -> None:
    """A unit that finds no room is rolled back whole and says so; with room again, everything goes on."""
    database = await Database.open(f"sqlite:///{tmp_path / 'k.db'}")
    try:
        await database.migrate()
        await write(database, "1")
        async with database.unit() as unit:
            pages = await unit.connection.scalar(text("PRAGMA page_count"))
            await unit.connection.execute(text(f"PRAGMA max_page_count = {pages + 400}"))
            targets = [Target(platform="telegram", bot="7", chat=str(chat)) for chat in range(20_000)]
            with pytest.raises(Exception, match="full"):
                await unit.outbox.publish("big", {"telegram": ["{}"]}, targets, now=NOW)
            await unit.connection.rollback()
            await unit.connection.execute(text("PRAGMA max_page_count = 1000000000"))
        assert await states(database) == {"ready": 1}
        await sender(database, Scripted(), Hands()).once()
        assert await states(database) == {"sent": 1}
    finally:
        await database.close()


async def test_a_locked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the file, sends that happened stay unmarked here; they are marked when it lets
    go, and none is sent twice.
    """
    from storage import sqlite

    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 50)
    file = tmp_path / "k.db"
    database = await Database.open(f"sqlite:///{file}")
    try:
        await database.migrate()
        await write(database, "1", "2")
        post = Scripted()
        there = sender(database, post, Hands())
        other = sqlite.driver().connect(file, isolation_level=None)  # a second library would undo its locks
        there.desk.open.append(there)
        assert await there.desk.turn()
        await asyncio.gather(*there._under_way)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError):
            await there.desk.turn()
        assert await states(database) == {"claimed": 2}
        other.execute("ROLLBACK")
        other.close()
        await there.desk.turn()
        assert await states(database) == {"sent": 2}
        assert not await there.desk.turn()
        assert len(post.accepted) == 2
    finally:
        await database.close()
