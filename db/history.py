"""Undo, redo and history: read from the revisions, so they survive a restart and are themselves on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlmodel import Session, col, select

from db.errors import UndoBlocked
from db.journal import Journal
from db.revisions import Action, alternatives, data_of, decision_of, heads, new_action
from db.tables import Revision, RevisionParent
from db.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Step:
    """One action in the history, with what it touched."""

    action: str
    label: str
    author: str
    device: str
    at: datetime
    number: int
    undoes: str | None
    redoes: str | None
    touched: tuple[tuple[Kind, str], ...]


def steps(session: Session, *, before: int | None = None, limit: int = 100, entity: str | None = None) -> list[Step]:
    """The latest actions that arrived in this file, newest first; `before` is the `number` of the last step of the page above."""
    query = select(Revision).order_by(col(Revision.number).desc())
    if entity is not None:
        query = query.where(Revision.entity == entity)
    if before is not None:
        query = query.where(col(Revision.number) < before)
    found: dict[str, list[Revision]] = {}
    for revision in session.exec(query).yield_per(200):
        if revision.action not in found and len(found) == limit:
            break
        found.setdefault(revision.action, []).append(revision)
    return [_step(list(reversed(group))) for group in found.values()]


def _step(group: Sequence[Revision]) -> Step:
    first = group[0]
    return Step(
        action=first.action,
        label=first.label,
        author=first.author,
        device=first.device,
        at=first.at,
        number=first.number or 0,
        undoes=first.undoes,
        redoes=first.redoes,
        touched=tuple(dict.fromkeys((revision.kind, revision.entity) for revision in group)),
    )


def _stacks(session: Session, device: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The device's (action, label) pairs that can be undone and redone, the next one last."""
    query = (
        select(Revision.action, Revision.label, Revision.undoes, Revision.redoes)
        .where(Revision.device == device)
        .order_by(col(Revision.seq), col(Revision.number))
    )
    undoable: list[tuple[str, str]] = []
    redoable: list[tuple[str, str]] = []
    for (action, label, undoes, redoes), _ in groupby(session.exec(query)):
        if undoes is not None:
            redoable += [pair for pair in undoable if pair[0] == undoes]
            undoable = [pair for pair in undoable if pair[0] != undoes]
        elif redoes is not None:
            undoable += [pair for pair in redoable if pair[0] == redoes]
            redoable = [pair for pair in redoable if pair[0] != redoes]
        elif not undoable or undoable[-1][0] != action:
            undoable.append((action, label))
            redoable.clear()
    return undoable, redoable


def next_undo(session: Session, device: str) -> str | None:
    """The label of the action that undo would take back."""
    undoable, _ = _stacks(session, device)
    return undoable[-1][1] if undoable else None


def next_redo(session: Session, device: str) -> str | None:
    """The label of the action that redo would do again."""
    _, redoable = _stacks(session, device)
    return redoable[-1][1] if redoable else None


def undo_action(session: Session, device: str) -> Action:
    """The action that takes back the device's latest action. Raises UndoBlocked where there is none."""
    undoable, _ = _stacks(session, device)
    if not undoable:
        raise UndoBlocked(
            "There is nothing to undo.", "Bringing in evidence and shares is not undone; history shows what is."
        )
    action, label = undoable[-1]
    return new_action(label, undoes=action)


def redo_action(session: Session, device: str) -> Action:
    """The action that does again what undo took back last. Raises UndoBlocked where there is none."""
    _, redoable = _stacks(session, device)
    if not redoable:
        raise UndoBlocked("There is nothing to redo.", "Redo works until the next new action.")
    action, label = redoable[-1]
    return new_action(label, redoes=action)


def apply_undo(journal: Journal) -> None:
    """Write the revisions that take back `journal.action.undoes`; a resolved conflict becomes a conflict again.

    Raises UndoBlocked, with nothing written, where somebody has changed the same since.
    """
    session = journal.session
    touched: list[tuple[Kind, str]] = []
    for group in reversed(_by_entity(session, journal.action.undoes, journal.actor.device)):
        first, last = group[0], group[-1]
        current = _untouched_since(session, last, {last.data_hash}, "undone")
        parents = session.exec(
            select(Revision)
            .join(RevisionParent, col(RevisionParent.parent) == col(Revision.rid))
            .where(RevisionParent.rid == first.rid)
            .order_by(Revision.rid)
        ).all()
        for parent in alternatives(parents):
            decided = decision_of(parent)
            journal.append(first.kind, first.entity, data_of(parent), current, restates=decided, project=False)
        if not parents:
            journal.append(first.kind, first.entity, None, current, project=False)
        touched.append((first.kind, first.entity))
    journal.project(touched)


def apply_redo(journal: Journal) -> None:
    """Write the revisions that do `journal.action.redoes` again. Raises UndoBlocked like `apply_undo`."""
    session = journal.session
    touched: list[tuple[Kind, str]] = []
    left = _left_by_undo(session, journal.action.redoes, journal.actor.device)
    for group in _by_entity(session, journal.action.redoes, journal.actor.device):
        last = group[-1]
        current = _untouched_since(session, last, left.get(last.entity, set()), "done again")
        decided = decision_of(last)
        journal.append(last.kind, last.entity, data_of(last), current, restates=decided, project=False)
        touched.append((last.kind, last.entity))
    journal.project(touched)


def _by_entity(session: Session, action: str | None, device: str) -> list[list[Revision]]:
    query = select(Revision).where(Revision.action == action, Revision.device == device).order_by(col(Revision.seq))
    groups: dict[str, list[Revision]] = {}
    for revision in session.exec(query):
        groups.setdefault(revision.entity, []).append(revision)
    return list(groups.values())


def _left_by_undo(session: Session, action: str | None, device: str) -> dict[str, set[str]]:
    """What the latest undo of an action decided about each entity; several hashes where it brought a conflict back."""
    mine = (
        select(Revision).where(Revision.undoes == action, Revision.device == device).order_by(col(Revision.seq).desc())
    )
    latest = session.exec(mine).first()
    left: dict[str, set[str]] = {}
    if latest is not None:
        for revision in session.exec(select(Revision).where(Revision.action == latest.action)):
            left.setdefault(revision.entity, set()).add(revision.data_hash)
    return left


def _untouched_since(session: Session, last: Revision, wanted: set[str], done: str) -> list[str]:
    """The heads of what an action touched, where they still say what they are wanted to say."""
    current = heads(session, last.entity)
    if {revision.data_hash for revision in current} != wanted:
        other = next((revision.author for revision in current if revision.data_hash not in wanted), "somebody")
        raise UndoBlocked(
            f"“{last.label}” cannot be {done}: {other} has changed the same {last.kind.value} since.",
            "Edit it instead; the history shows every earlier state.",
        )
    return [revision.rid for revision in current]
