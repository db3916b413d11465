"""Documents that share words are found, however they come; boilerplate is not taken for copying."""

import random
from itertools import combinations
from pathlib import Path

from db_builders import NOW, MakeStore, send
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from db import evidence
from db.evidence import NewDocument, NewPassage
from db.needles import words
from db.search import copies
from db.store import Store
from db.tables import CopyPair

VOCABULARY = [f"{first}{second}" for first in "badigo" for second in "lumerast"]


def prose(seed: int, length: int) -> str:
    """Text of its own for every seed."""
    chosen = random.Random(seed)  # noqa: S311 - the same every time
    return " ".join(f"{chosen.choice(VOCABULARY)}{chosen.choice(VOCABULARY)}" for _ in range(length))


def bring(store: Store, texts: list[str], *, together: int = 100) -> None:
    """Add documents and pair them."""
    for start in range(0, len(texts), together):
        with store.write_local() as session:
            new = [
                NewDocument(f"{start + at}: {text[:20]}", text, (NewPassage(0, len(text), "paragraph 1"),))
                for at, text in enumerate(texts[start : start + together])
            ]
            evidence.add(session, new, NOW)
        catch_up(store)


def catch_up(store: Store) -> None:
    missing = 1
    while missing:
        with store.write_local() as session:
            missing = copies.catch_up(session)


def found(session: Session) -> set[tuple[int, int]]:
    return {(pair.first, pair.second) for pair in copies.copied(session)}


def kept(store: Store) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    with store.read() as session:
        return {
            (pair.first, pair.second): (pair.rare, pair.shared, pair.quoted, pair.shorter)
            for pair in session.exec(select(CopyPair))
        }


def by_hand(texts: list[str]) -> dict[tuple[int, int], tuple[int, int]]:
    """Rare and all shared runs of five words, for every two texts that share any."""
    runs = []
    for text in texts:
        found_words = words(text)
        runs.append({found_words[at : at + 5] for at in range(len(found_words) - 4)})
    holders: dict[tuple[str, ...], int] = {}
    for own in runs:
        for run in own:
            holders[run] = holders.get(run, 0) + 1
    result = {}
    for first, second in combinations(range(len(texts)), 2):
        shared = runs[first] & runs[second]
        if shared:
            rare = sum(holders[run] <= copies.RARE for run in shared)
            result[(first + 1, second + 1)] = (rare, len(shared))
    return result


def test_copies_are_paired_whether_they_come_together_or_one_by_one(make: MakeStore) -> None:
    wire, other = prose(1, 80), prose(2, 80)
    texts = [wire, other, f"{prose(3, 60)} {wire} {prose(4, 10)}", " ".join(wire.split()[10:60]), prose(5, 90)]
    with make("one") as one, make("two") as two:
        bring(one, texts)
        bring(two, texts, together=1)
        assert kept(one) == kept(two)
        with one.read() as session:
            assert found(session) == {(1, 3), (1, 4), (3, 4)}
            assert copies.behind(session) == 0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=2, max_size=26),
    st.integers(1, 30),
    st.randoms(use_true_random=False),
)
def test_the_counts_are_those_of_counting_by_hand(
    tmp_path_factory: object, parts: list[list[int]], together: int, chance: random.Random
) -> None:
    paragraphs = [prose(100 + number, 14) for number in range(6)]
    texts = [" ".join([prose(1000 + at, 6), *(paragraphs[part] for part in own)]) for at, own in enumerate(parts)]
    folder: Path = tmp_path_factory.mktemp("copies")  # type: ignore[attr-defined]
    from db_builders import actor

    with Store.open(folder / "a.db", actor("A"), create=True) as store:
        bring(store, texts, together=together)
        stored = kept(store)
        expected = by_hand(texts)
        for pair, (rare, shared, _, _) in stored.items():
            assert (rare, shared) == expected[pair]
        assert {pair for pair, (rare, _) in expected.items() if rare >= copies.NEAR} <= set(stored)
        with store.write_local() as session:
            copies.rebuild(session)
        catch_up(store)
        assert kept(store) == stored


def test_a_footer_in_many_documents_joins_nobody(make: MakeStore) -> None:
    footer = prose(7, 30)
    with make("desk") as store:
        bring(store, [f"{prose(20 + number, 150)} {footer}" for number in range(10)])
        with store.read() as session:
            assert len(found(session)) == 45
        bring(store, [f"{prose(40 + number, 150)} {footer}" for number in range(3)], together=1)
        with store.read() as session:
            assert found(session) == set()


def test_a_report_in_fifty_outlets_is_still_one(make: MakeStore) -> None:
    wire = prose(8, 120).split()
    texts = [" ".join([prose(60 + number, 40), *wire[number % 20 :]]) for number in range(50)]
    with make("desk") as store:
        bring(store, texts)
        with store.read() as session:
            reached: set[int] = set()
            for pair in copies.pairs(session, [50]):
                if copies.is_copy(pair):
                    reached |= {pair.first, pair.second}
            assert reached == set(range(1, 51))


def test_one_quotation_is_enough_wherever_it_stands(make: MakeStore) -> None:
    quotation = prose(9, 16)
    with make("desk") as store:
        bring(store, [f"{prose(200 + n, 100)}\n\n“{quotation},” she said. {prose(300 + n, 100)}" for n in range(14)])
        with store.read() as session:
            assert len(found(session)) == 14 * 13 / 2


def test_merged_documents_are_paired_and_shares_carry_no_shingles(make: MakeStore, tmp_path: Path) -> None:
    with make("one") as one, make("two") as two:
        bring(one, [prose(1, 60)])
        bring(two, [prose(2, 60), prose(1, 50)])
        send(one, two, tmp_path)
        with two.read() as session:
            assert copies.behind(session) == 1
        catch_up(two)
        with two.read() as session:
            assert found(session) == {(2, 3)}


def test_what_an_older_store_lacks_is_caught_up_in_parts(make: MakeStore) -> None:
    with make("desk") as store:
        bring(store, [prose(1, 60), prose(2, 60), prose(1, 50)])
        before = kept(store)
        with store.write_local() as session:
            copies.rebuild(session)
        bring_late = [prose(2, 40)]
        with store.write_local() as session:
            assert copies.behind(session) == 3
        bring(store, bring_late)
        assert {pair: kept(store)[pair] for pair in before} == before
        with store.read() as session:
            assert found(session) == {(1, 3), (2, 4)}
