"""Digits that are part of a name ("Flight 447", "COVID-19", "10 Downing Street") and count nothing."""

from workbench.matching.discrepancies.lexicon import lexicon
from workbench.matching.tokens import Reading

_LONGEST = 5
_LONGEST_STREET = 3
_TITLE_CASE = 0.6
_PREPOSITIONS = frozenset(("in", "at", "by", "from", "of", "across", "en", "de"))


def in_name(reading: Reading, at: int, names: set[int]) -> bool:
    """Whether the digits at token `at` are part of a name; `names` are the tokens before it already known to be."""
    return _hangs_on_letters(reading, at) or _designated(reading, at, names) or _address(reading, at)


def designates(reading: Reading, at: int) -> bool:
    """Whether the word at token `at` takes a number that is a name ("Resolution", "vuelo")."""
    low, designators = reading.lows[at], lexicon(reading.table.code).designators
    return low in designators or (low.endswith("s") and low[:-1] in designators)


def _hangs_on_letters(reading: Reading, at: int) -> bool:
    """Digits at letters ("E3", "COVID-19", "3D"); currencies, scales and measures do not count."""
    tokens, table = reading.tokens, reading.table
    token = tokens[at]
    if at + 1 < len(tokens) and tokens[at + 1].glued and tokens[at + 1].kind == "word":
        low = tokens[at + 1].low
        known = low in table.scales or low in table.measures or low in table.ordinal_suffixes
        if not known and low not in table.currencies and low != "s":
            return True
    if not at or not token.glued:
        return False
    before = tokens[at - 1]
    if before.kind == "word":
        return before.low not in table.currencies and before.low != "us"
    return before.text == "-" and before.glued and at >= 2 and tokens[at - 2].kind == "word"


def _designated(reading: Reading, at: int, names: set[int]) -> bool:
    tokens, lows, table = reading.tokens, reading.lows, reading.table
    text = tokens[at].text
    if not at or not text.isdigit() or len(text) > _LONGEST:
        return False
    if at >= 2 and at - 2 in names and (lows[at - 1] in table.number_joiners or lows[at - 1] in ("-", ",")):
        return lows[at - 1] == "-" or not _counts(reading, at + 1)
    before = tokens[at - 1]
    if designates(reading, at - 1):
        return not _measured(reading, at + 1) and (before.capital or not _set_apart(reading, at))
    if not before.capital or before.low in table.stop or before.low in table.senses or before.low in table.roles:
        return False
    if before.low in table.months or before.low in table.weekdays or before.low in table.currencies:
        return False
    if before.low in table.cardinals or before.low in table.rank_words or before.low in table.speech_verbs:
        return False
    opens = at == 1 or tokens[at - 2].sentence != before.sentence
    return not (opens or _placed(reading, at) or _counts(reading, at + 1) or _title_case(reading, at))


def _set_apart(reading: Reading, at: int) -> bool:
    """Whether the noun before the number is a thing of its own ("in the building 32 died"), or people follow."""
    following = reading.lows[at + 1] if at + 1 < len(reading.lows) else ""
    if following in reading.table.generic or following in reading.table.narrow:
        return True
    return reading.table.code == "en" and at >= 2 and reading.lows[at - 2] in ("the", "a", "this", "that", "its")


def _placed(reading: Reading, at: int) -> bool:
    """Whether the capitalised words before the number follow a preposition ("In Gaza 32 were killed")."""
    first = at
    while first and reading.tokens[first - 1].capital:
        first -= 1
        if reading.lows[first] in _PREPOSITIONS:
            return True
    return first > 0 and reading.lows[first - 1] in _PREPOSITIONS


def _measured(reading: Reading, at: int) -> bool:
    """Whether a unit follows, so that the digits are a figure whatever stands before them."""
    if at >= len(reading.tokens):
        return False
    low, table = reading.lows[at], reading.table
    return low in table.scales or low in table.measures or low in table.currencies or (low,) in table.percent


def _counts(reading: Reading, at: int) -> bool:
    """Whether something that is counted follows: a unit, people, an event, or a plural."""
    if at >= len(reading.tokens):
        return False
    token, table = reading.tokens[at], reading.table
    if _measured(reading, at) or token.low in table.groups or token.low in table.generic or token.low in table.narrow:
        return True
    return token.kind == "word" and token.low not in table.stop and not token.low.endswith("ed")


def _title_case(reading: Reading, at: int) -> bool:
    """Whether most words of the sentence are capitalised, so that capitals tell nothing."""
    near = reading.tokens[max(0, at - 12) : at + 12]
    words = [t for t in near if t.kind == "word" and t.sentence == reading.tokens[at].sentence]
    content = [token for token in words if token.low not in reading.table.stop]
    return len(content) >= 3 and sum(token.capital for token in content) > _TITLE_CASE * len(content)


def _address(reading: Reading, at: int) -> bool:
    """A house number before a street ("10 Downing Street")."""
    tokens, streets = reading.tokens, lexicon(reading.table.code).streets
    for distance, token in enumerate(tokens[at + 1 : at + 2 + _LONGEST_STREET]):
        if not token.capital:
            return False
        if distance and token.low in streets:
            return True
    return False
