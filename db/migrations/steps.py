"""Steps that several migrations take."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime


def decided() -> list[sa.Column[object]]:
    """The columns that every projection of revisions begins with, as `db.tables.base.Decided` has them."""
    return [
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
    ]


def kinds_of_revision(words: Sequence[str]) -> None:
    """Let revisions be of these kinds and no other: the words that a column may hold are a constraint of its table.

    SQLite changes no constraint, so the table is written anew there; by hand, since the order in which Alembic copies
    constraints is not the same in every run, and the schema of a store is compared to the letter.
    """
    kinds = sa.Enum(*words, name=op.f("ck_revision_kind"), native_enum=False, create_constraint=True, length=24)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_revision_kind"), "revision", type_="check")
        listed = ", ".join(f"'{word}'" for word in words)
        op.create_check_constraint(op.f("ck_revision_kind"), "revision", f"kind IN ({listed})")
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
