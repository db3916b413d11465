"""Fact-checks of others: ClaimReview (schema.org) as it is found, in JSON-LD, lists, feeds, or the Fact Check Tools' answers.

Real feeds are dirty: ratings as texts, labels as lists or {"@value": …}, everything under "properties", several addresses in
one text. All of that is read; a label is kept as it is and never turned into another.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from workbench.intake.formats.building import clean, flowing
from workbench.intake.formats.dating import day_of
from workbench.intake.formats.describing import described
from workbench.intake.model import FactCheck, IncomingDocument

MEDIA_TYPE = "application/ld+json;type=ClaimReview"
_MOST = 100_000
_ADDRESS = re.compile(r"https?://[^\s,;<>\"']+")
_HOLDERS = (
    "@graph",
    "dataFeedElement",
    "item",
    "claims",
    "claimReview",
    "itemListElement",
    "data",
    "results",
    "reviews",
)


def reviews_in(value: object) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every ClaimReview in a JSON value with the object that held it, wherever a feed may put it. Without recursion."""
    stack: list[tuple[object, dict[str, Any]]] = [(value, {})]
    found = 0
    while stack and found < _MOST:
        one, holder = stack.pop()
        if isinstance(one, list):
            stack.extend((item, holder) for item in reversed(one))
        elif isinstance(one, dict):
            inner = one.get("properties")
            merged = {**one, **inner} if isinstance(inner, dict) else one
            if _is_review(merged, holder):
                found += 1
                yield merged, holder
                continue
            stack.extend(
                (merged[key], merged) for key in reversed(_HOLDERS) if isinstance(merged.get(key), list | dict)
            )


def _is_review(value: dict[str, Any], holder: dict[str, Any]) -> bool:
    kinds = value.get("@type") or value.get("type") or ""
    several = kinds if isinstance(kinds, list) else [kinds]
    if any(str(kind).rpartition("/")[2] == "ClaimReview" for kind in several):
        return True
    # The Fact Check Tools API says textualRating, and has the claim in the object around it.
    return "textualRating" in value and "text" in holder


def document_of(value: dict[str, Any], holder: dict[str, Any]) -> IncomingDocument | None:
    """The fact-check as a document; None where it says neither what was claimed nor how it was rated."""
    checked = _checked(value, holder)
    if not checked.claim_reviewed or not (checked.rating_label or checked.explanation or checked.rating_value):
        return None
    parts = [
        ("Claim", checked.claim_reviewed),
        ("Claimed by", checked.claimed_by),
        ("Claimed on", checked.claimed_at),
        ("Rating", checked.rating_label or _numbers(checked)),
        ("Reviewed by", checked.reviewer),
        ("Explanation", checked.explanation),
        ("Body", _text(value.get("reviewBody") or value.get("text") or value.get("description"))),
    ]
    record = json.dumps(
        value if not holder or "text" not in holder else {**holder, "claimReview": [value]}, ensure_ascii=False
    )
    title = _text(value.get("headline") or value.get("name") or value.get("title")) or checked.claim_reviewed
    return described(
        parts,
        title=title,
        authors=_names(value.get("author")) if not _organisation(value.get("author")) else (),
        outlet=checked.reviewer or None,
        published=day_of(checked.reviewed_at),
        url=checked.url,
        language=_text(value.get("inLanguage") or value.get("languageCode"))[:2].lower(),
        media_type=MEDIA_TYPE,
        record=clean(record),
        fact_check=checked,
    )


def _checked(value: dict[str, Any], holder: dict[str, Any]) -> FactCheck:
    rating = _first(value.get("reviewRating"))
    claim = _first(value.get("itemReviewed"))
    stated = rating if isinstance(rating, dict) else {}
    about = claim if isinstance(claim, dict) else {}
    label = _label(stated.get("alternateName")) or _label(stated.get("name")) or _text(value.get("textualRating"))
    if not label and not isinstance(rating, dict):
        label = _label(rating)
    spread = _spread(stated)
    places = [about.get(key) for key in ("appearance", "firstAppearance", "url")]
    return FactCheck(
        claim_reviewed=_text(value.get("claimReviewed")) or _text(about.get("name")) or _text(holder.get("text")),
        rating_label=label,
        rating_value=spread[0],
        best_rating=spread[1],
        worst_rating=spread[2],
        explanation=_text(stated.get("ratingExplanation")),
        reviewer=next(iter(_names(value.get("author") or value.get("publisher"))), ""),
        url=next(iter(_addresses(value.get("url") or value.get("@id"))), ""),
        reviewed_at=_text(value.get("datePublished") or value.get("reviewDate"))[:40],
        claimed_by=next(iter(_names(about.get("author") or about.get("creator") or holder.get("claimant"))), ""),
        claimed_at=_text(about.get("datePublished") or holder.get("claimDate"))[:40],
        appearances=tuple(dict.fromkeys(address for place in places for address in _addresses(place)))[:50],
    )


def _spread(rating: dict[str, Any]) -> tuple[str, str, str]:
    """Value, best and worst as written; -1 for all of them means that there is no rating."""
    values = tuple(_text(rating.get(key))[:40] for key in ("ratingValue", "bestRating", "worstRating"))
    return ("", "", "") if set(values) <= {"-1", ""} else (values[0], values[1], values[2])


def _numbers(checked: FactCheck) -> str:
    if not checked.rating_value:
        return ""
    scale = f" (worst {checked.worst_rating}, best {checked.best_rating})" if checked.best_rating else ""
    return checked.rating_value + scale


def _first(value: object) -> object:
    return (value[0] if value else None) if isinstance(value, list) else value


def _text(value: object) -> str:
    """The text in a value: itself, a number, {"@value": …}, or the first of a list."""
    value = _first(value)
    if isinstance(value, dict):
        value = _first(value.get("@value", value.get("name")))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return flowing(str(value))[:20_000]


def _label(value: object) -> str:
    """A rating's label as it is; of a list, all of its labels."""
    if isinstance(value, list):
        return " / ".join(dict.fromkeys(filter(None, map(_text, value[:10]))))
    return _text(value)


def _names(value: object) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value]
    names = [_text(one.get("name") or one.get("url")) if isinstance(one, dict) else _text(one) for one in several[:50]]
    return tuple(name[:500] for name in names if name)


def _organisation(value: object) -> bool:
    value = _first(value)
    return not isinstance(value, dict) or str(value.get("@type", "Organization")).rpartition("/")[2] != "Person"


def _addresses(value: object) -> list[str]:
    """The addresses in a text, list or object, several in one text too."""
    if isinstance(value, list):
        return [address for one in value[:50] for address in _addresses(one)]
    if isinstance(value, dict):
        return _addresses(value.get("url") or value.get("@id"))
    return [address[:2000] for address in _ADDRESS.findall(value)][:50] if isinstance(value, str) else []
