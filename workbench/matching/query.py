"""The words of a claim that are worth looking for."""

import re

from workbench.matching.words import word_table

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W_]+")
LONGEST = 64


def query_words(text: str, language: str = "en") -> list[str]:
    """The distinct words of a text, lower-case, in order, without web addresses and function words; at most 64.

    A text of function words alone gives all of them. Measured on tweets and checked claims: leaving function words out
    raises MAP@5 of words alone from .791 to .818.
    """
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(_ADDRESS.sub(" ", text))))
    stop = word_table(language).stop
    return ([word for word in words if word not in stop] or words)[:LONGEST]
