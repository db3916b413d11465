"""Reading the tables of a quarantined file column by column: what is not of the type and size it must have is refused."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.errors import ForeignFileRefused

SHORT = 1_000_000
"""Characters that a title, name, address or locator may have."""

LONGEST = 32 * 1024**2
"""Characters that the text of an article or passage, or a decision, may have; it is far below."""

LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Column:
    """What a column must hold."""

    name: str
    holds: type[str] | type[int] | type[bytes] = str
    nullable: bool = False
    longest: int | None = SHORT


DOCUMENT = (
    Column("id", int), Column("content_hash"), Column("text_hash"), Column("title"), Column("source_name"),
    Column("authors"), Column("url"), Column("published_at"), Column("language"), Column("media_type"),
    Column("confidentiality"), Column("characters", int), Column("added_at"),
)  # fmt: skip
PASSAGE = (
    Column("document_id", int), Column("start_offset", int), Column("end_offset", int), Column("locator"),
    Column("text", longest=None),
)  # fmt: skip
EXTERNAL = (Column("document_id", int), Column("external_id"))
REVISION = (
    Column("rid"), Column("kind"), Column("entity"), Column("device"), Column("seq", int), Column("prev", nullable=True),
    Column("action"), Column("label"), Column("undoes", nullable=True), Column("redoes", nullable=True),
    Column("restates", nullable=True),
    Column("author"), Column("at"), Column("data_hash"), Column("body", longest=None),
)  # fmt: skip
META = (Column("key"), Column("value"))


def rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[Column], order: str
) -> Iterator[tuple[Any, ...]]:
    """Every row of a table. Raises ForeignFileRefused for a value of another type, with a NUL, or too long."""
    names = ", ".join(column.name for column in columns)
    for row in connection.execute(f"SELECT {names} FROM {table} ORDER BY {order}"):  # noqa: S608
        for value, column in zip(row, columns, strict=True):
            if value is not None or not column.nullable:
                _refuse_value(table, column, value)
        yield row


def _refuse_value(table: str, column: Column, value: object) -> None:
    if type(value) is not column.holds:
        raise _wrong(table, column, f"a value of another type than {_NAMES[column.holds]}")
    if isinstance(value, str):
        if "\0" in value:
            raise _wrong(table, column, "a NUL character")
        if len(value) > (LONGEST if column.longest is None else column.longest):
            raise _wrong(table, column, f"a text of {len(value)} characters")
    elif isinstance(value, bytes):
        if len(value) > (LONGEST if column.longest is None else column.longest):
            raise _wrong(table, column, f"{len(value)} bytes")
    elif isinstance(value, int) and not 0 <= value < LARGEST:
        raise _wrong(table, column, "a number out of range")


_NAMES = {str: "text", int: "a whole number", bytes: "bytes"}


def _wrong(table: str, column: Column, what: str) -> ForeignFileRefused:
    return ForeignFileRefused(
        f"The file holds {what} in {table}.{column.name}.", "It was not made by Claim Workbench; ask for it again."
    )


def moment(text: str) -> datetime:
    """A time as `UtcDateTime` stores it on SQLite. Raises ValueError."""
    value = datetime.fromisoformat(text)
    if value.utcoffset() is None or moment_text(value) != text or value.year < 1970:
        raise ValueError("not a time in UTC")
    return value


def moment_text(value: datetime) -> str:
    """The text that `UtcDateTime` stores on SQLite for a time in UTC."""
    return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
