"""Sub-claims against human splits of sentences: python -m benchmarks.decomposition

Reads ../shared/data and the metrics of ../shared/evalkit beside the repository and says so when they are absent.

What counts: the sentence and all sub-claims offered under it, whatever their relation, without those whose words two or more finer ones
say between them: the pieces count or the whole, never both.
"""

import importlib.util
import json
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from workbench.splitting import ClaimRelation, SuggestedClaim, split

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
DATA = SHARED / "data"
_REPORTED = frozenset({ClaimRelation.CONTENT, ClaimRelation.ACT})
_NEARLY_ALL = 0.8
_ENVELOPES = frozenset({ClaimRelation.SENTENCE, ClaimRelation.MAIN, ClaimRelation.COORDINATION, ClaimRelation.CLAUSE})


def _metrics() -> Any:
    spec = importlib.util.spec_from_file_location("evalkit_metrics", SHARED / "evalkit" / "metrics.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _words(claim: SuggestedClaim, starts: Sequence[int]) -> set[int]:
    return {i for i, at in enumerate(starts) if any(f.start <= at < f.end for f in claim.fragments)}


def counted(sentence: str, starts: Sequence[int]) -> list[SuggestedClaim]:
    """The claims that count for `sentence`, whose words begin at `starts`."""
    claims = [c for unit in split(sentence, language="en").units for c in unit.claims if c.relation not in _REPORTED]
    sets = [_words(claim, starts) for claim in claims]
    kept: list[SuggestedClaim] = []
    for i, claim in enumerate(claims):
        inner = [other for other in sets if other < sets[i]]
        said = set().union(*inner)
        split_up = len(inner) >= 2 and len(sets[i] - said) <= 1
        envelope = bool(inner) and claim.relation in _ENVELOPES and len(said) >= _NEARLY_ALL * len(sets[i])
        if not split_up and not envelope:
            kept.append(claim)
    return kept


def factscore(path: Path, decomposition: Callable[..., tuple[float, float, float]]) -> dict[str, float]:
    """Token F1 with the best one-to-one pairing, mean over sentences."""
    results, offered = [], 0
    for row in _rows(path):
        sentence = row["sentence"]
        claims = [claim.text for claim in counted(sentence, _starts(sentence))]
        offered += len(claims)
        results.append(decomposition(claims, row["claims"]))
    means = [round(statistics.mean(result[i] for result in results), 4) for i in range(3)]
    return {"precision": means[0], "recall": means[1], "f1": means[2], "per_sentence": round(offered / len(results), 2)}


def _starts(sentence: str) -> list[int]:
    return [i for i, c in enumerate(sentence) if c.isalnum() and not sentence[i - 1 : i].isalnum()]


def propsegment(path: Path, propositions: Callable[..., tuple[float, float]]) -> dict[str, float]:
    """F1 of mean precision and recall over sentences at Jaccard .8 of word sets."""
    precision, recall = [], []
    for row in _rows(path):
        starts = row["offsets"]
        predicted = [_words(c, starts) for c in counted(row["sentence"], starts)]
        p, r = propositions(predicted, row["propositions"])
        precision.append(p)
        recall.append(r)
    p, r = statistics.mean(precision), statistics.mean(recall)
    return {"precision": round(p, 4), "recall": round(r, 4), "f1": round(2 * p * r / (p + r), 4)}


def main() -> dict[str, Any]:
    """Measures what is there, prints one JSON object and returns it."""
    if not DATA.is_dir():
        print(f"No {DATA}: sub-claims were not measured.", file=sys.stderr)
        return {}
    metrics = _metrics()
    figures = {
        "factscore_token_f1": factscore(DATA / "decomp_factscore" / "dev.jsonl", metrics.decomposition),
        "propsegment_jaccard_08": propsegment(DATA / "decomp_propsegment" / "dev.jsonl", metrics.propositions),
    }
    print(json.dumps(figures, indent=1))
    return figures


if __name__ == "__main__":
    main()
