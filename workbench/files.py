"""Reading and writing files of people's: only regular files, never more than asked for, whole or not at all."""

import contextlib
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from workbench.errors import InputRefused

_STORE_MAGIC = b"CLWB"
_STORE_MAGIC_AT = 68


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; pipes and devices, which may never end, are not opened.

    Raises InputRefused, naming the file.
    """
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise InputRefused(f"{path} is a folder, not a file.", "Name a file in it.")
        if not stat.S_ISREG(facts.st_mode):
            raise InputRefused(f"{path} is not a regular file.", "Save what it gives to a file first.")
        if facts.st_size > limit:
            raise InputRefused(f"{path} is larger than {limit // 1024**2} MB.", "Split it into smaller files.")
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError as error:
        raise InputRefused(f"There is no file {path}.", "Check the path.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputRefused(f"{path} cannot be read: {reason}.", "Check the path and its permissions.") from error


@contextlib.contextmanager
def open_regular(path: Path) -> Iterator[IO[bytes]]:
    """A regular file, opened without waiting: pipes and devices, which may never end, are refused before a byte is read.

    Raises InputRefused, naming the file.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise InputRefused(f"There is no file {path}.", "Check the path.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputRefused(f"{path} cannot be read: {reason}.", "Check the path and its permissions.") from error
    with os.fdopen(descriptor, "rb") as file:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise InputRefused(f"{path} is a folder, not a file.", "Name a file in it.")
        if not stat.S_ISREG(mode):
            raise InputRefused(f"{path} is not a regular file.", "Save what it gives to a file first.")
        yield file


def write_whole(path: Path, text: str | bytes, *, overwrite: bool = False, store: Path | None = None) -> None:
    """Write a text in UTF-8, or bytes, to a file, whole or not at all. Raises InputRefused as `writing_whole` does."""
    with writing_whole(path, overwrite=overwrite, store=store) as write:
        write(text.encode() if isinstance(text, str) else text)


@contextlib.contextmanager
def writing_whole(
    path: Path, *, overwrite: bool = False, store: Path | None = None
) -> Iterator[Callable[[bytes], object]]:
    """Write a file piece by piece; it gets its name when the block ends well, and is gone when it does not.

    Raises InputRefused where the file exists and may not be overwritten, cannot be written, or is a database: `store`
    is the one that is open, and is not touched even to look at it.
    """
    if path.is_dir():
        raise InputRefused(f"{path} is a folder.", "Name a file in it.")
    if path.exists():
        if _is_database(path, store):
            raise InputRefused(
                f"{path} is a database of Claim Workbench and is never overwritten.", "Name another file."
            )
        if not overwrite:
            raise InputRefused(f"{path} exists already.", "Name another file, or add --force to overwrite it.")
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            yield file.write
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise InputRefused(f"{path} cannot be written: {error.strerror}.", "Name another place.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _is_database(path: Path, store: Path | None) -> bool:
    if store is not None:
        beside = store.with_name(store.name + "-journal")
        if path.samefile(store) or (beside.exists() and path.samefile(beside)):
            return True
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(100)[_STORE_MAGIC_AT : _STORE_MAGIC_AT + 4] == _STORE_MAGIC
    except OSError:
        return True
