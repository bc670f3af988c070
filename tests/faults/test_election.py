"""Who looks after the work of the dead: one among the living, and another where that one is dead itself."""

import asyncio
from datetime import UTC, datetime
from itertools import count

import pytest

from bot.engine.heart import FRESH_SECONDS, SILENCE_SECONDS, Fenced, Heart
from storage.database import Database

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
LIVES = count()


class Ticks:
    """A clock that somebody turns."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Ticks:
    return Ticks()


@pytest.fixture
async def hearts(database: Database, clock: Ticks) -> list[Heart]:
    """Three processes at work. The first is the recoverer."""
    made = [
        Heart(
            database, id=name, role="all", now=lambda: NOW, new_id=lambda: f"life-{next(LIVES)}", clock=clock
        )
        for name in "abc"
    ]
    for heart in made:
        await heart.join()
    assert [(await heart.look_around()).leads for heart in made] == [True, False, False]
    return made


async def pass_by(
    clock: Ticks, beating: list[Heart], seconds: float = SILENCE_SECONDS + 1
) -> dict[str, list[str]]:
    """Let time go by, in which these beat and look around each second; whom each of them declared dead."""
    buried: dict[str, list[str]] = {heart.id: [] for heart in beating}
    for _ in range(int(seconds)):
        clock.now += 1
        for heart in beating:
            await heart.beat()
        for heart in beating:
            buried[heart.id] += [worker.id for worker in (await heart.look_around()).dead]
    return buried


async def test_one_leads_for_as_long_as_it_lives(hearts: list[Heart], clock: Ticks) -> None:
    """Everybody looks around, and one of them is the recoverer: the same in every look."""
    for _ in range(3):
        await pass_by(clock, hearts)
        assert [(await heart.look_around()).leads for heart in hearts[::-1]] == [False, False, True]


async def test_only_the_recoverer_buries(hearts: list[Heart], clock: Ticks) -> None:
    """Of a process that is silent all see it, and the recoverer alone declares it dead; that life is over."""
    first, second, third = hearts
    assert await pass_by(clock, [second, first]) == {"b": [], "a": ["c"]}
    with pytest.raises(Fenced):
        await third.beat()


async def test_a_dead_recoverer_is_replaced(hearts: list[Heart], clock: Ticks) -> None:
    """Where the recoverer itself is silent, whoever sees it first declares it dead and takes its part; awake again, it
    has lost both.
    """
    first, second, third = hearts
    assert await pass_by(clock, [second, third]) == {"b": ["a"], "c": []}
    assert [(await heart.look_around()).leads for heart in (third, second)] == [False, True]
    with pytest.raises(Fenced):
        await first.beat()


async def test_who_has_beaten_meanwhile_is_not_buried(hearts: list[Heart], database: Database) -> None:
    """Between the look at a silent process and its burial it may have woken: then it lives on with its work."""
    async with database.unit() as unit:
        looked_at = await unit.workers.get("c")
        assert looked_at is not None
        assert await unit.workers.beat(looked_at.owner)
        assert not await unit.workers.bury(looked_at)
        await unit.commit()
    await hearts[2].beat()


async def test_a_beat_is_of_one_life_alone(hearts: list[Heart], database: Database) -> None:
    """Who was declared dead is told so by its next beat, however many others live, and moves nobody's count."""
    first, second, _ = hearts
    async with database.unit() as unit:
        dead, other = await unit.workers.get("a"), await unit.workers.get("b")
        assert dead is not None
        assert await unit.workers.bury(dead)
        await unit.commit()
    with pytest.raises(Fenced):
        await first.beat()
    async with database.reading() as unit:
        assert await unit.workers.get("b") == other
    await second.beat()


async def test_sure_is_who_has_beaten_just_now(hearts: list[Heart], clock: Ticks, database: Database) -> None:
    """A beat that was kept lets a process send for three seconds. After that it waits for the next one; of a life that
    is over none comes.
    """
    first, second, third = hearts
    clock.now += FRESH_SECONDS
    await asyncio.wait_for(first.sure(), 1)
    clock.now += 0.1
    waiting = [asyncio.create_task(heart.sure()) for heart in hearts]
    async with database.unit() as unit:
        dead = await unit.workers.get("b")
        assert dead is not None
        await unit.workers.bury(dead)
        await unit.commit()
    await first.beat()
    with pytest.raises(Fenced):
        await second.beat()
    for _ in range(5):
        await asyncio.sleep(0)
    assert [task.done() for task in waiting] == [True, False, False]
    await third.beat()
    await asyncio.wait_for(waiting[2], 1)
    waiting[1].cancel()
