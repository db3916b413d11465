"""The Desk by keys, on a real file through the real services."""

from pathlib import Path

from tui_desk import opened, seated

from db.vocabulary import Role, Stance
from workbench.services.views import Status
from workbench.tui.forms.choosing import ReasonForm
from workbench.tui.forms.cite import CiteForm
from workbench.tui.forms.compare import CompareScreen
from workbench.tui.forms.split import SplitForm, likely_place
from workbench.tui.forms.verdict import VerdictForm
from workbench.tui.screens.desk import DeskScreen
from workbench.tui.widgets.cards import Cards

CORVANE = "Corvane spent"
TREATY = "signed the treaty"
DISGRACE = "a disgrace"


async def test_cite_record_and_undo(db: Path) -> None:
    async with seated(db, (100, 30), start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("c")
        assert isinstance(seat.screen, CiteForm)
        await seat.press("p", "r")
        (cited,) = seat.claim(CORVANE).citations
        assert (cited.citation.stance, cited.citation.role) == (Stance.REFUTES, Role.PRIMARY)
        assert cited.quote_found
        assert "$1.2 million" in cited.citation.quote
        assert "cited: ✗ refutes" in seat.text
        await seat.press("v", "w")
        await seat.type("The accounts say million.")
        assert "checklist: 5 of 5 met" in seat.text
        await seat.press("f10")
        view = seat.claim(CORVANE)
        assert view.status is Status.REFUTED
        assert view.verdicts[0].rationale == "The accounts say million."
        assert "✗ Wrong by Ana Brook" in seat.text
        await seat.press("u")
        assert seat.claim(CORVANE).status is Status.IN_WORK
        assert any("Undone: record a verdict" in notice for notice in seat.notices)
        await seat.press("U")
        assert seat.claim(CORVANE).status is Status.REFUTED
        await seat.press("u", "v", "c", "f10")
        view = seat.claim(CORVANE)
        assert view.status is Status.SUPPORTED
        assert not view.verdicts[0].conflicted
    with opened(db) as again:
        assert again.history.next_undo() == "record a verdict"
        again.history.undo()
        again.history.undo()


async def test_cite_only_the_words_that_are_selected(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("c")
        assert "[secondary]" in seat.text
        await seat.press("l", "n")
        await seat.type("from the accounts")
        await seat.press("enter")
        await seat.burst(*["shift+down"] * 3)
        await seat.press("x")
        (cited,) = seat.claim(CORVANE).citations
        assert cited.citation.stance is Stance.CONTEXT
        assert cited.citation.note == "from the accounts"
        document = seat.workbench.evidence.show(cited.citation.document)
        assert 0 < len(cited.citation.quote) < len(document.passages[0].text)
        assert document.text[cited.citation.start : cited.citation.end] == cited.citation.quote
        await seat.press("c")
        assert "[claimant]" in seat.text, "the role last chosen for a source stands ready"


async def test_split_at_the_caret_and_merge_again(db: Path) -> None:
    async with seated(db, start=True) as seat:
        before = len(seat.desk.claims)
        await seat.to_claim(TREATY)
        words = seat.claim(TREATY).claim.wording
        await seat.press("s")
        form = seat.screen
        assert isinstance(form, SplitForm)
        assert form.caret == likely_place(words) == words.index("and Kestria has leased")
        await seat.burst("ctrl+left", "left", "right", "ctrl+right")
        assert form.caret == words.index("and Kestria has leased")
        await seat.press("enter")
        first, second = (seat.claim("signed the treaty"), seat.claim("has leased four berths"))
        assert first.claim.end <= second.claim.start
        assert len(seat.desk.claims) == before + 1
        await seat.press("escape")
        await seat.to_claim("signed the treaty")
        await seat.press("m")
        assert seat.claim(TREATY).claim.wording == words
        await seat.press("u", "u")
        assert len(seat.desk.claims) == before


async def test_set_aside_by_digit_with_own_words_and_reopen(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(DISGRACE)
        await seat.press("x")
        assert isinstance(seat.screen, ReasonForm)
        await seat.press("1")
        view = seat.claim(DISGRACE)
        assert view.status is Status.SET_ASIDE
        assert view.claim.reason.startswith("Opinion")
        await seat.press("o")
        assert seat.claim(DISGRACE).status is Status.TODO
        await seat.press("x", "tab")
        await seat.type("A rant.")
        await seat.press("enter")
        assert seat.claim(DISGRACE).claim.reason == "A rant."


async def test_set_aside_what_was_not_suggested_as_one_action(db: Path) -> None:
    async with seated(db, start=True) as seat:
        waiting = sum(v.status is Status.TODO and not v.claim.suggested and not v.depth for v in seat.desk.claims)
        await seat.press("X", "1")
        assert not [v for v in seat.desk.claims if v.status is Status.TODO and not v.claim.suggested and not v.depth]
        assert waiting > 0
        await seat.press("u")
        again = sum(v.status is Status.TODO and not v.claim.suggested and not v.depth for v in seat.desk.claims)
        assert again == waiting


async def test_edit_the_wording_and_empty_restores_it(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        claim = seat.claim(CORVANE).claim
        await seat.press("e")
        await seat.type(" In 2025.")
        await seat.press("ctrl+r")
        assert seat.workbench.claims.get(claim.id).claim.wording == f"{claim.wording} In 2025."
        await seat.press("e")
        await seat.burst(*["ctrl+u"] * 3)
        await seat.press("f10")
        assert seat.workbench.claims.get(claim.id).claim.wording == claim.wording


async def test_add_a_part_and_what_is_implied_then_drop(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(TREATY)
        parent = seat.claim(TREATY).claim.id
        await seat.press("p")
        await seat.burst(*["shift+right"] * 19)
        await seat.press("f10")
        parts = [view for view in seat.desk.claims if view.claim.parent_id == parent]
        assert [view.claim.wording for view in parts] == ["The two governments"]
        await seat.press("p", "tab")
        await seat.type("There is a treaty.")
        await seat.press("f10")
        parts = [view for view in seat.desk.claims if view.claim.parent_id == parent]
        assert {view.claim.wording for view in parts} == {"The two governments", "There is a treaty."}
        await seat.press("escape")
        desk = seat.screen
        assert isinstance(desk, DeskScreen)
        desk.claims_pane.rows.go_to(parts[0].claim.id)
        await seat.settle()
        await seat.press("D")
        assert len([view for view in seat.desk.claims if view.claim.parent_id == parent]) == 1


async def test_filter_next_open_and_back(checked_db: Path) -> None:
    async with seated(checked_db, start=True) as seat:
        desk = seat.screen
        assert isinstance(desk, DeskScreen)
        every = desk.claims_pane.rows.count
        await seat.press("slash")
        await seat.type("kestrian")
        assert 0 < desk.claims_pane.rows.count < every
        await seat.press("escape")
        assert desk.claims_pane.rows.count == every
        for _ in range(2):
            await seat.press("n")
            assert desk.claim is not None
            assert desk.claim.status in (Status.TODO, Status.IN_WORK)
        here = desk.claims_pane.rows.cursor
        await seat.press("N")
        assert desk.claims_pane.rows.cursor < here
        await seat.press("g")
        assert desk.claims_pane.rows.cursor == 0
        await seat.burst("G", "k", "j")
        assert desk.claims_pane.rows.cursor == every - 1


async def test_dismiss_search_copy_and_why(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        desk = seat.screen
        assert isinstance(desk, DeskScreen)
        assert desk.match is not None
        first = desk.match.passage.id
        await seat.press("y")
        assert seat.app.clipboard == seat.claim(CORVANE).claim.wording
        await seat.press("tab", "y")
        assert "Corvane" in seat.app.clipboard
        assert any("Copied the citation of passage 1" in notice for notice in seat.notices)
        await seat.press("w")
        assert "Shared words" in seat.text
        await seat.press("escape", "d", "1")
        assert desk.match is not None
        assert first not in [match.passage.id for match in desk.matches_pane.cards.matches]
        await seat.press("f")
        await seat.type("sprinkler nozzles")
        await seat.press("enter")
        assert "sprinkler nozzles" in seat.text
        assert any("Brigade" in match.document.source_name for match in desk.matches_pane.cards.matches)
        await seat.press("escape")
        assert "esc ends the search" not in seat.text


async def test_side_by_side_steps_and_cites(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("space")
        assert isinstance(seat.screen, CompareScreen)
        assert "passage 1 of 10" in seat.said("#box-title")
        await seat.press("n")
        assert "passage 2 of 10" in seat.said("#box-title")
        await seat.press("N", "c")
        assert isinstance(seat.screen, CiteForm)
        await seat.press("r")
        assert len(seat.claim(CORVANE).citations) == 1


async def test_citations_change_stance_and_role_and_are_withdrawn(checked_db: Path) -> None:
    async with seated(checked_db, start=True) as seat:
        await seat.to_claim(CORVANE)
        before = seat.claim(CORVANE).citations
        await seat.press("l", "s", "e")
        changed = next(
            cited.citation for cited in seat.claim(CORVANE).citations if cited.citation.id == before[0].citation.id
        )
        assert (changed.stance, changed.role) == (Stance.SUPPORTS, Role.EXPERT)
        await seat.press("W", "escape")
        assert len(seat.claim(CORVANE).citations) == len(before) - 1


async def test_withdrawing_a_verdict_and_a_claim_without_one(checked_db: Path) -> None:
    async with seated(checked_db, start=True) as seat:
        await seat.to_claim("2011")
        await seat.press("V")
        assert seat.claim("2011").status is Status.IN_WORK
        await seat.press("V")
        assert any("has no verdict" in notice for notice in seat.notices)


async def test_a_second_person_reviews_and_the_first_cannot(checked_db: Path) -> None:
    async with seated(checked_db, start=True) as seat:
        await seat.to_claim(TREATY)
        await seat.press("R", "=", "f10")
        assert any("cannot review" in notice for notice in seat.notices)
        assert not isinstance(seat.screen, DeskScreen)
    async with seated(checked_db, start=True, name="Bo Reyes") as seat:
        await seat.to_claim(TREATY)
        await seat.press("R", "h")
        await seat.type("Only three berths are in use.")
        await seat.press("f10")
        (review,) = seat.claim(TREATY).reviews
        assert (review.level, review.note, review.author) == (
            "half-true",
            "Only three berths are in use.",
            "Bo Reyes",
        )
        assert "0 of 1 review agree" in seat.said("#claim-head")


async def test_a_refusal_keeps_the_form_and_its_text(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("v", "tab")
        await seat.type("No level yet.")
        await seat.press("f10")
        assert isinstance(seat.screen, VerdictForm)
        assert any("No level is picked" in notice for notice in seat.notices)
        assert "No level yet." in seat.text


async def test_a_key_pressed_before_passages_are_found_does_nothing_wrong(db: Path) -> None:
    async with seated(db, start=True) as seat:
        desk = seat.screen
        assert isinstance(desk, DeskScreen)
        desk.claims_pane.rows.action_cursor_down()
        desk.action_cite()
        await seat.settle()
        assert isinstance(seat.screen, DeskScreen)
        assert any("No passage is chosen" in notice for notice in seat.notices)


async def test_answers_for_an_earlier_claim_are_dropped(db: Path) -> None:
    async with seated(db, start=True) as seat:
        desk = seat.screen
        assert isinstance(desk, DeskScreen)
        for _ in range(12):
            desk.claims_pane.rows.action_cursor_down()
            desk.follow()
            desk._find()
        await seat.settle()
        view = desk.claim
        assert view is not None
        expected = seat.workbench.matching.match(view, top=10)
        shown = [match.passage.id for match in desk.matches_pane.cards.matches]
        assert shown == [match.passage.id for match in expected.matches]


async def test_matches_refine_without_moving_what_the_cursor_is_on(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        cards = seat.screen.query_one(Cards)
        cards.go_to(2)
        held = cards.current
        assert held is not None
        other = list(reversed(cards.matches))
        cards.refine(other, keep=True)
        assert cards.cursor == 2
        assert cards.current is held
        assert len(cards.matches) == len(other)
        cards.refine([match for match in other if match is not held], keep=True)
        assert cards.current is held
        cards.refine([match for match in other if match is not held], keep=False)
        assert cards.current is not held


async def test_keys_typed_ahead_reach_the_form_they_open(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.burst("c", "r")
        assert [cited.citation.stance for cited in seat.claim(CORVANE).citations] == [Stance.REFUTES]
        await seat.burst("v", "w", *"quick")
        assert isinstance(seat.screen, VerdictForm)
        assert seat.screen.text_of("rationale") == "quick"
        assert seat.screen.levels.level is not None
        assert seat.screen.levels.level.id == "wrong"
