"""How we talk to SQLite: which build of it, and which journal is safe with that build.

SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two or more connections write and
checkpoint at once (fixed in 3.51.3, and in the branch releases 3.44.6 and 3.50.7). Many systems link such a
version, so the wheel `pysqlite3`, which brings its own, is preferred where it can be imported.
"""

import importlib
import sqlite3
from collections.abc import Awaitable
from functools import cache, partial
from types import ModuleType
from typing import Any, Literal, TypeAlias

import aiosqlite
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_dbapi

Journal: TypeAlias = Literal["WAL", "DELETE"]

READING = "kawalis_reading"
"""The execution option of a connection that only reads: its transaction takes no write lock."""

BUSY_MILLISECONDS = 15_000
THREAD_SECONDS = 5.0
_MENDED_BRANCHES = {(3, 44): 6, (3, 50): 7}


def journal_for(version: tuple[int, int, int]) -> Journal:
    """WAL where this SQLite is free of the corruption, else the slower rollback journal.

    >>> journal_for((3, 40, 1)), journal_for((3, 44, 6)), journal_for((3, 53, 4))
    ('DELETE', 'WAL', 'WAL')
    """
    major, minor, patch = version
    if version >= (3, 51, 3):
        return "WAL"
    mended = _MENDED_BRANCHES.get((major, minor))
    return "WAL" if mended is not None and patch >= mended else "DELETE"


@cache
def driver() -> ModuleType:
    """The DB-API module: `pysqlite3` where it is installed, else the standard library's."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def pragmas(version: tuple[int, int, int], *, scratch: bool = False) -> tuple[str, ...]:
    """What is set on each connection. `scratch` is for databases that are thrown away: no fsync."""
    journal = journal_for(version)
    synchronous = "OFF" if scratch else ("NORMAL" if journal == "WAL" else "FULL")
    return (
        f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
        f"PRAGMA journal_mode = {journal}",
        f"PRAGMA synchronous = {synchronous}",
        "PRAGMA foreign_keys = ON",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA cache_size = -32000",
    )


class AsyncDriver(AsyncAdapt_aiosqlite_dbapi):
    """aiosqlite over a module of ours. SQLAlchemy maps errors by this module's classes, so they come from the
    same build that raises them.
    """

    def __init__(self, module: ModuleType) -> None:
        super().__init__(aiosqlite, module)

    def _init_dbapi_attributes(self) -> None:
        super()._init_dbapi_attributes()
        for name in (
            "DatabaseError",
            "Error",
            "IntegrityError",
            "NotSupportedError",
            "OperationalError",
            "ProgrammingError",
            "sqlite_version",
            "sqlite_version_info",
        ):
            setattr(self, name, getattr(self.sqlite, name))

    def connect(self, *arguments: Any, **options: Any) -> Any:
        options["async_creator_fn"] = partial(_connect, self.sqlite)
        return super().connect(*arguments, **options)


def _connect(module: ModuleType, *arguments: Any, **options: Any) -> Awaitable[aiosqlite.Connection]:
    connection = aiosqlite.Connection(partial(module.connect, *arguments, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # a forgotten connection must not keep the process alive
    return _connected(connection)


async def _connected(connection: aiosqlite.Connection) -> aiosqlite.Connection:
    try:
        return await connection
    except BaseException:
        # Its thread still answers this loop; left alone, it may find the loop closed and the process at its end, and
        # that end then never comes.
        connection._thread.join(THREAD_SECONDS)
        raise


def prepare(engine: Engine, module: ModuleType, *, scratch: bool = False) -> None:
    """Set the pragmas on every connection of an asynchronous engine, and begin every transaction ourselves.

    A unit that writes takes the write lock at once (`BEGIN IMMEDIATE`): in WAL, a transaction that read
    first and writes later fails with no waiting when another wrote in between.
    """
    statements = pragmas(module.sqlite_version_info, scratch=scratch)

    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        _run(connection, statements)

    def on_begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(READING, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def prepare_sync(engine: Engine, module: ModuleType, *, scratch: bool = False) -> None:
    """The same pragmas for a synchronous engine. Its driver begins the transactions, before the first
    statement that writes: the durable engine counts on that, and begins some by hand.
    """
    statements = pragmas(module.sqlite_version_info, scratch=scratch)

    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        _run(connection, statements)

    event.listen(engine, "connect", on_connect)


def _run(connection: Any, statements: tuple[str, ...]) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
