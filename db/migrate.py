"""Making and upgrading the schema. Alembic is imported only when there is something to do: most openings have nothing."""

import contextlib
import errno
import os
import secrets
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine

from db.engine import APPLICATION_ID, SCHEMA_HEAD, connect_arguments, explain, plain_errors, schema_of
from db.errors import DamagedStore, StoreNotWritable

if TYPE_CHECKING:
    from alembic.config import Config


def config(connection: Connection | None = None) -> "Config":
    """The Alembic configuration, without any file of settings."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def run(connection: Connection) -> None:
    """Bring the schema of an open transaction up to this release."""
    from alembic import command

    command.upgrade(config(connection), "head")


def is_older(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether the file's schema is of an earlier release. Raises NewerStore or DamagedStore."""
    return schema_of(path, connection) != SCHEMA_HEAD


def is_older_file(path: Path) -> bool:
    """The same of a file that is not open. Raises NewerStore, DamagedStore, StoreBusy, NotAStore or StoreNotWritable."""
    try:
        connection = sqlite3.connect(connect_arguments(path, read_only=False), uri=True, timeout=20)
        try:
            return is_older(path, connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except UnicodeDecodeError as error:
        raise DamagedStore(f"{path} is damaged: its schema is not text.", "Restore the last good backup.") from error


def create(path: Path) -> None:
    """Make an empty store. It is built beside its name and moved there whole, so a name never holds half a store."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        os.close(descriptor)
        _transact(part, new=True)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        _place(part, path)
    except OSError as error:
        raise StoreNotWritable(
            f"A database cannot be made at {path}: {error.strerror}.", "Name a place that exists and can be written to."
        ) from error
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}-journal").unlink(missing_ok=True)


def _place(part: Path, path: Path) -> None:
    """Give the finished file its name; where somebody made one in the meantime, theirs stays."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK):
            raise
        part.rename(path)


def upgrade(path: Path) -> None:
    """Upgrade an older store inside one transaction, after a verified copy beside it."""
    from db.exchange.backup import backup

    backup(path, path.with_name(f"{path.name}.before-{SCHEMA_HEAD}"))
    try:
        _transact(path, new=False)
    except sqlite3.Error as error:
        raise explain(error, path) from error


def _transact(path: Path, *, new: bool) -> None:
    """Run the migrations in one exclusive transaction with foreign keys off: SQLite's table rebuilds would delete children."""
    raw = sqlite3.connect(connect_arguments(path, read_only=False), uri=True, timeout=20, isolation_level=None)
    engine = create_engine("sqlite://", creator=lambda: raw)
    try:
        if new:
            raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("BEGIN EXCLUSIVE")
        with plain_errors(), engine.begin() as connection:
            run(connection)
            problems = raw.execute("PRAGMA foreign_key_check").fetchall()
            if problems:
                raise sqlite3.IntegrityError(f"{len(problems)} rows would point nowhere after the upgrade")
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        engine.dispose()
        raw.close()
