"""From one database into another, empty one: how one outgrows SQLite."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import engines
from storage.database import Database
from storage.errors import MoveFailed
from storage.tables import metadata

Progress = Callable[[str, int, int], None]
"""Called with the table, the rows copied so far, and the rows there are."""

BATCH = 2_000
LOCK_MILLISECONDS = 15_000  # for how long those are waited for who still write to a PostgreSQL source
LEFT_BEHIND = frozenset({"workers", "leases", "drains"})  # of the processes at work, not of what is kept


Look = Callable[[Database], Awaitable[object]]
"""Looks at the source, and raises where it must not be moved now."""


async def move(
    source_url: str, target_url: str, progress: Progress | None = None, look: Look | None = None
) -> Mapping[str, int]:
    """Copy everything into the target, which is migrated first and must be empty; rows per table.

    The target is written in one transaction and verified by counts: it ends complete or empty. The source is only
    read, and nobody writes to it meanwhile. `look` is asked before and, since a service may have been started in
    between and waits for its turn to write, once more before anything is kept.
    Raises MoveFailed, SchemaMismatch where another version of the program left the source, and what `Database.open`
    raises.
    """
    if engines.place(source_url) == engines.place(target_url):
        raise MoveFailed("storage.move_same")
    source = await Database.open(source_url)
    try:
        await source.see_that_it_is_current()
        target = await Database.open(target_url)
        try:
            return await _move(source, target, progress or _silent, look or _see_nothing)
        finally:
            await target.close()
    finally:
        await source.close()


async def _move(source: Database, target: Database, progress: Progress, look: Look) -> Mapping[str, int]:
    await look(source)
    await target.migrate()
    tables = [table for table in metadata.sorted_tables if table.name not in LEFT_BEHIND]
    async with target.unit() as new:
        async with source.unit() as old:
            await _keep_others_from_writing(old.connection, tables)
            copied = await _copy_all(old.connection, new.connection, tables, progress)
        await look(source)
        await new.commit()
    return copied


async def _keep_others_from_writing(source: AsyncConnection, tables: Sequence[Table]) -> None:
    """Until the unit ends. On SQLite a unit that may write does so by itself."""
    if source.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables)
        await source.execute(text(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}"))
        await source.execute(text(f"LOCK TABLE {names} IN SHARE MODE"))


async def _copy_all(
    old: AsyncConnection, new: AsyncConnection, tables: Sequence[Table], progress: Progress
) -> dict[str, int]:
    """Rows per table. Raises MoveFailed."""
    for table in tables:
        if await _count(new, table):
            raise MoveFailed("storage.move_not_empty", table=table.name)
    copied = {}
    for table in tables:
        copied[table.name] = await _copy(old, new, table, progress)
        await _continue_numbers(new, table)
        there = await _count(new, table)
        if there != await _count(old, table):
            raise MoveFailed("storage.move_unequal", table=table.name, cause=f"{there} rows arrived")
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


async def _see_nothing(source: Database) -> None:
    return None
