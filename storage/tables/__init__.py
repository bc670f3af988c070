"""All tables, under one metadata."""

from storage import slack_installations
from storage.tables import articles, briefs, chats, outbox, search, sources, stories, workers, writing
from storage.tables.base import metadata

__all__ = [
    "articles", "briefs", "chats", "metadata", "outbox", "search", "slack_installations", "sources", "stories",
    "workers", "writing",
]  # fmt: skip
