"""History, undo and redo."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from db import history
from db.history import Step
from db.revisions import data_of
from db.store import Store
from db.tables import Revision


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision about one thing; `data` None withdrew it."""

    rid: str
    label: str
    author: str
    at: datetime
    kind: str
    data: dict[str, Any] | None


class HistoryService:
    """Reading the history; undo and redo of this device's own actions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self) -> str:
        """Take back the latest action and return what it was. Raises UndoBlocked."""
        return self._store.undo()

    def redo(self) -> str:
        """Do again what was undone last and return what it was. Raises UndoBlocked."""
        return self._store.redo()

    def next_undo(self) -> str | None:
        """What undo would take back."""
        with self._store.read() as session:
            return history.next_undo(session, self._store.actor.device)

    def next_redo(self) -> str | None:
        """What redo would do again."""
        with self._store.read() as session:
            return history.next_redo(session, self._store.actor.device)

    def steps(self, limit: int = 50, before: int | None = None) -> list[Step]:
        """The latest actions, newest first; `before` is the number of the last one seen."""
        with self._store.read() as session:
            return history.steps(session, before=before, limit=limit)

    def of(self, entity: str) -> list[Entry]:
        """Every decision about one thing, and about what hangs on it such as a claim's citations, in order of arrival."""
        with self._store.read() as session:
            about = func.json_extract(col(Revision.body), "$.data.claim_id") == entity
            hanging = select(col(Revision.entity)).where(about).distinct()
            wanted = (col(Revision.entity) == entity) | col(Revision.entity).in_(hanging)
            query = select(Revision).where(wanted).order_by(col(Revision.number))
            return [
                Entry(
                    revision.rid, revision.label, revision.author, revision.at, revision.kind.value, data_of(revision)
                )
                for revision in session.exec(query)
            ]
