"""Names, short texts and other scripts: what of a withheld document is recognised elsewhere, and how the refusal words it."""

from pathlib import Path

import pytest
from db_builders import NOW, claim, document, source, verdict, version

from db import evidence
from db.errors import TargetExists, WithheldQuoted
from db.exchange.backup import backup
from db.exchange.pack import pack
from db.identity import derived
from db.store import Store
from db.tables.sources import SourceData
from db.vocabulary import Confidentiality, Kind, SourceKind
from db.withholding import quoted_elsewhere

CONFIDENTIAL = Confidentiality.CONFIDENTIAL


def seal(
    store: Store,
    *,
    title: str = "Notes from the northern pier",
    text: str = "The crane at berth nine was repaired with parts from another port, as she said.",
    source_name: str = "",
    authors: tuple[str, ...] = (),
    url: str = "",
    external_id: str = "",
    confidentiality: Confidentiality = CONFIDENTIAL,
) -> None:
    new = evidence.NewDocument(
        title=title, text=text, passages=(evidence.NewPassage(0, len(text), "para 1"),), source_name=source_name,
        authors=authors, url=url, external_id=external_id, confidentiality=confidentiality,
    )  # fmt: skip
    with store.write_local() as session:
        evidence.add(session, [new], NOW)


def judged(store: Store, rationale: str) -> tuple[str, str]:
    with store.write("Add an article") as unit:
        target = claim(unit, version(unit))
        return target, verdict(unit, target, "true", rationale)


def found(store: Store) -> set[tuple[str, str]]:
    with store.read() as session:
        return {(one.entity, one.what) for one in quoted_elsewhere(session)}


@pytest.mark.parametrize(
    ("facts", "rationale"),
    [
        ({"source_name": "Ottilie Brandvoss"}, "I had it from OTTILIE BRANDVOSS at the gate."),
        ({"source_name": "Odda"}, "Said Odda, and nobody else."),
        ({"authors": ("Jory O'Hallen",)}, "It was Jory O'Hallen who wrote it."),
        ({"url": "https://www.quiet.example/drop/77"}, "See quiet.example/drop/77 for that."),
        ({"url": "https://www.quiet.example/drop/77"}, "Somebody at mail.quiet.example answered."),
        ({"external_id": "leak-0042"}, "As leak-0042 has it."),
        ({"source_name": "阮明月"}, "据阮明月所说。"),
    ],
)
def test_a_name_address_or_identifier_is_found(store: Store, facts: dict[str, object], rationale: str) -> None:
    seal(store, **facts)  # type: ignore[arg-type]
    _, rated = judged(store, rationale)
    assert found(store) == {(rated, "name")}


@pytest.mark.parametrize(
    ("facts", "rationale"),
    [
        ({"source_name": "Odda"}, "The Oddaverse is something else."),
        ({"source_name": "Bo"}, "Said Bo."),
        ({"external_id": "2023"}, "In 2023 it grew."),
    ],
)
def test_a_name_is_not_found_within_a_word_nor_by_chance(
    store: Store, facts: dict[str, object], rationale: str
) -> None:
    seal(store, **facts)  # type: ignore[arg-type]
    judged(store, rationale)
    assert found(store) == set()


def test_a_source_that_names_an_informant_stops_packing(store: Store, tmp_path: Path) -> None:
    seal(store, source_name="Ottilie Brandvoss", url="https://quiet.example/1")
    with store.write("Add sources") as unit:
        named = source(unit, "Ottilie Brandvoss")
        noted = source(unit, "Somebody")
        unit.journal.record(
            Kind.SOURCE, noted, SourceData(name="Somebody", domains=["quiet.example"], aliases=["brandvoss, Ottilie Brandvoss"])
        )  # fmt: skip
    assert found(store) == {(named, "name"), (noted, "name")}
    with pytest.raises(WithheldQuoted, match=f"the name of source …{named[-6:]}") as caught:
        pack(store, tmp_path / "out.pack", desk="Ada")
    assert "Brandvoss" not in str(caught.value)
    assert caught.value.exit_code == 1
    pack(store, tmp_path / "out.pack", desk="Ada", even_quoting=True)


def test_a_source_whose_other_documents_may_leave_is_no_secret(store: Store) -> None:
    seal(store, source_name="Ministry of Quays", url="https://quays.example/secret")
    seal(
        store, title="Open letter", text="Anybody may read this letter about the lamps.", source_name="Ministry of Quays",
        url="https://quays.example/open", confidentiality=Confidentiality.PUBLIC,
    )  # fmt: skip
    _, rated = judged(store, "The Ministry of Quays says so on quays.example.")
    assert found(store) == set()
    with store.write("Rate") as unit:
        verdict(unit, claim(unit, version(unit)), "true", "It stands at quays.example/secret.")
    assert {what for _, what in found(store)} == {"name"}
    assert rated not in {entity for entity, _ in found(store)}


def test_a_name_that_the_article_says_is_no_secret_there(store: Store) -> None:
    seal(store, source_name="Ottilie Brandvoss")
    with store.write("Add an article") as unit:
        versioned = version(unit, "The port grew. Ottilie Brandvoss runs the northern pier now.")
        target = claim(unit, versioned, "Ottilie Brandvoss runs the northern pier.")
    assert found(store) == set()
    with store.write("Rate") as unit:
        rated = verdict(unit, target, "true", "Ottilie Brandvoss told us.")
    assert found(store) == {(rated, "name")}


@pytest.mark.parametrize(
    ("title", "text", "rationale", "what"),
    [
        ("Harbour log", "Rain and more rain.", "The harbour log has it.", "title"),
        ("Log", "Crane nine fell.", "We know: crane nine fell!", "text"),
        ("Log", "Crane nine fell on Monday.", "We know: crane nine fell on Monday, at noon.", "text"),
        ("Log", "第九号起重机在北码头倒塌了没有人受伤但是码头关闭", "据称起重机在北码头倒塌了没有人受伤。", "text"),
        ("Log", "ปั้นจั่นหมายเลขเก้าล้มลงที่ท่าเรือเหนือเมื่อวันจันทร์", "ว่าหมายเลขเก้าล้มลงที่ท่าเรือเหนือครับ", "text"),
        ("港の日誌帳", "Rain and more rain.", "港の日誌帳による。", "title"),
    ],
)
def test_short_texts_and_scripts_without_spaces(store: Store, title: str, text: str, rationale: str, what: str) -> None:
    seal(store, title=title, text=text)
    _, rated = judged(store, rationale)
    assert found(store) == {(rated, what)}


def test_a_few_letters_in_common_are_chance(store: Store) -> None:
    seal(store, title="Log", text="第九号起重机在北码头倒塌了没有人受伤但是码头关闭")
    judged(store, "起重机在北码头。没有人受伤。")
    assert found(store) == set()


def test_the_refusal_says_whether_only_the_history_holds_it(store: Store, tmp_path: Path) -> None:
    seal(store, title="The harbour log book")
    target, _ = judged(store, "The harbour log book says so.")
    with pytest.raises(WithheldQuoted, match=f"the rationale of the verdict on claim …{target[-6:]} ") as caught:
        pack(store, tmp_path / "out.pack", desk="Ada")
    assert target not in str(caught.value)
    assert "earlier decision)" not in caught.value.message
    with store.write("Rate") as unit:
        verdict(unit, target, "true", "Reworded.")
    with pytest.raises(WithheldQuoted, match="only in an earlier decision") as caught:
        pack(store, tmp_path / "out.pack", desk="Ada")
    assert "cannot be reworded" in caught.value.hint


def test_a_name_that_is_taken_is_told_from_a_disk_that_refuses(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    for write in (lambda path: pack(store, path, desk="Ada"), lambda path: backup(store.path, path)):
        with pytest.raises(TargetExists) as caught:
            write(tmp_path / "there")
        assert caught.value.exit_code == 3
    with store.write_local() as session:
        document(session, "Still works")


def test_the_profile_of_a_public_body_may_name_it(store: Store) -> None:
    seal(store, source_name="Ministry of Quays")
    with store.write("Add sources") as unit:
        body = derived("source", "quays")
        unit.journal.record(Kind.SOURCE, body, SourceData(name="Ministry of Quays", kind=SourceKind.INSTITUTION))
    assert found(store) == set()
    with store.write("Edit a source") as unit:
        noted = SourceData(name="Ministry of Quays", kind=SourceKind.INSTITUTION, note="Ministry of Quays leaks")
        unit.journal.record(Kind.SOURCE, body, noted)
    assert found(store) == {(body, "name")}
