"""Negation, opposite verbs and how sure a text is. Shown as a weak sign: by itself it hardly tells contradiction from support."""

from collections.abc import Iterator

from workbench.matching.discrepancies.lexicon import lexicon
from workbench.matching.discrepancies.model import Finding, FindingKind, Relation, side_of
from workbench.matching.tokens import Reading, Token

_ALIKE = 0.5


def contrast_findings(claim: Reading, passage: Reading) -> Iterator[Finding]:
    """At most one finding each for opposite verbs, a negation and a doubt on one side only; all weak."""
    mine_not = _denial(list(claim.tokens), claim)
    part = [token for token in claim.tokens if mine_not is None or token.sentence == mine_not.sentence]
    sentence = _closest(part, claim, passage, negated=mine_not is not None)
    if sentence is None:
        return
    yield from _doubt(part, claim, sentence, passage)
    opposite = _opposite(claim, sentence, passage)
    if opposite is not None:
        mine, other = opposite
        left, right = side_of(claim.text, mine.start, mine.end), side_of(passage.text, other.start, other.end)
        message = f'opposite words, a weak sign: claim "{left.text}", passage "{right.text}"'
        yield Finding(FindingKind.NEGATION, Relation.CONFLICT, left, right, message, weak=True)
    other_not = _denial(sentence, passage)
    if opposite is not None and (mine_not in opposite or other_not in opposite):
        return
    if mine_not is not None and other_not is None:
        here = side_of(claim.text, mine_not.start, mine_not.end)
        message = f'negation differs, a weak sign: the claim says "{here.text}", the passage does not'
        yield Finding(FindingKind.NEGATION, Relation.CONFLICT, here, None, message, weak=True)
    elif mine_not is None and other_not is not None:
        there = side_of(passage.text, other_not.start, other_not.end)
        message = f'negation differs, a weak sign: the passage says "{there.text}", the claim does not'
        yield Finding(FindingKind.NEGATION, Relation.CONFLICT, None, there, message, weak=True)


def _doubt(part: list[Token], claim: Reading, sentence: list[Token], passage: Reading) -> Iterator[Finding]:
    """A finding where one side only leaves open whether it is so ("may", "allegedly")."""
    mine, other = _possible(part, claim), _possible(sentence, passage)
    if mine is not None and other is None:
        here = side_of(claim.text, mine.start, mine.end)
        message = f'certainty differs, a weak sign: the claim says "{here.text}", the passage does not'
        yield Finding(FindingKind.NEGATION, Relation.CONFLICT, here, None, message, weak=True)
    elif mine is None and other is not None:
        there = side_of(passage.text, other.start, other.end)
        message = f'certainty differs, a weak sign: the passage says "{there.text}", the claim does not'
        yield Finding(FindingKind.NEGATION, Relation.CONFLICT, None, there, message, weak=True)


def _possible(tokens: list[Token], reading: Reading) -> Token | None:
    words = lexicon(reading.table.code).possible
    return next((token for token in tokens if token.low in words and not token.capital), None)


def _closest(part: list[Token], claim: Reading, passage: Reading, *, negated: bool) -> list[Token] | None:
    """The sentence of the passage that shares most words with `part`, if it shares half of them.

    Among equals one that is `negated`, or not, is taken first.
    """
    sentences: dict[int, list[Token]] = {}
    for token in passage.tokens:
        sentences.setdefault(token.sentence, []).append(token)
    senses = _senses(part, claim)
    best: list[Token] | None = None
    most = (0, False)
    for tokens in sentences.values():
        shared = len(_senses(tokens, passage) & senses)
        if shared < most[0]:
            continue
        rank = (shared, (_denial(tokens, passage) is not None) == negated)
        if shared and rank > most:
            best, most = tokens, rank
    return best if most[0] >= max(1.0, _ALIKE * len(senses)) else None


def _senses(tokens: list[Token], reading: Reading) -> set[str]:
    table = reading.table
    return {table.sense(token.low) for token in tokens if token.kind == "word" and token.low not in table.stop}


def _denial(tokens: list[Token], reading: Reading) -> Token | None:
    """The negation of some words, or the verb that denies as a negation does ("declined to comment", "lacks water")."""
    negation = _negation(tokens, reading)
    if negation is not None:
        return negation
    words = lexicon(reading.table.code)
    for place, token in enumerate(tokens):
        link = tokens[place + 1].low if place + 1 < len(tokens) else ""
        if token.low in words.denying or (token.low in words.denying_before and link in words.denied_link):
            return token
    return None


def _negation(tokens: list[Token], reading: Reading) -> Token | None:
    table = reading.table
    for place, token in enumerate(tokens):
        if token.kind != "word":
            continue
        numbered = token.low == "no" and place + 1 < len(tokens) and tokens[place + 1].text == "."
        if token.low in table.negations and not numbered and not _in_comparator(tokens, place):
            return token
        if table.negation_endings and token.low.endswith(table.negation_endings):
            return token
    return None


def _in_comparator(tokens: list[Token], place: int) -> bool:
    """Whether the word only belongs to "no more than", "not less than", "no menos de" or "not only"."""
    following = next(
        (token.low for token in tokens[place + 1 : place + 2] if token.sentence == tokens[place].sentence), ""
    )
    return following in ("more", "less", "fewer", "later", "earlier", "only", "más", "menos", "solo", "sólo")


def _opposite(claim: Reading, sentence: list[Token], passage: Reading) -> tuple[Token, Token] | None:
    mine = {
        claim.table.opposites[token.low]: token
        for token in reversed(claim.tokens)
        if token.low in claim.table.opposites
    }
    other = {
        passage.table.opposites[token.low]: token
        for token in reversed(sentence)
        if token.low in passage.table.opposites
    }
    for (axis, pole), token in mine.items():
        against = other.get((axis, 1 - pole))
        if against is not None and (axis, 1 - pole) not in mine and (axis, pole) not in other:
            return token, against
    return None
