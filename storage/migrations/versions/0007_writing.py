"""What a language model wrote, and how much it was used on each day."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "written",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_written"),
    )
    op.create_index("ix_written_created", "written", ["created"])
    op.create_table(
        "model_use",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_model_use"),
    )


def downgrade() -> None:
    op.drop_table("model_use")
    op.drop_index("ix_written_created", "written")
    op.drop_table("written")
