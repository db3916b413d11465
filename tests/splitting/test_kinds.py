import pytest

from workbench.splitting import ClaimKind, split


def reasons(text: str, language: str = "en") -> tuple[str, ...]:
    return split(text, language=language).units[0].claims[0].reasons


def test_every_word_that_gave_a_kind_away_is_shown_up_to_three() -> None:
    assert "prediction: “will”, “is set to”" in reasons("The dam will break and the town is set to flood.")
    assert "opinion: “terrible”, “horrible”, “shameful”" in reasons(
        "It was a terrible, horrible, shameful and disgraceful decision."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 40 of the houses burned.", "factual: “40”"),
        ("The need was plain when the town flooded.", "factual: “was”"),
        ("According to him, The Ledger is for sale.", "factual: “Ledger”"),
    ],
)
def test_a_figure_then_a_verb_then_a_name_makes_it_factual(text: str, expected: str) -> None:
    assert [reason for reason in reasons(text) if reason.startswith("factual")] == [expected]


def test_a_wish_is_not_factual_for_its_spelling() -> None:
    assert ClaimKind.FACTUAL not in split("We need more of this.", language="en").units[0].claims[0].kinds


def test_about_is_vague_before_an_amount_only() -> None:
    assert "vague quantity: “about”" in reasons("It cost about 40 dollars.")
    assert not any(reason.startswith("vague") for reason in reasons("It raises questions about the dam."))
    assert "vague quantity: “casi”" in reasons("Costó casi 40 euros en la ciudad.", "es")
