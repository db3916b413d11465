"""Searching, narrowing, tracing quotations and taking dismissals back, by keys."""

from pathlib import Path

from tui_desk import seated

from workbench.services.filters import Filter
from workbench.tui.forms.base import TextPanel
from workbench.tui.forms.search import FilterForm, SearchForm
from workbench.tui.screens.desk import DeskScreen
from workbench.tui.widgets.reader import Reader

CORVANE = "confirmed on Sunday that 31 Kestrian citizens"


def desk_of(seat: object) -> DeskScreen:
    screen = seat.screen  # type: ignore[attr-defined]
    assert isinstance(screen, DeskScreen)
    return screen


async def test_a_query_narrows_and_a_bad_one_is_refused_in_place(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("f")
        form = seat.screen
        assert isinstance(form, SearchForm)
        field = form.query_one("#words")
        field.value = 'the "fuel'  # type: ignore[attr-defined]
        await seat.press("enter")
        assert isinstance(seat.screen, SearchForm)
        assert any("quotation mark at character 5 is not closed" in notice for notice in seat.notices)
        field.value = '"fuel terminal" -berth*'  # type: ignore[attr-defined]
        await seat.press("enter")
        await seat.settle()
        matches = desk_of(seat).matches_pane.cards.matches
        assert matches
        for match in matches:
            text = f"{match.document.title} {match.passage.text}".lower()
            assert "fuel terminal" in text
            assert " berth" not in text


async def test_a_filter_is_shown_and_cleared_by_one_key(db: Path) -> None:
    async with seated(db, (160, 45), start=True) as seat:
        await seat.to_claim(CORVANE)
        before = [match.passage.id for match in desk_of(seat).matches_pane.cards.matches]
        await seat.press("F")
        form = seat.screen
        assert isinstance(form, FilterForm)
        form.query_one("#cited").value = "any"  # type: ignore[attr-defined]
        await seat.press("f10")
        await seat.settle()
        desk = desk_of(seat)
        assert desk.filter.stances
        assert desk.matches_pane.cards.matches == []
        assert "cited already" in seat.text
        await seat.press("C")
        await seat.settle()
        assert desk_of(seat).filter == Filter()
        assert [match.passage.id for match in desk.matches_pane.cards.matches] == before


async def test_why_and_dismissed_and_back(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("w")
        assert isinstance(seat.screen, TextPanel)
        assert "the rarest first" in seat.text
        await seat.press("escape")
        first = desk_of(seat).matches_pane.cards.matches[0].passage.id
        await seat.press("d", "1")
        await seat.settle()
        assert first not in [match.passage.id for match in desk_of(seat).matches_pane.cards.matches]
        await seat.press("L")
        await seat.settle()
        assert "About something else" in seat.text
        await seat.press("enter")
        await seat.settle()
        assert "Nothing is dismissed for this claim" in seat.text
        await seat.press("escape")
        await seat.settle()
        assert first in [match.passage.id for match in desk_of(seat).matches_pane.cards.matches]


async def test_a_short_claim_says_why_nothing_is_shown_and_one_key_asks(db: Path) -> None:
    async with seated(db, (160, 45), start=True) as seat:
        desk = desk_of(seat)
        assert desk.desk is not None
        short = next(view for view in desk.desk.claims if 3 <= len(view.claim.wording.split()) <= 6)
        desk.claims_pane.rows.go_to(short.claim.id)
        await seat.settle()
        assert desk.matches_pane.cards.matches == []
        assert "under 8 words: not matched by itself" in seat.text
        await seat.press("B")
        await seat.settle()
        assert "not matched by itself" not in seat.text


async def test_a_quotation_is_traced_from_the_desk(db: Path) -> None:
    async with seated(db, start=True) as seat:
        desk = desk_of(seat)
        assert desk.desk is not None
        said = next(view for view in desk.desk.claims if desk.claim_text(view).count("“") == 1)
        desk.claims_pane.rows.go_to(said.claim.id)
        await seat.settle()
        await seat.press("Q")
        await seat.settle()
        assert isinstance(seat.screen, TextPanel)
        assert seat.screen.query_one(Reader)
        assert "Where the quotation stands" in seat.text


async def test_a_half_typed_query_leaves_the_list_of_documents_as_it_is(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.press("3", "slash", *"kestr")
        await seat.settle()
        shown = seat.screen._total  # type: ignore[attr-defined]
        assert shown > 0
        seat.screen.query_one("#evidence-filter").value = 'kestr "puerto'  # type: ignore[attr-defined]
        await seat.settle()
        assert "is not closed" in seat.text
        assert seat.screen._total == shown  # type: ignore[attr-defined]
        assert seat.notices == []
