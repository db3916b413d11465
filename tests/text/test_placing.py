"""Claims carried from one edition of an article to the next."""

import random
import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.splitting import split
from workbench.text.anchors import AnchorState, Edition, Standing, place_all, same_words
from workbench.text.spans import Span

FIRST = (
    "Harbour closes in March\n\n"
    "The harbour of Nordhaven closes in March, the mayor said on Monday. "
    "About 32 people will lose their work. “Nobody was asked,” said Ida Falk.\n\n"
    "The port was opened in 1911. It handled 4.2 million tons last year. The council will vote in autumn."
)


def edition(text: str) -> Edition:
    return Edition(text, tuple(unit.start for unit in split(text, language="en").units) or (0,))


def sentences(text: str, number: int = 0) -> list[Standing]:
    """One claim for every unit, as a first split makes them."""
    return [
        Standing(f"{number}-{unit.start:04}", number, Span(unit.claims[0].start, unit.claims[0].end), whole=True)
        for unit in split(text, language="en").units
        if unit.claims
    ]


def placed(*texts: str) -> dict[str, tuple[str, str | None]]:
    """For each claim of the first text, by its words: its state, and its words in the last one."""
    made = sentences(texts[0])
    found = place_all([edition(text) for text in texts], made, {})
    result = {}
    for claim in made:
        place = found[claim.key]
        result[claim.span.of(texts[0])] = (
            place.state.value,
            None if place.span is None else place.span.of(texts[-1]),
        )
    return result


def test_a_text_that_stays_keeps_its_claims() -> None:
    assert all(state == "ok" and now == words for words, (state, now) in placed(FIRST, FIRST).items())


def test_another_figure_is_drifted() -> None:
    found = placed(FIRST, FIRST.replace("32 people", "24 people"))
    assert found["About 32 people will lose their work."] == ("drifted", "About 24 people will lose their work.")
    assert sum(state == "ok" for state, _ in found.values()) == len(found) - 1


def test_a_deleted_sentence_is_an_orphan_and_comes_back() -> None:
    shorter = FIRST.replace("The port was opened in 1911. ", "")
    assert placed(FIRST, shorter)["The port was opened in 1911."] == ("orphan", None)
    assert placed(FIRST, shorter, FIRST)["The port was opened in 1911."] == ("ok", "The port was opened in 1911.")


def test_a_sentence_that_grew_takes_its_new_words() -> None:
    grown = FIRST.replace("The port was opened in 1911.", "The port was opened in 1911 and 40 people died there.")
    state, now = placed(FIRST, grown)["The port was opened in 1911."]
    assert (state, now) == ("drifted", "The port was opened in 1911 and 40 people died there.")


def test_a_moved_paragraph_is_found() -> None:
    head, first, second = FIRST.split("\n\n")
    found = placed(FIRST, f"{head}\n\n{second}\n\n{first}")
    assert {state for state, _ in found.values()} == {"ok"}


def test_what_a_person_says_goes_before_what_is_found() -> None:
    made = sentences(FIRST)
    target = next(claim for claim in made if "1911" in claim.span.of(FIRST))
    later = FIRST.replace("The port was opened in 1911.", "A quay was built at the end of the war.")
    at = later.index("A quay")
    pin = Span(at, at + 6)
    place = place_all([edition(FIRST), edition(later)], made, {(target.key, 1): pin})[target.key]
    assert place.pinned
    assert place.state is AnchorState.DRIFTED
    assert place.span is not None
    assert place.span.of(later) == "A quay was built at the end of the war."
    gone = place_all([edition(FIRST), edition(FIRST)], made, {(target.key, 1): None})[target.key]
    assert (gone.pinned, gone.state, gone.last) == (True, AnchorState.ORPHAN, target.span)


def test_gone_by_a_persons_word_stays_gone_until_the_very_words_are_back() -> None:
    made = sentences(FIRST)
    target = next(claim for claim in made if "1911" in claim.span.of(FIRST))
    shorter = FIRST.replace("The port was opened in 1911. ", "")
    alike = FIRST.replace("opened in 1911", "opened in 1912")
    pins = {(target.key, 1): None}
    for last, state in ((alike, AnchorState.ORPHAN), (FIRST, AnchorState.OK)):
        found = place_all([edition(FIRST), edition(shorter), edition(last)], made, pins)
        assert found[target.key].state is state


def test_fragments_go_with_their_words() -> None:
    start = FIRST.index("About 32")
    whole = Span(start, start + len("About 32 people will lose their work."))
    figure, rest = Span(start + 6, start + 8), Span(start + 9, start + 24)
    claim = Standing("c", 0, whole, True, (figure, rest))
    later = "News. " + FIRST.replace("32 people", "24 good people")
    place = place_all([edition(FIRST), edition(later)], [claim], {})["c"]
    assert [piece.of(later) for piece in place.inside if piece] == ["24 good", "people will lose"]


WORDS = ("harbour", "1987", "minister", "refused", "seven", "quietly", "The", "granted.")


def edited(text: str, dice: random.Random, steps: int) -> str:
    """The text after some random edits of the kinds that editors make."""
    for _ in range(steps):
        parts = re.split(r"(?<=[.!?”])(\s+)", text)
        words = list(re.finditer(r"\S+", text))
        kind = dice.randrange(5)
        if kind == 0 and words:
            word = dice.choice(words)
            text = text[: word.start()] + dice.choice(WORDS) + text[word.end() :]
        elif kind == 1 and len(parts) > 2:
            at = dice.randrange(0, len(parts), 2)
            text = "".join(parts[:at] + parts[at + 2 :])
        elif kind == 2:
            at = dice.choice([0, *(word.start() for word in words)])
            text = text[:at] + "Two of seven ferries ran aground in 1987. " + text[at:]
        elif kind == 3:
            paragraphs = text.split("\n\n")
            dice.shuffle(paragraphs)
            text = "\n\n".join(paragraphs)
        elif words:
            word = dice.choice(words)
            text = text[: word.start()] + text[word.end() :]
    return text or "Nothing is left."


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_every_claim_has_one_state_and_ok_means_the_same_words(seed: int, edits: list[int]) -> None:
    dice = random.Random(seed)  # noqa: S311
    texts = [FIRST]
    for steps in edits:
        texts.append(edited(texts[-1], dice, steps))
    made = sentences(FIRST)
    editions = [edition(text) for text in texts]
    found = place_all(editions, made, {})
    assert found == place_all(editions, list(reversed(made)), {})
    assert set(found) == {claim.key for claim in made}
    spans = []
    for claim in made:
        place = found[claim.key]
        assert (place.span is None) is (place.state is AnchorState.ORPHAN)
        if place.span is not None:
            now = place.span.of(texts[-1])
            assert now == now.strip() != ""
            assert (place.state is AnchorState.OK) is same_words(now, claim.span.of(FIRST))
            spans.append(place.span)
    spans.sort()
    assert all(one.end <= other.start for one, other in pairwise(spans)), "sentences stand apart"
    for unit in split(texts[-1], language="en").units:
        touching = [span for span in spans if span.start < unit.end and unit.start < span.end]
        if touching:
            left = [
                at
                for at in range(unit.start, unit.end)
                if texts[-1][at].isalnum() and not any(span.contains(at) for span in touching)
            ]
            assert not left, "a unit with a claim has no word without one"
