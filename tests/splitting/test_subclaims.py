import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.splitting import ClaimRelation, SuggestedClaim, split
from workbench.splitting.lexicon import lexicon
from workbench.splitting.source_phrase import tokens_of
from workbench.splitting.subclaims.suggest import ADDED_WORDS
from workbench.splitting.tagging import tags_of

WHOLE = {"sentence", "content", "act"}
WORDS = """The mayor Ann Poe , who is and or that which because While dam was were built in Northvale March 3 2026 ( ) " — ; :
such as including roads schools born she has not never killed by of the a an to rebuild having seen walls 's he's - when where
said reported growing cities , , and former also There $ % 12 İ ß ' “ ” , the , she"""
PIECES = st.lists(st.sampled_from(sorted(set(WORDS.split()))), max_size=45).map(" ".join)
NASTY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" .,;:()\"“”-—'sabAB12")), max_size=160)


def under(text: str) -> list[SuggestedClaim]:
    return [c for u in split(text, language="en").units for c in u.claims if c.relation not in WHOLE]


def offered(text: str, relation: str | None = None) -> list[str]:
    return [claim.text for claim in under(text) if relation in (None, claim.relation)]


@settings(max_examples=300, deadline=None)
@given(st.one_of(PIECES, NASTY))
@example("The dam , the dam , the dam , the dam , and the dam was built .")
@example("Born in Northvale , having built , having built , who which that .")
@example("(" * 60 + " She has built walls .")
def test_fragments_are_verbatim_ordered_and_inside_their_unit(text: str) -> None:
    for unit in split(text, language="en").units:
        for claim in unit.claims:
            assert claim.fragments
            assert unit.start <= claim.fragments[0].start
            assert claim.fragments[-1].end <= unit.end
            assert all(f.length and not f.of(text).isspace() for f in claim.fragments)
            assert all(a.end <= b.start for a, b in zip(claim.fragments, claim.fragments[1:], strict=False))
            if claim.relation in WHOLE:
                continue
            said = sorted(word for f in claim.fragments for word in f.of(text).split())
            first, rest = claim.text[:1], claim.text[1:]
            spoken = sorted((first + rest).split())
            extra = [word for word in map(str.casefold, spoken) if word not in map(str.casefold, said)]
            assert set(extra) <= ADDED_WORDS
            assert len(spoken) - len(said) <= 2


@pytest.mark.parametrize(
    ("text", "relation", "expected"),
    [
        ("Ann Poe, the mayor of Northvale, opened the dam.", "apposition", "Ann Poe is the mayor of Northvale"),
        ("The dam, which failed in 2019, was rebuilt.", "relative", "The dam failed in 2019"),
        ("The town mourns the workers who were killed in May.", "relative", "The workers were killed in May"),
        ("The road that the army built in May is closed.", "relative", "The army built the road in May"),
        ("The school closed because the river rose in May.", "subordinate", "The river rose in May"),
    ],
)
def test_reliable_relations_are_ticked_beforehand(text: str, relation: str, expected: str) -> None:
    found = [claim for claim in under(text) if claim.text == expected]
    assert [str(claim.relation) for claim in found] == [relation]
    sentence = next(claim for unit in split(text, language="en").units for claim in unit.claims)
    assert found[0].suggested == sentence.suggested


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Poe was born in Northvale on March 3, 1971.", {"Ann Poe was born in Northvale", "Ann Poe was born on March 3, 1971"}),
        ("She won the prize in 2019 and founded a school.", {"She won the prize", "She won the prize in 2019", "She founded a school"}),
        ("Ann Poe is a poet, novelist and critic.", {"Ann Poe is a poet", "Ann Poe is a novelist", "Ann Poe is a critic"}),
        ("Roe has played for Northvale and Riverside.", {"Roe has played for Northvale", "Roe has played for Riverside"}),
        ("The city built roads such as Mill Lane and River Road.", {"The city built Mill Lane", "The city built River Road"}),
        ("The houses destroyed by the flood were old.", {"The houses were destroyed by the flood"}),
        ("The film (2019) won a prize.", {"The film (2019)"}),
        ("He was arrested and taken to court in Northvale.", {"He was taken to court"}),
        ("Poe opened the dam, ending a long dispute.", {"Poe ending a long dispute"}),
    ],
)  # fmt: skip
def test_details_are_offered_with_their_subject_and_not_ticked(text: str, expected: set[str]) -> None:
    found = {claim.text: claim for claim in under(text)}
    assert expected <= found.keys()
    assert not any(found[wording].suggested for wording in expected)


def test_a_series_of_relative_clauses_keeps_its_head() -> None:
    text = "Poe saw the loss of the wall in Northvale, which many engineers had measured but which the town had never repaired."
    assert offered(text, "relative") == [
        "Many engineers had measured the loss of the wall in Northvale",
        "The town had never repaired the loss of the wall in Northvale",
    ]


def test_a_gerund_can_be_the_subject() -> None:
    text = "For the town, balancing the budget against new walls involving rare stone presents a hard choice."
    assert any(wording.startswith("Balancing the budget") for wording in offered(text))
    assert not any(wording.startswith("Rare stone presents") for wording in offered(text))


def test_polarity_and_modality_are_notes_and_stay_in_the_wording() -> None:
    claims = {claim.text: claim for claim in under("The dam did not break, and it could fail in May.")}
    assert claims["The dam did not break"].polarity == "negative"
    assert claims["The dam did not break"].modality == ()
    assert claims["It could fail in May"].polarity == "affirmative"
    assert claims["It could fail in May"].modality == ("could",)


def test_what_lies_in_reported_words_carries_their_source_and_the_report_is_no_sub_claim() -> None:
    found = under("According to Ann Poe, the dam lost 12 gates in May and the lake was closed.")
    inside = [c for c in found if "12 gates" in c.text]
    assert inside
    assert all(c.attribution and c.attribution.source == "Ann Poe" for c in inside)
    assert [m.text for m in inside[0].quantities] == ["12"]
    assert not any("according" in c.text.lower() for c in found)


def test_nothing_is_said_twice() -> None:
    text = "Roe, a poet, wrote a book in 2019, moved to Northvale and taught at a school, where he met Ann Poe."
    fragments = [claim.fragments for unit in split(text, language="en").units for claim in unit.claims]
    assert len(set(fragments)) == len(fragments)


def test_other_languages_and_endless_sentences_get_none() -> None:
    assert all(
        c.relation in WHOLE
        for u in split("La presa, que cedió en 2019, es vieja.", language="es").units
        for c in u.claims
    )
    assert offered("The dam and " * 120 + "the wall was built in 2019.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plans fail.", ["DET", "NN", "VB", "MARK"]),
        ("The town plans a new wall.", ["DET", "NN", "VBZ", "DET", "NN", "NN", "MARK"]),
        ("Walls built in 2019 were closed.", ["NN", "VBN", "PREP", "NUM", "BE", "VBN", "MARK"]),
        ("She built it before he left.", ["PRON", "VBD", "PRON", "SUB", "PRON", "VBD", "MARK"]),
        ("He left before noon to rebuild it.", ["PRON", "VBD", "PREP", "NN", "TO", "VB", "PRON", "MARK"]),
    ],
)
def test_tags(text: str, expected: list[str]) -> None:
    rules = lexicon("en")
    assert tags_of(tokens_of(text, 0, len(text), rules), "en") == expected


def types(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    found = (c for u in split(text, language="en").units for c in u.claims if c.relation is ClaimRelation.CONTENT)
    return [(c.attribution.source, str(c.attribution.type), c.attribution.sources) for c in found if c.attribution]


@pytest.mark.parametrize(
    ("text", "kind", "sources"),
    [
        ("Ann Poe said that the dam held.", "named", ("Ann Poe",)),
        ("Poe, a baker, said that the dam held.", "named", ("Poe, a baker",)),
        ("Many outside analysts said that the dam held.", "unnamed", ("Many outside analysts",)),
        ("Mayor Ann Poe said that the dam held.", "official", ("Mayor Ann Poe",)),
        ("Northvale officials reported 80 broken gates.", "official", ("Northvale officials",)),
        ("The committee said that the dam held.", "collective", ("The committee",)),
        (
            "According to reports from local experts and The Valley Ledger, the dam held.",
            "collective",
            ("reports", "local experts", "The Valley Ledger"),
        ),
    ],
)
def test_types_of_sources(text: str, kind: str, sources: tuple[str, ...]) -> None:
    assert [(found[1], found[2]) for found in types(text)] == [(kind, sources)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("MAYOR POE: The dam will hold for years.", "MAYOR POE", "The dam will hold for years."),
        ("“The dam will hold for years.” — Ann Poe", "Ann Poe", "The dam will hold for years."),
        ("Poe said the dam held, but offered no proof of it.", "Poe", "The dam held"),
        ("When Poe said that the dam held, the town laughed.", "Poe", "The dam held"),
        (
            "A letter from engineers in the valley found that the dam leaks.",
            "A letter from engineers in the valley",
            "The dam leaks",
        ),
        (
            "It shows the decay of the wall, which many engineers had long suspected.",
            "many engineers",
            "The decay of the wall",
        ),
    ],
)
def test_reported_words(text: str, source: str, content: str) -> None:
    found = [c for u in split(text, language="en").units for c in u.claims if c.relation is ClaimRelation.CONTENT]
    assert source in [c.attribution.source for c in found if c.attribution]
    assert content in [c.text for c in found]


def test_a_noun_before_that_does_not_report() -> None:
    assert types("The new rules that limit fishing and the charges that might follow are old.") == []


def test_a_text_of_book_length_says_that_it_got_no_sub_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "She won the prize in 2019 and founded a school."
    assert offered(text)
    assert split(text, language="en").warnings == ()
    monkeypatch.setattr("workbench.splitting.details.LONGEST_STATED", 40)
    assert offered(text) == []
    assert [warning.type for warning in split(text, language="en").warnings] == ["too_long_for_sub_claims"]


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Roe is not a poet in Northvale.", "Roe is a poet"),
        ("The dam was not built in May or closed in June.", "The dam was closed in June"),
        ("She works not in Northvale but in Riverside.", "She works in Northvale"),
        ("The dam did not break or bend in May.", "The dam bend in May"),
        ("If the dam breaks in May, the town will drown.", "The dam breaks in May"),
        ("He asked how the wall was built in May.", "The wall was built in May"),
        ("The tax rose by 8.9 percent, the agency said.", "8.9 percent is the agency"),
        (
            "The fear that the wall was built on sand in May grew in Northvale.",
            "The wall was built the fear on sand in May",
        ),
    ],
)
def test_no_sub_claim_turns_what_was_said(text: str, never: str) -> None:
    found = offered(text)
    assert not [wording for wording in found if wording.startswith(never)]


def test_not_only_keeps_its_words_in_the_whole_clause() -> None:
    text = "The town waits, because this could cause floods not only in Northvale but across the valley."
    assert "This could cause floods not only in Northvale but across the valley" in offered(text, "subordinate")


@pytest.mark.parametrize(
    "text",
    [
        "This week, the president declined.",
        "Days after the town chose her as its mayor, the push for a dam began.",
        "In a comparison done on River Street, similar walls failed.",
        "The government, service members and aides are at risk.",
        "A few weeks earlier, Roe spoke in Northvale.",
    ],
)
def test_what_stands_beside_a_comma_is_not_always_an_apposition(text: str) -> None:
    assert offered(text, "apposition") == []


def test_who_is_said_of_the_person() -> None:
    text = "They questioned the health of Ann Poe, who runs the town in the valley."
    assert offered(text, "relative") == ["Ann Poe runs the town", "Ann Poe runs the town in the valley"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Less than a quarter of the workers voted in May and left.",
            "Less than a quarter of the workers voted in May",
        ),
        ("The flood that killed nearly 40 people in May was long.", "The flood killed nearly 40 people"),
        ("The town wants the end of rules that favour the rich in May.", "Rules favour the rich"),
    ],
)
def test_counts_keep_their_bounds_and_verbs_their_number(text: str, expected: str) -> None:
    assert expected in offered(text)
