"""Evidence and sources: bringing in, finding, marking, describing."""

import json
from pathlib import Path

import pytest
from cli_desk import NASTY, SAMPLE, CommandLine, raw_controls

ROW = {"id": "row-1", "title": "A title", "text": "The bridge was opened in 1997.", "source": "Harbour Office"}


def test_importing_again_finds_everything_known(line: CommandLine) -> None:
    rows = SAMPLE / "evidence" / "evidence.jsonl"
    first = line.ok("evidence", "import", rows, "--format", "json").json
    second = line.ok("evidence", "import", rows, "--format", "json").json
    assert (first["added"], first["known"], first["refused"]) == (35, 0, [])
    assert (second["added"], second["known"], second["passages"]) == (0, 35, 0)
    assert "added 0 documents" in line.ok("evidence", "import", rows).err


def test_rows_come_from_standard_input_too(line: CommandLine) -> None:
    report = line.ok("evidence", "import", "-", "--format", "json", given=json.dumps(ROW) + "\n").json
    assert report["added"] == 1
    assert line.ok("evidence", "show", "row-1", "--format", "json").json["document"]["text"] == ROW["text"]


def test_refused_rows_are_named_and_the_others_kept(line: CommandLine) -> None:
    rows = "\n".join([json.dumps(ROW), "{not json", json.dumps({"title": "no text"})])
    result = line("evidence", "import", "-", given=rows)
    assert result.code == 1
    assert "line 2" in result.err
    assert "line 3" in result.err
    assert line.ok("evidence", "list", "--format", "json").json["count"] == 1
    assert line("evidence", "import", "-", given="{not json\n").code == 3


def test_folders_are_added_and_unreadable_files_named(line: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.txt").write_text("The harbour master counted 88 deaths.", encoding="utf-8")
    (folder / "bad.bin").write_bytes(bytes(range(256)))
    result = line("evidence", "add", folder, "--source", "Harbour Office", "--format", "json")
    assert result.code == 1
    assert (result.json["added"], [Path(item["name"]).name for item in result.json["refused"]]) == (1, ["bad.bin"])
    assert line.ok("evidence", "list", "--format", "json").json["documents"][0]["source"] == "Harbour Office"


def test_one_text_from_standard_input(line: CommandLine) -> None:
    line.ok("evidence", "add", "-", "--confidentiality", "internal", given="It was shut.")
    found = line.ok("evidence", "list", "--format", "json").json["documents"]
    assert [(item["characters"], item["confidentiality"]) for item in found] == [(12, "internal")]


def test_listing_pages_and_filters(reader: CommandLine) -> None:
    page = reader.ok("evidence", "list", "--limit", "3", "--offset", "2")
    assert "3 to 5 of 40" in page.err
    assert page.out.startswith("    3  ")
    chosen = reader.ok("evidence", "list", "--words", "Kestrian Wire", "--format", "json").json
    assert 0 < chosen["count"] == len(chosen["documents"]) < 40
    assert "No document holds this" in reader.ok("evidence", "list", "--words", "zzzz").err


@pytest.mark.parametrize("key", ["1", "sample-pm-statement", "HASH"])
def test_a_document_is_named_by_number_identifier_or_hash(reader: CommandLine, key: str) -> None:
    known = reader.ok("evidence", "show", "1", "--format", "json").json["document"]
    found = reader.ok("evidence", "show", known["hash"][:12] if key == "HASH" else key, "--format", "json").json
    assert found["document"]["hash"] == known["hash"]
    assert found["document"]["text"] == "".join(piece["text"] for piece in found["document"]["passages"])
    assert "Statement by the Prime Minister" in reader.ok("evidence", "show", "1").out


def test_marking_a_document_says_who_may_see_it(desk: CommandLine) -> None:
    desk.ok("evidence", "mark", "sample-pm-statement", "confidential")
    shown = desk.ok("evidence", "show", "sample-pm-statement", "--format", "json").json["document"]
    assert shown["confidentiality"] == "confidential"
    assert desk("evidence", "mark", "sample-pm-statement", "secret").code == 2


def test_embedding_without_an_encoder_says_why(reader: CommandLine) -> None:
    result = reader("evidence", "embed")
    assert result.code == 3
    assert "CLAIM_WORKBENCH_ENCODER" in result.err


def test_embedding_nothing_is_done_at_once(line: CommandLine) -> None:
    line.ok("source", "add", "Harbour Office")
    assert "every passage is encoded" in line.ok("evidence", "embed").err


@pytest.mark.parametrize(
    "address", ["ftp://harbour.example/report", "http://127.0.0.1/report", "https://a:b@h.example/"]
)
def test_addresses_that_may_not_be_asked_are_refused_before_a_database_is_made(line: CommandLine, address: str) -> None:
    result = line("evidence", "add", address)
    assert (result.code, line.db.exists()) == (3, False)
    assert "a:b" not in result.err


def test_nasty_rows_are_shown_without_a_raw_control_character(line: CommandLine) -> None:
    texts = json.loads((NASTY / "nasty_texts.json").read_bytes())
    rows = [
        {"id": f"n{number}", "title": value, "source": value, "authors": [value], "text": value or "x"}
        for number, value in enumerate(item["text"] for item in texts if "text" in item)
    ]
    line("evidence", "import", "-", given="\n".join(json.dumps(row) for row in rows))
    listed = line.ok("evidence", "list", "--limit", "1000")
    as_json = line.ok("evidence", "list", "--limit", "1000", "--format", "json")
    assert as_json.json["count"] > 10
    shown = [line.ok("evidence", "show", item["number"]).out for item in as_json.json["documents"][::4]]
    for text in (listed.out, as_json.out, *shown):
        assert not raw_controls(text)


def test_sources_are_profiles_and_never_a_score(reader: CommandLine) -> None:
    listed = reader.ok("source", "list", "--format", "json").json["sources"]
    assert len(listed) == 22
    wire = next(item for item in listed if item["name"] == "Kestrian Wire")
    assert wire["profile"] == "7 of 11 assessed"
    shown = reader.ok("source", "show", "Kestrian Wire")
    assert "Ratings by others, each in its own scale" in shown.out
    assert "independent raters" in shown.out
    detail = reader.ok("source", "show", wire["id"][-6:], "--format", "json").json["source"]
    assert {item["state"] for item in detail["criteria"]} <= {"met", "partly", "not_met", "unknown", "not_applicable"}
    assert len(detail["ratings"]) == wire["attestations"]


def test_describing_assessing_and_attesting_a_source(line: CommandLine) -> None:
    key = line.ok("source", "add", "Harbour Office", "--kind", "institution", "--domain", "harbour.example").out.strip()
    line.ok("source", "assess", "Harbour Office", "ownership", "met", "--evidence", "The imprint names it.")
    line.ok("source", "attest", key, "Press Register", "listed", "--scale", "listed or not", "--date", "2026-01-02")
    line.ok("source", "edit", key, "--note", "call before noon", "--name", "The Harbour Office")
    shown = line.ok("source", "show", key, "--format", "json").json["source"]
    assert (shown["name"], shown["kind"], shown["profile"]) == ("The Harbour Office", "institution", "1 of 11 assessed")
    assert shown["ratings"][0]["rated_on"] == "2026-01-02"
    assert shown["criteria"][0]["assessor"] == "Ana Brook"
    line.ok("source", "withdraw", key)
    assert "No source yet" in line.ok("source", "list").err
    line.ok("undo")
    assert line.ok("source", "list", "--format", "json").json["sources"][0]["attestations"] == 1


def test_a_state_without_evidence_is_refused(desk: CommandLine) -> None:
    result = desk("source", "assess", "Corvane Terminals", "bylines", "not-met")
    assert (result.code, "needs evidence" in result.err) == (3, True)
    assert desk("source", "assess", "Corvane Terminals", "no-such", "unknown").code == 3
    assert "ownership" in desk.ok("source", "criteria").out
    assert len(desk.ok("source", "criteria", "--format", "json").json["criteria"]) == 11


def test_a_broken_list_of_sources_changes_nothing(line: CommandLine) -> None:
    rows = {"sources": [{"name": "A"}, {"name": "B", "kind": "planet"}]}
    result = line("source", "import", "-", given=json.dumps(rows))
    assert (result.code, "source 2" in result.err) == (3, True)
    assert "No source yet" in line.ok("source", "list").err


def test_marking_confidential_says_what_cannot_be_taken_back(desk: CommandLine, tmp_path: Path) -> None:
    desk.ok("share", "pack", tmp_path / "out.db")
    marked = desk.ok("evidence", "mark", "1", "confidential")
    assert "1 share packed here" in marked.err
    assert "cannot be taken back" in marked.err
    assert "taken back" not in desk.ok("evidence", "mark", "1", "public").err
