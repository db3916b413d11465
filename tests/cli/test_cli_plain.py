"""Checking an article by numbered prompts: every answer a line, every action saved at once."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_desk import CommandLine, Result, raw_controls

from workbench.cli.plain.judging import words_in
from workbench.cli.plain.loop import DEEDS, named

OPENING = "confirmed on Sunday that 31 Kestrian citizens"
STATEMENT = "Prime Minister Edda Lorne confirmed on Sunday that 13 Kestrian citizens"
ROOT = Path(__file__).parents[2]


def at(desk: CommandLine, words: str, *answers: str, **more: str) -> Result:
    """Go to the sentence with some words and give these answers."""
    number = desk.claim(words)["number"]
    lines = "\n".join(["goto", str(number), *answers])
    return desk.ok("review", "plain", desk.article(), *more.get("options", "").split(), given=f"{lines}\n")


def numbered(result: Result, words: str) -> str:
    """The number before the option that holds some words."""
    found = re.search(rf"^(\d+)\. .*{re.escape(words)}", result.out, re.MULTILINE)
    assert found, result.out
    return found.group(1)


def test_both_spellings_walk_through_the_article_and_say_where_one_is(desk: CommandLine) -> None:
    article = desk.article()
    first = desk.ok("review", "--plain", article, given="quit\n")
    assert first.out == desk.ok("review", "plain", article, given="q\n").out
    assert "Claim 1 of" in first.out
    assert first.out.rstrip().endswith("Left. Everything is saved.")
    assert raw_controls(first.out) == set()
    assert desk("review").code == 2
    assert desk("review", "--plain", article, "list", article).code == 2
    assert desk("review", "plain", "nothing").code == 3


def test_a_match_is_cited_with_narrowed_words_and_judged(desk: CommandLine) -> None:
    shown = at(desk, OPENING, "matches", "cite")
    assert "Differs, figure" in shown.out
    number = numbered(shown, "Statement by the Prime Minister")
    done = at(
        desk, OPENING, "cite", number, "refutes", "primary", "Prime Minister ... Kestrian citizens", "read twice",
        "verdict", "", "wrong", "The statement says 13.", "Not 31.", "", "", "show",
    )  # fmt: skip
    assert f"These words: “{STATEMENT}”" in done.out
    claim = desk.claim(OPENING)
    (cited,) = claim["citations"]
    assert (cited["quote"], cited["stance"], cited["role"], cited["note"]) == (
        STATEMENT, "refutes", "primary", "read twice",
    )  # fmt: skip
    (verdict,) = claim["verdicts"]
    assert (verdict["level"], verdict["rationale"]) == ("wrong", "The statement says 13.\nNot 31.")
    assert "Verdict: Wrong" in done.out
    at(desk, OPENING, "citations", "1", "stance", "context", "citations", "1", "withdraw", "withdraw")
    assert (desk.claim(OPENING)["citations"], desk.claim(OPENING)["verdicts"]) == ([], [])
    at(desk, OPENING, "undo", "undo")
    assert [item["stance"] for item in desk.claim(OPENING)["citations"]] == ["context"]
    at(desk, OPENING, "redo")
    assert desk.claim(OPENING)["citations"] == []


def test_words_of_a_passage_are_found_or_refused() -> None:
    text = "It was  said\nthat 13 died, and 13 were hurt."
    assert words_in(text, "said that 13") == (8, 20)
    assert words_in(text, "13 … 13") == (18, 33)
    assert words_in(text, "said ... was") is None
    assert words_in(text, "31 died") is None


def test_setting_aside_wording_splitting_and_parts(desk: CommandLine) -> None:
    at(desk, OPENING, "aside", "not today")
    assert desk.claim(OPENING)["status"] == "set_aside"
    at(desk, OPENING, "reopen", "edit", "Edda Lorne said that 31 died.")
    assert desk.claim("Edda Lorne said that 31 died.")["status"] == "todo"
    done = at(desk, "Edda Lorne said", "edit", "-", "part", "implied", "Nobody else died.", "aside", "")
    assert desk.claim(OPENING)
    assert "Nothing was recorded." in done.out
    implied = next(item for item in desk.claims() if item["wording"] == "Nobody else died.")
    assert implied["depth"] == 1
    before = len(desk.claims())
    at(desk, OPENING, "split", "31 Kestrian")
    assert not [item for item in desk.claims() if OPENING in item["wording"]]
    at(desk, "31 Kestrian citizens", "previous", "merge")
    assert desk.claim(OPENING)
    done = at(desk, OPENING, "merge", "undo", "undo", "undo")
    assert len(desk.claims()) == before, done.out


def test_what_is_open_and_what_is_on_offer(desk: CommandLine) -> None:
    article = desk.article()
    references = desk.ok("claim", "references", article, "--format", "json").json["references"]
    one = next(item for item in references if item["candidates"] and item["claims"])
    number = next(item["number"] for item in desk.claims() if item["id"] == one["claims"][0])
    lines = ["goto", str(number), "references", "1", "1", "no"]
    done = desk.ok("review", "plain", article, given="\n".join(lines))
    assert "Recorded." in done.out, done.out
    again = desk.ok("claim", "references", article, "--format", "json").json["references"]
    assert sum(item["resolution"] is not None for item in again) == 1
    offered = desk.ok("claim", "offers", article, "--format", "json").json["offers"][0]
    number = next(item["number"] for item in desk.claims() if item["id"] == offered["sentence"])
    desk.ok("review", "plain", article, given=f"g\n{number}\noffers\n1\naccept\n")
    assert any(item["wording"] == offered["wording"] and item["depth"] for item in desk.claims())


def test_dismissing_searching_and_going_about(desk: CommandLine) -> None:
    first = at(desk, OPENING, "matches")
    title = re.search(r"^Match 1\. ([^.]+)\.", first.out, re.MULTILINE)
    assert title
    at(desk, OPENING, "dismiss", "1", "another fire")
    assert desk.ok("history", "--format", "json").json["actions"][0]["label"] == "dismiss a match"
    told = at(desk, OPENING, "search", "harbour authority deaths", "list", "sourcing", "order", "open", "back", "next")
    assert "Harbour Authority" in told.out
    assert "Most worth checking first." in told.out
    assert "By Jonah Averill" in told.out or "Jonah Averill" in told.out


def test_a_second_checker_reviews(desk: CommandLine) -> None:
    desk.ok("verdict", "record", desk.claim(OPENING)["id"], "--level", "wrong", "--rationale", "13.")
    refused = at(desk, OPENING, "review", "1", "agrees", "")
    assert "Not done. Ana Brook recorded this verdict" in refused.out
    number = desk.claim(OPENING)["number"]
    given = f"goto\n{number}\nreview\n1\ndisagrees\nconfirmed\nThe recording says 31.\n\n"
    desk.ok("review", "plain", desk.article(), "--as", "Ben Holt", given=given)
    (review,) = desk.claim(OPENING)["reviews"]
    assert (review["outcome"], review["level"], review["author"]) == ("disagrees", "confirmed", "Ben Holt")


def test_the_end_of_input_keeps_a_draft_that_is_taken_up(desk: CommandLine) -> None:
    at(desk, OPENING, "verdict", "", "wrong", "Half a thought")
    assert desk.claim(OPENING)["verdicts"] == []
    done = at(desk, OPENING, "verdict", "", "", "", "")
    assert "So far: Half a thought" in done.out
    (verdict,) = desk.claim(OPENING)["verdicts"]
    assert (verdict["level"], verdict["rationale"]) == ("wrong", "Half a thought")


def test_the_editor_writes_a_rationale(desk: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho "Written elsewhere." > "$1"\n', encoding="utf-8")
    editor.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(editor))
    at(desk, OPENING, "verdict", "", "wrong", "e", "")
    assert [item["rationale"] for item in desk.claim(OPENING)["verdicts"]] == ["Written elsewhere."]
    monkeypatch.setenv("EDITOR", "false")
    told = at(desk, OPENING, "verdict", "", "confirmed", "e")
    assert "the text is as it was" in told.out
    assert desk.claim(OPENING)["verdicts"][0]["level"] == "wrong"


def test_ascii_has_no_typographic_sign_and_wrong_answers_are_told(desk: CommandLine) -> None:
    told = at(
        desk, OPENING, "show", "matches", "cite", "99", "", "fly", "0", "goto", "x", "goto", "9999", options="--ascii"
    )
    assert not set("“”‘’…·–—×") & set(told.out)
    assert "There is no 99 here." in told.out
    assert "There is no fly here." in told.out
    assert "There is no claim 9999" in told.out


def test_bytes_that_are_no_text_are_refused(desk: CommandLine) -> None:
    done = desk("review", "plain", desk.article(), given=b"search\n\xff\xfe\n")
    assert done.code == 3
    assert desk.report() == ""


def test_every_deed_has_a_number_a_word_and_a_letter_of_its_own() -> None:
    for number, deed in enumerate(DEEDS, 1):
        assert named(str(number)) is named(deed.word) is named(deed.letter) is deed
    assert named("0") is None
    assert named("²") is None
    assert named("re") is None


def test_ctrl_c_leaves_a_question_and_then_the_article(sample_home: Path, tmp_path: Path) -> None:
    desk = CommandLine(sample_home)
    environment = os.environ | {
        "CLAIM_WORKBENCH_HOME": str(sample_home), "CLAIM_WORKBENCH_ENCODER": "off", "PYTHONPATH": str(ROOT),
        "TERM": "dumb",
    }  # fmt: skip
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "workbench.cli", "review", "plain", desk.article(), "--read-only"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    ) as child:
        os.close(theirs)
        _until(ours, "What now?")
        os.write(ours, b"goto\n")
        _until(ours, "Which number?")
        child.send_signal(signal.SIGINT)
        assert "Nothing was recorded" in _until(ours, "What now?")
        child.send_signal(signal.SIGINT)
        _until(ours, "what was done so far is kept")
        assert child.wait(20) == 130
    os.close(ours)


def _until(descriptor: int, words: str) -> str:
    seen, deadline = b"", time.monotonic() + 20
    while words.encode() not in b" ".join(seen.split()):
        assert time.monotonic() < deadline, seen.decode()
        if select.select([descriptor], [], [], 0.5)[0]:
            seen += os.read(descriptor, 4096)
    return seen.decode()
