"""ClaimReview: what is exported, which rules it is held to, and that it is read back as it was."""

import json
from dataclasses import replace
from datetime import date

import pytest

from workbench.intake.formats.claimreview import document_of, reviews_in
from workbench.reports import ReportClaim, ReportModel, lint_claimreview, to_claimreview
from workbench.reports.model import ReportVerdict
from workbench.verdicts import scale

PAGE = "https://desk.example/checks/bridge"


def made(model: ReportModel, **changes: object) -> ReportModel:
    """The report with one claim in force, its page, and some changes to the claim."""
    claim = replace(model.claims[0], **changes)  # type: ignore[arg-type]
    return replace(model, claims=(claim,), page=PAGE)


def rated(model: ReportModel, scale_id: str, level: str, rationale: str = "One day off.") -> ReportModel:
    """The report with one verdict."""
    found = scale(scale_id).level(level)
    entry = replace(model.claims[0].verdicts[0].entries[0], level_id=found.id, label=found.label, rationale=rationale)
    changed = made(model, verdicts=(ReportVerdict(scale_id, "1", (entry,)),))
    return replace(changed, scales=(scale(scale_id),))


def markup(model: ReportModel) -> dict[str, object]:
    return dict(json.loads(to_claimreview(model)))


def rules(model: ReportModel) -> set[str]:
    return {found.rule for found in lint_claimreview(model)}


def test_what_is_exported_is_read_back_to_the_letter(model: ReportModel) -> None:
    one = rated(model, "politifact", "mostly-true")
    (found,) = reviews_in(json.loads(to_claimreview(one)))
    document = document_of(*found)
    assert document is not None
    assert document.fact_check is not None
    checked = document.fact_check
    assert checked.claim_reviewed == "The footbridge over the Lenn opened on 3 May 2019."
    assert (checked.rating_label, checked.rating_value) == ("Mostly True", "5")
    assert (checked.worst_rating, checked.best_rating) == ("1", "6")
    assert (checked.explanation, checked.reviewer) == ("One day off.", one.database)
    assert (checked.url, checked.reviewed_at) == (f"{PAGE}#claim-1", "2026-11-03")
    assert checked.claimed_by == "Harbour Office"
    assert checked.claimed_at == (one.article.published.isoformat() if one.article.published else "")


def test_each_verdict_in_force_is_one_review_and_the_rest_is_named(model: ReportModel) -> None:
    table = markup(replace(model, page=PAGE))
    graph = table["@graph"]
    assert isinstance(graph, list)
    assert len(graph) == 2
    assert [review["reviewRating"]["alternateName"] for review in graph] == ["Needs change", "Mostly True"]
    left_out = [found for found in lint_claimreview(replace(model, page=PAGE)) if found.rule == "not-in-force"]
    assert [found.claim for found in left_out] == [2]
    assert "one-review-per-page" in rules(replace(model, page=PAGE))
    assert "SEALED" not in to_claimreview(model)


def test_levels_that_are_not_about_truth_have_no_numbers(model: ReportModel) -> None:
    for one in scale("averitec").levels:
        rating = markup(rated(model, "averitec", one.id))["reviewRating"]
        assert isinstance(rating, dict)
        assert ("ratingValue" in rating) == (one.truth is not None and scale("averitec").truth_range is not None)


def test_nothing_in_a_text_ends_the_script_that_holds_it(model: ReportModel) -> None:
    nasty = "</script><!-- & \u2028\u2029 \u202e"
    text = to_claimreview(rated(model, "politifact", "true", rationale=nasty))
    assert not set("<>&\u2028\u2029\u202e") & set(text)
    rating = json.loads(text)["reviewRating"]
    assert rating["ratingExplanation"] == "</script><!-- & \u202e"


LONG = "The footbridge over the Lenn was opened to the public by the Harbour Office on 3 May 2019"


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("claim-short", {"wording": LONG}),
        ("claim-required", {"wording": " ", "quoted": " "}),
        ("claim-without-rating", {"wording": "It is mostly true that the bridge opened."}),
        ("claimant-recommended", {"attribution": ""}),
    ],
)
def test_a_claim_that_breaks_a_rule_is_named(model: ReportModel, rule: str, changes: dict[str, object]) -> None:
    good = rated(model, "politifact", "mostly-true")
    claim: ReportClaim = replace(good.claims[0], **changes)  # type: ignore[arg-type]
    assert rule in rules(replace(good, claims=(claim,)))
    assert rule not in rules(good)


def test_a_page_or_article_that_breaks_a_rule_is_named(model: ReportModel) -> None:
    good = rated(model, "politifact", "mostly-true")
    good = replace(good, article=replace(good.article, url="https://paper.example/1", published=date(2026, 1, 1)))
    assert rules(good) == set()
    assert rules(replace(good, page="")) == {"url-required"}
    assert rules(replace(good, page="/checks/1")) == {"url-absolute"}
    assert rules(replace(good, page="https://bit.ly/x")) == {"url-shortener"}
    assert rules(replace(good, page=good.article.url)) == {"url-is-the-article"}
    assert rules(replace(good, database=" ")) == {"author-recommended"}
    assert rules(replace(good, article=replace(good.article, url=""))) == {"appearance-recommended"}
    assert rules(replace(good, article=replace(good.article, published=None))) == {"claim-date-recommended"}
    assert "pre-publication-scale" in rules(made(model))
    assert "explanation-one-paragraph" in rules(made(model))


def test_numbers_that_readers_refuse_are_named(model: ReportModel) -> None:
    good = rated(model, "politifact", "mostly-true")
    levels = tuple(replace(level, truth=0 if level.truth == 1 else level.truth) for level in scale("politifact").levels)
    assert "rating-range" in rules(replace(good, scales=(replace(scale("politifact"), levels=levels),)))
    same = tuple(replace(level, truth=2) for level in levels)
    assert "rating-range" in rules(replace(good, scales=(replace(scale("politifact"), levels=same),)))
    nameless = replace(good.claims[0].verdicts[0].entries[0], label=" ")
    claim = replace(good.claims[0], verdicts=(ReportVerdict("politifact", "1", (nameless,)),))
    assert "label-required" in rules(replace(good, claims=(claim,)))
