"""Citing, judging, reviewing; and two desks that decide differently."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import ConflictOpen
from db.vocabulary import ReviewOutcome, Role, Stance, UnitState
from workbench.app import Workbench
from workbench.errors import InputRefused, NotFound
from workbench.services.views import Status

TEXT = "Two people died in the fire.\n\nThe pier is 90 metres long, the harbour office wrote.\n"
DOCUMENT = (
    "The harbour office measured the pier: it is 90 metres long. Nobody died, it added, “as far as is known today”."
)

Case = tuple[Workbench, str]


@pytest.fixture
def case(workbench: Workbench) -> Case:
    """A desk with one document, and a claim."""
    article = workbench.articles.add(TEXT.encode(), "pier.txt", title="The Pier")
    workbench.evidence.add_data(DOCUMENT.encode(), "office.txt", source_name="Harbour Office")
    desk = workbench.articles.desk(article.id)
    return workbench, next(view.claim.id for view in desk.claims if "pier" in view.claim.wording and view.depth == 0)


def test_a_citation_holds_the_exact_words_and_where_they_stand(case: Case) -> None:
    workbench, claim = case
    cited = workbench.verdicts.cite(
        claim, "1", stance=Stance.SUPPORTS, role=Role.PRIMARY, quote="it is 90  metres long"
    )
    assert cited.quote == "it is 90 metres long" == DOCUMENT[cited.start : cited.end]
    assert cited.locator
    view = workbench.claims.get(claim)
    assert view.status is Status.IN_WORK
    assert view.citations[0].quote_found
    narrowed = workbench.verdicts.edit_citation(cited.id, start=cited.start + 6, end=cited.end, stance=Stance.CONTEXT)
    assert (narrowed.quote, narrowed.stance) == ("90 metres long", Stance.CONTEXT)
    workbench.verdicts.withdraw_citation(cited.id)
    assert workbench.claims.get(claim).citations == ()


def test_a_quote_that_is_not_there_is_refused_with_the_nearest_words(case: Case) -> None:
    workbench, claim = case
    with pytest.raises(InputRefused, match="90 metres long"):
        workbench.verdicts.cite(claim, "1", stance=Stance.SUPPORTS, role=Role.PRIMARY, quote="it is 80 metres long")
    for start, end in ((5, 5), (-1, 4), (0, 10_000)):
        with pytest.raises(InputRefused):
            workbench.verdicts.cite(claim, "1", stance=Stance.SUPPORTS, role=Role.PRIMARY, start=start, end=end)
    assert workbench.claims.get(claim).citations == ()


def test_verdicts_are_appended_and_the_history_keeps_them(case: Case) -> None:
    workbench, claim = case
    first = workbench.verdicts.record(claim, "politifact", "mostly-true", rationale="measured")
    again = workbench.verdicts.record(claim, "politifact", "true", rationale="measured twice")
    assert first.id == again.id
    view = workbench.claims.get(claim)
    assert view.status is Status.SUPPORTED
    assert [entry.data and entry.data["level"] for entry in workbench.history.of(first.id)] == ["mostly-true", "true"]
    workbench.history.undo()
    assert workbench.claims.get(claim).verdicts[0].level == "mostly-true"
    workbench.verdicts.withdraw(claim, "politifact")
    assert workbench.claims.get(claim).status is Status.TODO


def test_an_unknown_scale_or_level_names_what_there_is(case: Case) -> None:
    workbench, claim = case
    with pytest.raises(InputRefused, match="politifact"):
        workbench.verdicts.record(claim, "stars", "five")
    with pytest.raises(InputRefused, match="half-true"):
        workbench.verdicts.record(claim, "politifact", "wrongish")


def test_a_provisional_level_is_work_in_progress(case: Case) -> None:
    workbench, claim = case
    workbench.verdicts.record(claim, "prepublication", "open")
    assert workbench.claims.get(claim).status is Status.IN_WORK


def test_a_claim_with_a_verdict_is_neither_split_nor_set_aside(case: Case) -> None:
    workbench, claim = case
    workbench.verdicts.record(claim, "politifact", "true")
    offset = workbench.claims.get(claim).claim.start + 9
    for forbidden in (
        lambda: workbench.claims.split(claim, offset),
        lambda: workbench.claims.merge(claim),
        lambda: workbench.claims.set_aside(claim, "opinion"),
    ):
        with pytest.raises(InputRefused):
            forbidden()


def test_the_checklist_asks_for_what_is_missing(case: Case) -> None:
    workbench, claim = case
    before = {rule.id: rule.state.value for rule in workbench.verdicts.checklist(claim, level="confirmed")}
    workbench.verdicts.cite(claim, "1", stance=Stance.SUPPORTS, role=Role.PRIMARY, quote="it is 90 metres long")
    after = {
        rule.id: rule.state.value
        for rule in workbench.verdicts.checklist(claim, level="confirmed", rationale="measured")
    }
    assert before["citation"] == "unmet"
    assert after["citation"] == "met"
    assert before["rationale"] == "unmet"
    assert after["rationale"] == "met"


def test_a_review_is_by_somebody_else_and_holds_for_that_verdict_only(
    desk: Callable[..., Workbench], case: Case
) -> None:
    workbench, claim = case
    verdict = workbench.verdicts.record(claim, "politifact", "true")
    with pytest.raises(InputRefused):
        workbench.verdicts.review(claim, "politifact", ReviewOutcome.AGREES)
    other = desk("ada", person="ben")
    with pytest.raises(InputRefused):
        other.verdicts.review(claim, "politifact", ReviewOutcome.DISAGREES)
    review = other.verdicts.review(claim, "politifact", ReviewOutcome.AGREES, note="same ruler")
    assert (review.author, review.verdict_rid) == ("ben", verdict.rid)
    again = other.verdicts.review(claim, "politifact", ReviewOutcome.DISAGREES, note="another ruler")
    assert again.id == review.id, "whoever reviews again changes their mind"
    assert [item.outcome for item in other.claims.get(claim).standing_reviews] == [ReviewOutcome.DISAGREES]
    other.history.undo()
    assert [item.outcome for item in other.claims.get(claim).standing_reviews] == [ReviewOutcome.AGREES]
    later = workbench.verdicts.record(claim, "politifact", "false", rationale="measured again")
    assert workbench.claims.get(claim).reviews[0].verdict_rid != later.rid
    assert workbench.claims.get(claim).standing_reviews == ()
    with pytest.raises(NotFound):
        other.verdicts.review(claim, "averitec", ReviewOutcome.AGREES)


def test_a_form_that_was_overtaken_leads_to_a_conflict_and_not_to_a_silent_winner(
    desk: Callable[..., Workbench], case: Case
) -> None:
    workbench, claim = case
    other = desk("ada", person="ben")
    other.verdicts.record(claim, "politifact", "false", seen=[])
    workbench.verdicts.record(claim, "politifact", "true", seen=[])
    assert workbench.claims.get(claim).status is Status.CONFLICT
    with pytest.raises(ConflictOpen):
        workbench.verdicts.record(claim, "politifact", "half-true")


def test_two_desks_pack_merge_and_resolve_and_both_end_equal(
    desk: Callable[..., Workbench], case: Case, tmp_path: Path
) -> None:
    ada, claim = case
    ben = desk("ben")
    ada.sharing.pack(tmp_path / "first.cwb")
    ben.sharing.merge(tmp_path / "first.cwb")
    ada.verdicts.record(claim, "politifact", "true", rationale="the pier was measured")
    ben.verdicts.record(claim, "politifact", "false", rationale="the pier was rebuilt")
    ben.verdicts.cite(claim, "1", stance=Stance.CONTEXT, role=Role.PRIMARY, quote="it is 90 metres long")
    ada.sharing.pack(tmp_path / "ada.cwb")
    preview = ben.sharing.merge(tmp_path / "ada.cwb", preview=True)
    assert ben.claims.get(claim).status is Status.REFUTED
    assert ben.sharing.merge(tmp_path / "ada.cwb") == preview
    assert [kind.value for kind, _ in preview.new_conflicts] == ["verdict"]
    assert ben.claims.get(claim).status is Status.CONFLICT
    (conflict,) = ben.verdicts.conflicts()
    assert {choice.author for choice in conflict.choices} == {"ada", "ben"}
    assert "claim 2" in conflict.title
    assert "politifact" in conflict.title
    report = ben.reports.render(ben.articles.list()[0].article.id, "markdown")
    assert "the pier was measured" in report
    assert "the pier was rebuilt" in report
    chosen = next(choice for choice in conflict.choices if choice.author == "ada")
    ben.verdicts.resolve(conflict.entity, chosen.rid)
    ben.sharing.pack(tmp_path / "ben.cwb")
    ada.sharing.merge(tmp_path / "ben.cwb")
    for workbench in (ada, ben):
        assert workbench.claims.get(claim).status is Status.SUPPORTED
        assert workbench.verdicts.conflicts() == []
        assert workbench.sharing.check() == []
    assert (
        ada.articles.desk(ada.articles.list()[0].article.id).claims
        == ben.articles.desk(ben.articles.list()[0].article.id).claims
    )


def test_undoing_a_resolution_opens_the_conflict_again(desk: Callable[..., Workbench], case: Case) -> None:
    workbench, claim = case
    desk("ada", person="ben").verdicts.record(claim, "politifact", "false", seen=[])
    workbench.verdicts.record(claim, "politifact", "true", seen=[])
    (conflict,) = workbench.verdicts.conflicts()
    workbench.verdicts.resolve(conflict.entity, conflict.choices[0].rid)
    assert workbench.verdicts.conflicts() == []
    workbench.history.undo()
    assert len(workbench.verdicts.conflicts()[0].choices) == 2


def test_a_claim_split_here_and_judged_there_stays_in_sight(
    desk: Callable[..., Workbench], case: Case, tmp_path: Path
) -> None:
    ada, claim = case
    ben = desk("ben")
    ada.sharing.pack(tmp_path / "first.cwb")
    ben.sharing.merge(tmp_path / "first.cwb")
    ada.claims.split(claim, ada.claims.get(claim).claim.start + 12)
    ben.verdicts.record(claim, "politifact", "true")
    ben.sharing.pack(tmp_path / "ben.cwb")
    report = ada.sharing.merge(tmp_path / "ben.cwb")
    assert [orphan.claim for orphan in report.orphaned] == [claim]
    article = ada.articles.desk(ada.articles.list()[0].article.id)
    view = next(view for view in article.claims if view.claim.id == claim)
    assert view.status is Status.WITHDRAWN
    assert any(unit.state is UnitState.IN_WORK for unit in article.units)
    ada.claims.reopen(claim)
    assert ada.claims.get(claim).status is Status.CONFLICT
    (conflict,) = ada.verdicts.conflicts()
    whole = next(choice for choice in conflict.choices if " | " not in choice.text)
    ada.verdicts.resolve(conflict.entity, whole.rid)
    assert ada.claims.get(claim).status is Status.SUPPORTED
    assert ada.verdicts.conflicts() == []


def test_drafts_outlive_the_program(desk: Callable[..., Workbench]) -> None:
    first = desk("ada")
    first.drafts.save("rationale:1:politifact", "so far [sic] \u202e")
    first.close()
    second = desk("ada")
    assert second.drafts.load("rationale:1:politifact") == "so far [sic] \u202e"
    assert second.drafts.keys() == ["rationale:1:politifact"]
    second.drafts.save("rationale:1:politifact", "")
    assert second.drafts.load("rationale:1:politifact") is None


def test_undo_and_resolving_leave_a_decision_to_whoever_made_it(desk: Callable[..., Workbench], case: Case) -> None:
    ada, claim = case
    ben = desk("ada", person="ben")
    first = ada.verdicts.record(claim, "politifact", "true", rationale="measured")
    review = ben.verdicts.review(claim, "politifact", ReviewOutcome.AGREES)
    ben.verdicts.record(claim, "politifact", "false", rationale="rebuilt")
    ben.history.undo()
    (restored,) = ada.claims.get(claim).verdicts
    assert (restored.author, restored.level) == ("ada", "true")
    assert restored.decision == review.verdict_rid == first.rid
    with pytest.raises(InputRefused):
        ada.verdicts.review(claim, "politifact", ReviewOutcome.AGREES)
    ben.verdicts.record(claim, "politifact", "false", rationale="rebuilt", seen=[])
    (conflict,) = ada.verdicts.conflicts()
    assert {choice.author for choice in conflict.choices} == {"ada", "ben"}
    chosen = next(choice for choice in conflict.choices if choice.author == "ben")
    ada.verdicts.resolve(conflict.entity, chosen.rid)
    assert ada.claims.get(claim).verdicts[0].author == "ben"
    ada.history.undo()
    (again,) = ada.verdicts.conflicts()
    assert {choice.author for choice in again.choices} == {"ada", "ben"}
    assert ada.sharing.check() == []


def test_one_sentence_split_differently_at_two_desks_is_a_conflict_that_can_be_settled(
    desk: Callable[..., Workbench], case: Case, tmp_path: Path
) -> None:
    ada, claim = case
    ben = desk("ben")
    ada.sharing.pack(tmp_path / "first.cwb")
    ben.sharing.merge(tmp_path / "first.cwb")
    start = ada.claims.get(claim).claim.start
    ada.claims.split(claim, start + 8)
    ben.claims.split(claim, start + 20)
    ben.sharing.pack(tmp_path / "ben.cwb")
    ada.sharing.merge(tmp_path / "ben.cwb")
    article = ada.articles.list()[0].article.id
    clashing = [view for view in ada.articles.desk(article).claims if view.status is Status.CONFLICT]
    assert len(clashing) == 4
    (conflict,) = ada.verdicts.conflicts(article)
    assert conflict.kind == "overlap"
    chosen = next(choice for choice in conflict.choices if choice.author == "ben")
    ada.verdicts.resolve(conflict.entity, chosen.rid)
    after = ada.articles.desk(article)
    assert ada.verdicts.conflicts() == []
    sentences = [view.claim for view in after.claims if view.depth == 0]
    assert [(one.start, one.end) for one in sentences[-2:]] == [
        (one.claim.start, one.claim.end) for one in ben.articles.desk(article).claims if one.depth == 0
    ][-2:]
    assert [(unit.start, unit.end) for unit in after.units] == [
        (unit.start, unit.end) for unit in ben.articles.desk(article).units
    ]
    ada.history.undo()
    assert len(ada.verdicts.conflicts()) == 1
    assert ada.sharing.check() == []


def test_contradicting_verdicts_on_two_scales_are_mixed_whatever_the_clock_says(case: Case) -> None:
    workbench, claim = case
    workbench.verdicts.record(claim, "politifact", "true")
    workbench.verdicts.record(claim, "averitec", "refuted")
    assert workbench.claims.get(claim).status is Status.MIXED
    workbench.verdicts.record(claim, "averitec", "supported")
    assert workbench.claims.get(claim).status is Status.SUPPORTED
