"""Later versions of an article: a person's placing of claims, and what still holds after the text changed."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0003"
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
    _widen_kinds()


_KINDS = (
    "article version cut claim anchor citation verdict review confirmation dismissal handling source assessment "
    "attestation"
)
"""Every kind of revision that there is at this schema: in a chain with other revisions, theirs belong here too."""


def _widen_kinds() -> None:
    """Let revisions be of the new kinds: the words that a column may hold are a constraint of its table.

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
