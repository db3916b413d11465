"""What holds for every text: units tile it, claims lie in units, fragments in claims, and it is the same every time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.splitting import SplitResult, split

EXOTIC = st.text(
    alphabet=st.one_of(
        st.characters(categories=["Mn", "Mc", "Cf", "Zs", "Zl", "Zp", "Lo", "Sk", "So", "Pi", "Pf", "Nl", "No"]),
        st.sampled_from("👩\u200d🚀🇨🇺ﷺ\u202e\u200fـًאבעربדनमस्ते中文日本語。！？한국어ǅﬁßẞıİÅé½²Ⅻ٣٤—–‐«»„“”‹›¿¡…‥"),
        st.sampled_from(" \n\r\t.,:;!?\"'()[]|#-*/1aA"),
    ),
    max_size=200,
)
PLAIN = {
    "en": [
        "The dam above Northvale held on Monday.",
        "Mayor Ann Poe said that 32 houses were lost.",
        "“We were lucky,” she told reporters.",
        "According to Dr. Roe of the U.S. Dam Office, it rained for 9.5 days.",
        "Who pays for the wall?",
        "It cost $4.5 million, or 12 percent of the budget.",
        "Nobody was hurt!",
    ],
    "es": [
        "La presa del norte aguantó el lunes.",
        "La alcaldesa Ana Ruiz dijo que 32 casas se perdieron.",
        "«Tuvimos suerte», añadió la alcaldesa.",
        "Según el Sr. López, de EE. UU., llovió nueve días.",
        "¿Quién paga la presa?",
        "Costó 4,5 millones de euros, el 12 % del presupuesto.",
    ],
}


def holds_together(text: str, result: SplitResult) -> None:
    assert result.length == len(text)
    assert "".join(text[unit.start : unit.end] for unit in result.units) == text
    for unit in result.units:
        for claim in unit.claims:
            assert unit.start <= claim.start < claim.end <= unit.end
            assert all(claim.start <= f.start < f.end <= claim.end for f in claim.fragments)
            ends = [0, *(f.end for f in claim.fragments)]
            assert all(end <= f.start for end, f in zip(ends, claim.fragments, strict=False))
            said = claim.attribution
            if said is not None and claim.relation == "content":
                assert text[said.start : said.end]
                assert all(span.end <= len(text) for span in (*said.content, said.cue_span))


@settings(max_examples=200, deadline=None)
@given(EXOTIC, st.sampled_from([None, "en", "es", "zh"]))
def test_any_writing_is_tiled(text: str, language: str | None) -> None:
    holds_together(text, split(text, language=language))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(PLAIN)).flatmap(
        lambda code: st.tuples(st.just(code), st.lists(st.sampled_from(PLAIN[code]), min_size=1, max_size=8))
    ),
    st.sampled_from([" ", "\n\n", "  ", "\r\n\r\n"]),
)
def test_sentences_are_found_whatever_stands_around_them(case: tuple[str, list[str]], gap: str) -> None:
    code, sentences = case
    text = gap.join(sentences)
    result = split(text, language=code)
    holds_together(text, result)
    assert [text[unit.start : unit.end].strip() for unit in result.units] == sentences
    assert split(text, language=code) == result
    for unit in result.units:
        own = text[unit.start : unit.end].strip()
        (again,) = split(own, language=code).units
        assert again.claims[0].text == own
        assert [c.text for c in again.claims if c.relation == "sentence"] == [own]


def test_progress_ends_at_the_length_of_the_text() -> None:
    text = "The dam held. " * 900
    seen: list[int] = []
    split(text, language="en", progress=seen.append)
    assert len(seen) > 3
    assert seen == sorted(seen)
    assert seen[-1] == len(text)
