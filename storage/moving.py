"""From one database into another, empty one: how one outgrows SQLite."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy import Table, func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import migrating
from storage.database import Database
from storage.errors import MoveFailed, SchemaMismatch
from storage.tables import metadata

Progress = Callable[[str, int, int], None]
"""Called with the table, the rows copied so far, and the rows there are."""

BATCH = 2_000
LEFT_BEHIND = frozenset({"workers", "leases", "drains"})  # of the processes at work, not of what is kept


Look = Callable[[Database], Awaitable[object]]
"""Looks at the source before anything is copied, and raises where it must not be moved now."""


async def move(
    source_url: str, target_url: str, progress: Progress | None = None, look: Look | None = None
) -> Mapping[str, int]:
    """Copy everything into the target, which is migrated first and must be empty; rows per table.

    The target is written in one transaction and verified by counts: it ends complete or empty. The source
    is only read, and from one moment: what comes later is left behind, so `look` may refuse while the service runs.
    Raises MoveFailed, SchemaMismatch where a later version of the program left the source, and what `Database.open`
    raises.
    """
    source = await Database.open(source_url)
    try:
        await _see_that_it_is_current(source)
        target = await Database.open(target_url)
        try:
            return await _move(source, target, progress or _silent, look)
        finally:
            await target.close()
    finally:
        await source.close()


async def _see_that_it_is_current(source: Database) -> None:
    found, wanted = await source.revision(), migrating.head()
    if found is not None and migrating.is_newer(found):
        raise SchemaMismatch("storage.schema", cause="the source is newer", found=found, wanted=wanted)
    if found != wanted:
        raise MoveFailed("storage.move_source_old", cause="the source's schema is not up to date")


async def _move(
    source: Database, target: Database, progress: Progress, look: Look | None
) -> Mapping[str, int]:
    await target.migrate()
    if look is not None:
        await look(source)
    copied: dict[str, int] = {}
    tables = [table for table in metadata.sorted_tables if table.name not in LEFT_BEHIND]
    async with source.reading() as old, target.unit() as new:
        for table in tables:
            if await _count(new.connection, table):
                raise MoveFailed("storage.move_not_empty", table=table.name)
        for table in tables:
            copied[table.name] = await _copy(old.connection, new.connection, table, progress)
            await _continue_numbers(new.connection, table)
        for table in tables:
            there = await _count(new.connection, table)
            if there != await _count(old.connection, table):
                raise MoveFailed("storage.move_unequal", table=table.name, cause=f"{there} rows arrived")
        await new.commit()
    return copied


async def _copy(old: AsyncConnection, new: AsyncConnection, table: Table, progress: Progress) -> int:
    total = await _count(old, table)
    keys = list(table.primary_key.columns)
    query = select(table).order_by(*keys).limit(BATCH)
    done, last = 0, None
    while True:
        page = query if last is None else query.where(tuple_(*keys) > tuple_(*last))
        rows: list[dict[str, Any]] = [dict(row._mapping) for row in await old.execute(page)]
        if not rows:
            return done
        await new.execute(table.insert(), rows)
        done += len(rows)
        last = [rows[-1][key.name] for key in keys]
        progress(table.name, done, total)


async def _continue_numbers(new: AsyncConnection, table: Table) -> None:
    """Let a PostgreSQL sequence go on after the copied numbers."""
    column = table.autoincrement_column
    if new.dialect.name != "postgresql" or column is None:
        return
    highest = await new.scalar(select(func.max(column)))
    if highest is not None:
        query = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")
        await new.execute(query, {"table": table.name, "column": column.name, "highest": highest})


async def _count(connection: AsyncConnection, table: Table) -> int:
    return await connection.scalar(select(func.count()).select_from(table)) or 0


def _silent(table: str, done: int, total: int) -> None:
    return None
