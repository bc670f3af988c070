"""The same tests on both databases: each gets one of its own, which goes when the test ends."""

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest

from storage.database import Database

SERVER = os.environ.get("KAWALIS_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


@cache
def _no_server() -> str | None:
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return f"no PostgreSQL answers: {error}".strip()
    return None


def need_postgresql() -> None:
    """Skips where no server answers; in CI that is a failure."""
    reason = _no_server()
    if reason is not None:
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """The address of an empty PostgreSQL database of the test's own."""
    need_postgresql()
    name = f"kawalis_test_{uuid.uuid4().hex}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield SERVER.rsplit("/", 1)[0] + "/" + name
    finally:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path / 'kawalis.db'}"


@pytest.fixture
async def empty(url: str) -> AsyncIterator[Database]:
    """A database without tables."""
    database = await Database.open(url)
    yield database
    await database.close()


@pytest.fixture
async def database(empty: Database) -> Database:
    """A database with all tables."""
    await empty.migrate()
    return empty
