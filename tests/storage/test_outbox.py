"""The outbox, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage.chat_keys import ChatKey
from storage.database import Database
from storage.editors import Draft
from storage.outbox import Mark, Target
from storage.retention import outbox_retention
from storage.tables.outbox import edition_parts

NOW = datetime(2024, 3, 28, 9, 0, tzinfo=UTC)
BOT = ("telegram", "1")


def to(chat: str, **more: object) -> Target:
    return Target(platform="telegram", bot="1", chat=chat, **more)  # type: ignore[arg-type]


async def publish(
    database: Database, edition: str, *targets: Target, parts: int = 1, priority: int = 5
) -> int:
    async with database.unit() as unit:
        payloads = {"telegram": [f"{edition}/{part}" for part in range(parts)]}
        rows = await unit.outbox.publish(edition, payloads, targets, now=NOW, priority=priority)
        await unit.commit()
    return rows


async def claim(database: Database, owner: str = "a", *, at: datetime = NOW, most: int = 10) -> list[str]:
    async with database.unit() as unit:
        claimed = await unit.outbox.claim({BOT: most}, owner=owner, now=at)
        await unit.commit()
    return [f"{d.chat}:{d.payload}" for d in claimed]


async def mark(database: Database, state: str, owner: str = "a", **more: object) -> int:
    async with database.unit() as unit:
        held = range(1, 30)
        marks = [Mark(id=number, state=state, **more) for number in held]  # type: ignore[arg-type]
        marked = await unit.outbox.mark(marks, owner=owner, now=NOW)
        await unit.commit()
    return marked


async def states(database: Database) -> dict[str, int]:
    async with database.reading() as unit:
        return {state: count for (_, _, state), count in (await unit.outbox.counts()).items()}


async def test_an_edition_is_published_once(database: Database) -> None:
    """Publishing the same edition again writes no second row for any chat."""
    assert await publish(database, "e", to("x"), to("y")) == 2
    assert await publish(database, "e", to("x"), to("y"), to("z")) == 1
    assert await states(database) == {"ready": 3}


async def test_a_rollback_leaves_nothing(database: Database) -> None:
    """Rows written in a unit that is not committed are not there."""
    async with database.unit() as unit:
        await unit.outbox.publish("e", {"telegram": ["p"]}, [to("x")], now=NOW)
    assert await claim(database) == []


async def test_a_claimed_row_is_nobody_elses(database: Database) -> None:
    """Two owners never get the same row."""
    await publish(database, "e", to("x"), to("y"))
    assert sorted(await claim(database, "a", most=1) + await claim(database, "b")) == ["x:e/0", "y:e/0"]
    assert await claim(database, "c") == []


async def test_two_that_claim_at_once_share_the_rows(database: Database) -> None:
    """While one owner's claim is under way, another gets the rows that are left, without waiting, and none twice. On
    SQLite there is one writer at a time anyway.
    """
    await publish(database, "e", *(to(chat) for chat in "uvwxyz"))
    if database.kind == "sqlite":
        assert await asyncio.gather(claim(database, "a", most=4), claim(database, "b", most=4)) == [
            [f"{chat}:e/0" for chat in "uvwx"], ["y:e/0", "z:e/0"],
        ]  # fmt: skip
        return
    async with database.unit() as first:
        mine = await first.outbox.claim({BOT: 4}, owner="a", now=NOW)
        theirs = await asyncio.wait_for(claim(database, "b", most=4), 10)
        await first.commit()
    assert sorted([f"{d.chat}:{d.payload}" for d in mine] + theirs) == [f"{chat}:e/0" for chat in "uvwxyz"]
    assert len(theirs) == 2


async def test_urgent_rows_go_first(database: Database) -> None:
    """A digest leaves before a broadcast that was queued earlier."""
    await publish(database, "broadcast", to("x"), priority=7)
    await publish(database, "digest", to("y"), priority=5)
    assert await claim(database, most=1) == ["y:digest/0"]


async def test_nothing_is_sent_before_its_time(database: Database) -> None:
    """A row waits for its `not_before`, and is due at that very moment."""
    later = NOW + timedelta(minutes=5)
    await publish(database, "e", to("x", not_before=later))
    assert await claim(database, at=later - timedelta(microseconds=1)) == []
    assert await claim(database, at=later) == ["x:e/0"]


async def test_parts_go_in_order_and_resume_where_they_stopped(database: Database) -> None:
    """A later part is not claimed before every earlier one is sent, also after a failure in between."""
    await publish(database, "e", to("x"), parts=3)
    assert await claim(database) == ["x:e/0"]
    await mark(database, "sent", message="m")
    assert await claim(database) == ["x:e/1"]
    await mark(database, "ready", not_before=NOW + timedelta(minutes=1))
    assert await claim(database) == []
    assert await claim(database, at=NOW + timedelta(minutes=1)) == ["x:e/1"]


@pytest.mark.parametrize("state", ["held", "failed", "cancelled"])
async def test_no_part_overtakes_one_that_did_not_arrive(database: Database, state: str) -> None:
    """What is held, refused or called off keeps the parts after it back, in its own chat and in no other."""
    await publish(database, "e", to("x"), parts=2)
    assert await claim(database) == ["x:e/0"]
    await mark(database, state)
    await publish(database, "e", to("y"), parts=2)
    assert await claim(database) == ["y:e/0"]
    assert await claim(database) == []
    await mark(database, "sent", message="m")
    assert await claim(database) == ["y:e/1"]


@pytest.mark.parametrize("state", ["sent", "ready", "held", "failed", "cancelled"])
async def test_who_lost_a_row_cannot_mark_it(database: Database, state: str) -> None:
    """A process that woke up after its rows were given away marks nothing, in whatever way."""
    await publish(database, "e", to("x"))
    await claim(database, "sleeper")
    async with database.unit() as unit:
        await unit.workers.release_orphans("resend")
        await unit.commit()
    await claim(database, "peer")
    assert await mark(database, state, "sleeper") == 0
    assert await states(database) == {"claimed": 1}
    assert await mark(database, state, "peer") == 1


async def test_rows_of_the_dead_are_sent_again_or_held(database: Database) -> None:
    """`resend` makes an unmarked row ready again; `hold` parks it and nobody claims it."""
    await publish(database, "e", to("x"))
    await claim(database, "dead")
    async with database.unit() as unit:
        assert await unit.workers.release_orphans("hold") == 1
        await unit.commit()
    assert await states(database) == {"held": 1}
    assert await claim(database, "b") == []


async def test_a_bot_told_to_wait_waits(database: Database) -> None:
    """When a platform asks for a pause, no row of that bot is due before its end."""
    await publish(database, "e", to("x"))
    until = NOW + timedelta(seconds=30)
    async with database.unit() as unit:
        await unit.outbox.postpone(*BOT, until)
        await unit.commit()
    assert await claim(database) == []
    assert await claim(database, at=until) == ["x:e/0"]


async def test_a_chat_that_is_gone_gets_nothing_more(database: Database) -> None:
    """What waits for a chat that blocked us is cancelled; other chats are untouched."""
    await publish(database, "e", to("x"), to("y"), parts=2)
    async with database.unit() as unit:
        assert await unit.outbox.cancel_chat(*BOT, "x", "blocked") == 2
        await unit.commit()
    assert await claim(database) == ["y:e/0"]


async def test_a_correction_takes_the_place_of_what_was_sent(database: Database) -> None:
    """The first parts of a correction name the messages they replace; a part more than those is sent anew."""
    await publish(database, "correction", to("x", edits=("m1", "m2")), parts=3)
    edited = []
    for number in range(1, 4):
        async with database.unit() as unit:
            [delivery] = await unit.outbox.claim({BOT: 10}, owner="a", now=NOW)
            await unit.outbox.mark(
                [Mark(id=delivery.id, state="sent", message=str(number))], owner="a", now=NOW
            )
            await unit.commit()
        edited.append(delivery.edits)
    assert edited == ["m1", "m2", None]


async def test_what_is_over_goes_in_time(database: Database) -> None:
    """What was sent, cancelled or refused goes once it is older than the days that things are kept and thirty, a
    part of it at a time. What waits or is held stays, and so do editors' posts and what operators were told.
    """
    await publish(database, "digest", *(to(f"c{n}") for n in range(5)), parts=2)
    for _ in range(2):
        await claim(database, most=30)
        await mark(database, "sent", message="1")
    await publish(database, "held", to("x"))
    await claim(database)
    async with database.unit() as unit:
        await unit.outbox.mark([Mark(id=11, state="held")], owner="a", now=NOW)
        await unit.editors.put_draft(
            Draft(id="d", chat=ChatKey(platform="telegram", bot="1", chat="n"), author="telegram:7", created=NOW,
                  edition="post")
        )  # fmt: skip
        await unit.commit()
    for edition in ("post", "operators:gone", "refused"):
        await publish(database, edition, to("x"))
        await claim(database)
        async with database.unit() as unit:
            await unit.outbox.mark(
                [Mark(id=n, state="failed" if edition == "refused" else "sent") for n in range(12, 20)],
                owner="a", now=NOW,
            )  # fmt: skip
            await unit.commit()
    await publish(database, "cancelled", to("y"))
    async with database.unit() as unit:
        await unit.outbox.cancel_chat("telegram", "1", "y", "blocked")
        await unit.commit()
    await publish(database, "waits", to("x"))
    late = NOW + timedelta(days=31)

    async def goes(at: datetime, days: int, most: int = 100) -> int:
        async with database.unit() as unit:
            gone = await outbox_retention(unit, at, days, most)
            await unit.commit()
        return gone

    assert await goes(late, 0) == 0  # everything is kept
    assert await goes(late, 40) == 0
    assert await goes(NOW + timedelta(days=29), 1) == 0
    assert await goes(late, 7, most=4) == 4
    assert await goes(late, 7) == 8
    assert await goes(late, 7) == 0
    assert await states(database) == {"held": 1, "sent": 2, "ready": 1}
    async with database.reading() as unit:
        rows = await unit.outbox.connection.execute(select(edition_parts.c.edition))
    assert sorted(row.edition for row in rows) == ["held", "operators:gone", "post", "waits"]


@pytest.mark.parametrize("policy", ["resend", "hold"])
async def test_of_a_split_message_only_what_was_not_marked_goes_again(
    database: Database, policy: str
) -> None:
    """Killed between send and mark: the parts that were marked stay sent, the one of which nobody knows is given back
    or held, and those after it wait for it.
    """
    async with database.unit() as unit:
        await unit.outbox.publish("e", {"telegram": ["0", "1", "2"]}, [to("8")], now=NOW)
        [first] = await unit.outbox.claim({BOT: 5}, owner="dead/1", now=NOW)
        await unit.outbox.mark([Mark(id=first.id, state="sent", message="1")], owner="dead/1", now=NOW)
        [second] = await unit.outbox.claim({BOT: 5}, owner="dead/1", now=NOW)
        assert await unit.workers.release_orphans(policy) == 1
        again = await unit.outbox.claim({BOT: 5}, owner="o", now=NOW)
        assert [row.id for row in again] == ([second.id] if policy == "resend" else [])
        assert [state for state, _ in await unit.outbox.progress(["e"])] == [
            "sent", "claimed" if policy == "resend" else "held", "ready",
        ]  # fmt: skip


async def test_what_is_sent_again_by_the_operator_goes_at_once(database: Database) -> None:
    """`kawalis held --resend`: a row that was not due yet when it was parked is due, and has all its tries again."""
    later = to("9", not_before=NOW + timedelta(hours=8))
    async with database.unit() as unit:
        await unit.outbox.publish("e", {"telegram": ["0"]}, [to("8"), later], now=NOW)
        for _ in range(3):
            [row] = await unit.outbox.claim({BOT: 5}, owner="o", now=NOW)
            await unit.outbox.mark([Mark(id=row.id, state="ready", not_before=NOW)], owner="o", now=NOW)
        assert await unit.outbox.park("restored") == 2
        assert await unit.outbox.settle_held("ready", NOW) == 2
        assert [row.attempts for row in await unit.outbox.claim({BOT: 5}, owner="o", now=NOW)] == [1, 1]
