"""Whole jobs on the command line, as a person or a script would do them."""

import json
import re
import sys
from pathlib import Path

import pytest

# Tests are imported one by one; this makes the command line's helper importable from here.
sys.path.append(str(Path(__file__).parents[1] / "cli"))

from cli_desk import SAMPLE, CommandLine

OPENING = "confirmed on Sunday that 31 Kestrian citizens"
QUOTE = "Prime Minister Edda Lorne confirmed on Sunday that 13 Kestrian citizens"


def test_from_an_article_to_a_report(tmp_path: Path) -> None:
    desk = CommandLine(tmp_path / "home")
    article = desk.ok("article", "add", SAMPLE / "article.md").out.strip()
    desk.ok("evidence", "import", SAMPLE / "evidence" / "evidence.jsonl")
    desk.ok("source", "import", SAMPLE / "sources.json")
    desk.ok("claim", "set-aside", "--unsuggested", article, "--reason", "not proposed for checking")
    claim = desk.claim(OPENING)["id"]
    first = desk.ok("match", claim, "--format", "jsonl").rows[0]
    assert any(item["kind"] == "figure" and item["relation"] == "conflict" for item in first["findings"])
    cited = desk.ok(
        "cite", claim, "sample-pm-statement", "--stance", "refutes", "--role", "primary", "--quote", QUOTE
    ).out.strip()
    desk.ok("verdict", "record", claim, "--level", "wrong", "--rationale", "-", given="The statement says 13.")
    assert desk("verdict", "checklist", claim).code == 0
    desk.ok("review", "record", claim, "--outcome", "agrees", "--as", "Ben Holt")
    target = tmp_path / "report.md"
    desk.ok("report", article, "-o", target)
    report = target.read_text(encoding="utf-8")
    assert "✗ Wrong" in report
    assert QUOTE in report
    assert "not proposed for checking" in report
    labels = [item["label"] for item in desk.ok("history", "--format", "json").json["actions"]]
    assert labels[:4] == ["review a verdict", "record a verdict", "cite a passage", "set claims aside"]
    # Everything can be taken back, one step after the other.
    for _ in labels:
        desk.ok("undo")
    assert desk("undo").code == 1
    assert desk.ok("article", "list", "--format", "json").json["articles"] == []
    for _ in labels:
        desk.ok("redo")
    assert [item["id"] for item in desk.claim(OPENING)["citations"]] == [cited]


@pytest.fixture
def desks(tmp_path: Path) -> tuple[CommandLine, CommandLine]:
    """Two desks that begin with the same article, its evidence and its sources."""
    ana, ben = CommandLine(tmp_path / "ana", "Ana Brook"), CommandLine(tmp_path / "ben", "Ben Holt")
    ana.ok("article", "add", SAMPLE / "article.md")
    ana.ok("evidence", "import", SAMPLE / "evidence" / "evidence.jsonl")
    ana.ok("source", "import", SAMPLE / "sources.json")
    _send(ana, ben, tmp_path / "first.db")
    assert ben.claims() == ana.claims()
    return ana, ben


def _send(sender: CommandLine, receiver: CommandLine, file: Path) -> dict[str, object]:
    sender.ok("share", "pack", file)
    return dict(receiver.ok("share", "merge", file, "--format", "json").json)


def _everything(desk: CommandLine) -> str:
    article = desk.article()
    shown = [
        desk.ok("claims", article, "--format", "json").json,
        # How many documents are here differs: a confidential one stays at its desk.
        [item | {"documents": 0} for item in desk.ok("source", "list", "--format", "json").json["sources"]],
        desk.ok("review", "list", article, "--format", "json").json,
        desk.ok("verdict", "conflicts", "--format", "json").json,
        sorted(item["action"] for item in desk.ok("history", "--limit", "1000", "--format", "json").json["actions"]),
    ]
    return json.dumps(shown, sort_keys=True)


def test_two_desks_work_apart_disagree_and_end_equal(desks: tuple[CommandLine, CommandLine], tmp_path: Path) -> None:
    ana, ben = desks
    claim = ana.claim(OPENING)["id"]
    other = ana.claim("Some 2,300 people work at the port")["id"]
    third = ana.claim("The tanker Selma Rook")["id"]

    ana.ok("cite", claim, "sample-pm-statement", "--stance", "refutes", "--role", "primary", "--quote", QUOTE)
    ana.ok("verdict", "record", claim, "--level", "wrong", "--rationale", "The statement says 13.")
    ana.ok("verdict", "record", other, "--level", "confirmed", "--rationale", "As counted in January.")
    ana.ok("claim", "set-aside", third, "--reason", "colour")
    ben.ok("verdict", "record", claim, "--level", "needs-change", "--rationale", "Only the figure is off.")
    ben.ok("source", "add", "Port Workers’ Union", "--kind", "institution")
    ben.ok("claim", "edit", other, "--wording", "About 2,300 people work at the port of Puerto Lirio.")

    merged = _send(ana, ben, tmp_path / "ana.db")
    assert [item["title"] for item in merged["conflicts"]] != []  # type: ignore[attr-defined]
    _send(ben, ana, tmp_path / "ben.db")
    assert _everything(ana) == _everything(ben)
    for desk in (ana, ben):
        assert desk.claim(OPENING)["status"] == "conflict"
        assert "! conflict" in desk.ok("claims", desk.article()).out
        assert desk("verdict", "record", claim, "--level", "confirmed").code == 3

    shown = ben.ok("verdict", "conflicts", ben.article())
    words = " ".join(shown.out.split())
    assert "The statement says 13." in words
    assert "Only the figure is off." in words
    (conflict,) = ben.ok("verdict", "conflicts", "--format", "json").json["conflicts"]
    number = 1 + next(n for n, choice in enumerate(conflict["choices"]) if choice["author"] == "Ana Brook")
    assert re.search(rf"^  {number}  Ana Brook", shown.out, re.MULTILINE)
    assert ben("verdict", "resolve", conflict["entity"], "9").code == 3
    ben.ok("verdict", "resolve", conflict["entity"], number)
    assert ben.claim(OPENING)["status"] == "refuted"

    _send(ben, ana, tmp_path / "ben-again.db")
    _send(ana, ben, tmp_path / "ana-again.db")
    assert _everything(ana) == _everything(ben)
    settled = ana.claim(OPENING)["verdicts"][0]
    assert (settled["level"], settled["rationale"], settled["conflict"]) == ("wrong", "The statement says 13.", False)
    assert ana.claim("2,300 people work at the port of")["verdicts"][0]["level"] == "confirmed"
    assert ana.ok("verdict", "conflicts", "--format", "json").json == {"conflicts": []}
    for desk in (ana, ben):
        desk.ok("db", "check")


def test_resolving_by_the_decisions_own_name(desks: tuple[CommandLine, CommandLine], tmp_path: Path) -> None:
    ana, ben = desks
    claim = ana.claim(OPENING)["id"]
    ana.ok("verdict", "record", claim, "--level", "wrong")
    ben.ok("verdict", "record", claim, "--level", "confirmed")
    _send(ben, ana, tmp_path / "ben.db")
    (conflict,) = ana.ok("verdict", "conflicts", "--format", "json").json["conflicts"]
    chosen = next(choice for choice in conflict["choices"] if choice["author"] == "Ben Holt")
    ana.ok("verdict", "resolve", conflict["entity"][-8:], chosen["rid"][:10])
    assert ana.claim(OPENING)["verdicts"][0]["level"] == "confirmed"
    assert "undid: resolve a conflict" in ana.ok("undo").err
    assert ana.claim(OPENING)["status"] == "conflict"
