"""Marking a document confidential after it has left: what cannot be taken back is said at that moment."""

from pathlib import Path

import pytest

from db.vocabulary import Confidentiality, Role, Stance
from workbench.app import Workbench

CONFIDENTIAL, PUBLIC = Confidentiality.CONFIDENTIAL, Confidentiality.PUBLIC
TEXT = b"The pier is 90 metres long, the ledger says."


@pytest.fixture
def held(workbench: Workbench) -> Workbench:
    """A desk with one public document."""
    workbench.evidence.add_data(TEXT, "ledger.txt")
    return workbench


def test_what_was_packed_before_may_hold_it(held: Workbench, tmp_path: Path) -> None:
    held.sharing.pack(tmp_path / "one.db")
    marked = held.evidence.set_confidentiality("1", CONFIDENTIAL)
    assert marked.warning.startswith("1 share packed here (")
    assert "cannot be taken back" in marked.warning
    assert "nobody there is told" in marked.warning


def test_where_nothing_was_packed_it_says_so(held: Workbench) -> None:
    assert "No share with it is on record here." in held.evidence.set_confidentiality("1", CONFIDENTIAL).warning


def test_only_what_makes_it_confidential_warns(held: Workbench, tmp_path: Path) -> None:
    held.sharing.pack(tmp_path / "one.db")
    assert held.evidence.set_confidentiality("1", Confidentiality.INTERNAL).warning == ""
    assert held.evidence.set_confidentiality("1", CONFIDENTIAL).warning
    assert held.evidence.set_confidentiality("1", CONFIDENTIAL).warning == ""
    assert held.evidence.set_confidentiality("1", PUBLIC).warning == ""


def test_a_share_from_before_the_document_holds_it_not(workbench: Workbench, tmp_path: Path) -> None:
    workbench.articles.add(b"The pier is long.\n", "pier.txt")
    workbench.sharing.pack(tmp_path / "early.db")
    workbench.evidence.add_data(TEXT, "ledger.txt")
    assert "No share" in workbench.evidence.set_confidentiality("1", CONFIDENTIAL).warning


def test_another_desk_that_cited_it_has_it(held: Workbench, desk: object, tmp_path: Path) -> None:
    article = held.articles.add(b"The pier is 90 metres long.\n", "pier.txt")
    held.sharing.pack(tmp_path / "out.db")
    other: Workbench = desk("ben")  # type: ignore[operator]
    other.sharing.merge(tmp_path / "out.db")
    claim = other.articles.desk(article.id).claims[0].claim.id
    other.verdicts.cite(claim, "1", stance=Stance.SUPPORTS, role=Role.PRIMARY)
    other.sharing.pack(tmp_path / "back.db")
    held.sharing.merge(tmp_path / "back.db")
    assert held.evidence.set_confidentiality("1", CONFIDENTIAL).warning.startswith("Another desk has this document")
    held.sharing.pack(tmp_path / "again.db")
    other.sharing.merge(tmp_path / "again.db")
    assert other.evidence.show("1").text == TEXT.decode(), "it stays with the other desk, as the warning says"


def test_bringing_it_in_again_as_confidential_warns_too(held: Workbench, tmp_path: Path) -> None:
    held.sharing.pack(tmp_path / "one.db")
    report = held.evidence.add_data(TEXT, "ledger.txt", confidentiality=CONFIDENTIAL)
    assert report.tightened == 1
    assert [warning for warning in report.warnings if "cannot be taken back" in warning.message]
