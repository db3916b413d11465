"""When a claim asks for work: one rule for lists, counts, units and reports."""

import pytest

from db.vocabulary import Relation, Role, Stance, UnitState
from workbench.app import Workbench
from workbench.services.status import DECIDED
from workbench.services.views import OPEN, ClaimView, Status

TEXT = "The pier is 90 metres long and it was built in 1931, the harbour office said.\n\nThe pier is closed.\n"
PART, OTHER = "The pier is 90 metres long", "it was built in 1931"


@pytest.fixture
def family(workbench: Workbench) -> tuple[str, str, str]:
    """A sentence with two parts that nobody has touched: its key and theirs; parts of the splitter's own are dropped."""
    article = workbench.articles.add(TEXT.encode(), "pier.txt")
    desk = workbench.articles.desk(article.id)
    sentence = next(
        view.claim for view in desk.claims if view.claim.wording.startswith("The pier is 90") and not view.depth
    )
    for view in desk.claims:
        if view.depth:
            workbench.claims.drop(view.claim.id)
    parts = [
        workbench.claims.add_part(sentence.id, TEXT.index(words), TEXT.index(words) + len(words))
        for words in (PART, OTHER)
    ]
    return sentence.id, parts[0].id, parts[1].id


def states(workbench: Workbench, *keys: str) -> list[Status]:
    views = {view.claim.id: view.status for view in desk_claims(workbench)}
    assert [workbench.claims.get(key).status for key in keys] == [views[key] for key in keys], (
        "one claim is as in the list"
    )
    return [views[key] for key in keys]


def desk_claims(workbench: Workbench) -> tuple[ClaimView, ...]:
    return workbench.articles.desk(workbench.articles.list()[0].article.id).claims


def unit(workbench: Workbench, key: str) -> UnitState:
    desk = workbench.articles.desk(workbench.articles.list()[0].article.id)
    return next(item.state for item in desk.units if key in item.claims)


def record(workbench: Workbench, key: str, level: str = "confirmed") -> None:
    workbench.verdicts.record(key, "prepublication", level, rationale="We looked.")


def cite(workbench: Workbench, key: str) -> str:
    workbench.evidence.add_data(b"The pier is 90 metres long. It opened in 1931.", "pier-guide.txt")
    return workbench.verdicts.cite(key, "1", stance=Stance.SUPPORTS, role=Role.PRIMARY).id


def test_untouched_parts_of_a_checked_sentence_are_covered(workbench: Workbench, family: tuple[str, str, str]) -> None:
    sentence, first, second = family
    assert states(workbench, *family) == [Status.TODO] * 3
    record(workbench, sentence)
    assert states(workbench, first, second) == [Status.COVERED] * 2
    assert unit(workbench, sentence) is UnitState.CHECKED
    summary = workbench.articles.list()[0]
    assert (summary.open, summary.checked, summary.covered) == (1, 1, 2)
    workbench.verdicts.withdraw(sentence, "prepublication")
    assert states(workbench, *family) == [Status.TODO] * 3


def test_so_they_are_where_the_sentence_is_set_aside(workbench: Workbench, family: tuple[str, str, str]) -> None:
    sentence, first, second = family
    workbench.claims.set_aside(sentence, "Opinion.")
    assert states(workbench, first, second) == [Status.COVERED] * 2
    assert unit(workbench, sentence) is UnitState.SET_ASIDE


def test_what_was_begun_asks_to_be_finished(workbench: Workbench, family: tuple[str, str, str]) -> None:
    sentence, first, second = family
    citation = cite(workbench, first)
    record(workbench, sentence)
    assert states(workbench, first, second) == [Status.IN_WORK, Status.COVERED]
    assert unit(workbench, sentence) is UnitState.IN_WORK
    workbench.verdicts.withdraw_citation(citation)
    assert states(workbench, first) == [Status.COVERED]
    record(workbench, second, "open")
    assert states(workbench, second) == [Status.IN_WORK]
    assert unit(workbench, sentence) is UnitState.IN_WORK


def test_a_sentence_is_covered_by_all_its_parts(workbench: Workbench, family: tuple[str, str, str]) -> None:
    sentence, first, second = family
    record(workbench, first)
    assert states(workbench, sentence) == [Status.TODO]
    assert unit(workbench, sentence) is UnitState.IN_WORK
    workbench.claims.set_aside(second, "Common knowledge.")
    assert states(workbench, sentence) == [Status.COVERED]
    assert unit(workbench, sentence) is UnitState.CHECKED


def test_parts_that_are_all_set_aside_cover_nothing(workbench: Workbench, family: tuple[str, str, str]) -> None:
    sentence, first, second = family
    for key in (first, second):
        workbench.claims.set_aside(key, "Covered elsewhere.")
    assert states(workbench, sentence) == [Status.TODO]
    assert unit(workbench, sentence) is UnitState.IN_WORK


def test_a_covered_claim_can_still_be_judged_and_others_are_not_touched(
    workbench: Workbench, family: tuple[str, str, str]
) -> None:
    sentence, first, _ = family
    record(workbench, sentence)
    record(workbench, first, "wrong")
    assert states(workbench, first) == [Status.REFUTED]
    other = next(view for view in desk_claims(workbench) if view.claim.wording == "The pier is closed.")
    assert other.status is Status.TODO


def test_the_report_leaves_out_what_is_covered(workbench: Workbench, family: tuple[str, str, str]) -> None:
    sentence, first, second = family
    article = workbench.articles.list()[0].article.id
    record(workbench, first)
    record(workbench, second)
    reported = {claim.id for claim in workbench.reports.model(article).claims}
    assert {first, second} <= reported
    assert sentence not in reported


def test_open_checked_covered_and_set_aside_are_all_there_is(
    workbench: Workbench, family: tuple[str, str, str]
) -> None:
    record(workbench, family[0])
    summary = workbench.articles.list()[0]
    assert summary.open + summary.checked + summary.covered + summary.set_aside == summary.claims
    assert OPEN | DECIDED | {Status.COVERED, Status.SET_ASIDE, Status.GONE} == set(Status)
    assert Relation.PART in {view.claim.relation for view in desk_claims(workbench)}
