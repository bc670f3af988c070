"""What alembic compares: our tables, not the full-text index and not the durable engine's tables."""

from typing import Any

from storage.tables import metadata

_OWN_INDEXES = {"ix_search_documents_words"}  # an index over an expression, PostgreSQL alone


def belongs(item: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Whether alembic should look at the item when it compares."""
    if kind == "table":
        return name in metadata.tables
    return not (kind == "index" and name in _OWN_INDEXES)
