"""The JSON shape of a split text, an interface that scripts rely on: fields may be added, never changed."""

from typing import Any

from workbench.splitting.model import Attribution, Mention, SplitResult, SuggestedClaim, Unit


def to_json(result: SplitResult, text: str) -> dict[str, Any]:
    """`result` as plain values; `text` is the text that was split and supplies the words of the units."""
    return {
        "language": result.language,
        "length": result.length,
        "units": [_unit(unit, text) for unit in result.units],
        "warnings": [
            {"type": warning.type, "start": warning.start, "end": warning.end, "message": warning.message}
            for warning in result.warnings
        ],
    }


def _unit(unit: Unit, text: str) -> dict[str, Any]:
    return {
        "start": unit.start,
        "end": unit.end,
        "kind": str(unit.kind),
        "text": text[unit.start : unit.end],
        "claims": [_claim(claim) for claim in unit.claims],
    }


def _claim(claim: SuggestedClaim) -> dict[str, Any]:
    return {
        "start": claim.start,
        "end": claim.end,
        "fragments": [fragment.as_list() for fragment in claim.fragments],
        "text": claim.text,
        "relation": str(claim.relation),
        "kinds": [str(kind) for kind in claim.kinds],
        "reasons": list(claim.reasons),
        "checkworthiness": claim.checkworthiness,
        "suggested": claim.suggested,
        "attribution": _attribution(claim.attribution) if claim.attribution else None,
        "references": [
            {"start": r.start, "end": r.end, "text": r.text, "type": r.type, "candidates": list(r.candidates)}
            for r in claim.references
        ],
        "quantities": [_mention(mention) for mention in claim.quantities],
        "dates": [_mention(mention) for mention in claim.dates],
        "polarity": str(claim.polarity),
        "modality": list(claim.modality),
        "reliable": claim.reliable,
    }


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": attribution.source,
        "start": attribution.start,
        "end": attribution.end,
        "cue": attribution.cue,
        "cue_span": attribution.cue_span.as_list(),
        "content": [span.as_list() for span in attribution.content],
        "continued": attribution.continued,
        "type": str(attribution.type),
        "sources": list(attribution.sources),
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {"start": mention.start, "end": mention.end, "text": mention.text, "type": mention.type}
