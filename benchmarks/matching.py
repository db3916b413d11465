"""Ranking by words and meaning on CheckThat! 2022 task 2A: tweets against claims that were checked before.

Fits the weight of meaning on the training tweets and reports MAP@5 on dev, for several forms of the full-text query.
The vectors of the 14,231 claims are encoded once (a few minutes) and kept in the temporary folder.
"""

import hashlib
import json
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.matching.encoder import EncoderUnavailable
from workbench.matching.encoder_process import EncoderProcess
from workbench.matching.fusing import DEFAULT_WEIGHT, fuse
from workbench.matching.words import word_table

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "checkthat2022_2a"
CANDIDATES = 200
TIMEOUT = 3600.0
WEIGHTS = [step / 20 for step in range(21)]
ADDRESS = re.compile(r"https?://\S+|pic\.twitter\.com/\S+")
WORD = re.compile(r"[^\W_]+")

Relevant = Mapping[str, set[str]]
Terms = Callable[[str], list[str]]


def rows(name: str) -> list[dict[str, Any]]:
    """Objects of one JSON-lines file."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def relevant(name: str) -> Relevant:
    """Relevant documents by query."""
    found: dict[str, set[str]] = {}
    for line in (DATA / name).read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            found.setdefault(query, set()).add(document)
    return found


def map_at_5(runs: Mapping[str, Sequence[str]], wanted: Relevant) -> float:
    """Mean average precision of the first five."""
    total = 0.0
    for query, documents in wanted.items():
        hits = 0
        for place, document in enumerate(runs.get(query, ())[:5], start=1):
            if document in documents:
                hits += 1
                total += hits / place / len(documents)
    return round(total / len(wanted), 4)


class Words:
    """A full-text index in memory, and the document frequency of its terms."""

    def __init__(self, documents: Sequence[Mapping[str, Any]]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute("create virtual table docs using fts5(title, text, tokenize='porter unicode61')")
        self._base.executemany(
            "insert into docs(rowid, title, text) values (?, ?, ?)",
            [(place, one["title"], one["text"]) for place, one in enumerate(documents)],
        )
        self._base.execute("create virtual table vocabulary using fts5vocab(docs, 'row')")
        self._base.execute("create virtual table one using fts5(word, tokenize='porter unicode61')")
        self._base.execute("create virtual table stems using fts5vocab(one, 'row')")
        self._frequency: dict[str, int] = dict(self._base.execute("select term, doc from vocabulary"))
        self._known: dict[str, int] = {}

    def frequency(self, term: str) -> int:
        """How many documents have a form of `term`."""
        if term not in self._known:
            self._base.execute("delete from one")
            self._base.execute("insert into one values (?)", (term,))
            stems = [row[0] for row in self._base.execute("select term from stems")]
            self._known[term] = max((self._frequency.get(stem, 0) for stem in stems), default=0)
        return self._known[term]

    def search(self, terms: Sequence[str], title: float = 1.0) -> dict[int, float]:
        """BM25 of the best candidates for any of the terms, larger is better."""
        if not terms:
            return {}
        query = " OR ".join(f'"{term}"' for term in terms)
        statement = "select rowid, bm25(docs, ?, 1.0) as score from docs where docs match ? order by score limit ?"
        return {place: -score for place, score in self._base.execute(statement, (title, query, CANDIDATES))}

    def rarest(self, terms: Sequence[str], budget: int) -> list[str]:
        """The rarest terms until their postings reach `budget`."""
        kept: list[str] = []
        spent = 0
        for term in sorted(terms, key=lambda one: (self.frequency(one), one)):
            spent += self.frequency(term)
            if kept and spent > budget:
                break
            kept.append(term)
        return kept


def every_term(text: str) -> list[str]:
    """All words of a query, once each."""
    return list(dict.fromkeys(WORD.findall(text.lower())))


def content_terms(text: str) -> list[str]:
    """Words of a query without addresses and function words; all words where nothing is left."""
    words = every_term(ADDRESS.sub(" ", text))
    stop = word_table("en").stop
    return [word for word in words if word not in stop] or words


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of the texts, from the temporary folder when they were encoded before."""
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    cached = Path(tempfile.gettempdir()) / f"claim-workbench-bench-{digest}.npy"
    if cached.is_file():
        loaded: NDArray[np.float32] = np.load(cached)
        return loaded
    encoder = EncoderProcess()
    encoder.start()
    try:
        found = encoder.encode(texts, TIMEOUT)
    finally:
        encoder.close()
    np.save(cached, found)
    return found


@dataclass(frozen=True)
class Collection:
    """Documents, queries and their candidates by words."""

    documents: list[dict[str, Any]]
    queries: list[dict[str, Any]]
    words: Words

    def named(self, places: Sequence[int]) -> list[str]:
        """External ids of documents."""
        return [self.documents[place]["id"] for place in places]


def query_forms(told: Collection, wanted: Relevant) -> dict[str, dict[str, float]]:
    """MAP@5 on words alone, and milliseconds a query, by form of the full-text query."""
    words = told.words
    forms: dict[str, Callable[[str], dict[int, float]]] = {
        "OR of all words": lambda text: words.search(every_term(text)),
        "OR of content words": lambda text: words.search(content_terms(text)),
        "OR of content words, title twice": lambda text: words.search(content_terms(text), title=2.0),
        "rarest content words, 5,000 postings": lambda text: words.search(words.rarest(content_terms(text), 5000)),
        "rarest content words, 2,000 postings": lambda text: words.search(words.rarest(content_terms(text), 2000)),
    }
    figures: dict[str, dict[str, float]] = {}
    for name, form in forms.items():
        started = time.perf_counter()
        runs = {
            query["id"]: told.named([one.id for one in fuse(form(query["text"]), None)])
            for query in told.queries
            if query["id"] in wanted
        }
        milliseconds = 1000 * (time.perf_counter() - started) / len(wanted)
        figures[name] = {"MAP@5": map_at_5(runs, wanted), "milliseconds": round(milliseconds, 1)}
    return figures


def fused(told: Collection, cosines: NDArray[np.float32], wanted: Relevant) -> dict[float, float]:
    """MAP@5 by weight of meaning; every candidate of either side has its cosine."""
    runs: dict[float, dict[str, list[str]]] = {weight: {} for weight in WEIGHTS}
    for place, query in enumerate(told.queries):
        if query["id"] not in wanted:
            continue
        words = told.words.search(content_terms(query["text"]))
        best = np.argpartition(-cosines[place], CANDIDATES)[:CANDIDATES].tolist()
        meaning = {one: float(cosines[place, one]) for one in {*words, *best}}
        for weight in WEIGHTS:
            runs[weight][query["id"]] = told.named([one.id for one in fuse(words, meaning, weight=weight)[:5]])
    return {weight: map_at_5(run, wanted) for weight, run in runs.items()}


def main() -> dict[str, object]:
    """Figures on words, meaning and both; says so when the data or the encoder is absent."""
    if not (DATA / "corpus.jsonl").is_file():
        return {"absent": str(DATA)}
    documents, queries = rows("corpus.jsonl"), rows("queries.jsonl")
    told = Collection(documents, queries, Words(documents))
    train, dev = relevant("qrels_train.tsv"), relevant("qrels_dev.tsv")
    figures: dict[str, object] = {"query forms, train": query_forms(told, train)}
    try:
        known = vectors([f"{one['title']}. {one['text']}" for one in documents])
        asked = vectors([one["text"] for one in queries])
    except EncoderUnavailable as reason:
        return {**figures, "meaning": reason.reason}
    cosines = asked @ known.T
    by_weight, on_dev = fused(told, cosines, train), fused(told, cosines, dev)
    best = max(by_weight, key=lambda weight: by_weight[weight])
    return {
        **figures,
        "train MAP@5 by weight": by_weight,
        "best weight on train": best,
        "dev MAP@5": {
            "words": on_dev[0.0],
            "meaning": on_dev[1.0],
            f"fused, best weight {best}": on_dev[best],
            f"fused, default weight {DEFAULT_WEIGHT}": on_dev[DEFAULT_WEIGHT],
        },
    }


if __name__ == "__main__":
    print(json.dumps(main(), indent=2))
