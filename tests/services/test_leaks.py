"""What is confidential stays out of reports, however it got near them."""

from pathlib import Path

import pytest

from db.identity import derived
from db.revisions import data_of, heads
from db.vocabulary import Confidentiality, Kind, Role, Stance
from db.withholding import withheld_documents
from workbench.app import Workbench
from workbench.errors import InputRefused

SEALED = "Keeper Ottilie Brandvoss wrote that the pier would sink within nine weeks of the storm."
CONFIDENTIAL = Confidentiality.CONFIDENTIAL


@pytest.fixture
def case(workbench: Workbench, tmp_path: Path) -> tuple[str, str, str]:
    """An article, its first claim, and a citation of a confidential document."""
    (tmp_path / "memo.txt").write_text(f"The sealed memo\n\n{SEALED}\n")
    workbench.evidence.add_paths([tmp_path / "memo.txt"], confidentiality=CONFIDENTIAL)
    article = workbench.articles.add(b"The pier is 90 metres long.\n\nIt is a lovely pier.\n", "pier.txt")
    claim = workbench.articles.desk(article.id).claims[0].claim.id
    citation = workbench.verdicts.cite(claim, "1", stance=Stance.SUPPORTS, role=Role.PRIMARY, quote=SEALED)
    return article.id, claim, citation.id


def disagree(workbench: Workbench, kind: Kind, entity: str, *changes: dict[str, object]) -> None:
    """Let differing decisions stand side by side, as two desks' would after a merge."""
    with workbench._store.write("two desks") as unit:
        (head,) = heads(unit.session, entity)
        data = data_of(head)
        assert data is not None
        for change in changes:
            unit.journal.append(kind, entity, data | change, [head.rid])


def test_a_conflict_about_a_confidential_passage_is_told_without_its_words(
    workbench: Workbench, case: tuple[str, str, str]
) -> None:
    article, _, citation = case
    disagree(workbench, Kind.CITATION, citation, {"stance": "refutes"}, {"stance": "context"})
    for form in ("markdown", "html", "json"):
        text = workbench.reports.render(article, form)
        assert "Brandvoss" not in text
        assert "a passage of a confidential document" in text
        assert "stance: refutes" in text
    (shown,) = workbench.verdicts.conflicts()
    assert "Brandvoss" in shown.choices[0].text


def test_report_evidence_and_pack_agree_on_what_is_confidential(
    workbench: Workbench, case: tuple[str, str, str], tmp_path: Path
) -> None:
    article, _, _ = case
    document = workbench.evidence.set_confidentiality("1", Confidentiality.INTERNAL).document
    assert "Brandvoss" in workbench.reports.render(article, "markdown")
    with workbench._store.read() as session:
        entity = derived("handling", document.content_hash)
        assert withheld_documents(session) == set()
    disagree(workbench, Kind.HANDLING, entity, {"confidentiality": "public"}, {"confidentiality": "confidential"})
    assert "Brandvoss" not in workbench.reports.render(article, "markdown")
    assert workbench.evidence.show("1").view.confidentiality is CONFIDENTIAL
    assert workbench.sharing.pack(tmp_path / "share.db").withheld_documents == 1


def test_a_report_that_would_repeat_a_confidential_document_names_the_claim(
    workbench: Workbench, case: tuple[str, str, str], tmp_path: Path
) -> None:
    article, claim, _ = case
    workbench.verdicts.record(claim, "politifact", "true", rationale=f"We read: {SEALED}")
    number = workbench.claims.get(claim).number
    with pytest.raises(InputRefused, match=rf"claim {number} \(rationale\)") as caught:
        workbench.reports.render(article, "markdown")
    assert "Brandvoss" not in str(caught.value)
    with pytest.raises(InputRefused, match=f"claim {number}"):
        workbench.reports.write(article, "html", tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()
    assert "Brandvoss" in workbench.reports.render(article, "markdown", even_quoting=True)
    workbench.reports.write(article, "html", tmp_path / "report.html", even_quoting=True)
    workbench.verdicts.record(claim, "politifact", "true", rationale="We measured it.")
    assert "We measured it." in workbench.reports.render(article, "markdown")


def test_another_articles_quotation_does_not_stop_a_report(workbench: Workbench, case: tuple[str, str, str]) -> None:
    article, _, _ = case
    other = workbench.articles.add(b"The quay is 20 metres long.\n", "quay.txt")
    claim = workbench.articles.desk(other.id).claims[0].claim.id
    workbench.verdicts.record(claim, "politifact", "true", rationale=SEALED)
    assert "The pier is 90 metres long." in workbench.reports.render(article, "markdown")
    with pytest.raises(InputRefused):
        workbench.reports.render(other.id, "markdown")
