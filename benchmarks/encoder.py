"""The bundled model's own forward passes against sentence-transformers: passages a second, one query, agreement.

One thread each, processor time rather than the clock, so that a busy neighbour does not decide; on seeded made-up sentences
and, since made-up words are cut into more pieces than English ones, with the number of tokens told.
"""

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from workbench.matching.encoder import model_folder, quiet_environment

ROUNDS = 3


def _seconds(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began


def main() -> dict[str, Any]:
    """Figures for short and long passages."""
    os.environ.update(quiet_environment())
    import numpy as np
    import torch
    from sentence_transformers import SentenceTransformer

    from benchmarks.corpus import Corpus
    from workbench.matching import bundled
    from workbench.matching.fast import TorchForward

    torch.set_num_threads(1)
    reference = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)
    tokens, tensors = bundled.Tokens(model_folder()), bundled.weights(model_folder())
    fast, plain = TorchForward(tensors), bundled.NumpyForward(tensors)
    pieces = list(Corpus().pieces(120))
    figures: dict[str, Any] = {"way": fast.name}
    for name, texts in (
        ("short", [piece.title for piece in pieces]),
        ("long", [piece.text for piece in pieces[:60]]),
    ):
        own = reference.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        ours = bundled.encode(texts, tokens, fast)
        pairs = [
            (
                _seconds(lambda texts=texts: bundled.encode(texts, tokens, fast)),
                _seconds(lambda texts=texts: reference.encode(texts, show_progress_bar=False)),
            )
            for _ in range(ROUNDS)
        ]
        figures[name] = {
            "tokens": round(statistics.mean(len(piece) for piece in tokens.of(texts)), 1),
            "passages a second": round(len(texts) / min(one for one, _ in pairs)),
            "sentence-transformers": round(len(texts) / min(other for _, other in pairs)),
            "ratio": round(statistics.median(other / one for one, other in pairs), 2),
            "least cosine": round(float(np.min(np.sum(own * ours, axis=1))), 6),
        }
    queries = [piece.title for piece in pieces[:30]]
    for name, encode in (
        ("torch", lambda text: bundled.encode([text], tokens, fast)),
        ("numpy", lambda text: bundled.encode([text], tokens, plain)),
        ("sentence-transformers", lambda text: reference.encode([text], show_progress_bar=False)),
    ):
        times = [1000 * _seconds(lambda text=text, encode=encode: encode(text)) for text in queries]
        figures[f"one query, {name}, ms"] = round(statistics.median(times), 1)
    return figures
