"""Alembic's environment. The connection is handed in; the program runs its migrations itself."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.migrations.scope import belongs
from storage.tables import metadata
from storage.tables.base import Moment


def _plain(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write a Moment as what the database sees, so that old migrations do not hang on today's code."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=belongs,
    render_item=_plain,
)
with context.begin_transaction():
    context.run_migrations()
