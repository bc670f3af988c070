"""A name is one process's: of two that start at once, and of one that slept while another took its place."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from bot.engine import service
from bot.engine.heart import Fenced, Heart
from bot.errors import SettingsError
from storage.database import Database

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
LIVES = count()


async def _at_once(_: float) -> None:
    return None


def heart(database: Database, sleep: Callable[[float], Awaitable[object]] = _at_once) -> Heart:
    return Heart(
        database, id="a", role="all", now=lambda: NOW, new_id=lambda: f"life-{next(LIVES)}", sleep=sleep
    )


async def test_of_two_that_start_at_the_same_moment_one_gets_the_name(database: Database) -> None:
    """Both look and see nobody: one of them begins, and the other is told that the name is taken."""
    both = [heart(database), heart(database)]
    looked, together = count(1), asyncio.Event()
    reading = database.reading

    def seen_by_both() -> Any:
        class Reading:
            async def __aenter__(self) -> Any:
                self.unit = reading()
                return await self.unit.__aenter__()

            async def __aexit__(self, *error: Any) -> None:
                await self.unit.__aexit__(*error)
                if next(looked) == 2:
                    together.set()
                await together.wait()

        return Reading()

    database.reading = seen_by_both  # type: ignore[method-assign]
    found = await asyncio.gather(*(one.join() for one in both), return_exceptions=True)
    refused = [one for one in found if one is not None]
    assert [getattr(one, "key", one) for one in refused] == ["engine.same_name"]
    await both[found.index(None)].beat()


async def test_who_slept_does_not_take_its_name_back_from_a_living_process(database: Database) -> None:
    """A process is taken for dead while it sleeps, and another begins under its name: awake again, it is refused, and
    the other lives on. Once that one is gone, the name is free.
    """
    second = heart(database)
    first = heart(database, lambda _: second.beat())
    await first.join()
    async with database.unit() as unit:
        [worker] = await unit.workers.all()
        assert await unit.workers.bury(worker)
        await unit.commit()
    await second.join()
    with pytest.raises(Fenced):
        await first.beat()
    with pytest.raises(SettingsError):
        await first.join()
    await second.beat()
    await second.leave()
    await first.join()
    await first.beat()


class Replaced:
    """A life that is over, and whose name is another's."""

    owner = "a/1"

    async def beat(self) -> None:
        raise Fenced

    async def join(self) -> None:
        raise SettingsError("engine.same_name", name="a")

    async def leave(self) -> None:
        return None


async def _nothing(*_: object) -> None:
    return None


async def test_a_process_whose_name_was_taken_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops in good order and says why; it does not try for ever beside the other."""
    monkeypatch.setattr(service.Desk, "run", _nothing)
    starts: list[Any] = [_nothing, Replaced.join]

    class Once(Replaced):
        async def join(self) -> None:
            await starts.pop(0)(self)

    stopping = asyncio.Event()
    services = SimpleNamespace(publisher=SimpleNamespace(enqueue=None))
    application: Any = SimpleNamespace(
        kernel=SimpleNamespace(database=None, now=None), services=services, stopping=stopping
    )
    engine: Any = SimpleNamespace(close=_nothing, open=_nothing)
    made = service.Service(application=application, durable=engine, heart=Once())  # type: ignore[arg-type]
    monkeypatch.setattr(service.Service, "_recover", _nothing)
    monkeypatch.setattr(service.Service, "ticked", _nothing)
    async with asyncio.timeout(20):
        with pytest.raises(SettingsError) as caught:
            await made.run()
    assert caught.value.key == "engine.same_name"
    assert not starts
