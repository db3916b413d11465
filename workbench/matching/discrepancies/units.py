"""What a figure counts: its unit, and whom it is narrowed to."""

from collections.abc import Sequence

from workbench.matching.discrepancies.lexicon import lexicon
from workbench.matching.discrepancies.shapes import QuantityKind, Shape
from workbench.matching.tokens import Reading, Token

_RUN = 5
_ASIDE = 25


def run_after(reading: Reading, at: int, *, ranked: bool = False) -> list[Token]:
    """Content words right after a figure, up to the first mark, number or function word."""
    run: list[Token] = []
    tokens, table = reading.tokens, reading.table
    while at < len(tokens) and len(run) < _RUN:
        token = tokens[at]
        if not run and ((token.text == "-" and token.glued) or (ranked and token.low in table.number_joiners)):
            at += 1
            continue
        if run and token.glued and (token.text == "-" or (token.kind == "number" and tokens[at - 1].text == "-")):
            at += 1
            continue
        if token.kind != "word" or (token.low in table.stop and not (not run and token.low in ("de", "of", "new"))):
            break
        if token.low not in ("de", "of"):
            run.append(token)
        at += 1
    return run


def _group_in(reading: Reading, indexes: range, wanted: frozenset[str]) -> tuple[str, str] | None:
    groups, lows, compounds = reading.table.groups, reading.lows, reading.table.compounds
    for i in indexes:
        pair = reading.table.pairs.get(" ".join(lows[i : i + 2]))
        if pair in wanted:
            return pair, " ".join(lows[i : i + 2])
        if groups.get(lows[i]) in wanted and not (i + 1 < len(lows) and lows[i + 1] in compounds):
            return groups[lows[i]], lows[i]
    return None


def clause_end(reading: Reading, at: int, right: int) -> int:
    """The token at which the clause that begins at `at` ends, `right` at the latest."""
    tokens = reading.tokens
    joiners = reading.table.number_joiners
    while at < min(right, len(tokens)) and not tokens[at].is_break and tokens[at].low not in joiners:
        at += 1
    return at


def _clause_start(reading: Reading, at: int, left: int) -> int:
    tokens = reading.tokens
    joiners = reading.table.number_joiners
    while at > left and not tokens[at - 1].is_break and tokens[at - 1].low not in joiners:
        at -= 1
    return at


Unit = tuple[str | None, str, bool, frozenset[str]]
"""Name and word of a unit, whether it is of the word table, and the senses that narrow the population."""

_NOTHING: Unit = (None, "", False, frozenset())


def unit_of(reading: Reading, shape: Shape, run: Sequence[Token], left: int, right: int) -> Unit:
    """What the figure counts; `run` are the words right after it, [left, right) the tokens up to other figures."""
    if shape.kind is QuantityKind.MEASURE:
        return shape.measure, shape.unit_text, True, frozenset()
    if shape.kind is QuantityKind.COUNT:
        counted = _counted(reading, shape, run, left, right)
        if counted is not None:
            return (*counted, True, _whom(reading, run))
    if not run or shape.kind not in (QuantityKind.COUNT, QuantityKind.RANK):
        return _NOTHING
    noun = run[_head_index(reading, run)]
    others = [token for token in run if token is not noun]
    return reading.table.sense(noun.low), noun.low, False, _whom(reading, others)


def _counted(reading: Reading, shape: Shape, run: Sequence[Token], left: int, right: int) -> tuple[str, str] | None:
    """Group and word of what the word table knows: an event rather than the people it happened to."""
    table = reading.table
    head = next((run[i] for i in range(len(run) - 1, -1, -1) if _counts_itself(reading, run, i)), None)
    generic = next((token for token in run if token.low in table.generic), None)
    kind = generic is None and any(token.low in table.narrow for token in run)
    if head is not None and head.low not in table.narrow:
        return table.groups[head.low], head.low
    if head is not None or generic is not None or kind or not run:
        groups = table.events if head is not None or kind else frozenset(table.groups.values())
        event = _event(reading, shape, left, right, groups, after_first=bool(run))
        if event is not None:
            return event
    if head is not None:
        return table.groups[head.low], head.low
    return ("people", generic.low) if generic is not None else None


def _plural(low: str) -> bool:
    return len(low) > 3 and low.endswith("s") and not low.endswith("ss")


def _counts_itself(reading: Reading, run: Sequence[Token], at: int) -> bool:
    """Whether a word of the table is what is counted, and no modifier of the noun behind it ("test pilots")."""
    table, low = reading.table, run[at].low
    if low not in table.groups:
        return False
    if table.code != "en" or table.groups[low] in table.events or _plural(low) or at + 1 >= len(run):
        return True
    following = run[at + 1].low
    return not (_plural(following) and following not in table.groups and following not in table.generic)


def _head_index(reading: Reading, run: Sequence[Token]) -> int:
    """Where the noun probably is: the first plural in the run, or the last noun of a compound that it opens.

    "Customs officers" are officers, "sports car dealers" dealers; without a plural it is the first word.
    """
    first = next((i for i, token in enumerate(run[:3]) if _plural(token.low)), None)
    if first is None:
        return 0
    if reading.table.code != "en":
        return first
    end = next((i for i in range(first + 1, len(run)) if _ends_compound(reading, run[i])), len(run))
    last = first
    if run[first].low in lexicon(reading.table.code).attributive and end > first + 1:
        last = next((i for i in range(first + 1, end) if _plural(run[i].low)), first + 1)
    while last + 1 < end and _plural(run[last + 1].low):
        last += 1
    return last


def _ends_compound(reading: Reading, token: Token) -> bool:
    """Whether a word is a verb or adverb rather than a noun behind a noun."""
    table, low = reading.table, token.low
    return low.endswith(("ed", "ing", "ly")) or low in table.speech_verbs or low in table.opposites


def _event(
    reading: Reading, shape: Shape, left: int, right: int, wanted: frozenset[str], *, after_first: bool
) -> tuple[str, str] | None:
    """What happened to the people counted: in the clause after and before, then farther off.

    A figure that stands alone ("the toll rose to 24") is explained by what comes before it.
    """
    tokens = reading.tokens
    sentence = tokens[shape.first].sentence
    right = next((i for i in range(shape.last, right) if tokens[i].sentence != sentence), right)
    left = next((i + 1 for i in range(shape.first - 1, left - 1, -1) if tokens[i].sentence != sentence), left)
    after = range(shape.last, clause_end(reading, shape.last, right))
    start = _clause_start(reading, shape.first, left)
    before = range(shape.first - 1, start - 1, -1)
    close = (after, before) if after_first else (before, after)
    return (
        _group_in(reading, close[0], wanted)
        or _group_in(reading, close[1], wanted)
        or _group_in(reading, _past_aside(reading, after.stop, sentence), wanted)
        or _group_in(reading, range(after.stop, right), wanted)
        or _group_in(reading, range(start - 1, left - 1, -1), wanted)
    )


def _past_aside(reading: Reading, at: int, sentence: int) -> range:
    """The clause behind an aside between commas ("31 citizens, among them two clerks, were killed")."""
    tokens = reading.tokens
    if at >= len(tokens) or tokens[at].text != ",":
        return range(0)
    closing = next((i for i in range(at + 1, min(at + _ASIDE, len(tokens))) if tokens[i].text == ","), None)
    if closing is None or tokens[closing].sentence != sentence:
        return range(0)
    return range(closing + 1, clause_end(reading, closing + 1, len(tokens)))


def _whom(reading: Reading, run: Sequence[Token]) -> frozenset[str]:
    """Senses that narrow the population: kinds of people, and what stands beside the noun and is no mere "new".

    Beside a noun that itself says what is counted ("cases"), only names narrow ("Cuban cases").
    """
    table = reading.table
    people = any(token.low in table.generic for token in run)
    return frozenset(
        table.sense(token.low)
        for token in run
        if token.low in table.narrow
        or (
            (token.capital or people)
            and token.low not in table.neutral
            and token.low not in table.generic
            and token.low not in table.groups
        )
    )
