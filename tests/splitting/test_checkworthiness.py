import json
from dataclasses import replace

import pytest

from workbench.errors import InputRefused
from workbench.splitting import split
from workbench.splitting.checkworthiness import Score, model, read_model, score, to_json
from workbench.splitting.features import FEATURES, words_of
from workbench.splitting.lexicon import lexicon
from workbench.splitting.refitting import Judged, refit
from workbench.splitting.terms import stem, terms_of

EDITORIAL = (
    "This rare announcement invites reflection on the layers of regional alliances.",
    "It also highlights the need for continued transparency and dialogue on the wider impacts.",
    "Moving forward, understanding how the dam shapes the region will be vital for analysts.",
)
REPORTED = (
    "Unemployment rose by 12 percent last year.",
    "The council has approved 40 new homes since 2019.",
    "He voted against the bill in the last session.",
)


def scored(sentence: str) -> Score:
    return score(sentence, words_of(sentence), lexicon("en"))


@pytest.mark.parametrize("sentence", EDITORIAL)
def test_closing_comment_is_not_proposed(sentence: str) -> None:
    assert scored(sentence).value < model().threshold
    assert not split(sentence, language="en").units[0].claims[0].suggested


@pytest.mark.parametrize("sentence", REPORTED)
def test_reported_facts_are_proposed(sentence: str) -> None:
    assert scored(sentence).value >= model().threshold


def test_reasons_name_what_moved_the_score() -> None:
    assert (
        scored("Unemployment rose by 12 percent last year.")
        .reasons[0]
        .startswith(("figure in digits (+", "percentage (+"))
    )
    assert any(reason.startswith("editorial phrase (-") for reason in scored(EDITORIAL[0]).reasons)
    assert len(scored(REPORTED[1]).reasons) == 3


def test_a_coefficient_moves_the_score_and_its_reason() -> None:
    sentence = "Who paid 3 of them?"
    heavier = replace(model(), weights={**model().weights, "question": 4.0})
    found = score(sentence, words_of(sentence), lexicon("en"), fitted=heavier)
    assert found.value > scored(sentence).value
    assert any(reason.startswith("question (+") for reason in found.reasons)


def test_the_shipped_coefficients_are_named_data_of_a_few_tens_of_kilobytes() -> None:
    written = to_json(model())
    assert len(written.encode()) < 80_000
    assert set(model().weights) == set(FEATURES)
    assert read_model(written.encode(), "again.json").terms == model().terms
    assert json.loads(written)["provenance"]["fitted_by"] == "python -m benchmarks.fit_checkworthiness"


def test_no_names_are_among_the_terms() -> None:
    terms = set(model().terms)
    assert terms.isdisjoint({"obama", "iraq", "reagan", "~reagan", "america", "soviet", "clinton", "texas", "medicare"})


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", to_json(model()).replace("0.5,", "7,", 1).encode()])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused, match="own\\.json"):
        read_model(data, "own.json")


def test_terms_are_words_stems_and_turns_of_phrase_without_names() -> None:
    closed, numbers = frozenset({"we", "have", "the"}), frozenset({"three"})
    assert terms_of("We have visited Ann.", closed, numbers) == {
        "we", "~we", "have", "~hav", "visited", "~visit", ".", "~.", "#we", "#have", "#…ed", "#name", "#.",
        "#we have", "#have …ed", "#…ed name", "#name .", "#we have …ed", "#have …ed name", "#…ed name .",
    }  # fmt: skip
    assert {"0", "#0", "#number", "three"} <= terms_of("12 or three", closed, numbers)
    assert stem("taxes") == stem("taxed") == "tax"


def rows(accepted: str, aside: str, number: int = 30) -> list[Judged]:
    return [Judged(f"{accepted} {i}", True) for i in range(number)] + [
        Judged(f"{aside} {i}", False) for i in range(number)
    ]


def test_a_desk_that_judges_otherwise_moves_the_model_and_a_small_one_moves_it_little() -> None:
    question, figure = "Who paid for it?", "Prices rose by 12 percent."
    few = refit(rows(question, figure, 10))
    many = refit(rows(question, figure, 200))

    def gap(fitted: object) -> float:
        values = [
            score(s, words_of(s), lexicon("en"), fitted=fitted).value  # type: ignore[arg-type]
            for s in (question, figure)
        ]
        return values[1] - values[0]

    assert gap(model()) > gap(few) > gap(many)
    assert read_model(to_json(many).encode(), "own.json").weights == many.weights


def test_agreement_leaves_the_order_and_the_same_rows_give_the_same_model() -> None:
    judged = [Judged(s, True) for s in REPORTED * 4] + [Judged(s, False) for s in EDITORIAL * 4]
    fitted = refit(judged)
    assert fitted.provenance["accepted"] == 12
    assert refit(judged[::-1]).weights == fitted.weights
    for sentence in REPORTED:
        assert score(sentence, words_of(sentence), lexicon("en"), fitted=fitted).value > 0.5


def test_too_few_judgements_are_refused() -> None:
    with pytest.raises(InputRefused, match="9 accepted and 9 set-aside"):
        refit(rows("Prices rose.", "Who paid?", 9))
