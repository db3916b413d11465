"""The store: the only place where a transaction begins."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from db import history
from db.engine import check_file, connect_arguments, explain, look_at, make_engine
from db.errors import NotAStore, SharedFolder, StoreBusy, StoreNotWritable
from db.identity import utc_now
from db.journal import Journal
from db.places import shared_place
from db.projection import project
from db.revisions import Action, Actor, new_action
from db.search import embeddings, wordlists


@dataclass(frozen=True, slots=True)
class Write:
    """A unit of work that is written whole or not at all."""

    session: Session
    journal: Journal


class Store:
    """One database file. `read()` and `write()` give units of work; records that leave one are detached and read-only."""

    def __init__(self, path: Path, actor: Actor, *, read_only: bool) -> None:
        self.path = path
        self.actor = actor
        self.read_only = read_only
        self._engine = make_engine(path, read_only=read_only)

    @classmethod
    def open(
        cls,
        path: Path,
        actor: Actor,
        *,
        create: bool = False,
        read_only: bool = False,
        even_shared_folder: bool = False,
    ) -> Self:
        """Open the store in a file, making it first where `create` allows and there is none; upgrade an older schema.

        A file in a network or synchronised folder is refused with SharedFolder, unless `even_shared_folder`.
        Raises NotAStore, NewerStore, DamagedStore, StoreBusy or StoreNotWritable; then nothing was written.
        """
        from db import migrate

        if not even_shared_folder:
            refuse_shared(path)
        if not path.exists():
            if not create or read_only:
                raise NotAStore(
                    f"There is no database at {path}.", "Check the path, or create one by importing an article into it."
                )
            migrate.create(path)
        look_at(path)
        try:
            # Not read-only: after a crash it is the first connection that puts back what was half written.
            connection = sqlite3.connect(connect_arguments(path, read_only=read_only), uri=True, timeout=20)
        except sqlite3.Error as error:
            raise explain(error, path) from error
        try:
            check_file(path, connection)
            older = migrate.is_older(path, connection)
        finally:
            connection.close()
        if older:
            if read_only:
                raise StoreNotWritable(
                    f"{path} has an older schema and was opened read-only.", "Open it for writing once."
                )
            migrate.upgrade(path)
        store = cls(path, actor, read_only=read_only)
        if not read_only:
            store._make_findable()
        return store

    def _make_findable(self) -> None:
        """Compute what search needs and the file lacks: it may come from an earlier release, or be a share."""
        with self.read() as session:
            missing = wordlists.behind(session.connection()) or embeddings.behind(session.connection())
        # Where it cannot be written now, the index in memory reads the passages themselves.
        if missing:
            with contextlib.suppress(StoreNotWritable, StoreBusy), self.write_local() as session:
                wordlists.catch_up(session.connection())
                embeddings.catch_up(session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view for reading; anything written in it is lost."""
        with self._transaction(immediate=False) as session:
            yield session
            session.expunge_all()
            session.rollback()

    @contextmanager
    def write(self, label: str, *, actor: Actor | None = None) -> Iterator[Write]:
        """One user action: committed when the block ends, rolled back when it raises.

        `label` names the action in history and undo; it is shared with other desks, so it holds no text and no names.
        """
        with self._writing(lambda _: new_action(label), actor) as unit:
            yield unit

    @contextmanager
    def write_local(self) -> Iterator[Session]:
        """A transaction for what is no decision: evidence, drafts, vectors, facts about the file."""
        self._refuse_read_only()
        with self._transaction(immediate=True) as session:
            yield session
            session.commit()

    def undo(self, *, actor: Actor | None = None) -> str:
        """Take back this device's latest action and return its label. Raises UndoBlocked, with nothing written."""
        who = actor or self.actor
        with self._writing(lambda session: history.undo_action(session, who.device), actor) as unit:
            history.apply_undo(unit.journal)
        return unit.journal.action.label

    def redo(self, *, actor: Actor | None = None) -> str:
        """Do again what undo took back last and return its label. Raises UndoBlocked, with nothing written."""
        who = actor or self.actor
        with self._writing(lambda session: history.redo_action(session, who.device), actor) as unit:
            history.apply_redo(unit.journal)
        return unit.journal.action.label

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self, action: Callable[[Session], Action], actor: Actor | None) -> Iterator[Write]:
        self._refuse_read_only()
        with self._transaction(immediate=True) as session:
            unit = Write(session, Journal(session, actor or self.actor, action(session), project, self.now))
            yield unit
            session.commit()

    @contextmanager
    def _transaction(self, *, immediate: bool) -> Iterator[Session]:
        engine = self._engine.execution_options(immediate=immediate)
        session = Session(engine, expire_on_commit=False)
        try:
            yield session
        except DBAPIError as error:
            session.rollback()
            if isinstance(error.orig, sqlite3.OperationalError | sqlite3.DatabaseError) and not isinstance(
                error.orig, sqlite3.IntegrityError | sqlite3.ProgrammingError
            ):
                raise explain(error.orig, self.path) from error
            raise
        finally:
            session.close()

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise StoreNotWritable(f"{self.path} was opened read-only.", "Open it without --read-only to change it.")

    @staticmethod
    def now() -> datetime:
        """The time that revisions are stamped with."""
        return utc_now()


def refuse_shared(path: Path) -> None:
    """Raise SharedFolder where a live database at this path would lie in a network or synchronised folder."""
    place = shared_place(path)
    if place is not None:
        raise SharedFolder(
            f"{path} lies in {place.words}; a database that is worked on there gets damaged.",
            "Keep it on a disk of this machine and exchange work through that folder with share pack and share merge. "
            "--even-shared-folder opens it all the same, for a copy with db backup for instance.",
        )
