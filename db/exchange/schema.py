"""The exact schema that this release writes, to hold against a file from outside."""

import functools
import re
import sqlite3
import tempfile
from pathlib import Path

from db import migrate
from db.engine import connect_arguments

SchemaRow = tuple[str, str, str, str]

_SPACE = re.compile(r"\s+")


@functools.cache
def known_schema() -> frozenset[SchemaRow]:
    """The rows of sqlite_master in a store of this release: type, name, table, statement; made once per process."""
    with tempfile.TemporaryDirectory(prefix="claim-workbench-") as folder:
        path = Path(folder) / "empty.db"
        migrate.create(path)
        connection = sqlite3.connect(connect_arguments(path, read_only=True), uri=True)
        try:
            return frozenset(read_schema(connection))
        finally:
            connection.close()


def read_schema(connection: sqlite3.Connection) -> list[SchemaRow]:
    """The rows of sqlite_master, with white space made even: releases of SQLAlchemy lay out the same statement differently."""
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master"
    return [
        (kind, name, table, _SPACE.sub(" ", sql or "").strip()) for kind, name, table, sql in connection.execute(query)
    ]


@functools.cache
def known_tables() -> frozenset[str]:
    """The names of the tables, full-text ones included."""
    return frozenset(name for kind, name, _, _ in known_schema() if kind == "table")
