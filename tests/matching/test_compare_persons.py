"""Persons, offices, certainty, denied figures, parts of quotations: what else a passage says otherwise."""

import pytest

from workbench.matching.discrepancies import Finding, FindingKind, Relation, compare


def _conflicts(claim: str, passage: str, kind: FindingKind, language: str = "en") -> list[Finding]:
    found = compare(claim, passage, language=language)
    return [one for one in found if one.kind is kind and one.relation is Relation.CONFLICT]


@pytest.mark.parametrize(
    ("claim", "passage", "left", "right"),
    [
        ("Anna Berg signed the harbour law", "Maria Berg signed the harbour law", "Anna Berg", "Maria Berg"),
        (
            "Finance Minister Anna Berg signed the law",
            "Prime Minister Anna Berg signed the law",
            "Finance Minister Anna Berg",
            "Prime Minister Anna Berg",
        ),
        (
            "Mayor Anna Berg opened the bridge",
            "Former mayor Anna Berg opened the bridge",
            "Mayor Anna Berg",
            "Former mayor Anna Berg",
        ),
    ],
)
def test_another_person_or_office(claim: str, passage: str, left: str, right: str) -> None:
    (found,) = _conflicts(claim, passage, FindingKind.NAME)
    assert found.claim is not None
    assert found.passage is not None
    assert (found.claim.text, found.passage.text) == (left, right)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Anna Berg signed the harbour law", "Her brother Tom Berg says that she signed the harbour law"),
        ("Tom Berg signed the harbour law", "Thomas Berg signed the harbour law"),
        ("Minister Anna Berg signed the law", "Finance Minister Anna Berg signed the law"),
        ("Ms Anna Berg signed the law", "Dr Anna Berg signed the law"),
        ("Anna Berg signed the harbour law", "Maria Berg sang at a wedding in spring"),
    ],
)
def test_no_other_person(claim: str, passage: str) -> None:
    assert not _conflicts(claim, passage, FindingKind.NAME)


def test_a_lesser_certainty_is_a_weak_sign_on_either_side() -> None:
    sure, unsure = "The company will close the Lindau plant", "The company may close the Lindau plant"
    (claimed,) = _conflicts(unsure, sure, FindingKind.NEGATION)
    (passed,) = _conflicts(sure, unsure, FindingKind.NEGATION)
    assert claimed.weak
    assert passed.weak
    assert claimed.claim is not None
    assert claimed.claim.text == "may"
    assert passed.passage is not None
    assert passed.passage.text == "may"
    assert not _conflicts("The fair opens in May", "The fair opens in June", FindingKind.NEGATION)


@pytest.mark.parametrize("denial", ["13, not 31", "13 instead of 31", "13 rather than 31"])
def test_a_figure_that_the_passage_denies(denial: str) -> None:
    (found,) = _conflicts("31 citizens died in the fire", f"The minister said {denial}.", FindingKind.FIGURE)
    assert found.passage is not None
    assert found.passage.text.endswith("31")
    assert "denied" in found.message


def test_a_quotation_of_which_the_passage_has_a_part() -> None:
    found = compare(
        "She said “we will keep the ferry running through the winter and never raise the fare”",
        "She said “we will keep the ferry running through the winter”.",
    )
    (quoted,) = [one for one in found if one.kind is FindingKind.QUOTATION]
    assert quoted.relation is Relation.MISSING
    assert quoted.passage is not None
    assert quoted.passage.text == "we will keep the ferry running through the winter"
    assert "and never raise the fare" in quoted.message


@pytest.mark.parametrize(
    ("language", "claim", "passage", "unit"),
    [
        ("de", "zweiunddreißig Menschen wurden getötet", "24 Menschen wurden getötet", "zweiunddreißig"),
        ("fr", "Quatre-vingt-dix-sept personnes sont mortes", "24 personnes sont mortes", "Quatre-vingt-dix-sept"),
        ("it", "Trentadue persone sono morte", "24 persone sono morte", "Trentadue"),
        ("nl", "Tweeëndertig mensen werden gedood", "24 mensen werden gedood", "Tweeëndertig"),
        ("pt", "Trinta e duas pessoas morreram", "24 pessoas morreram", "Trinta e duas"),
        ("es", "Treinta y dos personas murieron", "24 personas murieron", "Treinta y dos"),
        ("de", "Die Firma zahlte 3,2 Millionen Euro", "Die Firma zahlte 3,2 Milliarden Euro", "3,2 Millionen Euro"),
        ("fr", "Elle a payé 3,2 millions d'euros", "Elle a payé 3,2 milliards d'euros", "3,2 millions d'euros"),
        ("it", "Ha pagato 3 milioni di euro", "Ha pagato 4 milioni di euro", "3 milioni di euro"),
        ("pt", "mais de 100 pessoas morreram", "87 pessoas morreram", "mais de 100"),
    ],
)
def test_figures_in_other_languages(language: str, claim: str, passage: str, unit: str) -> None:
    (found,) = _conflicts(claim, passage, FindingKind.FIGURE, language)
    assert found.claim is not None
    assert found.claim.text == unit


@pytest.mark.parametrize(
    ("language", "number", "digits"),
    [
        ("de", "Dreihundert", "300"),
        ("de", "eine Million zweihunderttausend", "1.200.000"),
        ("fr", "soixante et onze", "71"),
        ("fr", "deux cent mille", "200 000"),
        ("it", "duecentomila", "200.000"),
        ("nl", "driehonderd", "300"),
        ("pt", "duzentos e trinta", "230"),
    ],
)
def test_numbers_in_words_agree_with_digits(language: str, number: str, digits: str) -> None:
    nouns = {"de": "Menschen starben", "fr": "personnes sont mortes", "it": "persone sono morte"}
    noun = nouns.get(language) or {"nl": "mensen werden gedood", "pt": "pessoas morreram"}[language]
    found = [
        one
        for one in compare(f"{number} {noun}", f"{digits} {noun}", language=language)
        if one.kind is FindingKind.FIGURE
    ]
    assert [one.relation for one in found] == [Relation.CONSISTENT]


def test_percent_and_points_negation_and_dates_in_german() -> None:
    (points,) = _conflicts(
        "Die Arbeitslosigkeit stieg um 5 Prozent",
        "Die Arbeitslosigkeit stieg um 5 Prozentpunkte",
        FindingKind.UNIT,
        "de",
    )
    assert points.passage is not None
    assert points.passage.text == "5 Prozentpunkte"
    (denied,) = _conflicts("Die Firma zahlte keine Steuern", "Die Firma zahlte Steuern", FindingKind.NEGATION, "de")
    assert denied.weak
    (dated,) = _conflicts(
        "Am 3. Mai 2024 brannte der Hafen", "Am 5. Mai 2024 brannte der Hafen", FindingKind.DATE, "de"
    )
    assert dated.claim is not None
    assert dated.claim.text == "3. Mai 2024"
    assert not _conflicts("Der Hafen brannte", "Die Halle brannte", FindingKind.NAME, "de")


def test_figures_are_compared_across_languages() -> None:
    (found,) = _conflicts("32 people were killed", "24 Menschen wurden getötet", FindingKind.FIGURE)
    assert found.passage is not None
    assert found.passage.text == "24"
