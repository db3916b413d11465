"""Citing by keys: what will be recorded stands on the form before, and a saved citation can be put right."""

from pathlib import Path

from tui_desk import opened, seated

from db.vocabulary import Kind, Relation, Role, Stance
from workbench.tui.forms.base import Form
from workbench.tui.forms.citations import CitationsPanel, CitedWordsForm
from workbench.tui.forms.cite import CiteForm

CORVANE = "Corvane spent"


async def test_two_keys_cite_and_what_they_record_is_shown_before_and_said_after(db: Path) -> None:
    async with seated(db, start=True, toasts=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("c")
        assert isinstance(seat.screen, CiteForm)
        assert "[secondary]" in seat.text
        assert "Cites all of it" in seat.text
        await seat.press("r")
        (cited,) = seat.claim(CORVANE).citations
        assert (cited.citation.stance, cited.citation.role) == (Stance.REFUTES, Role.SECONDARY)
        assert any("refutes, secondary" in notice and "(l)" in notice for notice in seat.notices)


async def test_the_role_of_last_time_says_where_it_comes_from(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("c", "p", "r", "c")
        assert "[primary]" in seat.text
        assert "as last time" in seat.text
        await seat.press("d")
        assert "as last time" not in seat.text


async def test_words_are_chosen_without_the_shift_key(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("c", "right", "right", "space", "w", "w", "right")
        whole = seat.workbench.matching.match(seat.claim(CORVANE), top=1, meaning=False).matches[0].passage.text
        begin = whole[2:]
        await seat.press("p", "s")
        (cited,) = seat.claim(CORVANE).citations
        assert begin.startswith(cited.citation.quote)
        assert 3 < len(cited.citation.quote) < 40
        assert cited.citation.role is Role.PRIMARY


async def test_what_is_taken_for_granted_is_added_by_its_own_key(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("p", "tab")
        await seat.type("Corvane runs the terminal.")
        await seat.press("f9")
        added = next(view for view in seat.desk.claims if view.claim.wording == "Corvane runs the terminal.")
        assert added.claim.relation is Relation.PRESUPPOSED
        assert added.claim.parent_id == seat.claim(CORVANE).claim.id


async def test_choosing_begins_anew_with_the_same_key(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("c", "space", "w", "w")
        assert "Cites “" in seat.text
        await seat.press("space")
        assert "Cites all of it" in seat.text
        await seat.press("b")
        assert "Cites “" in seat.text


async def test_a_saved_citation_gets_other_words_and_a_note_as_a_revision(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("c", "s", "l")
        assert isinstance(seat.screen, CitationsPanel)
        (before,) = seat.claim(CORVANE).citations
        await seat.press("enter")
        assert isinstance(seat.screen, CitedWordsForm)
        await seat.press("space", "w", "w", "w", "tab")
        await seat.type("first page")
        await seat.press("f10")
        (after,) = seat.claim(CORVANE).citations
        assert after.citation.id == before.citation.id
        assert before.citation.quote.startswith(after.citation.quote)
        assert after.citation.quote != before.citation.quote
        assert after.citation.note == "first page"
        assert after.quote_found
        assert isinstance(seat.screen, CitationsPanel)
        await seat.press("x", "e")
        (changed,) = seat.claim(CORVANE).citations
        assert (changed.citation.stance, changed.citation.role) == (Stance.CONTEXT, Role.EXPERT)
        kinds = [entry.kind for entry in seat.workbench.history.of(before.citation.id)]
        assert kinds == [Kind.CITATION.value] * 4
        await seat.press("escape", "u", "u", "u")
        (again,) = seat.claim(CORVANE).citations
        assert again.citation.quote == before.citation.quote


async def test_the_words_form_opens_on_the_words_that_are_cited(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("c", "right", "space", "w", "w", "s", "l")
        (cited,) = seat.claim(CORVANE).citations
        await seat.press("enter")
        assert f"Cites “{cited.citation.quote}”" in seat.text
        await seat.press("f10")
        (after,) = seat.claim(CORVANE).citations
        assert (after.citation.start, after.citation.end) == (cited.citation.start, cited.citation.end)


async def test_a_sentence_of_great_length_leaves_room_for_the_fields(empty_db: Path, tmp_path: Path) -> None:
    story = tmp_path / "long.md"
    story.write_text("word " * 4000 + "end.\n", encoding="utf-8")
    with opened(empty_db) as workbench:
        workbench.articles.add(story.read_bytes(), "long.md")
    async with seated(empty_db, (80, 24), start=True) as seat:
        for key in ("e", "v", "x"):
            await seat.press(key)
            assert isinstance(seat.screen, Form)
            field = next(item for item in seat.screen.query("#wording, #rationale, #reason"))
            assert 0 < field.region.y < 24, f"the field of {key} is off the screen"
            await seat.press("escape")
