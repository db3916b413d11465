"""What a report says: what is open, what is in conflict, what stays out."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from workbench.reports import (
    ClaimStatus,
    Coverage,
    ReportModel,
    ReportVerdict,
    Standing,
    lint,
    standing,
    summarise,
    to_html,
    to_json,
    to_markdown,
)
from workbench.reports.summary import coverage_line, share

RENDERERS = [to_markdown, to_html, to_json]


def _head(text: str) -> str:
    return text.split("Summary", 1)[0]


def test_open_work_is_said_before_the_summary(model: ReportModel) -> None:
    changed = replace(model, coverage=Coverage(10, 10, 10, 10, 6, 12))
    for render in (to_markdown, to_html):
        assert "12 of 28 units are not yet checked." in _head(render(changed))
        assert "1 of 3 claims is open" in _head(render(changed))
        assert "2 conflicts are not resolved." in _head(render(changed))


def test_a_finished_report_says_so_and_nothing_of_open_work(model: ReportModel) -> None:
    done = replace(model, claims=model.claims[:1], conflicts=(), not_checked=(), coverage=Coverage(220, 20, 0, 4, 1, 0))
    for render in (to_markdown, to_html):
        assert "Every unit is checked or set aside, and every claim has a verdict." in _head(render(done))
        assert "not yet checked" not in render(done)


def test_a_conflict_shows_every_alternative_and_no_verdict(model: ReportModel) -> None:
    assert standing(model.claims[1]) is Standing.CONFLICT
    text = to_markdown(replace(model, claims=model.claims[1:2]))
    assert "### 2 · ! Conflict, not resolved" in text
    assert "Recorded, 1: ✓ Confirmed" in text
    assert "Recorded, 2: ✗ Wrong" in text
    assert "No count exists." in text
    assert "**✓ Confirmed**" not in text
    assert "**✗ Wrong**" not in text
    assert '<strong class="tone supported">' not in to_html(replace(model, claims=model.claims[1:2]))


def test_a_changed_text_takes_the_verdict_out_of_force(model: ReportModel) -> None:
    claim = replace(model.claims[0], status=ClaimStatus.RECHECK)
    changed = replace(model, claims=(claim,))
    assert summarise(changed).levels == ()
    assert summarise(changed).recheck == 1
    text = to_markdown(changed)
    assert "### 1 · ! To check again: the text changed" in text
    assert "Recorded before the text changed; not in force." in text
    assert "**~ Needs change**" not in text


def test_a_provisional_verdict_leaves_the_claim_open(model: ReportModel) -> None:
    verdict = model.claims[0].verdicts[0]
    provisional = ReportVerdict("prepublication", "1", (replace(verdict.entries[0], final=False),))
    changed = replace(model, claims=(replace(model.claims[0], verdicts=(provisional,)),))
    assert standing(changed.claims[0]) is Standing.OPEN
    assert "? Open, verdict provisional" in to_markdown(changed)
    assert [found.rule for found in lint(changed) if found.claim == 1] == ["checked-without-verdict"]


def test_counts_are_by_scale_and_level(model: ReportModel) -> None:
    counts = summarise(model)
    assert (counts.claims, counts.settled, counts.open, counts.conflicts, counts.recheck) == (3, 1, 1, 1, 0)
    assert [(item.scale_key, item.level_id, item.claims) for item in counts.levels] == [
        ("politifact@1", "mostly-true", 1),
        ("prepublication@1", "needs-change", 1),
    ]


@pytest.mark.parametrize("render", RENDERERS)
def test_a_withheld_citation_gives_nothing_but_its_description(
    render: Callable[[ReportModel], str], model: ReportModel
) -> None:
    text = render(model)
    assert "SEALED" not in text
    assert "An engineer who worked on the bridge" in text
    assert "The person asked not to be named." in text


def test_the_wording_is_shown_only_where_it_differs(model: ReportModel) -> None:
    assert to_markdown(model).count("Wording that was checked:") == 1
    spaced = replace(model.claims[1], wording=" Some 4,000\npeople  cross it every day. ")
    assert not spaced.wording_differs


def test_scales_sources_and_ratings_are_explained(model: ReportModel) -> None:
    for text in (to_markdown(model), to_html(model)):
        assert "Pre-publication outcome, version 1" in text
        assert "it has to be corrected or cut" in text
        assert "2 of 11 assessed" in text
        assert "3 ratings, 2 independent raters" in text
        assert "without evidence, so it counts as unknown" in text
        assert "Date: the claim says 3 May, the passage 4 May." in text


def test_circular_lineage_is_pointed_out(model: ReportModel) -> None:
    first, second, _ = model.sources[0].attestations
    circle = (replace(first, derives_from=(second.rater,)), second)
    text = to_markdown(replace(model, sources=(replace(model.sources[0], attestations=circle),)))
    assert "2 ratings, 1 independent rater; these derive from each other: Lantern Index, Open Ledger" in text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "0 %"),
        (0, 10, "0 %"),
        (1, 1000, "under 1 %"),
        (1, 100, "1 %"),
        (999, 1000, "over 99 %"),
        (99, 100, "99 %"),
        (1, 2, "50 %"),
        (10, 10, "100 %"),
    ],
)
def test_a_share_never_rounds_to_nothing_or_all(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text


def test_coverage_of_an_empty_article_is_no_error() -> None:
    assert coverage_line(Coverage(0, 0, 0, 0, 0, 0)) == "0 % checked, 0 % set aside, 0 % open"


def test_times_without_a_zone_are_refused(model: ReportModel) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        replace(model, generated_at=naive)


def test_a_verdict_without_entries_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one entry"):
        ReportVerdict("prepublication", "1", ())


def test_an_empty_report_renders(model: ReportModel) -> None:
    empty = ReportModel(model.article, model.generated_at, "", "", "", Coverage(0, 0, 0, 0, 0, 0))
    assert "No claim is on record." in to_markdown(empty)
    assert "No claim is on record." in to_html(empty)
    assert '"claims": []' in to_json(empty)


def _rules(model: ReportModel) -> set[str]:
    return {found.rule for found in lint(model)}


def test_lints_of_the_sample_name_what_is_unfinished(model: ReportModel) -> None:
    assert _rules(model) == {"open-units", "open-claims", "conflict", "checklist"}


def test_a_clean_report_has_no_lints(model: ReportModel) -> None:
    done = replace(model, claims=model.claims[:1], conflicts=(), coverage=Coverage(220, 20, 0, 4, 1, 0))
    assert lint(done) == ()


def test_every_lint_of_a_citation(model: ReportModel) -> None:
    claim = model.claims[0]
    bare = replace(claim.citations[0], locator=" ", address="", archive="", document_id="", accessed_on=None, quote="")
    assert _rules(replace(model, claims=(replace(claim, citations=(bare,)),))) >= {
        "citation-without-locator",
        "citation-without-address",
        "citation-without-access-date",
        "citation-without-quote",
    }
    script = replace(claim.citations[0], address="javascript:alert(1)")
    assert "address-not-linked" in _rules(replace(model, claims=(replace(claim, citations=(script,)),)))
    silent = replace(model.claims[1].citations[0], withheld_reason="", public_description="")
    assert _rules(replace(model, claims=(replace(claim, citations=(silent,)),))) >= {
        "withheld-without-reason",
        "withheld-without-description",
    }


def test_every_lint_of_a_claim(model: ReportModel) -> None:
    claim = model.claims[0]
    assert "verdict-without-citation" in _rules(replace(model, claims=(replace(claim, citations=()),)))
    entry = replace(claim.verdicts[0].entries[0], rationale=" ", level_id="gone")
    verdicts = (replace(claim.verdicts[0], entries=(entry,)), replace(claim.verdicts[1], scale_version="9"))
    assert _rules(replace(model, claims=(replace(claim, verdicts=verdicts),))) >= {
        "verdict-without-rationale",
        "unknown-level",
        "unknown-scale",
    }
    assert "recheck" in _rules(replace(model, claims=(replace(claim, status=ClaimStatus.RECHECK),)))
    short = replace(model, article=replace(model.article, length=30))
    assert _rules(short) >= {"span-outside-article", "coverage"}
    unit = replace(model.set_aside[0], reason="")
    assert "set-aside-without-reason" in _rules(replace(model, set_aside=(unit,)))


def test_a_level_without_evidence_needs_no_citation(model: ReportModel) -> None:
    claim = model.claims[0]
    entry = replace(claim.verdicts[0].entries[0], level_id="not-checkable", label="Not checkable")
    verdict = replace(claim.verdicts[0], entries=(entry,))
    changed = replace(model, claims=(replace(claim, verdicts=(verdict,), citations=()),))
    assert "verdict-without-citation" not in _rules(changed)


def test_what_words_stand_for_and_what_is_left_open_stands_with_the_claim(model: ReportModel) -> None:
    text = to_markdown(model)
    assert "- “It” → the footbridge · resolved by Ana Brook, 2026-11-03 10:00 UTC · see \\[1\\]" in text
    assert "- “cost” → cannot be resolved · resolved by Bo Reed" in text
    assert "Left open by the text: “these \\<costs>”" in text
    page = to_html(model)
    assert "“It” → the footbridge" in page
    assert "“these &lt;costs&gt;”" in page
    claim = json.loads(to_json(model))["claims"][2]
    assert [one["choice"] for one in claim["resolutions"]] == ["the footbridge", None]
    assert claim["left_open"] == ["these <costs>"]


def test_the_articles_own_sourcing_is_a_section(model: ReportModel) -> None:
    text = to_markdown(model)
    section = text[text.index("## How the article sources itself") : text.index("## Not yet checked")]
    assert "| byline | J. Vale |" in section
    assert "| links | missing |" in section
    assert "| a source given by name | 1 |" in section
    assert "| experts \\| \\<b> | 171–179 |" in section
    assert "| no speaker found | “people cross it” |" in section
    assert "<b>" not in to_html(model)
    assert json.loads(to_json(model))["sourcing"]["missing"] == ["links"]
    assert "sources itself" not in to_markdown(replace(model, sourcing=None))
