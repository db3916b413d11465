"""An index of wordings in memory that is changed one wording at a time: BM25 over stemmed content words.

For the few thousand claims that a desk has judged, whose wordings change as people work.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from workbench.matching.query import query_words
from workbench.matching.words import stem

K1, B = 1.2, 0.75
"""The usual parameters of BM25 (Robertson and Zaragoza 2009), as SQLite has them."""
BUDGET = 20_000
"""Postings that the words of one query may have together; the commonest are left out beyond it."""


def stems(text: str, language: str = "en") -> list[str]:
    """The distinct stems of the content words of a text."""
    return list(dict.fromkeys(stem(word) for word in query_words(text, language)))


class Wordings:
    """Texts by name, found by their words."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[str, str]] = {}
        self._terms: dict[str, Counter[str]] = {}
        self._postings: dict[str, dict[str, int]] = {}
        self._length = 0

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def text(self, name: str) -> str:
        """The text that a name stands for. Raises KeyError."""
        return self._texts[name][0]

    def update(self, texts: Iterable[tuple[str, str, str]]) -> None:
        """Hold exactly these: name, text, language. Only what differs from before is read."""
        wanted = {name: (text, language) for name, text, language in texts}
        for name in [name for name in self._texts if name not in wanted]:
            self._drop(name)
        for name, value in wanted.items():
            if self._texts.get(name) != value:
                self._drop(name)
                self._put(name, *value)

    def _put(self, name: str, text: str, language: str) -> None:
        counted = Counter(stem(word) for word in query_words(text, language))
        self._texts[name], self._terms[name] = (text, language), counted
        self._length += counted.total()
        for term, times in counted.items():
            self._postings.setdefault(term, {})[name] = times

    def _drop(self, name: str) -> None:
        if name not in self._texts:
            return
        del self._texts[name]
        counted = self._terms.pop(name)
        self._length -= counted.total()
        for term in counted:
            holders = self._postings[term]
            del holders[name]
            if not holders:
                del self._postings[term]

    def scores(self, text: str, language: str = "en") -> dict[str, float]:
        """BM25 of every text that shares a content word, larger is better."""
        known = [(len(self._postings[term]), term) for term in stems(text, language) if term in self._postings]
        found: dict[str, float] = {}
        spent = 0
        average = self._length / len(self._texts) if self._texts else 1.0
        for count, term in sorted(known):
            spent += count
            if found and spent > BUDGET:
                break
            rarity = math.log(1.0 + (len(self._texts) - count + 0.5) / (count + 0.5))
            for name, times in self._postings[term].items():
                size = self._terms[name].total() / average
                found[name] = found.get(name, 0.0) + rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * size))
        return found
