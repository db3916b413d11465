"""How an article sources itself: what it says of its own origin, to whom its claims go back, and who is quoted.

Facts about the text for a person to weigh. Nothing here adds them up: an unnamed source can be a good one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from workbench.splitting.lexicon import Lexicon, lexicon
from workbench.splitting.model import SET_ASIDE, Attribution, SourceType, SplitResult, Unit, UnitKind
from workbench.splitting.quotes import find_quotes
from workbench.splitting.source_types import type_of
from workbench.text.folding import fold
from workbench.text.spans import Span

_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LINE = re.compile(r"[^\n]+")
_NOT_COUNTED = frozenset({*SET_ASIDE, UnitKind.TITLE, UnitKind.HEADING})
_MODIFIERS = 2
_TO_VERB = 4
_FEWEST_QUOTED = 3
_READ = 3_000


class SourcedBy(StrEnum):
    """To whom a claim goes back."""

    NAMED = "named"
    OFFICIAL = "official"
    UNNAMED = "unnamed"
    COLLECTIVE = "collective"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Particular:
    """Something an article should say of itself: `name`, and what was found, empty when it is missing."""

    name: str
    value: str

    @property
    def present(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class SourcedClaim:
    """One unit's claim at [start, end) with the kind of source it goes back to and the words that name it."""

    start: int
    end: int
    by: SourcedBy
    source: str


@dataclass(frozen=True, slots=True)
class UnnamedSource:
    """Words at [start, end) that name a source without saying who it is."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words at [start, end), without their marks, and their speaker; "" when none was found."""

    start: int
    end: int
    text: str
    speaker: str

    @property
    def by(self) -> str:
        return self.speaker or "no speaker found"


@dataclass(frozen=True)
class Sourcing:
    """The sourcing of one article: particulars present or missing, claims by source, unnamed sources, quotations."""

    particulars: tuple[Particular, ...]
    claims: tuple[SourcedClaim, ...]
    unnamed: tuple[UnnamedSource, ...]
    quotations: tuple[Quotation, ...]
    links: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the particulars that are missing."""
        return tuple(one.name for one in self.particulars if not one.present)

    @property
    def counts(self) -> Mapping[SourcedBy, int]:
        """How many claims go back to each kind of source; kinds without any are there with 0."""
        counted = Counter(claim.by for claim in self.claims)
        return MappingProxyType({by: counted[by] for by in SourcedBy})


def sourcing(
    text: str,
    result: SplitResult,
    *,
    title: str = "",
    byline: str = "",
    published: date | None = None,
    outlet: str = "",
    url: str = "",
    links: Sequence[str] = (),
) -> Sourcing:
    """How the article `text`, split into `result`, sources itself.

    The other values are what is recorded of it; a byline, a dateline and addresses in the text count as well. Claims are
    counted by unit, without title, headings and what is set aside. Raises ValueError when `result` is of another text.
    """
    if result.length != len(text):
        raise ValueError(f"the result is of a text of {result.length} code points, not of {len(text)}")
    folded, rules = fold(text), lexicon(result.language)
    shown = tuple(dict.fromkeys((*links, *(match.group() for match in _ADDRESS.finditer(text)))))
    others = tuple(link for link in shown if link.rstrip("/") != url.rstrip("/"))
    particulars = (
        Particular("title", title.strip() or _of_kind(result, text, UnitKind.TITLE)),
        Particular("byline", byline.strip() or _of_kind(result, text, UnitKind.BYLINE)),
        Particular("date", published.isoformat() if published else _dated(result, text)),
        Particular("outlet", outlet.strip()),
        Particular("address", url.strip()),
        Particular("links", "\n".join(others)),
    )
    return Sourcing(
        particulars,
        tuple(_claims(result)),
        tuple(_unnamed(result, text, folded, rules)),
        tuple(_quotations(result, text)),
        others,
    )


def _of_kind(result: SplitResult, text: str, kind: UnitKind) -> str:
    return next((text[unit.start : unit.end].strip() for unit in result.units if unit.kind is kind), "")


def _dated(result: SplitResult, text: str) -> str:
    """A dateline with a figure in it: "NORTHVALE (VNA)" alone says where, not when."""
    lines = (text[unit.start : unit.end].strip() for unit in result.units if unit.kind is UnitKind.DATELINE)
    return next((line for line in lines if any(character.isdigit() for character in line)), "")


def _attributions(unit: Unit) -> list[Attribution]:
    """The attributions of a unit without repetition, that of the sentence first."""
    return list(dict.fromkeys(claim.attribution for claim in unit.claims if claim.attribution is not None))


def _claims(result: SplitResult) -> Iterator[SourcedClaim]:
    for unit in result.units:
        if not unit.claims or unit.kind in _NOT_COUNTED:
            continue
        whole, said = unit.claims[0], _attributions(unit)
        by = SourcedBy(str(said[0].type)) if said else SourcedBy.NONE
        yield SourcedClaim(whole.start, whole.end, by, said[0].source if said else "")


def _unnamed(result: SplitResult, text: str, folded: str, rules: Lexicon) -> list[UnnamedSource]:
    """Unnamed sources of attributions, one by one where several are joined, and those that stand before a reporting verb."""
    spans: set[Span] = set()
    for unit in result.units:
        if unit.kind in _NOT_COUNTED:
            continue
        for said in _attributions(unit):
            spans.update(_unnamed_of(said, text, rules))
        if unit.claims:
            whole = unit.claims[0]
            spans.update(_reporting_groups(folded, whole.start, min(whole.end, whole.start + _READ), rules))
    kept = [s for s in spans if not any(s != o and o.start <= s.start and s.end <= o.end for o in spans)]
    return [UnnamedSource(span.start, span.end, span.of(text)) for span in sorted(kept)]


def _unnamed_of(said: Attribution, text: str, rules: Lexicon) -> Iterator[Span]:
    for source in said.sources or (said.source,):
        if type_of(source, rules) is not SourceType.UNNAMED and not _is_group(source, rules):
            continue
        at = text.find(source, said.start, said.end)
        if at >= 0:
            yield Span(at, at + len(source))


def _is_group(source: str, rules: Lexicon) -> bool:
    """Whether a source is a group word without a name ("regional experts")."""
    words = _WORD.findall(source)
    named = any(word[0].isupper() for word in words[1:])
    return not named and any(word.lower() in rules.words("unnamed", "nouns") for word in words)


def _reporting_groups(folded: str, start: int, end: int, rules: Lexicon) -> Iterator[Span]:
    """Groups such as "many outside analysts" with a reporting verb within the next few words."""
    tokens = list(_WORD.finditer(folded, start, end))
    low = [token.group().lower() for token in tokens]
    groups = rules.words("unnamed", "nouns")
    for at, word in enumerate(low):
        following = folded[tokens[at].end() : tokens[min(at + _TO_VERB, len(tokens) - 1)].end()]
        reach = low[at + 1 : at + 1 + _TO_VERB]
        verb = next((i for i, after in enumerate(reach) if after in rules.reporting), None)
        if word not in groups or verb is None or any(mark in following for mark in ",;:"):
            continue
        if any(before not in rules.auxiliaries and not before.endswith("ly") for before in reach[:verb]):
            continue
        first = at
        while first > 0 and at - first < _MODIFIERS and _qualifies(folded, tokens, low, first, rules):
            first -= 1
        if not any(tokens[i].group()[0].isupper() for i in range(first, at) if tokens[i].start() > start):
            yield Span(tokens[first].start(), tokens[at].end())


def _qualifies(folded: str, tokens: Sequence[re.Match[str]], low: Sequence[str], at: int, rules: Lexicon) -> bool:
    """Whether the word before token `at` belongs to its phrase: "many outside", and not "which" or "said"."""
    word, between = low[at - 1], folded[tokens[at - 1].end() : tokens[at].start()]
    vague = word in rules.phrases("kinds", "vague")
    return between == " " and (vague or (word not in rules.openers | rules.leads and word not in rules.reporting))


def _quotations(result: SplitResult, text: str) -> Iterator[Quotation]:
    """Quotations of three words or more; fewer are a word set off, not somebody's speech."""
    said = [one for unit in result.units for one in _attributions(unit)]
    for line in _LINE.finditer(text):
        for quote in find_quotes(text, line.start(), line.end()):
            span = Span(quote.start, quote.end)
            if len(_WORD.findall(span.of(text))) < _FEWEST_QUOTED:
                continue
            speaker = max(said, key=lambda one: _shared(one, span), default=None)
            found = speaker is not None and _shared(speaker, span) > 0
            yield Quotation(span.start, span.end, span.of(text), speaker.source if speaker and found else "")


def _shared(said: Attribution, span: Span) -> int:
    """How many characters of the quotation the attribution covers."""
    return sum(max(0, min(one.end, span.end) - max(one.start, span.start)) for one in said.content)
