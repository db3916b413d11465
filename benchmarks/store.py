"""Speed of the store at several sizes: adding, opening, and finding passages for a claim, on seeded synthetic text and vectors.

`python -m benchmarks store` takes 10 and 100 thousand passages; `BENCHMARK_SIZES=10000,100000,1000000` names others.
The vectors are made up too, in clusters, so no encoder runs and no time for encoding is counted.
"""

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import Corpus
from db import evidence
from db.evidence import NewDocument, NewPassage
from db.identity import utc_now, uuid7
from db.revisions import Actor
from db.search.embeddings import add_embeddings
from db.store import Store
from workbench.matching.encoder import EncoderState
from workbench.services.matching import MatchingService

SIZES = (10_000, 100_000)
QUERIES = 200
BATCH = 1_000
DIMENSIONS = 384
MODEL = "made-up@1"


class Vectors:
    """Vectors in clusters, one for each topic: a passage's depends on its number alone; a query's is near its passage's."""

    def __init__(self, topics: int = 400) -> None:
        chance = np.random.default_rng(5)
        # Few directions carry most of the spread, as with real sentence vectors.
        self._spread = (0.2 + chance.exponential(1.0, DIMENSIONS)).astype(np.float32)
        self._centres = chance.standard_normal((topics, DIMENSIONS), dtype=np.float32) * self._spread

    def of(self, number: int, topic: int, *, noise: int = 0) -> NDArray[np.float32]:
        """The vector of a passage, or with `noise` that of a claim about it."""
        chance = np.random.default_rng(number)
        vector = self._centres[topic] + 1.1 * self._spread * chance.standard_normal(DIMENSIONS, dtype=np.float32)
        if noise:
            vector += (
                0.8 * self._spread * np.random.default_rng(-noise % 2**32).standard_normal(DIMENSIONS, dtype=np.float32)
            )
        return vector / np.float32(np.linalg.norm(vector))


class Prepared:
    """An encoder that looks its answers up: what is measured is everything but encoding."""

    model_id = MODEL
    dimensions = DIMENSIONS
    state = EncoderState.READY

    def __init__(self, answers: dict[str, NDArray[np.float32]]) -> None:
        self._answers = answers

    def encode(self, texts: Sequence[str], timeout: float) -> NDArray[np.float32]:  # noqa: ARG002
        """The prepared vectors."""
        return np.stack([self._answers[text] for text in texts])


def documents(corpus: Corpus, count: int) -> Iterator[tuple[NewDocument, int]]:
    """Short documents of one passage, with their topics."""
    for piece in corpus.pieces(count):
        passages = (NewPassage(0, len(piece.text), "paragraph 1"),)
        yield NewDocument(title=piece.title, text=piece.text, passages=passages), piece.topic


def build(path: Path, corpus: Corpus, size: int) -> dict[str, float]:
    """A store of so many passages with words and vectors."""
    vectors = Vectors()
    adding = embedding = 0.0
    with Store.open(path, Actor(uuid7(), "benchmark"), create=True) as store:
        source = documents(corpus, size)
        number = 0
        while batch := list(islice(source, BATCH)):
            began = time.perf_counter()
            with store.write_local() as session:
                evidence.add(session, [document for document, _ in batch], utc_now())
            adding += time.perf_counter() - began
            rows = []
            for _, topic in batch:
                number += 1
                rows.append((number, b"\0" * 16, vectors.of(number - 1, topic).astype("<f2").tobytes()))
            began = time.perf_counter()
            with store.write_local() as session:
                add_embeddings(session, MODEL, rows)
            embedding += time.perf_counter() - began
    return {"added a second": round(size / adding), "vectors a second": round(size / embedding)}


def queries(corpus: Corpus, size: int) -> tuple[list[str], dict[str, NDArray[np.float32]], list[int]]:
    """Claims with their vectors and the passages they were made from."""
    vectors = Vectors()
    made = corpus.queries(QUERIES, size)
    answers = {one.text: vectors.of(one.passage, one.topic, noise=place + 1) for place, one in enumerate(made)}
    return [one.text for one in made], answers, [one.passage + 1 for one in made]


def ask(
    path: Path, texts: Sequence[str], answers: dict[str, NDArray[np.float32]], wanted: Sequence[int]
) -> dict[str, Any]:
    """Time and memory of ranking passages for each claim, the encoder's time left out."""
    began = time.perf_counter()
    store = Store.open(path, Actor(uuid7(), "benchmark"))
    opened = time.perf_counter() - began
    try:
        service = MatchingService(store, Prepared(answers))
        began = time.perf_counter()
        service.ranking(texts[0])
        first = time.perf_counter() - began
        for text in texts[:20]:
            service.ranking(text)
        gc.collect()
        times, ranks = [], []
        for text, passage in zip(texts, wanted, strict=True):
            began = time.perf_counter()
            ranked, note = service.ranking(text)
            times.append(1000 * (time.perf_counter() - began))
            assert not note, note
            ranks.append(next((place for place, one in enumerate(ranked, 1) if one.id == passage), None))
    finally:
        store.close()
    return {
        "opening s": round(opened, 3),
        "first query s": round(first, 3),
        "p50 ms": round(statistics.median(times), 2),
        "p95 ms": round(sorted(times)[int(0.95 * len(times))], 2),
        "fastest ms": round(min(times), 2),
        "found first": round(sum(rank == 1 for rank in ranks) / len(ranks), 3),
        "memory MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


def measure(size: int, folder: Path) -> dict[str, Any]:
    """Figures for one size of store; asking happens in a process of its own, whose memory is its own."""
    path = folder / f"{size}.db"
    figures: dict[str, Any] = {}
    if not path.exists():
        figures = dict(build(path, Corpus(), size))
    figures["megabytes"] = round(path.stat().st_size / 1e6, 1)
    code = (
        "import json; from pathlib import Path; from benchmarks.corpus import Corpus; from benchmarks import store;"
        f"print(json.dumps(store.ask(Path({str(path)!r}), *store.queries(Corpus(), {size}))))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    import json

    return figures | json.loads(told.stdout)


def main() -> dict[str, dict[str, Any]]:
    """Figures by number of passages. BENCHMARK_FOLDER keeps the stores for the next time."""
    sizes = [int(size) for size in os.environ.get("BENCHMARK_SIZES", "").split(",") if size] or SIZES
    with tempfile.TemporaryDirectory() as folder:
        place = Path(os.environ.get("BENCHMARK_FOLDER", folder))
        place.mkdir(parents=True, exist_ok=True)
        return {f"{size:,}": measure(size, place) for size in sizes}
