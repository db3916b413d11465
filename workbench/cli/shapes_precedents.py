"""The JSON shapes of precedents: an interface that scripts rely on, so fields are only ever added."""

from workbench.cli.shapes import Shape
from workbench.matching import findings_to_json
from workbench.services.precedent_views import Precedent, PrecedentList, Rating


def precedents(found: PrecedentList, query: str) -> Shape:
    """What was judged before, own verdicts and fact-checks of others apart; never a figure of likeness."""
    return {
        "query": query,
        "mode": found.mode,
        "note": found.note,
        "own": [precedent(item) for item in found.own],
        "imported": [precedent(item) for item in found.imported],
    }


def precedent(item: Precedent) -> Shape:
    """One of them. `key` is a claim's id, or the content hash of a document."""
    return {
        "origin": item.origin.value,
        "key": item.key,
        "rank": item.rank,
        "wording": item.wording,
        "ratings": [rating(one) for one in item.ratings],
        "place": item.place,
        "address": item.address,
        "claimed_on": item.claimed_on,
        "days": item.days,
        "caveats": list(item.caveats),
        "signals": {"words": item.signals.words, "meaning": item.signals.meaning, "fuzzy": item.signals.fuzzy},
        "findings": findings_to_json(item.findings)["findings"],
        "explanation": item.explanation,
        "document": item.document,
        "confidentiality": item.confidentiality.value,
    }


def rating(one: Rating) -> Shape:
    """A rating on its own scale; of a fact-check the label to the letter."""
    return {
        "label": one.label,
        "scale": one.scale,
        "by": one.by,
        "on": one.on.isoformat() if one.on else None,
        "on_text": one.on_text,
        "rationale": one.rationale,
        "caveats": list(one.caveats),
    }
