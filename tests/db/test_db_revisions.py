"""Revisions: one byte form, one identity, a chain per device, heads, agreement and conflict."""

import json
from typing import Any

import pytest
from db_builders import MakeStore, actor, claim, claim_data, send, source, verdict, verdict_data, version
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from db import projection
from db.errors import ConflictOpen, RevisionRefused
from db.identity import canonical, derived, sha256, uuid7
from db.revisions import TAG, alternatives, data_of, heads, insert, parse, recompute_heads, rid_of
from db.store import Store
from db.tables import Head, Revision, Verdict
from db.tables.sources import SourceData
from db.vocabulary import Kind

DATA = SourceData(name="Nordhaven Courier").model_dump(mode="json")


def body(**changes: Any) -> str:
    """A canonical body, with members replaced."""
    value = {
        "v": 1, "kind": "source", "entity": uuid7(), "parents": [], "device": uuid7(), "seq": 1, "prev": None,
        "action": uuid7(), "label": "Add a source", "undoes": None, "redoes": None, "restates": None, "author": "Ada",
        "at": "2024-05-06T07:08:09.123+00:00", "data": DATA,
    }  # fmt: skip
    return canonical({**value, **changes}).decode()


def test_a_body_gives_the_revision_that_it_is() -> None:
    text = body(parents=[sha256(b"one")])
    revision, parents = parse(text)
    assert revision.rid == sha256(TAG + text.encode()) == rid_of(text.encode())
    assert parents == [sha256(b"one")]
    assert (revision.kind, revision.author, revision.at.isoformat()) == (
        Kind.SOURCE,
        "Ada",
        "2024-05-06T07:08:09.123000+00:00",
    )
    assert data_of(revision) == DATA


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": True},
        {"v": "1"},
        {"kind": "rumour"},
        {"kind": ["source"]},
        {"entity": ""},
        {"entity": 7},
        {"entity": "x" * 37},
        {"parents": None},
        {"parents": ["x"]},
        {"parents": [[]]},
        {"parents": [sha256(b"a"), sha256(b"b")]},
        {"parents": [sha256(b"a"), sha256(b"a")]},
        {"parents": ["G" * 64]},
        {"device": None},
        {"seq": 0},
        {"seq": True},
        {"seq": "1"},
        {"prev": 5},
        {"prev": "short"},
        {"undoes": {"a": 1}},
        {"redoes": ["a"]},
        {"author": ""},
        {"author": "Ada\0"},
        {"label": "x" * 201},
        {"at": "2024-05-06"},
        {"at": "2024-05-06T07:08:09.123"},
        {"at": "2024-05-06T07:08:09.123+02:00"},
        {"at": "0999-05-06T07:08:09.123+00:00"},
        {"at": "2024-13-06T07:08:09.123+00:00"},
        {"at": 1},
        {"data": []},
        {"data": {}},
        {"data": {**DATA, "score": 1}},
        {"data": {**DATA, "name": 7}},
        {"data": {**DATA, "name": "Cour\0ier"}},
        {"data": {**DATA, "kind": "rumour"}},
        {"data": {**DATA, "domains": "courier.example"}},
    ],
)
def test_a_body_that_breaks_a_rule_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(RevisionRefused) as caught:
        parse(body(**changes))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (Kind.CLAIM, {"start": 80}),
        (Kind.CLAIM, {"start": -1}),
        (Kind.CLAIM, {"fragments": [[3]]}),
        (Kind.CLAIM, {"suggested": 1}),
        (Kind.CLAIM, {"attribution": {"source": 0.5}}),
        (Kind.VERSION, {"units": [["x", "title"]]}),
        (Kind.VERSION, {"units": [[0, "rumour"]]}),
        (Kind.VERSION, {"units": [[5, "title"], [0, "sentence"]]}),
        (Kind.VERSION, {"units": [[0, "title"], [999, "sentence"]]}),
        (Kind.VERSION, {"text": "another text"}),
        (Kind.CITATION, {"start": 9}),
        (Kind.CITATION, {"stance": "neutral"}),
        (Kind.CUT, {"present": 1}),
    ],
)
def test_data_that_its_kind_does_not_allow_is_refused(kind: Kind, changes: dict[str, Any]) -> None:
    good: dict[Kind, dict[str, Any]] = {
        Kind.CLAIM: claim_data("v").model_dump(mode="json"),
        Kind.VERSION: {
            "article_id": "a", "ordinal": 1, "text": "Ten words.", "text_hash": sha256(b"Ten words."), "units": [[0, "title"]],
        },
        Kind.CITATION: {
            "claim_id": "c", "document": "d", "start": 0, "end": 5, "quote": "words", "locator": "", "stance": "supports",
            "role": "primary", "accessed_on": "2024-01-02", "note": "",
        },
        Kind.CUT: {"version_id": "v", "offset": 3, "present": True, "kind": "sentence"},
    }  # fmt: skip
    parse(body(kind=kind.value, data=good[kind]))
    with pytest.raises(RevisionRefused):
        parse(body(kind=kind.value, data={**good[kind], **changes}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "{" * 5000,
        '{"a":' * 900 + "1" + "}" * 900,
        "\ud800",
        " " + body(),
        body().replace('"v":1', '"v":1.0'),
        body().replace('"v":1', '"v":1,"v":1'),
        body().replace("Ada", "\\u0041da"),
        body().replace("Ada", "\\ud800"),
        body().replace("Ada", "Ada\0"),
        body().replace('"seq":1', '"seq":' + "9" * 5000),
        body().replace('"seq":1', '"seq":9007199254740993'),
        body().replace('"seq":1', '"seq":NaN'),
        json.dumps(json.loads(body())),
    ],
    ids=[f"form-{number}" for number in range(17)],
)
def test_what_is_not_canonical_is_refused(text: str) -> None:
    with pytest.raises(RevisionRefused):
        parse(text)


def test_deeply_nested_data_is_refused_not_crashed_on() -> None:
    nested: Any = "x"
    for _ in range(300):
        nested = [nested]
    data = {**claim_data("v").model_dump(mode="json"), "attribution": {"source": nested}}
    text = json.dumps(json.loads(body(kind="claim", data=None)) | {"data": data}, sort_keys=True, separators=(",", ":"))
    with pytest.raises(RevisionRefused):
        parse(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_keeps_its_words(name: str, note: str) -> None:
    text = body(data={**DATA, "name": name.replace("\0", ""), "note": note.replace("\0", "")})
    revision, _ = parse(text)
    assert data_of(revision) == json.loads(text)["data"]
    assert canonical(json.loads(revision.body)).decode() == revision.body


def chain(session: Session) -> list[Revision]:
    return list(session.exec(select(Revision).order_by(Revision.seq)))


def test_a_device_chains_its_revisions(store: Store) -> None:
    with store.write("Add an article") as unit:
        claim(unit, version(unit))
    with store.write("Add a source") as unit:
        source(unit, "Nordhaven Courier")
    with store.read() as session:
        revisions = chain(session)
    assert [revision.seq for revision in revisions] == [1, 2, 3, 4]
    assert [revision.prev for revision in revisions] == [None, *(revision.rid for revision in revisions[:-1])]
    assert len({revision.action for revision in revisions}) == 2


def test_a_failed_action_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.write("Add an article") as unit:
            version(unit)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with store.read() as session:
        assert chain(session) == []
        assert not any(projection.rows(session).values())


def test_saying_the_same_again_writes_nothing(store: Store) -> None:
    with store.write("Give a verdict") as unit:
        target = claim(unit, version(unit))
        verdict(unit, target, "true")
    with store.write("Give a verdict") as unit:
        assert (
            unit.journal.record(Kind.VERDICT, derived("verdict", target, "truth"), verdict_data(target, "true")) is None
        )
        assert unit.journal.record(Kind.VERDICT, uuid7(), None) is None


def test_withdrawing_keeps_the_claim_marked_and_drops_the_verdict(store: Store) -> None:
    with store.write("Give a verdict") as unit:
        target = claim(unit, version(unit))
        rated = verdict(unit, target, "true")
    with store.write("Withdraw") as unit:
        unit.journal.record(Kind.CLAIM, target, None)
        unit.journal.record(Kind.VERDICT, rated, None)
    with store.read() as session:
        rows = projection.rows(session)
    assert [(row["id"], row["withdrawn"]) for row in rows["claim"]] == [(target, True)]
    assert rows["verdict"] == []


def test_two_desks_agreeing_is_no_conflict(make: MakeStore, tmp_path: Any) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write("Add an article") as unit:
        target = claim(unit, version(unit))
    send(ada, ben, tmp_path)
    for desk in (ada, ben):
        with desk.write("Give a verdict") as unit:
            rated = verdict(unit, target, "false")
    _, report = send(ben, ada, tmp_path)
    assert report.new_conflicts == ()
    with ada.read() as session:
        assert len(heads(session, rated)) == 2
        assert session.get_one(Verdict, rated).conflicted is False
    with ada.write("Give a verdict") as unit:
        verdict(unit, target, "true")
    with ada.read() as session:
        assert len(heads(session, rated)) == 1


def test_two_desks_differing_is_a_conflict_until_somebody_settles_it(make: MakeStore, tmp_path: Any) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write("Add an article") as unit:
        target = claim(unit, version(unit))
    send(ada, ben, tmp_path)
    with ada.write("Give a verdict") as unit:
        rated = verdict(unit, target, "true")
    with ben.write("Give a verdict") as unit:
        verdict(unit, target, "false")
    _, report = send(ben, ada, tmp_path)
    assert report.new_conflicts == ((Kind.VERDICT, rated),)
    with ada.read() as session:
        assert {data_of(head)["level"] for head in alternatives(heads(session, rated))} == {"true", "false"}  # type: ignore[index]
        assert session.get_one(Verdict, rated).conflicted is True
    with pytest.raises(ConflictOpen), ada.write("Give a verdict") as unit:
        verdict(unit, target, "mixed")
    with ada.write("Settle a conflict") as unit:
        verdict(unit, target, "false", resolve=True)
    with ada.read() as session:
        assert session.get_one(Verdict, rated).conflicted is False
        assert session.get_one(Verdict, rated).level == "false"
    _, report = send(ada, ben, tmp_path)
    assert report.new_conflicts == ()
    with ben.read() as session:
        assert session.get_one(Verdict, rated).level == "false"
        assert session.get_one(Verdict, rated).conflicted is False


def test_deciding_on_what_was_seen_earlier_shows_as_a_conflict(store: Store) -> None:
    with store.write("Add a source") as unit:
        entity = source(unit, "Courier")
    with store.read() as session:
        seen = [head.rid for head in heads(session, entity)]
    with store.write("Rename a source") as unit:
        source(unit, "Nordhaven Courier", entity)
    with store.write("Rename a source") as unit:
        unit.journal.record(Kind.SOURCE, entity, SourceData(name="The Courier"), seen=seen)
    with store.read() as session:
        names = {data_of(head)["name"] for head in heads(session, entity)}  # type: ignore[index]
        assert names == {"Nordhaven Courier", "The Courier"}
        assert projection.rows(session)["source"][0]["conflicted"] is True


def test_heads_do_not_depend_on_the_order_of_arrival(make: MakeStore) -> None:
    entity = uuid7()
    first, _ = parse(body(entity=entity))
    second, names = parse(body(entity=entity, parents=[first.rid], data={**DATA, "name": "B"}))
    stranger, others = parse(body(parents=[second.rid], data={**DATA, "name": "C"}))
    arrivals = [(first, []), (second, names), (stranger, others)]
    found = []
    for name, order in (("one", [0, 1, 2]), ("two", [2, 1, 0]), ("three", [1, 2, 0])):
        desk = make(name)
        with desk.write_local() as session:
            for number in order:
                revision, parents = arrivals[number]
                assert insert(session, Revision(**revision.model_dump()), parents)
                assert not insert(session, Revision(**revision.model_dump()), parents)
            stored = {(head.entity, head.rid) for head in session.exec(select(Head))}
            recompute_heads(session, [entity, stranger.entity])
            assert {(head.entity, head.rid) for head in session.exec(select(Head))} == stored
            recompute_heads(session)
            assert {(head.entity, head.rid) for head in session.exec(select(Head))} == stored
            found.append(stored)
    assert found[0] == found[1] == found[2] == {(entity, second.rid), (stranger.entity, stranger.rid)}


def test_a_second_person_on_the_same_device_is_named(store: Store) -> None:
    with store.write("Add a source", actor=actor("Cleo")) as unit:
        source(unit, "Courier")
    with store.read() as session:
        assert [revision.author for revision in chain(session)] == ["Cleo"]
