"""The desk of a process: many bots in one transaction, and nothing forgotten when a turn fails or a bot leaves."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.engine.desk import Desk
from bot.engine.sending import AHEAD, Sender
from storage.database import Database
from storage.errors import Unreachable
from storage.outbox import Outbox, Target
from storage.unit_of_work import UnitOfWork
from tests.faults.test_platform import NOW, Hands, Scripted, states


async def write(database: Database, bot: str, chats: int, edition: str = "e") -> None:
    async with database.unit() as unit:
        targets = [Target(platform="telegram", bot=bot, chat=str(chat)) for chat in range(chats)]
        await unit.outbox.publish(edition, {"telegram": [f"of {bot}"]}, targets, now=NOW)
        await unit.commit()


def sender(desk: Desk, bot: str, post: Any) -> Sender:
    return Sender(desk=desk, platform="telegram", bot=bot, post=post)


async def test_all_bots_share_a_turn(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two commits a round for any number of bots: one that claims for all, one that marks for all. No bot is claimed
    for beyond what a crash may double.
    """
    commits = 0
    whole = UnitOfWork.commit

    async def counted(self: UnitOfWork) -> None:
        nonlocal commits
        commits += 1
        await whole(self)

    bots = [str(number) for number in range(5)]
    for bot in bots:
        await write(database, bot, 12, edition=bot)
    monkeypatch.setattr(UnitOfWork, "commit", counted)
    desk = Desk(database=database, owner="o", clock=Hands(), fenced=False)
    posts = {bot: Scripted() for bot in bots}
    lines = [sender(desk, bot, posts[bot]) for bot in bots]
    desk.open.extend(lines)
    await desk.turn()
    assert commits == 1
    assert [len(line.held) for line in lines] == [AHEAD] * 5
    await asyncio.gather(*(task for line in lines for task in line._under_way))
    for line in lines:
        line.leaving.set()
    await desk.turn()
    assert commits == 2
    assert await states(database) == {"sent": 5 * AHEAD, "ready": 5 * (12 - AHEAD)}
    assert all(len(post.accepted) == AHEAD for post in posts.values())


async def test_a_turn_that_marked_is_followed_by_another_at_once(database: Database) -> None:
    """Everything that was claimed is sent and marked in one turn, and more is due: the desk does not wait as it does
    before an empty outbox.
    """
    await write(database, "7", AHEAD + 2)
    desk = Desk(database=database, owner="o", clock=Hands(), fenced=False)
    line = sender(desk, "7", Scripted())
    desk.open.append(line)
    assert await desk.turn()
    await asyncio.gather(*line._under_way)
    assert await desk.turn()
    assert not line.held
    assert await desk.turn()
    await asyncio.gather(*line._under_way)
    await desk.turn()
    assert await states(database) == {"sent": AHEAD + 2}
    assert not await desk.turn()


async def test_a_claim_whose_answer_was_lost(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database keeps a claim and its answer is lost: the rows are not left with an owner who does not know of
    them. They are sent in the next turn, once, and none before its claim is kept. What another process has claimed
    stays claimed.
    """
    await write(database, "7", 3)
    await write(database, "8", 2, edition="of another process")
    async with database.unit() as unit:
        await unit.outbox.claim({("telegram", "8"): 2}, owner="another", now=NOW)
        await unit.commit()
    whole = UnitOfWork.commit

    async def lost(self: UnitOfWork) -> None:
        monkeypatch.setattr(UnitOfWork, "commit", whole)
        await whole(self)
        raise Unreachable("storage.unreachable", cause="the connection broke")

    post = Scripted()
    there = sender(Desk(database=database, owner="o", clock=Hands(), fenced=False), "7", post)
    there.desk.open.append(there)
    monkeypatch.setattr(UnitOfWork, "commit", lost)
    with pytest.raises(Unreachable):
        await there.desk.turn()
    for _ in range(5):
        await asyncio.sleep(0)
    assert post.accepted == []
    assert await states(database) == {"claimed": 3 + 2}
    assert await there.desk.turn()
    await asyncio.gather(*there._under_way)
    await there.desk.turn()
    assert await states(database) == {"sent": 3, "claimed": 2}
    assert sorted(post.accepted) == ["0", "1", "2"]


class Slow(Scripted):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()

    async def send(self, address: Any, payload: str, **more: Any) -> Any:
        await self.let.wait()
        return await super().send(address, payload, **more)


async def test_who_leaves_finishes_what_it_holds(database: Database) -> None:
    """A bot that is given up is told so in the middle of its sends, and of a turn: what is claimed for it is sent and
    marked before it goes, so that another may take the bot over.
    """
    await write(database, "7", 25)
    post = Slow()
    desk = Desk(database=database, owner="o", clock=Hands(), fenced=False)
    there = sender(desk, "7", post)
    serving = asyncio.create_task(desk.run())
    running = asyncio.create_task(there.run())
    async with asyncio.timeout(20):
        while not there.held:
            await asyncio.sleep(0)
        there.leaving.set()
        for _ in range(3):
            await desk.next_turn()
        assert not running.done()
        post.let.set()
        await running
    serving.cancel()
    found = await states(database)
    assert found == {"sent": len(post.accepted), "ready": 25 - len(post.accepted)}
    assert desk.open == []


async def test_who_leaves_in_the_middle_of_a_claim_sends_what_comes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bot is given up while the database is claiming for it: what it then gets is sent and marked before it goes."""
    await write(database, "7", 3)
    claiming, go_on, claim = asyncio.Event(), asyncio.Event(), Outbox.claim

    async def slowly(self: Outbox, *given: Any, **more: Any) -> Any:
        found = await claim(self, *given, **more)
        if found:
            claiming.set()
            await go_on.wait()
        return found

    monkeypatch.setattr(Outbox, "claim", slowly)
    desk = Desk(database=database, owner="o", clock=Hands(), fenced=False)
    there = sender(desk, "7", Scripted())
    serving, running = asyncio.create_task(desk.run()), asyncio.create_task(there.run())
    async with asyncio.timeout(20):
        await claiming.wait()
        there.leaving.set()
        for _ in range(5):
            await asyncio.sleep(0)
        go_on.set()
        await running
    serving.cancel()
    assert await states(database) == {"sent": 3}


async def test_what_was_cancelled_is_of_unknown_outcome(database: Database) -> None:
    """Sends that are broken off may have arrived: they stay claimed until their owner is seen to be gone, and are not
    given back as if they had never left. What had not left does not leave any more, and nothing else is claimed.
    """
    await write(database, "7", 3)
    desk = Desk(database=database, owner="o", clock=Hands(), fenced=False)
    post = Slow()
    there = sender(desk, "7", post)
    running = asyncio.create_task(there.run())
    await asyncio.sleep(0)
    await desk.turn()
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    post.let.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert post.accepted == []
    await write(database, "7", 2, edition="later")
    desk.wake(there.key)
    desk._doubtful = True
    await desk.turn()
    assert await states(database) == {"claimed": 3, "ready": 2}


async def test_who_is_not_sure_sends_nothing(database: Database) -> None:
    """While a process may have been taken for dead, what it has claimed does not leave; once its heart has beaten, it
    does. An edit waits as a new message does.
    """
    async with database.unit() as unit:
        targets = [
            Target(platform="telegram", bot="7", chat="1"),
            Target(platform="telegram", bot="7", chat="2", edits=("55",)),
        ]
        await unit.outbox.publish("e", {"telegram": ["{}"]}, targets, now=NOW)
        await unit.commit()
    beaten, post = asyncio.Event(), Scripted()
    desk = Desk(database=database, owner="o", clock=Hands(), fenced=False)
    there = Sender(desk=desk, platform="telegram", bot="7", post=post, sure=beaten.wait)  # type: ignore[arg-type]
    desk.open.append(there)
    await desk.turn()
    for _ in range(5):
        await asyncio.sleep(0)
    assert (len(there.held), post.accepted, post.edited) == (2, [], [])
    beaten.set()
    await asyncio.gather(*there._under_way)
    assert (post.accepted, post.edited) == (["1"], ["55"])


async def test_a_row_of_later_is_found_when_it_is_due(database: Database) -> None:
    """An outbox in which nothing is due is not asked in every turn, but at once where something was written for it."""
    hands, post = Hands(), Scripted()
    desk = Desk(database=database, owner="o", clock=hands, fenced=False)
    there = sender(desk, "7", post)
    desk.open.append(there)
    assert not await desk.turn()
    await write(database, "7", 1)
    assert not await desk.turn()
    desk.wake(("telegram", "7"))
    hands.now += timedelta(seconds=1)
    assert await desk.turn()
