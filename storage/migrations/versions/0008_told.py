"""Which message carried a story to a chat where a person asked for it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told",
        sa.Column("chat", sa.String(length=300), nullable=False),
        sa.Column("story", sa.String(length=200), nullable=False),
        sa.Column("message", sa.String(length=100), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name="fk_told_chat_chats", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat", "story", name="pk_told"),
    )
    op.create_index("ix_told_story", "told", ["story", "at"])


def downgrade() -> None:
    op.drop_index("ix_told_story", "told")
    op.drop_table("told")
