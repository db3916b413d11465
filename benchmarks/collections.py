"""The public collections that ranking is measured on: documents, queries, what is relevant, and the metrics.

They lie outside this repository, in `../shared/data` beside it or where BENCHMARK_DATA says, and are only read.
"""

import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
DATA = Path(os.environ.get("BENCHMARK_DATA", _BESIDE))

Relevant = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Collection:
    """Pools of documents, each with its queries; WiCE has one pool for each article, the others one in all."""

    name: str
    metric: str
    pools: list[tuple[list[dict[str, str]], list[tuple[str, str]]]]
    halves: dict[str, Relevant]


def rows(path: Path) -> list[dict[str, Any]]:
    """Objects of one JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def relevant(path: Path) -> Relevant:
    """Relevant documents with their grades, by query."""
    found: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            found.setdefault(query, {})[document] = int(grade)
    return found


def _one_pool(folder: str, metric: str, halves: Mapping[str, str]) -> Collection:
    place = DATA / folder
    documents = [
        {"id": row["id"], "title": row.get("title", ""), "text": row["text"]} for row in rows(place / "corpus.jsonl")
    ]
    queries = [(row["id"], row["text"]) for row in rows(place / "queries.jsonl")]
    return Collection(
        folder, metric, [(documents, queries)], {name: relevant(place / file) for name, file in halves.items()}
    )


def checkthat() -> Collection:
    """Tweets against 14,231 checked claims: train to fit on, dev to report."""
    return _one_pool("checkthat2022_2a", "MAP@5", {"train": "qrels_train.tsv", "dev": "qrels_dev.tsv"})


def scifact() -> Collection:
    """Scientific claims against 5,183 abstracts; only train queries are here."""
    return _one_pool("scifact", "nDCG@10", {"train": "qrels_train.tsv"})


def averitec() -> Collection:
    """Fact-checked claims against 1,360 answers."""
    return _one_pool("averitec_dev", "nDCG@10", {"first half": "qrels_dev.tsv"})


def wice() -> Collection:
    """Claims against the sentences of the article that is cited for them: any sentence of a supporting set is relevant."""
    pools, wanted = [], {}
    for row in rows(DATA / "wice" / "dev.jsonl"):
        sentences = [
            {"id": f"{row['id']}/{place}", "title": "", "text": sentence}
            for place, sentence in enumerate(row["evidence"])
            if sentence.strip()
        ]
        pools.append((sentences, [(row["id"], row["claim"])]))
        supporting = {place for group in row["supporting_sentence_sets"] for place in group}
        if supporting:
            wanted[row["id"]] = {f"{row['id']}/{place}": 1 for place in supporting}
    return Collection("wice", "MRR", pools, {"dev": wanted})


ALL: dict[str, Callable[[], Collection]] = {
    "averitec": averitec, "wice": wice, "checkthat": checkthat, "scifact": scifact,
}  # fmt: skip


def score(metric: str, run: Run, wanted: Relevant) -> float:
    """The mean of one metric over the queries of `wanted`; a document that is listed twice counts once."""
    total = 0.0
    for query, grades in wanted.items():
        total += METRICS[metric](list(dict.fromkeys(run.get(query, ()))), grades)
    return round(total / len(wanted), 4)


def _map_at_5(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    hits, total = 0, 0.0
    for place, document in enumerate(ranked[:5], 1):
        if document in grades:
            hits += 1
            total += hits / place
    return total / len(grades)


def _mrr(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    return next((1 / place for place, document in enumerate(ranked, 1) if document in grades), 0.0)


def _ndcg_at_10(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    gain = sum(grades.get(document, 0) / math.log2(place + 1) for place, document in enumerate(ranked[:10], 1))
    best = sorted(grades.values(), reverse=True)[:10]
    return gain / sum(grade / math.log2(place + 1) for place, grade in enumerate(best, 1))


METRICS: dict[str, Callable[[Sequence[str], Mapping[str, int]], float]] = {
    "MAP@5": _map_at_5, "MRR": _mrr, "nDCG@10": _ndcg_at_10,
}  # fmt: skip
