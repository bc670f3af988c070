"""The editors of each channel, and deliveries that take the place of a sent message."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "editors",
        sa.Column("chat", sa.String(length=300), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("added_by", sa.String(length=100), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat"], ["chats.key"], name="fk_editors_chat_chats", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat", "person", name="pk_editors"),
    )
    op.add_column("deliveries", sa.Column("edits", sa.String(length=100), nullable=True))


def downgrade() -> None:
    op.drop_column("deliveries", "edits")
    op.drop_table("editors")
