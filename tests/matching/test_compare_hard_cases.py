"""Numbers in names, noun compounds, shares, years, countries that speak, and nobody harmed: plain cases."""

import pytest

from workbench.matching.discrepancies import Finding, FindingKind, Relation, compare

CONFLICT, CONSISTENT = Relation.CONFLICT, Relation.CONSISTENT


def _relations(claim: str, passage: str, kind: FindingKind) -> list[Relation]:
    return [finding.relation for finding in compare(claim, passage) if finding.kind is kind]


FIGURES = [
    ("Flight 447 crashed, killing 228.", "All 228 aboard Air France Flight 447 died.", CONSISTENT),
    ("El vuelo 447 cayó y murieron 228 personas.", "Los 228 a bordo del vuelo 447 murieron.", CONSISTENT),
    ("In the building 32 died", "In the building 24 died", CONFLICT),
    ("Resolution 1973 was adopted by 10 votes", "Resolution 2334 was adopted by 14 votes", CONFLICT),
    ("A fire at 10 Downing Street injured 3 people", "Three people were hurt at the house", CONSISTENT),
    ("Article 5 was invoked by 3 states", "Articles 5 and 6 were invoked by 3 states", CONSISTENT),
    ("Boeing 737-800 jets carried 180 passengers", "The jet carried 180 passengers", CONSISTENT),
    ("In Gaza 32 were killed", "24 were killed in Gaza", CONFLICT),
    ("Two customs officers resigned", "Three customs posts closed; two officers resigned", CONSISTENT),
    ("Two customs officers resigned", "Three officers resigned", CONFLICT),
    ("Two women drivers won", "Three drivers won", CONFLICT),
    ("She won 3 awards last year", "She won 4 awards last year", CONFLICT),
    ("Two thirds of voters agreed", "67 percent of voters agreed", CONSISTENT),
    ("Two thirds of voters agreed", "60 percent of voters agreed", CONFLICT),
    ("A third of voters agreed", "33% of voters agreed", CONSISTENT),
    ("A third of voters agreed", "36% of voters agreed", CONFLICT),
    ("One in five voters agreed", "20% of voters agreed", CONSISTENT),
    ("One in five voters agreed", "25% of voters agreed", CONFLICT),
    ("A quarter of a million people fled", "250,000 people fled", CONSISTENT),
    ("Half a million people fled", "400,000 people fled", CONFLICT),
    ("The dam cost $100m", "The dam cost 100 million dollars", CONSISTENT),
    ("100m viewers watched it", "100 million viewers watched it", CONSISTENT),
    ("He won the 100m race", "He won the 100 metres race", CONSISTENT),
    ("The fare is $5", "The fare is 500 cents", CONSISTENT),
    ("The fare is $5", "The fare is 600 cents", CONFLICT),
    ("The senate voted 52-48", "The senate voted 52 to 48", CONSISTENT),
    ("The senate voted 52-48", "The senate voted 51 to 49", CONFLICT),
    ("The plant made 300 jobs in 2023", "In 2022 the plant made 300 jobs and in 2023 it made 500 jobs", CONFLICT),
    ("The plant made 500 jobs in 2023", "In 2022 the plant made 300 jobs, and in 2023 it made 500.", CONSISTENT),
    ("The fire caused no casualties", "One person was killed in the fire", CONFLICT),
    ("No casualties were reported", "32 Cuban citizens were killed", CONFLICT),
    ("Nobody was killed in the fire", "One person was killed in the fire", CONFLICT),
    ("One person was killed in the fire", "No people were killed in the fire", CONFLICT),
    ("Nadie murió en el incendio", "Una persona murió en el incendio", CONFLICT),
]


@pytest.mark.parametrize(("claim", "passage", "relation"), FIGURES)
def test_figures(claim: str, passage: str, relation: Relation) -> None:
    assert _relations(claim, passage, FindingKind.FIGURE) == [relation]


@pytest.mark.parametrize(
    ("passage", "relation"),
    [
        ("The law passed on 4 May 2020", CONSISTENT),
        ("The law passed on 5 April 2020", CONSISTENT),
        ("The law passed on 6 April 2020", CONFLICT),
    ],
)
def test_an_ambiguous_numeric_date_fits_in_either_order_and_is_no_figure(passage: str, relation: Relation) -> None:
    claim = "The law passed on 05/04/2020"
    assert _relations(claim, passage, FindingKind.DATE) == [relation]
    assert not _relations(claim, passage, FindingKind.FIGURE)


def _speaker(mine: str, other: str) -> Finding:
    texts = (f"{mine} said 30 soldiers died in the raid", f"{other} confirmed that 30 soldiers died in the raid")
    (found,) = [finding for finding in compare(*texts) if finding.kind is FindingKind.SPEAKER]
    return found


def test_a_country_and_its_capital_are_one_speaker() -> None:
    assert _speaker("Turkey", "Ankara").relation is CONSISTENT
    assert _speaker("Argentina", "Buenos Aires").relation is CONSISTENT


@pytest.mark.parametrize(
    ("mine", "other", "weak"),
    [
        ("Turkey", "Athens", True),
        ("Bruno Rodríguez", "The Interior Ministry", True),
        ("Bruno Rodríguez", "Ilse Marrow", False),
    ],
)
def test_other_speakers_are_weak_unless_both_are_persons(mine: str, other: str, weak: bool) -> None:
    found = _speaker(mine, other)
    assert (found.relation, found.weak) == (CONFLICT, weak)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The mayor did not comment", "The mayor declined to comment"),
        ("Villages lack water", "Villages have no water"),
        ("El alcalde no quiso comentar el caso", "El alcalde declinó comentar el caso"),
    ],
)
def test_verbs_that_deny_are_a_negation(claim: str, passage: str) -> None:
    assert not _relations(claim, passage, FindingKind.NEGATION)


def test_a_verb_that_denies_on_one_side_only_is_a_negation_finding() -> None:
    assert _relations("Villages lack water", "Villages have water", FindingKind.NEGATION) == [CONFLICT]
