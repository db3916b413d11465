import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.splitting import UnitKind, split
from workbench.text import BlockHint, BlockKind

NASTY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(" \n\t.!?…\"'“”‘’«»()[]-—:;,•1aA。\u2028\x85\x00\u202e\u00a0İßǅ"),
    ),
    max_size=300,
)
WORDS = st.lists(
    st.sampled_from(
        [
            "The",
            "mayor",
            "said",
            "that",
            "“We",
            "will\nwin”",
            "according",
            "to",
            "U.S.",
            "officials",
            ",",
            ".",
            "?",
            "!",
            ";",
            "told",
            "Mr.",
            "Smith",
            "32",
            "%",
            "on",
            "Sunday",
            "he",
            "--",
            "'",
            '"',
            "\n\n",
            "By",
            "Jane",
        ]
    ),
    max_size=60,
).map(" ".join)


def pieces(text: str, **options: object) -> list[tuple[str, str]]:
    result = split(text, language="en", **options)  # type: ignore[arg-type]
    return [(str(unit.kind), text[unit.start : unit.end].strip()) for unit in result.units]


def sentences(text: str) -> list[str]:
    return [words for _, words in pieces(text)]


@settings(max_examples=250, deadline=None)
@given(st.one_of(NASTY, WORDS), st.sampled_from([None, "en", "es", "fi"]))
def test_units_tile_and_claims_stay_inside(text: str, language: str | None) -> None:
    result = split(text, language=language)
    assert result.length == len(text)
    assert "".join(text[unit.start : unit.end] for unit in result.units) == text
    for unit in result.units:
        for i, claim in enumerate(unit.claims):
            assert unit.start <= claim.start < claim.end <= unit.end
            assert (claim.relation == "sentence") == (i == 0)
            assert (claim.start, claim.end) == (claim.fragments[0].start, claim.fragments[-1].end)
            assert list(claim.fragments) == sorted(claim.fragments)
            assert 0 <= claim.checkworthiness <= 1
            for fragment in claim.fragments:
                assert fragment.length
                assert " ".join(fragment.of(text).split()).lower()[1:] in claim.text.lower() or i == 0
            for named in (*claim.references, *claim.quantities, *claim.dates):
                assert claim.start <= named.start < named.end <= claim.end
        if unit.claims:
            whole = unit.claims[0]
            assert whole.text == text[whole.start : whole.end] == text[unit.start : unit.end].strip()
    assert split(text, language=language) == result


@settings(max_examples=60, deadline=None)
@given(
    NASTY, st.lists(st.tuples(st.integers(0, 320), st.integers(0, 320), st.sampled_from(list(BlockKind))), max_size=5)
)
def test_units_tile_whatever_the_hints_say(text: str, rough: list[tuple[int, int, BlockKind]]) -> None:
    hints = [BlockHint(min(a, b), max(a, b), kind) for a, b, kind in rough]
    result = split(text, blocks=hints)
    assert "".join(text[unit.start : unit.end] for unit in result.units) == text


@pytest.mark.parametrize(
    "text",
    [
        "(" * 4_000,
        '"' * 4_000,
        "a.b.c." * 700,
        "a.b.c. " * 600,
        "''a" * 1_500,
        "1. A 2. B " * 300,
        "“A b. " * 500,
        "2020 " * 900,
    ],
)
def test_monotonous_text_is_split(text: str) -> None:
    assert "".join(text[unit.start : unit.end] for unit in split(text, language="en").units) == text


def test_nothing_gives_no_units_and_white_space_one_without_claims() -> None:
    assert split("").units == ()
    (unit,) = split(" \n ").units
    assert (unit.start, unit.end, unit.claims) == (0, 3, ())


def test_white_space_belongs_to_the_unit_before_it() -> None:
    result = split("  One came.  Two left. \n", language="en")
    assert [(unit.start, unit.end) for unit in result.units] == [(0, 13), (13, 24)]


ARTICLE = """Dam at Northvale Holds After Record Rain

By Jane Doe and John Roe for the Valley Ledger
Tuesday, March 3, 2026

NORTHVALE (VNA) — The dam held. Engineers had feared that the U.S. military would have to help.

What Comes Next

- New pumps
- A longer wall

Photo: The dam on Monday. Jane Doe/Valley Ledger

“We were lucky. We will not be lucky twice.”

Sign up for our newsletter
"""


def test_the_blocks_of_an_article_are_told_apart() -> None:
    assert pieces(ARTICLE) == [
        ("title", "Dam at Northvale Holds After Record Rain"),
        ("byline", "By Jane Doe and John Roe for the Valley Ledger"),
        ("dateline", "Tuesday, March 3, 2026"),
        ("dateline", "NORTHVALE (VNA) —"),
        ("sentence", "The dam held."),
        ("sentence", "Engineers had feared that the U.S. military would have to help."),
        ("heading", "What Comes Next"),
        ("list_item", "- New pumps"),
        ("list_item", "- A longer wall"),
        ("caption", "Photo: The dam on Monday."),
        ("caption", "Jane Doe/Valley Ledger"),
        ("quotation", "“We were lucky."),
        ("quotation", "We will not be lucky twice.”"),
        ("boilerplate", "Sign up for our newsletter"),
    ]


def test_set_aside_units_say_why_and_are_not_suggested() -> None:
    for unit in split(ARTICLE, language="en").units:
        if unit.kind in (UnitKind.BYLINE, UnitKind.DATELINE, UnitKind.BOILERPLATE):
            assert unit.claims[0].reasons == (f"set aside: {unit.kind}",)
            assert not unit.claims[0].suggested


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("It cost $4.50. Nobody paid.", ["It cost $4.50.", "Nobody paid."]),
        ("Dr. Poe met Gen. Roe at 5 p.m. on Sunday.", ["Dr. Poe met Gen. Roe at 5 p.m. on Sunday."]),
        ("They live in the U.K. They like it.", ["They live in the U.K.", "They like it."]),
        ("The U.N. Security Council met.", ["The U.N. Security Council met."]),
        ("“Is it true?” Roe asked. Nobody knew.", ["“Is it true?” Roe asked.", "Nobody knew."]),
        ("“It is true.” Nobody knew.", ["“It is true.”", "Nobody knew."]),
        ("He paused... then spoke. So did I.", ["He paused... then spoke.", "So did I."]),
        ("It grew by 5%. (Poe 12) Then it fell.", ["It grew by 5%. (Poe 12)", "Then it fell."]),
        ("We use iron. wikiBase is old.", ["We use iron.", "wikiBase is old."]),
        ("See no. 5 on p. 7. It is there.", ["See no. 5 on p. 7.", "It is there."]),
        ("1. Open it 2. Close it 3. Leave", ["1. Open it", "2. Close it", "3. Leave"]),
        ("Das ist gut。次の文。", ["Das ist gut。", "次の文。"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_wrapped_lines_are_one_sentence_and_unwrapped_lines_are_not() -> None:
    wrapped = (
        "The council of Northvale voted on Monday for a new\nbridge across the river, which many had asked for\n"
        "for years. Work begins in May and will last for all\nof the summer.\n"
    )
    assert len(sentences(wrapped)) == 2
    assert sentences("A heading of its own\nThe council voted for the bridge on Monday evening.") == [
        "A heading of its own",
        "The council voted for the bridge on Monday evening.",
    ]


def test_verse_is_not_taken_for_headings() -> None:
    kinds = [
        kind for kind, _ in pieces("The River\n\nIt rose.\n\nSlow water\nCold stones\nGrey morning\nNobody there\n")
    ]
    assert kinds == ["title", "sentence", "sentence", "sentence", "sentence", "sentence"]


def test_hints_of_markup_win_over_the_look() -> None:
    text = "bridge opens\n\nA line without a full stop\n\nIt held."
    hints = (BlockHint(0, 12, BlockKind.HEADING), BlockHint(14, 40, BlockKind.PARAGRAPH))
    assert [kind for kind, _ in pieces(text, blocks=hints)] == ["heading", "sentence", "sentence"]


def test_an_unknown_language_gets_sentences_only_and_says_so() -> None:
    result = split("Pormestari sanoi, että silta kestää. Se kesti.", language="fi-FI")
    assert [warning.type for warning in result.warnings] == ["language_unknown"]
    assert [len(unit.claims) for unit in result.units] == [1, 1]


def test_spanish_rules() -> None:
    text = (
        "El Sr. Pérez dijo que la presa resistió. «No hay peligro», aseguró la alcaldesa Ana Ruiz. "
        "Según el informe, 32 casas se perdieron."
    )
    result = split(text)
    assert result.language == "es"
    found = [
        (c.attribution.source, c.text)
        for u in result.units
        for c in u.claims
        if c.relation == "content" and c.attribution
    ]
    assert found == [
        ("El Sr. Pérez", "La presa resistió"),
        ("la alcaldesa Ana Ruiz", "No hay peligro"),
        ("el informe", "32 casas se perdieron"),
    ]
