"""The outbox: an edition's parts, and a delivery for each chat and part."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition_parts",
        sa.Column("edition", sa.String(length=200), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "platform", "part", name="pk_edition_parts"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("bot", sa.String(length=100), nullable=False),
        sa.Column("chat", sa.String(length=100), nullable=False),
        sa.Column("thread", sa.String(length=100), nullable=False),
        sa.Column("edition", sa.String(length=200), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=True),
        sa.Column("claimed", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("reply_to", sa.String(length=100), nullable=True),
        sa.Column("message", sa.String(length=100), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("sent", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint(
            "platform", "bot", "chat", "thread", "edition", "part",
            name="uq_deliveries_platform_bot_chat_thread_edition_part",
        ),
        sa.ForeignKeyConstraint(
            ["edition", "platform", "part"],
            ["edition_parts.edition", "edition_parts.platform", "edition_parts.part"],
            name="fk_deliveries_edition_platform_part_edition_parts",
            ondelete="CASCADE",
        ),
    )  # fmt: skip
    op.create_index(
        "ix_deliveries_ready", "deliveries", ["platform", "bot", "state", "priority", "not_before", "id"]
    )
    op.create_index("ix_deliveries_edition", "deliveries", ["edition"])
    op.create_index("ix_deliveries_owner", "deliveries", ["owner", "state"])


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("edition_parts")
