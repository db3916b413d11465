"""Later versions of an article: a person's placing of claims, and what still holds after the text changed."""

import sqlalchemy as sa
from alembic import op

from db.migrations.steps import kinds_of_revision
from db.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _decided() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
    ]


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "anchor",
        *_decided(),
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
        *_decided(),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("holds", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    op.create_index(op.f("ix_confirmation_claim_id"), "confirmation", ["claim_id"], unique=False)
    op.add_column("verdict", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    kinds_of_revision(_KINDS.split())


_KINDS = (
    "article version cut claim anchor citation verdict review confirmation dismissal handling source assessment "
    "attestation resolution term"
)
