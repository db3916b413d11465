"""The table of offices: what is shipped, and what the desk adds to it or does not want of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import references as stored
from db.identity import derived, utc_now
from db.store import Store, Write
from db.tables import OfficeTerm
from db.tables.references import TermData
from db.vocabulary import Kind
from workbench.errors import InputRefused, NotFound
from workbench.services import keys
from workbench.services.reread import table_of, term_of
from workbench.splitting.office_table import OfficeTable, Term, one_term, read_offices, shipped

LONGEST = 300


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """One entry of the table. `own` is the desk's row, None for a shipped entry; a dropped one is only listed on demand."""

    id: str
    term: Term
    own: OfficeTerm | None
    dropped: bool


class OfficeService:
    """Reading and changing the table of offices."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @staticmethod
    def shipped_as_of() -> date:
        """The day up to which the shipped entries are known."""
        return shipped().as_of

    def list(self, words: str = "", *, dropped: bool = False) -> list[OfficeEntry]:
        """The entries whose country, office or person hold all these words, by country, office and beginning."""
        wanted = words.casefold().split()
        with self._store.read() as session:
            found = [entry for entry in _entries(session) if dropped or not entry.dropped]
        return [
            entry
            for entry in found
            if all(
                word in f"{entry.term.country} {entry.term.office} {entry.term.person}".casefold() for word in wanted
            )
        ]

    def add(
        self,
        *,
        country: str,
        office: str,
        person: str,
        first: str,
        last: str = "",
        family: str = "",
        titles: Sequence[str] = (),
        also: Sequence[str] = (),
        source: str = "",
        as_of: date | None = None,
        replaces: str | None = None,
    ) -> OfficeEntry:
        """Add a term of office; one of the same country, office, person and beginning is replaced by it.

        `replaces` is the key of an entry that this one puts right; it is dropped where this one is known by something else.

        Dates are ISO days, months or years. Without `titles` those of the same office are taken, else the office itself;
        without `family` the last word of the name. Raises InputRefused for what does not hold together.
        """
        with self._store.write("add a term of office") as unit:
            known = table_of(unit.session)
            country, office, person = (
                _clean(one, what) for one, what in zip((country, office, person), _NAMED, strict=True)
            )
            term = one_term(
                country=country,
                office=office,
                titles=[_clean(one, "title") for one in titles] or _titles(known, country, office),
                person=person,
                family=_clean(family, "family name") if family.strip() else person.split()[-1] if person else "",
                first=first.strip(),
                last=last.strip(),
                also=[_clean(one, "other name") for one in also],
                source=_clean(source, "source"),
                as_of=as_of or utc_now().date(),
            )
            if replaces is not None:
                earlier = _one(unit.session, replaces)
                if earlier.term.key != term.key and not earlier.dropped:
                    _drop(unit, earlier)
            return _record(unit, term)

    def known_countries(self) -> frozenset[str]:
        """The countries of which the table has something, in small letters."""
        with self._store.read() as session:
            return frozenset(term.country.casefold() for term in table_of(session).terms)

    def drop(self, key: str) -> OfficeEntry:
        """Take an entry out of use: the desk's own is withdrawn, a shipped one hidden. Raises NotFound."""
        with self._store.write("drop a term of office") as unit:
            entry = _one(unit.session, key)
            if entry.dropped:
                raise InputRefused(f"{entry.term.person} is dropped already.", "Undo brings an entry back.")
            _drop(unit, entry)
            return entry

    def import_json(self, data: bytes, name: str) -> int:
        """Take in a file in the form of the shipped table, all of it or nothing, as one action.

        Returns how many entries are new or changed. Raises InputRefused, naming the entry.
        """
        table = read_offices(data, name)
        doubled = len(table.terms) - len({term.key for term in table.terms})
        if doubled:
            raise InputRefused(f"{name} gives {doubled} terms twice.", "Leave each person's term in an office once.")
        with self._store.write("import terms of office") as unit:
            before = len(unit.journal.written)
            known = {entry.term.key: entry.term for entry in _entries(unit.session) if not entry.dropped}
            with unit.journal.together():
                for term in table.terms:
                    if known.get(term.key) != term:
                        unit.journal.record(Kind.TERM, term_id(term), _checked(term))
            return len(unit.journal.written) - before


_NAMED = ("country", "office", "person")


def term_id(term: Term) -> str:
    """The same at every desk, so that different ends of one term show as a conflict."""
    return derived("term", *term.key)


def _clean(text: str, what: str) -> str:
    return keys.bounded(" ".join(text.split()), what, LONGEST)


def _titles(table: OfficeTable, country: str, office: str) -> list[str]:
    wanted = (country.casefold(), office.casefold())
    return next((list(term.titles) for term in table.terms if term.key[:2] == wanted), [office])


def _data(term: Term, *, dropped: bool = False) -> TermData:
    first, last = term.given
    return TermData(
        country=term.country,
        office=term.office,
        titles=list(term.titles),
        person=term.person,
        family=term.family,
        also=list(term.also),
        first=first,
        last=last,
        as_of=term.as_of,
        source=term.source,
        dropped=dropped,
    )


def _checked(term: Term) -> TermData:
    data = _data(term)
    for value in (data.country, data.office, data.person, data.family, data.source, *data.titles, *data.also):
        keys.bounded(value, f"entry of {data.person[:40]}", LONGEST)
    return data


def _drop(unit: Write, entry: OfficeEntry) -> None:
    is_shipped = entry.term.key in {term.key for term in shipped().terms}
    unit.journal.record(Kind.TERM, entry.id, _data(entry.term, dropped=True) if is_shipped else None)


def _record(unit: Write, term: Term) -> OfficeEntry:
    identity = term_id(term)
    unit.journal.record(Kind.TERM, identity, _data(term))
    return OfficeEntry(identity, term, unit.session.get(OfficeTerm, identity), dropped=False)


def _entries(session: Session) -> list[OfficeEntry]:
    own = {row.id: row for row in stored.terms(session)}
    listed = {term_id(term): term for term in shipped().terms} | {row.id: term_of(row) for row in own.values()}
    entries = [
        OfficeEntry(identity, term, own.get(identity), identity in own and own[identity].dropped)
        for identity, term in listed.items()
    ]
    return sorted(entries, key=lambda entry: (*entry.term.key[:2], entry.term.first, entry.term.person))


def _one(session: Session, key: str) -> OfficeEntry:
    if len(key) < keys.SHORTEST:
        raise NotFound(
            f"“{key}” is too short to name an entry.", f"Give at least {keys.SHORTEST} characters of its key."
        )
    found = [entry for entry in _entries(session) if entry.id.startswith(key) or entry.id.endswith(key)]
    if not found:
        raise NotFound(f"There is no entry “{key}” in the table of offices.", "List it: workbench office list.")
    if len(found) > 1:
        raise NotFound(f"“{key}” could be several entries.", "Give more of the key.")
    return found[0]
