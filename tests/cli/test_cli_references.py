"""`claim references`, `claim resolve`, `article sourcing` and `office`, by what they print."""

import json
from pathlib import Path

import pytest
from cli_desk import CommandLine

STORY = (
    "Ferry chief Dale Prowse confirmed on Sunday that nine boats had run aground. “We were slow,” he said. "
    "Their crews were unhurt.\n\nIt raises hard questions for the Biden administration, which faces a vote. "
    "Analysts say the line is finished.\n"
)


@pytest.fixture
def ferry(line: CommandLine, tmp_path: Path) -> CommandLine:
    (tmp_path / "ferry.txt").write_text(STORY, encoding="utf-8")
    added = line.ok("article", "add", tmp_path / "ferry.txt", "--title", "Ferry line halts")
    assert "no publication date: “Sunday” and 1 more" in added.err.replace(
        ", “the Biden administration”", " and 1 more"
    )
    assert "workbench article edit" in added.err
    return line


def test_references_are_listed_for_an_article_and_for_a_claim(ferry: CommandLine) -> None:
    article = ferry.article()
    shown = ferry.ok("claim", "references", article)
    assert "references · " in shown.out
    assert "“Sunday” · weekday" in shown.out
    assert "--date YYYY-MM-DD" in shown.err
    data = ferry.ok("claim", "references", article, "--format", "json").json
    assert data["undated"] == ["Sunday", "the Biden administration"]
    assert {one["type"] for one in data["references"]} >= {"weekday", "pronoun", "possessive", "office"}
    claim = ferry.claim("raises hard")
    mine = ferry.ok("claim", "references", claim["id"], "--format", "json").json["references"]
    assert [one["text"] for one in mine] == ["It", "the Biden administration"]
    assert all(claim["id"] in one["claims"] and one["open"] and one["resolution"] is None for one in mine)


def test_the_date_that_is_asked_for_dates_the_words(ferry: CommandLine) -> None:
    article = ferry.article()
    ferry.ok("article", "edit", article, "--date", "2026-01-05")
    shown = ferry.ok("claim", "references", article)
    assert shown.err == ""
    assert "1 2026-01-04" in shown.out
    assert "does not fit an article of 2026-01-05" in " ".join(shown.out.split())


def test_a_reference_is_resolved_by_candidate_by_words_and_left_open(ferry: CommandLine) -> None:
    claim = ferry.claim("raises hard")["id"]
    listed = ferry.ok("claim", "references", claim, "--format", "json").json["references"][0]
    done = ferry.ok("claim", "resolve", claim, listed["number"], "--pick", 1, "--note", "p. 2")
    assert f"“It” stands for: {listed['candidates'][0]}" in done.err
    assert "could read (workbench claim edit" in done.err
    kept = ferry.ok("claim", "show", claim, "--format", "json").json["claim"]["resolutions"]
    assert [(one["text"], one["choice"], one["note"]) for one in kept] == [("It", listed["candidates"][0], "p. 2")]
    assert "Stands for  “It” → " in ferry.ok("claim", "show", claim).out
    assert "1 open" in ferry.ok("claim", "references", claim).out
    ferry.ok("claim", "resolve", claim, "it", "--meaning", "the grounding", "--into-wording")
    assert (
        ferry.ok("claim", "show", claim, "--format", "json").json["claim"]["wording"].startswith("The grounding raises")
    )
    ferry.ok("claim", "resolve", claim, "It", "--cannot")
    assert "cannot be resolved" in ferry.ok("claim", "show", claim).out
    assert "left open" in ferry.ok("claim", "resolve", claim, "It", "--leave-open").err
    assert "Stands for" not in ferry.ok("claim", "show", claim).out
    ferry.ok("undo")
    assert "cannot be resolved" in ferry.ok("claim", "show", claim).out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["1", "--pick", "1", "--cannot"], 2, "Give one of"),
        (["1"], 2, "Give one of"),
        (["77", "--cannot"], 3, "has no reference 77"),
        (["It", "--pick", "9"], 3, "no candidate 9"),
        (["It", "--meaning", " "], 3, "not both"),
        (["no such words", "--cannot"], 3, "does not stand in the claim"),
        (["It", "--leave-open"], 3, "Nothing was chosen"),
    ],
)
def test_wrong_use_is_refused_in_one_line(ferry: CommandLine, arguments: list[str], code: int, message: str) -> None:
    result = ferry("claim", "resolve", ferry.claim("raises hard")["id"], *arguments)
    assert result.code == code
    assert message in result.err
    assert ferry("claim", "references", "nosuchkey").code == 3


def test_an_articles_sourcing(ferry: CommandLine) -> None:
    article = ferry.article()
    text = ferry.ok("article", "sourcing", article).out
    assert "byline   missing" in text
    assert "Sources without a name: 1" in text
    data = ferry.ok("article", "sourcing", article, "--format", "json").json
    assert data["missing"] == ["byline", "date", "outlet", "address", "links"]
    assert [one["text"] for one in data["unnamed"]] == ["Analysts"]
    assert [one["text"] for one in data["quotations"]] == ["We were slow,"]
    assert sum(data["counts"].values()) == len(data["claims"]) == 5


def test_the_table_of_offices_is_listed_and_extended(line: CommandLine, tmp_path: Path) -> None:
    added = line.ok(
        "office", "add", "--country", "Kestria", "--office", "President", "--person", "Lena Vosk", "--from", "2020-05"
    )
    assert "no other entry is of Kestria" in added.err
    key = added.out.strip()
    assert "Lena Vosk · 2020-05 to now · added by Ana Brook" in line.ok("office", "list", "kestria").out
    assert "2025-10-31" in line.ok("office", "list", "Biden").err
    shown = line.ok("office", "list", "vosk", "--format", "json").json["offices"]
    assert (shown[0]["id"], shown[0]["to"], shown[0]["shipped"]) == (key, None, False)
    refused = line(
        "office", "add", "--country", "K", "--office", "P", "--person", "A B", "--from", "2020", "--to", "2019"
    )
    assert (refused.code, "ends before it begins" in refused.err) == (3, True)
    line.ok("office", "drop", key)
    assert line.ok("office", "list", "vosk").out == ""
    line.ok("undo")
    table = {
        "format": 1,
        "as_of": "2026-01-01",
        "offices": [
            {
                "country": "Kestria",
                "office": "Premier",
                "titles": ["Premier"],
                "holders": [{"person": "Ola Rud", "family": "Rud", "from": "2021", "to": None, "precision": "year"}],
            }
        ],
    }
    (tmp_path / "own.json").write_text(json.dumps(table), encoding="utf-8")
    assert "took in 1 term" in line.ok("office", "import", tmp_path / "own.json").err
    table["offices"][0]["holders"][0]["to"] = "2020"  # type: ignore[index]
    (tmp_path / "own.json").write_text(json.dumps(table), encoding="utf-8")
    assert line("office", "import", tmp_path / "own.json").code == 3
    assert "Ola Rud · 2021 to now" in line.ok("office", "list", "kestria").out
