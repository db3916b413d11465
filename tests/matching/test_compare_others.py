"""Names, negation, speakers, quotations, and what must hold for any texts at all."""

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.matching.discrepancies import Finding, FindingKind, Relation, compare, findings_to_json

_WORDS = [
    "32", "24", "1,5", "1.000.000", "five", "million", "killed", "people", "Cuban", "$", "%", "percent", "points", "-",
    "more than", "at least", "between", "and", "in", "2019", "May", "3", "st", "not", "said", "President", "Díaz-Canel",
    "“", "”", "'", ".", ",", "\n", "cases", "no", "of", "out of", "10", "/", "Madrid", "treinta y dos", "mil", "el",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join))


def _kinds(claim: str, passage: str, kind: FindingKind) -> list[Finding]:
    return [finding for finding in compare(claim, passage) if finding.kind is kind]


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_two_texts_can_be_compared_and_spans_are_verbatim(claim: str, passage: str) -> None:
    for finding in compare(claim, passage):
        for side, text in ((finding.claim, claim), (finding.passage, passage)):
            if side is not None:
                assert text[side.start : side.end] == side.text
                assert side.text
        assert finding.claim is not None or finding.passage is not None
        assert finding.message


@given(TEXTS)
@example("B0NO\nMORE")
@example("NO EL 0;0")
@settings(max_examples=300, deadline=None)
def test_a_text_does_not_conflict_with_itself(text: str) -> None:
    relations = {finding.relation for finding in compare(text, text) if finding.kind is not FindingKind.QUOTATION}
    assert Relation.CONFLICT not in relations


@pytest.mark.parametrize(
    ("claim", "passage", "left", "right"),
    [
        ("Nicolas Madoro spoke in Caracas", "Nicolás Maduro spoke in Caracas", "Madoro", "Maduro"),
        ("The talks were held in Austria", "The talks were held in Australia", "Austria", "Australia"),
        ("The summit was held in Lisbon last year", "The summit was held in Madrid last year", "Lisbon", "Madrid"),
    ],
)
def test_names_that_differ(claim: str, passage: str, left: str, right: str) -> None:
    (found,) = _kinds(claim, passage, FindingKind.NAME)
    assert found.relation is Relation.CONFLICT
    assert found.claim is not None
    assert found.passage is not None
    assert (found.claim.text, found.passage.text) == (left, right)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Nicolas Maduro spoke", "Nicolás Maduro spoke"),
        ("Cuba mourned its dead", "The Cuban government mourned its dead"),
        ("Venezuelan officials met", "Officials of Venezuela met"),
        ("The mayor spoke in Lisbon", "A storm is near Madrid"),
        ("Turkey signed the accord", "The Turkish side signed the accord"),
    ],
)
def test_forms_of_a_name_and_other_sentences_are_no_difference(claim: str, passage: str) -> None:
    assert not _kinds(claim, passage, FindingKind.NAME)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("President Maduro left the capital", "President Maduro did not leave the capital"),
        ("The ministry never paid the workers", "The ministry paid the workers"),
        ("Havana confirmed the deaths of soldiers", "Havana denied the deaths of soldiers"),
        ("El gobierno confirmó las muertes", "El gobierno negó las muertes"),
        ("El ministro no pagó la deuda", "El ministro pagó la deuda"),
    ],
)
def test_negation_is_shown_and_marked_as_weak(claim: str, passage: str) -> None:
    (found,) = _kinds(claim, passage, FindingKind.NEGATION)
    assert found.weak
    assert "weak" in found.message


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("No more than 30 people came to the hall", "30 people came to the hall"),
        ("The mayor paid", "It did not rain in the valley"),
        ("He did not pay the fine", "He never paid the fine"),
    ],
)
def test_negation_that_is_none(claim: str, passage: str) -> None:
    assert not _kinds(claim, passage, FindingKind.NEGATION)


def test_another_speaker() -> None:
    (found,) = _kinds(
        "Cuban President Miguel Díaz-Canel said 32 were killed in the strikes",
        "Foreign Minister Bruno Rodríguez said 32 were killed in the strikes",
        FindingKind.SPEAKER,
    )
    assert found.relation is Relation.CONFLICT
    assert found.claim is not None
    assert found.claim.text == "Cuban President Miguel Díaz-Canel"


def test_another_holder_of_the_same_office() -> None:
    (found,) = _kinds(
        "Transport Minister Ilse Marrow told parliament that no official had been aware of defects",
        "Transport Minister Tomas Verrin told parliament that no official had been aware of defects",
        FindingKind.SPEAKER,
    )
    assert found.relation is Relation.CONFLICT


def test_the_same_speaker_by_surname_and_by_according_to() -> None:
    (found,) = _kinds(
        "According to Miguel Díaz-Canel, the soldiers fell in combat",
        "The soldiers fell in combat, Díaz-Canel said",
        FindingKind.SPEAKER,
    )
    assert found.relation is Relation.CONSISTENT


SPOKEN = 'He said: "Our people did their duty with dignity and fell in direct combat or as a result of bombing of the facilities."'


@pytest.mark.parametrize(
    ("claim", "relation", "word"),
    [
        ("“Our people did their duty with dignity and fell in direct combat”", Relation.CONSISTENT, "word for word"),
        ("“our people did their duty, or fell as a result of the bombings.”", Relation.CONFLICT, "quotation"),
        ("“fell in direct combat or as a result of the bombings.”", Relation.CONFLICT, "trimmed at the end"),
        ("“Our people never did their duty with dignity and fell in direct combat”", Relation.CONFLICT, "altered"),
        ("“Nothing will change in the harbour before the winter”", Relation.MISSING, "not in the passage"),
    ],
)
def test_quotations(claim: str, relation: Relation, word: str) -> None:
    (found,) = _kinds(claim, SPOKEN, FindingKind.QUOTATION)
    assert found.relation is relation
    assert word in found.message


def test_no_message_judges() -> None:
    pairs = [("32 people were killed", "24 people were killed"), ("He was born in 1950", "He was born in 1951")]
    words = " ".join(finding.message for pair in pairs for finding in compare(*pair))
    assert not {"refuted", "confirmed", "true", "false", "refutes"} & set(words.split())


def test_json_has_the_keys_that_scripts_rely_on() -> None:
    told = json.loads(json.dumps(findings_to_json(compare("32 people were killed", "The day was calm"))))
    assert told == {
        "findings": [
            {
                "kind": "figure",
                "relation": "missing",
                "claim": {"start": 0, "end": 2, "text": "32"},
                "passage": None,
                "message": "figure not in the passage: claim 32",
                "weak": False,
            }
        ]
    }


@pytest.mark.parametrize("piece", ["1 ", "1 May 2019, ", "5 % ", '"a b ', "A-", "not ", "killed 5 ", "Ab said "])
def test_hostile_paragraphs_take_no_time(piece: str) -> None:
    hostile = (piece * 20_000)[:20_000]
    started = time.process_time()
    compare("32 Cuban citizens were killed, “we will not leave this island” Ada Ruiz said on 3 May 2019", hostile)
    assert time.process_time() - started < 2


def test_other_languages_are_compared_by_their_digits() -> None:
    (found,) = _kinds("Inflation 5.3%", "Die Inflation: 5.3%", FindingKind.FIGURE)
    assert found.relation is Relation.CONSISTENT
