"""Matching: one claim, one text, many queries."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from cli_desk import CommandLine
from numpy.typing import NDArray

from workbench.matching.encoder import EncoderState, EncoderUnavailable

DEATHS = "31 Kestrian citizens were killed in the fire at the fuel terminal"


def test_a_text_is_matched_with_findings_and_without_any_strength(reader: CommandLine) -> None:
    found = reader.ok("match", "--text", DEATHS, "--top", "5")
    assert found.out.splitlines()[0] == DEATHS
    assert "5 passages" in found.out
    assert "origin" in found.out
    assert "≠ figure differs" in found.out
    assert "%" not in found.out
    assert "words only" in found.err


def test_a_claim_is_matched_by_its_key_and_dated(reader: CommandLine) -> None:
    claim = reader.claim("confirmed on Sunday that 31 Kestrian citizens")
    found = reader.ok("match", claim["id"][-6:], "--format", "json").json
    first = found["matches"][0]
    assert found["mode"] == "words"
    assert [item["rank"] for item in found["matches"]] == list(range(1, 11))
    assert first["query"] == claim["id"]
    assert first["document"].startswith("sample-")
    assert first["days"] is not None
    assert {"words", "meaning", "fuzzy"} == set(first["signals"])
    assert any(item["relation"] == "conflict" for item in first["findings"])


def test_queries_give_one_line_per_hit(reader: CommandLine, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    rows = [{"id": "a", "text": DEATHS}, {"id": 7, "text": "zzzz qqqq"}, {"id": "c", "text": "leased four berths"}]
    queries.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    found = reader.ok("match", "--queries", queries, "--top", "3", "--format", "jsonl").rows
    assert set(found[0]) == {"query", "rank", "document", "passage", "signals", "origin"}
    assert [(row["query"], row["rank"]) for row in found] == [
        ("a", 1),
        ("a", 2),
        ("a", 3),
        ("c", 1),
        ("c", 2),
        ("c", 3),
    ]
    again = reader.ok("match", "--queries", "-", "--top", "3", "--words-only", given=queries.read_bytes())
    assert again.rows == found
    assert again.err == ""


def test_rows_that_are_no_queries_are_named_and_the_rest_goes_on(reader: CommandLine) -> None:
    good = json.dumps({"id": 1, "text": DEATHS}).encode()
    rows = [
        good,
        b"{}",
        b"\xff\xfe",
        b'{"id": 2, "text": "\\ud800"}',
        b"x" * 1_000_100,
        b"",
        good.replace(b"1", b"3", 1),
    ]
    result = reader("match", "--queries", "-", "--top", "4", given=b"\n".join(rows))
    assert result.code == 1
    assert [row["query"] for row in result.rows] == ["1"] * 4 + ["3"] * 4
    for number in (2, 3, 4, 5):
        assert f"line {number}:" in result.err
    assert "answered 2 queries, refused 4 rows" in result.err
    assert reader("match", "--queries", "-", given="{}\n").code == 3


def test_a_filter_and_a_query_narrow_a_claims_matches(desk: CommandLine) -> None:
    claim = desk.claim("confirmed on Sunday that 31 Kestrian citizens")["id"]
    found = desk.ok("match", claim, "--query", '"fuel terminal" -berth*', "--format", "json", "--why").json
    assert found["matches"]
    for item in found["matches"]:
        text = f"{item['title']} {item['passage']['text']}".lower()
        assert "fuel terminal" in text
        assert " berth" not in text
        assert {"words", "rank_by_words", "rank_by_meaning", "quotations"} <= set(item["why"])
    said = desk.ok("match", claim, "--language", "en", "--from", "2000-01-01", "--why").out
    assert "from 2000-01-01 on" in said
    assert "Shared words, the rarest first" in said
    assert "strength" not in said
    wrong = desk("match", claim, "--query", 'the "fuel')
    assert (wrong.code, "quotation mark at character 5" in wrong.err) == (3, True)
    assert desk("match", claim, "--source", "The Moon Herald").code == 3
    assert desk("match", claim, "--from", "2026-02-01", "--to", "2026-01-01").code == 3
    assert desk("match", "--text", DEATHS, "--cited", "any").code == 2


def test_what_was_dismissed_is_listed_and_taken_back(desk: CommandLine) -> None:
    claim = desk.claim("confirmed on Sunday that 31 Kestrian citizens")["id"]
    assert "Nothing is dismissed" in desk.ok("match", claim, "--dismissed").err
    desk.ok("claim", "dismiss", claim, "sample-pm-statement", "--reason", "another day")
    listed = desk.ok("match", claim, "--dismissed", "--format", "json").json["dismissed"]
    assert {item["reason"] for item in listed} == {"another day"}
    assert "another day" in desk.ok("match", claim, "--dismissed").out
    names = [item["document"] for item in desk.ok("match", claim, "--format", "json").json["matches"]]
    assert "sample-pm-statement" not in names
    desk.ok("claim", "undismiss", claim, "sample-pm-statement")
    names = [item["document"] for item in desk.ok("match", claim, "--format", "json").json["matches"]]
    assert "sample-pm-statement" in names
    assert desk("claim", "undismiss", claim, "sample-pm-statement").code == 3


def test_a_quotation_is_traced(reader: CommandLine) -> None:
    text = reader.ok("evidence", "show", "sample-pm-statement", "--format", "json").json["document"]["text"]
    words = " ".join(text.split()[6:24])
    found = reader.ok("evidence", "quote", words, "--format", "json").json
    assert "sample-pm-statement" in [item["document"] for item in found["versions"]]
    assert found["answer"]
    assert "document sample-pm-statement" in reader.ok("evidence", "quote", words).out
    assert reader("evidence", "quote", "no word of this was ever printed in any paper").code == 1
    assert reader("evidence", "quote", "of the").code == 3


def test_searching_the_evidence(reader: CommandLine) -> None:
    found = reader.ok(
        "evidence", "search", "warning letter from the inspectorate", "--top", "4", "--format", "json"
    ).json
    assert 0 < len(found["matches"]) <= 4
    assert "Nothing in the evidence bears on this" in reader.ok("evidence", "search", "zzzz").out


def test_asking_for_two_things_at_once_is_misuse(reader: CommandLine) -> None:
    assert reader("match").code == 2
    assert reader("match", "abcd", "--text", "x").code == 2
    assert reader("match", "--queries", "-", "--format", "json").code == 2
    assert reader("match", "--text", "x", "--top", "0").code == 2


def test_what_was_cited_is_marked(desk: CommandLine) -> None:
    claim = desk.claim("confirmed on Sunday that 31 Kestrian citizens")
    desk.ok("cite", claim["id"], "sample-pm-statement", "--stance", "refutes", "--role", "primary")
    found = desk.ok("match", claim["id"], "--format", "json").json["matches"]
    assert next(item for item in found if item["document"] == "sample-pm-statement")["cited"] == "refutes"
    assert "cited for this claim: refutes" in desk.ok("match", claim["id"]).out


class LetterEncoder:
    """Vectors from the letters of a text, at once and without a model."""

    model_id = "letters@1"
    dimensions = 384
    state = EncoderState.READY

    def encode(self, texts: Sequence[str], timeout: float) -> NDArray[np.float32]:
        rows = np.full((len(texts), self.dimensions), 1e-6, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for letter in text.lower():
                row[ord(letter) % self.dimensions] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def encoding(desk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A desk with the sample case and an encoder that is ready at once."""
    monkeypatch.setattr("workbench.matching.encoder_process.EncoderProcess", LetterEncoder)
    return CommandLine(desk.home, encoder="on")


def test_meaning_is_used_where_passages_are_encoded(encoding: CommandLine) -> None:
    before = encoding.ok("match", "--text", DEATHS, "--format", "json")
    assert before.json["mode"] == "words"
    assert "no passage is encoded yet" in before.err
    assert "encoded 63 passages" in encoding.ok("evidence", "embed").err
    assert "every passage is encoded" in encoding.ok("evidence", "embed").err
    after = encoding.ok("match", "--text", DEATHS, "--format", "json")
    assert (after.json["mode"], after.err) == ("words and meaning", "")
    assert any(item["signals"]["meaning"] == 1 for item in after.json["matches"])
    only_words = encoding.ok("match", "--text", DEATHS, "--words-only", "--format", "json")
    assert (only_words.json["mode"], only_words.err) == ("words", "")
    found = encoding.ok("evidence", "search", "fuel terminal", "--format", "json").json
    assert found["mode"] == "words and meaning"


def test_what_is_not_encoded_yet_is_told(encoding: CommandLine) -> None:
    encoding.ok("evidence", "embed")
    row = {"id": "late", "text": "The fuel terminal was shut."}
    encoding.ok("evidence", "import", "-", given=json.dumps(row))
    assert "1 passages are not encoded yet" in encoding.ok("match", "--text", "fuel terminal").err


def test_an_encoder_that_fails_leaves_the_words(encoding: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise EncoderUnavailable("it broke.")

    encoding.ok("evidence", "embed")
    monkeypatch.setattr("workbench.cli.encoding.load_encoder", fail)
    found = encoding.ok("match", "--text", DEATHS, "--format", "json")
    assert (found.json["mode"], "words only: it broke." in found.err) == ("words", True)
