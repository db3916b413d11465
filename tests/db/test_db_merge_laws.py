"""Three desks work, exchange and merge at random: whatever they do, merging loses nothing and its order makes no difference."""

import contextlib
import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

from db_builders import (
    actor,
    cite,
    claim,
    claim_data,
    cut,
    document,
    handle,
    send,
    source,
    verdict,
    version,
)
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlalchemy import Engine, create_engine
from sqlmodel import select

from db import migrate, projection
from db.engine import make_engine
from db.errors import UndoBlocked
from db.exchange.check import Severity, check
from db.exchange.inspect import inspect
from db.exchange.merge import merge
from db.exchange.pack import pack
from db.identity import derived
from db.revisions import alternatives, data_of, decision_of, heads
from db.store import Store
from db.tables import Document, Revision
from db.tables.sources import SourceData
from db.tables.verdicts import VerdictData
from db.vocabulary import Confidentiality, Kind
from db.withholding import withheld_documents, withheld_entities

DESKS = st.sampled_from([0, 1, 2])
LEVELS = st.sampled_from(["true", "false", "mixed"])
MEMORY = Path("/dev/shm")  # noqa: S108


def rids(store: Store) -> set[str]:
    with store.read() as session:
        return set(session.exec(select(Revision.rid)))


def documents_of(store: Store) -> set[str]:
    with store.read() as session:
        return set(session.exec(select(Document.content_hash)))


def rows(store: Store, without: set[str] = frozenset()) -> dict[str, list[dict[str, Any]]]:  # type: ignore[assignment]
    """What a desk sees, but for the entities that somebody withholds."""
    with store.read() as session:
        return {
            table: [row for row in found if row.get("id", row.get("entity")) not in without]
            for table, found in projection.rows(session).items()
        }


@functools.cache
def pattern() -> Engine:
    return create_engine("sqlite://", hide_parameters=True)


def warm_engine(path: Path, *, read_only: bool) -> Engine:
    """An engine that knows the statements that others have compiled, which takes longer here than running them."""
    engine = make_engine(path, read_only=read_only)
    engine.dialect = pattern().dialect
    engine._compiled_cache = pattern()._compiled_cache
    return engine


class Desks(RuleBasedStateMachine):
    claims = Bundle("claims")
    versions = Bundle("versions")
    sources = Bundle("sources")
    documents = Bundle("documents")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        migrate.create(self.folder / "template.db")
        self.patches = contextlib.ExitStack()
        # Making a store takes longer than everything that is done with it here.
        self.patches.enter_context(patch("db.migrate.create", self.create))
        for module in ("store", "exchange.pack", "exchange.check"):
            self.patches.enter_context(patch(f"db.{module}.make_engine", warm_engine))
        self.patches.enter_context(patch("os.fsync", lambda _: None))
        self.desks = [self.desk(name) for name in ("Ada", "Ben", "Cleo")]
        self.everything: set[str] = set()

    def create(self, path: Path) -> None:
        shutil.copyfile(self.folder / "template.db", path)

    def desk(self, name: str) -> Store:
        return Store.open(self.folder / f"{name}.db", actor(name), create=True)

    def knows(self, desk: int, entity: str) -> bool:
        with self.desks[desk].read() as session:
            return bool(heads(session, entity))

    @initialize(target=versions)
    def article(self) -> Any:
        with self.desks[0].write("Add an article") as unit:
            self.first = version(unit)
        for other in (1, 2):
            send(self.desks[0], self.desks[other], self.folder)
        return multiple(self.first)

    @rule(target=claims, desk=DESKS, versioned=versions)
    def add_claim(self, desk: int, versioned: str) -> str:
        with self.desks[desk].write("Add a claim") as unit:
            return claim(unit, versioned)

    @rule(desk=DESKS, target_claim=claims, words=st.sampled_from(["A", "B", "C"]), stale=st.booleans())
    def edit_claim(self, desk: int, target_claim: str, words: str, *, stale: bool) -> None:
        if not self.knows(desk, target_claim):
            return
        with self.desks[desk].write("Edit a claim") as unit:
            seen = unit.session.exec(
                select(Revision.rid).where(Revision.entity == target_claim).order_by(Revision.rid)  # type: ignore[arg-type]
            ).all()[:1]
            data = claim_data(self.first, f"The wording {words}")
            unit.journal.record(Kind.CLAIM, target_claim, data, seen=seen if stale else None, resolve=True)

    @rule(desk=DESKS, target_claim=claims)
    def withdraw(self, desk: int, target_claim: str) -> None:
        with self.desks[desk].write("Withdraw a claim") as unit:
            unit.journal.record(Kind.CLAIM, target_claim, None, resolve=True)

    @rule(target=claims, desk=DESKS, target_claim=claims, words=st.sampled_from(["A", "B"]))
    def split_claim(self, desk: int, target_claim: str, words: str) -> Any:
        if not self.knows(desk, target_claim):
            return multiple()
        with self.desks[desk].write("Split a claim") as unit:
            unit.journal.record(Kind.CLAIM, target_claim, None, resolve=True)
            parts = [claim(unit, self.first, f"{words} {part}") for part in (1, 2)]
        return multiple(*parts)

    @rule(desk=DESKS, target_claim=claims, level=LEVELS, agree=st.booleans())
    def give_verdict(self, desk: int, target_claim: str, level: str, *, agree: bool) -> None:
        with self.desks[desk].write("Give a verdict") as unit:
            verdict(unit, target_claim, level, "as agreed" if agree else f"says desk {desk}", resolve=True)

    @rule(target=documents, desk=DESKS, number=st.integers(0, 2))
    def add_document(self, desk: int, number: int) -> str:
        with self.desks[desk].write_local() as session:
            return document(session, f"Figures number {number} of the port")

    @rule(desk=DESKS, target_claim=claims, content=documents)
    def add_citation(self, desk: int, target_claim: str, content: str) -> None:
        with self.desks[desk].write("Cite") as unit:
            cite(unit, target_claim, content)

    @rule(desk=DESKS, content=documents, how=st.sampled_from(Confidentiality))
    def set_handling(self, desk: int, content: str, how: Confidentiality) -> None:
        with self.desks[desk].write("Handle a document") as unit:
            handle(unit, content, how, resolve=True)

    @rule(target=sources, desk=DESKS)
    def add_source(self, desk: int) -> str:
        with self.desks[desk].write("Add a source") as unit:
            return source(unit, "Courier")

    @rule(desk=DESKS, entity=sources, name=st.sampled_from(["Courier", "Gazette", "Herald"]))
    def rename_source(self, desk: int, entity: str, name: str) -> None:
        with self.desks[desk].write("Rename a source") as unit:
            unit.journal.record(Kind.SOURCE, entity, SourceData(name=name), resolve=True)

    @rule(desk=DESKS, versioned=versions, offset=st.sampled_from([5, 34, 50]), present=st.booleans())
    def cut_units(self, desk: int, versioned: str, offset: int, *, present: bool) -> None:
        with self.desks[desk].write("Cut") as unit:
            cut(unit, versioned, offset, present=present, resolve=True)

    @rule(desk=DESKS, redo=st.booleans())
    def undo_or_redo(self, desk: int, *, redo: bool) -> None:
        store = self.desks[desk]
        before = rids(store)
        try:
            if redo:
                store.redo()
            else:
                store.undo()
        except UndoBlocked:
            assert rids(store) == before

    @rule(desk=DESKS, target_claim=claims, level=LEVELS)
    def settle(self, desk: int, target_claim: str, level: str) -> None:
        entity = derived("verdict", target_claim, "truth")
        with self.desks[desk].write("Settle a conflict") as unit:
            differing = alternatives(heads(unit.session, entity))
            if len(differing) > 1:
                chosen = next((head for head in differing if (data_of(head) or {}).get("level") == level), None)
                if chosen is None:
                    verdict(unit, target_claim, level, resolve=True)
                else:
                    data = VerdictData.model_validate(data_of(chosen))
                    unit.journal.record(Kind.VERDICT, entity, data, resolve=True, restates=decision_of(chosen))
                assert len(heads(unit.session, entity)) == 1

    @rule(giver=DESKS, taker=DESKS)
    def exchange(self, giver: int, taker: int) -> None:
        if giver == taker:
            return
        one, other = self.desks[giver], self.desks[taker]
        before, offered = rids(other), rids(one)
        with one.read() as session:
            held = withheld_entities(session)
            kept_back = set(session.exec(select(Revision.rid).where(Revision.entity.in_(held))))  # type: ignore[attr-defined]
            sendable = set(session.exec(select(Document.content_hash))) - withheld_documents(session)
        had = documents_of(other)
        summary, report = send(one, other, self.folder)
        assert documents_of(other) == had | sendable
        assert rids(other) == before | (offered - kept_back)
        assert summary.withheld_revisions == len(kept_back)
        assert sum(report.new_revisions.values()) == len(rids(other) - before)

    @invariant()
    def nothing_is_lost(self) -> None:
        found = set().union(*(rids(store) for store in self.desks))
        assert found >= self.everything
        self.everything = found

    def teardown(self) -> None:
        try:
            if hasattr(self, "first"):
                self.merge_all()
        finally:
            for store in self.desks:
                store.close()
            self.patches.close()
            shutil.rmtree(self.folder)

    def merge_all(self) -> None:
        """Everybody gives everybody everything: then all see the same, in whatever order it came."""
        for giver, taker in ((0, 1), (1, 2), (2, 0), (2, 1)):
            send(self.desks[giver], self.desks[taker], self.folder)
        withheld: set[str] = set()
        for store in self.desks:
            with store.read() as session:
                withheld |= withheld_entities(session)
        views = [rows(store, withheld) for store in self.desks]
        assert views[0] == views[1] == views[2]
        with contextlib.ExitStack() as stack:
            packs = []
            for number, store in enumerate(self.desks):
                pack(store, self.folder / f"{number}.pack", desk=str(number), even_quoting=True)
                packs.append(stack.enter_context(inspect(self.folder / f"{number}.pack")))
            for name, order in (("one", (0, 1, 2)), ("two", (2, 0, 1)), ("three", (1, 2, 0))):
                empty = stack.enter_context(self.desk(name))
                for number in order:
                    merge(empty, packs[number], preview=False)
                assert merge(empty, packs[order[0]], preview=True).changes_nothing
                assert rows(empty, withheld) == views[0]
        damage = check(self.desks[0].path)
        assert [problem.message for problem in damage if problem.severity is Severity.DAMAGE] == []


TestMergeLaws = Desks.TestCase
TestMergeLaws.settings = settings(
    max_examples=20,
    stateful_step_count=18,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    # A failing run of three desks takes minutes to shrink and is short enough to read as it is.
    phases=[Phase.explicit, Phase.generate],
)
