"""Citations, verdicts, checklists and reviews."""

import re

import pytest
from cli_desk import CommandLine

OPENING = "confirmed on Sunday that 31 Kestrian citizens"
QUOTE = "Prime Minister Edda Lorne confirmed on Sunday that 13 Kestrian citizens"


@pytest.fixture
def claim(desk: CommandLine) -> str:
    """The key of the claim that the sample turns on."""
    return str(desk.claim(OPENING)["id"])


def cite(desk: CommandLine, claim: str, *more: str) -> str:
    return desk.ok("cite", claim, "sample-pm-statement", "--stance", "refutes", "--role", "primary", *more).out.strip()


def citations(desk: CommandLine, claim: str) -> list[dict[str, object]]:
    return list(desk.ok("claim", "show", claim, "--format", "json").json["claim"]["citations"])


def test_a_quote_is_cited_word_for_word(desk: CommandLine, claim: str) -> None:
    key = cite(desk, claim, "--quote", QUOTE, "--note", "the statement itself")
    made = citations(desk, claim)[0]
    assert (made["id"], made["quote"], made["quote_found"]) == (key, QUOTE, True)
    assert QUOTE in re.sub(r"\s+", " ", desk.ok("claim", "show", claim).out)
    refused = desk(
        "cite",
        claim,
        "sample-pm-statement",
        "--stance",
        "refutes",
        "--role",
        "primary",
        "--quote",
        QUOTE.replace("13", "31"),
    )
    assert (refused.code, "word for word" in refused.err) == (3, True)
    assert len(citations(desk, claim)) == 1


def test_a_span_or_the_nearest_passage_is_cited(desk: CommandLine, claim: str) -> None:
    cite(desk, claim, "--start", "0", "--end", "14")
    cite(desk, claim)
    by_span, by_passage = citations(desk, claim)
    assert by_span["quote"] == "Prime Minister"
    assert OPENING.replace("31", "13") in str(by_passage["quote"])


def test_a_citation_is_edited_withdrawn_and_brought_back(desk: CommandLine, claim: str) -> None:
    key = cite(desk, claim)
    desk.ok("citation", "edit", key[-6:], "--stance", "context", "--role", "claimant", "--start", "0", "--end", "14")
    made = citations(desk, claim)[0]
    assert (made["stance"], made["role"], made["quote"]) == ("context", "claimant", "Prime Minister")
    desk.ok("citation", "withdraw", key)
    assert citations(desk, claim) == []
    desk.ok("undo")
    assert len(citations(desk, claim)) == 1
    assert desk("citation", "edit", key).code == 2


def test_a_verdict_is_recorded_shown_and_withdrawn(desk: CommandLine, claim: str) -> None:
    made = desk.ok("verdict", "record", claim, "--level", "w", "--rationale", "-", given="It says 13.\nNot 31.\n")
    assert "recorded Wrong on prepublication@1 as Ana Brook" in made.err
    assert "still to do" in made.err
    shown = desk.ok("verdict", "show", claim, "--format", "json").json["verdicts"][0]
    assert (shown["id"], shown["level"], shown["rationale"]) == (made.out.strip(), "wrong", "It says 13.\nNot 31.")
    assert "Verdict  Wrong" in desk.ok("verdict", "show", claim).out
    listed = desk.ok("claims", desk.article(), "--status", "refuted")
    assert "✗ refuted" in listed.out
    desk.ok("verdict", "withdraw", claim)
    assert "No verdict yet" in desk.ok("verdict", "show", claim).err
    assert desk("verdict", "withdraw", claim).code == 3


def test_a_second_scale_stands_beside_the_first(desk: CommandLine, claim: str) -> None:
    desk.ok("verdict", "record", claim, "--level", "wrong")
    desk.ok("verdict", "record", claim, "--scale", "politifact", "--level", "False", "--rationale", "x")
    shown = desk.ok("verdict", "show", claim, "--format", "json").json["verdicts"]
    assert sorted(item["scale"] for item in shown) == ["politifact", "prepublication"]
    assert desk("verdict", "record", claim, "--scale", "politifact", "--level", "nonsense").code == 3
    assert desk("verdict", "record", claim, "--scale", "stars", "--level", "x").code == 3


def test_the_checklist_is_the_answer_no_until_everything_is_there(desk: CommandLine, claim: str) -> None:
    before = desk("verdict", "checklist", claim)
    assert before.code == 1
    assert "✗ not met" in before.out
    cite(desk, claim, "--quote", QUOTE)
    desk.ok("verdict", "record", claim, "--level", "wrong", "--rationale", "The statement says 13.")
    after = desk("verdict", "checklist", claim, "--format", "json")
    assert (after.code, {rule["state"] for rule in after.json["rules"]}) == (0, {"met"})


def test_scales_are_shown_with_their_levels(reader: CommandLine) -> None:
    assert "politifact@1" in reader.ok("verdict", "scales").out
    levels = reader.ok("verdict", "scales", "prepublication", "--format", "json").json["scales"][0]["levels"]
    assert [level["id"] for level in levels][:3] == ["confirmed", "needs-change", "wrong"]
    assert "w  ✗ Wrong" in reader.ok("verdict", "scales", "prepublication").out
    assert reader("verdict", "scales", "stars").code == 3


def test_somebody_else_reviews(desk: CommandLine, claim: str) -> None:
    desk.ok("verdict", "record", claim, "--level", "wrong")
    own = desk("review", "record", claim, "--outcome", "agrees")
    assert (own.code, "cannot review it" in own.err) == (3, True)
    assert "not reviewed" in desk.ok("review", "list", desk.article()).out
    disagrees = ("--outcome", "disagrees", "--level", "needs-change", "--note", "Only the figure is off.")
    desk.ok("review", "record", claim, *disagrees, "--as", "Ben Holt")
    shown = desk.ok("review", "list", desk.article(), "--format", "json").json["claims"][0]["reviews"]
    assert [(item["author"], item["outcome"], item["level"]) for item in shown] == [
        ("Ben Holt", "disagrees", "needs-change")
    ]
    assert "Ben Holt disagrees" in desk.ok("review", "list", desk.article()).out
    desk.ok("verdict", "record", claim, "--level", "needs-change")
    assert "of an earlier verdict" in desk.ok("review", "list", desk.article()).out


def test_no_conflict_is_said(desk: CommandLine) -> None:
    assert "No conflict" in desk.ok("verdict", "conflicts").err
    assert desk.ok("verdict", "conflicts", "--format", "json").json == {"conflicts": []}
    assert desk("verdict", "resolve", "abcdef", "1").code == 3


def test_an_unknown_stance_is_misuse_and_names_the_words(reader: CommandLine) -> None:
    result = reader("cite", "abcd", "1", "--stance", "proves", "--role", "primary")
    assert result.code == 2
    assert "supports, refutes, context" in result.err


def test_the_words_of_a_citation_are_narrowed_by_quoting_them(desk: CommandLine, claim: str) -> None:
    key = cite(desk, claim)
    desk.ok("citation", "edit", key[-6:], "--quote", QUOTE)
    made = citations(desk, claim)[0]
    assert (made["id"], made["quote"], made["stance"]) == (key, QUOTE, "refutes")
    refused = desk("citation", "edit", key[-6:], "--quote", QUOTE.replace("13", "31"))
    assert (refused.code, "word for word" in refused.err) == (3, True)
    assert desk("citation", "edit", key[-6:], "--quote", QUOTE, "--start", "0", "--end", "5").code == 2
    desk.ok("undo")
    assert citations(desk, claim)[0]["quote"] != QUOTE
