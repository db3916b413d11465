"""Precedents and ClaimReview on the command line."""

import json
from pathlib import Path

import pytest
from cli_desk import CommandLine

OLD = "The harbour bridge at Ostrava carried 4,000 lorries a day before the flood."
NEW = "Before the flood the harbour bridge at Ostrava carried 9,000 lorries a day."


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    """A desk with one judged claim, one imported fact-check, and a new claim that is like both."""
    desk = CommandLine(tmp_path / "home")
    (tmp_path / "home").mkdir(exist_ok=True)
    review = {
        "@type": "ClaimReview",
        "claimReviewed": NEW,
        "reviewRating": {"alternateName": "Más o menos"},
        "author": {"name": "Coast Checks"},
        "url": "https://checks.example/bridge",
    }
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps([review]), encoding="utf-8")
    desk.ok("evidence", "add", feed)
    desk.ok("article", "add", "-", "--title", "Old", given=OLD)
    desk.ok("verdict", "record", desk.claim("4,000")["id"], "--scale", "politifact", "--level", "half-true",
            "--rationale", "The counters show 4,000.")  # fmt: skip
    return desk


def test_precedents_of_a_claim_with_rating_difference_and_label(line: CommandLine) -> None:
    found = line.ok("precedents", "--text", NEW)
    assert "1 own verdict · 1 imported fact-check · found by words" in found.out
    assert "~ Half True · Truth-O-Meter, version 1 · by Ana Brook" in found.out
    assert "≠ figure differs: claim 9,000, passage 4,000" in found.out
    assert "Más o menos · by Coast Checks" in found.out
    assert "A precedent is no verdict" in found.out
    assert "%" not in found.out


def test_json_note_and_draft(line: CommandLine) -> None:
    found = line.ok("precedents", "--text", NEW, "--format", "json").json
    assert [one["ratings"][0]["label"] for one in (*found["own"], *found["imported"])] == ["Half True", "Más o menos"]
    assert found["own"][0]["findings"][0]["relation"] == "conflict"
    assert line.ok("precedents", "--text", NEW, "--note", "2").out.startswith("Precedent (fact-check): “Before")
    assert line.ok("precedents", "--text", NEW, "--rationale", "1").out.endswith("]\nThe counters show 4,000.\n")
    assert line("precedents", "--text", NEW, "--rationale", "2").code == 3
    assert line("precedents", "--text", NEW, "--note", "3").code == 3
    assert line("precedents").code == 2
    own = line.ok("precedents", line.claim("4,000")["id"], "--words-only", "--format", "json").json
    assert (own["own"], len(own["imported"])) == ([], 1)
    assert "No precedent" in line.ok("precedents", "--text", "A baker sold her oven to a cousin last week").out


def test_claimreview_is_written_with_its_rules_and_read_back(line: CommandLine, tmp_path: Path) -> None:
    page = "https://desk.example/checks/7"
    target = tmp_path / "out.json"
    told = line.ok("report", line.article(), "--format", "claimreview", "--page", page, "-o", target)
    assert "claim-short: claim 1:" in told.err
    assert "url-required" not in told.err
    assert "url-required" in line.ok("report", line.article(), "--format", "claimreview").err
    line.ok("evidence", "add", target)
    found = line.ok("precedents", "--text", NEW, "--format", "json").json
    again = next(one for one in found["imported"] if one["wording"] == OLD)
    (rating,) = again["ratings"]
    assert (rating["label"], rating["scale"]) == ("Half True", "4 (worst 1, best 6)")
    assert rating["rationale"] == "The counters show 4,000."
    assert again["address"] == f"{page}#claim-1"
