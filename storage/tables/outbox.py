"""What is to be sent: an edition's parts as each platform takes them, and one delivery a chat and part."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import Moment, metadata

edition_parts = Table(
    "edition_parts",
    metadata,
    Column("edition", String(200), primary_key=True),
    Column("platform", String(16), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("created", Moment, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("platform", String(16), nullable=False),
    Column("bot", String(100), nullable=False),
    Column("chat", String(100), nullable=False),
    Column("thread", String(100), nullable=False),
    Column("edition", String(200), nullable=False),
    Column("part", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("priority", Integer, nullable=False),  # lower goes first
    Column("not_before", Moment, nullable=False),
    Column("owner", String(100)),
    Column("claimed", Moment),
    Column("attempts", Integer, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("reply_to", String(100)),
    Column("edits", String(100)),  # the platform's id of the message that this row takes the place of
    Column("message", String(100)),  # the platform's id, once sent
    Column("error", Text),
    Column("sent", Moment),
    UniqueConstraint("platform", "bot", "chat", "thread", "edition", "part"),
    ForeignKeyConstraint(
        ["edition", "platform", "part"],
        ["edition_parts.edition", "edition_parts.platform", "edition_parts.part"],
        ondelete="CASCADE",
    ),
    Index("ix_deliveries_ready", "platform", "bot", "state", "priority", "not_before", "id"),
    Index("ix_deliveries_edition", "edition"),
    Index("ix_deliveries_owner", "owner", "state"),
)
