"""An article whose text changes, on the command line."""

from pathlib import Path

from cli_desk import SAMPLE, CommandLine


def test_update_compare_confirm_place_and_let_go(desk: CommandLine, tmp_path: Path) -> None:
    article = desk.article()
    text = (SAMPLE / "article.md").read_text(encoding="utf-8")
    again = desk.ok("article", "update", article, SAMPLE / "article.md")
    assert "the same text as version 1" in again.err
    assert desk("article", "diff", article).code == 3
    figure, worst = desk.claim("confirmed on Sunday")["id"], desk.claim("deadliest")["id"]
    for key in (figure, worst):
        desk.ok("verdict", "record", key, "--level", "confirmed", "--rationale", "It says so.")
    later = text.replace("confirmed on Sunday that 31", "confirmed on Sunday that 32")
    start = later.index(" It was the deadliest")
    later = later[:start] + later[later.index(".", start) + 1 :] + "\n\nTal Ruvane resigned on Tuesday.\n"
    done = desk.ok("article", "update", article, "-", "--text-format", "markdown", "--format", "json", given=later).json
    assert (done["version"], done["same"], done["text_changed_since"], done["lost"]) == (2, False, 1, 1)
    assert "[-31-]{+32+}" in desk.ok("article", "diff", article).out
    changes = desk.ok("article", "diff", article, "--format", "json").json["changes"]
    assert [change["kind"] for change in changes if change["kind"] != "same"] == ["changed", "deleted", "inserted"]
    rows = {row["id"]: row for row in desk.claims()}
    assert rows[figure]["status"] == "changed"
    assert rows[figure]["verdicts"][0]["text_changed_since"]
    anchor = rows[figure]["anchor"]
    position, quote = anchor["selector"]
    assert (anchor["state"], position["type"], quote["type"]) == (
        "drifted",
        "TextPositionSelector",
        "TextQuoteSelector",
    )
    exported = desk.ok("article", "export", article).out
    assert exported[position["start"] : position["end"]] == quote["exact"]
    assert exported[: position["start"]].endswith(quote["prefix"])
    assert (rows[worst]["status"], rows[worst]["start"], rows[worst]["anchor"]["state"]) == ("lost", None, "orphan")
    assert "text changed since" in desk.ok("claim", "show", figure).out
    report = desk.ok("report", article, "--format", "markdown").out
    assert "To check again: the text changed" in report
    assert "## Coverage" in report
    assert "## No longer in the article" in report
    desk.ok("claim", "confirm", figure, "--note", "One more.")
    assert desk("claim", "confirm", figure).code == 3
    assert desk("claim", "place", worst, "--words", "no such words").code == 3
    assert desk("claim", "place", worst).code == 2
    desk.ok("claim", "place", worst, "--words", "Tal Ruvane resigned")
    desk.ok("undo")
    desk.ok("claim", "gone", worst, "--reason", "Taken out.")
    states = {row["id"]: row["status"] for row in desk.claims()}
    assert (states[figure], states[worst]) == ("supported", "gone")
    units = desk.ok("article", "coverage", article, "--format", "json").json
    assert "".join(unit["text"] for unit in units["units"]) == exported
    assert units["units"][1]["reason"] == "byline"
    for _ in range(3):
        desk.ok("undo")
    assert [
        item["number"] for item in desk.ok("article", "versions", article, "--format", "json").json["versions"]
    ] == [1]
