"""Opening a store: is the file ours, is it whole, is it of a release that we can read; and the pragmas every connection gets.

Rollback journal and full synchronisation rather than WAL: SQLite before 3.51.3 can corrupt a WAL file on reset, and
Python ships such versions. Writers take the lock at BEGIN, so that two desks on one machine wait instead of failing.

A file can be looked at without SQLAlchemy, which takes a quarter of a second to load.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import DamagedStore, NewerStore, NotAStore, StoreBusy, StoreNotWritable

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

APPLICATION_ID = 0x434C5742
"""The bytes "CLWB" at offset 68 of the file; `file` and we recognise a store by them."""

SCHEMA_HEAD = "0009"
"""The Alembic revision that this release writes."""

SCHEMAS_BEFORE: frozenset[str] = frozenset({"0001", "0002", "0004", "0005", "0006", "0007", "0008"})
"""The Alembic revisions of earlier releases, which this one can upgrade."""

BUSY_SECONDS = 20.0
CHECK_LIMIT_BYTES = 200_000_000
"""Above this size opening skips quick_check, which would take longer than people wait; `db check` never skips."""

_HEADER = b"SQLite format 3\x00"


def connect_arguments(path: Path, *, read_only: bool) -> str:
    """The SQLite address of a file: percent-encoded, so that no character of a path can become an option."""
    mode = "ro" if read_only else "rw"
    return f"{path.absolute().as_uri()}?mode={mode}"


def look_at(path: Path) -> None:
    """Refuse a file that cannot be a store of ours by its first 100 bytes.

    Only for files that no connection of this process has open: closing any descriptor of a file drops SQLite's locks on it.
    Raises NotAStore, DamagedStore or StoreNotWritable.
    """
    if path.is_dir():
        raise NotAStore(f"{path} is a folder, not a database.", "Name a file inside it, such as desk.db.")
    try:
        with path.open("rb") as file:
            head = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except PermissionError as error:
        raise StoreNotWritable(f"{path} may not be read.", "Check its permissions.") from error
    except OSError as error:
        raise NotAStore(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    if size == 0:
        raise NotAStore(f"{path} is empty, not a Claim Workbench database.", "Delete it or name another file.")
    if len(head) < 100 or head[:16] != _HEADER:
        raise NotAStore(f"{path} is not a Claim Workbench database.", "Name a database, or a new file to create one.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAStore(
            f"{path} is an SQLite database, but not one of Claim Workbench.",
            "Name another file; this one was not touched.",
        )
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big")
    # While a journal waits to be rolled back, the header may speak of pages that a killed writer never wrote.
    whole = pages * page <= size or path.with_name(path.name + "-journal").exists()
    if page < 512 or page & (page - 1) or not whole:
        raise DamagedStore(
            f"{path} is shorter than it says: {size} bytes of {pages * page}.",
            "Take a backup of it, then restore the last good copy.",
        )


def check_file(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a newer or damaged store. Raises NewerStore, DamagedStore, StoreBusy, NotAStore."""
    try:
        schema_of(path, connection)
        if path.stat().st_size <= CHECK_LIMIT_BYTES:
            problems = [text for (text,) in connection.execute("PRAGMA quick_check(3)") if text != "ok"]
            problems += [
                f"a row of {table} points nowhere" for table, *_ in connection.execute("PRAGMA foreign_key_check")
            ][:3]
            if problems:
                raise DamagedStore(
                    f"{path} is damaged: {problems[0]}.", "Keep a copy of it, then restore the last good backup."
                )
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except UnicodeDecodeError as error:
        raise DamagedStore(
            f"{path} is damaged: its schema is not text.", "Keep a copy of it, then restore the last good backup."
        ) from error


def schema_of(path: Path, connection: sqlite3.Connection) -> str:
    """The schema that a file says it has: this release's or an earlier one's.

    Raises NewerStore, DamagedStore where it says none, several or one of no release, and sqlite3.Error.
    """
    stamps = [stamp for (stamp,) in connection.execute("SELECT version_num FROM alembic_version LIMIT 2")]
    stamp = stamps[0] if len(stamps) == 1 else None
    if isinstance(stamp, str):
        if stamp == SCHEMA_HEAD or stamp in SCHEMAS_BEFORE:
            return stamp
        if stamp.isascii() and stamp.isdigit() and len(stamp) == len(SCHEMA_HEAD) and stamp > SCHEMA_HEAD:
            raise NewerStore(
                f"{path} was written by a newer release (schema {stamp}; this one knows {SCHEMA_HEAD}).",
                "Upgrade Claim Workbench; the file was not touched.",
            )
    raise DamagedStore(
        f"{path} is damaged: it does not say which release wrote it.",
        "Keep a copy of it, then restore the last good backup.",
    )


@contextmanager
def plain_errors() -> Iterator[None]:
    """Let SQLite's own errors out of SQLAlchemy's wrapping, for `explain`."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise error.orig from error
        raise


def explain(error: sqlite3.Error, path: Path | str) -> DamagedStore | StoreBusy | StoreNotWritable | NotAStore:
    """What an SQLite error means to a person."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreBusy(
            f"{path} is in use by another program that does not let go.", "Close it there, then try again."
        )
    if "readonly" in text or "unable to open" in text:
        return StoreNotWritable(
            f"{path} cannot be written ({text}).", "Check the permissions of the file and its folder."
        )
    if "full" in text or "disk I/O" in text:
        return StoreNotWritable(
            f"The disk that holds {path} does not take more data ({text}).",
            "Free some space; nothing of this action was written, everything before it is safe.",
        )
    if "malformed" in text or "corrupt" in text:
        return DamagedStore(f"{path} is damaged ({text}).", "Keep a copy of it, then restore the last good backup.")
    if "not a database" in text:
        return NotAStore(f"{path} is not a Claim Workbench database.", "Name another file.")
    if "no such table" in text:
        return NotAStore(f"{path} lacks what a Claim Workbench database holds ({text}).", "Name another file.")
    return DamagedStore(f"{path} could not be used ({text}).", "Run workbench db check on it.")


def make_engine(path: Path, *, read_only: bool) -> "Engine":
    """An engine on one SQLite file; a write unit begins with BEGIN IMMEDIATE, a read unit with BEGIN."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    address = connect_arguments(path, read_only=read_only)

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=8, hide_parameters=True
    )

    def on_connect(connection: "DBAPIConnection", _record: "ConnectionPoolEntry") -> None:
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys=ON",
            "synchronous=FULL",
            "mmap_size=0",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "secure_delete=ON",
            "cache_size=-32000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def on_begin(connection: Any) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine
