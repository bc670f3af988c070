"""From the database's address to engines: asynchronous for us, synchronous for the durable engine."""

import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, TypeAlias

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import sqlite
from storage.errors import BadAddress, Unreachable

Kind: TypeAlias = Literal["sqlite", "postgresql"]

POOL = 10
PATIENCE = {"connect_timeout": "10", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
            "tcp_user_timeout": "15000"}  # fmt: skip
"""For how long a PostgreSQL that has gone without a word is waited for (libpq's names; s, the last ms). The system's
own defaults wait for hours, and a process that waits neither sends nor beats. What the address says goes before.
"""
QUIET: dict[str, Any] = {"hide_parameters": True}
"""What is bound to a statement is messages and articles; an error that goes into the log must not repeat it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the database is. `url` carries no driver; `str()` of it hides the password."""

    kind: Kind
    url: URL
    scratch: bool = False

    def __str__(self) -> str:
        if self.file is not None:
            return f"sqlite:///{self.file}"  # a URL would show Arabic letters as numbers
        shown = self.url.difference_update_query(["password", "sslpassword"])
        return shown.render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        return Path(self.url.database) if self.kind == "sqlite" and self.url.database else None


def place(address: str) -> Place:
    """Understand `sqlite:///file`, `sqlite://` (kept nowhere) or `postgresql://…`.

    Raises BadAddress, whose text never shows the password.
    """
    try:
        url = make_url(address)
        kind = url.get_backend_name()
    except (ArgumentError, ValueError):
        raise BadAddress("storage.bad_address", address=_shown(address)) from None
    if kind == "postgres":
        kind = "postgresql"
    if kind == "sqlite":
        memory = url.database in (None, "", ":memory:")
        return Place(kind="sqlite", url=url.set(drivername="sqlite"), scratch=memory)
    if kind == "postgresql":
        return Place(kind="postgresql", url=url.set(drivername="postgresql"))
    raise BadAddress("storage.bad_address", address=url.render_as_string(hide_password=True))


def _shown(address: str) -> str:
    return address.split(":", 1)[0][:20] + ":…"


def settled(where: Place) -> Place:
    """A place that connections can share: a scratch database gets a file that goes with the process."""
    if not where.scratch or where.url.database not in (None, "", ":memory:"):
        return where
    folder = tempfile.mkdtemp(prefix="kawalis-")
    settled_place = Place(
        kind="sqlite", url=where.url.set(database=str(Path(folder) / "scratch.db")), scratch=True
    )
    return settled_place


def discard_with(owner: object, where: Place) -> "weakref.finalize[[str], object] | None":
    """Delete a scratch database when its owner is closed or forgotten, or the process ends."""
    if not where.scratch or where.file is None:
        return None
    return weakref.finalize(owner, _remove, str(where.file.parent))


def _remove(folder: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def async_engine(where: Place, driver: ModuleType) -> AsyncEngine:
    """The engine of the repositories. Creates a SQLite file and its folder; connects lazily."""
    if where.kind == "postgresql":
        engine = create_async_engine(
            _patient(where.url), pool_size=POOL, max_overflow=POOL, pool_pre_ping=True, **QUIET
        )
        engine.dialect.use_insertmanyvalues_wo_returning = True  # batches as VALUES lists, not row by row
        return engine
    _make_file(where)
    url = where.url.set(drivername="sqlite+aiosqlite")
    engine = create_async_engine(
        url, module=sqlite.AsyncDriver(driver), pool_size=POOL, max_overflow=POOL, **QUIET
    )
    sqlite.prepare(engine.sync_engine, driver, scratch=where.scratch)
    return engine


def sync_engine(where: Place, driver: ModuleType) -> Engine:
    """The same database with the same gate, for libraries that are not asynchronous."""
    if where.kind == "postgresql":
        return create_engine(
            _patient(where.url), pool_size=POOL, max_overflow=POOL, pool_pre_ping=True, **QUIET
        )
    _make_file(where)
    url = where.url.set(drivername="sqlite+pysqlite")
    engine = create_engine(url, module=driver, pool_size=POOL, max_overflow=POOL, **QUIET)
    sqlite.prepare_sync(engine, driver, scratch=where.scratch)
    return engine


def _patient(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg", query={**PATIENCE, **url.query})


def _make_file(where: Place) -> None:
    """A new file is its owner's alone, as a backup of it is: it holds who reads what, and Slack's tokens. SQLite gives
    the files beside it the same rights.
    """
    if where.file is None:
        return
    try:
        where.file.parent.mkdir(parents=True, exist_ok=True)
        if not where.file.exists():
            where.file.touch(mode=0o600)
    except OSError as error:
        raise Unreachable("storage.cannot_open", cause=str(error), address=str(where)) from error
