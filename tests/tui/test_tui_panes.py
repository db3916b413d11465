"""Evidence, Sources, Reports, History and Share by keys."""

import json
import shutil
from pathlib import Path

import pytest
from tui_desk import SAMPLE, opened, seated

from db.vocabulary import Confidentiality, CriterionState
from workbench.services.views import Status
from workbench.tui.forms.conflicts import ConflictsPanel
from workbench.tui.forms.files import ExportForm
from workbench.tui.screens.document import DocumentScreen
from workbench.tui.screens.evidence import EvidenceScreen
from workbench.tui.widgets.fields import LineField, ProseField
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.rows import Rows


async def test_evidence_is_found_read_and_marked(checked_db: Path) -> None:
    async with seated(checked_db) as seat:
        await seat.press("3", "slash")
        await seat.type("treaty")
        await seat.press("enter")
        assert "with “treaty”" in seat.said("#evidence-head")
        await seat.press("enter")
        assert isinstance(seat.screen, DocumentScreen)
        assert "cited: supports, primary" in seat.text
        await seat.press("slash")
        await seat.type("berths")
        reader = seat.screen.query_one(Reader)
        assert reader._hits
        await seat.press("enter", "n", "escape")
        await seat.press("b", "c")
        assert "[confidential]" in seat.text
        shown = seat.workbench.evidence.show("sample-treaty-2011")
        assert shown.view.confidentiality is Confidentiality.CONFIDENTIAL
        await seat.press("y")
        assert "Treaty" in seat.app.clipboard
        await seat.press("escape", "escape")
        assert isinstance(seat.screen, EvidenceScreen)
        assert seat.screen.rows.count == seat.workbench.evidence.count()


async def test_import_by_path_says_what_was_refused_and_can_be_stopped(
    empty_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tmp_path / "rows.jsonl"
    lines = [json.dumps({"id": f"r{n}", "title": f"Note {n}", "text": f"Ship {n} left the quay."}) for n in range(900)]
    rows.write_text("\n".join([*lines, "{not json"]) + "\n", encoding="utf-8")
    async with seated(empty_db, (80, 24)) as seat:
        await seat.press("3", "a")
        await seat.type(str(tmp_path / "gone"))
        await seat.press("f10")
        assert any("There is nothing at" in notice for notice in seat.notices)
        await seat.press("escape", "a")
        seat.screen.query_one("#path").value = str(rows)  # type: ignore[attr-defined]
        await seat.press("f10")
        assert "900 documents added" in seat.text
        assert "line 901" in seat.text
        await seat.press("escape", "G")
        evidence = seat.screen
        assert isinstance(evidence, EvidenceScreen)
        assert evidence.rows.count == 900
        assert evidence.rows.cursor == 899
        assert "Note" in seat.text

        add_paths = seat.workbench.evidence.add_paths

        def stopped_at_once(*arguments: object, **options: object) -> object:
            evidence.action_cancel()
            return add_paths(*arguments, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(seat.workbench.evidence, "add_paths", stopped_at_once)
        await seat.press("a")
        seat.screen.query_one("#path").value = str(SAMPLE / "evidence")  # type: ignore[attr-defined]
        await seat.press("f10")
        assert not evidence.importing


async def test_a_million_rows_are_asked_for_page_by_page() -> None:
    from textual.app import App, ComposeResult
    from textual.content import Content

    wanted: list[int] = []

    class Long(App[None]):
        def get_theme_variable_defaults(self) -> dict[str, str]:
            return {"quiet": "#999999", "current": "#223344"}

        def compose(self) -> ComposeResult:
            yield Rows(lambda item, _: [Content(f"row {item}")], lambda item: item)

        def on_rows_page_wanted(self, event: Rows.PageWanted) -> None:
            wanted.append(event.offset)
            event.rows.put(event.offset, list(range(event.offset, event.offset + event.limit)))

    app = Long()
    async with app.run_test(size=(60, 20)) as pilot:
        rows = app.query_one(Rows)
        rows.expect(1_000_000)
        await pilot.pause()
        assert wanted == [0]
        assert rows.current == 0
        rows.focus()
        await pilot.press("G")
        await pilot.pause()
        assert rows.current == 999_999
        for offset in range(0, 9000, 100):
            rows.put(offset, list(range(offset, offset + 100)))
        assert len(rows._pages) == 60
        rows.show([])
        await pilot.press("j", "G", "g", "enter")
        assert rows.current is None


async def test_sources_are_added_assessed_and_attested(db: Path) -> None:
    async with seated(db, (100, 30)) as seat:
        await seat.press("4", "a")
        await seat.type("Lantern Review")
        await seat.press("tab", "tab")
        await seat.type("lantern.example")
        await seat.press("f10", "slash")
        await seat.type("lantern review")
        await seat.press("enter")
        assert "0 of 11 assessed" in seat.text
        await seat.press("A", "1", "m")
        await seat.type("The imprint names its owner.")
        await seat.press("f10")
        detail = seat.workbench.sources.get("Lantern Review")
        assert detail.profile.summary == "1 of 11 assessed"
        assert detail.profile.items[0].state.value == CriterionState.MET.value
        assert "The imprint names its owner." in seat.text
        await seat.press("T")
        await seat.type("Strait Press Register")
        await seat.press("tab")
        await seat.type("listed")
        await seat.press("f10")
        assert [item.value for item in seat.workbench.sources.get("Lantern Review").attestations] == ["listed"]
        assert "1 rating, 1 independent rater" in seat.screen.query_one("#profile", Reader).text
        await seat.press("A", "2", "m", "f10")
        assert any("evidence" in notice for notice in seat.notices)
        await seat.press("escape", "e")
        await seat.type(" of Books")
        await seat.press("f10")
        assert seat.workbench.sources.get("Lantern Review of Books").view.source.domains == ["lantern.example"]
        await seat.press("W")
        assert "Lantern Review of Books" not in [view.source.name for view in seat.workbench.sources.list()]


async def test_sources_come_in_from_a_file(empty_db: Path) -> None:
    async with seated(empty_db, (80, 24)) as seat:
        await seat.press("4", "I")
        seat.screen.query_one("#path").value = str(SAMPLE / "sources.json")  # type: ignore[attr-defined]
        await seat.press("enter")
        assert "7 of 11 assessed · 4 ratings, 2 independent raters" in seat.text
        await seat.press("enter")
        assert "Criteria:" in seat.text
        await seat.press("escape")
        assert "Criteria:" not in seat.text


async def test_a_report_is_read_exported_and_never_overwritten_unasked(checked_db: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    async with seated(checked_db) as seat:
        await seat.press("5")
        assert "# Fact-check report" in seat.text
        await seat.press("x", "h")
        assert isinstance(seat.screen, ExportForm)
        assert seat.screen.text_of("path").endswith(".html")
        seat.screen.query_one("#path").value = str(target)  # type: ignore[attr-defined]
        await seat.press("enter")
        assert any(f"Written to {target}" in notice for notice in seat.notices)
        first = target.read_text(encoding="utf-8")
        assert first.lstrip().lower().startswith("<!doctype html")
        await seat.press("x", "h")
        seat.screen.query_one("#path").value = str(target)  # type: ignore[attr-defined]
        await seat.press("enter")
        assert any("exists already" in notice for notice in seat.notices)
        assert isinstance(seat.screen, ExportForm)
        await seat.press("tab")
        await seat.type("yes")
        await seat.press("enter")
        assert not isinstance(seat.screen, ExportForm)
        await seat.press("y")
        assert seat.app.clipboard.startswith("# Fact-check report")


async def test_history_shows_what_a_step_changed(checked_db: Path) -> None:
    async with seated(checked_db) as seat:
        await seat.press("6")
        assert "u takes back: set a claim aside" in seat.said("#history-head")
        await seat.press("enter")
        assert "status: set_aside" in seat.text
        assert "reason: Notice about the sample" in seat.text
        await seat.press("escape", "u")
        assert "undo: set a claim aside" in seat.text


async def test_two_desks_share_and_a_conflict_is_resolved_by_number(checked_db: Path, tmp_path: Path) -> None:
    theirs, share = tmp_path / "theirs.db", tmp_path / "share.db"
    shutil.copy(checked_db, theirs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIM_WORKBENCH_HOME", str(tmp_path / "other home"))
        with opened(theirs, "Bo Reyes") as other:
            claim = next(
                view
                for view in other.articles.desk(other.articles.list()[0].article.id).claims
                if "signed the treaty" in view.claim.wording
            )
            other.verdicts.record(claim.claim.id, "politifact", "half-true", rationale="Three berths only.")
            other.sharing.pack(share, even_quoting=True)
    async with seated(checked_db, (100, 36)) as seat:
        claim = seat.claim("signed the treaty")
        seat.workbench.verdicts.record(claim.claim.id, "politifact", "mostly-true", rationale="Nearly.")
        await seat.press("7", "i")
        seat.screen.query_one("#path").value = str(share)  # type: ignore[attr-defined]
        await seat.press("enter")
        assert "decisions by" in seat.text
        assert "Bo Reyes" in seat.text
        await seat.press("m")
        seat.screen.query_one("#path").value = str(share)  # type: ignore[attr-defined]
        await seat.press("enter")
        assert "would bring" in seat.text
        assert seat.claim("signed the treaty").status is Status.SUPPORTED
        await seat.press("y")
        assert isinstance(seat.screen, ConflictsPanel)
        assert "Three berths only." in seat.text
        assert "Nearly." in seat.text
        lines = seat.text.splitlines()
        theirs_at = next(at for at, line in enumerate(lines) if "Three berths only." in line)
        number = next(part for at in range(theirs_at, 0, -1) for part in lines[at].split() if part in ("1", "2"))
        await seat.press(number)
        assert "No conflicts" in seat.text
        (verdict,) = seat.claim("signed the treaty").verdicts
        assert (verdict.level, verdict.conflicted) == ("half-true", False)


async def test_pack_back_up_and_check(db: Path, tmp_path: Path) -> None:
    async with seated(db, (100, 30)) as seat:
        await seat.press("7", "p")
        seat.screen.query_one("#path").value = str(tmp_path / "out.db")  # type: ignore[attr-defined]
        await seat.press("enter")
        assert "Packed into" in seat.text
        assert "held back: 1 document" in seat.text
        await seat.press("p")
        seat.screen.query_one("#path").value = str(tmp_path / "out.db")  # type: ignore[attr-defined]
        await seat.press("enter")
        assert any("exists already" in notice for notice in seat.notices)
        await seat.press("b")
        seat.screen.query_one("#path").value = str(tmp_path / "copy.db")  # type: ignore[attr-defined]
        await seat.press("enter")
        assert (tmp_path / "copy.db").stat().st_size > 100_000
        await seat.press("C")
        assert "All is well." in seat.text


async def test_a_pasted_text_comes_in_and_its_original_is_saved(db: Path, tmp_path: Path) -> None:
    async with seated(db) as seat:
        await seat.press("3", "a")
        seat.screen.query_one("#text", ProseField).set_text("The pilot wrote that the radar was dark.")
        await seat.press("f10")
        await seat.settle()
        assert any("1 document added" in notice for notice in seat.notices)
        added = seat.workbench.evidence.list(words="The pilot wrote")[0].document
        seat.app.push_screen(DocumentScreen(seat.screen.shell, added.content_hash))
        await seat.settle()
        assert "from pasted text" in seat.said("#document-head")
        assert "sha256" in seat.said("#document-head")
        await seat.press("x")
        seat.screen.query_one("#path", LineField).value = str(tmp_path / "saved.txt")
        await seat.press("f10")
        await seat.settle()
        assert (tmp_path / "saved.txt").read_text(encoding="utf-8") == "The pilot wrote that the radar was dark."


async def test_an_address_that_may_not_be_asked_is_refused_on_the_screen(db: Path) -> None:
    async with seated(db) as seat:
        await seat.press("3", "a")
        seat.screen.query_one("#path", LineField).value = "http://127.0.0.1/inside"
        await seat.press("f10")
        await seat.settle()
        assert any("not on the public internet" in notice for notice in seat.notices)
        assert not seat.screen.importing  # type: ignore[attr-defined]
