"""Taking in what another desk packed."""

from pathlib import Path

import pytest
from db_builders import NOW, MakeStore, actor, cite, claim, cut, document, handle, send, source, verdict, version
from db_search import candidates
from sqlmodel import select

from db import projection
from db.errors import ForeignFileRefused, StoreNotWritable
from db.exchange.backup import backup
from db.exchange.check import check
from db.exchange.inspect import inspect
from db.exchange.merge import Orphaned, merge, plain_host
from db.exchange.pack import pack
from db.identity import uuid7
from db.revisions import Actor
from db.store import Store
from db.tables import Document, DocumentExternal, Draft, Exchange, Meta
from db.tables.sources import SourceData
from db.vocabulary import Confidentiality, Kind


def desk_with_case(store: Store) -> tuple[str, str, str]:
    with store.write_local() as session:
        content = document(session, "Figures of the port", external_id="ext-1")
    with store.write("Add an article") as unit:
        versioned = version(unit)
        target = claim(unit, versioned)
        cite(unit, target, content)
    return versioned, target, content


def test_everything_arrives_once(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    _, _, content = desk_with_case(ada)
    summary, report = send(ada, ben, tmp_path)
    assert sum(report.new_revisions.values()) == summary.revisions == 4
    assert (report.new_documents, report.known_documents, report.known_revisions) == (1, 0, 0)
    assert (report.desk, report.citations_without_document) == ("Ada", ())
    with ada.read() as mine, ben.read() as theirs:
        assert projection.rows(mine) == projection.rows(theirs)
        row = theirs.exec(select(Document)).one()
        assert (row.content_hash, row.domain, row.added_at) == (content, "port.example", NOW)
        assert [found.external_id for found in theirs.exec(select(DocumentExternal))] == ["ext-1"]
        assert len(candidates(theirs, ["authority", "counted", "tons"])) == 1
        assert theirs.exec(select(Meta)).all() == []
    _, again = send(ada, ben, tmp_path)
    assert again.changes_nothing
    assert (again.known_revisions, again.known_documents) == (4, 1)
    with ben.read() as theirs:
        exchanges = theirs.exec(select(Exchange)).all()
    assert [(row.direction, row.desk, row.counts) for row in exchanges] == [
        ("merged", "Ada", {"documents": 1, "revisions": 4}),
        ("merged", "Ada", {"documents": 0, "revisions": 0}),
    ]
    assert [problem for problem in check(ben.path) if problem.severity == "damage"] == []


def test_a_preview_changes_nothing(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    desk_with_case(ada)
    pack(ada, tmp_path / "a.pack", desk="Ada")
    before = ben.path.read_bytes()
    with inspect(tmp_path / "a.pack") as foreign:
        assert merge(ben, foreign, preview=True).new_documents == 1
    assert ben.path.read_bytes() == before


def test_the_other_files_word_for_a_domain_is_not_believed(make: MakeStore, tmp_path: Path) -> None:
    ada, ben, cleo = make("Ada"), make("Ben"), make("Cleo")
    with ada.write_local() as session:
        document(session, "Figures of the port")
        row = session.exec(select(Document)).one()
        row.domain = "trusted.example"
        session.add(row)
    pack(ada, tmp_path / "a.pack", desk="Ada")
    with inspect(tmp_path / "a.pack") as foreign:
        merge(ben, foreign, preview=False)
        merge(cleo, foreign, preview=False, domain_of=lambda url: url[:5])
    for desk, domain in ((ben, "port.example"), (cleo, "https")):
        with desk.read() as session:
            assert session.exec(select(Document)).one().domain == domain


def test_addresses_without_a_host_have_no_domain() -> None:
    assert [plain_host(url) for url in ("", "nonsense", "https://[", "https://WWW.Port.example:443/x")] == [
        "", "", "", "port.example",
    ]  # fmt: skip


def test_conflicts_are_reported_when_they_come_and_when_they_go(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    _, target, _ = desk_with_case(ada)
    send(ada, ben, tmp_path)
    for desk, level in ((ada, "true"), (ben, "false")):
        with desk.write("Give a verdict") as unit:
            rated = verdict(unit, target, level)
    _, report = send(ada, ben, tmp_path)
    assert (report.new_conflicts, report.resolved_conflicts) == (((Kind.VERDICT, rated),), ())
    _, report = send(ben, ada, tmp_path)
    assert report.new_conflicts == ((Kind.VERDICT, rated),)
    with ben.write("Settle a conflict") as unit:
        verdict(unit, target, "mixed", resolve=True)
    _, report = send(ben, ada, tmp_path)
    assert (report.new_conflicts, report.resolved_conflicts) == ((), ((Kind.VERDICT, rated),))


@pytest.mark.parametrize("verdict_comes", [True, False])
def test_decisions_about_a_claim_that_is_gone_are_reported(
    make: MakeStore, tmp_path: Path, *, verdict_comes: bool
) -> None:
    ada, ben = make("Ada"), make("Ben")
    _, target, _ = desk_with_case(ada)
    with ada.write("Withdraw citations") as unit:
        for row in projection.rows(unit.session)["citation"]:
            unit.journal.record(Kind.CITATION, row["id"], None)
    send(ada, ben, tmp_path)
    with ada.write("Split a claim") as unit:
        unit.journal.record(Kind.CLAIM, target, None)
    with ben.write("Give a verdict") as unit:
        rated = verdict(unit, target, "true")
    giver, taker = (ben, ada) if verdict_comes else (ada, ben)
    _, report = send(giver, taker, tmp_path)
    assert report.orphaned == (Orphaned(target, Kind.VERDICT, rated),)
    with taker.write("Add a source") as unit:
        source(unit, "Courier")
    send(taker, giver, tmp_path)
    _, report = send(giver, taker, tmp_path)
    assert report.orphaned == ()


def test_a_copied_identity_shows(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    desk_with_case(ada)
    backup(ada.path, tmp_path / "copied.db")
    with Store.open(tmp_path / "copied.db", ada.actor) as copied:
        for desk, name in ((ada, "Courier"), (copied, "Gazette")):
            with desk.write("Add a source") as unit:
                source(unit, name)
        send(ada, ben, tmp_path)
        _, report = send(copied, ben, tmp_path)
    assert report.forked_devices == (ada.actor.device,)
    pack(ben, tmp_path / "b.pack", desk="Ben")
    with inspect(tmp_path / "b.pack") as foreign:
        assert foreign.contents.forked == (ada.actor.device,)
    assert any("used 1 numbers twice" in problem.message for problem in check(ben.path))


def test_a_complete_copy_of_a_store_can_be_merged(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    _, _, content = desk_with_case(ada)
    with ada.write("Handle") as unit:
        handle(unit, content, Confidentiality.CONFIDENTIAL)
    with ada.write_local() as session:
        session.add(Draft(key="rationale", text="half a thought", saved_at=NOW))
    backup(ada.path, tmp_path / "copy.db")
    with inspect(tmp_path / "copy.db") as foreign:
        assert not foreign.contents.is_pack
        report = merge(ben, foreign, preview=False)
    assert report.new_documents == 1
    with ada.read() as mine, ben.read() as theirs:
        assert projection.rows(mine) == projection.rows(theirs)
        assert theirs.exec(select(Draft)).all() == []


def test_a_citation_whose_document_is_nowhere_is_reported(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write("Cite") as unit:
        lost = cite(unit, claim(unit, version(unit)), "ab" * 32)
    _, report = send(ada, ben, tmp_path)
    assert report.citations_without_document == (lost,)


def test_withheld_documents_are_told_as_a_number(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    _, _, content = desk_with_case(ada)
    with ada.write("Handle") as unit:
        handle(unit, content, Confidentiality.CONFIDENTIAL)
    _, report = send(ada, ben, tmp_path)
    assert (report.withheld_documents, report.new_documents) == (1, 0)


def test_a_thing_of_another_kind_here_is_refused(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write("Add an article") as unit:
        entity = claim(unit, version(unit))
    with ben.write("Add a source") as unit:
        unit.journal.record(Kind.SOURCE, entity, SourceData(name="Courier"))
    pack(ada, tmp_path / "a.pack", desk="Ada")
    with ben.read() as session:
        before = projection.rows(session)
    with inspect(tmp_path / "a.pack") as foreign, pytest.raises(ForeignFileRefused, match="another kind of thing"):
        merge(ben, foreign, preview=False)
    with ben.read() as session:
        assert projection.rows(session) == before


def test_a_read_only_store_merges_nothing(make: MakeStore, tmp_path: Path) -> None:
    ada = make("Ada")
    pack(ada, tmp_path / "a.pack", desk="Ada")
    with (
        Store.open(ada.path, actor("Ben"), read_only=True) as reader,
        inspect(tmp_path / "a.pack") as foreign,
        pytest.raises(StoreNotWritable, match="read-only"),
    ):
        merge(reader, foreign, preview=True)


def test_revisions_may_come_without_those_they_replace(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write("Add a source") as unit:
        unit.journal.append(
            Kind.SOURCE, uuid7(), SourceData(name="Courier").model_dump(mode="json"), ["ef" * 32, "cd" * 32]
        )
    send(ada, ben, tmp_path)
    with ben.read() as session:
        assert [row["name"] for row in projection.rows(session)["source"]] == ["Courier"]
    assert check(ben.path) == []


def test_our_own_later_decisions_come_back_after_a_restored_backup(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    versioned, _, _ = desk_with_case(ada)
    backup(ada.path, tmp_path / "old.db")
    with ada.write("Cut") as unit:
        cut(unit, versioned, 20)
    send(ada, ben, tmp_path)
    with Store.open(tmp_path / "old.db", Actor(ada.actor.device, "Ada")) as old:
        send(ben, old, tmp_path)
        assert old.undo() == "Cut"
        with old.write("Cut") as unit:
            cut(unit, versioned, 21)
        _, report = send(old, ben, tmp_path)
    assert report.forked_devices == ()
