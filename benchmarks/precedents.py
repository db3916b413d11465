"""Precedents: quality on CheckThat! 2022 task 2A with its claims as fact-checks, speed on a seeded desk.

Quality imports the 14,231 checked claims as a feed of others' fact-checks and asks the service with the tweets; the weight of
meaning is the one that search has. Speed judges 10,000 made-up claims and imports 100,000 made-up fact-checks.
"""

import hashlib
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import DATA, map_at_5, relevant, rows, vectors
from db import evidence, precedents, snapshots
from db.evidence import NewDocument, NewPassage
from db.identity import utc_now, uuid7
from db.revisions import Actor
from db.snapshots import NewFactCheck
from db.store import Store
from db.tables.articles import ClaimData
from db.tables.verdicts import VerdictData
from db.vocabulary import Kind, Relation
from workbench.matching.encoder import EncoderState, EncoderUnavailable
from workbench.services.precedents import PrecedentService, digest, reviewed_text
from workbench.verdicts import load_scales

OWN, IMPORTED, QUERIES = 10_000, 100_000, 200
SCALE = "politifact"


class Given:
    """An encoder that knows the vectors of some texts, so that encoding costs nothing."""

    model_id = "given@1"
    dimensions = 384
    state = EncoderState.READY
    reason = ""

    def __init__(self) -> None:
        self.known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], _timeout: float) -> NDArray[np.float32]:
        """The vectors of texts that are known."""
        return np.stack([self.known[text] for text in texts])


def store_checks(store: Store, checks: Sequence[tuple[str, str, str]]) -> dict[str, int]:
    """Store fact-checks (identifier, title, claim) as documents; returns their numbers by identifier."""
    for start in range(0, len(checks), 1000):
        batch = []
        for identity, title, claim in checks[start : start + 1000]:
            text = f"Claim: {claim}\n"
            passages = (NewPassage(0, len(text), "p. 1"),)
            document = NewDocument(
                title=title, text=text, passages=passages, url=f"https://checks.example/{identity}",
                external_id=identity, published_at="2026-01-02",
            )  # fmt: skip
            checked = NewFactCheck(claim_reviewed=claim, rating_label="Mostly hot air", reviewer="Checks Example")
            batch.append((document, checked))
        with store.write_local() as session:
            evidence.add(session, [document for document, _ in batch], utc_now())
            snapshots.keep_fact_checks(session, ((one.content_hash, checked) for one, checked in batch))
    with store.read() as session:
        found: dict[str, int] = {}
        for identity, _, _ in checks if len(checks) < 20_000 else ():
            found[identity] = evidence.find(session, identity)[0].id or 0
        return found


def quality() -> dict[str, object]:
    """MAP@5 on dev and train, and how many precedents are shown, by words and with meaning."""
    if not (DATA / "corpus.jsonl").is_file():
        return {"absent": str(DATA)}
    documents, queries = rows("corpus.jsonl"), rows("queries.jsonl")
    given = Given()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "bench.db", Actor(str(uuid7()), "bench"), create=True)
        numbers = store_checks(store, [(one["id"], one["title"], one["text"]) for one in documents])
        names = {number: identity for identity, number in numbers.items()}
        figures: dict[str, object] = {}
        service = PrecedentService(store, given)
        try:
            texts = [reviewed_text(one["title"], one["text"]) for one in documents]
            known = vectors(texts)
            asked = vectors([one["text"] for one in queries])
        except EncoderUnavailable as reason:
            return {"meaning": reason.reason}
        with store.write_local() as session:
            precedents.add_vectors(
                session,
                given.model_id,
                (
                    (str(numbers[one["id"]]), digest(text), vector.astype("<f2").tobytes())
                    for one, text, vector in zip(documents, texts, known, strict=True)
                ),
            )
        given.known = {one["text"]: vector for one, vector in zip(queries, asked, strict=True)}
        for name in ("train", "dev"):
            wanted = relevant(f"qrels_{name}.tsv")
            for way, meaning in (("words", False), ("words and meaning", True)):
                ordered: dict[str, list[str]] = {}
                shown: dict[str, list[str]] = {}
                for query in queries:
                    if query["id"] not in wanted:
                        continue
                    ranked = service.ranking(query["text"], meaning=meaning).imported[:5]
                    ordered[query["id"]] = [names[one.id] for one in ranked]
                    found = service.find(query["text"], meaning=meaning).imported
                    shown[query["id"]] = [names[one.document or 0] for one in found]
                figures[f"{name}, {way}"] = {
                    "MAP@5": map_at_5(ordered, wanted),
                    "MAP@5 of what is shown": map_at_5(shown, wanted),
                    "shown a query": round(statistics.mean(len(one) for one in shown.values()), 2),
                }
        store.close()
    return figures


def made_up(count: int, seed: int) -> Iterator[str]:
    """Wordings like claims of a newsroom: who, what, a figure, a place, a year; words by Zipf's law."""
    told = random.Random(seed)
    lexicon = ["".join(told.choices("bcdfglmnprst", k=1) + told.choices("aeiou", k=1)) * told.randint(1, 2)
               + told.choice("nrstlm") + told.choice("aeo") + str(place) for place in range(30_000)]  # fmt: skip
    weights = [1.0 / (place + 10) for place in range(len(lexicon))]
    for _ in range(count):
        words = told.choices(lexicon, weights, k=told.randint(9, 24))
        words.insert(3, str(told.randint(2, 9000)))
        yield " ".join(words).capitalize() + f" in {told.randint(1990, 2026)}."


def vector_of(text: str) -> NDArray[np.float32]:
    """A unit vector that depends on the text alone."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    vector = np.random.default_rng(seed).standard_normal(384).astype(np.float32)
    return vector / np.linalg.norm(vector)


def speed() -> dict[str, object]:
    """Milliseconds a claim, warm, without encoding, and the memory that the index takes."""
    given = Given()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "bench.db", Actor(str(uuid7()), "bench"), create=True)
        checks = [(f"c{place}", text[:60], text) for place, text in enumerate(made_up(IMPORTED, 1))]
        store_checks(store, checks)
        own = _judge(store, list(made_up(OWN, 2)))
        with store.read() as session:
            waiting = precedents.unencoded_fact_checks(session, given.model_id, limit=IMPORTED)
        for start in range(0, len(waiting), 5000):
            with store.write_local() as session:
                texts = [
                    (str(number), reviewed_text(title, claim)) for number, title, claim in waiting[start : start + 5000]
                ]
                precedents.add_vectors(session, given.model_id, _encoded(texts))
        with store.write_local() as session:
            precedents.add_vectors(session, given.model_id, _encoded(own))
        told = random.Random(3)
        queries = [
            _reworded(told.choice(own)[1] if place % 2 else told.choice(checks)[2], told) for place in range(QUERIES)
        ]
        given.known = {text: vector_of(text) for text in queries}
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        service = PrecedentService(store, given)
        started = time.perf_counter()
        service.find(queries[0])
        first = time.perf_counter() - started
        taken: dict[str, list[float]] = {"words": [], "words and meaning": []}
        for query in queries:
            for way, times in taken.items():
                started = time.perf_counter()
                service.find(query, meaning=way != "words")
                times.append(1000 * (time.perf_counter() - started))
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        store.close()
    return {
        "first, seconds": round(first, 2),
        **{
            f"{way}, p50 · p95 ms": (
                round(statistics.median(times), 1),
                round(sorted(times)[int(0.95 * len(times))], 1),
            )
            for way, times in taken.items()
        },
        "memory of the index, MB": round((after - before) / 1024),
    }


def _encoded(texts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes, bytes]]:
    return ((subject, digest(text), vector_of(text).astype("<f2").tobytes()) for subject, text in texts)


def _reworded(text: str, told: random.Random) -> str:
    words = text.split()
    del words[told.randrange(len(words) - 1)]
    return " ".join(words)


def _judge(store: Store, wordings: Sequence[str]) -> list[tuple[str, str]]:
    """Claims with a verdict each; of no article, as after a merge that left it out."""
    scale = load_scales()[SCALE]
    made = []
    for start in range(0, len(wordings), 1000):
        with store.write("judge") as unit:
            for wording in wordings[start : start + 1000]:
                claim = str(uuid7())
                data = ClaimData(
                    version_id=str(uuid7()),
                    start=0,
                    end=1,
                    fragments=[[0, 1]],
                    wording=wording,
                    relation=Relation.SENTENCE,
                )
                verdict = VerdictData(
                    claim_id=claim,
                    scale=scale.id,
                    scale_version=scale.version,
                    level=scale.levels[0].id,
                    rationale="Seen.",
                )
                unit.journal.record(Kind.CLAIM, claim, data)
                unit.journal.record(Kind.VERDICT, str(uuid7()), verdict)
                made.append((claim, wording))
    return made


def main() -> dict[str, object]:
    """Figures on quality and speed."""
    return {"quality": quality(), "speed": speed()}
