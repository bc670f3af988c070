"""Briefs as they were composed to be read, each edition under an id of its own."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from storage.tables.base import Moment, metadata

briefs = Table(
    "briefs",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("topic", String(100), nullable=False),
    Column("language", String(10), nullable=False),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("window_seconds", Integer, nullable=False),
    Column("created", Moment, nullable=False, index=True),
    Column("brief", Text),  # the Brief as JSON
    Column("values", Text, nullable=False),  # what else fills it, a JSON object of text
    Index("ix_briefs_prepared", "kind", "topic", "language", "window_seconds", "created"),
)
