"""One database for several: the durable engine beside us, processes that are killed, an older SQLite."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dbos import DBOS
from sqlalchemy import func, select, text

from storage import sqlite
from storage.database import Database
from storage.errors import Busy
from storage.tables.articles import articles, entries
from tests.storage.things import analysis, article, entry, source

ROOT = Path(__file__).parents[2]

WRITER = """
import asyncio, sys
from storage.database import Database
from tests.storage.things import article, entry

async def write():
    database = await Database.open(sys.argv[1])
    number = int(sys.argv[2])
    while True:
        async with database.unit() as unit:
            await unit.articles.put_many([(article(n), entry(n)) for n in range(number, number + 20)])
            await unit.commit()
        number += 20
        print(number, flush=True)

asyncio.run(write())
"""


def _writer(url: str, first: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, url, str(first)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


async def test_killed_writers_leave_whole_units(database: Database, url: str) -> None:
    """Two processes write and are killed with -9: every unit is there whole or not at all, nothing that was
    told as committed is lost, and the database goes on.
    """
    writers = [_writer(url, first) for first in (0, 1_000_000)]
    told = []
    for writer in writers:
        assert writer.stdout is not None
        for _ in range(3):
            await asyncio.to_thread(writer.stdout.readline)
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
        rest, _ = await asyncio.to_thread(writer.communicate)
        told.append(int(rest.split()[-1]) if rest.split() else None)
    async with database.unit() as unit:
        counts = [
            await unit.connection.scalar(select(func.count()).select_from(t)) for t in (articles, entries)
        ]
        assert counts[0] == counts[1]
        assert counts[0] is not None
        assert counts[0] % 20 == 0
        assert counts[0] >= 120
        if database.kind == "sqlite":
            assert await unit.connection.scalar(text("PRAGMA integrity_check")) == "ok"
        for last in told:
            if last is not None:
                assert await unit.articles.get([article(last - 1).id])
        await unit.sources.upsert([source()])
        await unit.commit()


@DBOS.workflow()
def _double(number: int) -> int:
    return _twice(number)


@DBOS.step()
def _twice(number: int) -> int:
    return number * 2


async def test_the_durable_engine_shares_the_database(database: Database) -> None:
    """Its tables stand beside ours, both write at once, and our migrations leave them alone."""
    engine = database.sync_engine()
    DBOS(config={"name": "kawalis", "system_database_engine": engine, "run_admin_server": False})
    try:
        await asyncio.to_thread(DBOS.launch)

        async def write() -> None:
            for number in range(30):
                async with database.unit() as unit:
                    await unit.articles.put_many([(article(number), entry(number))])
                    await unit.commit()

        results, _ = await asyncio.gather(asyncio.to_thread(lambda: [_double(n) for n in range(20)]), write())
        assert results == [n * 2 for n in range(20)]
        await database.downgrade("base")
        await database.migrate()
        assert await asyncio.to_thread(_double, 4) == 8
    finally:
        await asyncio.to_thread(DBOS.destroy)
        engine.dispose()


async def test_the_systems_sqlite_does_too(tmp_path: Path) -> None:
    """Where `pysqlite3` has no wheel, the standard library's SQLite carries the same, with its own journal."""
    database = await Database.open(f"sqlite:///{tmp_path / 'k.db'}", sqlite3)
    try:
        await database.migrate()

        async def write(number: int) -> None:
            async with database.unit() as unit:
                await unit.articles.put_many([(article(number), entry(number))])
                await unit.search.put({article(number).id: "خبر عاجل"})
                await unit.analyses.put_analyses([analysis(number)], "v1")
                await unit.commit()

        async def read() -> int:
            async with database.reading() as unit:
                return len(await unit.search.find("خبر", limit=99))

        await asyncio.gather(*(write(number) for number in range(30)), *(read() for _ in range(30)))
        assert await read() == 30
        async with database.reading() as unit:
            journal = await unit.connection.scalar(text("PRAGMA journal_mode"))
            assert await unit.connection.scalar(text("SELECT sqlite_version()")) == sqlite3.sqlite_version
        assert journal == sqlite.journal_for(sqlite3.sqlite_version_info).lower()
    finally:
        await database.close()


async def test_a_unit_inside_a_unit_is_refused_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite it would wait for itself: it ends as Busy, and the outer unit can still commit."""
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 50)
    database = await Database.open(f"sqlite:///{tmp_path / 'k.db'}")
    try:
        await database.migrate()
        async with database.unit() as outer:
            await outer.sources.upsert([source()])
            started = time.monotonic()
            with pytest.raises(Busy):
                await _open_another(database)
            assert time.monotonic() - started < 5
            await outer.commit()
        async with database.reading() as unit:
            assert len(await unit.sources.all()) == 1
    finally:
        await database.close()


async def _open_another(database: Database) -> None:
    async with database.unit() as unit:
        await unit.sources.upsert([source("two")])
