"""Origins: copies count once, signs are told apart from hints, people decide, circles show."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.credibility.origins import (
    Confidence,
    Decision,
    Edge,
    Sign,
    Text,
    chain,
    cluster,
    find_circles,
    is_copy,
    numbered,
    overlap,
    shared_quotation,
    signs,
)
from workbench.credibility.origins.credits import address_of, agencies, originals, refers_to, same_agency, staff

WIRE = (
    "The harbour fire killed thirteen people on Friday night, the port authority said, and the pumps that should have "
    "put it out had been broken since December. Tugs dragged the burning tanker clear at dawn."
)
OTHER = (
    "Wholesale diesel cost nine percent more on Monday than a week earlier, traders said, because nobody knew how long "
    "the terminal would stay closed. Bread prices did not change."
)


def test_copies_share_enough_words() -> None:
    trimmed = "PORT TOWN (Wire) - " + WIRE[:120]
    embedded = OTHER + " " + WIRE + " Our reporter adds that it rained."
    assert is_copy(WIRE, trimmed)
    assert is_copy(WIRE, embedded)
    assert is_copy(WIRE, WIRE.upper().replace(",", " –"))
    assert not is_copy(WIRE, OTHER[:60] + " and more news from the market today")


def test_different_texts_on_one_topic_are_independent() -> None:
    again = "Thirteen died when fire swept the harbour; broken pumps were to blame, according to the port authority."
    assert not is_copy(WIRE, again)
    assert is_copy("The pier is 90 metres long.", "the pier is 90 metres long")
    assert not is_copy("The pier is 90 metres long.", "The pier is old.")


def test_what_is_shared_is_counted_and_shown() -> None:
    found = overlap(f"Intro of our own. {WIRE}", f"{WIRE} And an end.")
    assert found.longest == WIRE.rstrip(".")
    assert found.words == len(WIRE.split())
    assert overlap(WIRE, OTHER).words == 0


def test_only_words_in_quotation_marks_make_a_quotation() -> None:
    said = "they went to work in the morning and none of them came home"
    assert shared_quotation(f"She said: “{said}.”", f"Later the minister added, “Yes, {said},” and left.") == said
    assert not shared_quotation(f"She said: “{said}.”", f"Some say {said}.")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("VESSMAR, March 15 (KW) — Kestria broke its silence.", "KW"),
        ("NORTHVALE (Northern Press Agency) - The council met.", "Northern Press Agency"),
        ("The council met.\n\n© 2026 Kestrian Wire", "Kestrian Wire"),
        ("The council met.\n\nWith files from Kestrian Wire", "Kestrian Wire"),
        ("The council met. (With material from Kestrian Wire.)", "Kestrian Wire"),
    ],
)
def test_agency_lines(text: str, named: str) -> None:
    assert agencies(text) == (named,)


def test_a_name_alone_on_the_last_line_counts_where_it_is_an_agency() -> None:
    assert agencies("The council met.\n\nKestrian Wire", ["Kestrian Wire"]) == ("Kestrian Wire",)
    assert agencies("The council met.\n\nKestrian Wire") == ()
    assert agencies("Ships (31) lay at berth 5. The Minister (Labour) left.") == ()


def test_initials_are_the_same_agency() -> None:
    assert same_agency("KW", "Kestrian Wire")
    assert same_agency("the Kestrian Wire", "Kestrian Wire")
    assert not same_agency("KW", "Northern Wire")


def test_other_credits() -> None:
    assert staff("… it ended.\nReporting by Marit Ossen; editing by Odo Pell") == "marit ossen odo pell"
    assert address_of("https://www.wire.example/a/b/?utm=1") == address_of("http://m.wire.example/a/b/amp")
    assert address_of("https://wire.example/") == ""
    assert originals("This was originally published at https://wire.example/a/b.") == ("wire.example/a/b",)


def test_whom_a_text_refers_to() -> None:
    text = "It rained. The leak was known for weeks, according to Portside Monitor, which follows it. Nobody answered."
    assert refers_to(text, ["Portside Monitor"]).startswith("The leak was known")
    assert not refers_to("Portside Monitor is a paper. It rained.", ["Portside Monitor"])


def one(key: str, text: str = WIRE, **values: object) -> Text:
    return replace(Text(key, text, source=key, names=(f"Outlet {key}",), published="2026-03-15"), **values)  # type: ignore[arg-type]


def test_an_agency_line_alone_is_only_a_hint() -> None:
    first, second = one("a", f"TOWN (KW) - {WIRE}"), one("b", f"TOWN (KW) - {OTHER}")
    (hint,) = signs(first, second, near=False, one_claim=False)
    assert (hint.sign, hint.joins) == (Sign.AGENCY, False)
    (tie,) = signs(first, second, near=True, one_claim=False)
    assert tie.joins
    (late,) = signs(first, replace(second, published="2026-05-01"), near=True, one_claim=False)
    assert not late.joins


def test_a_statement_and_its_denial_by_one_body_are_one_origin_for_a_claim() -> None:
    first, second = one("a", source="s", body=True), one("b", OTHER, source="s", body=True)
    assert [edge.sign for edge in signs(first, second, near=False, one_claim=True)] == [Sign.BODY]
    assert not signs(first, second, near=False, one_claim=False)
    assert not signs(replace(first, body=False), second, near=False, one_claim=True)


def test_one_owner_is_related_and_not_one_origin() -> None:
    (edge,) = signs(one("a", owner="Holding"), one("b", OTHER, owner="holding "), near=False, one_claim=True)
    assert (edge.sign, edge.joins) == (Sign.OWNER, False)


def test_an_attribution_needs_the_same_subject() -> None:
    monitor = one("m", WIRE, names=("Portside Monitor",))
    about = one("a", "Broken pumps and thirteen dead in the harbour, Portside Monitor reports.")
    (edge,) = signs(about, monitor, near=False, one_claim=True)
    assert (edge.first, edge.second, edge.sign) == ("a", "m", Sign.ATTRIBUTION)
    assert not signs(one("b", "Bread got dearer, Portside Monitor reports."), monitor, near=False, one_claim=True)


KEYS = "abcdefgh"
PAIRS = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda pair: pair[0] != pair[1])
EDGES = st.lists(
    st.builds(
        lambda pair, sign, weight, joins: Edge(*sorted(pair), sign, weight, "", joins),
        PAIRS, st.sampled_from([Sign.COPY, Sign.AGENCY, Sign.QUOTATION]), st.integers(1, 99), st.booleans(),
    ),
    max_size=20,
)  # fmt: skip
DECISIONS = st.lists(
    st.builds(lambda pair, joined: Decision(*pair, joined), PAIRS, st.booleans()),
    max_size=6,
    unique_by=lambda one: frozenset((one.document, one.other)),
)


@given(EDGES, DECISIONS, st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(edges: list[Edge], decisions: list[Decision], chance: object) -> None:
    expected = cluster(KEYS, edges, decisions)
    keys = list(KEYS)
    for values in (edges, decisions, keys):
        chance.shuffle(values)  # type: ignore[attr-defined]
    assert cluster(keys, edges, decisions) == expected


@given(EDGES, DECISIONS)
def test_decisions_are_respected(edges: list[Edge], decisions: list[Decision]) -> None:
    found = cluster(KEYS, edges, decisions)
    for decision in decisions:
        if not decision.joined:
            assert found.of[decision.document] != found.of[decision.other]
    if all(decision.joined for decision in decisions):
        assert all(found.of[one.document] == found.of[one.other] for one in decisions)
        assert not found.refused


@given(EDGES)
def test_without_decisions_origins_are_what_hangs_together(edges: list[Edge]) -> None:
    found = cluster(KEYS, edges)
    together = {key: {key} for key in KEYS}
    for _ in KEYS:
        for edge in edges:
            if edge.joins:
                both = together[edge.first] | together[edge.second]
                for key in both:
                    together[key] = both
    assert {key: frozenset(found.members(key)) for key in KEYS} == {key: frozenset(together[key]) for key in KEYS}


@given(st.lists(st.sampled_from(KEYS), max_size=8))
def test_numbers_count_from_one_in_order_of_appearance(keys: list[str]) -> None:
    numbers = numbered(keys, cluster(KEYS, []))
    assert [number for place, number in enumerate(numbers) if number not in numbers[:place]] == list(
        range(1, len(set(numbers)) + 1)
    )


def test_who_is_split_off_leaves_the_whole_origin() -> None:
    edges = [Edge(a, b, Sign.COPY, 50) for a, b in ("ab", "ac", "bc", "cd")]
    found = cluster("abcd", edges, [Decision("a", "b", joined=False)])
    assert found.members("b") == ["b", "c", "d"]
    assert found.members("a") == ["a"]
    assert found.refused


def test_a_chain_begins_with_the_agency_and_says_how_sure_that_is() -> None:
    wire = one("w", agency=True, published="2026-03-15T10:00:00+00:00")
    late, early = one("l", published="2026-03-16"), one("e", published="2026-03-14")
    edges = [Edge("l", "w", Sign.COPY, 30, "30")]
    made = chain([late, wire], edges)
    assert [link.key for link in made.links] == ["w", "l"]
    assert (made.root, made.confidence) == ("w", Confidence.LIKELY)
    assert made.links[1].edges == (edges[0],)
    assert chain([late, wire, early], edges).confidence is Confidence.UNSURE
    assert chain([one("x", published=""), one("y", published="")], []).confidence is Confidence.NONE


def test_a_circle_has_no_root() -> None:
    edges = [Edge("a", "b", Sign.ATTRIBUTION), Edge("b", "c", Sign.ATTRIBUTION), Edge("c", "a", Sign.ATTRIBUTION)]
    assert find_circles([*edges, Edge("d", "a", Sign.ATTRIBUTION)]) == [("a", "b", "c")]
    made = chain([one("a"), one("b"), one("c")], edges)
    assert (made.root, made.confidence, made.circles) == ("", Confidence.NONE, (("a", "b", "c"),))
