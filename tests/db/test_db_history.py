"""Undo and redo: read from the revisions, so they survive reopening and never run over somebody else's decision."""

import tempfile
from pathlib import Path

import pytest
from db_builders import MakeStore, actor, claim, send, source, verdict, version
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import history, projection
from db.errors import UndoBlocked
from db.identity import uuid7
from db.revisions import alternatives, data_of, heads
from db.store import Store
from db.tables import Source, Verdict
from db.tables.sources import SourceData
from db.vocabulary import Kind

ENTITIES = ["e1", "e2", "e3"]
EDITS = st.lists(
    st.tuples(st.sampled_from(ENTITIES), st.one_of(st.none(), st.sampled_from(["A", "B", "C"]))), min_size=1, max_size=3
)
STEPS = st.lists(
    st.one_of(EDITS, st.just("undo"), st.just("undo"), st.just("redo"), st.just("reopen")), min_size=1, max_size=12
)

State = dict[str, str]


class Model:
    """What a person expects of undo and redo."""

    def __init__(self) -> None:
        self.state: State = {}
        self.undoable: list[tuple[State, State]] = []
        self.redoable: list[tuple[State, State]] = []

    def edit(self, edits: list[tuple[str, str | None]]) -> None:
        before, written = dict(self.state), False
        for entity, name in edits:
            written |= self.state.get(entity) != name
            self.state = {**self.state, entity: name} if name else {k: v for k, v in self.state.items() if k != entity}
        if written:
            self.undoable.append((before, dict(self.state)))
            self.redoable.clear()

    def undo(self) -> bool:
        if not self.undoable:
            return False
        self.redoable.append(self.undoable.pop())
        self.state = dict(self.redoable[-1][0])
        return True

    def redo(self) -> bool:
        if not self.redoable:
            return False
        self.undoable.append(self.redoable.pop())
        self.state = dict(self.undoable[-1][1])
        return True


def edit(store: Store, edits: list[tuple[str, str | None]]) -> None:
    with store.write("Edit sources") as unit:
        for entity, name in edits:
            unit.journal.record(Kind.SOURCE, entity, SourceData(name=name) if name else None)


def tried(verb: object) -> bool:
    try:
        verb()  # type: ignore[operator]
    except UndoBlocked:
        return False
    return True


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_any_sequence_equals_the_model(steps: list[list[tuple[str, str | None]] | str]) -> None:
    model, who = Model(), actor("Ada")
    with tempfile.TemporaryDirectory(dir=Path("/dev/shm") if Path("/dev/shm").is_dir() else None) as folder:  # noqa: S108
        path = Path(folder) / "desk.db"
        store = Store.open(path, who, create=True)
        for step in steps:
            if step == "undo":
                assert tried(store.undo) == model.undo()
            elif step == "redo":
                assert tried(store.redo) == model.redo()
            elif step == "reopen":
                store.close()
                store = Store.open(path, who)
            elif not isinstance(step, str):
                edit(store, step)
                model.edit(step)
            with store.read() as session:
                rows = projection.rows(session)["source"]
                assert {row["id"]: row["name"] for row in rows} == model.state
                assert (history.next_undo(session, who.device) is not None) == bool(model.undoable)
                assert (history.next_redo(session, who.device) is not None) == bool(model.redoable)
        store.close()


def test_nothing_to_undo_is_said(store: Store) -> None:
    with pytest.raises(UndoBlocked, match="nothing to undo"):
        store.undo()
    with pytest.raises(UndoBlocked, match="nothing to redo"):
        store.redo()


def test_undo_names_the_action_and_history_keeps_both(store: Store) -> None:
    with store.write("Add a source") as unit:
        entity = source(unit, "Courier")
    assert store.undo() == "Add a source"
    assert store.redo() == "Add a source"
    with store.read() as session:
        steps = history.steps(session)
        assert [(bool(step.undoes), bool(step.redoes)) for step in steps] == [
            (False, True),
            (True, False),
            (False, False),
        ]
        assert {step.touched for step in steps} == {((Kind.SOURCE, entity),)}
        assert [step.action for step in history.steps(session, limit=1, before=steps[0].number)] == [steps[1].action]
        assert history.steps(session, entity=uuid7()) == []


def shared_source(make: MakeStore, folder: Path) -> tuple[Store, Store, str]:
    ada, ben = make("Ada"), make("Ben")
    with ada.write("Add a source") as unit:
        entity = source(unit, "Courier")
    send(ada, ben, folder)
    return ada, ben, entity


def name_of(store: Store, entity: str) -> str:
    with store.read() as session:
        return session.get_one(Source, entity).name


def test_undo_is_blocked_when_another_desk_changed_the_same(make: MakeStore, tmp_path: Path) -> None:
    ada, ben, entity = shared_source(make, tmp_path)
    with ada.write("Rename a source") as unit:
        source(unit, "The Courier", entity)
    send(ada, ben, tmp_path)
    with ben.write("Rename a source") as unit:
        source(unit, "Nordhaven Courier", entity)
    send(ben, ada, tmp_path)
    with pytest.raises(UndoBlocked, match="Ben has changed the same source"):
        ada.undo()
    assert name_of(ada, entity) == "Nordhaven Courier"


def test_redo_is_blocked_when_another_desk_changed_the_same(make: MakeStore, tmp_path: Path) -> None:
    ada, ben, entity = shared_source(make, tmp_path)
    with ada.write("Rename a source") as unit:
        source(unit, "The Courier", entity)
    ada.undo()
    send(ada, ben, tmp_path)
    with ben.write("Rename a source") as unit:
        source(unit, "Nordhaven Courier", entity)
    send(ben, ada, tmp_path)
    with pytest.raises(UndoBlocked, match="cannot be done again: Ben has changed"):
        ada.redo()
    assert name_of(ada, entity) == "Nordhaven Courier"


def test_a_blocked_undo_writes_nothing_of_the_whole_action(make: MakeStore, tmp_path: Path) -> None:
    ada, ben, entity = shared_source(make, tmp_path)
    with ada.write("Rename two sources") as unit:
        source(unit, "The Courier", entity)
        second = source(unit, "The Gazette")
    send(ada, ben, tmp_path)
    with ben.write("Rename a source") as unit:
        source(unit, "Nordhaven Courier", entity)
    send(ben, ada, tmp_path)
    with pytest.raises(UndoBlocked):
        ada.undo()
    assert name_of(ada, second) == "The Gazette"


def test_only_the_own_devices_actions_are_undone(make: MakeStore, tmp_path: Path) -> None:
    _, ben, entity = shared_source(make, tmp_path)
    with pytest.raises(UndoBlocked, match="nothing to undo"):
        ben.undo()
    assert name_of(ben, entity) == "Courier"


def test_undoing_the_settling_of_a_conflict_brings_it_back(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write("Add an article") as unit:
        target = claim(unit, version(unit))
    send(ada, ben, tmp_path)
    with ada.write("Give a verdict") as unit:
        rated = verdict(unit, target, "true")
    with ben.write("Give a verdict") as unit:
        verdict(unit, target, "false")
    send(ben, ada, tmp_path)

    def levels() -> set[str]:
        with ada.read() as session:
            assert session.get_one(Verdict, rated).conflicted == (len(alternatives(heads(session, rated))) > 1)
            return {data_of(head)["level"] for head in heads(session, rated)}  # type: ignore[index]

    assert levels() == {"true", "false"}
    with ada.write("Settle a conflict") as unit:
        verdict(unit, target, "mixed", resolve=True)
    assert levels() == {"mixed"}
    ada.undo()
    assert levels() == {"true", "false"}
    ada.redo()
    assert levels() == {"mixed"}
