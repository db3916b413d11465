"""The ordinary tables as a function of the revisions: the same revisions give the same rows, in whatever order they came.

Where an entity has several differing heads, its row shows the live one with the smallest identifier and is marked
`conflicted`; the mark is what front doors go by, the choice only has to be the same everywhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, delete, select

from db.kinds import KINDS, data_class, table_class
from db.revisions import alternatives, batched, data_of, decided_in, recompute_heads
from db.tables import ArticleVersion, Cut, Head, Revision, RevisionParent, Unit
from db.vocabulary import Kind, UnitKind


def project(session: Session, entities: Iterable[tuple[Kind, str]]) -> None:
    """Bring the rows of these entities, and the units of the versions they touch, up to date."""
    wanted: dict[Kind, dict[str, None]] = {}
    for kind, entity in entities:
        wanted.setdefault(kind, {})[entity] = None
    versions = set(wanted.get(Kind.VERSION, ()))
    for kind, of_kind in wanted.items():
        for chunk in batched(of_kind, 400):
            if kind is Kind.CUT:
                versions |= _versions_of_cuts(session, chunk)
            _project_some(session, kind, chunk)
            if kind is Kind.CUT:
                versions |= _versions_of_cuts(session, chunk)
    for version in sorted(versions):
        _rebuild_units(session, version)
    session.flush()


def _versions_of_cuts(session: Session, entities: Sequence[str]) -> set[str]:
    return set(session.exec(select(Cut.version_id).where(col(Cut.id).in_(entities))))


def _project_some(session: Session, kind: Kind, entities: Sequence[str]) -> None:
    table = table_class(kind)
    current: dict[str, list[Revision]] = {entity: [] for entity in entities}
    query = select(Revision).join(Head, col(Head.rid) == col(Revision.rid)).where(col(Head.entity).in_(entities))
    for revision in session.exec(query.order_by(Revision.rid)):
        current[revision.entity].append(revision)
    deciding = _decisions(session, [revision for of_entity in current.values() for revision in of_entity])
    rows: dict[str, Any] = {row.id: row for row in session.exec(select(table).where(col(table.id).in_(entities)))}
    fresh: list[dict[str, Any]] = []
    for entity in entities:
        row = rows.get(entity)
        values = _values(session, kind, current[entity], deciding)
        if values is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            fresh.append({"id": entity, **values})
        else:
            for name, value in values.items():
                setattr(row, name, value)
    session.flush()
    if fresh:
        session.execute(insert(table), fresh)


def _decisions(session: Session, revisions: Sequence[Revision]) -> dict[str, Revision]:
    """The decisions that these revisions restate, by identifier; one that a share withheld is missing."""
    found: dict[str, Revision] = {}
    restated = sorted({revision.restates for revision in revisions if revision.restates is not None})
    for chunk in batched(restated, 400):
        found.update({one.rid: one for one in session.exec(select(Revision).where(col(Revision.rid).in_(chunk)))})
    return found


def _values(
    session: Session, kind: Kind, current: Sequence[Revision], deciding: Mapping[str, Revision]
) -> dict[str, Any] | None:
    """The columns that show these heads; None where they leave nothing to show.

    Author, device and time are those of the decision itself, not of the undo or resolution that put it in force again.
    """
    live = [(revision, data) for revision in current if (data := data_of(revision)) is not None]
    withdrawn = not live
    if withdrawn and kind is Kind.CLAIM:
        live = _last_data(session, current)
    if not live:
        return None
    revision, data = live[0]
    decided = decided_in(revision, deciding.get(revision.restates or ""))
    values = {
        **_columns(kind, data),
        "rid": revision.rid,
        "decision": decided.rid,
        "author": decided.author,
        "device": decided.device,
        "decided_at": decided.at,
        "conflicted": len(alternatives(current)) > 1,
    }
    if kind is Kind.CLAIM:
        values["withdrawn"] = withdrawn
    return values


def _columns(kind: Kind, data: dict[str, Any]) -> dict[str, Any]:
    checked = data_class(kind).model_validate(data)
    return {name: getattr(checked, name) for name in type(checked).model_fields}


def _last_data(session: Session, current: Sequence[Revision]) -> list[tuple[Revision, dict[str, Any]]]:
    """What a withdrawn claim last said: the nearest ancestors that say something, the smallest identifier first."""
    generation = list(current)
    seen: set[str] = set()
    while generation:
        found = [(revision, data) for revision in generation if (data := data_of(revision)) is not None]
        if found:
            return sorted(found, key=lambda pair: pair[0].rid)
        seen.update(revision.rid for revision in generation)
        query = (
            select(Revision)
            .join(RevisionParent, col(RevisionParent.parent) == col(Revision.rid))
            .where(col(RevisionParent.rid).in_([revision.rid for revision in generation]))
        )
        generation = [revision for revision in session.exec(query).unique() if revision.rid not in seen]
    return []


def _rebuild_units(session: Session, version_id: str) -> None:
    session.exec(delete(Unit).where(col(Unit.version_id) == version_id))
    version = session.get(ArticleVersion, version_id)
    if version is None:
        return
    cuts = session.exec(select(Cut).where(Cut.version_id == version_id).order_by(col(Cut.offset), Cut.id)).all()
    for start, end, kind in units_of(
        version.units, [(cut.offset, cut.present, cut.kind) for cut in cuts], len(version.text)
    ):
        session.add(Unit(version_id=version_id, start=start, end=end, kind=kind))
    session.flush()


def units_of(
    arrived: Sequence[Sequence[Any]], cuts: Iterable[tuple[int, bool, UnitKind]], length: int
) -> list[tuple[int, int, UnitKind]]:
    """The units of a version: those found on arrival with a person's cuts laid over them.

    A unit is known by where it starts, so any set of cuts covers the text without gap or overlap. The first unit starts
    at 0 whatever the cuts say; cuts outside the text are without effect.
    """
    starts: dict[int, UnitKind] = {int(start): UnitKind(kind) for start, kind in arrived}
    first = starts.get(0, UnitKind.SENTENCE)
    for offset, present, kind in cuts:
        if not 0 < offset < length:
            continue
        if present:
            starts[offset] = kind
        else:
            starts.pop(offset, None)
    starts[0] = first
    ordered = sorted(start for start in starts if start < length)
    return [(start, end, starts[start]) for start, end in pairwise([*ordered, length])]


def _projected() -> list[type[SQLModel]]:
    return [*(table for _, table in KINDS.values()), Unit, Head]


def rebuild(session: Session) -> None:
    """Compute heads and every projected row anew from the revisions."""
    for table in _projected():
        session.exec(delete(table))
    recompute_heads(session)
    every = session.exec(select(col(Revision.kind), col(Revision.entity)).distinct())
    project(session, sorted((Kind(kind), entity) for kind, entity in every))


def rows(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Every projected row and head as plain values, in a fixed order, for comparing two projections."""
    result = {}
    for table in _projected():
        dumped = [record.model_dump(mode="json") for record in session.exec(select(table))]
        result[str(table.__tablename__)] = sorted(dumped, key=repr)
    return result
