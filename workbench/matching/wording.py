"""Wording shared by a claim and a passage, for highlighting."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from workbench.matching.quoting import Difference, QuotationHit, QuotationState, find_quotation, quotations
from workbench.matching.tokens import Reading, Token, read, tokenize
from workbench.text.folding import fold
from workbench.text.spans import Span

__all__ = [
    "NEAR_IDENTICAL",
    "SHORTEST",
    "Agreement",
    "Difference",
    "QuotationHit",
    "QuotationState",
    "agreement",
    "find_quotation",
    "likeness",
    "near_identical",
    "quotations",
    "shared_runs",
]

NEAR_IDENTICAL = 90.0
"""Share of equal characters (rapidfuzz `ratio`, 0-100) from which two texts count as the same wording."""
SHORTEST = 8
"""Words below which likeness says little."""
RUN = 3
"""Words that two texts have in a row before that is worth showing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Words that both texts use, as spans of each; `near_identical` when the wording is almost the same."""

    claim: tuple[Span, ...]
    passage: tuple[Span, ...]
    words: tuple[str, ...]
    near_identical: bool


def _merged(tokens: list[Token], text: str) -> tuple[Span, ...]:
    """Spans of the tokens; neighbours with only white space between become one."""
    spans: list[Span] = []
    for token in tokens:
        if spans and not text[spans[-1].end : token.start].strip():
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
    return tuple(spans)


def _content(reading: Reading) -> Iterator[tuple[Token, str]]:
    for token in reading.tokens:
        if token.kind == "number":
            yield token, token.text
        elif token.kind == "word" and token.low not in reading.table.stop:
            yield token, reading.table.sense(token.low)


def agreement(claim: str, passage: str, language: str = "en") -> Agreement:
    """Words of about the same form or sense in both texts, function words aside; for highlighting."""
    left, right = read(claim, language, guess=True), read(passage, language, guess=True)
    mine, other = list(_content(left)), list(_content(right))
    shared = {sense for _, sense in mine} & {sense for _, sense in other}
    kept = [token for token, sense in mine if sense in shared]
    return Agreement(
        _merged(kept, claim),
        _merged([token for token, sense in other if sense in shared], passage),
        tuple(dict.fromkeys(token.text for token in kept)),
        near_identical(claim, passage),
    )


def near_identical(one: str, other: str, threshold: float = NEAR_IDENTICAL) -> bool:
    """Whether two texts of at least eight words each are of almost the same wording."""
    left = [token.low for token in tokenize(one) if token.kind != "mark"]
    right = [token.low for token in tokenize(other) if token.kind != "mark"]
    if min(len(left), len(right)) < SHORTEST:
        return False
    return fuzz.ratio(" ".join(left), " ".join(right), score_cutoff=threshold) > 0


def shared_runs(claim: str, passage: str, least: int = RUN) -> tuple[Span, ...]:
    """Stretches of the passage of `least` words or more that stand in the claim too, the longest first."""
    mine = [token.low for token in tokenize(claim) if token.kind != "mark"]
    other = [token for token in tokenize(passage) if token.kind != "mark"]
    blocks = SequenceMatcher(None, mine, [token.low for token in other], autojunk=False).get_matching_blocks()
    long = sorted((block for block in blocks if block.size >= least), key=lambda block: (-block.size, block.b))
    return tuple(Span(other[block.b].start, other[block.b + block.size - 1].end) for block in long)


def likeness(claim: str, passage: str) -> float:
    """How alike two wordings are, 0-100 (rapidfuzz `token_set_ratio` of the folded texts): a reason for a match, never its strength."""
    return fuzz.token_set_ratio(fold(claim).lower(), fold(passage).lower())
