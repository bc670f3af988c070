"""The schema's revisions: which this program wants, which a database has, and the way from one to the other.

Each function that takes a synchronous connection does not commit. Those that change the schema want a connection on
which a transaction has begun.

Every start of the program looks at the revision, and hardly any has something to change: Alembic, which takes longer to
load than all the rest of storage, is loaded for that alone (`storage.altering`).
"""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.errors import SchemaMismatch

FOLDER = Path(__file__).with_name("migrations")
_LOCK = 0x6B6177616C6973  # "kawalis" in ASCII


@cache
def revisions() -> tuple[str, ...]:
    """All there ever were, the first one first, each of them on the one before. A file's name begins with its own."""
    return tuple(sorted(file.stem.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*.py")))


def head() -> str:
    """The revision that this program was written for."""
    return revisions()[-1]


def is_newer(found: str) -> bool:
    """Whether a later version of the program left the schema at that revision: this one does not know it."""
    return found not in revisions()


def revision(connection: Connection) -> str | None:
    """The schema's revision, None before the first migration."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the schema up; of several processes that start at once, one after the other. Raises SchemaMismatch
    where it is newer than this program.
    """
    if revision(connection) == (head() if to == "head" else to):
        return
    if connection.dialect.name == "postgresql":  # SQLite lets one writer in anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    _alter(connection, "upgrade", to)


def downgrade(connection: Connection, to: str) -> None:
    """Take the schema back to `to` (`base`: nothing left)."""
    _alter(connection, "downgrade", to)


def _alter(connection: Connection, way: str, to: str) -> None:
    from storage import altering

    try:
        altering.alter(connection, FOLDER, way, to)
    except altering.CommandError as error:
        found = revision(connection) or ""
        raise SchemaMismatch("storage.schema", cause=str(error), found=found, wanted=head()) from error
