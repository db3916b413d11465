"""Writing the revisions of one action inside one transaction, and keeping their projection up to date."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import insert as insert_rows
from sqlmodel import Session, col, select

from db.errors import ConflictOpen
from db.identity import canonical, utc_now
from db.revisions import Action, Actor, alternatives, hash_of, heads, insert, parse
from db.tables import Head, Revision
from db.tables.base import Data
from db.vocabulary import Kind


class Journal:
    """Writes the revisions of one action inside one transaction, and has their projection brought up to date."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        action: Action,
        project: Callable[[Session, Sequence[tuple[Kind, str]]], None],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.session = session
        self.actor = actor
        self.action = action
        self._project = project
        self._now = now
        mine = select(Revision).where(Revision.device == actor.device)
        last = session.exec(mine.order_by(col(Revision.seq).desc(), Revision.rid).limit(1)).first()
        self._seq = last.seq if last else 0
        self._prev = last.rid if last else None
        self.written: list[Revision] = []
        self._held: list[tuple[Kind, str]] | None = None

    def record(
        self,
        kind: Kind,
        entity: str,
        data: Data | None,
        *,
        resolve: bool = False,
        seen: Sequence[str] | None = None,
        restates: str | None = None,
    ) -> Revision | None:
        """Write one decision and return it, or None where nothing would change.

        `data` None withdraws. `seen` names the heads that the person looked at; where others have come since, the
        decision stands beside them and shows as a conflict. Without it, several differing heads raise ConflictOpen unless
        `resolve` says that this decision settles them. `restates` names the earlier decision that is put in force
        again; whoever made that one stays its author.
        """
        current = heads(self.session, entity)
        payload = data.model_dump(mode="json") if data is not None else None
        wanted = hash_of(payload)
        differing = alternatives(current)
        if seen is None:
            if len(differing) > 1 and not resolve:
                raise ConflictOpen(
                    f"Two desks decided differently about this {kind.value}, and nobody has chosen yet.",
                    "Resolve the conflict first.",
                )
            parents = [revision.rid for revision in current]
        else:
            parents = sorted(seen)
        if len(differing) == 1 and differing[0].data_hash == wanted:
            return None
        if not current and payload is None:
            return None
        return self.append(kind, entity, payload, parents, restates=restates)

    def append(
        self,
        kind: Kind,
        entity: str,
        payload: dict[str, Any] | None,
        parents: Sequence[str],
        *,
        restates: str | None = None,
        project: bool = True,
    ) -> Revision:
        """Write a revision with exactly these parents. For undo and for `record`; services use `record`.

        Without `project` the caller projects what it wrote before the transaction ends.
        """
        revision, names = self._next(kind, entity, payload, parents, restates)
        insert(self.session, revision, names)
        if project:
            self.project([(kind, entity)])
        return revision

    @contextmanager
    def together(self) -> Iterator[None]:
        """Project what is written in this block once, at its end: for actions on many things that do not build on each other."""
        self._held = []
        try:
            yield
        finally:
            held, self._held = self._held, None
        self._project(self.session, held)

    def create(self, items: Sequence[tuple[Kind, str, Data]]) -> None:
        """Write the first decision about each of many new things, and project them together.

        For things whose identifiers were just made: nothing can have been decided about them before.
        """
        fresh = [self._next(kind, entity, data.model_dump(mode="json"), (), None)[0] for kind, entity, data in items]
        connection = self.session.connection()
        columns = [name for name in Revision.model_fields if name != "number"]
        connection.execute(insert_rows(Revision), [{name: getattr(one, name) for name in columns} for one in fresh])
        connection.execute(insert_rows(Head), [{"entity": one.entity, "rid": one.rid} for one in fresh])
        self.project([(kind, entity) for kind, entity, _ in items])

    def project(self, entities: Sequence[tuple[Kind, str]]) -> None:
        """Bring the rows of these entities up to date."""
        if self._held is not None:
            self._held.extend(entities)
        else:
            self._project(self.session, entities)

    def _next(
        self, kind: Kind, entity: str, payload: dict[str, Any] | None, parents: Sequence[str], restates: str | None
    ) -> tuple[Revision, list[str]]:
        body = canonical(
            {
                "v": 1,
                "kind": kind.value,
                "entity": entity,
                "parents": sorted(set(parents)),
                "device": self.actor.device,
                "seq": self._seq + 1,
                "prev": self._prev,
                "action": self.action.id,
                "label": self.action.label,
                "undoes": self.action.undoes,
                "redoes": self.action.redoes,
                "restates": restates,
                "author": self.actor.name,
                "at": self._now().isoformat(timespec="milliseconds"),
                "data": payload,
            }
        )
        revision, names = parse(body.decode())
        self._seq, self._prev = revision.seq, revision.rid
        self.written.append(revision)
        return revision, names
