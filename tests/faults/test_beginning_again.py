"""The heartbeat of a process that was taken for dead, at a database that does not answer at first."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.engine import service
from bot.engine.heart import Fenced
from storage.errors import Unreachable


class Heart:
    """A life that is over; the next begins at the second try."""

    owner = "a/1"

    def __init__(self) -> None:
        self.tries = 0
        self.beating = asyncio.Event()

    async def beat(self) -> None:
        if self.tries < 2:
            raise Fenced
        self.beating.set()

    async def join(self) -> None:
        self.tries += 1
        if self.tries == 1:
            raise Unreachable("storage.unreachable")


async def _nothing(*_: object) -> None:
    return None


async def test_a_new_life_that_fails_to_begin_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the database does not answer while a new life begins, it is tried again: the heart beats on."""
    monkeypatch.setattr(service, "BEAT_SECONDS", 0)
    monkeypatch.setattr(service.Desk, "run", _nothing)
    kernel = SimpleNamespace(database=None, now=None)
    heart: Any = Heart()
    engine: Any = SimpleNamespace(close=_nothing, open=_nothing)
    application: Any = SimpleNamespace(kernel=kernel)
    made = service.Service(application=application, durable=engine, heart=heart)
    made._sit_down()
    beating = asyncio.create_task(made._beat_on())
    async with asyncio.timeout(20):
        await heart.beating.wait()
    beating.cancel()
    assert (heart.tries, made.seen.fenced) == (2, 1)
