"""Chats: their settings, what they subscribed to, follow and have muted, and what editors did.

Everything of a chat hangs on its key, so that forgetting it is one deletion and a chat's new id one update.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import Moment, metadata


def _chat(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "chat",
        String(300),
        ForeignKey("chats.key", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


chats = Table(
    "chats",
    metadata,
    Column("key", String(300), primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("bot", String(100), nullable=False),
    Column("chat", String(100), nullable=False),
    Column("thread", String(100), nullable=False),
    Column("language", String(10)),
    Column("digits", String(10)),
    Column("zone", String(60)),
    Column("topic", String(100)),
    Column("title", Text),
    Column("paused", Boolean, nullable=False),
    Column("pause_cause", Text),
    Column("quiet_from", Integer),  # minute of the local day
    Column("quiet_to", Integer),
    Column("quiet_mode", String(10)),
    Column("created", Moment),
    UniqueConstraint("platform", "bot", "chat", "thread", name="uq_chats_address"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", String(60), primary_key=True),
    _chat(),
    Column("topic", String(100), nullable=False),
    Column("time", Integer, nullable=False),  # minute of the local day
    Column("zone", String(60), nullable=False),
    Column("weekdays", Integer, nullable=False),  # bit 0 is Monday
    Column("created", Moment),
    Column("paused", Boolean, nullable=False),
    Column("last_fired", Moment),
    Column("next_due", Moment),
    UniqueConstraint("chat", "topic", "time", name="uq_subscriptions_hour"),
    Index("ix_subscriptions_due", "paused", "next_due"),
)

follows = Table(
    "follows",
    metadata,
    Column("id", String(60), primary_key=True),
    _chat(),
    Column("kind", String(10), nullable=False),
    Column("value", String(300), nullable=False),
    Column("created", Moment),
    UniqueConstraint("chat", "kind", "value", name="uq_follows_what"),
    Index("ix_follows_what", "kind", "value"),
)

mutes = Table(
    "mutes",
    metadata,
    _chat(primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("value", String(300), primary_key=True),
    Column("created", Moment),
)

seen = Table(
    "seen",
    metadata,
    _chat(primary_key=True),
    Column("topic", String(100), primary_key=True),
    Column("data", Text, nullable=False),  # JSON: what this chat was last told
)

told = Table(
    "told",
    metadata,
    _chat(primary_key=True),
    Column("story", String(200), primary_key=True),
    Column("message", String(100), nullable=False),  # the platform's id
    Column("at", Moment, nullable=False),
    Index("ix_told_story", "story", "at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(60), primary_key=True),
    _chat(),
    Column("edition", String(200)),
    Column("author", String(100), nullable=False),
    Column("state", String(10), nullable=False),
    Column("data", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("scheduled", Moment),
    Column("decided_by", String(100)),
    Column("decided", Moment),
    Index("ix_drafts_schedule", "state", "scheduled"),
)

editors = Table(
    "editors",
    metadata,
    _chat(primary_key=True),
    Column("person", String(100), primary_key=True),  # on the channel's own platform
    Column("added_by", String(100), nullable=False),
    Column("created", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    _chat(),
    Column("person", String(100), nullable=False),
    Column("action", String(60), nullable=False),
    Column("values", Text, nullable=False),
)
