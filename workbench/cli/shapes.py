"""The JSON shapes of articles, claims and decisions: an interface that scripts rely on, so fields are only ever added.

Identifiers are whole, times are ISO 8601 in UTC, offsets count code points. Nothing that differs between two desks
with the same decisions is in the shape of a claim, so that desks can be compared.
"""

from datetime import UTC, date, datetime
from typing import Any

from db.tables import Article, Citation, Confirmation, Resolution, Review, Verdict
from workbench.services.offers import Offer
from workbench.services.store_views import ConflictView
from workbench.services.views import ArticleSummary, CitationView, ClaimView, Coverage, UnitView
from workbench.text.anchors import to_selectors

Shape = dict[str, Any]


def moment(value: datetime | date | None) -> str | None:
    """A time in UTC with Z, a date as it is, None for none."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if value else None


def article(record: Article) -> Shape:
    """What is known of an article."""
    return {
        "id": record.id,
        "title": record.title,
        "byline": record.byline,
        "outlet": record.outlet,
        "url": record.url,
        "published_on": moment(record.published_on),
        "note": record.note,
    }


def summary(item: ArticleSummary) -> Shape:
    """An article with its progress."""
    return article(item.article) | {
        "version": item.version.id,
        "language": item.version.language,
        "length": len(item.version.text),
        "units": item.units,
        "claims": item.claims,
        "checked": item.checked,
        "covered": item.covered,
        "set_aside": item.set_aside,
        "open": item.open,
        "conflicts": item.conflicts,
        "percent": item.percent,
    }


def unit(item: UnitView, text: str) -> Shape:
    """A unit with its state."""
    return {
        "start": item.start,
        "end": item.end,
        "kind": item.kind.value,
        "state": item.state.value,
        "text": text[item.start : item.end],
        "claims": list(item.claims),
    }


def coverage(item: Coverage) -> Shape:
    """How many characters are in which state."""
    return {
        "characters": item.characters,
        "checked": item.checked,
        "set_aside": item.set_aside,
        "in_work": item.in_work,
        "to_check": item.to_check,
        "units": item.units,
        "units_open": item.units_open,
        "percent": item.percent,
    }


def claim(view: ClaimView) -> Shape:
    """A claim with everything decided about it."""
    record, orphan = view.claim, view.anchor.orphan
    return {
        "id": record.id,
        "number": view.number,
        "depth": view.depth,
        "status": view.status.value,
        "unit_kind": view.kind.value,
        "start": None if orphan else record.start,
        "end": None if orphan else record.end,
        "fragments": [list(piece) for piece in record.fragments],
        "anchor": anchor(view),
        "wording": record.wording,
        "original": view.original,
        "wording_edited": view.edited,
        "relation": record.relation.value,
        "parent": record.parent_id,
        "set_aside_because": record.reason,
        "kinds": list(record.kinds),
        "reasons": list(record.reasons),
        "reasons_for_kinds": list(view.reasons.kinds),
        "reasons_for_checkworthiness": list(view.reasons.score),
        "checkworthiness": record.checkworthiness / 1000,
        "suggested": record.suggested,
        "attribution": record.attribution,
        "helper": record.helper,
        "citations": [citation(item) for item in view.citations],
        "verdicts": [verdict(item) | {"text_changed_since": item.decision in view.stale} for item in view.verdicts],
        "text_changed_since": bool(view.stale),
        "confirmations": [confirmation(item) for item in view.confirmations],
        "reviews": [review(item) for item in view.reviews],
        "resolutions": [resolution(item) for item in view.resolutions],
    }


def anchor(view: ClaimView) -> Shape:
    """Where a claim stands in the latest version: a target of the W3C Web Annotation Data Model, with what became of it.

    Of an orphan, the selectors say where it last stood.
    """
    found = view.anchor
    return {
        "state": found.state.value,
        "version": found.last_in,
        "made": {
            "version": found.made_in,
            "start": found.made_start,
            "end": found.made_end,
            "text": found.made_words,
        },
        "placed_by": found.placed_by or None,
        "gone_because": found.reason,
        **(to_selectors(found.quote) if found.quote else {"selector": []}),
    }


def confirmation(record: Confirmation) -> Shape:
    """Somebody's word that a decision holds for changed words too."""
    return {
        "id": record.id,
        "decision": record.holds,
        "words": record.words,
        "note": record.note,
        "author": record.author,
        "decided_at": moment(record.decided_at),
    }


def offer(item: Offer) -> Shape:
    """An offered sub-claim; `id` names it for accepting and dropping, `claim` the claim that it became."""
    return {
        "id": item.id,
        "sentence": item.sentence,
        "state": item.state.value,
        "claim": item.claim or None,
        "start": item.start,
        "end": item.end,
        "fragments": [list(piece) for piece in item.fragments],
        "wording": item.wording,
        "relation": item.relation.value,
        "reliable": item.reliable,
        "helper": item.helper,
        "attribution": item.attribution,
        "kinds": list(item.kinds),
        "reasons": list(item.reasons),
        "checkworthiness": item.checkworthiness / 1000,
    }


def citation(view: CitationView) -> Shape:
    """A citation; the document's title is null where the document is withheld here."""
    return plain_citation(view.citation) | {
        "title": view.document.title if view.document else None,
        "withheld": view.document is None,
        "quote_found": view.quote_found,
    }


def plain_citation(record: Citation) -> Shape:
    """A citation by itself."""
    return {
        "id": record.id,
        "claim": record.claim_id,
        "document": record.document,
        "start": record.start,
        "end": record.end,
        "quote": record.quote,
        "locator": record.locator,
        "stance": record.stance.value,
        "role": record.role.value,
        "accessed_on": moment(record.accessed_on),
        "note": record.note,
        "author": record.author,
        "conflict": record.conflicted,
    }


def verdict(record: Verdict) -> Shape:
    """A verdict; `rid` names the decision itself."""
    return {
        "id": record.id,
        "rid": record.rid,
        "scale": record.scale,
        "scale_version": record.scale_version,
        "level": record.level,
        "rationale": record.rationale,
        "missing": record.missing,
        "words": record.words,
        "author": record.author,
        "decided_at": moment(record.decided_at),
        "conflict": record.conflicted,
    }


def review(record: Review) -> Shape:
    """A review of one recorded verdict."""
    return {
        "id": record.id,
        "verdict": record.verdict_id,
        "verdict_rid": record.verdict_rid,
        "outcome": record.outcome.value,
        "level": record.level,
        "note": record.note,
        "author": record.author,
        "decided_at": moment(record.decided_at),
    }


def resolution(record: Resolution) -> Shape:
    """What was chosen for some words; `choice` is null where they cannot be resolved."""
    return {
        "id": record.id,
        "rid": record.rid,
        "start": record.start,
        "end": record.end,
        "text": record.text,
        "type": record.type,
        "choice": None if record.unresolvable else record.choice,
        "unresolvable": record.unresolvable,
        "note": record.note,
        "author": record.author,
        "decided_at": moment(record.decided_at),
        "conflict": record.conflicted,
    }


def conflict(view: ConflictView) -> Shape:
    """Differing decisions about one thing, numbered from 1 in the order given."""
    return {
        "kind": str(view.kind),
        "entity": view.entity,
        "title": view.title,
        "claim": view.claim_id,
        "choices": [
            {"rid": item.rid, "author": item.author, "at": moment(item.at), "text": item.text, "data": item.data}
            for item in view.choices
        ],
    }
