"""The ordinary tables are a function of the revisions."""

from itertools import pairwise
from pathlib import Path

from db_builders import MakeStore, cite, claim, cut, document, handle, send, source, verdict, version
from hypothesis import given
from hypothesis import strategies as st

from db import projection
from db.projection import units_of
from db.store import Store
from db.tables.articles import CutData
from db.vocabulary import Confidentiality, Kind, UnitKind

OFFSETS = st.integers(-5, 60)


def busy(store: Store) -> str:
    """A store with something of most kinds; returns the version."""
    with store.write_local() as session:
        content = document(session, "Figures of the port")
    with store.write("Add an article") as unit:
        versioned = version(unit)
        target = claim(unit, versioned)
        gone = claim(unit, versioned, "Nobody objected.")
        cite(unit, target, content)
        verdict(unit, target, "true")
        verdict(unit, gone, "false")
        source(unit, "Courier")
        cut(unit, versioned, 20)
        handle(unit, content, Confidentiality.INTERNAL)
    with store.write("Edit") as unit:
        unit.journal.record(Kind.CLAIM, gone, None)
        cut(unit, versioned, 34, present=False)
        verdict(unit, target, "mixed")
    return versioned


def test_rebuilding_gives_the_same_rows(store: Store) -> None:
    busy(store)
    with store.write_local() as session:
        before = projection.rows(session)
        projection.rebuild(session)
        assert projection.rows(session) == before
    assert all(before[name] for name in ("article", "claim", "citation", "verdict", "unit", "cut", "handling", "head"))


def test_a_persons_cuts_shape_the_units(store: Store) -> None:
    versioned = busy(store)
    with store.read() as session:
        rows = projection.rows(session)["unit"]
        text = projection.rows(session)["article_version"][0]["text"]
    units = sorted((row["start"], row["end"], row["kind"]) for row in rows if row["version_id"] == versioned)
    assert units == [(0, 20, "title"), (20, len(text), "sentence")]
    store.undo()
    with store.read() as session:
        starts = sorted(row["start"] for row in projection.rows(session)["unit"])
    assert starts == [0, 20, 34]


@given(
    st.lists(OFFSETS.filter(lambda n: n >= 0), unique=True, max_size=8).map(sorted),
    st.lists(st.tuples(OFFSETS, st.booleans(), st.sampled_from(UnitKind)), max_size=12),
    st.integers(0, 50),
)
def test_any_cuts_tile_the_text(starts: list[int], cuts: list[tuple[int, bool, UnitKind]], length: int) -> None:
    units = units_of([[start, "sentence"] for start in starts], cuts, length)
    assert [start for start, _, _ in units[:1]] == ([0] if length else [])
    assert [end for _, end, _ in units[-1:]] == ([length] if length else [])
    assert all(before[1] == after[0] for before, after in pairwise(units))
    assert all(start < end for start, end, _ in units)


def test_heads_that_differ_show_the_same_row_at_every_desk(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write("Add an article") as unit:
        target = claim(unit, version(unit))
    send(ada, ben, tmp_path)
    for desk, level in ((ada, "true"), (ben, "false")):
        with desk.write("Give a verdict") as unit:
            verdict(unit, target, level)
    send(ada, ben, tmp_path)
    send(ben, ada, tmp_path)
    with ada.read() as mine, ben.read() as theirs:
        assert projection.rows(mine) == projection.rows(theirs)
        assert projection.rows(mine)["verdict"][0]["conflicted"] is True


def test_two_cuts_at_one_place_give_the_same_units_in_any_order_of_arrival(make: MakeStore) -> None:
    found = []
    for name, order in (("one", ("cut-a", "cut-b")), ("two", ("cut-b", "cut-a"))):
        kinds = {"cut-a": UnitKind.HEADING, "cut-b": UnitKind.CAPTION}
        with make(name).write("Add an article") as unit:
            versioned = version(unit)
            for entity in order:
                data = CutData(version_id=versioned, offset=20, present=True, kind=kinds[entity])
                unit.journal.record(Kind.CUT, entity, data)
            rows = projection.rows(unit.session)["unit"]
        found.append(sorted((row["start"], row["kind"]) for row in rows))
    assert found[0] == found[1]
