"""A copy of the database, consistent while the service runs."""

import asyncio
import os
import tempfile
from contextlib import closing
from pathlib import Path

from storage import sqlite
from storage.database import Database
from storage.errors import NotPossible, StorageError


async def backup(database: Database, file: Path) -> None:
    """Copy a SQLite database into a new file, as of one moment.

    Raises NotPossible on PostgreSQL (`values["instead"]` names pg_dump) and where the file exists,
    StorageError where it cannot be written; a file that could not be finished is taken away.
    """
    if database.kind != "sqlite" or database.place.file is None:
        raise NotPossible("storage.backup_instead", instead="pg_dump")
    if await asyncio.to_thread(file.exists):
        raise NotPossible("storage.backup_exists", file=str(file))
    try:
        await asyncio.to_thread(_write, database.place.file, file)
    except FileExistsError:  # another was quicker
        raise NotPossible("storage.backup_exists", file=str(file)) from None
    except (sqlite.driver().Error, OSError) as error:
        raise StorageError("storage.backup_failed", cause=str(error), file=str(file)) from error


def _write(source: Path, file: Path) -> None:
    """Under a name of its own until it is whole and on the disk: whoever copies to the same file disturbs nothing.
    Raises FileExistsError.
    """
    handle, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=".part", dir=file.parent)
    unfinished = Path(name)
    try:
        _copy(source, unfinished)
        os.fsync(handle)  # VACUUM INTO leaves that to us
        file.touch(exist_ok=False)
        unfinished.replace(file)
    finally:
        os.close(handle)
        unfinished.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    module = sqlite.driver()
    # VACUUM INTO reads in one transaction, so that writers neither disturb it nor make it start again.
    with closing(module.connect(str(source))) as connection:
        connection.execute(f"PRAGMA busy_timeout = {sqlite.BUSY_MILLISECONDS}")
        connection.execute("VACUUM INTO ?", (str(target),))
