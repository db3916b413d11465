"""Persons that both texts name: another first name before the same surname, another office before the same name."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.matching.discrepancies.lexicon import Lexicon, lexicon
from workbench.matching.discrepancies.model import Finding, FindingKind, Relation, side_of
from workbench.matching.tokens import Reading, Token
from workbench.matching.words import stem, without_accents

_LONGEST = 600
_LONGEST_OFFICE = 5
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class _Person:
    """A name of one to four capitalised words, and the words of the office right before it."""

    names: tuple[Token, ...]
    office: tuple[Token, ...]

    @property
    def surname(self) -> str:
        return without_accents(self.names[-1].low)

    @property
    def firsts(self) -> tuple[str, ...]:
        return tuple(without_accents(token.low) for token in self.names[:-1] if len(token.low) > 1)

    @property
    def start(self) -> int:
        return (self.office or self.names)[0].start


def person_findings(claim: Reading, passage: Reading) -> Iterator[Finding]:
    """Conflicts between what the two texts call the same person: the first name, or the office.

    Only where the texts share half of what the claim says besides, and where the passage has one such person alone:
    two people of one family are named side by side often enough.
    """
    mine, others = _persons(claim), _persons(passage)
    if not mine or not others:
        return
    naming = {stem(token.low) for one in mine for token in (*one.names, *one.office)}
    rest = claim.senses - naming
    if len(rest & passage.senses) < max(1.0, _ALIKE * len(rest)):
        return
    for one in {person.surname: person for person in reversed(mine)}.values():
        same = [other for other in others if other.surname == one.surname]
        finding = _first_name(claim, one, passage, same) or _office(claim, one, passage, same)
        if finding is not None:
            yield finding


def _first_name(claim: Reading, one: _Person, passage: Reading, same: list[_Person]) -> Finding | None:
    named = [other for other in same if other.firsts]
    if not one.firsts or not named or len({other.firsts for other in named}) > 1:
        return None
    other = named[0]
    if any(_one_name(a, b) for a in one.firsts for b in other.firsts):
        return None
    if _mentions(passage, one.firsts) or _mentions(claim, other.firsts) or _of_family(claim) or _of_family(passage):
        return None
    left = side_of(claim.text, one.names[0].start, one.names[-1].end)
    right = side_of(passage.text, other.names[0].start, other.names[-1].end)
    message = f"name differs: claim {left.text}, passage {right.text}"
    return Finding(FindingKind.NAME, Relation.CONFLICT, left, right, message)


def _mentions(reading: Reading, names: tuple[str, ...]) -> bool:
    return any(without_accents(token.low) in names for token in reading.tokens)


def _of_family(reading: Reading) -> bool:
    """Whether relatives are spoken of, who share a surname."""
    return not lexicon(reading.table.code).relatives.isdisjoint(reading.lows)


def _one_name(one: str, other: str) -> bool:
    """Whether one may be short for the other ("Tom", "Thomas"), or the same misspelt; that is another finding."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return one[:2] == other[:2] or one[-3:] == other[-3:] or all(letter in letters for letter in short)


def _office(claim: Reading, one: _Person, passage: Reading, same: list[_Person]) -> Finding | None:
    """Another office before the same name; a weak sign where the two could be held at once."""
    held = [other for other in same if other.office]
    if not one.office or not held or claim.table.code != passage.table.code:
        return None
    words = lexicon(claim.table.code)
    mine = _essence(one.office, words)
    if not mine or any(_compatible(mine, _essence(other.office, words), words) for other in held):
        return None
    other = held[0]
    theirs = _essence(other.office, words)
    left = side_of(claim.text, one.office[0].start, one.names[-1].end)
    right = side_of(passage.text, other.office[0].start, other.names[-1].end)
    weak = claim.table.roles.isdisjoint(mine & theirs) or not words.former.isdisjoint(mine ^ theirs)
    sign = ", a weak sign" if weak else ""
    message = f"office differs{sign}: claim {left.text}, passage {right.text}"
    return Finding(FindingKind.NAME, Relation.CONFLICT, left, right, message, weak=weak)


def _essence(office: tuple[Token, ...], words: Lexicon) -> frozenset[str]:
    return frozenset(token.low for token in office if token.kind == "word" and token.low not in words.honorifics)


def _compatible(mine: frozenset[str], theirs: frozenset[str], words: Lexicon) -> bool:
    """Whether one office only says less than the other ("minister", "finance minister"); a former one says otherwise."""
    if not theirs:
        return True
    return words.former.isdisjoint(mine ^ theirs) and (mine <= theirs or theirs <= mine)


def _persons(reading: Reading) -> list[_Person]:
    found: list[_Person] = []
    tokens, table, words = reading.tokens[:_LONGEST], reading.table, lexicon(reading.table.code)
    at = 0
    while at < len(tokens):
        if not _is_name(reading, at):
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and tokens[end].sentence == tokens[at].sentence and _goes_on(reading, end):
            end += 1
        names = tuple(token for token in tokens[at:end] if token.kind == "word")
        office = _before(reading, at)
        plain = frozenset(stem(token.low) for token in names)
        if len(names) <= 4 and plain.isdisjoint(words.unlike_persons):
            named = len(names) > 1 and not table.capital_nouns and not words.countries_of(plain)
            if office or named:
                found.append(_Person(names, office))
        at = end
    return found


def _is_name(reading: Reading, at: int) -> bool:
    token, table = reading.tokens[at], reading.table
    if not token.capital or token.low in table.stop or token.low in table.roles or token.low in table.months:
        return False
    return token.low not in table.weekdays and token.low not in table.cardinals and not _heads_office(reading, at)


def _heads_office(reading: Reading, at: int) -> bool:
    """Whether the capitalised word only tells which office follows ("Finance Minister")."""
    following = reading.tokens[at + 1 : at + 3]
    return bool(following) and following[0].low in reading.table.roles and following[0].kind == "word"


def _goes_on(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    if token.text == "-" and token.glued:
        return at + 1 < len(reading.tokens) and reading.tokens[at + 1].capital
    if token.text == ".":
        before = reading.tokens[at - 1]
        return len(before.text) == 1 and token.glued and at + 1 < len(reading.tokens) and reading.tokens[at + 1].capital
    return _is_name(reading, at)


def _before(reading: Reading, at: int) -> tuple[Token, ...]:
    """The words of an office right before a name, as far as they are capitalised or name an office."""
    tokens, table, words = reading.tokens, reading.table, lexicon(reading.table.code)
    first = at
    while first and at - first < _LONGEST_OFFICE and tokens[first - 1].sentence == tokens[at].sentence:
        before = tokens[first - 1]
        known = before.low in table.roles or before.low in words.former
        if before.kind != "word" or not (known or (before.capital and before.low not in table.stop and first < at)):
            break
        first -= 1
    office = tokens[first:at]
    held = any(token.low in table.roles and token.low not in words.honorifics for token in office)
    return tuple(office) if held else ()
