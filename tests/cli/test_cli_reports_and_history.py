"""Reports, history, undo and redo."""

import json
from pathlib import Path

import pytest
from cli_desk import CommandLine

OPENING = "confirmed on Sunday that 31 Kestrian citizens"


@pytest.fixture
def judged(desk: CommandLine) -> CommandLine:
    """A desk with one verdict."""
    claim = desk.claim(OPENING)["id"]
    desk.ok("verdict", "record", claim, "--level", "wrong", "--rationale", "The statement says 13.")
    return desk


@pytest.mark.parametrize(("form", "words"), [("markdown", "# "), ("html", "<!doctype html>"), ("json", "{")])
def test_a_report_goes_to_standard_output_or_to_a_file(
    judged: CommandLine, tmp_path: Path, form: str, words: str
) -> None:
    shown = judged.ok("report", judged.article(), "--format", form).out
    assert shown.lower().startswith(words)
    assert "The statement says 13." in shown
    target = tmp_path / "report"
    assert f"wrote {target}" in judged.ok("report", judged.article(), "--format", form, "-o", target).err
    assert target.read_text(encoding="utf-8").lower().startswith(words)


def test_a_report_never_overwrites_unasked(judged: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("mine", encoding="utf-8")
    refused = judged("report", judged.article(), "-o", target)
    assert (refused.code, refused.out, target.read_text(encoding="utf-8")) == (3, "", "mine")
    judged.ok("report", judged.article(), "-o", target, "--force")
    assert target.read_text(encoding="utf-8") != "mine"
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == ["report.md"]


def test_a_report_into_nowhere_is_refused(judged: CommandLine, tmp_path: Path) -> None:
    result = judged("report", judged.article(), "-o", tmp_path / "no" / "such" / "folder.md")
    assert (result.code, "cannot be written" in result.err) == (3, True)


def test_history_tells_who_decided_what(judged: CommandLine) -> None:
    shown = judged.ok("history", "--limit", "2")
    assert "Ana Brook · record a verdict" in shown.out.splitlines()[0]
    actions = judged.ok("history", "--format", "json").json["actions"]
    assert [item["label"] for item in actions] == ["record a verdict", "bring in sources", "bring in an article"]
    assert actions[0]["at"].endswith("Z")
    earlier = judged.ok("history", "--before", actions[0]["number"], "--format", "json").json["actions"]
    assert earlier == actions[1:]


def test_the_history_of_one_thing(judged: CommandLine) -> None:
    claim = judged.claim(OPENING)["id"]
    judged.ok("claim", "edit", claim, "--wording", "31 Kestrians died.")
    decisions = judged.ok("history", "--entity", claim[-6:], "--format", "json").json["decisions"]
    assert [item["kind"] for item in decisions if item["kind"] == "claim"] == ["claim", "claim"]
    assert "verdict" in {item["kind"] for item in decisions}
    assert decisions[-1]["data"]["wording"] == "31 Kestrians died."
    assert "edit the wording" in judged.ok("history", "--entity", claim).out
    assert judged("history", "--entity", "zzzz").code == 3


def test_undo_and_redo_say_what_they_did(judged: CommandLine) -> None:
    assert "undid: record a verdict" in judged.ok("undo").err
    assert judged.claim(OPENING)["verdicts"] == []
    assert "redid: record a verdict" in judged.ok("redo").err
    assert judged.claim(OPENING)["verdicts"][0]["level"] == "wrong"
    assert judged("redo").code == 1
    assert "nothing to redo" in judged("redo").err


def test_json_keeps_letters_readable(judged: CommandLine) -> None:
    shown = judged.ok("claims", judged.article(), "--format", "json").out
    assert "Montaral’s" in shown
    assert json.loads(shown)["article"]["title"].startswith("Kestria Breaks")
