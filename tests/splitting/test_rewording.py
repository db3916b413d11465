import pytest

from workbench.splitting.rewording import with_choice


@pytest.mark.parametrize(
    ("wording", "words", "kind", "choice", "expected"),
    [
        ("It raises questions.", "It", "pronoun", "the flood", "The flood raises questions."),
        ("When it fell, it burned.", "it", "pronoun", "the mast", "When the mast fell, it burned."),
        ("Its walls are old.", "Its", "possessive", "the dam", "The dam’s walls are old."),
        ("They broke their word.", "their", "possessive", "the miners", "They broke the miners’ word."),
        ("On Sunday she left.", "Sunday", "weekday", "2026-01-04", "On Sunday (2026-01-04) she left."),
        ("This deal failed.", "This deal", "demonstrative", "the lease", "This deal (the lease) failed."),
        ("“It is over,” she said.", "It", "pronoun", "the strike", "“The strike is over,” she said."),
        ("The unit sits.", "it", "pronoun", "the dam", None),
        ("It rose.", "It", "pronoun", "  ", None),
    ],
)
def test_a_choice_is_put_into_the_wording(
    wording: str, words: str, kind: str, choice: str, expected: str | None
) -> None:
    assert with_choice(wording, words, kind, choice) == expected


def test_other_languages_keep_possessives_and_say_the_choice_beside_them() -> None:
    assert with_choice("Su casa ardió.", "Su", "possessive", "Ana", "es") == "Su (Ana) casa ardió."
