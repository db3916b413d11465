"""Holding a file from outside at arm's length: a private copy, opened so that nothing in it can act.

Only the copy is ever opened by SQLite, read-only and immutable, with triggers, views and unknown names denied.
"""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import stat
import tempfile
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from db.engine import APPLICATION_ID
from db.errors import ForeignFileRefused
from db.exchange.schema import known_tables

SIZE_LIMIT = 2 * 1024**3
SECONDS = 600.0
LONGEST = 65 * 1024**2
"""Bytes of the longest value, a snapshot; texts are bounded where they are read."""

STEPS = 10_000
"""How many steps of SQLite's machine pass between two looks at the clock."""

_BLOCK = 1024 * 1024
_HEADER = b"SQLite format 3\x00"
_ASK = "Ask for it again, packed with “workbench share pack”."
_FUNCTIONS = {"count"}
_PRAGMAS = {"quick_check", "foreign_key_check"}


class Quarantine:
    """A private copy of a foreign file; gone with `close`, at the latest when the object is."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.path = folder / "foreign.db"
        self.sha256 = ""
        self.size = 0
        self._remove = weakref.finalize(self, shutil.rmtree, folder, True)

    def close(self) -> None:
        """Remove the copy."""
        self._remove()

    @contextlib.contextmanager
    def reading(self, seconds: float = SECONDS) -> Iterator[sqlite3.Connection]:
        """A guarded connection. What SQLite finds wrong while it is open becomes ForeignFileRefused."""
        deadline = time.monotonic() + seconds
        try:
            connection = _guarded(self.path, deadline)
        except sqlite3.Error as error:
            raise _refusal(self.name, error) from error
        try:
            yield connection
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if time.monotonic() > deadline:
                raise ForeignFileRefused(f"{self.name} takes too long to read.", _ASK) from error
            raise _refusal(self.name, error) from error
        finally:
            connection.close()


def _refusal(name: str, error: Exception) -> ForeignFileRefused:
    return ForeignFileRefused(f"{name} is damaged or made up ({str(error)[:120]}).", _ASK)


def take_in(path: Path, *, limit: int = SIZE_LIMIT, own: Path | None = None) -> Quarantine:
    """Copy a foreign file to a private folder, after looking at what it is and at its first 100 bytes.

    `own` is the store that this process has open: that one may not even be opened for reading, since closing a file
    drops SQLite's locks on it. Raises ForeignFileRefused.
    """
    name = path.name
    try:
        found = path.lstat()
        if own is not None and _same_file(path, own):
            raise ForeignFileRefused(f"{name} is the database that is open here.", "Name the file of another desk.")
        _refuse_companions(path)
        if not stat.S_ISREG(found.st_mode):
            raise ForeignFileRefused(f"{name} is {_what(found.st_mode)}, not a plain file.", "Name the file itself.")
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(path, flags), "rb") as file:
            return _take_in(file, name, limit)
    except OSError as error:
        raise ForeignFileRefused(f"{name} cannot be read: {error.strerror}.", "Check the path.") from error


def _same_file(path: Path, own: Path) -> bool:
    try:
        return path.samefile(own)
    except OSError:
        return False


def _refuse_companions(path: Path) -> None:
    for ending in ("-wal", "-journal"):
        companion = path.with_name(path.name + ending)
        if os.path.lexists(companion):
            raise ForeignFileRefused(
                f"{path.name} has a companion {companion.name}: it was copied while in use and may be incomplete.", _ASK
            )


def _what(mode: int) -> str:
    for test, word in (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISLNK, "a symbolic link"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
    ):
        if test(mode):
            return word
    return "a device"


def _take_in(file: BinaryIO, name: str, limit: int) -> Quarantine:
    found = os.fstat(file.fileno())
    if not stat.S_ISREG(found.st_mode):
        raise ForeignFileRefused(f"{name} is {_what(found.st_mode)}, not a plain file.", "Name the file itself.")
    if found.st_size > limit:
        raise ForeignFileRefused(
            f"{name} is larger than {limit // 1024**2} MB.", "Ask for a share of fewer documents, or raise the limit."
        )
    _check_header(file.read(100), found.st_size, name)
    file.seek(0)
    quarantine = Quarantine(name, Path(tempfile.mkdtemp(prefix="claim-workbench-")))
    try:
        quarantine.sha256, quarantine.size = _copy(file, quarantine.path, found.st_size)
    except BaseException:
        quarantine.close()
        raise
    if quarantine.size != found.st_size or os.fstat(file.fileno()).st_size != found.st_size:
        quarantine.close()
        raise ForeignFileRefused(f"{name} changed while it was read.", "Wait until it has arrived completely.")
    return quarantine


def _check_header(head: bytes, size: int, name: str) -> None:
    if size == 0:
        raise ForeignFileRefused(f"{name} is empty.", _ASK)
    if len(head) < 100 or head[:16] != _HEADER:
        raise ForeignFileRefused(f"{name} is not a Claim Workbench database.", _ASK)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise ForeignFileRefused(f"{name} is an SQLite database, but not one of Claim Workbench.", "Name another file.")
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big")
    if page < 512 or page & (page - 1) or pages * page != size:
        raise ForeignFileRefused(f"{name} is {size} bytes long, but says {pages * page}: it is incomplete.", _ASK)


def _copy(file: BinaryIO, target: Path, size: int) -> tuple[str, int]:
    digest = hashlib.sha256()
    copied = 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as copy:
        while copied <= size and (block := file.read(_BLOCK)):
            digest.update(block)
            copy.write(block)
            copied += len(block)
    return digest.hexdigest(), copied


def _guarded(path: Path, deadline: float) -> sqlite3.Connection:
    known_tables()
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
    )
    for limit, value in (
        (sqlite3.SQLITE_LIMIT_LENGTH, LONGEST),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (sqlite3.SQLITE_LIMIT_COLUMN, 100),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50),
        (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 3),
        (sqlite3.SQLITE_LIMIT_VDBE_OP, 100_000),
        (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 8),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
    ):
        connection.setlimit(limit, value)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_allow)
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), STEPS)
    return connection


def _allow(action: int, first: str | None, second: str | None, _database: str | None, source: str | None) -> int:
    """Plain reading of tables that a store has, and nothing that a trigger or view asks for."""
    if source is not None:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and (first in known_tables() or first == "sqlite_master"):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
