"""Quotations: found in a text, and found again in another one clause by clause.

Looking for a whole quotation fails where papers recut it; clause by clause it is found and a trimmed ending shows.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from workbench.matching.tokens import Token, tokenize
from workbench.text.folding import fold
from workbench.text.spans import Span

_FOUND = 75.0
_CLAUSE_WORDS = 3
_LONGEST_QUOTE = 4_000
_MARKS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "”": "”", "‹": "›"}
_CLAUSE_END = re.compile(r"[,;:.!?…\n]+|\s-+\s|\[\.\.\.\]|\(\.\.\.\)")
_WIDER = 4
_PART_WORDS = 5
_PART_SHARE = 0.35
_AROUND = 200
_SENTENCE_END = frozenset(".!?\n")


class QuotationState(StrEnum):
    """How a quotation stands in another text."""

    VERBATIM = "verbatim"
    TRIMMED = "trimmed"
    ALTERED = "altered"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the wording parts: a span of the quotation and one of the text; either may be empty."""

    quote: Span
    text: Span


@dataclass(frozen=True, slots=True)
class QuotationHit:
    """A quotation found in a text.

    `span` is where, `score` (0-100) how alike its clauses are on average, `rest` what the text goes on to say in
    the same sentence where the quotation stops (empty span when it stops there too).
    """

    span: Span
    score: float
    state: QuotationState
    differences: tuple[Difference, ...]
    rest: Span


def quotations(text: str) -> tuple[Span, ...]:
    """What stands between quotation marks, of two words or more, marks aside; none inside another."""
    found: list[Span] = []
    at = 0
    while at < len(text):
        closing = _MARKS.get(text[at])
        if closing is None or (text[at] == "’" and at and text[at - 1].isalnum()):
            at += 1
            continue
        ends = [place for mark in closing if (place := text.find(mark, at + 1)) != -1]
        if not ends:
            at += 1
            continue
        end = min(ends)
        inner = text[at + 1 : end]
        start = at + 1 + len(inner) - len(inner.lstrip())
        if len(inner.split()) >= 2:
            found.append(Span(start, start + len(inner.strip())))
        at = end + 1
    return tuple(found)


def _plain(text: str) -> str:
    """Folded and lower case, one character for one."""
    folded = fold(text)
    low = folded.lower()
    if len(low) == len(folded):
        return low
    return "".join(each if len(each) == 1 else original for original in folded for each in (original.lower(),))


def _clauses(quote: str) -> list[Span]:
    """Stretches of a quotation between marks; those of fewer than three words join the one before."""
    edges = [0, *(found.end() for found in _CLAUSE_END.finditer(quote)), len(quote)]
    spans: list[Span] = []
    for start, end in pairwise(edges):
        words = len(quote[start:end].split())
        if not words:
            continue
        if spans and (words < _CLAUSE_WORDS or len(quote[spans[-1].start : spans[-1].end].split()) < _CLAUSE_WORDS):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans


def clauses(quote: str) -> tuple[Span, ...]:
    """The clauses that a quotation is looked for by."""
    return tuple(_clauses(_plain(quote[:_LONGEST_QUOTE])))


def clause_places(quote: str, text: str) -> list[tuple[Span, float, Span]]:
    """For each clause of a quotation that stands in a text: the clause, how alike (0-100), and where in the text."""
    quote = quote[:_LONGEST_QUOTE]
    plain_quote, plain_text = _plain(quote), _plain(text)
    found = []
    for clause in _clauses(plain_quote):
        hit = _locate(clause.of(plain_quote), plain_text)
        if hit is not None:
            found.append((clause, *hit))
    return found


def _locate(clause: str, text: str) -> tuple[float, Span] | None:
    """Where a clause stands best in a text, both plain; the text longer than the clause."""
    clause = clause.strip(" \n\t,;:.!?\"'")
    if not clause or not text:
        return None
    exact = text.find(clause)
    if exact != -1:
        return 100.0, Span(exact, exact + len(clause))
    if len(clause) >= len(text):
        score = fuzz.ratio(clause, text, score_cutoff=_FOUND)
        return (score, Span(0, len(text))) if score else None
    hit = fuzz.partial_ratio_alignment(clause, text, score_cutoff=_FOUND)
    if hit is None:
        return None
    return hit.score, _to_words(text, hit.dest_start, hit.dest_end)


def _to_words(text: str, start: int, end: int) -> Span:
    """The stretch widened or narrowed to whole words, whichever is nearer."""
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)


def find_quotation(quote: str, text: str) -> QuotationHit | None:
    """Where the words of `quote` stand in `text`, looked for clause by clause; None when they do not.

    Offsets in the result are code points of `text`, those of `Difference.quote` of `quote`. Only the first 4,000
    characters of a quotation are looked for.
    """
    quote = quote[:_LONGEST_QUOTE]
    plain_text = _plain(text)
    placed = clause_places(quote, text)
    if not placed:
        return _part(quote, text)
    found = sum(clause.length * score for clause, score, _ in placed)
    score = found / sum(clause.length for clause in clauses(quote))
    if score < _FOUND / 2 or max(each for _, each, _ in placed) < _FOUND:
        return _part(quote, text)
    span = _fitted(quote, text, _window(placed, len(quote)))
    rest = _rest(plain_text, span.end)
    differences = _differences(quote, text, span)
    return QuotationHit(span, round(score, 1), _state(quote, differences, rest), differences, rest)


def _part(quote: str, text: str) -> QuotationHit | None:
    """The longest run of words that the text shares with a quotation, where it is long enough to be no chance."""
    mine, other = _words(quote), _words(text)
    match = SequenceMatcher(None, [t.low for t in mine], [t.low for t in other], autojunk=False).find_longest_match()
    if match.size < max(_PART_WORDS, _PART_SHARE * len(mine)):
        return None
    start, end = other[match.b].start, other[match.b + match.size - 1].end
    missing = [piece for piece in (mine[: match.a], mine[match.a + match.size :]) if piece]
    place = Span(end, end)
    lacking = tuple(Difference(Span(piece[0].start, piece[-1].end), place) for piece in missing)
    return QuotationHit(
        Span(start, end), round(100 * match.size / len(mine), 1), QuotationState.PARTIAL, lacking, place
    )


def _window(placed: list[tuple[Span, float, Span]], length: int) -> Span:
    """One stretch with all clauses when they stand together, else the longest clause."""
    start = min(place.start for _, _, place in placed)
    end = max(place.end for _, _, place in placed)
    if end - start <= 2 * length + 40:
        return Span(start, end)
    return max(placed, key=lambda one: (one[0].length, -one[2].start))[2]


def _fitted(quote: str, text: str, span: Span) -> Span:
    """The window with its edges at the first and last word of the quotation, where they stand close by.

    A fuzzy window is as long as what was looked for, so it begins and ends a little too early or too late.
    """
    offset = max(0, span.start - _AROUND)
    words = _words(text[offset : span.end + _AROUND])
    mine = _words(quote)
    inside = [i for i, one in enumerate(words) if one.end + offset > span.start and one.start + offset < span.end]
    if not inside or not mine:
        return span
    first = _nearest(words, inside[0], mine[0].low)
    last = _nearest(words, inside[-1], mine[-1].low)
    return Span(words[first].start, words[last].end).shift(offset) if first <= last else span


def _nearest(words: list[Token], at: int, low: str) -> int:
    """The place within four words of `at` where `low` stands, the nearest first; `at` when it does not."""
    places = sorted(range(max(0, at - _WIDER), min(len(words), at + _WIDER + 1)), key=lambda i: abs(i - at))
    return next((i for i in places if words[i].low == low), at)


def _rest(text: str, end: int) -> Span:
    """What follows `end` up to the end of the sentence or a closing quotation mark."""
    stop = end
    while stop < len(text) and text[stop] not in _SENTENCE_END and text[stop] != '"':
        stop += 1
    return _to_words(text, end, stop) if any(each.isalnum() for each in text[end:stop]) else Span(end, end)


def _words(text: str) -> list[Token]:
    return [token for token in tokenize(text) if token.kind != "mark"]


def _differences(quote: str, text: str, span: Span) -> tuple[Difference, ...]:
    """Stretches of words that are not the same in the quotation and in the window of the text, in order."""
    mine = _words(quote)
    other = _words(span.of(text))
    found: list[Difference] = []
    src, dest = 0, 0
    steps = Levenshtein.opcodes([token.low for token in mine], [token.low for token in other])
    ends = [(step.src_start, step.dest_start, step.src_end, step.dest_end) for step in steps if step.tag == "equal"]
    for src_start, dest_start, src_end, dest_end in (*ends, (len(mine), len(other), 0, 0)):
        if src_start > src or dest_start > dest:
            left = _cover(mine[src:src_start], mine, src)
            right = _cover(other[dest:dest_start], other, dest)
            found.append(Difference(left, right.shift(span.start)))
        src, dest = src_end, dest_end
    return tuple(found)


def _cover(tokens: list[Token], every: list[Token], at: int) -> Span:
    if tokens:
        return Span(tokens[0].start, tokens[-1].end)
    place = every[at - 1].end if at else 0
    return Span(place, place)


def _state(quote: str, differences: tuple[Difference, ...], rest: Span) -> QuotationState:
    if not differences:
        closed = quote.rstrip()[-1:] in ".!?"
        return QuotationState.TRIMMED if rest.length and closed else QuotationState.VERBATIM
    words = _words(quote)
    half = words[len(words) // 2].start if words else 0
    at_end = all(one.quote.start >= half for one in differences)
    shorter = all(one.quote.length <= one.text.length for one in differences)
    if at_end and (rest.length or shorter):
        return QuotationState.TRIMMED
    return QuotationState.ALTERED
