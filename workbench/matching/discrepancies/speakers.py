"""Who is said to have said it, in the claim and in the passage."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.matching.discrepancies.lexicon import lexicon
from workbench.matching.discrepancies.model import Finding, FindingKind, Relation, side_of
from workbench.matching.discrepancies.surroundings import match_phrase
from workbench.matching.tokens import Reading
from workbench.matching.words import stem

_ALIKE = 0.5
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class _Speaker:
    start: int
    end: int
    names: frozenset[str]
    surname: str
    person: bool
    """Whether it is by all signs the name of a person: a first and a last name, or a name after an office."""


def speaker_findings(claim: Reading, passage: Reading) -> Iterator[Finding]:
    """At most one finding: the same thing is put in the mouth of the same speaker, or of another."""
    mine, others = _speakers(claim), _speakers(passage)
    if not mine or not others:
        return
    said = claim.senses - {name for speaker in mine for name in speaker.names}
    if len(said & passage.senses) < max(2.0, _ALIKE * len(said)):
        return
    for one in mine:
        for other in others:
            if one.surname in other.names or other.surname in one.names:
                yield _finding(claim, one, passage, other, Relation.CONSISTENT)
                return
    for one in mine:
        for other in others:
            if _countries(claim, one) & _countries(passage, other):
                yield _finding(claim, one, passage, other, Relation.CONSISTENT, weak=True)
                return
    mentioned = {stem(token.low) for token in passage.tokens}
    if mine[0].surname not in mentioned:
        weak = not (mine[0].person and others[0].person)
        yield _finding(claim, mine[0], passage, others[0], Relation.CONFLICT, weak=weak)


def _countries(reading: Reading, speaker: _Speaker) -> frozenset[str]:
    """The countries that a speaker speaks for, by its name, its capital or its people."""
    return lexicon(reading.table.code).countries_of(speaker.names)


def _finding(
    claim: Reading, mine: _Speaker, passage: Reading, other: _Speaker, relation: Relation, *, weak: bool = False
) -> Finding:
    left, right = side_of(claim.text, mine.start, mine.end), side_of(passage.text, other.start, other.end)
    word = "agrees" if relation is Relation.CONSISTENT else "differs"
    message = f"speaker {word}: claim {left.text}, passage {right.text}"
    return Finding(FindingKind.SPEAKER, relation, left, right, message, weak=weak)


def _speakers(reading: Reading) -> list[_Speaker]:
    found: list[_Speaker] = []
    lows, table = reading.lows, reading.table
    for at, token in enumerate(reading.tokens):
        if token.low in table.speech_verbs:
            speaker = _ending_at(reading, at) or _beginning_at(reading, at + 1)
        else:
            length = next((len(phrase) for phrase in table.according if match_phrase(lows, at, phrase)), 0)
            speaker = _beginning_at(reading, at + length) if length else None
        if speaker is not None:
            found.append(speaker)
    return found


def _ending_at(reading: Reading, end: int) -> _Speaker | None:
    """The capitalised words right before a verb of speech; one lower-case noun may stand between."""
    tokens, table = reading.tokens, reading.table
    last = end
    if last and tokens[last - 1].kind == "word" and not tokens[last - 1].capital:
        if tokens[last - 1].low in table.stop and tokens[last - 1].low not in ("has", "have", "had", "ha", "han"):
            return None
        last -= 1
    first = last
    while first and end - first < _LONGEST_NAME and (tokens[first - 1].capital or _links(reading, first - 1)):
        first -= 1
    return _named(reading, first, end)


def _beginning_at(reading: Reading, first: int) -> _Speaker | None:
    tokens = reading.tokens
    if first < len(tokens) and tokens[first].low in ("the", "el", "la", "los", "las"):
        first += 1
    end = first
    while end < len(tokens) and end - first < _LONGEST_NAME and (tokens[end].capital or _links(reading, end)):
        end += 1
    return _named(reading, first, end)


def _links(reading: Reading, at: int) -> bool:
    """Whether a mark joins two parts of a name ("Díaz-Canel", "J. Smith")."""
    tokens = reading.tokens
    return tokens[at].text in "-." and tokens[at].glued and at > 0 and tokens[at - 1].capital


def _named(reading: Reading, first: int, end: int) -> _Speaker | None:
    """The speaker of some words; what stands before the role ("Transport" Minister) is no name."""
    table = reading.table
    tokens = list(reading.tokens[first:end])
    while tokens and tokens[-1].kind == "mark":
        tokens.pop()
    role = max((i for i, token in enumerate(tokens) if token.low in table.roles), default=-1)
    named = [token for token in tokens[role + 1 :] if token.capital] or tokens
    names = [stem(one.low) for one in named if one.capital and one.low not in table.stop | table.roles]
    if not names:
        return None
    words = lexicon(table.code)
    office = role >= 0 and named is not tokens
    place = bool(words.countries_of(frozenset(names))) or not words.unlike_persons.isdisjoint(names)
    person = (office or len(names) > 1) and not place
    return _Speaker(tokens[0].start, tokens[-1].end, frozenset(names), names[-1], person)
