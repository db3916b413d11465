"""Speed of the store: importing short documents, searching by words, opening; on seeded synthetic text."""

import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from db import evidence
from db.evidence import NewDocument, NewPassage
from db.identity import utc_now, uuid7
from db.revisions import Actor
from db.search import words
from db.store import Store
from workbench.matching.query import query_words

SIZES = (10_000, 50_000)
QUERIES = 100
WORDS_IN_DOCUMENT = 40
WORDS_IN_CLAIM = 25


class Words:
    """Text whose words are as unevenly frequent as in language (Zipf), from a seed."""

    def __init__(self, seed: int) -> None:
        random_words = random.Random(1)
        letters = "abcdefghijklmnopqrstuvwxyz"
        self._words = ["".join(random_words.choices(letters, k=random_words.randint(3, 9))) for _ in range(50_000)]
        self._weights = list(itertools.accumulate(1 / rank for rank in range(1, len(self._words) + 1)))
        self._random = random.Random(seed)

    def text(self, count: int) -> str:
        """This many words."""
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=count))


def documents(count: int) -> Iterator[NewDocument]:
    """Short documents of one passage."""
    source = Words(2)
    for number in range(count):
        text = source.text(WORDS_IN_DOCUMENT)
        yield NewDocument(title=f"Document {number}", text=text, passages=(NewPassage(0, len(text), "paragraph 1"),))


def measure(size: int, folder: Path) -> dict[str, float]:
    """Figures for one size of store."""
    path = folder / f"{size}.db"
    with Store.open(path, Actor(uuid7(), "benchmark"), create=True) as store:
        pending = list(documents(size))
        started = time.perf_counter()
        for start in range(0, size, 200):
            with store.write_local() as session:
                evidence.add(session, pending[start : start + 200], utc_now())
        seconds = time.perf_counter() - started
        claims = Words(7)
        times = []
        for _ in range(QUERIES):
            claim = claims.text(WORDS_IN_CLAIM)
            with store.read() as session:
                began = time.perf_counter()
                words.candidates(session, query_words(claim))
                times.append(1000 * (time.perf_counter() - began))
    began = time.perf_counter()
    Store.open(path, Actor(uuid7(), "benchmark")).close()
    return {
        "documents a second": round(size / seconds),
        "words p50 ms": round(statistics.median(times), 1),
        "words p95 ms": round(sorted(times)[int(0.95 * QUERIES)], 1),
        "opening s": round(time.perf_counter() - began, 3),
        "megabytes": round(path.stat().st_size / 1e6, 1),
    }


def main() -> dict[str, dict[str, float]]:
    """Figures by number of passages."""
    with tempfile.TemporaryDirectory() as folder:
        return {str(size): measure(size, Path(folder)) for size in SIZES}
