"""Describing sources, and writing reports."""

import json
from pathlib import Path

import pytest

from db.vocabulary import Confidentiality, CriterionState, Role, SourceKind, Stance
from workbench.app import Workbench
from workbench.errors import InputRefused, NotFound

ROWS = [
    {"text": "The pier is 90 metres long.", "url": "https://www.post.example/pier", "source": "", "title": "Pier"},
    {"text": "The pier is 91 metres long.", "url": "https://evilpost.example/pier", "title": "Evil pier"},
    {"text": "The pier is old.", "source": "The Sample Post", "title": "Old pier"},
    {"text": "The pier is wet.", "url": "https://local.post.example/a", "title": "Wet pier"},
]


def fill(workbench: Workbench, tmp_path: Path) -> None:
    file = tmp_path / "e.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    workbench.evidence.import_jsonl(file)


def test_documents_belong_to_a_source_by_domain_or_by_name(workbench: Workbench, tmp_path: Path) -> None:
    fill(workbench, tmp_path)
    workbench.sources.add("The Post", domains=["https://Post.example/"], aliases=["The Sample Post"])
    listed = {view.document.title: view.source for view in workbench.evidence.list()}
    assert {title for title, source in listed.items() if source} == {"Pier", "Old pier", "Wet pier"}
    detail = workbench.sources.get("The Post")
    assert detail.view.documents == len(detail.documents) == 3
    assert detail.view.summary == "0 of 11 assessed"


def test_a_more_exact_domain_wins(workbench: Workbench, tmp_path: Path) -> None:
    fill(workbench, tmp_path)
    workbench.sources.add("The Post", domains=["post.example"])
    workbench.sources.add("The Local Post", domains=["local.post.example"])
    found = {view.document.title: view.source.source.name for view in workbench.evidence.list() if view.source}
    assert found == {"Pier": "The Post", "Wet pier": "The Local Post"}


def test_an_assessment_needs_evidence_and_no_evidence_means_unknown(workbench: Workbench) -> None:
    source = workbench.sources.add("The Post")
    criterion = workbench.sources.criteria()[0].id
    with pytest.raises(InputRefused):
        workbench.sources.assess(source.id, criterion, CriterionState.MET)
    with pytest.raises(InputRefused):
        workbench.sources.assess(source.id, "vibes", CriterionState.MET, evidence="seen")
    workbench.sources.assess(source.id, criterion, CriterionState.MET, evidence="imprint page")
    assert workbench.sources.get(source.id).view.summary == "1 of 11 assessed"
    workbench.sources.assess(source.id, criterion, CriterionState.UNKNOWN)
    assert workbench.sources.get(source.id).view.summary == "0 of 11 assessed"


def test_ratings_that_derive_from_each_other_count_once(workbench: Workbench) -> None:
    source = workbench.sources.add("The Post")
    workbench.sources.attest(source.id, "Rater A", "high")
    workbench.sources.attest(source.id, "Rater B", "high", derives_from="Rater A")
    workbench.sources.attest(source.id, "Rater C", "mixed")
    view = workbench.sources.get(source.id).view
    assert (view.attestations, view.raters) == (3, 2)


def test_names_are_unique_and_domains_are_domains(workbench: Workbench) -> None:
    workbench.sources.add("The Post", kind=SourceKind.AGENCY)
    for name, domains in (("the post", []), ("", []), ("Other", ["not a domain"])):
        with pytest.raises(InputRefused):
            workbench.sources.add(name, domains=domains)
    workbench.sources.edit("The Post", owner="Sample Holding")
    assert workbench.sources.get("The Post").view.source.owner == "Sample Holding"
    workbench.sources.withdraw("The Post")
    with pytest.raises(NotFound):
        workbench.sources.get("The Post")


def test_a_list_of_sources_is_taken_in_whole_or_not_at_all(workbench: Workbench) -> None:
    good = {"name": "A", "kind": "outlet", "domains": ["a.example"], "assessments": [], "attestations": []}
    with pytest.raises(InputRefused, match="source 2"):
        workbench.sources.import_json(json.dumps([good, {"name": "B", "kind": "planet"}]).encode(), "s.json")
    assert workbench.sources.list() == []
    assert workbench.sources.import_json(json.dumps({"sources": [good]}).encode(), "s.json") == 1
    assert workbench.sources.import_json(json.dumps([good]).encode(), "s.json") == 0


def test_a_report_says_everything_and_leaves_confidential_words_out(workbench: Workbench, tmp_path: Path) -> None:
    fill(workbench, tmp_path)
    article = workbench.articles.add(b"The pier is 90 metres long.\n\nIt is a lovely pier.\n", "pier.txt")
    first, second = (view.claim.id for view in workbench.articles.desk(article.id).claims)
    workbench.verdicts.cite(first, "1", stance=Stance.SUPPORTS, role=Role.PRIMARY)
    workbench.verdicts.cite(first, "3", stance=Stance.CONTEXT, role=Role.SECONDARY)
    workbench.evidence.set_confidentiality("3", Confidentiality.CONFIDENTIAL)
    workbench.verdicts.record(first, "politifact", "true", rationale="It was measured.")
    workbench.claims.set_aside(second, "opinion")
    for form in ("markdown", "html", "json"):
        text = workbench.reports.render(article.id, form)
        assert "It was measured." in text
        assert "opinion" in text
        assert "The pier is old" not in text
        assert "Old pier" not in text
    with pytest.raises(InputRefused):
        workbench.reports.render(article.id, "pdf")


def test_a_report_is_never_written_over_another_unasked(workbench: Workbench, tmp_path: Path) -> None:
    article = workbench.articles.add(b"The pier is 90 metres long.\n", "pier.txt")
    target = tmp_path / "report.md"
    workbench.reports.write(article.id, "markdown", target)
    written = target.read_text()
    with pytest.raises(InputRefused):
        workbench.reports.write(article.id, "html", target)
    assert target.read_text() == written
    workbench.reports.write(article.id, "html", target, overwrite=True)
    assert target.read_text().startswith("<!DOCTYPE html>")
    for bad in (tmp_path, tmp_path / "none" / "report.md"):
        with pytest.raises(InputRefused):
            workbench.reports.write(article.id, "markdown", bad)
    assert [path.name for path in tmp_path.glob("*.part")] == []
