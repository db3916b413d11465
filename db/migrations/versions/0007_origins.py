"""Shingles of documents, pairs that share some, and decisions about origins."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0007"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema. Shingles and pairs are computed when they are first needed."""
    _widen_kinds()
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
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("other", sa.String(64), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin_link")),
    )
    op.create_index(op.f("ix_origin_link_document"), "origin_link", ["document"], unique=False)
    op.create_index(op.f("ix_origin_link_other"), "origin_link", ["other"], unique=False)


_KINDS = (
    "article version cut claim citation verdict review dismissal handling source assessment attestation origin_link"
)
"""Every kind of revision that there is at this schema: in a chain with other revisions, theirs belong here too."""


def _widen_kinds() -> None:
    """Let revisions be of the new kind: the words that a column may hold are a constraint of its table.

    SQLite changes no constraint, so the table is written anew there, by hand, so that it reads the same in every file.
    """
    name = op.f("ck_revision_kind")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, "revision", type_="check")
        words = ", ".join(f"'{word}'" for word in _KINDS.split())
        op.create_check_constraint(name, "revision", f"kind IN ({words})")
        return
    # An empty table goes first: a new store then has no free pages, which no journal would put back.
    empty = op.get_bind().execute(sa.text("SELECT 1 FROM revision LIMIT 1")).first() is None
    if empty:
        op.drop_table("revision")
    op.create_table(
        "revision_anew",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*_KINDS.split(), name=name, native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("entity", sa.String(36), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("prev", sa.String(64), nullable=True),
        sa.Column("action", sa.String(36), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("undoes", sa.String(36), nullable=True),
        sa.Column("redoes", sa.String(36), nullable=True),
        sa.Column("restates", sa.String(64), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("data_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_revision")),
        sa.UniqueConstraint("rid", name=op.f("uq_revision_rid")),
    )
    if not empty:
        op.execute("INSERT INTO revision_anew SELECT * FROM revision")
        op.drop_table("revision")
    op.rename_table("revision_anew", "revision")
    op.create_index(op.f("ix_revision_action"), "revision", ["action"], unique=False)
    op.create_index(op.f("ix_revision_entity"), "revision", ["entity"], unique=False)
    op.create_index("ix_revision_device_seq", "revision", ["device", "seq"], unique=False)
