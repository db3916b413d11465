"""An article whose text changes while it is being checked."""

import random
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.projection import rebuild, rows
from db.revisions import Actor
from db.store import Store
from db.vocabulary import ClaimStatus, Relation, UnitState
from workbench.app import Workbench
from workbench.errors import InputRefused, NotFound
from workbench.services.views import ClaimView, Status
from workbench.settings import Settings
from workbench.text.anchors import AnchorState, same_words

sys.path.append(str(Path(__file__).parents[1] / "text"))

from test_placing import FIRST, edited

Desk = Callable[..., Workbench]
Case = tuple[Workbench, str]


@pytest.fixture
def case(workbench: Workbench) -> Case:
    """A desk with the first text."""
    return workbench, workbench.articles.add(FIRST.encode(), "port.txt", title="The Port").id


def claim(workbench: Workbench, article: str, words: str) -> ClaimView:
    """The whole-sentence claim with these words, as it stands now."""
    views = [view for view in workbench.articles.desk(article).claims if view.depth == 0]
    return next(view for view in views if words in view.anchor.words)


def state(workbench: Workbench) -> dict[str, list[dict[str, object]]]:
    """Everything that is decided, for comparing; who first brought a thing in, or said the same again, aside."""
    with workbench._store.read() as session:
        return rows(session)


def desk_shape(workbench: Workbench, article: str) -> list[object]:
    """What the Desk shows of the claims."""
    return [
        (
            view.claim.id,
            view.number,
            view.status,
            view.claim.start,
            view.claim.end,
            view.claim.wording,
            view.anchor.state,
        )
        for view in workbench.articles.desk(article).claims
    ]


def update(workbench: Workbench, article: str, text: str) -> object:
    return workbench.versions.update(article, text.encode(), "port.txt")


def test_a_changed_text_is_a_new_version_in_which_claims_are_found_again(case: Case) -> None:
    workbench, article = case
    before = workbench.articles.desk(article)
    later = FIRST.replace("32 people", "24 people").replace("It handled 4.2 million tons last year. ", "")
    found = workbench.versions.update(article, (later + "\n\nThe mayor resigned on Friday.").encode(), "port.txt")
    assert (found.same, found.drifted, found.orphans) == (False, 1, 1)
    assert found.found == len([view for view in before.claims if view.depth == 0]) - 2 + sum(
        view.depth for view in before.claims
    )
    after = workbench.articles.desk(article)
    assert after.version.ordinal == 2
    assert {view.claim.id for view in before.claims} <= {view.claim.id for view in after.claims}
    text = after.version.text
    for view in after.claims:
        if not view.anchor.orphan:
            assert text[view.claim.start : view.claim.end] == view.anchor.words
    figure = claim(workbench, article, "24 people")
    assert figure.claim.wording == "About 24 people will lose their work."
    assert figure.anchor.state is AnchorState.DRIFTED
    new = claim(workbench, article, "resigned")
    assert (new.anchor.made_in, new.status, new.claim.id in {view.claim.id for view in before.claims}) == (
        2,
        Status.TODO,
        False,
    )
    gone = claim(workbench, article, "4.2 million")
    assert (gone.status, gone.anchor.words) == (Status.GONE, "It handled 4.2 million tons last year.")
    assert sum(unit.end - unit.start for unit in after.units) == len(text)
    assert all(unit.claims for unit in after.units)


def test_the_same_text_again_does_nothing(case: Case) -> None:
    workbench, article = case
    before = state(workbench)
    found = workbench.versions.update(article, FIRST.encode(), "again.txt")
    assert (found.same, found.new, found.drifted, found.orphans) == (True, 0, 0, 0)
    assert found.found == len(workbench.articles.desk(article).claims)
    assert state(workbench) == before
    assert workbench.history.next_undo() == "bring in an article"


def test_undo_returns_to_the_version_before_and_redo_to_the_one_after(case: Case) -> None:
    workbench, article = case
    before = desk_shape(workbench, article)
    update(workbench, article, FIRST.replace("32", "24") + " It rained.")
    after = desk_shape(workbench, article)
    assert workbench.history.undo() == "bring in a changed text"
    assert desk_shape(workbench, article) == before
    assert [item.version.ordinal for item in workbench.versions.list(article)] == [1]
    workbench.history.redo()
    assert desk_shape(workbench, article) == after
    workbench.history.undo()
    update(workbench, article, FIRST.replace("32", "24") + " It rained.")
    assert desk_shape(workbench, article) == after


def test_a_verdict_whose_words_changed_is_flagged_until_somebody_says_that_it_holds(case: Case) -> None:
    workbench, article = case
    target = claim(workbench, article, "32 people").claim.id
    workbench.verdicts.record(target, "politifact", "true", rationale="counted")
    assert workbench.claims.get(target).status is Status.SUPPORTED
    with pytest.raises(InputRefused, match="Nothing was decided"):
        workbench.versions.still_holds(target)
    found = workbench.versions.update(article, FIRST.replace("32 people", "33 people").encode(), "port.txt")
    assert found.changed == 1
    view = workbench.claims.get(target)
    assert view.status is Status.CHANGED
    assert view.stale == {view.verdicts[0].decision}
    unit = next(unit for unit in workbench.articles.desk(article).units if target in unit.claims)
    assert unit.state is UnitState.IN_WORK
    assert workbench.articles.list()[0].changed == 1
    assert workbench.versions.still_holds(target, "one more, it does not matter").status is Status.SUPPORTED
    workbench.history.undo()
    assert workbench.claims.get(target).status is Status.CHANGED
    workbench.verdicts.record(target, "politifact", "false", rationale="counted again")
    again = workbench.claims.get(target)
    assert (again.status, again.verdicts[0].words) == (Status.REFUTED, "About 33 people will lose their work.")
    update(workbench, article, FIRST)
    assert workbench.claims.get(target).status is Status.CHANGED


def test_only_the_style_of_quotes_is_no_change(case: Case) -> None:
    workbench, article = case
    target = claim(workbench, article, "Ida Falk").claim.id
    workbench.verdicts.record(target, "politifact", "true", rationale="asked")
    update(workbench, article, FIRST.replace("“", '"').replace("”", '"').replace(". It", ".\nIt"))
    assert workbench.claims.get(target).status is Status.SUPPORTED


def test_what_was_set_aside_asks_again_when_it_says_something_else(case: Case) -> None:
    workbench, article = case
    target = claim(workbench, article, "council will vote").claim.id
    workbench.claims.set_aside(target, "A prediction.")
    update(workbench, article, FIRST.replace("The council will vote in autumn.", "The council will vote in spring."))
    assert workbench.claims.get(target).status is Status.CHANGED
    workbench.claims.set_aside(target, "A prediction.")
    assert workbench.claims.get(target).status is Status.SET_ASIDE
    workbench.history.undo()
    workbench.claims.set_aside(target, "Still a prediction.")
    assert workbench.claims.get(target).status is Status.SET_ASIDE


def test_a_judged_claim_whose_sentence_went_is_kept_and_can_be_placed_or_let_go(case: Case) -> None:
    workbench, article = case
    target = claim(workbench, article, "1911").claim.id
    workbench.verdicts.record(target, "politifact", "true", rationale="the archive says so")
    later = FIRST.replace("The port was opened in 1911.", "Ships had come to the bay since the Great War began.")
    assert workbench.versions.update(article, later.encode(), "port.txt").lost == 1
    lost = workbench.claims.get(target)
    assert (lost.status, lost.anchor.words) == (Status.LOST, "The port was opened in 1911.")
    assert lost.number == len(workbench.articles.desk(article).claims)
    for act in (
        lambda: workbench.claims.split(target, 3),
        lambda: workbench.claims.add_part(target, 0, 5),
        lambda: workbench.versions.place(target, words="no such words"),
        lambda: workbench.versions.place(target, words="the"),
        lambda: workbench.versions.place(target, start=4, end=4),
        lambda: workbench.versions.let_go(target, "  "),
    ):
        with pytest.raises(InputRefused):
            act()
    placed = workbench.versions.place(target, words="since the Great War")
    assert (placed.status, placed.anchor.placed_by) == (Status.CHANGED, "ada")
    assert placed.anchor.words == "Ships had come to the bay since the Great War began."
    texts = [view.anchor.words for view in workbench.articles.desk(article).claims if view.depth == 0]
    assert texts.count(placed.anchor.words) == 1, "the claim made for the sentence gave way"
    workbench.history.undo()
    assert workbench.claims.get(target).status is Status.LOST
    gone = workbench.versions.let_go(target, "Taken out after a reader wrote.")
    assert (gone.status, gone.anchor.reason, len(gone.verdicts)) == (Status.GONE, "Taken out after a reader wrote.", 1)
    update(workbench, article, later + " It rained.")
    assert workbench.claims.get(target).status is Status.GONE
    update(workbench, article, FIRST)
    assert workbench.claims.get(target).status is Status.SUPPORTED


def test_a_sentence_that_was_worked_on_does_not_give_way(case: Case) -> None:
    workbench, article = case
    target = claim(workbench, article, "1911").claim.id
    later = FIRST.replace("The port was opened in 1911.", "Ships had come to the bay since the Great War began.")
    update(workbench, article, later)
    fresh = claim(workbench, article, "Great War").claim.id
    workbench.verdicts.record(fresh, "politifact", "true", rationale="known")
    with pytest.raises(InputRefused, match="stands on these words"):
        workbench.versions.place(target, words="since the Great War")
    with pytest.raises(InputRefused, match="made in the latest version"):
        workbench.versions.place(fresh, words="council")


def test_a_place_that_was_left_gets_a_claim_of_its_own(case: Case) -> None:
    workbench, article = case
    target = claim(workbench, article, "32 people").claim.id
    update(workbench, article, FIRST.replace("32 people", "24 people"))
    workbench.versions.let_go(target, "Another figure is another claim.")
    here = claim(workbench, article, "24 people")
    assert here.claim.id != target
    assert here.anchor.made_in == 2
    assert all(unit.claims for unit in workbench.articles.desk(article).units)


def test_claims_are_split_merged_and_added_to_in_the_latest_version(case: Case) -> None:
    workbench, article = case
    update(workbench, article, "News.\n\n" + FIRST.replace("32 people", "24 good people"))
    view = claim(workbench, article, "24 good people")
    text = workbench.articles.desk(article).version.text
    left, right = workbench.claims.split(view.claim.id, text.index("will lose"))
    assert [text[piece.start : piece.end] for piece in (left, right)] == [
        "About 24 good people",
        "will lose their work.",
    ]
    merged = workbench.claims.merge(left.id)
    assert merged.wording == "About 24 good people will lose their work."
    old = claim(workbench, article, "1911").claim
    start = text.index("1911")
    part = workbench.claims.add_part(old.id, start, start + 4)
    assert workbench.claims.get(part.id).anchor.words == "1911"
    joined = workbench.claims.merge(claim(workbench, article, "closes in March, the mayor").claim.id)
    assert "24 good people" in joined.wording
    assert workbench.articles.desk(article).units[0].start == 0
    desk = workbench.articles.desk(article)
    assert all(one.end == other.start for one, other in pairwise(desk.units))


def test_what_words_stand_for_goes_along_with_them(case: Case) -> None:
    workbench, article = case
    view = claim(workbench, article, "4.2 million")
    start = view.claim.start
    workbench.references.resolve(view.claim.id, start, start + 2, choice="the port of Nordhaven")
    later = "News.\n\n" + FIRST.replace("4.2 million", "4.3 million")
    update(workbench, article, later)
    (kept,) = workbench.claims.get(view.claim.id).resolutions
    assert (later[kept.start : kept.end], kept.choice) == ("It", "the port of Nordhaven")
    workbench.references.withdraw(view.claim.id, kept.start, kept.end)
    assert workbench.claims.get(view.claim.id).resolutions == ()
    workbench.history.undo()
    workbench.references.resolve(view.claim.id, kept.start, kept.end, choice="the harbour")
    assert [one.choice for one in workbench.claims.get(view.claim.id).resolutions] == ["the harbour"]


def test_a_wording_that_a_person_gave_stays(case: Case) -> None:
    workbench, article = case
    target = claim(workbench, article, "32 people").claim.id
    workbench.claims.edit_wording(target, "The closing costs 32 jobs.")
    update(workbench, article, FIRST.replace("32 people", "24 people"))
    assert workbench.claims.get(target).claim.wording == "The closing costs 32 jobs."
    workbench.claims.edit_wording(target, "")
    assert workbench.claims.get(target).claim.wording == "About 24 people will lose their work."


def test_versions_are_listed_and_compared(case: Case) -> None:
    workbench, article = case
    with pytest.raises(InputRefused, match="one version"):
        workbench.versions.difference(article)
    update(workbench, article, FIRST.replace("32 people", "24 people"))
    update(workbench, article, FIRST.replace("32 people", "24 people") + " It rained.")
    assert [(item.version.ordinal, item.latest) for item in workbench.versions.list(article)] == [
        (1, False), (2, False), (3, True),
    ]  # fmt: skip
    last = workbench.versions.difference(article)
    assert (last.old.ordinal, last.new.ordinal) == (2, 3)
    whole = workbench.versions.difference(article, 1, 3)
    changed = [(change, words) for change, words in zip(whole.changes, whole.words, strict=True) if words]
    assert len(changed) == 1
    change, runs = changed[0]
    before, after = change.old.of(whole.old.text), change.new.of(whole.new.text)
    assert [(run.old.of(before), run.new.of(after)) for run in runs if run.op == "changed"] == [("32 ", "24 ")]
    with pytest.raises(NotFound, match="no version 7"):
        workbench.versions.difference(article, 7)


def test_a_withdrawn_article_comes_back_with_all_its_versions(case: Case) -> None:
    workbench, article = case
    update(workbench, article, FIRST.replace("32", "24"))
    target = claim(workbench, article, "24 people").claim.id
    workbench.verdicts.record(target, "politifact", "true", rationale="x")
    update(workbench, article, FIRST.replace("32", "25"))
    workbench.versions.still_holds(target)
    before = desk_shape(workbench, article)
    workbench.articles.withdraw(article)
    assert workbench.articles.list() == []
    workbench.history.undo()
    assert desk_shape(workbench, article) == before


def exchange(giver: Workbench, taker: Workbench, path: Path) -> None:
    giver.sharing.pack(path)
    taker.sharing.merge(path)
    path.unlink()


def meet(ada: Workbench, ben: Workbench, folder: Path) -> None:
    """Each takes in what the other has, until nothing is new."""
    exchange(ada, ben, folder / "ada.cwb")
    exchange(ben, ada, folder / "ben.cwb")
    exchange(ada, ben, folder / "ada.cwb")


def test_two_desks_one_on_the_new_text_and_one_on_the_old(desk: Desk, tmp_path: Path) -> None:
    ada, ben = desk("ada"), desk("ben")
    article = ada.articles.add(FIRST.encode(), "port.txt", title="The Port").id
    exchange(ada, ben, tmp_path / "first.cwb")
    figure, year = (claim(ada, article, words).claim.id for words in ("32 people", "1911"))
    later = FIRST.replace("32 people", "24 people").replace("The port was opened in 1911. ", "")
    update(ada, article, later)
    ada.verdicts.record(figure, "politifact", "false", rationale="not 24")
    ben.verdicts.record(figure, "averitec", "supported", rationale="32 it is")
    ben.verdicts.record(year, "politifact", "true", rationale="the archive")
    tons = claim(ben, article, "4.2 million").claim
    ben.claims.split(tons.id, FIRST.index("tons last year"))
    ben.claims.set_aside(claim(ben, article, "council will vote").claim.id, "A prediction.")
    meet(ada, ben, tmp_path)
    assert state(ada) == state(ben)
    assert desk_shape(ada, article) == desk_shape(ben, article)
    assert ada.verdicts.conflicts() == []
    assert ada.claims.get(year).status is Status.LOST
    assert ada.claims.get(figure).status is Status.CHANGED, "one of its verdicts is on the old words"
    assert len(ada.claims.get(figure).verdicts) == 2
    assert claim(ada, article, "tons last year").anchor.words == "tons last year."
    assert claim(ada, article, "council").status is Status.SET_ASIDE
    after = ada.articles.desk(article)
    assert all(unit.claims for unit in after.units)
    with ada._store.write_local() as session:
        before = rows(session)
        rebuild(session)
        assert rows(session) == before


def test_two_desks_that_bring_in_the_same_text_agree(desk: Desk, tmp_path: Path) -> None:
    ada, ben = desk("ada"), desk("ben")
    article = ada.articles.add(FIRST.encode(), "port.txt", title="The Port").id
    exchange(ada, ben, tmp_path / "first.cwb")
    later = FIRST.replace("32 people", "24 people") + " It rained in the harbour on Sunday."
    update(ada, article, later)
    update(ben, article, later)
    new = claim(ada, article, "rained").claim.id
    assert claim(ben, article, "rained").claim.id == new
    ada.verdicts.record(new, "politifact", "true", rationale="wet")
    ben.verdicts.record(new, "politifact", "false", rationale="dry")
    meet(ada, ben, tmp_path)
    assert desk_shape(ada, article) == desk_shape(ben, article)
    assert [item.version.ordinal for item in ada.versions.list(article)] == [1, 2]
    assert [view.kind for view in ada.verdicts.conflicts()] == ["verdict"]


def test_two_desks_that_bring_in_different_texts_have_both(desk: Desk, tmp_path: Path) -> None:
    ada, ben = desk("ada"), desk("ben")
    article = ada.articles.add(FIRST.encode(), "port.txt", title="The Port").id
    exchange(ada, ben, tmp_path / "first.cwb")
    update(ada, article, FIRST.replace("32 people", "24 people"))
    update(ben, article, FIRST.replace("4.2 million", "5.2 million"))
    meet(ada, ben, tmp_path)
    assert desk_shape(ada, article) == desk_shape(ben, article)
    assert [item.version.ordinal for item in ada.versions.list(article)] == [1, 2, 2]


def test_a_conflict_of_places_waits_for_a_choice(desk: Desk, tmp_path: Path) -> None:
    ada, ben = desk("ada"), desk("ben")
    article = ada.articles.add(FIRST.encode(), "port.txt", title="The Port").id
    target = claim(ada, article, "1911").claim.id
    update(ada, article, FIRST.replace("The port was opened in 1911.", "Ships came early. Boats came late."))
    exchange(ada, ben, tmp_path / "first.cwb")
    ada.versions.place(target, words="Ships came early")
    ben.versions.place(target, words="Boats came late")
    meet(ada, ben, tmp_path)
    assert ada.claims.get(target).status is Status.CONFLICT
    conflict = next(view for view in ada.verdicts.conflicts() if view.kind == "anchor")
    assert len(conflict.choices) == 2
    assert conflict.claim_id == target


def test_a_verdict_on_a_claim_of_a_version_that_was_undone_elsewhere_is_kept(desk: Desk, tmp_path: Path) -> None:
    ada, ben = desk("ada"), desk("ben")
    article = ada.articles.add(FIRST.encode(), "port.txt", title="The Port").id
    update(ada, article, FIRST + " It rained in the harbour on Sunday.")
    exchange(ada, ben, tmp_path / "first.cwb")
    new = claim(ben, article, "rained").claim.id
    ben.verdicts.record(new, "politifact", "true", rationale="wet")
    ada.history.undo()
    meet(ada, ben, tmp_path)
    for one in (ada, ben):
        view = next(view for view in one.articles.desk(article).claims if view.claim.id == new)
        assert (view.status, view.anchor.words) == (Status.WITHDRAWN, "It rained in the harbour on Sunday.")
        assert len(view.verdicts) == 1


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_any_edits_keep_units_tiled_and_claims_placed(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    path = tmp_path_factory.mktemp("edits") / "desk.db"
    store = Store.open(path, Actor("00000000-0000-4000-8000-000000000001", "ada"), create=True)
    from workbench.matching.encoder_process import EncoderProcess

    with Workbench(store, Settings(name="ada", desk="ada"), EncoderProcess()) as workbench:
        article = workbench.articles.add(FIRST.encode(), "port.txt", title="The Port").id
        judged = {view.claim.id for view in workbench.articles.desk(article).claims if dice.random() < 0.3}
        for identity in judged:
            workbench.verdicts.record(identity, "politifact", "true", rationale="x")
        text, shapes = FIRST, [desk_shape(workbench, article)]
        for _ in range(2):
            text = edited(text, dice, 3)
            if workbench.versions.update(article, text.encode(), "port.txt").same:
                continue
            desk = workbench.articles.desk(article)
            shapes.append(desk_shape(workbench, article))
            assert [unit.start for unit in desk.units] == [0, *(unit.end for unit in desk.units[:-1])]
            assert desk.units[-1].end == len(desk.version.text)
            assert all(unit.claims for unit in desk.units)
            assert judged <= {view.claim.id for view in desk.claims}
            for view in desk.claims:
                if view.anchor.state is AnchorState.OK:
                    assert same_words(view.anchor.words, view.anchor.made_words)
                if view.claim.id in judged and view.anchor.state is not AnchorState.OK:
                    assert view.status in (Status.CHANGED, Status.LOST)
                if not view.anchor.orphan:
                    assert view.claim.status in ClaimStatus
                    assert view.claim.relation in Relation
                    assert desk.version.text[view.claim.start : view.claim.end] == view.anchor.words
        for shape in reversed(shapes[:-1]):
            workbench.history.undo()
            assert desk_shape(workbench, article) == shape
