"""Consistent copies of a live store. A plain file copy of one that is in use is usually corrupt; this never is."""

import contextlib
import os
import secrets
import sqlite3
from pathlib import Path

from db.engine import BUSY_SECONDS, connect_arguments, explain
from db.errors import StoreNotWritable, TargetExists


def backup(path: Path, target: Path) -> None:
    """Copy a store, in use or not, to a new file; checked before it gets its name.

    Raises TargetExists, StoreNotWritable where the target cannot be written, DamagedStore where the copy fails its check.
    """
    if target.exists():
        raise TargetExists(f"{target} exists already.", "Name a new file; nothing was overwritten.")
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        copy_into(path, part, target)
        publish(part, target)
    except OSError as error:
        raise StoreNotWritable(f"{target} cannot be written: {error.strerror}.", "Name another place.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}-journal").unlink(missing_ok=True)


def copy_into(path: Path, part: Path, target: Path | None = None) -> None:
    """Copy a store's pages into an existing empty file by SQLite's backup interface, and check the copy.

    `target` is the name that the copy will get, for messages. Raises StoreBusy, NotAStore or DamagedStore.
    """
    copy_pages(path, part, target)
    copy = sqlite3.connect(connect_arguments(part, read_only=True), uri=True)
    try:
        problems = [answer for (answer,) in copy.execute("PRAGMA quick_check(1)") if answer != "ok"]
        if problems:
            raise sqlite3.DatabaseError(f"malformed: {problems[0]}")
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        copy.close()


def copy_pages(path: Path, part: Path, target: Path | None = None) -> None:
    """Copy a store as it is into an existing empty file. Raises StoreBusy, NotAStore, or DamagedStore where it cannot be read."""
    # Not read-only: after a crash it is the first connection that puts back what was half written.
    source = sqlite3.connect(
        connect_arguments(path, read_only=False), uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    copy = sqlite3.connect(connect_arguments(part, read_only=False), uri=True)
    try:
        # Held before copying starts: the backup interface itself would wait for a lock without end.
        source.execute("BEGIN")
        source.execute("PRAGMA schema_version")
        source.backup(copy)
    except sqlite3.Error as error:
        raise explain(error, target or part if "full" in str(error) else path) from error
    finally:
        copy.close()
        source.close()


def publish(part: Path, target: Path) -> None:
    """Give a finished file its name so that it survives a power cut: flush it, rename it, flush its folder."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
