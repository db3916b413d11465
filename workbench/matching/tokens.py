"""Words, numbers and marks of a text, with their offsets; one linear pass."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from workbench.matching.words import WordTable, guess_language, word_table
from workbench.text.folding import fold

_TOKEN = re.compile(
    r"(?P<initials>(?:[^\W\d_]\.){2,})"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<mark>[^\s])"
)
_SENTENCE_ENDS = frozenset(".!?;\n")
_ABBREVIATIONS = frozenset(("mr", "mrs", "ms", "dr", "st", "no", "sr", "sra", "jr", "vs", "approx", "gen", "col"))
_BREAKS = frozenset('.!?;:,()[]"')


@dataclass(frozen=True)
class Token:
    """A word, number or mark: `text` folded, `low` lower case; [start, end) in the text as it was given."""

    start: int
    end: int
    text: str
    low: str
    kind: str
    sentence: int
    glued: bool
    """No white space before it."""

    @cached_property
    def is_break(self) -> bool:
        """Whether a clause ends here."""
        return self.text in _BREAKS

    @property
    def capital(self) -> bool:
        """Whether a word begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


@dataclass(frozen=True)
class Reading:
    """A text with its tokens and the word table of its language."""

    text: str
    tokens: tuple[Token, ...]
    table: WordTable

    @cached_property
    def senses(self) -> frozenset[str]:
        """Senses of all content words of the text."""
        return frozenset(
            self.table.sense(t.low) for t in self.tokens if t.kind == "word" and t.low not in self.table.stop
        )

    @cached_property
    def lows(self) -> tuple[str, ...]:
        """Every token in lower case."""
        return tuple(token.low for token in self.tokens)


def tokenize(text: str) -> tuple[Token, ...]:
    """Tokens of `text`; offsets are those of `text` itself, sentences are numbered roughly from 0."""
    folded = fold(text)
    tokens: list[Token] = []
    sentence, end = 0, 0
    ended = False
    for found in _TOKEN.finditer(folded):
        start = found.start()
        kind = found.lastgroup or "mark"
        value = found.group()
        newline = "\n" in folded[end:start]
        if newline or (ended and (start > end or not tokens)):
            sentence += 1
        ended = value in _SENTENCE_ENDS and not (value == "." and tokens and tokens[-1].low in _ABBREVIATIONS)
        kind = "word" if kind == "initials" else kind
        low = value.lower().replace(".", "") if found.lastgroup == "initials" else value.lower()
        tokens.append(Token(start, found.end(), value, low, kind, sentence, start == end and start > 0))
        end = found.end()
    return tuple(tokens)


def read(text: str, language: str, *, guess: bool = False) -> Reading:
    """`text` as the engines read it; with `guess`, in the language its function words speak for."""
    tokens = tokenize(text)
    if guess:
        language = guess_language({token.low for token in tokens if token.kind == "word"}, language)
    table = word_table(language)
    if table.day_mark:
        tokens = _rejoined(tokens, table)
    if table.elisions:
        tokens = tuple(part for token in tokens for part in _parted(token, table))
    return Reading(text, tokens, table)


def _rejoined(tokens: tuple[Token, ...], table: WordTable) -> tuple[Token, ...]:
    """Tokens whose sentences go on behind the mark of a day ("am 3. Mai")."""
    found: list[Token] = []
    joined = 0
    for place, token in enumerate(tokens):
        marked = place >= 2 and tokens[place - 1].text == table.day_mark and tokens[place - 2].kind == "number"
        if marked and token.low in table.months and token.sentence > tokens[place - 1].sentence:
            joined += 1
        found.append(replace(token, sentence=token.sentence - joined) if joined else token)
    return tuple(found)


def _parted(token: Token, table: WordTable) -> tuple[Token, ...]:
    """A word with what an apostrophe parts from it ("l'année") as two tokens."""
    head, apostrophe, rest = token.text.partition("'")
    if not apostrophe or not rest or head.lower() not in table.elisions:
        return (token,)
    place = token.end - len(rest)
    return (
        replace(token, end=place, text=head, low=head.lower()),
        replace(token, start=place, text=rest, low=rest.lower(), glued=True),
    )
