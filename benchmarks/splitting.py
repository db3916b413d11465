"""Quality of splitting on public collections: python -m benchmarks.splitting

Reads ../shared/data beside the repository and says so when it is absent; nothing of it is kept.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.fit_checkworthiness import TRAIN, cross_validated
from workbench.splitting import ClaimRelation, split

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
_WORD = re.compile(r"\w+")


def _f1(hits: int, predicted: int, gold: int) -> dict[str, float]:
    precision, recall = hits / max(1, predicted), hits / max(1, gold)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _sentences(text: str) -> list[tuple[int, int]]:
    return [(unit.claims[0].start, unit.claims[0].end) for unit in split(text, language="en").units if unit.claims]


def sentence_ends(folder: Path) -> dict[str, float]:
    """Ends of sentences against the gold ones, over all articles of a folder."""
    hits = predicted = gold = 0
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        wanted = {s["end"] for s in json.loads(path.read_text(encoding="utf-8"))["sentences"]}
        found = {end for _, end in _sentences(text)}
        hits, predicted, gold = hits + len(found & wanted), predicted + len(found), gold + len(wanted)
    return _f1(hits, predicted, gold)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def golden_rules(path: Path) -> str:
    """How many of the golden rules hold."""
    rows = list(_rows(path))
    passed = sum([row["text"][s:e] for s, e in _sentences(row["text"])] == row["sentences"] for row in rows)
    return f"{passed}/{len(rows)}"


def _starts(words: list[tuple[int, int]], start: int, end: int) -> set[int]:
    return {s for s, e in words if start <= s and e <= end}


def attribution(path: Path) -> dict[str, float]:
    """Words of attributed content, and how many of the right ones carry a source that touches the gold one."""
    hits = predicted = gold = with_source = 0
    for row in _rows(path):
        words = [match.span() for match in _WORD.finditer(row["text"])]
        sources: dict[int, list[tuple[int, int]]] = {}
        for entry in row["attributions"]:
            spoken_by = [tuple(span) for part in entry["source"] for span in part["spans"]]
            for start, end in (span for part in entry["content"] for span in part["spans"]):
                for at in _starts(words, start, end):
                    sources.setdefault(at, []).extend(spoken_by)
        found: set[int] = set()
        sourced: set[int] = set()
        for claim in (c for unit in split(row["text"], language="en").units for c in unit.claims):
            said = claim.attribution
            if claim.relation is not ClaimRelation.CONTENT or said is None:
                continue
            for span in said.content:
                here = _starts(words, span.start, span.end)
                found |= here
                sourced |= {at for at in here if any(said.start < e and s < said.end for s, e in sources.get(at, ()))}
        hits, predicted, gold = hits + len(found & sources.keys()), predicted + len(found), gold + len(sources)
        with_source += len(sourced)
    return {**_f1(hits, predicted, gold), "right_source": round(with_source / max(1, hits), 4)}


def main() -> dict[str, Any]:
    """Measures what is there, prints one JSON object and returns it."""
    if not DATA.is_dir():
        print(f"No {DATA}: splitting was not measured.", file=sys.stderr)
        return {}
    figures: dict[str, Any] = {
        f"sentences_{kind}": sentence_ends(DATA / "articles_gum" / kind) for kind in ("news", "interview", "speech")
    }
    figures["golden_rules"] = golden_rules(DATA / "sentence_split" / "golden_rules_en.jsonl")
    figures["attribution_words"] = attribution(DATA / "attribution_polnear" / "dev.jsonl")
    if TRAIN.exists():
        figures["checkworthiness_5_fold"] = cross_validated()
    print(json.dumps(figures, indent=1))
    return figures


if __name__ == "__main__":
    main()
