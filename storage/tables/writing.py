"""What a language model wrote, kept by content, and how much it was used on each day."""

from sqlalchemy import Column, Date, Integer, String, Table, Text

from storage.tables.base import Moment, metadata

written = Table(
    "written",
    metadata,
    Column("key", String(64), primary_key=True),  # of model, language and everything it was asked
    Column("answer", Text, nullable=False),
    Column("created", Moment, nullable=False, index=True),
)

model_use = Table(
    "model_use",
    metadata,
    Column("day", Date, primary_key=True),  # UTC
    Column("tokens", Integer, nullable=False),
)
