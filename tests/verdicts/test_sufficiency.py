"""The checklist of a verdict."""

from dataclasses import replace
from datetime import date

import pytest

from workbench.verdicts import CitationFacts, Role, RuleState, Stance, VerdictFacts, check, gaps

WHEN = date(2026, 11, 3)
GOOD = CitationFacts(
    Stance.SUPPORTS, Role.PRIMARY, "p. 3", "https://a.example", "", "", WHEN, "origin-1", "words", quote_found=True
)
SECOND = replace(GOOD, role=Role.SECONDARY)
MET, UNMET, UNKNOWN = RuleState.MET, RuleState.UNMET, RuleState.UNKNOWN


def states(facts: VerdictFacts) -> dict[str, RuleState]:
    return {rule.id: rule.state for rule in check(facts)}


def state(rule: str, *citations: CitationFacts) -> RuleState:
    return states(VerdictFacts("Because.", citations))[rule]


def test_a_full_verdict_meets_everything() -> None:
    facts = VerdictFacts("Because.", (GOOD,))
    assert set(states(facts).values()) == {MET}
    assert gaps(check(facts)) == ()


def test_an_empty_verdict_meets_nothing_and_says_why() -> None:
    rules = check(VerdictFacts(" \n"))
    assert {rule.id: rule.state for rule in rules} == {
        "citation": UNMET,
        "origins": UNMET,
        "claimant": UNKNOWN,
        "rationale": UNMET,
        "quote": UNKNOWN,
    }
    assert all(rule.text and rule.detail for rule in rules)
    assert gaps(rules) == rules


@pytest.mark.parametrize(
    ("changes", "expected", "detail"),
    [
        ({"locator": " "}, UNMET, "lacks a locator."),
        ({"address": ""}, UNMET, "lacks an address, archive or document id."),
        ({"address": "", "archive": "https://b.example"}, MET, "1 of 1 complete."),
        ({"address": "", "document_id": "0197"}, MET, "1 of 1 complete."),
        ({"accessed_on": None}, UNMET, "lacks an access date."),
        ({"accessed_on": None, "locator": ""}, UNMET, "lacks a locator and an access date."),
    ],
)
def test_a_citation_must_be_complete(changes: dict[str, object], expected: RuleState, detail: str) -> None:
    rule = check(VerdictFacts("Because.", (replace(GOOD, **changes),)))[0]  # type: ignore[arg-type]
    assert (rule.id, rule.state) == ("citation", expected)
    assert rule.detail.endswith(detail)


def test_one_complete_citation_is_enough() -> None:
    rule = check(VerdictFacts("Because.", (replace(GOOD, locator=""), GOOD)))[0]
    assert (rule.state, rule.detail) == (MET, "1 of 2 complete.")


def test_two_independent_origins_stand_in_for_a_primary_source() -> None:
    assert state("origins", SECOND) is UNMET
    assert state("origins", SECOND, SECOND) is UNMET
    assert state("origins", SECOND, replace(SECOND, origin="origin-2")) is MET
    assert state("origins", GOOD) is MET


def test_an_undecided_origin_is_unknown_only_where_it_could_decide() -> None:
    assert state("origins", SECOND, replace(SECOND, origin=None)) is UNKNOWN
    assert state("origins", replace(SECOND, origin=None)) is UNMET


def test_how_many_origins_are_asked_for_is_the_desks_decision() -> None:
    facts = VerdictFacts("Because.", (SECOND, replace(SECOND, origin="origin-2")))
    assert check(facts, required_origins=3)[1].state is UNMET


def test_context_and_the_claimant_are_no_origins() -> None:
    assert state("origins", replace(GOOD, stance=Stance.CONTEXT)) is UNMET
    claimant = replace(GOOD, role=Role.CLAIMANT, origin="origin-2")
    assert state("origins", SECOND, claimant) is UNMET


def test_the_claimant_may_not_be_the_only_source() -> None:
    claimant = replace(GOOD, role=Role.CLAIMANT)
    assert state("claimant", claimant) is UNMET
    assert state("claimant", claimant, replace(GOOD, stance=Stance.CONTEXT)) is UNMET
    assert state("claimant", claimant, replace(GOOD, role=None)) is UNKNOWN
    assert state("claimant", claimant, replace(GOOD, role=Role.EXPERT)) is MET


def test_quotations_must_still_be_found() -> None:
    lost, unseen, none = replace(GOOD, quote_found=False), replace(GOOD, quote_found=None), replace(GOOD, quote=" ")
    assert state("quote", GOOD, lost, unseen) is UNMET
    assert state("quote", GOOD, unseen) is UNKNOWN
    assert state("quote", GOOD, none) is MET
    assert state("quote", none) is UNKNOWN
    assert "citation 2" in check(VerdictFacts("Because.", (GOOD, lost)))[-1].detail


def test_a_level_that_says_evidence_is_missing_is_asked_what_was_looked_for() -> None:
    facts = VerdictFacts("Because.", rests_on_evidence=False)
    assert states(facts) == {"search": UNMET, "rationale": MET, "quote": UNKNOWN}
    assert states(replace(facts, negative_searches=2))["search"] is MET
    assert check(replace(facts, negative_searches=1))[0].detail == "1 search without a find logged."
    assert states(replace(facts, missing="The contract."))["search"] is MET
