"""The driver's own connection of a session, for the few statements that run thousands of times a second."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session


@contextmanager
def driver(session: Session) -> Iterator[sqlite3.Connection]:
    """The sqlite3 connection under a session. Its errors leave as SQLAlchemy's, like those of every other statement."""
    connection = session.connection().connection.driver_connection
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError(f"{type(connection).__name__} is no connection to SQLite")
    try:
        yield connection
    except sqlite3.Error as error:
        raise DBAPIError("a search", None, error) from error
