"""Steps that several migrations take."""

import re
from collections.abc import Iterable

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


def more_words(table: str, column: str, words: Iterable[str], *columns: str) -> None:
    """Let a column of closed words hold these too, beside those that it holds by now, and add columns to its table.

    SQLite changes no constraint, so the table is written anew: from its own statement, since the order in which Alembic
    copies constraints is not the same in every run, and the schema of a store is compared to the letter.
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
    # An empty table goes first: its pages are used again at once, and a new store has no free ones, which no journal restores.
    filled = run(f"SELECT 1 FROM {table} LIMIT 1").first() is not None  # noqa: S608
    if not filled:
        run(f"DROP TABLE {table}")
    run(re.sub(rf'CREATE TABLE "?{table}"?', f"CREATE TABLE {table}_anew", wider, count=1))
    if filled:
        run(f"INSERT INTO {table}_anew ({held}) SELECT {held} FROM {table}")  # noqa: S608
        run(f"DROP TABLE {table}")
    run(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for sql in indexes:
        run(sql)
