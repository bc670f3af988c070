"""What is seen from outside while PostgreSQL is away or silent: answers within a bound, and by itself well again."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import make_url

from bot import probing
from bot.engine.service import Seen
from bot.web import web_app
from storage.database import Database
from tests.faults.test_measures import NOW

BOUND = 10.0  # seconds, on a machine however slow


class Way:
    """A TCP proxy before the database: open, shut (nobody listens) or silent (accepts, and nothing passes)."""

    def __init__(self, host: str, port: int) -> None:
        self._to = host, port
        self._server: asyncio.Server | None = None
        self._passing: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._free = asyncio.Event()
        self.port = 0

    async def open(self) -> None:
        self._free.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    def silence(self) -> None:
        self._free.clear()

    async def shut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for task in self._passing:
            task.cancel()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        opening = asyncio.create_task(self._open_there())
        self._passing.add(opening)
        await asyncio.wait({opening})
        self._passing.discard(opening)
        if opening.cancelled() or opening.exception():
            return
        there_reader, there = opening.result()
        self._writers.add(there)
        for one, other in ((reader, there), (there_reader, writer)):
            task = asyncio.create_task(self._pass(one, other))
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)

    async def _open_there(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        await self._free.wait()
        return await asyncio.open_connection(*self._to)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                await self._free.wait()
                writer.write(data)
        writer.close()


@contextlib.asynccontextmanager
async def seen_through(postgresql_url: str) -> AsyncIterator[tuple[Way, TestClient[Any, Any]]]:
    there = make_url(postgresql_url)
    way = Way(there.host or "", there.port or 5432)
    await way.open()
    here = there.set(host="127.0.0.1", port=way.port, password="hunter2")
    database = await Database.open(here.render_as_string(hide_password=False))
    await database.migrate()
    application: Any = SimpleNamespace(
        kernel=SimpleNamespace(database=database, now=lambda: NOW), gateways=[]
    )
    service: Any = SimpleNamespace(seen=Seen(fenced=3))
    try:
        async with TestClient(TestServer(web_app(application, service))) as client:
            yield way, client
    finally:
        await way.shut()
        await database.close()


async def asked(client: TestClient[Any, Any], path: str) -> tuple[int, str]:
    async with asyncio.timeout(BOUND):
        answer = await client.get(path)
        return answer.status, await answer.text()


@pytest.mark.parametrize("how", ["away", "silent"])
async def test_the_database_away_and_back(
    postgresql_url: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`/readyz` says 503 and why, without a secret, `/metrics` what the process knows, each soon and however often it
    is asked; when the database is back, both say so by themselves.
    """
    async with seen_through(postgresql_url) as (way, client):
        assert await asked(client, "/readyz") == (200, '{"status": "ready"}')
        assert "kawalis_database_up 1.0" in (await asked(client, "/metrics"))[1]
        await (way.shut() if how == "away" else asyncio.to_thread(way.silence))
        if how == "silent":
            monkeypatch.setattr(probing, "PATIENCE_SECONDS", 0.1)
        for _ in range(22):  # more often than there are connections
            status, said = await asked(client, "/readyz")
            assert (status, "hunter2" in said, "127.0.0.1" in said) == (503, False, False)
            assert f"storage.{'unreachable' if how == 'away' else 'silent'}" in said
            if how == "away":
                break
        status, said = await asked(client, "/metrics")
        assert (status, "kawalis_database_up 0.0" in said, "kawalis_fenced_total 3.0" in said) == (
            200,
            True,
            True,
        )
        assert (await asked(client, "/healthz"))[0] == 200
        monkeypatch.undo()
        await way.open()
        for _ in range(40):
            if (await asked(client, "/readyz"))[0] == 200:
                break
            await asyncio.sleep(0.1)
        assert (await asked(client, "/readyz"))[0] == 200
        assert "kawalis_workers" in (await asked(client, "/metrics"))[1]
