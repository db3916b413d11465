"""The table of offices with their holders and dates (offices.json), and a desk's own file in the same form."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from workbench.errors import InputRefused
from workbench.text.folding import fold

_FORMAT = 1
_LARGEST = 2_000_000
_GIVEN = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_HINT = "Use the form of offices.json: “format” 1, “as_of”, and “offices” with country, office, titles and holders."


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `first` and `last` are the widest days that its precision ("day", "month", "year") allows.

    `last` is None where no end was known when the table was made.
    """

    person: str
    names: tuple[str, ...]
    office: str
    country: str
    titles: tuple[str, ...]
    first: date
    last: date | None
    precision: str
    source: str
    family: str
    also: tuple[str, ...]
    as_of: date

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What a term is known by: country, office, person and first day, whatever the case of the letters."""
        return (self.country.casefold(), self.office.casefold(), self.person.casefold(), self.first.isoformat())

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def given(self) -> tuple[str, str]:
        """First and last day as exact as they are known; the last is empty where no end is known."""
        size = {"year": 4, "month": 7, "day": 10}[self.precision]
        return self.first.isoformat()[:size], self.last.isoformat()[:size] if self.last else ""

    def years(self) -> str:
        """The term in words: days, or months or years where no more is certain."""
        first, last = self.given
        return f"{first} to {last or 'now'}"


@dataclass(frozen=True)
class OfficeTable:
    """Terms of office. `as_of` is the day up to which the table as a whole is known; a term can be known for longer."""

    terms: tuple[Term, ...]
    as_of: date

    def with_terms(self, added: Iterable[Term], dropped: Iterable[tuple[str, str, str, str]] = ()) -> "OfficeTable":
        """The table with these terms, which replace those of the same key, and without those of the keys `dropped`."""
        new = tuple(added)
        gone = {*dropped, *(term.key for term in new)}
        return OfficeTable((*(term for term in self.terms if term.key not in gone), *new), self.as_of)


@cache
def shipped() -> OfficeTable:
    """The table that comes with the program."""
    return read_offices(files("workbench.splitting").joinpath("offices.json").read_bytes(), "offices.json")


def read_offices(data: bytes, name: str) -> OfficeTable:
    """A table of offices from a JSON file as offices.json, `name` being what to call it in messages.

    Raises InputRefused, naming the entry, for anything that is not in that form.
    """
    try:
        if len(data) > _LARGEST:
            raise InputRefused(f"{name} is larger than {_LARGEST:,} bytes.", _HINT)
        raw = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InputRefused(f"{name} is no JSON in UTF-8: {error}.", _HINT) from error
    if not isinstance(raw, dict) or raw.get("format") != _FORMAT or not isinstance(raw.get("offices"), list):
        raise InputRefused(f"{name} is no table of offices in format {_FORMAT}.", _HINT)
    as_of = _days(raw.get("as_of"), f"{name}: as_of")[0]
    terms: list[Term] = []
    for number, office in enumerate(raw["offices"], 1):
        terms.extend(_terms(office, f"{name}: office {number}", as_of))
    return OfficeTable(tuple(terms), as_of)


def one_term(
    *,
    country: str,
    office: str,
    titles: Sequence[str],
    person: str,
    family: str,
    first: str,
    last: str,
    as_of: date,
    also: Sequence[str] = (),
    source: str = "",
) -> Term:
    """One entry of the table, dates as ISO days, months or years; an empty `last` is a term without a known end.

    Raises InputRefused, saying what is wrong with it.
    """
    where = f"{person.strip() or 'The entry'}, {office.strip() or 'no office'}"
    dates = [len(one) for one in (first, last) if one]
    holder = {
        "person": person,
        "family": family,
        "also": list(also),
        "from": first,
        "to": last or None,
        "precision": _PRECISIONS.get(min(dates, default=0), "day"),
    }
    entry = {"country": country, "office": office, "titles": list(titles), "source": source, "holders": [holder]}
    return _terms(entry, where, as_of)[0]


def _terms(office: Any, where: str, as_of: date) -> list[Term]:
    if not isinstance(office, dict) or not isinstance(office.get("holders"), list):
        raise InputRefused(f"{where} has no list of holders.", "Give each office “holders”: a list.")
    country, title = _text(office, "country", where), _text(office, "office", where)
    titles = office.get("titles")
    if not isinstance(titles, list) or not titles or not all(isinstance(one, str) and one.strip() for one in titles):
        raise InputRefused(f"{where} has no title words.", 'Give “titles”: a list such as ["President"].')
    source = str(office.get("source", ""))
    several = len(office["holders"]) > 1 or ": office " in where
    return [
        _term(holder, f"{where}, holder {number}" if several else where, (country, title, tuple(titles), source), as_of)
        for number, holder in enumerate(office["holders"], 1)
    ]


def _term(holder: Any, where: str, of: tuple[str, str, tuple[str, ...], str], as_of: date) -> Term:
    country, office, titles, source = of
    if not isinstance(holder, dict):
        raise InputRefused(f"{where} is no object.", "Give “person”, “family”, “from”, “to” and “precision”.")
    person, family = _text(holder, "person", where), _text(holder, "family", where)
    also = holder.get("also", [])
    if not isinstance(also, list) or not all(isinstance(one, str) and one.strip() for one in also):
        raise InputRefused(f"{where}: “also” is no list of names.", "Give other spellings as a list of texts, or none.")
    first, _, coarse = _days(holder.get("from"), f"{where}: from")
    last = None
    if holder.get("to") is not None:
        _, last, end_coarse = _days(holder["to"], f"{where}: to")
        coarse = min(coarse, end_coarse)
        if last < first:
            raise InputRefused(f"{where} ends before it begins.", "Exchange “from” and “to”, or correct one of them.")
    if holder.get("precision") != _PRECISIONS[coarse]:
        precision = _PRECISIONS[coarse]
        raise InputRefused(f"{where}: its dates are given to the {precision}.", f"Give “precision”: “{precision}”.")
    spellings = {name for one in (person, family, *also) for name in (fold(one), _plain(fold(one)))}
    names = tuple(sorted(spellings))
    return Term(
        person, names, office, country, titles, first, last, _PRECISIONS[coarse], source, family, tuple(also), as_of
    )


def _text(entry: dict[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputRefused(f"{where} has no {key}.", f"Give “{key}” as a text.")
    return value


def _days(value: Any, where: str) -> tuple[date, date, int]:
    """First and last day of an ISO day, month or year, and how many characters it was given in."""
    if not isinstance(value, str) or not _GIVEN.fullmatch(value):
        raise InputRefused(f"{where} is no date.", "Write it as 2021-01-20, 2021-01 or 2021.")
    try:
        parts = [int(part) for part in value.split("-")]
        first = date(*[*parts, 1, 1][:3])
        if len(parts) == 3:
            return first, first, len(value)
        whole_year = len(parts) == 1 or first.month == 12
        following = date(first.year + 1, 1, 1) if whole_year else first.replace(month=first.month + 1)
    except ValueError as error:
        raise InputRefused(f"{where}: {value} is not in the calendar.", "Correct the date.") from error
    return first, following - timedelta(days=1), len(value)


def _plain(name: str) -> str:
    """The name without accents, as many papers write it."""
    decomposed = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
