"""Claims say how they hang together with their sentence; dropped offers and a desk's coefficients are decisions."""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

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
    _rewrite("claim", "relation", _RELATIONS, "built TEXT DEFAULT '' NOT NULL", "helper VARCHAR DEFAULT '' NOT NULL")
    _rewrite("revision", "kind", _KINDS)
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


def _rewrite(table: str, column: str, words: tuple[str, ...], *columns: str) -> None:
    """Write a table anew so that a column of closed words holds these too, beside whichever it holds by now, and add columns.

    From its own statement, since the order in which Alembic copies constraints is not the same in every run, and the schema
    of a store is compared to the letter.
    """
    run = op.get_bind().exec_driver_sql
    (statement,) = run("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).one()
    query = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name"
    indexes = [sql for (sql,) in run(query, (table,))]
    held = ", ".join(f'"{row[1]}"' for row in run(f"PRAGMA table_info({table})"))
    more = ", ".join(f"'{word}'" for word in words)
    wider = re.sub(rf"({column} IN \([^)]*)\)", rf"\1, {more})", statement, count=1)
    added = "".join(f"{one}, \n\t" for one in columns)
    wider = wider.replace("CONSTRAINT", f"{added}CONSTRAINT", 1)
    run(re.sub(rf'CREATE TABLE "?{table}"?', f"CREATE TABLE {table}_anew", wider, count=1))
    run(f"INSERT INTO {table}_anew ({held}) SELECT {held} FROM {table}")  # noqa: S608
    run(f"DROP TABLE {table}")
    run(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for sql in indexes:
        run(sql)
