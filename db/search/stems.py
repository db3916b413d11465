"""Words and their stems, as SQLite's full-text index sees them: its own tokenizer is asked, so that both always agree."""

import functools
import re
import sqlite3
import threading
import zlib
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""As the full-text index of passages declares it."""

_WORD = re.compile(r"[^\W_]+")
_MOST_KNOWN = 100_000
_MOST = 65_535
_TITLE = 0x80


class Stem(NamedTuple):
    """A stem and its CRC-32, by which it is looked for in long arrays; two stems of one text rarely share it."""

    text: str
    code: int


def stem_of(term: str) -> Stem:
    """A stem that is known to be one."""
    return Stem(term, zlib.crc32(term.encode()))


class Bag(NamedTuple):
    """The words of one passage with its title: how many, and each different stem with its count (see WordSegment.counts)."""

    length: int
    counts: dict[Stem, int]


class Stemmer:
    """Remembers the stems of up to 100,000 words; may be used from several threads."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Stem, ...]] = {}
        self._lock = threading.Lock()
        self._base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._base.execute(f"CREATE VIRTUAL TABLE words USING fts5(word, content='', tokenize='{TOKENIZER}')")
        self._base.execute("CREATE VIRTUAL TABLE found USING fts5vocab(words, 'instance')")

    def stems(self, words: Iterable[str]) -> dict[str, tuple[Stem, ...]]:
        """The stems of each word: usually one; several where the index takes it apart, none where it ignores it."""
        with self._lock:
            wanted = set(words)
            unknown = sorted(wanted - self._known.keys())
            if len(self._known) + len(unknown) > _MOST_KNOWN:
                self._known.clear()
                unknown = sorted(wanted)
            if unknown:
                self._learn(unknown)
            return {word: self._known[word] for word in wanted}

    def _learn(self, words: list[str]) -> None:
        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO words(rowid, word) VALUES (?, ?)", enumerate(words))
        taken: list[list[tuple[int, str]]] = [[] for _ in words]
        for term, place, offset in self._base.execute("SELECT term, doc, offset FROM found"):
            taken[place].append((offset, term))
        self._base.execute("INSERT INTO words(words) VALUES ('delete-all')")
        self._base.execute("COMMIT")
        for word, parts in zip(words, taken, strict=True):
            self._known[word] = tuple(stem_of(term) for _, term in sorted(parts))


@functools.cache
def stemmer() -> Stemmer:
    """The one of this process."""
    return Stemmer()


def words_of(text: str) -> list[str]:
    """The words of a text in order, in lower case."""
    return _WORD.findall(text.lower())


def repeats_beginning(title: str, text: str) -> bool:
    """Whether a title is only the beginning of the passage, as documents have it that name themselves nowhere.

    Such words would count twice.
    """
    return text.lstrip().startswith(title.removesuffix("…").rstrip())


def bags(passages: Iterable[tuple[str, str]]) -> list[Bag]:
    """The words of passages, given as title and text."""
    split: list[tuple[list[str], list[str]]] = []
    title, of_title = "", words_of("")
    every: set[str] = set()
    for heading, text in passages:
        if heading != title:
            title, of_title = heading, words_of(heading)
            every.update(of_title)
        words = words_of(text)
        every.update(words)
        split.append(([] if repeats_beginning(heading, text) else of_title, words))
    known = stemmer().stems(every)
    return [_bag(heading, words, known) for heading, words in split]


def _bag(heading: list[str], words: list[str], known: dict[str, tuple[Stem, ...]]) -> Bag:
    counts: dict[Stem, int] = {}
    length = 0
    for word, count in Counter(words).items():
        for stem in known[word]:
            counts[stem] = min(counts.get(stem, 0) + count, _TITLE - 1)
            length += count
    for word in heading:
        for stem in known[word]:
            counts[stem] = counts.get(stem, 0) | _TITLE
            length += 1
    return Bag(min(length, _MOST), counts)
