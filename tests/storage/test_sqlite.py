"""Which journal is safe, and what every connection is given."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import text

from storage import sqlite
from storage.database import Database, sync_engine
from storage.errors import Conflict, Unreachable
from summaries.types import ArticleId, StoryId

FULL = 2  # how SQLite tells of `synchronous`


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 6, 23), "DELETE"),
        ((3, 7, 0), "DELETE"),
        ((3, 40, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 44, 7), "WAL"),
        ((3, 45, 0), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 4), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_the_journal_goes_by_the_version(version: tuple[int, int, int], journal: str) -> None:
    """WAL only with a SQLite that cannot corrupt it."""
    assert sqlite.journal_for(version) == journal


def test_the_slow_journal_is_the_safe_one() -> None:
    """Without WAL every commit reaches the disk."""
    assert "PRAGMA synchronous = FULL" in sqlite.pragmas((3, 40, 1))
    assert "PRAGMA synchronous = NORMAL" in sqlite.pragmas((3, 53, 4))


async def test_every_connection_has_its_settings(tmp_path: Path) -> None:
    """Both engines open with the same journal, foreign keys on, and patience."""
    url = f"sqlite:///{tmp_path / 'k.db'}"
    wanted = sqlite.journal_for(sqlite.driver().sqlite_version_info).lower()
    database = await Database.open(url)
    try:
        async with database.reading() as unit:
            names = ("journal_mode", "foreign_keys", "busy_timeout")
            found = [await unit.connection.scalar(text(f"PRAGMA {name}")) for name in names]
        assert found == [wanted, 1, sqlite.BUSY_MILLISECONDS]
        engine = sync_engine(url)
        with engine.connect() as connection:
            assert [connection.scalar(text(f"PRAGMA {name}")) for name in names] == found
        engine.dispose()
    finally:
        await database.close()


async def test_a_build_that_could_corrupt_it_gets_no_wal_file(tmp_path: Path) -> None:
    """Both engines judge the very build that they use: one that could corrupt a WAL file never has one, also where a
    better build had left the file in that mode.
    """
    url = f"sqlite:///{tmp_path / 'k.db'}"
    bad = ModuleType("bad")
    bad.__dict__.update(sqlite.driver().__dict__)
    bad.__dict__["sqlite_version_info"] = (3, 40, 1)
    with closing(sqlite.driver().connect(tmp_path / "k.db")) as good:
        assert good.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        good.execute("CREATE TABLE kept (id)")
    database = await Database.open(url, bad)
    try:
        async with database.reading() as unit:
            assert await unit.connection.scalar(text("PRAGMA journal_mode")) == "delete"
        await database.engine.dispose()
        with closing(sqlite.driver().connect(tmp_path / "k.db")) as good:
            good.execute("PRAGMA journal_mode = WAL")
        other = database.sync_engine()
        with other.connect() as connection:
            assert connection.scalar(text("PRAGMA journal_mode")) == "delete"
            assert connection.scalar(text("PRAGMA synchronous")) == FULL
        other.dispose()
    finally:
        await database.close()


async def test_the_preferred_build_serves_both_engines() -> None:
    """The SQLite that answers is the one whose version was judged."""
    database = await Database.open("sqlite://")
    try:
        async with database.reading() as unit:
            version = await unit.connection.scalar(text("SELECT sqlite_version()"))
        assert version == sqlite.driver().sqlite_version
        assert sqlite.driver().sqlite_version_info >= sqlite3.sqlite_version_info
    finally:
        await database.close()


async def test_a_broken_constraint_is_a_conflict(database: Database) -> None:
    """The driver's own exception is understood, whichever build it comes from."""
    with pytest.raises(Conflict):
        await _assign_nobody(database)


async def _assign_nobody(database: Database) -> None:
    async with database.unit() as unit:
        await unit.stories.assign({ArticleId("nobody"): StoryId("story")})
        await unit.commit()


async def test_a_file_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    """The driver's thread of a connection that never came is over before the error is told: a process that ends upon
    it has nothing left to wait for.
    """
    before = set(threading.enumerate())
    with pytest.raises(Unreachable):
        await Database.open(f"sqlite:///{tmp_path}")
    assert set(threading.enumerate()) - before == set()


async def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Nobody else on the machine may read who reads what, or Slack's tokens: neither the file nor those beside it.
    What an operator has opened to others stays so.
    """
    file = tmp_path / "kawalis.db"
    before = os.umask(0o022)
    try:
        database = await Database.open(f"sqlite:///{file}")
        await database.migrate()
        made = _rights(tmp_path)
        file.chmod(0o640)
        await database.close()
        database = await Database.open(f"sqlite:///{file}")
        await database.close()
    finally:
        os.umask(before)
    assert set(made.values()) == {0o600}
    assert _rights(tmp_path)["kawalis.db"] == 0o640


def _rights(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
