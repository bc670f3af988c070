"""What the collecting tests stand on: a scripted web, a scratch database, one pool of parsers."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from adapters.feeds import ParserPool
from adapters.http import GuardedClient
from storage.database import Database
from tests.collecting.newsroom import QUICK, Newsroom
from tests.fakes.web import ScriptedWeb


@pytest.fixture(scope="session")
def pool() -> Iterator[ParserPool]:
    """One for all: starting a process costs more than a test."""
    pool = ParserPool(1)
    yield pool
    asyncio.run(pool.close())


@pytest.fixture
async def web() -> AsyncIterator[ScriptedWeb]:
    async with ScriptedWeb() as web:
        yield web


@pytest.fixture
async def client(web: ScriptedWeb) -> AsyncIterator[GuardedClient]:
    """Admits loopback and nothing else."""
    async with GuardedClient(
        contact="https://example.org/bot", version="9.9", allow_private=True, limits=QUICK
    ) as client:
        yield client


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    database = await Database.open("sqlite://")
    await database.migrate()
    yield database
    await database.close()


@pytest.fixture
def room(web: ScriptedWeb, client: GuardedClient, database: Database, pool: ParserPool) -> Newsroom:
    return Newsroom(web=web, database=database, client=client, pool=pool)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of evaluation data; tests that need it skip where it is not."""
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("KAWALIS_DATA", beside))
    if not folder.is_dir():
        pytest.skip("no evaluation data here (set KAWALIS_DATA)")
    return folder
