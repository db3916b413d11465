"""Offices with their dates: whether "the Poe administration" or "President Poe" fits the day an article was published.

The table (offices.json) holds plain facts about heads of state and of government; a desk adds a file of its own in the
same form. A finding is a question for a person and never a verdict: history is told in articles, too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from workbench.splitting.office_table import OfficeTable, Term, read_offices, shipped
from workbench.splitting.references import UPPER
from workbench.text.folding import fold

__all__ = ["OfficeFinding", "OfficeFit", "OfficeTable", "check", "read_offices", "shipped"]

_BEFORE = 40
_RULED = r"(?:administration|government|presidency|cabinet|premiership|chancellorship|White House|team|regime)"
_AFTER = re.compile(rf"(?:'s?)? (?:[a-z]+ )?{_RULED}\b")
_OF = re.compile(
    r"\b(?:administration|government|presidency|cabinet) of $|\b(?:gobierno|administración|presidencia) (?:de )?$"
)
_NOT_THE_HOLDER = re.compile(
    r"(?:\b(?:former|then|ex|previous|late|outgoing|old|future|incoming|past|vice|deputy|acting|first|entonces|antiguo)"
    r"[ -]|-)$",
    re.IGNORECASE,
)
_PAST_TENSE = re.compile(r"\b(?:was|were|had|did|fue|era|fueron|había)\b|\b[a-z]{3,}ed\b", re.IGNORECASE)
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|does|do|will|presents?|remains?|faces?|plans?|says?|must|should|es|está|ha)\b", re.IGNORECASE
)
_CAPITAL_WORD = re.compile(rf"(?<![\w'-])[{UPPER}](?:[^\W_]|[-'](?=\w))*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class OfficeFit(StrEnum):
    """How an office that a text names stands to the day of publication."""

    ENDED = "ended"
    NOT_BEGUN = "not_begun"
    DATE_MISSING = "date_missing"


@dataclass(frozen=True, slots=True)
class OfficeFinding:
    """An office named at [start, end) whose term does not cover the day of publication, or needs that day.

    `holders` are those who held the office on that day, as far as the table knows. `history` is true where the sentence
    speaks of the past and so may be right; `ended` where every term named is over.
    """

    start: int
    end: int
    text: str
    fit: OfficeFit
    holders: tuple[str, ...]
    message: str
    history: bool
    ended: bool


@dataclass(frozen=True, eq=False)
class _Index:
    """From the first word of a name to the names, the longest first, each with its terms."""

    names: dict[str, tuple[tuple[str, tuple[Term, ...]], ...]]
    titles: re.Pattern[str]


@lru_cache(maxsize=4)
def _index(table: OfficeTable) -> _Index:
    holders: dict[str, list[Term]] = {}
    for term in table.terms:
        for name in term.names:
            holders.setdefault(name[_first_capital(name) :], []).append(term)
    names: dict[str, list[tuple[str, tuple[Term, ...]]]] = {}
    for name in sorted(holders, key=lambda name: (-len(name), name)):
        word = _CAPITAL_WORD.match(name)
        names.setdefault(word.group() if word else name, []).append((name, tuple(holders[name])))
    titles = {fold(title) for term in table.terms for title in term.titles}
    titled = "|".join(re.escape(title) for title in sorted(titles, key=lambda title: (-len(title), title)))
    return _Index(
        {word: tuple(entries) for word, entries in names.items()},
        re.compile(rf"(?<!\w)(?P<title>{titled or '(?!)'}) (?:[^\W\d_]+ ){{0,2}}?$", re.IGNORECASE),
    )


def _first_capital(name: str) -> int:
    """Where the name proper begins: "Villepin" in "de Villepin"."""
    return next((at for at, character in enumerate(name) if character.isupper()), 0)


def _names_in(folded: str, index: _Index) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
    last = 0
    for match in _CAPITAL_WORD.finditer(folded):
        if match.start() < last:
            continue
        for name, terms in index.names.get(match.group().removesuffix("'s"), ()):
            last = match.start() + len(name)
            if folded.startswith(name, match.start()) and not folded[last : last + 1].isalnum():
                yield match.start(), last, terms
                break
        else:
            last = 0


def check(text: str, published: date | None, *, table: OfficeTable | None = None) -> tuple[OfficeFinding, ...]:
    """Offices named in `text` whose term does not cover `published`, in order; without a date all that need one.

    Looked at are "the X administration" (government, presidency, cabinet …) and a title of the office before the name,
    but not "former", "then" or "vice". Where a name fits several persons or terms, one that covers the day is enough.
    Also for parts of a text, as long as sentences are whole. `table` is the shipped one when None.
    """
    known = shipped() if table is None else table
    index, folded = _index(known), fold(text)
    findings: list[OfficeFinding] = []
    for first, last, held in _names_in(folded, index):
        named = _named(folded, first, last, held, index)
        if named is None:
            continue
        start, end, terms = named
        if folded[max(0, start - 4) : start].lower() == "the ":
            start -= 4
        sentence = _around(folded, start, end)
        years = {int(year.group()) for year in _YEAR.finditer(sentence)}
        if any(
            term.first.year <= year <= (term.last or max(term.as_of, known.as_of)).year
            for term in terms
            for year in years
        ):
            continue
        finding = _finding(text[start:end], terms, published, known)
        if finding is not None:
            history = bool(_PAST_TENSE.search(sentence)) and not _PRESENT.search(sentence)
            findings.append(OfficeFinding(start, end, text[start:end], *finding, history, all(t.last for t in terms)))
    return tuple(findings)


def _named(
    folded: str, first: int, last: int, terms: tuple[Term, ...], index: _Index
) -> tuple[int, int, tuple[Term, ...]] | None:
    """Span of the office with the name at [first, last), and the terms that may be meant."""
    before = folded[max(0, first - _BEFORE) : first]
    ruled, of = _AFTER.match(folded, last), _OF.search(before)
    if ruled or of:
        start = first - (len(before) - of.start() if of else 0)
        lead = folded[max(0, start - 12) : start]
        return None if _NOT_THE_HOLDER.search(lead) else (start, ruled.end() if ruled else last, terms)
    titled = index.titles.search(before)
    if titled is None or _NOT_THE_HOLDER.search(before[: titled.start()]):
        return None
    given = before[titled.end("title") :].strip()
    title, whole = titled.group("title").lower(), f"{given} {folded[first:last]}"
    fitting = tuple(
        term
        for term in terms
        if title in {fold(one).lower() for one in term.titles} and (not given or whole in term.names)
    )
    return (first - (len(before) - titled.start()), last, fitting) if fitting else None


def _around(folded: str, start: int, end: int) -> str:
    """The sentence around a span, roughly: up to the nearest full stop with white space, or line."""
    left = max(folded.rfind(". ", max(0, start - 400), start), folded.rfind("\n", max(0, start - 400), start))
    ends = [at for at in (folded.find(". ", end, end + 400), folded.find("\n", end, end + 400)) if at >= 0]
    return folded[left + 1 : min(ends, default=end + 400)]


def _finding(
    words: str, terms: Sequence[Term], published: date | None, table: OfficeTable
) -> tuple[OfficeFit, tuple[str, ...], str] | None:
    held = "; ".join(dict.fromkeys(f"{t.person}, {t.office} of {t.country}, {t.years()}" for t in terms))
    if published is None:
        message = f"“{words}” ({held}): give the article's publication date to see whether it fits."
        return OfficeFit.DATE_MISSING, (), message
    if any(term.covers(published) for term in terms):
        return None
    offices = {(term.country, term.office) for term in terms}
    holders = tuple(
        dict.fromkeys(t.person for t in table.terms if (t.country, t.office) in offices and t.covers(published))
    )
    fit = OfficeFit.NOT_BEGUN if all(published < term.first for term in terms) else OfficeFit.ENDED
    open_ended = [
        t.as_of for t in table.terms if (t.country, t.office) in offices and t.covers(published) and not t.last
    ]
    known_to = min(open_ended, default=published)
    known = f" up to {known_to.isoformat()} the table has" if published > known_to else " it was then held by"
    then = f";{known} {' or '.join(holders)}" if holders else ""
    return fit, holders, f"“{words}” does not fit an article of {published.isoformat()} ({held}){then}."
