import json
from datetime import date

import pytest

from workbench.splitting import ClaimKind, ClaimRelation, SuggestedClaim, split, to_json


def claims(text: str, relation: str) -> list[SuggestedClaim]:
    return [c for u in split(text, language="en").units for c in u.claims if c.relation == relation]


def said(text: str) -> list[tuple[str, str, str]]:
    return [(c.attribution.source, c.attribution.cue, c.text) for c in claims(text, "content") if c.attribution]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Ann Poe said that the dam held.", ("Mayor Ann Poe", "said", "The dam held")),
        ("The dam held, Mayor Ann Poe said.", ("Mayor Ann Poe", "said", "The dam held")),
        ("The dam held, said Mayor Ann Poe on Monday.", ("Mayor Ann Poe", "said", "The dam held")),
        ("“The dam will hold,” she said.", ("she", "said", "The dam will hold")),
        ("“The dam will hold,” said Ann Poe, the mayor.", ("Ann Poe, the mayor", "said", "The dam will hold")),
        ("According to two engineers, the dam held.", ("two engineers", "According to", "The dam held")),
        ("The dam held, according to two engineers.", ("two engineers", "according to", "The dam held")),
        (
            "Ann Poe, the mayor of Northvale, said the dam held.",
            ("Ann Poe, the mayor of Northvale", "said", "The dam held"),
        ),
        ("Poe told reporters that the dam held.", ("Poe", "told", "The dam held")),
        ("The agency has repeatedly denied that it knew.", ("The agency", "denied", "It knew")),
    ],
)
def test_who_said_what(text: str, expected: tuple[str, str, str]) -> None:
    assert said(text) == [expected]


def test_a_participle_keeps_the_speaker_of_its_sentence() -> None:
    text = "President Ana Lum detailed that those lost were on a mission, stating that “our people fell in combat or in the floods.”"
    assert said(text) == [
        ("President Ana Lum", "detailed", "Those lost were on a mission"),
        ("President Ana Lum", "stating", "Our people fell in combat or in the floods."),
    ]


def test_the_speaker_carries_on_through_a_quotation_of_several_sentences() -> None:
    text = "“We were lucky. We knew it,” Mayor Poe said. “It will not happen twice.”\n\nRoe stated:\n\n“The wall is too low.”"
    assert [(c.attribution.source, c.attribution.continued) for c in claims(text, "content") if c.attribution] == [
        ("Mayor Poe", True),
        ("Mayor Poe", False),
        ("Mayor Poe", True),
        ("Roe", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The report was long.",
        "The plan to rebuild the dam is old.",
        "The new roads suggest that rain is rare.",
        "They watched “The Long Night” at home.",
        "Moving on, understanding how it works is vital.",
    ],
)
def test_nobody_is_made_a_speaker(text: str) -> None:
    assert said(text) == []


def test_the_act_is_a_claim_of_its_own_and_not_pre_selected() -> None:
    (act,) = claims("Mayor Ann Poe confirmed on Monday that 32 houses were lost.", "act")
    assert act.text == "Mayor Ann Poe confirmed on Monday that 32 houses were lost"
    assert not act.suggested


def kinds(text: str) -> set[ClaimKind]:
    return set(split(text, language="en").units[0].claims[0].kinds)


def test_kinds_carry_the_words_that_gave_them_away() -> None:
    claim = split("Analysts say many dams will fail.", language="en").units[0].claims[0]
    assert {ClaimKind.ATTRIBUTED, ClaimKind.PREDICTION} <= set(claim.kinds)
    assert "prediction: “will”" in claim.reasons
    assert "unnamed source: “analysts”" in claim.reasons
    assert "vague quantity: “many”" in claim.reasons
    assert ClaimKind.QUESTION in kinds("Will the dam hold?")
    assert ClaimKind.NORMATIVE in kinds("The city should rebuild it.")
    assert ClaimKind.OPINION in kinds("It was a shameful decision.")
    assert ClaimKind.QUOTE in kinds("She called it “a very bad day” for all.")
    assert ClaimKind.FACTUAL in kinds("In 2019 the dam failed.")
    passive = split("Two workers were killed.", language="en").units[0].claims[0]
    assert "passive without an agent: “were killed”" in passive.reasons


def test_check_worthiness_orders_and_explains() -> None:
    figure = claims("Unemployment rose by 12 percent last year.", "sentence")[0]
    wish = claims("Thank you, I hope you like it.", "sentence")[0]
    question = claims("Did unemployment rise by 12 percent?", "sentence")[0]
    assert figure.checkworthiness > 0.8
    assert wish.checkworthiness < 0.2
    assert figure.suggested
    assert not wish.suggested
    assert not question.suggested
    assert figure.reasons[0].startswith(("figure in digits (+", "percentage (+"))


def test_quantities_and_dates() -> None:
    claim = claims("On January 4, 2026, thirty-two people lost $1.5 million, or 12.5 percent.", "sentence")[0]
    assert [(m.text, m.type) for m in claim.dates] == [("January 4, 2026", "date")]
    assert [(m.text, m.type) for m in claim.quantities] == [
        ("thirty-two", "number"),
        ("$1.5 million", "money"),
        ("12.5 percent", "percent"),
    ]


def test_references_are_flagged_with_candidates_and_never_resolved() -> None:
    text = "Ann Poe met John Roe. She left on Sunday. These talks failed, and a day was set aside to honor the fallen."
    found = [(r.text, r.type, r.candidates) for c in claims(text, "sentence") for r in c.references]
    assert found == [
        ("She", "pronoun", ("John Roe", "Ann Poe")),
        ("Sunday", "weekday", ()),
        ("These talks", "demonstrative", ("John Roe", "Ann Poe")),
        ("the fallen", "group", ("John Roe", "Ann Poe")),
    ]


def test_date_words_ask_for_a_publication_date() -> None:
    text = "The dam failed on Sunday."
    (warning,) = split(text, language="en").warnings
    assert (warning.type, text[warning.start : warning.end]) == ("publication_date_missing", "Sunday")
    assert split(text, language="en", published=date(2026, 1, 4)).warnings == ()


def test_the_json_shape() -> None:
    text = "Mayor Poe said 32 houses were lost on Sunday."
    shape = to_json(split(text, language="en"), text)
    assert json.loads(json.dumps(shape)) == shape
    assert list(shape) == ["language", "length", "units", "warnings"]
    (unit,) = shape["units"]
    assert unit["text"] == text
    assert set(unit) == {"start", "end", "kind", "text", "claims"}
    first, content, act = unit["claims"][:3]
    assert [first["relation"], content["relation"], act["relation"]] == list(ClaimRelation)[:3]
    assert {
        "start", "end", "fragments", "text", "relation", "kinds", "reasons", "checkworthiness",
        "suggested", "attribution", "references", "quantities", "dates", "polarity", "modality",
        "reliable",
    } == set(first)  # fmt: skip
    assert {"source": "Mayor Poe", "start": 0, "end": 9, "cue": "said"}.items() <= content["attribution"].items()
    assert content["fragments"] == [[15, 44]]
    assert content["quantities"][0]["text"] == "32"
