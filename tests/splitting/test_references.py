import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.splitting import Reference, split
from workbench.splitting.antecedents import MOST_CANDIDATES

WORDS = ["Ann", "Poe", "It", "this", "These", "the", "a", "32", "fallen", "mayor", "president", ".", ",", "Havana", "in",
         "Sunday", "his", "said"]  # fmt: skip


def references(text: str, language: str = "en") -> list[Reference]:
    return [r for u in split(text, language=language).units for c in u.claims[:1] for r in c.references]


def flagged(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(r.text, r.type) for r in references(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It raises questions.", [("It", "pronoun")]),
        ("They left the town.", [("They", "pronoun")]),
        ("Its walls are old.", [("Its", "possessive")]),
        ("In the morning he left his house.", []),
        ("In 2019, she left the town.", [("she", "pronoun")]),
        ("On Tuesday his party lost.", [("Tuesday", "weekday"), ("his", "possessive")]),
        ("This admission highlights a rift.", [("This admission", "demonstrative")]),
        ("This rare local admission invites reflection.", [("This rare local admission", "demonstrative")]),
        ("The floods show how these policies fail.", [("these policies", "demonstrative")]),
        ("The dam failed this year.", [("this year", "relative_date")]),
        ("The town honours the fallen.", [("the fallen", "group")]),
        ("The accused man spoke.", []),
        ("On Monday the foreign minister resigned.", [("Monday", "weekday"), ("the foreign minister", "role")]),
        ("The minister of health resigned.", []),
        ("The president's office burned.", [("The president", "role")]),
        ("Ann Poe, the mayor, resigned.", []),
        ("Prices rose recently.", [("recently", "vague_date")]),
        ("There are three dams.", []),
        ("It is unclear who paid.", []),
    ],
)
def test_what_needs_the_text_around_it_is_flagged(text: str, expected: list[tuple[str, str]]) -> None:
    assert flagged(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Havana had never affirmed it.", ["Havana"]),
        ("Analysts urge Washington to wait.", ["Washington"]),
        ("Aid from the Kremlin was refused by Kyiv.", ["Kyiv"]),
        ("The talks were held in Havana.", []),
        ("The Washington Post wrote it.", []),
        ("George Washington wrote it.", []),
        ("A fire in Washington, D.C. killed two.", []),
    ],
)
def test_seats_of_power_are_flagged_where_they_act(text: str, expected: list[str]) -> None:
    assert [words for words, kind in flagged(text) if kind == "metonymy"] == expected


def test_a_seat_of_power_is_offered_as_government_and_as_city() -> None:
    (reference,) = references("Havana had never affirmed it.")
    assert reference.candidates == ("the government of Cuba", "the city of Havana")


def candidates(text: str) -> tuple[str, ...]:
    return references(text)[-1].candidates


def test_candidates_agree_before_they_are_near() -> None:
    opening = "Mayor Ann Poe opened the new bridge with 40 engineers. "
    assert candidates(opening + "She smiled.")[0] == "Mayor Ann Poe"
    assert candidates(opening + "It cost a fortune.")[0] == "the new bridge"
    assert candidates(opening + "They cheered.")[0] == "40 engineers"
    assert candidates(opening + "These engineers cheered.")[0] == "40 engineers"
    assert candidates(opening + "Later the mayor left.")[0] == "Mayor Ann Poe"
    assert candidates(opening + "The town will honor the missing.")[0] == "40 engineers"


def test_a_statement_is_a_candidate_for_what_refers_to_one() -> None:
    text = "Mayor Ann Poe confirmed that the dam had failed. This admission came late."
    assert candidates(text)[0] == "Mayor Ann Poe confirmed that the dam had failed"


def test_sub_claims_carry_the_references_of_their_words() -> None:
    unit = split("The dam held. It was old, Mayor Ann Poe said.", language="en").units[1]
    whole, *under = [claim for claim in unit.claims if any(f.start <= unit.start < f.end for f in claim.fragments)]
    assert under
    assert {claim.references for claim in under} == {whole.references}
    assert unit.claims[0].references[0].candidates == ("The dam", "The dam held.")


def test_spanish() -> None:
    text = "El alcalde Juan Paz habló. Esta declaración sorprendió a La Habana, y el presidente calló."
    assert flagged(text, "es") == [
        ("Esta declaración", "demonstrative"),
        ("La Habana", "metonymy"),
        ("el presidente", "role"),
    ]


@given(st.lists(st.sampled_from(WORDS)))
def test_references_are_verbatim_apart_and_have_few_candidates(words: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for reference in references(text):
        assert last <= reference.start < reference.end
        assert text[reference.start : reference.end] == reference.text
        assert len(reference.candidates) == len(set(reference.candidates)) <= MOST_CANDIDATES
        last = reference.end


def test_it_is_offered_what_the_last_sentence_began_with_and_what_it_says() -> None:
    (one,) = [r for r in references("The new levies were raised again. It raises hard questions.") if r.text == "It"]
    assert "The new levies" in one.candidates
    assert "The new levies were raised again." in one.candidates


def test_an_announcement_further_back_is_offered_to_a_noun_of_saying() -> None:
    text = (
        "Mayor Ann Poe said that the dam had cracked. Pumps ran all night. Engineers said that the wall was dry. "
        "This admission came late. These policies cost money."
    )
    admission, policies = (r for r in references(text) if r.type == "demonstrative")
    assert "Mayor Ann Poe said that the dam had cracked" in admission.candidates
    assert "Mayor Ann Poe said that the dam had cracked" not in policies.candidates


def test_words_that_need_an_antecedent_themselves_are_no_candidate() -> None:
    *_, it = references("This rare admission surprised everybody. It came late.")
    assert not any(candidate.startswith("This rare admission surprised the") for candidate in it.candidates[:2])
