"""The words, stems and turns of phrase of an English sentence that check-worthiness is computed from.

A turn of phrase is a run of up to three tokens of which only numbers, function words and endings are kept ("has …ed
the"), so that it says how a sentence is built and not what it is about. Names are never terms.
"""

import re
from collections.abc import Set
from functools import lru_cache

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)*|[$%?!,.;:-]")
NUMBER = "0"
"""Stands for every number in digits."""

_READ = 4_000
_LONGEST_TURN = 3
_ENDINGS = (
    "ations", "ation", "ments", "ment", "ities", "ity", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "ers", "er",
    "ive", "al", "e",
)  # fmt: skip
_NOUN = re.compile(r"(?:tion|ment|ity|ness|ism|ance|ence)s?$")
_ADJECTIVE = re.compile(r"(?:al|ive|ous|ful|able|ible|ic|ant|ent|less)$")
_FEWEST_LETTERS = 3


def terms_of(sentence: str, closed: Set[str], numbers: Set[str]) -> set[str]:
    """Terms of a folded `sentence`: "word", "~stem" and "#turn of phrase".

    `closed` are the function words kept in turns of phrase, `numbers` the number words. Words with a capital inside the
    sentence count as names and give no word or stem.
    """
    tokens = _TOKEN.findall(sentence[:_READ])
    found: set[str] = set()
    shapes: list[str] = []
    for place, token in enumerate(tokens):
        low = token.lower()
        shape = "name" if _is_name(token, low, place, closed) else _shape(low, closed, numbers)
        shapes.append(shape)
        if shape == NUMBER:
            found.update((NUMBER, "~" + NUMBER))
        elif shape != "name":
            found.update((low, "~" + stem(low)))
    for size in range(1, _LONGEST_TURN + 1):
        found.update("#" + " ".join(shapes[at : at + size]) for at in range(len(shapes) - size + 1))
    return found


def _is_name(token: str, low: str, place: int, closed: Set[str]) -> bool:
    return place > 0 and token[0].isupper() and low not in closed


def _shape(low: str, closed: Set[str], numbers: Set[str]) -> str:
    if low[0].isdigit():
        return NUMBER
    if low in closed or not low[0].isalpha():
        return low
    return "number" if low in numbers else _ending(low)


@lru_cache(maxsize=20_000)
def _ending(low: str) -> str:
    if low.endswith("ed") and len(low) > 4:
        return "…ed"
    for ending in ("ing", "ly"):
        if low.endswith(ending):
            return "…" + ending
    if _NOUN.search(low):
        return "…tion"
    if _ADJECTIVE.search(low):
        return "…al"
    return "…s" if low.endswith("s") and len(low) > _FEWEST_LETTERS else "…"


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its commonest endings; made for counting, not for showing."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _FEWEST_LETTERS:
            return word[: -len(ending)]
    return word


def shown(term: str) -> str:
    """A word or stem in words, for a reason."""
    return f"words like “{term[1:]}…”" if term.startswith("~") else f"the word “{term}”"
