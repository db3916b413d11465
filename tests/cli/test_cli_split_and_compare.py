"""The two commands that need no database."""

import json
from pathlib import Path

import pytest
from cli_desk import NASTY, SAMPLE, CommandLine


def test_split_as_json_tiles_the_text_and_touches_no_folder(line: CommandLine) -> None:
    found = line.ok("split", SAMPLE / "article.md", "--format", "json").json
    assert {"language", "length", "units", "warnings"} <= set(found)
    assert found["language"] == "en"
    ends = [unit["end"] for unit in found["units"]]
    assert [0, *ends[:-1]] == [unit["start"] for unit in found["units"]]
    assert ends[-1] == found["length"] == sum(len(unit["text"]) for unit in found["units"])
    first = next(unit["claims"][0] for unit in found["units"] if unit["kind"] == "sentence")
    assert first["relation"] == "sentence"
    assert {
        "start", "end", "fragments", "text", "relation", "kinds", "reasons", "checkworthiness", "suggested",
        "attribution", "references", "quantities", "dates",
    } <= set(first)  # fmt: skip
    assert not line.home.exists()


def test_split_reads_standard_input_and_takes_a_date(line: CommandLine) -> None:
    text = "The bridge opened on Monday. It cost 12 million euros."
    found = line.ok("split", "-", "--date", "2026-03-17", "--format", "json", given=text).json
    assert [unit["text"].strip() for unit in found["units"]] == text.replace(". It", ".| It").split("| ")


def test_split_as_text_names_every_unit(line: CommandLine) -> None:
    shown = line.ok("split", SAMPLE / "article.md")
    assert "units" in shown.out.splitlines()[0]
    assert "★ sentence" in shown.out
    assert "said by Prime Minister Edda Lorne" in shown.out
    assert max(len(row) for row in shown.out.splitlines()) <= 80
    assert "(+" not in shown.out
    assert "(+" in line.ok("split", SAMPLE / "article.md", "--why").out


@pytest.mark.parametrize("name", ["crlf.txt", "utf16.txt", "windows1252.txt", "decomposed.txt"])
def test_split_takes_unusual_texts(line: CommandLine, name: str) -> None:
    assert line.ok("split", NASTY / name, "--format", "json").json["length"] > 0


def test_split_shows_hidden_characters_and_hands_them_on_in_json(line: CommandLine) -> None:
    text = (
        "The min\u202eister said \u200bon Monday that 12 ships\x1b[31m were lost in the harbour of Brennick."
        + " It rained." * 40
    )
    shown = line.ok("split", "-", given=text)
    found = line.ok("split", "-", "--format", "json", given=text)
    for result in (shown, found):
        assert not set(result.out) & set("\x1b\u202e\u200b")
    assert "".join(unit["text"] for unit in found.json["units"]) == text
    assert "‹U+202E›" in shown.out


def test_compare_says_where_the_figure_differs(line: CommandLine) -> None:
    arguments = ("compare", "31 citizens were killed in the fire.", "13 citizens were killed in the fire.")
    found = line.ok(*arguments, "--format", "json").json["findings"]
    figure = next(item for item in found if item["kind"] == "figure")
    assert figure["relation"] == "conflict"
    assert figure["claim"]["text"] == "31"
    assert (figure["passage"]["start"], figure["passage"]["end"]) == (0, 2)
    assert "≠ figure differs: claim 31, passage 13" in line.ok(*arguments).out


def test_compare_reads_the_passage_from_standard_input(line: CommandLine, tmp_path: Path) -> None:
    found = line.ok("compare", "It cost 5 euros.", "-", "--format", "json", given="It cost 7 euros.\n")
    assert [item["passage"]["text"] for item in found.json["findings"] if item["kind"] == "figure"] == ["7 euros"]
    assert list(tmp_path.iterdir()) == []


def test_compare_of_nothing_comparable_says_so(line: CommandLine) -> None:
    assert "Nothing to compare" in line.ok("compare", "a", "b").out
    assert json.loads(line.ok("compare", "a", "b", "--format", "json").out) == {"findings": []}
