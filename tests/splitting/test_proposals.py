"""The helper's answers: only words that stand in the sentence to the letter are taken, everything else is counted."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputRefused
from workbench.splitting.proposals import LONGEST_SENTENCE, messages, read_answer, verified

SENTENCE = "Mayor Poe, a former baker, said that\nthe quay burned and the port shut."


def answer(*claims: list[str]) -> str:
    return json.dumps({"claims": [{"fragments": list(claim)} for claim in claims]})


def test_only_the_sentence_is_sent_on_one_line() -> None:
    sent = messages(SENTENCE)
    assert [message["role"] for message in sent] == ["system", "user"]
    assert sent[1]["content"] == "Mayor Poe, a former baker, said that the quay burned and the port shut."
    with pytest.raises(InputRefused, match="3,001 characters"):
        messages("a" * (LONGEST_SENTENCE + 1))


def test_fragments_that_stand_there_are_taken_where_they_stand() -> None:
    found = verified([["Mayor Poe", "a former baker"], ["that the quay burned"]], SENTENCE)
    assert [proposal.wording for proposal in found.taken] == ["Mayor Poe a former baker", "That the quay burned"]
    assert [span.of(SENTENCE) for span in found.taken[1].fragments] == ["that\nthe quay burned"]
    assert found.rejected == ()


@pytest.mark.parametrize(
    ("fragments", "reason"),
    [
        (["the quay sank"], "not in the sentence"),
        (["the Quay burned"], "not in the sentence"),
        (["a former baker", "Mayor Poe"], "not in the sentence"),
        (["ayor Poe"], "not in the sentence"),
        (["Mayor Poe", ""], "not in the sentence"),
        (["said"], "too short"),
        ([], "without words"),
        (["Mayor Poe"] * 13, "more than"),
        ([" ".join(SENTENCE.split())], "over again"),
    ],
)
def test_everything_else_is_rejected_with_the_reason(fragments: list[str], reason: str) -> None:
    found = verified([fragments, ["the port shut"]], SENTENCE)
    assert [proposal.wording for proposal in found.taken] == ["The port shut"]
    (rejection,) = found.rejected
    assert reason in rejection.reason
    assert rejection.text == " … ".join(fragments)


def test_the_same_twice_counts_once_and_a_flood_is_cut() -> None:
    assert len(verified([["the port shut"]] * 2, SENTENCE).taken) == 1
    assert len(verified([["the port shut"]] * 60, SENTENCE).rejected) == 20


def test_json_may_stand_in_a_fence_and_nothing_else_may_stand_beside_it() -> None:
    plain = answer(["a b"])
    assert read_answer(plain) == read_answer(f"```json\n{plain}\n```") == [["a b"]]
    assert read_answer('{"claims": []}') == []
    for wrong in (
        "", "Sure! " + plain, plain + " Hope this helps.", "[]", '{"claims": {}}', '{"claims": [["a"]]}', "{" * 50_000,
        '{"claims": [{"fragments": [1]}]}', '{"statements": []}', plain[:-1],
    ):  # fmt: skip
        with pytest.raises(InputRefused, match="JSON"):
            read_answer(wrong)


@given(st.lists(st.lists(st.text(max_size=20), max_size=4), max_size=6), st.text(max_size=120))
def test_whatever_is_taken_stands_in_the_sentence(claims: list[list[str]], sentence: str) -> None:
    found = verified(claims, sentence)
    assert len(found.rejected) <= len(claims)
    for proposal in found.taken:
        ends = 0
        for span in proposal.fragments:
            assert ends <= span.start < span.end <= len(sentence)
            ends = span.end
        spoken = " ".join(" ".join(span.of(sentence).split()) for span in proposal.fragments)
        assert proposal.wording[1:] == spoken[len(spoken) - len(proposal.wording) + 1 :]
