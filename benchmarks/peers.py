"""One claim against other ways of searching the same passages by words and vectors, in one process and one run.

The peers are no dependencies. Install those you want to compare into an environment of their own and name its packages:
`python -m venv /tmp/peers; /tmp/peers/bin/pip install tantivy usearch lancedb`, then
`PYTHONPATH=/tmp/peers/lib/python3.11/site-packages python -m benchmarks peers`. One that is missing is said to be.
BENCHMARK_SIZES names the numbers of passages, BENCHMARK_FOLDER a folder with the stores of `benchmarks store`.
"""

import importlib.util
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import Corpus
from benchmarks.store import DIMENSIONS, Prepared, Vectors, build, queries
from db.identity import uuid7
from db.revisions import Actor
from db.store import Store
from workbench.matching.query import query_words
from workbench.services.matching import MatchingService

SIZES = (10_000,)
TOP = 10
CANDIDATES = 100
Ask = Callable[[str, NDArray[np.float32]], object]


def ours(path: Path, answers: dict[str, NDArray[np.float32]]) -> Ask:
    """This project's ranking, without encoding."""
    service = MatchingService(Store.open(path, Actor(uuid7(), "benchmark")), Prepared(answers))
    return lambda text, _: service.ranking(text, top=TOP)


def full_text(path: Path) -> Ask:
    """SQLite's full-text index, all content words joined by OR, ordered by its bm25; words only."""
    base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    statement = "SELECT rowid FROM passage_fts WHERE passage_fts MATCH ? ORDER BY rank LIMIT 10"
    return lambda text, _: base.execute(statement, (" OR ".join(f'"{word}"' for word in query_words(text)),)).fetchall()


def by_hand(corpus: Corpus, vectors: NDArray[np.float32], folder: Path) -> Ask:
    """tantivy and usearch, fused by the sum of normalised scores."""
    import tantivy
    from usearch.index import Index

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("title", tokenizer_name="en_stem")
    schema.add_text_field("text", tokenizer_name="en_stem")
    schema.add_unsigned_field("number", stored=True, fast=True)
    place = folder / "tantivy"
    place.mkdir()
    index = tantivy.Index(schema.build(), path=str(place))
    writer = index.writer(128_000_000, 1)
    for piece in corpus.pieces(len(vectors)):
        document = tantivy.Document(title=piece.title, text=piece.text)
        document.add_unsigned("number", piece.number)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    near = Index(ndim=DIMENSIONS, metric="ip", dtype="f16")
    near.add(np.arange(len(vectors)), vectors, threads=1)

    def ask(text: str, vector: NDArray[np.float32]) -> object:
        query = index.parse_query(" ".join(query_words(text)), ["title", "text"])
        hits = searcher.search(query, CANDIDATES).hits
        best = max((score for score, _ in hits), default=1.0)
        sums = {searcher.doc(address)["number"][0]: 0.4 * score / best for score, address in hits}
        found = near.search(vector, CANDIDATES, threads=1)
        top = 1 - float(found.distances[0])
        for key, distance in zip(found.keys.tolist(), found.distances.tolist(), strict=True):
            sums[key] = sums.get(key, 0.0) + 0.6 * (1 - distance) / top
        return sorted(sums, key=lambda key: -sums[key])[:TOP]

    return ask


def lance(corpus: Corpus, vectors: NDArray[np.float32], folder: Path) -> Ask:
    """LanceDB's hybrid search: its full-text index, a flat scan of vectors, its own fusion."""
    import lancedb

    rows = [
        {"number": piece.number, "text": f"{piece.title}\n{piece.text}", "vector": vector}
        for piece, vector in zip(corpus.pieces(len(vectors)), vectors, strict=True)
    ]
    table = lancedb.connect(str(folder / "lance")).create_table("passages", rows)
    table.create_fts_index("text")

    def ask(text: str, vector: NDArray[np.float32]) -> object:
        words = " ".join(query_words(text))
        return table.search(query_type="hybrid").vector(vector).text(words).limit(TOP).to_list()

    return ask


def timed(ask: Ask, texts: Sequence[str], answers: dict[str, NDArray[np.float32]]) -> list[float]:
    """Milliseconds of each claim, after a few to warm up."""
    for text in texts[:10]:
        ask(text, answers[text])
    times = []
    for text in texts:
        began = time.perf_counter()
        ask(text, answers[text])
        times.append(1000 * (time.perf_counter() - began))
    return times


def measure(size: int, folder: Path) -> dict[str, Any]:
    """p50 and p95 in milliseconds, and how many times as long as ours, by way."""
    corpus, made_up = Corpus(), Vectors()
    path = folder / f"{size}.db"
    if not path.exists():
        build(path, corpus, size)
    texts, answers, _ = queries(corpus, size)
    vectors = np.stack([made_up.of(piece.number, piece.topic) for piece in corpus.pieces(size)])
    with tempfile.TemporaryDirectory() as place:
        ways: dict[str, Callable[[], Ask]] = {
            "ours": lambda: ours(path, answers),
            "plain FTS5, words only": lambda: full_text(path),
            "tantivy and usearch by hand": lambda: by_hand(corpus, vectors, Path(place)),
            "LanceDB hybrid, flat": lambda: lance(corpus, vectors, Path(place)),
        }
        needs = {"tantivy and usearch by hand": ("tantivy", "usearch"), "LanceDB hybrid, flat": ("lancedb",)}
        asks: dict[str, Ask] = {}
        figures: dict[str, Any] = {}
        for name, make in ways.items():
            missing = [package for package in needs.get(name, ()) if importlib.util.find_spec(package) is None]
            if missing:
                figures[name] = f"{' and '.join(missing)} not installed; see the head of benchmarks/peers.py"
                continue
            began = time.perf_counter()
            asks[name] = make()
            figures[name] = {"made ready in s": round(time.perf_counter() - began, 1)}
        times = {name: timed(ask, texts, answers) for name, ask in asks.items()}
    for name, found in times.items():
        figures[name] |= {
            "p50 ms": round(statistics.median(found), 2),
            "p95 ms": round(sorted(found)[int(0.95 * len(found))], 2),
            "times ours": round(statistics.median(found) / statistics.median(times["ours"]), 2),
        }
    return figures


def main() -> dict[str, Any]:
    """Figures by number of passages."""
    sizes = [int(size) for size in os.environ.get("BENCHMARK_SIZES", "").split(",") if size] or SIZES
    with tempfile.TemporaryDirectory() as folder:
        place = Path(os.environ.get("BENCHMARK_FOLDER", folder))
        place.mkdir(parents=True, exist_ok=True)
        return {f"{size:,}": measure(size, place) for size in sizes}
