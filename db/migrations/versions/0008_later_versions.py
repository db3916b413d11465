"""Later versions of an article: a person's placing of claims, and what still holds after the text changed."""

import sqlalchemy as sa
from alembic import op

from db.migrations.steps import decided, more_words

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    more_words("revision", "kind", ("anchor", "confirmation"))
    op.create_table(
        "anchor",
        *decided(),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("version_id", sa.String(36), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=True),
        sa.Column("end_offset", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
    )
    op.create_index(op.f("ix_anchor_claim_id"), "anchor", ["claim_id"], unique=False)
    op.create_table(
        "confirmation",
        *decided(),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("holds", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    op.create_index(op.f("ix_confirmation_claim_id"), "confirmation", ["claim_id"], unique=False)
    op.add_column("verdict", sa.Column("words", sa.Text(), nullable=False, server_default=""))
