"""The database: opened from its address, asked through units of work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import engines, migrating, sqlite
from storage.engines import Kind, Place
from storage.errors import Busy, SchemaMismatch
from storage.failures import understood
from storage.unit_of_work import UnitOfWork


class Database:
    """SQLite or PostgreSQL behind one face.

    >>> database = await Database.open("sqlite:///kawalis.db")
    >>> await database.migrate()
    >>> async with database.unit() as unit:
    ...     await unit.sources.upsert(sources)
    ...     await unit.commit()
    """

    def __init__(self, where: Place, driver: ModuleType | None = None) -> None:
        self.place = engines.settled(where)
        self._driver = driver or sqlite.driver()
        self.engine = engines.async_engine(self.place, self._driver)
        self._writing = asyncio.Lock()
        self._discard = engines.discard_with(self, self.place)

    @classmethod
    async def open(cls, url: str, driver: ModuleType | None = None) -> Self:
        """Open `sqlite:///path`, `sqlite://` (kept nowhere: gone when closed) or `postgresql://…`, and see
        that it answers. `driver` is a SQLite module to use instead of the preferred one. Raises BadAddress and
        Unreachable; neither shows the password.
        """
        database = cls(engines.place(url), driver)
        try:
            async with database.reading():
                pass
        except BaseException:
            await database.close()
            raise
        return database

    def __repr__(self) -> str:
        return f"<Database {self.place}>"

    @property
    def kind(self) -> Kind:
        return self.place.kind

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that writes; rolled back unless `await unit.commit()`.

        On SQLite it holds the one write lock from its start, so keep it short, and never open a second
        one inside. Raises Busy, Conflict, Unreachable or another StorageError.
        """
        async with self._turn(), self._connected() as connection:
            yield await _begun(connection)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """SQLite has one writer. Its own way of waiting sleeps and is not fair, so the units of this process
        queue here, and only other processes are waited for there.
        """
        if self.kind != "sqlite":
            yield
            return
        try:
            async with asyncio.timeout(sqlite.BUSY_MILLISECONDS / 1000):
                await self._writing.acquire()
        except TimeoutError:
            raise Busy("storage.busy", cause="another unit of this process writes for too long") from None
        try:
            yield
        finally:
            self._writing.release()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that only reads, from one consistent state; it takes no write lock."""
        async with self._connected() as connection:
            if self.kind == "postgresql":  # its default sees what others commit between two statements
                await connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            await connection.execution_options(**{sqlite.READING: True})
            yield await _begun(connection)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self.engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, DBAPIError, OSError) as error:
            raise understood(error, self.place) from error

    async def migrate(self) -> None:
        """Bring the tables to this version of the program, wholly or not at all. Raises SchemaMismatch where they
        are newer.
        """
        async with self._connected() as connection, connection.begin():
            await connection.run_sync(migrating.upgrade)

    async def downgrade(self, revision: str) -> None:
        """Take the tables back to an earlier revision (`base`: none)."""
        async with self._connected() as connection, connection.begin():
            await connection.run_sync(migrating.downgrade, revision)

    async def revision(self) -> str | None:
        """The schema's revision; None before the first `migrate`."""
        async with self._connected() as connection:
            return await connection.run_sync(migrating.revision)

    async def see_that_it_is_current(self) -> None:
        """Returns where the tables are those of this version. Raises SchemaMismatch: `storage.schema` where they are
        newer, `storage.schema_old` where they are older, `storage.empty` where there are none.
        """
        found, wanted = await self.revision(), migrating.head()
        if found == wanted:
            return
        if found is None:
            key = "storage.empty"
        else:
            key = "storage.schema" if migrating.is_newer(found) else "storage.schema_old"
        raise SchemaMismatch(key, address=str(self.place), found=found or "", wanted=wanted)

    def sync_engine(self) -> Engine:
        """A synchronous engine on the same database with the same gate. Whoever asks disposes of it."""
        return engines.sync_engine(self.place, self._driver)

    async def close(self) -> None:
        """Close all connections; a scratch database is deleted."""
        await self.engine.dispose()
        if self._discard is not None:
            self._discard()


async def _begun(connection: AsyncConnection) -> UnitOfWork:
    await connection.begin()
    return UnitOfWork(connection)


def sync_engine(url: str) -> Engine:
    """A synchronous engine for an address, with the same SQLite gate. Raises BadAddress."""
    return engines.sync_engine(engines.place(url), sqlite.driver())
