"""The schema goes up and down, and is what the tables say."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
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
