"""Names of a claim that the passage spells otherwise, or has another name in the place of. Precision first."""

from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from workbench.matching.discrepancies.model import Finding, FindingKind, Relation, side_of
from workbench.matching.tokens import Reading, Token
from workbench.matching.words import stem, without_accents

_NEAR_MISS = 82.0
_SHORTEST = 5
_LONGEST = 600
_ALIKE = 0.6
_DERIVED = ("an", "ian", "ese", "ish", "i", "er", "s", "es", "eno", "ano", "ana")


def name_findings(claim: Reading, passage: Reading) -> Iterator[Finding]:
    """Conflicts between names: near-misses in spelling, and a name replaced in a sentence that is else the same.

    None in a language that gives every noun a capital.
    """
    if claim.table.capital_nouns or passage.table.capital_nouns:
        return
    seen: set[int] = set()
    replaced = [(mine, other, "differs") for mine, other in _replaced(claim, passage)]
    spelled = [(mine, other, "spelled differently") for mine, other in _near_misses(claim, passage)]
    for mine, other, word in (*spelled, *replaced):
        if mine[0].start in seen:
            continue
        seen.update(token.start for token in mine)
        left = side_of(claim.text, mine[0].start, mine[-1].end)
        right = side_of(passage.text, other[0].start, other[-1].end)
        message = f"name {word}: claim {left.text}, passage {right.text}"
        yield Finding(FindingKind.NAME, Relation.CONFLICT, left, right, message)


def _plain(token: Token) -> str:
    return stem(token.low)


def _names(reading: Reading, other: Reading) -> list[Token]:
    """Capitalised words that the other text does not have in any form, dates and function words aside."""
    known = {_plain(token) for token in other.tokens if token.kind == "word"}
    table = reading.table
    return [
        token
        for token in reading.tokens[:_LONGEST]
        if token.capital
        and token.low not in table.stop
        and token.low not in table.months
        and token.low not in table.cardinals
        and _plain(token) not in known
    ]


def _near_misses(claim: Reading, passage: Reading) -> Iterator[tuple[list[Token], list[Token]]]:
    others = [token for token in _names(passage, claim) if len(token.low) >= _SHORTEST]
    for mine in _names(claim, passage):
        if len(mine.low) < _SHORTEST or not others:
            continue
        best = max(others, key=lambda token: _likeness(mine, token))
        if _likeness(mine, best) >= _NEAR_MISS and not _derived(_plain(mine), _plain(best)):
            yield [mine], [best]


def _likeness(one: Token, other: Token) -> float:
    return fuzz.ratio(without_accents(one.low), without_accents(other.low))


def _derived(one: str, other: str) -> bool:
    """Whether one name is a form of the other ("Cuba", "Cuban")."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    return one[:4] == other[:4] and (one.endswith(_DERIVED) != other.endswith(_DERIVED))


def _replaced(claim: Reading, passage: Reading) -> Iterator[tuple[list[Token], list[Token]]]:
    """Runs of capitalised words that stand for each other between the same words of two sentences."""
    mine_new = {token.start for token in _names(claim, passage)}
    other_new = {token.start for token in _names(passage, claim)}
    if not mine_new or not other_new:
        return
    mine = [token for token in claim.tokens[:_LONGEST] if token.kind == "word"]
    for sentence in _sentences(passage):
        steps = Levenshtein.opcodes([token.low for token in mine], [token.low for token in sentence])
        equal = sum(step.src_end - step.src_start for step in steps if step.tag == "equal")
        if equal < _ALIKE * len(mine):
            continue
        for place, step in enumerate(steps):
            left, right = mine[step.src_start : step.src_end], sentence[step.dest_start : step.dest_end]
            if step.tag != "replace" or len(left) != len(right) or len(left) > 3:
                continue
            if _within_name(mine, step.src_start, step.src_end) or _within_name(
                sentence, step.dest_start, step.dest_end
            ):
                continue
            if 0 < place < len(steps) - 1 and {steps[place - 1].tag, steps[place + 1].tag} != {"equal"}:
                continue
            names = all(one.start in mine_new for one in left) and all(one.start in other_new for one in right)
            if names and not any(_derived(_plain(a), _plain(b)) for a in left for b in right):
                yield left, right


def _within_name(words: list[Token], start: int, end: int) -> bool:
    """Whether the stretch is only a part of a longer name: a surname that both share tells who is meant."""
    before = start > 0 and words[start - 1].capital and start > 1
    after = end < len(words) and words[end].capital
    return before or after


def _sentences(passage: Reading) -> Iterator[list[Token]]:
    current: list[Token] = []
    for token in passage.tokens[: 4 * _LONGEST]:
        if current and token.sentence != current[0].sentence:
            yield current
            current = []
        if token.kind == "word":
            current.append(token)
    if current:
        yield current
