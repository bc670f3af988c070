"""Sources and how their polling stands."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.base import Moment, metadata

sources = Table(
    "sources",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("country", String(2)),
    Column("owner", Text),
    Column("kind", Text),
    Column("state_funded", Boolean),
    Column("zone", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("evidence", Text),
    Column("names", Text, nullable=False),  # a JSON list
)

source_states = Table(
    "source_states",
    metadata,
    Column(
        "source",
        String(200),
        ForeignKey("sources.id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
    ),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("next_poll", Moment),  # none: at once
    Column("last_polled", Moment),
    Column("last_answered", Moment),
    Column("last_new", Moment),
    Column("failures", Integer, nullable=False),
    Column("last_error", Text),
    Column("interval_seconds", Integer, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("redirect_to", Text),
    Column("redirect_count", Integer, nullable=False),
    Column("entries_per_week", Float),
    Column("gap", Boolean, nullable=False),
    Column("first_poll_done", Boolean, nullable=False),
    Column("last_entry_ids", Text, nullable=False),  # a JSON list
    Index("ix_source_states_due", "stopped", "next_poll"),
)
