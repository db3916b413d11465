"""Resolutions of references, the desk's terms of office, and the links of a version."""

import sqlalchemy as sa
from alembic import op

from db.migrations.steps import decided, more_words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "resolution",
        *decided(),
        sa.Column("version_id", sa.String(36), nullable=False),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.String(24), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("unresolvable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
    )
    op.create_index(op.f("ix_resolution_version_id"), "resolution", ["version_id"], unique=False)
    op.create_index(op.f("ix_resolution_claim_id"), "resolution", ["claim_id"], unique=False)
    op.create_table(
        "office_term",
        *decided(),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("also", sa.JSON(), nullable=False),
        sa.Column("first", sa.String(10), nullable=False),
        sa.Column("last", sa.String(10), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_term")),
    )
    op.add_column("article_version", sa.Column("links", sa.JSON(), nullable=False, server_default="[]"))
    more_words("revision", "kind", ("resolution", "term"))
