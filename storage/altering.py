"""What Alembic does for us: it carries out migrations, on the connection that it is handed.

Left to itself it commits each migration of SQLite by itself, having read the revision once: a second process then makes
the same tables again.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

__all__ = ["CommandError", "alter"]
_STEPS = {"upgrade": command.upgrade, "downgrade": command.downgrade}


def alter(connection: Connection, folder: Path, way: str, to: str) -> None:
    """Run the migrations in `folder` that lead `way` (upgrade, downgrade) to the revision `to`. Raises CommandError."""
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    _STEPS[way](config, to)
