"""Migrations, run by the program itself. Each function takes a synchronous connection and does not commit.

Those that change the schema want a connection on which a transaction has begun. Left to itself, Alembic commits each
migration of SQLite by itself, having read the revision once: a second process then makes the same tables again.
"""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from storage.errors import SchemaMismatch

_FOLDER = Path(__file__).with_name("migrations")
_LOCK = 0x6B6177616C6973  # "kawalis" in ASCII


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision that this program was written for."""
    return str(_revisions().get_current_head())


def is_newer(found: str) -> bool:
    """Whether a later version of the program left the schema at that revision: this one does not know it."""
    return found not in {each.revision for each in _revisions().walk_revisions()}


def _revisions() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def revision(connection: Connection) -> str | None:
    """The schema's revision, None before the first migration."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the schema up; of several processes that start at once, one after the other. Raises SchemaMismatch
    where it is newer than this program.
    """
    if connection.dialect.name == "postgresql":  # SQLite lets one writer in anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    _run(connection, command.upgrade, to)


def downgrade(connection: Connection, to: str) -> None:
    """Take the schema back to `to` (`base`: nothing left)."""
    _run(connection, command.downgrade, to)


def _run(connection: Connection, step: Callable[[Config, str], None], to: str) -> None:
    try:
        step(_config(connection), to)
    except CommandError as error:
        found = revision(connection) or ""
        raise SchemaMismatch("storage.schema", cause=str(error), found=found, wanted=head()) from error
