"""What leaves a desk, and that nothing else does."""

import base64
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from db_builders import NOW, MakeStore, cite, claim, dismiss, document, handle, send, source, verdict, version
from db_search import candidates
from sqlmodel import select

from db import meta, projection
from db.errors import StoreNotWritable, WithheldQuoted
from db.exchange.check import check
from db.exchange.inspect import inspect
from db.exchange.pack import pack
from db.search.embeddings import add_embeddings
from db.store import Store
from db.tables import Document, Draft, Exchange, Meta, Revision
from db.vocabulary import Confidentiality, Kind
from db.withholding import Quoting, confidentialities, quoted_elsewhere, withheld_documents, withheld_entities

SEALED_TITLE = "Minutes of the closed harbour meeting"
SEALED_TEXT = (
    "The quartermaster Ottilie Brandvoss warned that the northern quay would sink by autumn. "
    "She asked that zebra seventeen be kept out of every public record until the vote."
)
SEALED_QUOTE = "the northern quay would sink by autumn"
PUBLIC = Confidentiality.PUBLIC
INTERNAL = Confidentiality.INTERNAL
CONFIDENTIAL = Confidentiality.CONFIDENTIAL


def case(store: Store) -> dict[str, str]:
    """An article with a public and a confidential document, each cited."""
    with store.write_local() as session:
        public = document(session, "Figures of the port", external_id="ext-1")
        secret = document(
            session, SEALED_TITLE, SEALED_TEXT, confidentiality=CONFIDENTIAL, external_id="sealed-77",
            source_name="Harbour whistleblower",
        )  # fmt: skip
        numbers = {row.content_hash: row.id or 0 for row in session.exec(select(Document))}
        add_embeddings(session, "model", [(numbers[secret], b"s" * 16, b"v" * 768)])
        session.add(Draft(key="rationale", text="Unfinished thoughts on the quay", saved_at=NOW))
        meta.put(session, "private", "only here")
        session.add(Exchange(direction="merged", desk="Earlier desk", at=NOW))
    with store.write("Add an article") as unit:
        target = claim(unit, version(unit))
        kept = cite(unit, target, public)
        sealed = cite(unit, target, secret, SEALED_QUOTE, note="From the whistleblower")
        dismissed = dismiss(unit, target, secret)
        rated = verdict(unit, target, "true", "The published figures say so.")
    return {
        "public": public, "secret": secret, "claim": target, "kept": kept, "sealed": sealed, "dismissed": dismissed,
        "verdict": rated,
    }  # fmt: skip


def forms(value: str) -> Iterator[bytes]:
    """The byte forms in which a text could lie in a file."""
    for text in {value, value.lower(), value.upper()}:
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
        for shift in range(3):
            encoded = base64.b64encode(b"\0" * shift + text.encode())
            yield encoded[4 if shift else 0 : -4]
    if all(digit in "0123456789abcdef" for digit in value):
        yield bytes.fromhex(value)


def test_no_byte_of_what_is_withheld_is_in_the_file(store: Store, tmp_path: Path) -> None:
    names = case(store)
    target = tmp_path / "out.pack"
    summary = pack(store, target, desk="North desk")
    raw = target.read_bytes()
    leaks = [
        SEALED_TITLE, SEALED_TEXT[:80], SEALED_TEXT[90:], SEALED_QUOTE, "Ottilie Brandvoss", "zebra seventeen", "brandvoss",
        "quartermast", "Harbour whistleblower", "From the whistleblower", "sealed-77", names["secret"], names["sealed"],
        names["dismissed"], "Unfinished thoughts", "only here", "Earlier desk", "vvvvvvvv",
    ]  # fmt: skip
    live = store.path.read_bytes()
    for text in leaks:
        if text not in {"brandvoss", "quartermast"}:
            assert any(form in live for form in forms(text)), f"{text} cannot leak"
        for form in forms(text):
            assert form not in raw, (text, form)
    assert b"Figures of the port" in raw
    assert (summary.documents, summary.withheld_documents, summary.withheld_revisions) == (1, 1, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Ada.db", "out.pack"]


def test_a_pack_is_a_whole_store(store: Store, tmp_path: Path) -> None:
    names = case(store)
    target = tmp_path / "out.pack"
    summary = pack(store, target, desk="North desk")
    assert summary.by_kind == {Kind.ARTICLE: 1, Kind.VERSION: 1, Kind.CLAIM: 1, Kind.CITATION: 1, Kind.VERDICT: 1}
    assert [problem.message for problem in check(target) if problem.severity == "damage"] == []
    with Store.open(target, store.actor, read_only=True) as packed, packed.read() as session, store.read() as mine:
        theirs, ours = projection.rows(session), projection.rows(mine)
        assert [row["id"] for row in theirs["citation"]] == [names["kept"]]
        assert theirs["verdict"] == ours["verdict"]
        assert theirs["unit"] == ours["unit"]
        assert theirs["dismissal"] == []
        assert [row.content_hash for row in session.exec(select(Document))] == [names["public"]]
        assert {row.rid for row in session.exec(select(Revision))} < {row.rid for row in mine.exec(select(Revision))}
        assert session.exec(select(Draft)).all() == []
        assert session.exec(select(Exchange)).all() == []
        facts = {row.key: row.value for row in session.exec(select(Meta))}
        assert len(candidates(session, ["authority", "counted", "tons"])) == 1
    assert {"share", "desk", "packed_at", "release"} < set(facts)
    assert (facts["desk"], facts["withheld_documents"], facts["withheld_revisions"]) == ("North desk", "1", "2")
    with store.read() as session:
        packed_entry = session.exec(select(Exchange).where(Exchange.direction == "packed")).one()
    assert packed_entry.sha256 == summary.sha256
    with inspect(target) as foreign:
        assert foreign.sha256 == summary.sha256
        assert foreign.contents.withheld_documents == 1


def test_what_exists_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out.pack"
    target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(StoreNotWritable, match="exists already") as caught:
        pack(store, target, desk="Ada")
    assert caught.value.hint
    assert not (tmp_path / "nowhere").exists()


def test_a_missing_folder_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreNotWritable, match="cannot be made"):
        pack(store, tmp_path / "none" / "out.pack", desk="Ada")


def test_a_full_disk_leaves_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case(store)

    def full(_part: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.exchange.pack.publish", full)
    with pytest.raises(StoreNotWritable, match="No space left"):
        pack(store, tmp_path / "out.pack", desk="Ada")
    assert [path.name for path in tmp_path.iterdir()] == ["Ada.db"]
    with store.read() as session:
        assert session.exec(select(Exchange).where(Exchange.direction == "packed")).all() == []


def test_packing_a_read_only_store_works(store: Store, tmp_path: Path) -> None:
    case(store)
    with Store.open(store.path, store.actor, read_only=True) as reader:
        assert pack(reader, tmp_path / "out.pack", desk="Ada").documents == 1


def test_a_store_is_packed_while_another_connection_reads_and_later_writes(store: Store, tmp_path: Path) -> None:
    names = case(store)
    other = sqlite3.connect(store.path, timeout=0)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM claim").fetchone()
    with Store.open(store.path, store.actor, read_only=True) as reader:
        pack(reader, tmp_path / "out.pack", desk="Ada")
    other.close()
    with store.write("Give a verdict") as unit:
        verdict(unit, names["claim"], "false")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (f"As the {SEALED_TITLE.lower()} show, it sinks.", "title"),
        (f"We know that {SEALED_QUOTE}.", "quotation"),
        ("It says: asked, that Zebra — seventeen be kept out of every… record.", "text"),
    ],
)
def test_quoting_a_withheld_document_is_refused_by_name(store: Store, tmp_path: Path, words: str, what: str) -> None:
    names = case(store)
    with store.write("Give a verdict") as unit:
        rated = verdict(unit, names["claim"], "false", words)
    with store.read() as session:
        assert Quoting(Kind.VERDICT, rated, what) in quoted_elsewhere(session)
    target = tmp_path / "out.pack"
    with pytest.raises(WithheldQuoted, match=f"the rationale of the verdict on claim …{names['claim'][-6:]}") as caught:
        pack(store, target, desk="Ada")
    assert words[8:40] not in str(caught.value)
    assert not target.exists()
    summary = pack(store, target, desk="Ada", even_quoting=True)
    assert {place.entity for place in summary.quoting} == {rated}


def test_quotations_in_the_history_count_too(store: Store) -> None:
    names = case(store)
    with store.write("Give a verdict") as unit:
        rated = verdict(unit, names["claim"], "false", f"We know that {SEALED_QUOTE}.")
    with store.write("Give a verdict") as unit:
        verdict(unit, names["claim"], "false", "Reworded.")
    with store.read() as session:
        assert Quoting(Kind.VERDICT, rated, "quotation") in quoted_elsewhere(session)


def test_a_claims_wording_and_an_article_count_too(store: Store) -> None:
    case(store)
    with store.write("Add an article") as unit:
        versioned = version(unit, f"Our reporter writes: {SEALED_TEXT}")
        quoting = claim(unit, versioned, SEALED_TEXT[:80])
    with store.read() as session:
        found = {place.entity for place in quoted_elsewhere(session)}
    assert found == {versioned, quoting}


def test_chance_words_are_no_quotation(store: Store) -> None:
    names = case(store)
    with store.write("Give a verdict") as unit:
        verdict(
            unit,
            names["claim"],
            "false",
            "The northern quay would not sink; the closed meeting of the harbour was dull.",
        )
    with store.read() as session:
        assert quoted_elsewhere(session) == []


def test_the_same_text_under_another_title_is_named(store: Store, tmp_path: Path) -> None:
    case(store)
    with store.write_local() as session:
        copy = document(session, "Some minutes", SEALED_TEXT)
    with store.read() as session:
        assert quoted_elsewhere(session) == [Quoting(None, copy, "text")]
    with pytest.raises(WithheldQuoted, match=f"the text of document {copy[:8]}"):
        pack(store, tmp_path / "out.pack", desk="Ada")


def test_a_decision_overrides_the_import(store: Store) -> None:
    names = case(store)
    with store.write("Handle") as unit:
        handle(unit, names["secret"], INTERNAL)
        handle(unit, names["public"], CONFIDENTIAL)
    with store.read() as session:
        assert withheld_documents(session) == {names["public"]}
        assert confidentialities(session, [names["secret"]]) == {names["secret"]: INTERNAL}
        assert names["kept"] in withheld_entities(session)
        assert names["sealed"] not in withheld_entities(session)
    store.undo()
    with store.read() as session:
        assert withheld_documents(session) == {names["secret"]}


def test_of_conflicting_decisions_the_strictest_counts(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write_local() as session:
        content = document(session, "Figures of the port")
    with ada.write("Handle") as unit:
        entity = handle(unit, content, PUBLIC)
    send(ada, ben, tmp_path)
    with ada.write("Handle") as unit:
        handle(unit, content, INTERNAL)
    send(ada, ben, tmp_path)
    with ben.write("Handle") as unit:
        unit.journal.append(
            Kind.HANDLING, entity, {"document": content, "confidentiality": "confidential"}, unit.session.exec(
                select(Revision.rid).where(Revision.entity == entity).order_by(Revision.number)  # type: ignore[arg-type]
            ).all()[:1],
        )  # fmt: skip
    with ben.read() as session:
        assert projection.rows(session)["handling"][0]["conflicted"] is True
        assert withheld_documents(session) == {content}


def test_a_withdrawn_decision_beside_another_counts_as_the_import(store: Store) -> None:
    names = case(store)
    with store.write("Handle") as unit:
        entity = handle(unit, names["secret"], PUBLIC)
    with store.write("Withdraw") as unit:
        unit.journal.append(Kind.HANDLING, entity, None, [])
    with store.read() as session:
        assert withheld_documents(session) == {names["secret"]}


def test_every_past_mention_withholds_a_decision(store: Store) -> None:
    names = case(store)
    with store.write("Move a citation") as unit:
        data = {**projection.rows(unit.session)["citation"][0]}
        moved = next(row for row in projection.rows(unit.session)["citation"] if row["id"] == names["sealed"])
        content = {
            key: moved[key]
            for key in ("claim_id", "start", "end", "quote", "locator", "stance", "role", "accessed_on", "note")
        }
        unit.journal.append(Kind.CITATION, names["sealed"], {**content, "document": names["public"]}, [moved["rid"]])
    assert data
    with store.read() as session:
        assert names["sealed"] in withheld_entities(session)


def test_sources_and_verdicts_stay(store: Store) -> None:
    names = case(store)
    with store.write("Add a source") as unit:
        outlet = source(unit, "Courier")
    with store.read() as session:
        assert withheld_entities(session) == {names["sealed"], names["dismissed"]}
        assert outlet not in withheld_entities(session)
