"""What figure findings are worth: how often a conflict goes with REFUTES and agreement with SUPPORTS.

VitaminC pairs (the training sample) and FEVER-Symmetric dev, read from ../shared/data; nothing of it is stored.
"""

import json
import time
from collections import Counter
from pathlib import Path

from workbench.matching.discrepancies import Finding, FindingKind, Relation, compare

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
SETS = {"vitaminc_real": "train.jsonl", "fever_symmetric": "dev.jsonl"}
FIGURES = (FindingKind.FIGURE, FindingKind.UNIT)
KINDS = {
    "figures": FIGURES,
    "dates": (FindingKind.DATE,),
    "figures and dates": (*FIGURES, FindingKind.DATE),
}
LABELS = {"refuted": "REFUTES", "supported": "SUPPORTS"}


def outcome(findings: tuple[Finding, ...], kinds: tuple[FindingKind, ...]) -> str | None:
    """conflict, consistent or open, judged by the findings of some kinds; None when there is none."""
    relations = {finding.relation for finding in findings if finding.kind in kinds}
    if not relations:
        return None
    if Relation.CONFLICT in relations:
        return "conflict"
    return "consistent" if relations == {Relation.CONSISTENT} else "open"


def table(pairs: list[tuple[str, tuple[Finding, ...]]], kinds: tuple[FindingKind, ...]) -> dict[str, object]:
    """Shares of the labels by outcome, and the share of pairs with such findings that is decided."""
    counts: dict[str, Counter[str]] = {"conflict": Counter(), "consistent": Counter(), "open": Counter()}
    for label, findings in pairs:
        found = outcome(findings, kinds)
        if found is not None:
            counts[found][label] += 1
    total = sum(count.total() for count in counts.values())
    shares: dict[str, object] = {
        f"{name} => {LABELS[label]}": round(counts[name][label] / max(counts[name].total(), 1), 3)
        for name, label in (("conflict", "refuted"), ("conflict", "supported"), ("consistent", "supported"))
    }
    decided = total - counts["open"].total()
    return {**shares, "decided": round(decided / max(total, 1), 3), "pairs": total}


def others(pairs: list[tuple[str, tuple[Finding, ...]]]) -> dict[str, dict[str, int]]:
    """Labels of the pairs with a conflict of each other kind."""
    told: dict[str, dict[str, int]] = {}
    for kind in (FindingKind.NAME, FindingKind.SPEAKER, FindingKind.NEGATION, FindingKind.QUOTATION, FindingKind.UNIT):
        told[kind.value] = dict(
            Counter(
                label
                for label, findings in pairs
                if any(finding.kind is kind and finding.relation is Relation.CONFLICT for finding in findings)
            )
        )
    return told


def main() -> dict[str, object]:
    """Figures by collection; says so where one is absent."""
    figures: dict[str, object] = {}
    for name, file in SETS.items():
        path = DATA / name / file
        if not path.is_file():
            figures[name] = f"absent: {path}"
            continue
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        started = time.perf_counter()
        pairs = [(row["label"], compare(row["claim"], row["evidence"])) for row in rows]
        milliseconds = 1000 * (time.perf_counter() - started) / len(rows)
        figures[name] = {
            **{title: table(pairs, kinds) for title, kinds in KINDS.items()},
            "pairs with a conflict of another kind": others(pairs),
            "milliseconds a pair": round(milliseconds, 2),
        }
    return figures


if __name__ == "__main__":
    print(json.dumps(main(), indent=2))
