"""Both databases, each of the test's own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.faults.fleet import fresh_postgresql
from tests.storage.conftest import need_postgresql


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    need_postgresql()
    with fresh_postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'k.db'}"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await Database.open(url)
    await opened.migrate()
    yield opened
    await opened.close()
