"""The wall's clock jumps, by an hour or a day, forward and back again; or two processes have different ones.

What is promised: nothing is lost, each digest's window comes once, and nothing waits for a moment that a wrong clock
named.
"""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from adapters.chat.ports import Later
from bot.alerting import OVERLAP, Alerting
from bot.application import Application, build_application
from bot.assemble import open_kernel
from bot.collecting.hosts import Hosts
from bot.collecting.policy import Policy
from bot.digesting import Digesting
from bot.engine.desk import Desk
from bot.engine.heart import Heart
from bot.engine.sending import Sender
from bot.engine.service import TICK_SILENCE_SECONDS, Service
from bot.keeping import Clocks, Keeping
from storage.alerts import Alerts
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.chats import Chat, Subscription
from storage.database import Database
from storage.outbox import Target
from storage.tables.outbox import deliveries
from storage.workers import Workers
from summaries.types import SourceId, TopicId
from tests.application.conftest import settings
from tests.faults.test_election import LIVES, Ticks, pass_by
from tests.faults.test_platform import Scripted
from tests.storage.things import source

EIGHT = datetime(2024, 3, 28, 8, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
KEY = ChatKey(platform="telegram", bot="7", chat="42")
JUMPS = pytest.mark.parametrize("jump", [HOUR, DAY], ids=["an hour", "a day"])


@dataclass
class Walls:
    """A wall's clock that a test sets."""

    now: datetime = EIGHT

    def __call__(self) -> datetime:
        return self.now


# Digests


@asynccontextmanager
async def subscribed(url: str, **chat: Any) -> AsyncIterator[tuple[Application, Walls]]:
    """One chat with a digest at eight, UTC, which had yesterday's."""
    clock = Walls(EIGHT - 2 * DAY)
    async with open_kernel(settings(), now=clock, sources=(), database_url=url) as kernel:
        made = build_application(kernel, owner="test")
        made.posts["telegram", "7"] = Scripted()
        made.posts["telegram", ""] = Scripted()
        async with kernel.database.unit() as unit:
            await unit.chats.put(Chat(platform="telegram", bot="7", chat="42", created=clock.now, **chat))
            await unit.chats.subscribe(
                Subscription(id="s", chat=KEY, topic=TopicId("us-israel"), time=8 * 60, zone="UTC", created=clock.now,
                             next_due=EIGHT - DAY)
            )  # fmt: skip
            await unit.commit()
        assert await looks(made, clock, EIGHT - DAY) == [1]
        yield made, clock


async def looks(made: Application, clock: Walls, *moments: datetime) -> list[int]:
    """How many digests come in a look at each moment."""
    found = []
    for moment in moments:
        clock.now = moment
        found.append(await Digesting(made.services).tick(moment))
    return found


async def windows(made: Application) -> Counter[str]:
    """How many digests were written for each day from today on; for yesterday it is one."""
    async with made.kernel.database.reading() as unit:
        rows = await unit.connection.execute(select(deliveries.c.edition).where(deliveries.c.part == 0))
        found = Counter(row.edition.split(":", 3)[3][:10] for row in rows)
    assert found.pop("2024-03-27") == 1
    return found


async def test_a_window_that_came_by_a_clock_ahead_is_not_repeated(url: str) -> None:
    """The clock is an hour ahead, the digest comes, and the clock is put back: at the true hour it does not come again,
    and the next day it does.
    """
    async with subscribed(url) as (made, clock):
        assert await looks(made, clock, EIGHT - 30 * MINUTE, EIGHT + 30 * MINUTE) == [0, 1]
        assert await looks(made, clock, EIGHT - 29 * MINUTE, EIGHT, EIGHT + MINUTE, EIGHT + HOUR) == [0] * 4
        assert await looks(made, clock, EIGHT + DAY, EIGHT + DAY + MINUTE) == [1, 0]
        assert await windows(made) == {"2024-03-28": 1, "2024-03-29": 1}


async def test_a_day_ahead_and_back_keeps_every_window(url: str) -> None:
    """The clock is a day ahead and is put back: tomorrow's digest has come and does not come again, and today's,
    which was passed over, comes at its hour.
    """
    async with subscribed(url) as (made, clock):
        assert await looks(made, clock, EIGHT - HOUR, EIGHT - HOUR + DAY + 90 * MINUTE) == [0, 1]
        assert await looks(made, clock, EIGHT - 59 * MINUTE, EIGHT - MINUTE, EIGHT, EIGHT + MINUTE) == [
            0,
            0,
            1,
            0,
        ]
        assert await looks(made, clock, EIGHT + DAY, EIGHT + DAY + MINUTE, EIGHT + 2 * DAY) == [0, 0, 1]
        assert await windows(made) == {"2024-03-28": 1, "2024-03-29": 1, "2024-03-30": 1}


async def test_a_window_called_stale_by_a_clock_ahead_comes_at_its_hour(url: str) -> None:
    """The clock is five hours ahead: today's digest seems missed for too long. Put back in time, it comes."""
    async with subscribed(url) as (made, clock):
        assert await looks(made, clock, EIGHT - 15 * MINUTE, EIGHT + 285 * MINUTE) == [0, 0]
        assert await looks(made, clock, EIGHT - 14 * MINUTE, EIGHT, EIGHT + MINUTE) == [0, 1, 0]
        assert await looks(made, clock, EIGHT + DAY) == [1]


async def test_an_hour_that_went_by_while_the_clock_was_ahead_comes_late(url: str) -> None:
    """The clock is a day ahead and is put back half an hour after the digest's true hour: the digest comes then, late
    and once.
    """
    async with subscribed(url) as (made, clock):
        assert await looks(made, clock, EIGHT - HOUR, EIGHT - HOUR + DAY + 90 * MINUTE) == [0, 1]
        late = EIGHT + 30 * MINUTE
        assert await looks(made, clock, late, late + MINUTE, EIGHT + DAY, EIGHT + 2 * DAY) == [1, 0, 0, 1]


@JUMPS
async def test_a_clock_put_back_repeats_no_window(url: str, jump: timedelta) -> None:
    """The digest came at its hour, and then the clock is put back: what has come does not come again."""
    async with subscribed(url) as (made, clock):
        assert await looks(made, clock, EIGHT, EIGHT + MINUTE) == [1, 0]
        back = EIGHT + 2 * MINUTE - jump
        assert await looks(made, clock, back, back + MINUTE, EIGHT, EIGHT + MINUTE) == [0] * 4
        assert await looks(made, clock, EIGHT + DAY) == [1]
        assert await windows(made) == {"2024-03-28": 1, "2024-03-29": 1}


async def test_two_clocks_ten_minutes_apart_make_one_digest(url: str) -> None:
    """Two processes look in turn, one of them ten minutes ahead: the window comes once, and so does the next."""
    async with subscribed(url) as (made, clock):
        true = [EIGHT + minute * MINUTE for minute in range(-15, 15)]
        both = [moment for each in true for moment in (each, each + 10 * MINUTE)]
        assert sum(await looks(made, clock, *both)) == 1
        assert sum(await looks(made, clock, *(moment + DAY for moment in both))) == 1
        assert await windows(made) == {"2024-03-28": 1, "2024-03-29": 1}


async def test_who_subscribes_by_a_clock_ahead_has_the_next_window(url: str) -> None:
    """Subscribed while the clock was a day ahead: the first digest is the one of the next true hour."""
    async with subscribed(url) as (made, clock):
        async with made.kernel.database.unit() as unit:
            await unit.chats.unsubscribe(KEY)
            wrong = EIGHT - HOUR + DAY
            await unit.chats.subscribe(
                Subscription(id="t", chat=KEY, topic=TopicId("us-israel"), time=8 * 60, zone="UTC", created=wrong,
                             next_due=EIGHT + DAY)
            )  # fmt: skip
            await unit.commit()
        assert await looks(made, clock, EIGHT - 59 * MINUTE, EIGHT, EIGHT + MINUTE, EIGHT + DAY) == [
            0,
            1,
            0,
            1,
        ]


# The outbox


async def write(database: Database, at: datetime, *targets: Target, edition: str = "e") -> None:
    async with database.unit() as unit:
        await unit.outbox.publish(edition, {"telegram": ["{}"]}, targets, now=at)
        await unit.commit()


def aimed(chat: str = "42", not_before: datetime | None = None) -> Target:
    return Target(platform="telegram", bot="7", chat=chat, not_before=not_before)


async def due(database: Database) -> dict[str, datetime]:
    async with database.reading() as unit:
        rows = await unit.connection.execute(select(deliveries.c.chat, deliveries.c.not_before))
        return {row.chat: row.not_before for row in rows}


def services(database: Database, **more: Any) -> Any:
    return SimpleNamespace(database=database, settings=SimpleNamespace(**more))


@pytest.mark.parametrize("ahead", [10 * MINUTE, HOUR, DAY], ids=["ten minutes", "an hour", "a day"])
async def test_what_was_written_by_a_clock_ahead_goes_out_now(database: Database, ahead: timedelta) -> None:
    """A delivery that was due at once when it was written, by a clock that has been put back or a process whose clock
    is another, is due at the next look; what is spread keeps its place in the spread.
    """
    wrong = EIGHT + ahead
    await write(database, wrong, aimed("1"), aimed("2", wrong + 3 * MINUTE))
    assert await Clocks(services(database)).tick(EIGHT) == 2
    assert await due(database) == {"1": EIGHT, "2": EIGHT + 3 * MINUTE}
    assert await Clocks(services(database)).tick(EIGHT + MINUTE) == 0


@JUMPS
async def test_who_sleeps_is_not_woken_by_a_clock_put_back(database: Database, jump: timedelta) -> None:
    """What waits for the end of quiet hours waits for it still: for the next end, and not for one of another day."""
    wrong, seven = EIGHT - 10 * HOUR + jump, EIGHT - HOUR
    end = seven if wrong < seven else seven + DAY
    await write(database, wrong, aimed("1", end))
    for minute in range(3):
        await Clocks(services(database)).tick(EIGHT - 10 * HOUR + minute * MINUTE)
        assert await due(database) == {"1": seven}


async def test_what_waits_by_a_right_clock_waits_on(database: Database) -> None:
    """What was written before, with an hour of its own, is none of a wrong clock's."""
    await write(database, EIGHT, aimed("1", EIGHT + 9 * HOUR), aimed("2", EIGHT + 2 * MINUTE))
    assert await Clocks(services(database)).tick(EIGHT + MINUTE) == 0
    assert await due(database) == {"1": EIGHT + 9 * HOUR, "2": EIGHT + 2 * MINUTE}


@JUMPS
async def test_a_wait_in_seconds_is_over_when_they_have_gone_by(database: Database, jump: timedelta) -> None:
    """The platform said 60 s, and the clock was put back meanwhile: after 60 s the bot sends, and not before."""
    wall, own, post = Walls(EIGHT + jump), Ticks(), Scripted(Later(seconds=60))
    await write(database, EIGHT, aimed("1"), aimed("2"))
    desk = Desk(database=database, owner="o", clock=wall, monotonic=own, fenced=False)
    there = Sender(desk=desk, platform="telegram", bot="7", post=post)
    post.answers.append(Later(seconds=60))
    assert await there.once() == 2
    wall.now, own.now = EIGHT + timedelta(seconds=30), own.now + 30
    assert await there.once() == 0
    wall.now, own.now = EIGHT + timedelta(seconds=61), own.now + 31
    assert await there.once() == 2
    assert sorted(post.accepted) == ["1", "2"]
    assert desk._waits == []


# Processes


@pytest.mark.parametrize("off", [10 * MINUTE, HOUR, -HOUR, DAY])
async def test_a_wrong_clock_kills_nobody(database: Database, off: timedelta) -> None:
    """Two processes whose clocks differ, and one of which jumps: neither takes the other for dead."""
    own, walls = Ticks(), [Walls(), Walls(EIGHT + off)]
    hearts = [
        Heart(database, id=name, role="all", now=wall, new_id=lambda: f"jump-{next(LIVES)}", clock=own)
        for name, wall in zip("ab", walls, strict=True)
    ]
    for heart in hearts:
        await heart.join()
    for wall in (*walls, *walls):
        wall.now += off
        assert await pass_by(own, hearts) == {"a": [], "b": []}
        walls.reverse()


async def test_the_minute_ticks_while_the_schedule_sleeps(database: Database) -> None:
    """The engine's schedule waits for a moment an hour away, since the clock was put back: once no process has ticked
    for a while by a clock that cannot jump, the recoverer does; and it leaves it to the others while they do.
    """
    own, made = Ticks(), iter(range(100))
    asked: list[str] = []

    async def enqueue_once(workflow: str, queue: str) -> None:
        asked.append(queue)

    kernel = SimpleNamespace(database=database, new_id=lambda: f"t{next(made)}", now=Walls())
    application: Any = SimpleNamespace(kernel=kernel)
    engine: Any = SimpleNamespace(enqueue_once=enqueue_once)
    heart: Any = None
    service = Service(application=application, durable=engine, heart=heart, monotonic=own)
    await service.ticked()
    asked.clear()
    for _ in range(5):  # a peer ticks
        async with database.unit() as unit:
            await Workers(unit.connection).ticked(f"peer{next(made)}")
            await unit.commit()
        await service._see_to_ticks()
        own.now += TICK_SILENCE_SECONDS - 1
        await service._see_to_ticks()
    assert asked == []
    own.now += 1
    await service._see_to_ticks()
    assert asked == ["collecting", "deciding"]
    await service._see_to_ticks()
    assert len(asked) == 2


# Collecting, alerts, retention


@JUMPS
async def test_no_source_rests_for_a_clock_that_was_ahead(database: Database, jump: timedelta) -> None:
    """A source that was polled by a clock ahead is due when the clock is right again. A process whose clock is ten
    minutes ahead makes nobody poll twice.
    """
    async with database.unit() as unit:
        await unit.sources.upsert([source("nahar"), source("dar")])
        one, other = [state for _, state in await unit.sources.all()]
        await unit.sources.save_states(
            [
                replace(one, last_polled=EIGHT + jump, next_poll=EIGHT + jump + 6 * HOUR),
                replace(other, last_polled=EIGHT + 10 * MINUTE, next_poll=EIGHT + 25 * MINUTE),
            ]
        )
        await unit.commit()
    async with database.reading() as unit:
        assert [state.source for _, state in await unit.sources.due(EIGHT)] == [one.source]
        assert {state.source for _, state in await unit.sources.due(EIGHT + HOUR)} >= {SourceId(other.source)}


@JUMPS
def test_no_host_rests_for_a_clock_that_was_ahead(jump: timedelta) -> None:
    """A host that asked us to wait is left alone for so long, and not until a moment that a wrong clock named."""
    hosts, url = Hosts(Policy()), "https://nahar.example/feed"
    hosts.pause(url, HOUR, EIGHT + jump)
    hosts.pause(url, MINUTE, EIGHT + jump)
    assert hosts.paused(url, EIGHT + jump + 59 * MINUTE) == EIGHT + jump + HOUR
    assert hosts.paused(url, EIGHT) is None
    hosts.pause(url, MINUTE, EIGHT)
    assert hosts.paused(url, EIGHT) == EIGHT + MINUTE
    assert hosts.paused(url, EIGHT + MINUTE) is None


@JUMPS
async def test_alerts_look_from_now_after_a_clock_was_ahead(
    url: str, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is collected once the clock is right again is news, and does not have to wait until it is older than the
    look that the wrong clock dated.
    """
    since: list[datetime] = []

    async def collected_since(self: Alerts, moment: datetime, floor: datetime) -> list[Any]:
        since.append(moment)
        return []

    monkeypatch.setattr(Alerts, "collected_since", collected_since)
    async with subscribed(url) as (made, _):
        looking = Alerting(made.services)
        for moment in (EIGHT, EIGHT + jump, EIGHT + MINUTE, EIGHT + 2 * MINUTE):
            await looking.tick(moment)
    assert since[2:] == [EIGHT + MINUTE - OVERLAP, EIGHT + MINUTE - OVERLAP]


async def test_an_hour_ahead_deletes_nothing_fresh(database: Database) -> None:
    """With the shortest time that can be set, a day, what is of the last 22 hours survives a clock an hour ahead;
    what was sent survives one that is weeks ahead.
    """
    made = Edition(id="b", topic=TopicId("t"), language="ar", start=EIGHT, end=EIGHT, created=EIGHT)
    async with database.unit() as unit:
        await unit.briefs.put_edition(made)
        await unit.commit()
    await write(database, EIGHT, aimed())
    async with database.unit() as unit:
        [row] = await unit.outbox.claim({("telegram", "7"): 1}, owner="o", now=EIGHT)
        await unit.connection.execute(
            deliveries.update().where(deliveries.c.id == row.id).values(state="sent", owner=None)
        )
        await unit.commit()
    keeping = Keeping(services(database, retention_days=1))
    assert await keeping.tick(EIGHT + 23 * HOUR) == 0
    assert await keeping.tick(EIGHT + 25 * HOUR) == 1  # the edition; its delivery stays
    assert await keeping.tick(EIGHT + 29 * DAY) == 0
    assert len(await due(database)) == 1
