"""The journal of decisions: writing revisions, heads and conflicts.

A revision's body is canonical JSON; its identifier is the SHA-256 of a tag and that body. It names the revisions that it
replaces (its parents) and the device's revision before it. Merging is the union of sets, so times never decide anything.
"""

import functools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Executable, Insert, bindparam, func
from sqlalchemy import insert as sqlalchemy_insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, select

from db.errors import RevisionRefused
from db.identity import canonical, sha256, uuid7
from db.kinds import data_class
from db.tables import Head, Revision, RevisionParent
from db.vocabulary import Kind

T = TypeVar("T")
TAG = b"claim-workbench/revision/1\n"
_MEMBERS = {
    "action", "at", "author", "data", "device", "entity", "kind", "label", "parents", "prev", "redoes", "restates",
    "seq", "undoes", "v",
}  # fmt: skip
_RID = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", re.ASCII)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the device's identifier (kept outside the database, so copying a file copies no identity) and a name."""

    device: str
    name: str


@dataclass(frozen=True, slots=True)
class Action:
    """One user action: one transaction, one undo step."""

    id: str
    label: str
    undoes: str | None = None
    redoes: str | None = None


def rid_of(body: bytes) -> str:
    """The identifier of a revision with this canonical body."""
    return sha256(TAG + body)


def data_of(revision: Revision) -> dict[str, Any] | None:
    """What a revision decides; None where it withdraws."""
    data: dict[str, Any] | None = json.loads(revision.body)["data"]
    return data


def decision_of(revision: Revision) -> str:
    """The revision in which what this one says was first decided: itself, unless it restates another."""
    return revision.restates or revision.rid


def decided_in(revision: Revision, restated: Revision | None) -> Revision:
    """The decision that a revision puts in force: what it restates, if that is here and says the same, else itself."""
    same = restated is not None and (restated.entity, restated.data_hash) == (revision.entity, revision.data_hash)
    return restated if restated is not None and same else revision


def deciding(session: Session, revision: Revision) -> Revision:
    """The decision that a revision puts in force, for its author and time."""
    if revision.restates is None:
        return revision
    return decided_in(revision, session.exec(select(Revision).where(Revision.rid == revision.restates)).first())


def parents_of(body: str) -> list[str]:
    """The revisions that a revision with this checked body replaces."""
    parents: list[str] = json.loads(body)["parents"]
    return parents


def hash_of(data: dict[str, Any] | None) -> str:
    """Equal for equal decisions."""
    return sha256(canonical({"data": data}))


def parse(body: str) -> tuple[Revision, list[str]]:
    """A revision and its parents from a body of unknown origin, after checking form, identity and data.

    Raises RevisionRefused, saying what is wrong with it.
    """
    try:
        value = json.loads(body, parse_float=_no_float, parse_constant=_no_float)
        raw = body.encode()
    except (ValueError, RecursionError) as error:
        raise RevisionRefused("A revision is not JSON.", "Ask for the file again.") from error
    if not isinstance(value, dict) or set(value) != _MEMBERS or value["v"] is True or value["v"] != 1:
        raise RevisionRefused("A revision has an unknown form.", "It may come from a newer release.")
    rid = rid_of(raw)
    try:
        if canonical(value) != raw:
            raise RevisionRefused(f"Revision {rid[:12]} is not in canonical form.", "Ask for the file again.")
        if "\\u0000" in body and _holds_nul(value):
            raise RevisionRefused(f"Revision {rid[:12]} holds a NUL character.", "Take it out of the text.")
        kind = Kind(value["kind"])
        parents = value["parents"]
        if parents != sorted(set(parents)) or not all(_is_rid(parent) for parent in parents):
            raise RevisionRefused(f"Revision {rid[:12]} names its parents wrongly.", "Ask for the file again.")
        data_hash = hash_of(value["data"])
        if value["data"] is not None:
            checked = data_class(kind).model_validate(value["data"])
            # By hash, since 1 and True are equal in Python but not in a body.
            if hash_of(checked.model_dump(mode="json", exclude_unset=True)) != data_hash:
                raise RevisionRefused(f"Revision {rid[:12]} holds unusual data.", "Ask for the file again.")
        revision = Revision(
            rid=rid,
            kind=kind,
            entity=_text(value["entity"], 36),
            device=_text(value["device"], 36),
            seq=_whole(value["seq"]),
            prev=_rid_or_none(value["prev"]),
            action=_text(value["action"], 36),
            label=_text(value["label"], 200),
            undoes=_text_or_none(value["undoes"], 36),
            redoes=_text_or_none(value["redoes"], 36),
            restates=_rid_or_none(value["restates"]),
            author=_text(value["author"], 200),
            at=_moment(value["at"]),
            data_hash=data_hash,
            body=body,
        )
    except (ValueError, TypeError, RecursionError, ValidationError) as error:
        raise RevisionRefused(
            f"Revision {rid[:12]} holds wrong data: {type(error).__name__}.", "Ask for the file again."
        ) from error
    return revision, parents


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is not a whole number")


def _holds_nul(value: object) -> bool:
    """PostgreSQL and C programs cut a text at NUL, so that desks would see different words."""
    if isinstance(value, dict):
        return any(_holds_nul(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(_holds_nul(part) for part in value)
    return isinstance(value, str) and "\0" in value


def _is_rid(value: object) -> bool:
    return isinstance(value, str) and _RID.fullmatch(value) is not None


def _rid_or_none(value: object) -> str | None:
    if value is not None and not _is_rid(value):
        raise ValueError("a revision is named wrongly")
    return value if isinstance(value, str) else None


def _moment(value: object) -> datetime:
    """Four-digit years from 1970 in UTC: other times cannot be written to every database and read back."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value) or value < "1970":
        raise ValueError("a time is not in UTC with milliseconds")
    return datetime.fromisoformat(value)


def _text_or_none(value: object, limit: int) -> str | None:
    return None if value is None else _text(value, limit)


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= limit:
        raise ValueError("a text is missing or too long")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("a number is not a positive whole number")
    return value


def insert(session: Session, revision: Revision, parents: Sequence[str]) -> bool:
    """Add a revision to the set and keep the heads right, in whatever order revisions arrive. False where it was there."""
    if session.exec(select(Revision.number).where(Revision.rid == revision.rid)).first() is not None:
        return False
    session.add(revision)
    for parent in parents:
        session.add(RevisionParent(rid=revision.rid, parent=parent))
    session.flush()
    if parents:
        session.exec(delete(Head).where(col(Head.entity) == revision.entity, col(Head.rid).in_(parents)))
    if session.connection().execute(_childless(), {"wanted": revision.rid}).first():
        session.add(Head(entity=revision.entity, rid=revision.rid))
        session.flush()
    return True


@functools.cache
def _childless() -> Executable:
    """Written once: this runs for every decision, and building the statement would cost more than running it."""
    return select(col(Revision.rid)).where(col(Revision.rid) == bindparam("wanted"), ~_has_child(Revision))


def _has_child(parent: type[Revision]) -> ColumnElement[bool]:
    """Whether a known revision about the same entity replaces it. One about another entity has no say."""
    child = aliased(Revision)
    return (
        select(RevisionParent.rid)
        .join(child, col(child.rid) == col(RevisionParent.rid))
        .where(col(RevisionParent.parent) == col(parent.rid), col(child.entity) == col(parent.entity))
        .correlate(parent)
        .exists()
    )


def recompute_heads(session: Session, entities: Sequence[str] | None = None) -> None:
    """Find the heads of these entities, or of all, anew from the revisions: for when many were added at once."""
    if entities is None:
        session.exec(delete(Head))
        session.connection().execute(_heads_query())
    else:
        for chunk in batched(entities, 500):
            session.exec(delete(Head).where(col(Head.entity).in_(chunk)))
            session.connection().execute(_heads_query(col(Revision.entity).in_(chunk)))
    session.expire_all()


def _heads_query(*conditions: ColumnElement[bool]) -> Insert:
    query = select(col(Revision.entity), col(Revision.rid)).where(~_has_child(Revision), *conditions)
    return sqlalchemy_insert(Head).from_select(["entity", "rid"], query)


def batched(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in lists of at most `size`, which is what one statement can name."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk


def heads(session: Session, entity: str) -> list[Revision]:
    """The revisions of an entity that nothing replaces, by identifier."""
    query = select(Revision).join(Head, col(Head.rid) == col(Revision.rid)).where(Head.entity == entity)
    return list(session.exec(query.order_by(Revision.rid)))


def alternatives(revisions: Iterable[Revision]) -> list[Revision]:
    """One revision for each differing decision; more than one is a conflict."""
    distinct: dict[str, Revision] = {}
    for revision in revisions:
        distinct.setdefault(revision.data_hash, revision)
    return list(distinct.values())


def new_action(label: str, *, undoes: str | None = None, redoes: str | None = None) -> Action:
    """An action with an identifier of its own."""
    return Action(uuid7(), label, undoes, redoes)


def count(session: Session) -> int:
    """How many revisions the file holds."""
    return session.exec(select(func.count()).select_from(Revision)).one()
