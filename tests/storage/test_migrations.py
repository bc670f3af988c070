"""The schema goes up and down, and is what the tables say."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from storage import migrating
from storage.database import Database
from storage.migrations.scope import belongs
from storage.tables import metadata


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"include_object": belongs, "compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))


async def test_the_migrated_schema_is_what_the_tables_say(database: Database) -> None:
    """A table changed without its migration is found here, not by a user's upgrade."""
    async with database.reading() as unit:
        assert await unit.connection.run_sync(_differences) == []


async def test_up_down_and_up_again(empty: Database) -> None:
    """Downgrading to nothing leaves nothing, and upgrading from there works again."""
    assert await empty.revision() is None
    await empty.migrate()
    assert await empty.revision() == migrating.head()
    await empty.downgrade("base")
    async with empty.reading() as unit:
        left = await unit.connection.run_sync(lambda connection: inspect(connection).get_table_names())
    assert set(left) <= {"alembic_version"}
    await empty.migrate()
    assert await empty.revision() == migrating.head()


def test_the_names_of_the_files_are_the_revisions() -> None:
    """What is read from names without Alembic is what Alembic finds: one line of revisions, with one head."""
    scripts = ScriptDirectory(str(migrating.FOLDER))
    assert list(migrating.revisions()) == [each.revision for each in scripts.walk_revisions()][::-1]
    assert scripts.get_heads() == [migrating.head()]


def test_alembic_is_loaded_by_who_changes_the_schema_alone(tmp_path: Path) -> None:
    """A start that finds the schema as it wants it does not wait for Alembic to be loaded."""
    program = f"""
import asyncio, sys
from storage.database import Database

async def start():
    database = await Database.open("sqlite:///{tmp_path}/k.db")
    await database.migrate()
    await database.see_that_it_is_current()
    await database.close()

asyncio.run(start())
print("alembic" in sys.modules)
"""
    said = [subprocess.check_output([sys.executable, "-c", program], text=True) for _ in range(2)]
    assert said == ["True\n", "False\n"]


async def test_every_step_goes_down_and_up(database: Database) -> None:
    """Each single migration can be taken back and repeated."""
    before = await database.revision()
    await database.downgrade("-1")
    assert await database.revision() != before
    await database.migrate()
    assert await database.revision() == before


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    """A second start of the program migrates nothing."""
    await database.migrate()
    assert await database.revision() == migrating.head()


async def test_a_migration_that_fails_leaves_what_was_there(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Migrated is wholly or not at all: a process that dies half-way leaves no half of a schema for the next one."""
    made: list[str] = []
    create = op.create_table

    def dying(name: str, *columns: object, **options: object) -> object:
        if name == "editors":
            raise RuntimeError("died")
        made.append(name)
        return create(name, *columns, **options)

    monkeypatch.setattr(op, "create_table", dying)
    with pytest.raises(RuntimeError, match="died"):
        await empty.migrate()
    assert made
    async with empty.reading() as unit:
        assert await unit.connection.run_sync(lambda connection: inspect(connection).get_table_names()) == []
    monkeypatch.undo()
    await empty.migrate()
    assert await empty.revision() == migrating.head()


async def test_migrated_by_several_at_once(url: str) -> None:
    """Of several that migrate an empty database at the same moment, one does it and the others find it done."""
    databases = [await Database.open(url) for _ in range(4)]
    failures = await asyncio.gather(*(database.migrate() for database in databases), return_exceptions=True)
    revisions = [await database.revision() for database in databases]
    await asyncio.gather(*(database.close() for database in databases))
    assert failures == [None] * 4
    assert revisions == [migrating.head()] * 4
