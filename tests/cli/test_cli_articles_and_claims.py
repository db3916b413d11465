"""Articles and claims: bringing in, listing, describing, and working on claims."""

import re
from pathlib import Path

import pytest
from cli_desk import SAMPLE, CommandLine

OPENING = "confirmed on Sunday that 31 Kestrian citizens"


def test_adding_prints_the_key_and_tells_the_rest(line: CommandLine) -> None:
    added = line.ok("article", "add", SAMPLE / "article.md")
    key = added.out.strip()
    assert re.fullmatch(r"[0-9a-f-]{36}", key)
    assert "39 units" in added.err or "units" in added.err
    shown = line.ok("article", "show", key[-6:], "--format", "json").json
    assert shown["article"]["byline"] == "Jonah Averill"
    assert shown["article"]["published_on"] == "2026-03-17"
    assert shown["coverage"]["characters"] == sum(len(unit["text"]) for unit in shown["units"])
    assert {identity for unit in shown["units"] for identity in unit["claims"]} == {
        claim["id"] for claim in shown["claims"]
    }


def test_what_is_given_wins_over_what_the_text_says(line: CommandLine) -> None:
    given = ("--title", "Another title", "--outlet", "The Desk", "--date", "2026-04-01", "--url", "https://a.example/x")
    key = line.ok("article", "add", "-", *given, given=(SAMPLE / "article.md").read_bytes()).out.strip()
    listed = line.ok("article", "list", "--format", "json").json["articles"]
    assert [item["title"] for item in listed] == ["Another title"]
    assert (listed[0]["outlet"], listed[0]["published_on"]) == ("The Desk", "2026-04-01")
    assert "Another title" in line.ok("article", "list").out
    line.ok("article", "edit", key, "--note", "ask the author", "--title", "A third title")
    assert line.ok("article", "show", key, "--format", "json").json["article"]["note"] == "ask the author"
    assert "A third title" in line.ok("article", "show", key).out


def test_plain_text_stays_plain_where_asked(line: CommandLine) -> None:
    key = line.ok("article", "add", "-", "--format", "plain", "--title", "T", given="# not a heading\n").out.strip()
    assert line.ok("article", "export", key).out == "# not a heading\n"


def test_withdrawing_an_article_can_be_undone(desk: CommandLine) -> None:
    key = desk.article()
    assert "undo brings it back" in desk.ok("article", "withdraw", key).err
    assert desk.ok("article", "list", "--format", "json").json["articles"] == []
    assert "withdraw an article" in desk.ok("undo").err
    assert desk.article() == key


def test_the_exported_text_is_the_stored_one(reader: CommandLine, tmp_path: Path) -> None:
    key = reader.article()
    text = reader.ok("article", "export", key).out
    units = reader.ok("article", "show", key, "--format", "json").json["units"]
    assert text == "".join(unit["text"] for unit in units)
    target = tmp_path / "text.txt"
    reader.ok("article", "export", key, "-o", target)
    assert target.read_text(encoding="utf-8") == text
    refused = reader("article", "export", key, "-o", target)
    assert (refused.code, "--force" in refused.err) == (3, True)
    reader.ok("article", "export", key, "-o", target, "--force")
    assert [item.name for item in tmp_path.iterdir()] == ["text.txt"]


def test_claims_are_listed_with_mark_word_and_key(reader: CommandLine) -> None:
    listed = reader.ok("claims", reader.article())
    assert re.search(r"^  \d · to check  [0-9a-f]{6}  Prime Minister Edda Lorne", listed.out, re.MULTILINE)
    assert max(len(row) for row in listed.out.splitlines()) <= 80
    assert "open" in listed.out.splitlines()[1]


def test_claims_can_be_chosen_by_status(desk: CommandLine) -> None:
    claim = desk.claim("The whole affair is a disgrace")
    before = len(desk.claims())
    desk.ok("claim", "set-aside", claim["id"], "--reason", "opinion")
    chosen = desk.ok("claims", desk.article(), "--status", "set-aside", "--format", "json").json["claims"]
    assert claim["id"] in {item["id"] for item in chosen}
    assert {item["status"] for item in chosen} == {"set_aside"}
    still_open = desk.ok("claims", desk.article(), "--status", "open", "--format", "json").json["claims"]
    assert len(still_open) + len(chosen) == before
    assert "No claim with such a status" in desk.ok("claims", desk.article(), "--status", "refuted").out


def test_wording_is_edited_and_restored(desk: CommandLine) -> None:
    claim = desk.claim(OPENING)
    desk.ok("claim", "edit", claim["id"], "--wording", "31 Kestrians died in the fire at Puerto Lirio.")
    assert desk.ok("claim", "show", claim["id"], "--format", "json").json["claim"]["wording"].startswith("31 Kestrians")
    desk.ok("claim", "edit", claim["id"], "--wording", "-", given="")
    assert desk.ok("claim", "show", claim["id"], "--format", "json").json["claim"]["wording"] == claim["wording"]


def test_splitting_before_words_and_merging_again(desk: CommandLine) -> None:
    claim = desk.claim("This admission ended three days")
    made = desk.ok("claim", "split", claim["id"], "--before", "and it leaves")
    first, second = made.out.split()
    halves = [desk.ok("claim", "show", key, "--format", "json").json["claim"]["wording"] for key in (first, second)]
    assert halves[0].endswith("in Vessmar,")
    assert halves[1].startswith("and it leaves")
    merged = desk.ok("claim", "merge", first).out.strip()
    assert desk.ok("claim", "show", merged, "--format", "json").json["claim"]["wording"] == claim["wording"]


def test_splitting_at_an_offset(desk: CommandLine) -> None:
    claim = desk.claim("This admission ended three days")
    offset = claim["start"] + claim["wording"].index("and it")
    assert len(desk.ok("claim", "split", claim["id"], "--at", offset).out.split()) == 2


def test_words_that_are_not_there_or_there_twice_are_refused(desk: CommandLine) -> None:
    claim = desk.claim("This admission ended three days")
    missing = desk("claim", "split", claim["id"], "--before", "no such words")
    assert (missing.code, "does not stand in the claim" in missing.err) == (3, True)
    twice = desk("claim", "split", claim["id"], "--before", "it")
    assert (twice.code, "2 times" in twice.err) == (3, True)


def test_parts_and_implied_claims_are_added_and_dropped(desk: CommandLine) -> None:
    claim = desk.claim("The fire broke out shortly after 11 p.m.")
    part = desk.ok("claim", "add", claim["id"], "--words", "a transfer hose parted beside Tank 6").out.strip()
    implied = desk.ok("claim", "add", claim["id"], "--implied", "The hose was worn.").out.strip()
    taken = desk.ok("claim", "add", claim["id"], "--presupposed", "There was a Tank 6.").out.strip()
    spanned = desk.ok("claim", "add", claim["id"], "--start", claim["start"], "--end", claim["start"] + 8).out.strip()
    found = {item["id"]: item for item in desk.claims()}
    assert [found[key]["relation"] for key in (part, implied, taken, spanned)] == [
        "part", "implied", "presupposed", "part",
    ]  # fmt: skip
    assert {found[key]["parent"] for key in (part, implied, taken, spanned)} == {claim["id"]}
    desk.ok("claim", "drop", implied)
    assert implied not in {item["id"] for item in desk.claims()}
    assert desk("claim", "drop", claim["id"]).code == 3


def test_setting_aside_many_is_one_action(desk: CommandLine) -> None:
    keys = [item["id"] for item in desk.claims() if item["depth"] == 0 and item["status"] == "todo"][:3]
    desk.ok("claim", "set-aside", *keys, "--reason", "heading")
    assert {item["status"] for item in desk.claims() if item["id"] in keys} == {"set_aside"}
    desk.ok("undo")
    assert {item["status"] for item in desk.claims() if item["id"] in keys} == {"todo"}
    told = desk.ok("claim", "set-aside", "--unsuggested", desk.article(), "--reason", "not proposed")
    assert re.search(r"set \d+ claims aside", told.err)
    aside = next(
        item for item in desk.claims() if item["status"] == "set_aside" and item["set_aside_because"] == "not proposed"
    )
    desk.ok("claim", "reopen", aside["id"])
    assert next(item for item in desk.claims() if item["id"] == aside["id"])["status"] == "todo"


@pytest.mark.parametrize(
    "arguments",
    [
        ("split", "KEY"),
        ("split", "KEY", "--at", "3", "--before", "x"),
        ("add", "KEY"),
        ("add", "KEY", "--start", "3"),
        ("add", "KEY", "--implied", "a", "--words", "b"),
        ("set-aside", "--reason", "x"),
        ("set-aside", "KEY", "--reason", "x", "--unsuggested", "ARTICLE"),
        ("set-aside", "KEY"),
    ],
)
def test_options_that_cannot_be_meant_are_misuse(reader: CommandLine, arguments: tuple[str, ...]) -> None:
    key = reader.claims()[0]["id"]
    result = reader("claim", *(key if argument == "KEY" else argument for argument in arguments))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("workbench: ")
