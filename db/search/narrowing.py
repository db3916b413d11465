"""Which passages may be found at all: documents are chosen by what is known of them, and their passages follow.

Documents never change, so what was chosen once is kept in memory and only new documents are looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, literal
from sqlmodel import Session, and_, col, or_, select

from db.search.growing import Growing
from db.search.raw import driver
from db.tables import Citation, Document, Handling, Passage
from db.vocabulary import Confidentiality, Stance
from db.withholding import confidentialities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_ROWS = 50_000
_REMEMBERED = 16


@dataclass(frozen=True, slots=True)
class Names:
    """What documents of a source say of themselves: names as spelled, and domains; subdomains belong to them."""

    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is asked of documents; what is empty is not asked. A date that names only a year or month is compared so far."""

    sources: tuple[Names, ...] = ()
    after: date | None = None
    before: date | None = None
    languages: tuple[str, ...] = ()

    def where(self) -> ColumnElement[bool] | None:
        """As a condition of SQL, None where nothing is asked."""
        asked: list[ColumnElement[bool]] = []
        if self.sources:
            asked.append(or_(*(_from(source) for source in self.sources)))
        day = func.substr(col(Document.published_at), 1, 10)
        if self.after:
            asked.append(and_(day != "", day >= func.substr(literal(self.after.isoformat()), 1, func.length(day))))
        if self.before:
            asked.append(and_(day != "", day <= func.substr(literal(self.before.isoformat()), 1, func.length(day))))
        if self.languages:
            asked.append(col(Document.language).in_([language.lower() for language in self.languages]))
        return and_(*asked) if asked else None


def _from(source: Names) -> ColumnElement[bool]:
    # SQLite lowers ASCII letters only, so other letters are asked for in their usual spellings.
    spelled = {form for name in source.names for form in (name, name.lower(), name.upper(), name.title())}
    conditions: list[ColumnElement[bool]] = [
        col(Document.source_name).in_(sorted(spelled)),
        func.lower(col(Document.source_name)).in_(sorted({name.lower() for name in source.names})),
    ]
    for domain in source.domains:
        conditions.append(col(Document.domain) == domain)
        conditions.append(col(Document.domain).endswith("." + domain, autoescape=True))
    return or_(*conditions)


class Narrowing:
    """Turns conditions on documents into masks over passage numbers. Not for several threads at once."""

    def __init__(self) -> None:
        self._documents = Growing("i4")
        self._chosen: dict[Conditions, tuple[int, set[int]]] = {}

    def passages(self, session: Session, documents: Iterable[int]) -> "Mask":
        """The passages of documents, as a mask over passage numbers."""
        import numpy as np

        self._catch_up(session)
        of = self._documents.values
        if not len(of):
            return np.zeros(1, dtype=np.bool_)
        chosen = np.zeros(int(of.max()) + 1, dtype=np.bool_)
        numbers = np.fromiter(documents, dtype=np.int64)
        chosen[numbers[numbers < len(chosen)]] = True
        chosen[0] = False
        mask: Mask = chosen[of]
        return mask

    def count(self, session: Session) -> int:
        """One more than the highest passage number: the length of every mask."""
        self._catch_up(session)
        return max(1, len(self._documents))

    def documents(self, session: Session, conditions: Conditions) -> set[int]:
        """The numbers of the documents that meet the conditions; not to be changed by the caller."""
        last, known = self._chosen.pop(conditions, (0, set()))
        newest = session.exec(select(func.max(Document.id))).one() or 0
        if newest > last:
            query = select(col(Document.id)).where(col(Document.id) > last)
            where = conditions.where()
            known.update(
                number for number in session.exec(query if where is None else query.where(where)) if number is not None
            )
        self._chosen[conditions] = (newest, known)
        while len(self._chosen) > _REMEMBERED:
            self._chosen.pop(next(iter(self._chosen)))
        return known

    def _catch_up(self, session: Session) -> None:
        import numpy as np

        with driver(session) as connection:
            cursor = connection.execute(
                "SELECT id, document_id FROM passage WHERE id >= ? ORDER BY id", (len(self._documents),)
            )
            while rows := cursor.fetchmany(_ROWS):
                pairs = np.array(rows, dtype=np.int64)
                start = len(self._documents)
                fresh = np.zeros(int(pairs[-1, 0]) + 1 - start, dtype=np.int32)
                fresh[pairs[:, 0] - start] = pairs[:, 1]
                self._documents.extend(fresh)


def held_so(session: Session, values: Iterable[Confidentiality]) -> set[int]:
    """The numbers of the documents that are as confidential as one of `values` now."""
    wanted = set(values)
    found = {
        number
        for number in session.exec(select(col(Document.id)).where(col(Document.confidentiality).in_(wanted)))
        if number is not None
    }
    decided = set(session.exec(select(Handling.document).distinct()))
    now = confidentialities(session, decided)
    for number, content in session.exec(
        select(col(Document.id), col(Document.content_hash)).where(col(Document.content_hash).in_(sorted(decided)))
    ):
        if number is not None:
            (found.add if now[content] in wanted else found.discard)(number)
    return found


def cited_passages(session: Session, citations: Iterable[Citation], stances: Iterable[Stance]) -> set[int]:
    """The numbers of the passages that some citations of these stances touch."""
    wanted = set(stances)
    found: set[int] = set()
    for citation in citations:
        if citation.stance in wanted:
            query = (
                select(col(Passage.id))
                .join(Document, col(Document.id) == col(Passage.document_id))
                .where(Document.content_hash == citation.document)
                .where(col(Passage.start) < citation.end, col(Passage.end) > citation.start)
            )
            found.update(number for number in session.exec(query) if number is not None)
    return found
