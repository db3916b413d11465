"""Texts made ready for finding: typography and white space evened out, with the way back to the stored offsets."""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from workbench.text.anchors.model import Anchor
from workbench.text.folding import fold
from workbench.text.spans import Span

_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
# A double quotation mark after a digit may stand for inches and is left alone.
# One character class comes first: the regular expression engine then skips all other text at once.
_VARIANT = re.compile(
    rf"[\s\-{_INVISIBLE}'`\"…](?:(?<=[\s\-{_INVISIBLE}])[\s\-{_INVISIBLE}]+"
    rf"|(?<=[^\S ])|(?<=[{_INVISIBLE}…])|(?<=')'|(?<=`)`|(?<=\")(?<!\d\"))"
)
# In scripts without spaces between words each character counts as one.
_SPACELESS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")
_SHORT_LENGTH, _SHORT_WORDS = 24, 4


def _plain(found: str) -> str:
    if "-" in found:
        return "-"
    if found == "…":
        return "..."
    if found[0] in "'`\"":
        return "'"
    return " " if found.strip(_INVISIBLE) else ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text with its even form; `origin[i]` is the offset in the text of the character `even[i]`, never falling."""

    text: str
    even: str
    origin: "array[int]"

    def to_even(self, offset: int) -> int:
        """The place in the even form of a place in the text."""
        return bisect_left(self.origin, offset)

    def to_span(self, start: int, end: int) -> Span:
        """The stretch of the text that a stretch of the even form (not empty) came from."""
        return Span(self.origin[start], self.origin[end - 1] + 1)


def prepare(text: str) -> Prepared:
    """`text` folded, with runs of white space and dashes, soft hyphens, doubled quotes and ellipses evened out.

    What differs only by these has the same even form. Cost is linear.
    """
    folded, pieces, at = fold(text), [], 0
    origin = array("L")
    for found in _VARIANT.finditer(folded):
        start, run = found.start(), found.group()
        pieces.append(folded[at:start])
        origin.extend(range(at, start))
        plain = _plain(run)
        pieces.append(plain)
        origin.extend([start + max(0, run.find("-"))] * len(plain))
        at = found.end()
    pieces.append(folded[at:])
    origin.extend(range(at, len(folded)))
    return Prepared(text, "".join(pieces), origin)


def even(text: str) -> str:
    """The even form alone: equal for two texts of the same words."""
    return prepare(text).even


def words_of(text: str) -> list[str]:
    """The words of `text` in small letters, without punctuation."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=4)
def prepared(text: str) -> Prepared:
    """`prepare`, remembered for the last few texts: many anchors are looked for in one article."""
    return prepare(text)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An anchor in even form; `words` counts the words of the quotation."""

    anchor: Anchor
    quote: str
    prefix: str
    suffix: str
    words: int

    @property
    def short(self) -> bool:
        """Whether the quotation is so short that a second place with the same words is to be expected."""
        return len(self.quote) < _SHORT_LENGTH or self.words < _SHORT_WORDS


def wanted(made: Anchor) -> Wanted:
    """`made` ready to be looked for; white space at the ends of the quotation counts as surroundings."""
    whole = prepare(made.prefix + made.exact + made.suffix)
    start = whole.to_even(len(made.prefix))
    end = whole.to_even(len(made.prefix) + len(made.exact))
    quote = whole.even[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    end = start + len(quote)
    return Wanted(made, quote, whole.even[:start], whole.even[end:], len(words_of(quote)))
