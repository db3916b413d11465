"""Shingles of documents, pairs that share some, and decisions about origins."""

import sqlalchemy as sa
from alembic import op

from db.migrations.steps import decided, more_words

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema. Shingles and pairs are computed when they are first needed."""
    more_words("revision", "kind", ("origin_link",))
    op.create_table(
        "shingle_segment",
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("documents", sa.LargeBinary(), nullable=False),
        sa.Column("sizes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("first", name=op.f("pk_shingle_segment")),
    )
    op.create_table(
        "copy_pair",
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("rare", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("quoted", sa.Integer(), nullable=False),
        sa.Column("shorter", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["first"], ["document.id"], name=op.f("fk_copy_pair_first_document")),
        sa.ForeignKeyConstraint(["second"], ["document.id"], name=op.f("fk_copy_pair_second_document")),
        sa.PrimaryKeyConstraint("first", "second", name=op.f("pk_copy_pair")),
    )
    op.create_index(op.f("ix_copy_pair_second"), "copy_pair", ["second"], unique=False)
    op.create_table(
        "origin_link",
        *decided(),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("other", sa.String(64), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin_link")),
    )
    op.create_index(op.f("ix_origin_link_document"), "origin_link", ["document"], unique=False)
    op.create_index(op.f("ix_origin_link_other"), "origin_link", ["other"], unique=False)
