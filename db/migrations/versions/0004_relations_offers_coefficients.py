"""Claims say how they hang together with their sentence; dropped offers and a desk's coefficients are decisions."""

import sqlalchemy as sa
from alembic import op

from db.migrations.steps import decided, more_words

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

_RELATIONS = (
    "main",
    "clause",
    "subordinate",
    "relative",
    "coordination",
    "participle",
    "apposition",
    "parenthesis",
    "prepositional",
    "conjunct",
    "example",
)
_KINDS = ("dropped_offer", "coefficients")


def upgrade() -> None:
    """To this schema."""
    more_words("claim", "relation", _RELATIONS, "built TEXT DEFAULT '' NOT NULL", "helper VARCHAR DEFAULT '' NOT NULL")
    more_words("revision", "kind", _KINDS)
    op.create_table(
        "dropped_offer",
        *decided(),
        sa.Column("version_id", sa.String(36), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("fragments", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dropped_offer")),
    )
    op.create_index(op.f("ix_dropped_offer_version_id"), "dropped_offer", ["version_id"], unique=False)
    op.create_table(
        "coefficients",
        *decided(),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("intercept", sa.Integer(), nullable=False),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("set_aside", sa.Integer(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("shipped", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coefficients")),
    )
