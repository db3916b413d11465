"""Verdicts as ClaimReview (schema.org), to be read by other programs, with the rules that readers of the markup hold it to.

Google's fact-check page (structured data, as of December 2025) and what the collectors of the markup expect.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from workbench.reports.addresses import link_target
from workbench.reports.data import raw_escaped
from workbench.reports.lint import Lint
from workbench.reports.model import ReportClaim, ReportModel, VerdictEntry
from workbench.reports.summary import in_force
from workbench.verdicts import RatingScale

SHORT = 75
"""Characters under which a reviewed claim is advised to stay."""
PRE_PUBLICATION = "prepublication"
_SHORTENERS = frozenset(
    {"bit.ly", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "ow.ly", "rb.gy", "rebrand.ly", "t.co", "t.ly", "tinyurl.com"}
)
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class _Review:
    claim: ReportClaim
    scale_key: str
    entry: VerdictEntry
    scale: RatingScale | None


def to_claimreview(model: ReportModel) -> str:
    """One ClaimReview for each verdict in force, as JSON-LD that may stand inside a script element of a page.

    Verdicts in conflict, not final or waiting for a new check are left out; `lint_claimreview` names them. Levels that are
    not about truth have no numbers.
    """
    reviews = [_markup(one, model) for one in _reviews(model)]
    table: dict[str, Any] = {"@context": "https://schema.org"}
    table |= reviews[0] if len(reviews) == 1 else {"@graph": reviews}
    text = raw_escaped(json.dumps(table, ensure_ascii=False, allow_nan=False, indent=2))
    return re.sub("[<>&\u2028\u2029]", lambda found: _ESCAPED[found.group()], text) + "\n"


def _reviews(model: ReportModel) -> Iterator[_Review]:
    for claim in model.claims:
        for key, entry in in_force(claim):
            yield _Review(claim, key, entry, model.scale(key))


def _markup(one: _Review, model: ReportModel) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": one.entry.label, **_numbers(one)}
    if one.entry.rationale.strip():
        rating["ratingExplanation"] = " ".join(one.entry.rationale.split())
    item: dict[str, Any] = {"@type": "Claim"}
    if one.claim.attribution.strip():
        item["author"] = {"name": " ".join(one.claim.attribution.split())}
    if model.article.published:
        item["datePublished"] = model.article.published.isoformat()
    where = link_target(model.article.url)
    if where:
        item["appearance"] = {"@type": "CreativeWork", "url": where, "headline": model.article.title}
    markup = {
        "@type": "ClaimReview",
        "url": _address(one, model),
        "datePublished": one.entry.recorded_at.date().isoformat(),
        "inLanguage": model.article.language if model.article.language != "und" else "",
        "author": {"@type": "Organization", "name": model.database} if model.database.strip() else None,
        "claimReviewed": _claimed(one),
        "itemReviewed": item,
        "reviewRating": rating,
    }
    return {name: value for name, value in markup.items() if value}


def _claimed(one: _Review) -> str:
    return " ".join((one.claim.wording or one.claim.quoted).split())


def _address(one: _Review, model: ReportModel) -> str:
    """The page, and the claim on it: several reviews on one page need to be told apart."""
    page = model.page.strip().partition("#")[0]
    return f"{page}#claim-{one.claim.number}" if page else ""


def _numbers(one: _Review) -> dict[str, float]:
    level = next((level for level in one.scale.levels if level.id == one.entry.level_id), None) if one.scale else None
    ends = one.scale.truth_range if one.scale else None
    if level is None or level.truth is None or ends is None:
        return {}
    worst, best = ends
    return {"ratingValue": _whole(level.truth), "worstRating": _whole(worst), "bestRating": _whole(best)}


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def lint_claimreview(model: ReportModel) -> tuple[Lint, ...]:
    """What readers of the markup would refuse or dislike, each with the rule that it breaks.

    Rules: url-required, url-absolute, url-shortener, url-is-the-article, author-recommended, one-review-per-page,
    not-in-force, claim-required, claim-short, claim-without-rating, label-required, claimant-recommended,
    appearance-recommended, claim-date-recommended, rating-range, explanation-one-paragraph, pre-publication-scale.
    """
    reviews = list(_reviews(model))
    found = [*_of_page(model, len(reviews))]
    given = {(one.claim.number, one.scale_key) for one in reviews}
    for claim in model.claims:
        for verdict in claim.verdicts:
            if (claim.number, verdict.scale_key) not in given:
                message = (
                    f"The verdict on {verdict.scale_key} is in conflict, not final or to be checked again: left out."
                )
                found.append(Lint("not-in-force", claim.number, message))
    for one in reviews:
        found.extend(Lint(rule, one.claim.number, message) for rule, message in _of_review(one, model))
    return tuple(found)


def _of_page(model: ReportModel, reviews: int) -> Iterator[Lint]:
    page = model.page.strip()
    parts = urlsplit(page) if link_target(page) else None
    if not page:
        yield Lint("url-required", None, "No address of the page is given: the markup is read without its url by few.")
    elif parts is None or parts.scheme not in ("http", "https"):
        yield Lint("url-absolute", None, f"{page} is no absolute web address.")
    elif (parts.hostname or "").removeprefix("www.") in _SHORTENERS:
        yield Lint("url-shortener", None, f"{parts.hostname} shortens addresses; give the address of the page itself.")
    if page and page == model.article.url.strip():
        yield Lint("url-is-the-article", None, "The address is that of the article under check, not of the check.")
    if not model.database.strip():
        yield Lint("author-recommended", None, "Who checked is not named; give the desk a name.")
    if reviews > 1:
        message = f"{reviews} reviews in one markup; one a page is read as a single result."
        yield Lint("one-review-per-page", None, message)


def _of_review(one: _Review, model: ReportModel) -> Iterator[tuple[str, str]]:
    yield from _of_claim(one)
    if link_target(model.article.url) is None:
        yield "appearance-recommended", "The article has no address: where the claim appeared is not said."
    if model.article.published is None:
        yield "claim-date-recommended", "The article has no date: when the claim was made is not said."
    yield from _of_rating(one)


def _of_claim(one: _Review) -> Iterator[tuple[str, str]]:
    claimed, label = _claimed(one), one.entry.label.strip()
    if not claimed:
        yield "claim-required", "There is no wording to review."
    if len(claimed) >= SHORT:
        yield "claim-short", f"The wording has {len(claimed)} characters; under {SHORT} is advised."
    if label and re.search(rf"(?<!\w){re.escape(label.casefold())}(?!\w)", claimed.casefold()):
        yield "claim-without-rating", f"The wording holds the rating, “{label}”."
    if not one.claim.attribution.strip():
        yield "claimant-recommended", "Who claims it is not named."


def _of_rating(one: _Review) -> Iterator[tuple[str, str]]:
    label = one.entry.label.strip()
    if not label:
        yield "label-required", "The level has no name."
    numbers = _numbers(one)
    if numbers and not 1 <= numbers["worstRating"] <= numbers["ratingValue"] <= numbers["bestRating"]:
        yield "rating-range", "The numbers are not worst ≥ 1, worst ≤ value ≤ best."
    elif numbers and numbers["worstRating"] >= numbers["bestRating"]:
        yield "rating-range", "The worst number is not below the best."
    if re.search(r"\n\s*\n", one.entry.rationale.strip()):
        yield "explanation-one-paragraph", "The rationale has several paragraphs; the markup joins them."
    if one.scale_key.partition("@")[0] == PRE_PUBLICATION:
        yield "pre-publication-scale", f"“{label}” is an outcome for the editor, not a published rating."
