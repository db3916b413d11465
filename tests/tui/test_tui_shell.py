"""What holds everywhere: panes, leaving, drafts, sizes, the encoder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tui_desk import AlreadyOpen, LetterEncoder, opened, seated

from workbench.errors import InputRefused
from workbench.tui.app import WorkbenchApp
from workbench.tui.forms.articles import AddArticleForm
from workbench.tui.forms.verdict import VerdictForm
from workbench.tui.screens.articles import ArticlesScreen
from workbench.tui.screens.desk import DeskScreen
from workbench.tui.screens.document import DocumentScreen
from workbench.tui.themes import THEMES
from workbench.tui.widgets.cards import Cards


async def test_panes_by_key_and_function_key_esc_never_quits(db: Path) -> None:
    async with seated(db, (80, 24)) as seat:
        for key, mode in {"3": "evidence", "f5": "sources", "5": "reports", "f7": "history", "7": "share"}.items():
            await seat.press(key)
            assert seat.app.current_mode == mode
            assert f" {mode.capitalize()}]" in seat.text.splitlines()[0]
        await seat.press("escape", "escape", "escape")
        assert seat.app.is_running
        await seat.press("3", "enter")
        assert isinstance(seat.screen, DocumentScreen)
        await seat.press("q")
        assert seat.app.is_running
        assert not isinstance(seat.screen, DocumentScreen)
        await seat.press("q")
        assert not seat.app.is_running


async def test_everything_can_be_clicked_too(db: Path) -> None:
    async with seated(db, (120, 36)) as seat:

        async def click(words: str) -> None:
            lines = seat.text.splitlines()
            row = next(number for number, line in enumerate(lines) if words in line)
            await seat.pilot.click(offset=(lines[row].index(words) + 1, row))
            await seat.settle()

        await click("a Add")
        assert isinstance(seat.screen, AddArticleForm)
        await click("esc Back")
        await click("2 Desk")
        assert isinstance(seat.screen, DeskScreen)
        await click("go to Articles")
        await click("Kestria Breaks")
        await seat.press("enter", "shift+tab")
        await click("·8 ")
        desk = seat.screen
        assert isinstance(desk, DeskScreen)
        assert desk.claim is not None
        assert desk.claim.number == 8
        await click("▸1 ")
        assert desk.pane == "matches"
        await click("v Verdict")
        assert isinstance(seat.screen, VerdictForm)


async def test_enter_opens_an_article_where_it_was_left(db: Path) -> None:
    async with seated(db, (80, 24)) as seat:
        assert isinstance(seat.screen, ArticlesScreen)
        await seat.press("enter")
        desk = seat.screen
        assert isinstance(desk, DeskScreen)
        await seat.press("G")
        last = desk.claim
        await seat.press("1", "enter")
        assert desk.claim is not None
        assert last is not None
        assert desk.claim.claim.id == last.claim.id


async def test_the_sample_is_one_of_three_doors(empty_db: Path) -> None:
    async with seated(empty_db, (80, 24)) as seat:
        assert seat.text.count("article") >= 2
        assert "another desk has packed" in seat.text
        await seat.press("t")
        assert isinstance(seat.screen, DeskScreen)
        assert seat.workbench.evidence.count() > 30


async def test_add_an_article_by_path_and_by_text(empty_db: Path, tmp_path: Path) -> None:
    story = tmp_path / "a story.md"
    story.write_text("# Harbour\n\nTen ships lay there.\n", encoding="utf-8")
    async with seated(empty_db, (80, 24)) as seat:
        await seat.press("a")
        await seat.type(str(tmp_path / "nothing.md"))
        await seat.press("f10")
        assert isinstance(seat.screen, AddArticleForm)
        assert any("There is no file" in notice for notice in seat.notices)
        await seat.press("escape", "a")
        assert "taken up where you left off" in seat.text
        seat.screen.query_one("#path").value = f"'{story}'"  # type: ignore[attr-defined]
        await seat.press("enter")
        assert isinstance(seat.screen, DeskScreen)
        assert [item.article.title for item in seat.workbench.articles.list()] == ["Harbour"]
        await seat.press("1", "a", "tab")
        await seat.type("Nine boats left the quay.")
        await seat.press("tab")
        await seat.type("Boats")
        await seat.press("f10")
        assert "Boats" in [item.article.title for item in seat.workbench.articles.list()]


async def test_describe_an_article_withdraw_it_and_undo(db: Path) -> None:
    async with seated(db, (80, 24)) as seat:
        await seat.press("e")
        await seat.type(", revised")
        await seat.press("f10")
        article = seat.workbench.articles.list()[0].article
        assert article.title.endswith(", revised")
        assert article.outlet == "The Vessmar Courier"
        await seat.press("W")
        assert seat.workbench.articles.list() == []
        await seat.press("u")
        assert [item.article.id for item in seat.workbench.articles.list()] == [article.id]


async def test_a_draft_survives_an_end_without_goodbye(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim("Corvane spent")
        await seat.press("v", "w")
        await seat.type("Half a thought")
        assert isinstance(seat.screen, VerdictForm)
    async with seated(db, start=True) as seat:
        view = seat.claim("Corvane spent")
        assert any(f"about claim {view.number} was not recorded" in notice for notice in seat.notices)
        assert "✎" in seat.text
        await seat.press("v")
        form = seat.screen
        assert isinstance(form, VerdictForm)
        assert form.text_of("rationale") == "Half a thought"
        assert form.levels.level is not None
        assert form.levels.level.id == "wrong"
        await seat.press("ctrl+r")
        assert seat.claim("Corvane spent").verdicts[0].rationale == "Half a thought"
        assert seat.workbench.drafts.keys() == []
        assert "✎" not in seat.text


async def test_a_form_that_is_left_marks_its_claim(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim("Corvane spent")
        assert "✎" not in seat.text
        await seat.press("e")
        await seat.type(" and more")
        await seat.press("escape")
        assert "✎" in seat.text


async def test_quitting_from_a_form_keeps_its_draft(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.tui.app.DRAFT_AFTER", 60.0)
    async with seated(db, start=True) as seat:
        await seat.to_claim("Corvane spent")
        await seat.press("v", "n")
        await seat.type("Nearly")
        await seat.press("ctrl+q")
        assert not seat.app.is_running
        (key,) = seat.workbench.drafts.keys()
        assert "Nearly" in (seat.workbench.drafts.load(key) or "")


async def test_what_never_ends_is_no_article(empty_db: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    async with seated(empty_db) as seat:
        await seat.press("a")
        for path, said in ((tmp_path / "pipe", "not a regular file"), (Path("/dev/zero"), "not a regular file")):
            await seat.press("ctrl+u")
            await seat.type(str(path))
            await seat.press("f10")
            assert any(said in notice and str(path) in notice for notice in seat.notices)
        assert seat.workbench.articles.list() == []


async def test_sizes_change_and_nothing_is_lost(db: Path) -> None:
    async with seated(db, (160, 45), start=True) as seat:
        desk = seat.screen
        assert isinstance(desk, DeskScreen)
        assert [pane.display and pane.size.width > 0 for pane in desk.query(".pane")] == [True, True, True]
        await seat.resize(110, 30)
        assert [pane.size.width > 0 for pane in desk.query(".pane")] == [False, True, True]
        await seat.resize(80, 24)
        assert [pane.size.width > 0 for pane in desk.query(".pane")] == [False, True, False]
        await seat.press("tab")
        assert [pane.size.width > 0 for pane in desk.query(".pane")] == [False, False, True]
        await seat.press("v", "w")
        await seat.type("Kept")
        await seat.resize(50, 12)
        assert "Nothing is lost" in seat.text
        assert "Kept" not in seat.text
        await seat.resize(100, 30)
        assert isinstance(seat.screen, VerdictForm)
        assert seat.screen.text_of("rationale") == "Kept"
        await seat.press("escape")
        await seat.resize(50, 30)
        assert "60×16" in seat.text


async def test_the_encoder_comes_in_after_the_words(db: Path) -> None:
    encoder = LetterEncoder()
    async with seated(db, start=True, encoder=encoder) as seat:
        assert "words and meaning: ready" in seat.text
        assert seat.workbench.evidence.pending() == 0
        assert "by words and meaning" in seat.said("#matches-head")
        cards = seat.screen.query_one(Cards)
        held = cards.current
        assert held is not None
        seat.app._improve_matches()
        await seat.settle()
        assert cards.current is not None
        assert cards.current.passage.id == held.passage.id


async def test_embedding_can_be_paused(db: Path) -> None:
    async with seated(db, (80, 24), start=True) as seat:
        seat.app.shell.pending = 63
        await seat.press("E")
        assert seat.app.shell.embedding_paused
        assert "63 passages to embed (paused)" in seat.said("StatusLine")
        await seat.press("E")
        assert not seat.app.shell.embedding_paused


async def test_without_an_encoder_the_reason_is_said(db: Path) -> None:
    async with seated(db, (120, 36), start=True) as seat:
        assert "words only: unavailable, left out of this test" in seat.text
        assert "left out of this test" in seat.said("#matches-head")


async def test_refusals_are_shown_as_they_are_said(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(db, start=True, toasts=True) as seat:

        def refuse(*_: object) -> None:
            raise InputRefused("The claim [b]is[/b] stuck.", "Wait [/x].")

        monkeypatch.setattr(seat.workbench.claims, "reopen", refuse)
        await seat.press("o")
        assert "The claim [b]is[/b] stuck." in seat.text
        assert "Wait [/x]." in seat.text


async def test_an_unexpected_error_ends_the_app_and_is_not_hidden(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(db) as workbench:
        app = WorkbenchApp(AlreadyOpen(workbench), first_article=True)

        def break_down(*_: object) -> None:
            raise ZeroDivisionError("in the services")

        monkeypatch.setattr(workbench.articles, "desk", break_down)

        async def sit() -> None:
            async with app.run_test() as pilot:
                for _ in range(50):
                    await pilot.pause()

        with pytest.raises(Exception, match="in the services"):
            await sit()
        assert isinstance(app.failure, ZeroDivisionError)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_tone_can_be_read_on_every_ground(theme: object) -> None:
    least = 7.0 if theme.name.endswith("contrast") else 4.5  # type: ignore[attr-defined]
    grounds = [theme.background, theme.surface, theme.panel]  # type: ignore[attr-defined]
    tones = {name: colour for name, colour in theme.variables.items() if name.startswith(("tone-", "quiet"))}  # type: ignore[attr-defined]
    weak = [
        (name, ground, round(contrast(colour, ground), 2))
        for name, colour in {**tones, "foreground": theme.foreground}.items()  # type: ignore[attr-defined]
        for ground in grounds
        if contrast(colour, ground) < least
    ]
    assert weak == []


async def test_ascii_marks_and_no_colour(checked_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seated(checked_db, (80, 24), start=True, ascii=True) as seat:
        assert seat.app.no_color
        assert not set("·✓✗•–×▸") & set(seat.text.replace(" · ", "").split("units")[0])
        assert " x  3" in seat.text


def test_importing_the_screen_loads_no_model() -> None:
    code = (
        "import sys, workbench.tui, workbench.tui.app; "
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'sklearn', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}, cwd=Path.cwd()
    )
    assert done.stdout.strip() == "[]"
