"""Finding passages by words: the lists agree with SQLite's full-text index, however they were written."""

import math
import random
import sqlite3
from pathlib import Path

import pytest
from db_builders import NOW, MakeStore, actor, document
from sqlalchemy import text

from db import evidence
from db.evidence import NewDocument, NewPassage
from db.exchange.check import check
from db.search.checking import reindex
from db.search.stems import stemmer, words_of
from db.search.wordlists import Lists
from db.search.words import WordIndex
from db.store import Store

WORDS = (
    "harbour",
    "Harbours",
    "ferry",
    "ferries",
    "naïve",
    "NAIVE",
    "31",
    "burning",
    "burned",
    "Zürich",
    "straße",
    "日本",
    "o'clock",
)


def texts(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)  # noqa: S311
    return [" ".join(chance.choices(WORDS, k=chance.randint(1, 12))) for _ in range(count)]


def add(store: Store, found: list[str], title: str = "On ferries") -> None:
    rows = [
        NewDocument(title=f"{title} {place} zeppelin", text=piece, passages=(NewPassage(0, len(piece), "p"),))
        for place, piece in enumerate(found)
    ]
    with store.write_local() as session:
        evidence.add(session, rows, NOW)


def expected(store: Store, wanted: list[str]) -> dict[int, float]:
    """BM25 by the definition, from words that SQLite's own index gives for each passage."""
    with store.read() as session:
        connection = session.connection()
        stems = {stem.text for word in wanted for stem in stemmer().stems([word])[word]}
        connection.execute(text("CREATE VIRTUAL TABLE temp.found USING fts5vocab(main, passage_fts, 'instance')"))
        found = connection.execute(text("SELECT doc, term FROM temp.found")).all()
    lengths: dict[int, int] = {}
    counts: dict[tuple[int, str], int] = {}
    for number, stem in found:
        lengths[number] = lengths.get(number, 0) + 1
        counts[number, stem] = counts.get((number, stem), 0) + 1
    average = sum(lengths.values()) / len(lengths)
    scores: dict[int, float] = {}
    for stem in stems:
        held = {number: times for (number, one), times in counts.items() if one == stem}
        weight = math.log(1 + (len(lengths) - len(held) + 0.5) / (len(held) + 0.5))
        for number, times in held.items():
            room = 0.9 * (0.6 + 0.4 * lengths[number] / average)
            scores[number] = scores.get(number, 0.0) + weight * times * 1.9 / (times + room)
    return scores


def found(store: Store, wanted: list[str], index: WordIndex | None = None, limit: int = 10_000) -> dict[int, float]:
    index = index or WordIndex()
    with store.read() as session:
        index.catch_up(session)
    return index.candidates(wanted, limit=limit)


def test_scores_are_those_of_bm25_over_the_words_of_the_full_text_index(make: MakeStore) -> None:
    store = make("Ada")
    for size, seed in ((1, 1), (40, 2), (3, 3), (90, 4)):
        add(store, texts(size, seed))
    for wanted in (["ferry"], ["harbours", "31", "burn"], ["naive", "zurich", "strasse", "日本"], ["o", "clock", "on"]):
        assert found(store, wanted) == pytest.approx(expected(store, wanted), rel=1e-5)
    assert found(store, ["unheard"]) == {}
    assert found(store, []) == {}


def test_only_the_best_are_returned_and_what_was_asked_for(make: MakeStore) -> None:
    import numpy as np

    store = make("Ada")
    add(store, texts(200))
    every = expected(store, ["ferry", "31"])
    best = sorted(every, key=lambda number: -every[number])
    few = found(store, ["ferry", "31"], limit=5)
    assert min(few.values()) == pytest.approx(every[best[4]], rel=1e-5)
    index = WordIndex()
    found(store, [], index)
    also = index.candidates(["ferry", "31"], limit=5, also=np.array([best[-1], 10_000, 0]))
    assert also.keys() == few.keys() | {best[-1]}


def test_common_words_beyond_the_budget_still_score_the_candidates(
    make: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make("Ada")
    add(store, [*texts(300), "The airship ferry burned in the harbour", "An airship"])
    monkeypatch.setattr("db.search.words.SELECTING", 2)
    every = expected(store, ["airship", "ferry", "harbour", "31"])
    assert found(store, ["airship", "ferry", "harbour", "31"]) == pytest.approx(
        {number: every[number] for number in (301, 302)}, rel=1e-5
    )


def test_an_index_catches_up_with_what_others_add(make: MakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make("Ada")
    index = WordIndex()
    assert found(store, ["ferry"], index) == {}
    for seed in range(12):
        add(store, texts(7, seed), f"Part {seed}")
        assert found(store, ["ferry", "zurich"], index) == pytest.approx(expected(store, ["ferry", "zurich"]), rel=1e-5)
    with store.read() as session:
        (segments,) = session.connection().execute(text("SELECT count(*) FROM word_segment")).one()
    assert segments < 6


def test_segments_joined_later_are_those_written_at_once(make: MakeStore) -> None:
    pieces = [(number, f"Title {number // 3}", piece) for number, piece in enumerate(texts(60), 5) if number % 7]
    whole = Lists.of(pieces)
    joined = Lists.of(pieces[:20]).followed_by(Lists.of(pieces[20:21])).followed_by(Lists.of(pieces[21:]))
    assert joined.columns() == whole.columns()


def test_a_file_without_lists_gets_them_when_it_is_opened_for_writing(make: MakeStore, tmp_path: Path) -> None:
    store = make("Ada")
    add(store, texts(50))
    before = found(store, ["ferry", "31"])
    with store.write_local() as session:
        session.connection().execute(text("DELETE FROM word_segment"))
    with Store.open(store.path, actor("Ben"), read_only=True) as looking:
        assert found(looking, ["ferry", "31"]) == pytest.approx(before)
    with Store.open(store.path, actor("Ben")) as opened, opened.read() as session:
        assert session.connection().execute(text("SELECT max(last) FROM word_segment")).scalar() == 50
    assert check(store.path) == []


def test_lists_that_do_not_fit_are_found_and_made_anew(make: MakeStore) -> None:
    store = make("Ada")
    with store.write_local() as session:
        document(session, "Figures")
        session.connection().execute(text("UPDATE word_segment SET counts = zeroblob(length(counts))"))
    assert any("1 lists of words do not fit" in problem.message for problem in check(store.path))
    with store.write_local() as session:
        reindex(session)
    assert check(store.path) == []


@pytest.mark.parametrize(
    "piece", ["", "''\"%_*", "\x00\x01", "a_b c-d", "e\u0301te\u0301 ﬁn Ⅻ ²", "x" * 9000, "İstanbul ŞIK"]
)
def test_any_text_has_the_stems_that_the_full_text_index_gives_it(piece: str) -> None:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61 remove_diacritics 2')")
    base.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
    base.execute("INSERT INTO t VALUES (?)", (piece,))
    given = [term for (term,) in base.execute("SELECT term FROM v ORDER BY offset")]
    words = words_of(piece)
    known = stemmer().stems(words)
    own = [stem.text for word in words for stem in known[word]]
    if "\x00" not in piece and "\u0301" not in piece and "İ" not in piece:
        assert own == given
    assert set(known) == set(words)
