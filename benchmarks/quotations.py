"""Quotations with wrong characters, found again in a synthetic store: share found, and time.

    python -m benchmarks quotations        (BENCHMARK_SIZES=10000 takes fewer than 100,000 passages)

Of each quotation 2 in 100 characters are replaced, left out or doubled by another; it counts as found when the document it
was taken from is among those shown. Seeded, so that it can be run again.
"""

import os
import random
import statistics
import string
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.corpus import Corpus
from db.evidence import NewDocument, NewPassage, add
from db.identity import utc_now
from db.revisions import Actor
from db.store import Store
from workbench.matching.encoder_process import EncoderProcess
from workbench.services.finding import Finder
from workbench.services.quotations import QuotationService

WRONG = 0.02
QUOTATIONS = 200
BATCH = 2_000
LENGTHS = (6, 12, 25)


def main() -> dict[str, Any]:
    """Figures for each length of quotation."""
    passages = int(os.environ.get("BENCHMARK_SIZES", "100000").split(",")[0])
    corpus = Corpus(1)
    actor = Actor("00000000-0000-4000-8000-000000000001", "bench")
    figures: dict[str, Any] = {"passages": passages, "wrong characters": WRONG, "quotations of each length": QUOTATIONS}
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "quotations.db", actor, create=True) as store,
    ):
        _fill(store, corpus, passages)
        # The encoder is never started: quotations are found by words and letters.
        service = QuotationService(store, Finder(EncoderProcess(), 0.0))
        service.find("a first one so that everything is read")
        for length in LENGTHS:
            found, times = _measure(service, corpus, passages, length)
            figures[f"{length} words"] = {
                "found": found,
                "p50 ms": round(1000 * statistics.median(times), 1),
                "p95 ms": round(1000 * sorted(times)[int(0.95 * len(times))], 1),
            }
    return figures


def _fill(store: Store, corpus: Corpus, passages: int) -> None:
    batch: list[NewDocument] = []
    for piece in corpus.pieces(passages):
        whole = (NewPassage(0, len(piece.text), "paragraph 1"),)
        batch.append(NewDocument(title=piece.title, text=piece.text, passages=whole, external_id=str(piece.number)))
        if len(batch) == BATCH:
            with store.write_local() as session:
                add(session, batch, utc_now())
            batch.clear()
    if batch:
        with store.write_local() as session:
            add(session, batch, utc_now())


def _measure(service: QuotationService, corpus: Corpus, passages: int, length: int) -> tuple[float, list[float]]:
    chance = random.Random(length)
    found, times = 0, []
    for _ in range(QUOTATIONS):
        number = chance.randrange(passages)
        words = corpus.piece(number).text.split()
        start = chance.randrange(max(1, len(words) - length))
        quote = garbled(" ".join(words[start : start + length]), chance)
        began = time.perf_counter()
        report = service.find(quote)
        times.append(time.perf_counter() - began)
        found += any(version.external_id == str(number) for version in report.versions)
    return found / QUOTATIONS, times


def garbled(text: str, chance: random.Random, share: float = WRONG) -> str:
    """A text with some characters replaced, left out, or followed by another."""
    letters = []
    for letter in text:
        if chance.random() < share:
            other = chance.choice(string.ascii_lowercase)
            letters.append(chance.choice((other, "", letter + other)))
        else:
            letters.append(letter)
    return "".join(letters)
