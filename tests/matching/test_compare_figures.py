"""Figures, dates and units of a claim against those of a passage: plain cases."""

from datetime import date

import pytest

from workbench.matching.discrepancies import Finding, FindingKind, Relation, compare

_MEASURED = (FindingKind.FIGURE, FindingKind.UNIT)


def _measured(claim: str, passage: str, **more: date) -> list[Finding]:
    return [finding for finding in compare(claim, passage, **more) if finding.kind in _MEASURED]


CONFLICTS = [
    ("32 people were killed", "24 people were killed"),
    ("32 people were killed", "The strikes left 24 dead"),
    ("32 people were killed", "24 persons died"),
    ("The death toll rose to 45", "The death toll stood at 40"),
    ("thirty-two people were killed", "24 people were killed"),
    ("Two hundred and five people were injured", "205 people were killed and 180 were wounded"),
    ("More than 90 cases were reported", "90 cases were reported"),
    ("At least 91 cases were reported", "90 cases were reported"),
    ("Fewer than 60 people were arrested", "60 people were detained"),
    ("Up to 30 people were killed", "32 people were killed"),
    ("No more than 30 people were killed", "32 people were killed"),
    ("Between 10 and 15 people were injured", "20 people were hurt"),
    ("10-15 people were injured", "20 people were hurt"),
    ("The company employs 500 workers", "The company has 450 employees"),
    ("Unemployment fell to 4.5%", "Unemployment fell to 5.4 percent"),
    ("Unemployment rose by 2 percentage points", "Unemployment rose by 3 percentage points"),
    ("The film grossed $82 million", "The film has grossed $93.5 million"),
    ("The film grossed over $82 million", "The film has grossed $81.2 million"),
    ("The bridge is 10 km long", "The bridge is 12 km long"),
    ("Two days of mourning were declared", "Three days of mourning were declared"),
    ("The team won 3-1", "The team won 2-1"),
    ("Half of the students passed", "40% of the students passed"),
    ("No deaths were reported", "3 deaths were reported"),
    ("The city is the fourth largest city", "The city is the fifth largest city"),
    ("The film has an average rating of 6.2/10", "The film has an average rating of 7.8 out of 10"),
    ("The video has over 5,000 views", "The video has over 4,000 views"),
    ("1.5 million people fled", "1,200,000 people fled"),
    ("The dam cost 2 bn dollars", "The dam cost 3 billion dollars"),
    ("The fee was £17 million", "The fee was £15.5 million"),
    ("32 soldiers were lost", "24 soldiers died there"),
    ("Murieron 32 personas", "Murieron 24 personas"),
    ("Murieron 32 personas", "El saldo es de veinticuatro muertos"),
    ("Más de 1.500 personas huyeron", "1.200 personas huyeron"),
    ("La inflación fue del 5,3 %", "La inflación fue del 5,8 %"),
    ("Al menos treinta y dos heridos", "Hubo 28 heridos"),
    ("Hubo 12 000 desplazados", "Hubo 9.000 desplazados"),
    ("El puente mide 10 kilómetros", "El puente mide 12 kilómetros"),
    ("32 Cuban citizens were killed", "Murieron 24 ciudadanos cubanos"),
]

CONSISTENT = [
    ("32 people were killed", "32 people were killed"),
    ("32 people were killed", "The strikes left thirty-two dead"),
    ("32 Cuban citizens were killed", "32 Cubans died in the strikes"),
    ("More than 90 cases were reported", "91 cases were reported"),
    ("At least 91 cases were reported", "91 cases were reported"),
    ("Nearly 500 cases were reported", "Almost 500 cases were reported"),
    ("About 100 people were arrested", "103 people were detained"),
    ("Fewer than 60 people were arrested", "55 people were arrested"),
    ("More than 30 people were killed", "At least 32 people were killed"),
    ("Between 10 and 15 people were injured", "12 people were hurt"),
    ("Dozens of people were killed", "32 people were killed"),
    ("Thirty percent of voters agreed", "30% of voters agreed"),
    ("The film grossed $82 million", "The film has grossed $82,300,000"),
    ("1.2 million people fled", "1,200,000 people fled"),
    ("1.2m people fled the region", "1,200,000 people fled the region"),
    ("The bridge is 10 km long", "The bridge is 6.2 miles long"),
    ("The strike lasted 48 hours", "The strike lasted two days"),
    ("Half of the students passed", "50% of the students passed"),
    ("The team won 3-1", "The team lost 1-3"),
    ("A dozen people were arrested", "12 people were arrested"),
    ("One hundred and twenty people died", "120 people died"),
    ("The 4th largest city", "The fourth largest city"),
    ("Murieron treinta y dos personas", "Hubo 32 muertos"),
    ("32 people were killed", "Murieron 32 personas"),
    ("Más de 1.500 personas huyeron", "1.700 personas huyeron"),
    ("Hubo doscientos cinco heridos", "Hubo 205 heridos"),
    ("Se gastaron 3 mil millones de euros", "Se gastaron 3.000 millones de euros"),
    ("200 000 people fled", "Some 200,000 people fled"),
]

SCOPE = [
    ("32 Cuban citizens were killed during strikes in Venezuela", "Officials reported a total of 80 deaths"),
    ("32 Cuban citizens were killed", "Venezuelan officials have reported a preliminary total of 80 deaths."),
    ("80 people were killed", "32 Cuban citizens were killed"),
    ("12 children were killed", "80 people were killed"),
    ("80 people were killed", "12 civilians were killed"),
    (
        "The premier confirmed on Sunday that 31 Kestrian citizens, including crew and two clerks, were killed",
        "The harbour office has counted 88 deaths in the fire",
    ),
    ("Murieron 32 ciudadanos cubanos", "Las autoridades informaron de 80 muertos"),
]

OTHER_UNITS = [
    ("Support rose by 5 percent", "Support rose by 5 percentage points"),
    ("The budget is $5 million", "The budget is €5 million"),
    ("32 people were injured", "32 people were killed"),
    ("The bridge is 10 km long", "The bridge is 10 miles long"),
    ("The share fell by 6 percent", "The share fell by 6 percentage points, from 40 percent to 34 percent"),
    ("El apoyo subió un 5 por ciento", "El apoyo subió 5 puntos porcentuales"),
]

MISSING = [
    ("32 people were killed", "The weather was fine."),
    ("The company employs 500 workers", "The bridge is 500 metres long"),
    ("32 people were arrested", "24 people were killed and 15 were injured"),
    ("Prices rose 4%", "He bought 12 apples"),
]

NO_FIGURE = [
    ("COVID-19 spread quickly", "The virus of 2 variants spread quickly"),
    ("The A320 landed", "The plane had 150 seats"),
    ("Maroon 5 played", "The band of 3 played"),
    ("One of her sons spoke", "Two sons spoke"),
    ("The film won no. Nothing", "The film won 3 awards"),
    ("She was not the first woman to win", "She was the second woman to win"),
    ("The fire broke out after 11 p.m.", "The fire broke out at 23:04 in 2 places"),
    ("The 3D film was shown", "The 2 films were shown"),
]


@pytest.mark.parametrize(("claim", "passage"), CONFLICTS)
def test_a_figure_that_differs_is_a_conflict(claim: str, passage: str) -> None:
    found = _measured(claim, passage)
    assert [finding.relation for finding in found].count(Relation.CONFLICT) == 1
    assert {finding.relation for finding in found} == {Relation.CONFLICT}


@pytest.mark.parametrize(("claim", "passage"), CONSISTENT)
def test_a_figure_that_fits_is_consistent(claim: str, passage: str) -> None:
    assert [finding.relation for finding in _measured(claim, passage)] == [Relation.CONSISTENT]


@pytest.mark.parametrize(("claim", "passage"), SCOPE)
def test_another_population_is_never_a_conflict(claim: str, passage: str) -> None:
    found = _measured(claim, passage)
    assert found[0].relation is Relation.SCOPE_DIFFERS
    assert {finding.relation for finding in found[1:]} <= {Relation.MISSING}


@pytest.mark.parametrize(("claim", "passage"), OTHER_UNITS)
def test_the_same_number_with_another_unit(claim: str, passage: str) -> None:
    found = _measured(claim, passage)
    assert [(finding.kind, finding.relation) for finding in found] == [(FindingKind.UNIT, Relation.CONFLICT)]


@pytest.mark.parametrize(("claim", "passage"), MISSING)
def test_a_figure_without_counterpart_is_missing(claim: str, passage: str) -> None:
    found = _measured(claim, passage)
    assert [finding.relation for finding in found] == [Relation.MISSING]
    assert found[0].passage is None


@pytest.mark.parametrize(("claim", "passage"), NO_FIGURE)
def test_numbers_that_count_nothing_give_no_conflict(claim: str, passage: str) -> None:
    assert Relation.CONFLICT not in {finding.relation for finding in _measured(claim, passage)}


def test_one_conflict_says_both_figures_and_the_unit() -> None:
    (found,) = compare("32 people were killed", "24 people were killed")
    assert (found.kind, found.relation) == (FindingKind.FIGURE, Relation.CONFLICT)
    assert found.message == "figure differs: claim 32, passage 24 (same unit: killed)"
    assert found.claim is not None
    assert (found.claim.start, found.claim.end, found.claim.text) == (0, 2, "32")


def test_tolls_of_different_days_are_at_different_dates() -> None:
    texts = ("32 people were killed", "24 people were killed")
    later = _measured(*texts, claim_date=date(2026, 1, 5), passage_date=date(2026, 1, 3))
    same = _measured(*texts, claim_date=date(2026, 1, 5), passage_date=date(2026, 1, 5))
    assert [finding.relation for finding in later] == [Relation.DATE_DIFFERS]
    assert "different dates" in later[0].message
    assert [finding.relation for finding in same] == [Relation.CONFLICT]


def test_equal_tolls_of_different_days_stay_consistent() -> None:
    found = _measured(
        "32 people were killed", "32 people died", claim_date=date(2026, 1, 5), passage_date=date(2026, 1, 3)
    )
    assert [finding.relation for finding in found] == [Relation.CONSISTENT]


def test_dates_written_in_the_texts_count_too() -> None:
    found = _measured("By 9 April there were 541 cases", "As of 6 April there were 551 cases")
    assert Relation.CONFLICT in {finding.relation for finding in found}
    apart = _measured("On 6 April there were 541 cases", "On 9 April there were 531 cases")
    assert [finding.relation for finding in apart] == [Relation.DATE_DIFFERS]


def test_each_figure_finds_its_own_counterpart() -> None:
    found = _measured(
        "24 people were killed and 15 were wounded", "The blast wounded 18 people and killed 24, the mayor said."
    )
    by_claim = {finding.claim.text: finding for finding in found if finding.claim is not None}
    assert by_claim["24"].relation is Relation.CONSISTENT
    assert by_claim["15"].relation is Relation.CONFLICT
    assert by_claim["15"].passage is not None
    assert by_claim["15"].passage.text == "18"


DATES = [
    ("He was born in 1950", "He was born in 1952", Relation.CONFLICT),
    ("He was born in 1950", "He was born on 3 May 1950", Relation.CONSISTENT),
    ("The law passed before 2010", "The law passed in 2008", Relation.CONSISTENT),
    ("The law passed after 2010", "The law passed in 2008", Relation.CONFLICT),
    ("The law passed in March 2010", "The law passed in May 2010", Relation.CONFLICT),
    ("The tour ended on June 11, 2019", "The tour ended on 11 June 2019", Relation.CONSISTENT),
    ("The tour ended on 2019-06-11", "The tour ended on 12 June 2019", Relation.CONFLICT),
    ("The custom dates from the 18th century", "The custom arose in 1750", Relation.CONSISTENT),
    ("She led it between 1978 and 1982", "She led it in 1980", Relation.CONSISTENT),
    ("She sang in the 1980s", "She sang in 1991", Relation.CONFLICT),
    ("La ley se aprobó el 3 de mayo de 2010", "La ley se aprobó el 5 de mayo de 2010", Relation.CONFLICT),
    ("La ley se aprobó en mayo de 2010", "La ley se aprobó en mayo de 2010", Relation.CONSISTENT),
    ("The law passed in 2010", "The law was praised by all", Relation.MISSING),
    ("The fire broke out on Friday", "The fire broke out on Thursday 12 March 2026", Relation.CONFLICT),
    ("El incendio empezó el viernes", "El incendio empezó el jueves 12 de marzo de 2026", Relation.CONFLICT),
]


@pytest.mark.parametrize(("claim", "passage", "relation"), DATES)
def test_dates(claim: str, passage: str, relation: Relation) -> None:
    found = [finding for finding in compare(claim, passage) if finding.kind is FindingKind.DATE]
    assert [finding.relation for finding in found] == [relation]


def test_a_year_is_not_a_count() -> None:
    assert not _measured("In 2019 the bridge was built", "The bridge has 2018 rivets")


def test_a_dated_day_does_not_confirm_a_bare_weekday() -> None:
    assert not [
        finding
        for finding in compare("The bridge closed on Monday.", "The bridge closed on 4 May 2026.")
        if finding.kind is FindingKind.DATE
    ]


def test_only_running_tolls_are_excused_by_the_dates_of_the_texts() -> None:
    days = {"claim_date": date(2026, 5, 12), "passage_date": date(2026, 5, 4)}
    toll = compare("32 people were killed.", "24 people were killed.", **days)
    count = compare("The ferry carried 48,000 passengers.", "The ferry carried 38,000 passengers.", **days)
    assert [finding.relation for finding in toll] == [Relation.DATE_DIFFERS]
    assert [finding.relation for finding in count] == [Relation.CONFLICT]
