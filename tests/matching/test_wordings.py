"""The index of judged wordings, and when two wordings are shown beside each other."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.matching.likewise import alike
from workbench.matching.wordings import Wordings

LONG = "The harbour bridge carried 4,000 lorries a day before the flood"
PHRASES = ["The bridge and the ferry", "A ferry", "Lorries at the gate of the harbour", "Floods, floods", "of the", ""]
NAMED = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(PHRASES)), max_size=5).map(dict)


def test_the_rarer_word_counts_for_more() -> None:
    index = Wordings()
    index.update([("a", "A bridge and a ferry", "en"), ("b", "A bridge and a gate", "en"), ("c", "bridge", "en")])
    scores = index.scores("the bridges and the ferries")
    assert max(scores, key=lambda name: scores[name]) == "a"
    assert set(scores) == {"a", "b", "c"}
    assert index.scores("of the") == {}


@given(NAMED, NAMED, st.sampled_from(PHRASES))
def test_an_index_that_was_changed_is_like_one_made_anew(
    first: dict[str, str], second: dict[str, str], query: str
) -> None:
    changed, anew = Wordings(), Wordings()
    for texts in (first, second):
        changed.update([(name, text, "en") for name, text in texts.items()])
    anew.update([(name, text, "en") for name, text in second.items()])
    assert {name: round(score, 9) for name, score in changed.scores(query).items()} == {
        name: round(score, 9) for name, score in anew.scores(query).items()
    }
    assert sorted(changed) == sorted(second)


def test_likeness_needs_meaning_or_many_words() -> None:
    reworded = "Before the flood, 9,000 lorries crossed the harbour bridge each day"
    assert alike(LONG, reworded, None)
    assert alike(LONG, "Trucks went over the quay crossing by the thousand until the water came", 0.7)
    assert not alike(LONG, reworded, 0.1)
    assert not alike(LONG, "The harbour office published its yearly report on staff and budget", None)
    assert not alike(LONG, "The bridge", 0.6)
    assert alike("Bridges float", "The bridge floats", None)
    assert not alike("https://checks.example/bridge", "https://checks.example/bridge", None)
    assert not alike("", "", None)
