"""Bringing an article in and working on its claims: wording, setting aside, splitting, merging, parts, undo."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import UndoBlocked
from db.vocabulary import Relation, UnitKind, UnitState
from workbench.app import Workbench
from workbench.errors import InputRefused, NotFound
from workbench.services.views import Desk, Status

ARTICLE = """The Harbour Fire

By Ada Sample

Officials said on Monday that 31 people were killed in the harbour fire. The port was closed for two days.

It will reopen next month. The mayor is the best speaker the town has ever had.
"""


def add(workbench: Workbench, text: str = ARTICLE) -> Desk:
    return workbench.articles.desk(workbench.articles.add(text.encode(), "fire.txt").id)


def sentence(desk: Desk, words: str) -> str:
    return next(view.claim.id for view in desk.claims if view.depth == 0 and words in view.claim.wording)


def covered(desk: Desk) -> bool:
    ends = [0, *(unit.end for unit in desk.units)]
    return [unit.start for unit in desk.units] == ends[:-1] and ends[-1] == len(desk.version.text)


def test_an_article_is_covered_and_its_byline_is_set_aside_with_a_reason(workbench: Workbench) -> None:
    desk = add(workbench)
    assert desk.article.title == "The Harbour Fire"
    assert desk.version.text == ARTICLE
    assert covered(desk)
    byline = next(unit for unit in desk.units if unit.kind is UnitKind.BYLINE)
    assert byline.state is UnitState.SET_ASIDE
    assert all(unit.claims for unit in desk.units)
    assert [view.number for view in desk.claims] == list(range(1, len(desk.claims) + 1))


def test_what_is_given_beside_the_text_wins(workbench: Workbench) -> None:
    article = workbench.articles.add(ARTICLE.encode(), "fire.txt", title="Another title", outlet="The Sample Post")
    assert (article.title, article.outlet) == ("Another title", "The Sample Post")


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\x00\x01\x02" * 50, b"%PDF-1.7\n" + b"\x80" * 200])
def test_what_is_no_article_is_refused_and_nothing_is_written(workbench: Workbench, data: bytes) -> None:
    with pytest.raises(InputRefused):
        workbench.articles.add(data, "fire.txt")
    assert workbench.articles.list() == []
    assert workbench.sharing.info().revisions == 0


def test_editing_the_wording_leaves_the_span_and_an_empty_wording_restores_it(workbench: Workbench) -> None:
    desk = add(workbench)
    key = sentence(desk, "port was closed")
    before = workbench.claims.get(key).claim
    workbench.claims.edit_wording(key, "The harbour of  Sampleton was closed for two days.")
    after = workbench.claims.get(key).claim
    assert after.wording == "The harbour of Sampleton was closed for two days."
    assert (after.start, after.end) == (before.start, before.end)
    workbench.claims.edit_wording(key, "  ")
    assert workbench.claims.get(key).claim.wording == before.wording


def test_setting_aside_needs_a_reason_and_counts_as_covered(workbench: Workbench) -> None:
    desk = add(workbench)
    key = sentence(desk, "best speaker")
    with pytest.raises(InputRefused):
        workbench.claims.set_aside(key, "   ")
    workbench.claims.set_aside(key, "opinion")
    view = workbench.claims.get(key)
    assert (view.status, view.claim.reason) == (Status.SET_ASIDE, "opinion")
    assert workbench.articles.desk(desk.article.id).coverage.set_aside > desk.coverage.set_aside
    workbench.claims.reopen(key)
    assert workbench.claims.get(key).status is Status.TODO


def test_setting_several_aside_is_one_undo_step(workbench: Workbench) -> None:
    desk = add(workbench)
    keys = [sentence(desk, "best speaker"), sentence(desk, "reopen")]
    assert workbench.claims.set_aside_many(keys, "not a fact") == 2
    assert workbench.history.undo() == "set claims aside"
    assert {workbench.claims.get(key).status for key in keys} == {Status.TODO}


def test_splitting_cuts_the_unit_and_undo_joins_it_again(workbench: Workbench) -> None:
    desk = add(workbench)
    key = sentence(desk, "port was closed")
    offset = desk.version.text.index("closed for") + len("closed")
    left, right = workbench.claims.split(key, offset)
    split = workbench.articles.desk(desk.article.id)
    assert covered(split)
    assert len(split.units) == len(desk.units) + 1
    assert (left.wording, right.wording) == ("The port was closed", "for two days.")
    assert left.replaces == [key] == right.replaces
    assert key not in {view.claim.id for view in split.claims}
    workbench.history.undo()
    restored = workbench.articles.desk(desk.article.id)
    assert restored.units == desk.units
    assert [view.claim.wording for view in restored.claims] == [view.claim.wording for view in desk.claims]
    workbench.history.redo()
    assert workbench.articles.desk(desk.article.id).units == split.units


@pytest.mark.parametrize("where", ["start", "end"])
def test_a_split_that_leaves_nothing_on_one_side_is_refused(workbench: Workbench, where: str) -> None:
    desk = add(workbench)
    claim = workbench.claims.get(sentence(desk, "port was closed")).claim
    with pytest.raises(InputRefused):
        workbench.claims.split(claim.id, getattr(claim, where))
    assert workbench.articles.desk(desk.article.id).units == desk.units


def test_merging_joins_with_the_next_sentence_and_the_last_has_none(workbench: Workbench) -> None:
    desk = add(workbench)
    merged = workbench.claims.merge(sentence(desk, "port was closed"))
    assert merged.wording == "The port was closed for two days. It will reopen next month."
    after = workbench.articles.desk(desk.article.id)
    assert covered(after)
    assert len(after.units) == len(desk.units) - 1
    with pytest.raises(InputRefused):
        workbench.claims.merge(sentence(desk, "best speaker"))


def test_split_then_merge_gives_the_units_back(workbench: Workbench) -> None:
    desk = add(workbench)
    key = sentence(desk, "port was closed")
    left, _ = workbench.claims.split(key, desk.version.text.index("for two days"))
    workbench.claims.merge(left.id)
    assert workbench.articles.desk(desk.article.id).units[0] == desk.units[0]
    assert [(u.start, u.end) for u in workbench.articles.desk(desk.article.id).units] == [
        (u.start, u.end) for u in desk.units
    ]


def test_parts_hang_under_their_sentence_and_can_be_dropped(workbench: Workbench) -> None:
    desk = add(workbench)
    key = sentence(desk, "port was closed")
    start = desk.version.text.index("closed for two days")
    part = workbench.claims.add_part(key, start, start + len("closed for two days"))
    implied = workbench.claims.add_implied(key, "There is only one port.")
    after = workbench.articles.desk(desk.article.id)
    children = [view.claim for view in after.claims if view.claim.parent_id == key]
    assert [child.id for child in children] == sorted([part.id, implied.id], key=lambda item: (item != implied.id,))
    assert implied.relation is Relation.IMPLIED
    assert implied.fragments == []
    workbench.claims.drop(part.id)
    with pytest.raises(InputRefused):
        workbench.claims.drop(key)
    with pytest.raises(InputRefused):
        workbench.claims.add_part(key, 0, 4)


def test_a_key_is_the_end_of_an_identifier_and_must_name_one_thing(workbench: Workbench) -> None:
    desk = add(workbench)
    key = sentence(desk, "port was closed")
    assert workbench.claims.get(key[-6:]).claim.id == key
    for wrong in ("zzzz-not-there", "%%%%", "", key[:8] if len(desk.claims) > 1 else "x"):
        with pytest.raises(NotFound):
            workbench.claims.get(wrong)


def test_withdrawing_an_article_takes_everything_and_undo_brings_it_back(workbench: Workbench) -> None:
    desk = add(workbench)
    workbench.claims.set_aside(sentence(desk, "best speaker"), "opinion")
    before = workbench.articles.desk(desk.article.id)
    workbench.articles.withdraw(desk.article.id)
    assert workbench.articles.list() == []
    workbench.history.undo()
    restored = workbench.articles.desk(desk.article.id)
    assert restored.units == before.units
    assert restored.coverage == before.coverage


def test_nothing_to_undo_is_said(workbench: Workbench) -> None:
    with pytest.raises(UndoBlocked):
        workbench.history.undo()


STEPS = st.lists(
    st.tuples(st.sampled_from(["split", "merge", "undo", "redo", "aside"]), st.integers(0, 400)), max_size=12
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_sequence_of_edits_keeps_the_article_covered(workbench: Workbench, steps: list[tuple[str, int]]) -> None:
    desk = add(workbench)
    for step, number in steps:
        now = workbench.articles.desk(desk.article.id)
        claim = now.claims[number % len(now.claims)].claim
        try:
            if step == "split":
                workbench.claims.split(claim.id, claim.start + number % max(1, claim.end - claim.start))
            elif step == "merge":
                workbench.claims.merge(claim.id)
            elif step == "aside":
                workbench.claims.set_aside(claim.id, "because")
            elif step == "undo" and workbench.history.next_undo() != "bring in an article":
                workbench.history.undo()
            elif step == "redo":
                workbench.history.redo()
        except (InputRefused, UndoBlocked):
            pass
        after = workbench.articles.desk(desk.article.id)
        assert covered(after)
        assert after.version.text == ARTICLE
        assert sum(unit.end - unit.start for unit in after.units) == after.coverage.characters == len(ARTICLE)
        assert all(any(u.start <= v.claim.start < u.end for u in after.units) for v in after.claims)
    assert workbench.sharing.check() == []
