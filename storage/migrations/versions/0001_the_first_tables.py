"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "sources",
    "source_states",
    "articles",
    "revisions",
    "entries",
    "analyses",
    "matches",
    "story_members",
    "merged_stories",
    "briefs",
    "search_documents",
    "chats",
    "subscriptions",
    "follows",
    "mutes",
    "seen",
    "drafts",
    "audit",
)


def upgrade() -> None:
    _sources()
    _articles()
    _analyses()
    _stories()
    _briefs()
    _search()
    _chats()
    _subscriptions()
    _follows()
    _editors()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("state_funded", sa.Boolean(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("names", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "source_states",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("next_poll", sa.BigInteger(), nullable=True),
        sa.Column("last_polled", sa.BigInteger(), nullable=True),
        sa.Column("last_answered", sa.BigInteger(), nullable=True),
        sa.Column("last_new", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("redirect_to", sa.Text(), nullable=True),
        sa.Column("redirect_count", sa.Integer(), nullable=False),
        sa.Column("entries_per_week", sa.Float(), nullable=True),
        sa.Column("gap", sa.Boolean(), nullable=False),
        sa.Column("first_poll_done", sa.Boolean(), nullable=False),
        sa.Column("last_entry_ids", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"],
            ["sources.id"],
            name="fk_source_states_source_sources",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("source", name="pk_source_states"),
    )
    op.create_index("ix_source_states_due", "source_states", ["stopped", "next_poll"], unique=False)


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.BigInteger(), nullable=True),
        sa.Column("collected", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("revised", sa.BigInteger(), nullable=True),
        sa.Column("moment", sa.BigInteger(), nullable=True),
        sa.Column("analysis", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("url", name="uq_articles_url"),
    )
    op.create_index("ix_articles_analysis", "articles", ["analysis"], unique=False)
    op.create_index("ix_articles_moment", "articles", ["moment"], unique=False)
    op.create_index("ix_articles_outlet_moment", "articles", ["outlet", "moment"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name="fk_revisions_article_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", "revision", name="pk_revisions"),
    )
    op.create_table(
        "entries",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name="fk_entries_article_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source", "entry", name="pk_entries"),
    )
    op.create_index("ix_entries_article", "entries", ["article"], unique=False)


def _analyses() -> None:
    op.create_table(
        "analyses",
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name="fk_analyses_article_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", name="pk_analyses"),
    )
    op.create_table(
        "matches",
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("label", sa.String(length=10), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name="fk_matches_article_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", "topic", name="pk_matches"),
    )
    op.create_index("ix_matches_window", "matches", ["topic", "label", "moment"], unique=False)


def _stories() -> None:
    op.create_table(
        "story_members",
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("story", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name="fk_story_members_article_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", name="pk_story_members"),
    )
    op.create_index("ix_story_members_story", "story_members", ["story"], unique=False)
    op.create_table(
        "merged_stories",
        sa.Column("old", sa.String(length=200), nullable=False),
        sa.Column("new", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("old", name="pk_merged_stories"),
    )
    op.create_index("ix_merged_stories_new", "merged_stories", ["new"], unique=False)


def _briefs() -> None:
    op.create_table(
        "briefs",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=False),
        sa.Column("window_seconds", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("brief", sa.Text(), nullable=True),
        sa.Column("values", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_briefs"),
    )
    op.create_index("ix_briefs_created", "briefs", ["created"], unique=False)
    op.create_index(
        "ix_briefs_prepared",
        "briefs",
        ["kind", "topic", "language", "window_seconds", "created"],
        unique=False,
    )


def _search() -> None:
    op.create_table(
        "search_documents",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["articles.id"],
            name="fk_search_documents_article_articles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_search_documents"),
        sa.UniqueConstraint("article", name="uq_search_documents_article"),
    )


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("bot", sa.String(length=100), nullable=False),
        sa.Column("chat", sa.String(length=100), nullable=False),
        sa.Column("thread", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("digits", sa.String(length=10), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=True),
        sa.Column("topic", sa.String(length=100), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("pause_cause", sa.Text(), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.Column("quiet_mode", sa.String(length=10), nullable=True),
        sa.Column("created", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_chats"),
        sa.UniqueConstraint("platform", "bot", "chat", "thread", name="uq_chats_address"),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("chat", sa.String(length=300), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("last_fired", sa.BigInteger(), nullable=True),
        sa.Column("next_due", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat"],
            ["chats.key"],
            name="fk_subscriptions_chat_chats",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("chat", "topic", "time", name="uq_subscriptions_hour"),
    )
    op.create_index("ix_subscriptions_due", "subscriptions", ["paused", "next_due"], unique=False)


def _follows() -> None:
    op.create_table(
        "follows",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("chat", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat"],
            ["chats.key"],
            name="fk_follows_chat_chats",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_follows"),
        sa.UniqueConstraint("chat", "kind", "value", name="uq_follows_what"),
    )
    op.create_index("ix_follows_what", "follows", ["kind", "value"], unique=False)
    op.create_table(
        "mutes",
        sa.Column("chat", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name="fk_mutes_chat_chats", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat", "kind", "value", name="pk_mutes"),
    )
    op.create_table(
        "seen",
        sa.Column("chat", sa.String(length=300), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name="fk_seen_chat_chats", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat", "topic", name="pk_seen"),
    )


def _editors() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("chat", sa.String(length=300), nullable=False),
        sa.Column("edition", sa.String(length=200), nullable=True),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("scheduled", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(length=100), nullable=True),
        sa.Column("decided", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name="fk_drafts_chat_chats", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_schedule", "drafts", ["state", "scheduled"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.String(length=300), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name="fk_audit_chat_chats", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)
