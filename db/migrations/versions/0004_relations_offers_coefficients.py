"""Claims say how they hang together with their sentence; dropped offers and a desk's coefficients are decisions."""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from db.types import UtcDateTime

revision = "0004"
down_revision = "0001"
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
    with op.batch_alter_table("claim", recreate="always") as batch:
        _widen(batch, "claim", "relation", _RELATIONS)
        batch.add_column(sa.Column("built", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("helper", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("revision", recreate="always") as batch:
        _widen(batch, "revision", "kind", _KINDS)
    op.create_table(
        "dropped_offer",
        *_decided(),
        sa.Column("version_id", sa.String(36), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("fragments", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dropped_offer")),
    )
    op.create_index(op.f("ix_dropped_offer_version_id"), "dropped_offer", ["version_id"], unique=False)
    op.create_table(
        "coefficients",
        *_decided(),
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


def _decided() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
    ]


def _widen(batch: BatchOperations, table: str, column: str, words: tuple[str, ...]) -> None:
    """Let a column of closed words hold these too, beside whichever it holds by now."""
    query = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    statement = str(op.get_bind().execute(query, {"name": table}).scalar_one())
    name, listed = re.findall(rf"CONSTRAINT (\w+) CHECK \({column} IN \(([^)]*)\)\)", statement)[0]
    held = re.findall(r"'([^']*)'", listed)
    batch.drop_constraint(op.f(name), type_="check")
    kind = sa.Enum(*held, *words, name=column, native_enum=False, create_constraint=True, length=24)
    batch.alter_column(column, type_=kind, existing_nullable=False)
