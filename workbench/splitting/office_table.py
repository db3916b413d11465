"""The table of offices with their holders and dates (offices.json), and a desk's own file in the same form."""

import json
import re
import unicodedata
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

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def years(self) -> str:
        """The term in words: days, or months or years where no more is certain."""
        size = {"year": 4, "month": 7, "day": 10}[self.precision]
        return f"{self.first.isoformat()[:size]} to {self.last.isoformat()[:size] if self.last else 'now'}"


@dataclass(frozen=True)
class OfficeTable:
    """Terms of office, and the day up to which they are known."""

    terms: tuple[Term, ...]
    as_of: date

    def with_terms(self, other: "OfficeTable") -> "OfficeTable":
        """Both tables; the other's terms replace those of the same office and country."""
        theirs = {(term.country, term.office) for term in other.terms}
        kept = (term for term in self.terms if (term.country, term.office) not in theirs)
        return OfficeTable((*kept, *other.terms), max(self.as_of, other.as_of))


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
        terms.extend(_terms(office, f"{name}: office {number}"))
    return OfficeTable(tuple(terms), as_of)


def _terms(office: Any, where: str) -> list[Term]:
    if not isinstance(office, dict) or not isinstance(office.get("holders"), list):
        raise InputRefused(f"{where} has no list of holders.", "Give each office “holders”: a list.")
    country, title = _text(office, "country", where), _text(office, "office", where)
    titles = office.get("titles")
    if not isinstance(titles, list) or not titles or not all(isinstance(one, str) and one.strip() for one in titles):
        raise InputRefused(f"{where} has no title words.", 'Give “titles”: a list such as ["President"].')
    source = office.get("source", "")
    return [
        _term(holder, f"{where}, holder {number}", country, title, tuple(titles), str(source))
        for number, holder in enumerate(office["holders"], 1)
    ]


def _term(holder: Any, where: str, country: str, office: str, titles: tuple[str, ...], source: str) -> Term:
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
    return Term(person, tuple(sorted(spellings)), office, country, titles, first, last, _PRECISIONS[coarse], source)


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
