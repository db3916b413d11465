"""What would leave the desk with words of a confidential document leaves only when somebody says so."""

from pathlib import Path

import pytest
from tui_desk import Seat, opened, seated

from db.vocabulary import Confidentiality
from workbench.tui.forms.choosing import Choose
from workbench.tui.forms.files import ExportForm

SEALED = "The harbour master Ottokar Brandvoss told the inspectors that the pumps were never repaired."
CORVANE = "Corvane spent"


@pytest.fixture
def leaky(db: Path) -> Path:
    """The sample case with a confidential document whose words stand in a rationale."""
    with opened(db) as workbench:
        workbench.evidence.add_data(
            SEALED.encode(), "sealed.txt", source_name="a source", confidentiality=Confidentiality.CONFIDENTIAL
        )
        desk = workbench.articles.desk(workbench.articles.list()[0].article.id)
        claim = next(view.claim.id for view in desk.claims if CORVANE in view.claim.wording)
        workbench.verdicts.record(claim, "politifact", "true", rationale=f"We read: {SEALED}")
    return db


async def _typed_path(seat: Seat, path: Path) -> None:
    field = seat.screen.query_one("#path")
    field.value = str(path)  # type: ignore[attr-defined]
    await seat.settle()


async def test_the_report_is_read_with_a_warning_and_exported_only_on_purpose(leaky: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    async with seated(leaky, start=True) as seat:
        await seat.press("5")
        assert "would repeat what a confidential document says" in seat.text
        assert "Report" in seat.text
        await seat.press("x")
        assert isinstance(seat.screen, Choose)
        assert "What has left cannot be called back." in seat.text
        await seat.press("enter")
        assert not isinstance(seat.screen, Choose | ExportForm), "enter alone lets nothing out"
        await seat.press("x", "E")
        assert isinstance(seat.screen, ExportForm)
        await _typed_path(seat, target)
        await seat.press("f10")
        assert "Brandvoss" in target.read_text(encoding="utf-8")


async def test_the_report_is_copied_only_on_purpose(leaky: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(leaky, start=True) as seat:
        copied: list[str] = []
        monkeypatch.setattr(seat.app, "copy_to_clipboard", copied.append)
        await seat.press("5", "y", "n")
        assert copied == []
        await seat.press("y", "E")
        assert len(copied) == 1
        assert "Brandvoss" in copied[0]


async def test_a_report_that_repeats_nothing_asks_nothing(checked_db: Path) -> None:
    async with seated(checked_db, start=True) as seat:
        await seat.press("5")
        assert "would repeat" not in seat.text
        await seat.press("x")
        assert isinstance(seat.screen, ExportForm)


async def test_a_share_is_packed_with_such_words_only_on_purpose(leaky: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.db"
    async with seated(leaky, start=True) as seat:
        await seat.press("7", "p")
        await _typed_path(seat, target)
        await seat.press("f10")
        assert isinstance(seat.screen, Choose)
        assert "A confidential document is given away" in seat.text
        await seat.press("enter")
        assert "Nothing was packed." in seat.text
        assert not target.exists()
        await seat.press("p")
        await _typed_path(seat, target)
        await seat.press("f10", "E")
        assert "Packed into" in seat.text
        assert "confidential words left with" in seat.text
        assert target.exists()


async def test_marking_a_document_says_what_cannot_be_taken_back(db: Path, tmp_path: Path) -> None:
    with opened(db) as workbench:
        workbench.sharing.pack(tmp_path / "out.db")
    async with seated(db, start=True) as seat:
        await seat.press("3", "b", "c")
        assert any("1 share packed here" in notice for notice in seat.notices)
        await seat.press("b", "p")
        await seat.press("enter", "b", "c")
        assert sum("cannot be taken back" in notice for notice in seat.notices) == 2


async def test_the_path_is_typed_at_its_end_after_the_form_was_chosen(checked_db: Path, tmp_path: Path) -> None:
    target = tmp_path / "here.html"
    async with seated(checked_db, start=True) as seat:
        await seat.press("5", "x", "h", "ctrl+u")
        await seat.type(str(target))
        await seat.press("f10")
        assert target.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
