"""Resolutions of references, the desk's terms of office, and the links of a version."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0002"
down_revision = "0001"
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
        "resolution",
        *_decided(),
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
        *_decided(),
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
    _widen_kinds()


_KINDS = (
    "article version cut claim citation verdict review dismissal handling source assessment attestation resolution term"
)


def _widen_kinds() -> None:
    """Let revisions be of the new kinds: the words that a column may hold are a constraint of its table.

    SQLite changes no constraint, so the table is written anew there; by hand, since the order in which constraints are
    copied must be the same in every file.
    """
    kinds = sa.Enum(
        *_KINDS.split(), name=op.f("ck_revision_kind"), native_enum=False, create_constraint=True, length=24
    )
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_revision_kind"), "revision", type_="check")
        words = ", ".join(f"'{word}'" for word in _KINDS.split())
        op.create_check_constraint(op.f("ck_revision_kind"), "revision", f"kind IN ({words})")
        return
    fresh = op.get_bind().execute(sa.text("SELECT 1 FROM revision LIMIT 1")).first() is None
    if fresh:
        # Its pages are used again at once, so that a new store has no empty ones, which no journal would restore.
        op.drop_table("revision")
    op.create_table(
        "revision_anew",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("kind", kinds, nullable=False),
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
    if not fresh:
        op.execute("INSERT INTO revision_anew SELECT * FROM revision")
        op.drop_table("revision")
    op.rename_table("revision_anew", "revision")
    op.create_index(op.f("ix_revision_action"), "revision", ["action"], unique=False)
    op.create_index(op.f("ix_revision_entity"), "revision", ["entity"], unique=False)
    op.create_index("ix_revision_device_seq", "revision", ["device", "seq"], unique=False)
