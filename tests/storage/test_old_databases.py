"""Databases that an older version of the program left: whatever is in them is there after the upgrade, and right."""

import asyncio
import signal
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    MetaData,
    Table,
    inspect,
    select,
    text,
)

from storage import migrating
from storage.database import Database
from storage.migrations.scope import belongs
from storage.tables import metadata

ROOT = Path(__file__).parents[2]
REVISIONS = sorted(each.revision for each in ScriptDirectory(str(migrating.FOLDER)).walk_revisions())
ROWS = 3
Kept = dict[str, list[dict[str, Any]]]


def _value(column: Any, number: int) -> Any:
    """Something of the column's type that no other row has, where it may be unlike."""
    kind = column.type
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Float):
        return number / 2
    if isinstance(kind, BigInteger | Integer):
        return number + 1
    if isinstance(kind, DateTime):
        return datetime(2024, 3, 28, number)  # noqa: DTZ001  (slack_sdk keeps naive times)
    if isinstance(kind, Date):
        return date(2024, 3, 28 - number)
    return f"{number}{'خ' * min((kind.length or 20) - 1, 20)}"


def _tables(connection: Connection) -> list[Table]:
    """Those of ours that are there, with the columns they have there; those that are pointed to come first."""
    there = MetaData()
    names = set(inspect(connection).get_table_names()) & metadata.tables.keys()
    there.reflect(connection, only=lambda name, _: name in names)
    return there.sorted_tables


def _fill(connection: Connection) -> None:
    """Rows in every table: in a column that points to another table, the row of the same number there."""
    for table in _tables(connection):
        rows = [{column.name: _value(column, n) for column in table.columns} for n in range(ROWS)]
        for key in table.foreign_keys:
            for number, row in enumerate(rows):
                row[key.parent.name] = _value(key.column, number)
        connection.execute(table.insert(), rows)


def _read(connection: Connection) -> Kept:
    return {
        table.name: [
            dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))
        ]
        for table in _tables(connection)
    }


def _differences(connection: Connection) -> list[Any]:
    options = {"include_object": belongs, "compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def _left_at(database: Database, revision: str) -> Kept:
    """Leave the database as the version of that revision would, with something in each of its tables."""
    async with database.unit() as unit:
        await unit.connection.run_sync(migrating.upgrade, revision)
        await unit.connection.run_sync(_fill)
        kept = await unit.connection.run_sync(_read)
        await unit.commit()
    return kept


async def _same(database: Database, before: Kept) -> None:
    """Each table that was there has its rows, each column that was there its values."""
    async with database.reading() as unit:
        now = await unit.connection.run_sync(_read)
    assert before.keys() <= now.keys()
    for table, rows in before.items():
        there = [{name: row[name] for name in rows[0]} for row in now[table]]
        assert there == rows, table


@pytest.mark.parametrize("revision", REVISIONS)
async def test_what_was_kept_is_there_after_the_upgrade(empty: Database, revision: str) -> None:
    """From each revision that ever was: all rows of all tables are as they were, the schema is this version's, and what
    points to something else still does.
    """
    before = await _left_at(empty, revision)
    assert all(len(rows) == ROWS for rows in before.values())
    await empty.migrate()
    await _same(empty, before)
    async with empty.reading() as unit:
        assert await unit.connection.run_sync(_differences) == []
        if empty.kind == "sqlite":
            assert (await unit.connection.execute(text("PRAGMA foreign_key_check"))).all() == []
    assert await empty.revision() == migrating.head()


@pytest.mark.parametrize("revision", REVISIONS)
async def test_what_was_kept_is_found_after_the_upgrade(empty: Database, revision: str) -> None:
    """What was there to be searched is found by its words, whatever version put it there."""
    async with empty.unit() as unit:
        await unit.connection.run_sync(migrating.upgrade, revision)
        await unit.connection.run_sync(_fill)
        await unit.connection.execute(text("UPDATE search_documents SET words = 'خبر عاجل'"))
        await unit.commit()
    await empty.migrate()
    async with empty.unit() as unit:
        assert len(await unit.search.find("عاجل")) == ROWS
        await unit.connection.execute(text("DELETE FROM search_documents"))
        assert await unit.search.find("عاجل") == []


DYING = """
import asyncio, os, signal, sys
from alembic import op
from storage.database import Database

calls = int(sys.argv[2])

def dying(name):
    real = getattr(op, name)
    def call(*given, **more):
        global calls
        made = real(*given, **more)
        calls -= 1
        if not calls:
            os.kill(os.getpid(), signal.SIGKILL)
        return made
    setattr(op, name, call)

for each in ("create_table", "create_index", "add_column", "execute"):
    dying(each)

async def migrate():
    database = await Database.open(sys.argv[1])
    await database.migrate()

asyncio.run(migrate())
"""


@pytest.mark.parametrize(
    ("revision", "calls"), [("0001", 1), ("0001", 12), ("0004", 1), ("0004", 2), ("0007", 2)]
)
async def test_killed_in_the_middle_of_an_upgrade(url: str, revision: str, calls: int) -> None:
    """kill -9 between two steps of an upgrade leaves the database as it was, rows and revision; started again, the
    program brings it up whole.
    """
    database = await Database.open(url)
    before = await _left_at(database, revision)
    await database.close()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", DYING, url, str(calls), cwd=ROOT)
    assert await process.wait() == -signal.SIGKILL
    database = await Database.open(url)
    try:
        assert await database.revision() == revision
        await _same(database, before)
        async with database.reading() as unit:
            assert (await unit.connection.run_sync(_read)).keys() == before.keys()
        await database.migrate()
        await _same(database, before)
        async with database.reading() as unit:
            assert await unit.connection.run_sync(_differences) == []
    finally:
        await database.close()
