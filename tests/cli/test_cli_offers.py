"""Offers, the helper and check-worthiness on the command line."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Tests are imported one by one, without their folders; this makes the server that they share importable.
sys.path.append(str(Path(__file__).parents[1]))

from cli_desk import CommandLine
from helper_server import Server, running

ARTICLE = (
    "The Fire\n\nOfficials said on Monday that 31 people, who had been working on the quay, were killed in the harbour fire, "
    "the worst accident since 1987. "
    "The mayor, a former baker, is the best speaker the town has ever had.\n"
)


@pytest.fixture
def fire(line: CommandLine) -> CommandLine:
    """A desk with one short article."""
    line.ok("article", "add", "-", given=ARTICLE)
    return line


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as state:
        yield state


def offers(line: CommandLine, *arguments: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = line.ok("claim", "offers", *arguments, "--format", "json").json["offers"]
    return found


def test_offers_are_listed_accepted_reworded_dropped_and_listed_again(fire: CommandLine) -> None:
    key = fire.claim("Officials")["id"]
    first, *rest = offers(fire, key)
    listed = fire.ok("claim", "offers", key)
    assert str(first["id"])[-6:] in listed.out
    assert "on offer" in listed.err
    assert "★ offered " in fire.ok("claim", "offers", fire.article()).out
    made = fire.ok("claim", "accept", key, str(first["id"])[-6:], "--wording", "31 people died.").out.strip()
    shown = fire.ok("claim", "show", made, "--format", "json").json["claim"]
    assert (shown["wording"], shown["original"], shown["wording_edited"]) == ("31 people died.", first["wording"], True)
    assert (shown["relation"], shown["parent"], shown["fragments"]) == (first["relation"], key, first["fragments"])
    assert f"edited; at first: {first['wording']}" in " ".join(fire.ok("claim", "show", made).out.split())
    assert "(wording edited)" in fire.ok("claims", fire.article()).out
    fire.ok("claim", "drop", key, "--all")
    assert offers(fire, key) == []
    states = {item["id"]: item["state"] for item in offers(fire, key, "--all")}
    assert states[first["id"]] == "accepted"
    assert [states[item["id"]] for item in rest] == ["dropped"] * len(rest)
    fire.ok("undo")
    assert [item["id"] for item in offers(fire, key)] == [item["id"] for item in rest]
    fire.ok("claim", "accept", key, "--all")
    assert offers(fire, key) == []


def test_reliable_offers_of_an_article_are_accepted_at_once(fire: CommandLine) -> None:
    made = fire.ok("claim", "accept", "--reliable", fire.article())
    assert "apposition: The mayor is a former baker" in made.err
    again = fire("claim", "accept", "--reliable", fire.article())
    assert (again.code, again.out) == (3, "")


def test_relations_attribution_and_kinds_with_their_words_are_shown(fire: CommandLine) -> None:
    listed = fire.ok("claims", fire.article()).out
    assert "relative: 31 people had been working on the quay" in listed
    assert "(said by Officials, an official source)" in listed
    content = next(item for item in fire.claims() if item["relation"] == "content")
    assert any("31" in reason for reason in content["reasons_for_kinds"])
    assert 1 <= len(content["reasons_for_checkworthiness"]) <= 3
    assert content["attribution"]["type"] == "official"
    told = " ".join(fire.ok("claim", "show", content["id"]).out.split())
    assert f"worth {content['checkworthiness']:.2f} of 1: {content['reasons_for_checkworthiness'][0]}" in told
    assert "factual: “31”" in told


def test_claims_by_check_worthiness_leave_nothing_out(fire: CommandLine) -> None:
    by_place = fire.claims()
    found = fire.ok("claims", fire.article(), "--order", "checkworthiness", "--format", "json").json["claims"]
    assert {item["id"] for item in found} == {item["id"] for item in by_place}
    tops = [item["checkworthiness"] for item in found if item["depth"] == 0]
    assert tops == sorted(tops, reverse=True)
    assert fire("claims", fire.article(), "--order", "age").code == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("accept",), 2),
        (("accept", "KEY"), 2),
        (("accept", "KEY", "abcd", "--all"), 2),
        (("accept", "--reliable", "ARTICLE", "--all"), 2),
        (("accept", "KEY", "zzzz"), 3),
        (("drop", "KEY", "zzzz"), 3),
        (("drop", "KEY", "abcd", "--all"), 2),
        (("offers", "zzzz"), 3),
        (("propose", "KEY", "--send"), 3),
    ],
)
def test_what_cannot_be_meant_is_refused(fire: CommandLine, arguments: tuple[str, ...], code: int) -> None:
    key = fire.claim("Officials")["id"]
    before = fire.ok("history", "--format", "json").out
    result = fire("claim", *(key if argument == "KEY" else argument for argument in arguments))
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("workbench: ")
    assert fire.ok("history", "--format", "json").out == before


def test_the_report_says_relation_speaker_and_edited_wording(fire: CommandLine) -> None:
    key = fire.claim("Officials")["id"]
    first = offers(fire, key)[0]
    made = fire.ok("claim", "accept", key, first["id"], "--wording", "31 people died there.").out.strip()
    fire.ok("verdict", "record", made, "--level", "open", "--rationale", "not yet known")
    text = fire.ok("report", fire.article()).out
    assert f"**Relation to the sentence**: {first['relation']}" in text or first["relation"] in text
    assert "31 people died there." in text
    claim = next(
        item for item in json.loads(fire.ok("report", fire.article(), "--format", "json").out)["claims"]
        if item["id"] == made
    )  # fmt: skip
    assert (claim["wording_edited"], claim["original"]) == (True, first["wording"])
    assert claim["relation"] == first["relation"]
    assert "edited; at first: " in text


def test_the_helper_is_asked_only_after_somebody_agreed(fire: CommandLine, server: Server) -> None:
    key = fire.claim("Officials")["id"]
    off = fire("claim", "propose", key)
    assert (off.code, "off" in off.err) == (3, True)
    fire.ok("settings", "set", "helper.url", server.url)
    fire.ok("settings", "set", "helper.model", "tiny-model")
    assert fire.ok("settings", "get", "helper.model").out.strip() == "tiny-model"
    listed = fire.ok("settings", "list", "--format", "json").json["settings"]
    assert {item["name"]: item["value"] for item in listed}["helper.url"] == server.url
    refused = fire("claim", "propose", key, given="")
    assert (refused.code, server.asked) == (3, [])
    assert "warning: " in refused.err
    assert "Officials said on Monday" in refused.err
    server.claims(["31 people", "were killed in the harbour fire"], ["nine people drowned"])
    asked = fire.ok("claim", "propose", key, "--send")
    assert len(server.asked) == 1
    assert "rejected, not in the sentence to the letter: nine people drowned" in asked.err
    found = [item for item in offers(fire, key, "--all") if item["helper"] == "tiny-model"]
    server.claims(["on Monday", "working on the quay"])
    fire.ok("claim", "propose", key, "--send")
    found = [item for item in offers(fire, key) if item["helper"]]
    assert [item["wording"] for item in found] == ["On Monday working on the quay"]
    made = fire.ok("claim", "accept", key, found[0]["id"]).out.strip()
    assert fire.ok("claim", "show", made, "--format", "json").json["claim"]["helper"] == "tiny-model"
    assert "proposed by the helper, tiny-model" in fire.ok("claims", fire.article()).out


def test_a_key_is_not_taken_for_a_setting(line: CommandLine) -> None:
    for key in ("sk-abc123", "gsk_abc"):
        refused = line("settings", "set", "helper.key", key)
        assert refused.code == 3
        assert key not in refused.err
    line.ok("settings", "set", "helper.key", "HELPER_KEY")
    assert line.ok("settings", "get", "helper.key").out.strip() == "HELPER_KEY"
    line.ok("settings", "set", "helper.key", "")
    assert line.ok("settings", "get", "helper.key").out.strip() == ""


def test_check_worthiness_is_shown_refitted_and_reset(line: CommandLine) -> None:
    shown = line("checkworthiness", "show")
    assert shown.code == 4, "there is no database yet"
    prices = " ".join(f"Prices rose by {number} percent last year." for number in range(2, 14))
    songs = " ".join(f"The band of the mayor played song {number} loudly." for number in range(2, 14))
    line.ok("article", "add", "-", given=f"Songs\n\n{prices}\n\n{songs}\n")
    few = line("checkworthiness", "refit")
    assert (few.code, "0 accepted and 0 set-aside" in few.err) == (3, True)
    tops = [item for item in line.claims() if item["depth"] == 0]
    line.ok("claim", "set-aside", *[i["id"] for i in tops if "Prices" in i["wording"]], "--reason", "not music")
    for item in tops:
        if "band" in item["wording"]:
            line.ok("claim", "add", item["id"], "--implied", "There is a band.")
    assert "12 sentences taken up, 12 set aside" in line.ok("checkworthiness", "show").out
    measured = line.ok("checkworthiness", "refit", "--dry-run", "--format", "json").json
    assert measured["stored"] is False
    assert line.ok("checkworthiness", "show", "--format", "json").json["own"] is False
    told = line.ok("checkworthiness", "refit")
    assert f"{measured['after']['f1']:.3f}" in told.out
    assert "later splits use" in told.err
    own = line.ok("checkworthiness", "show", "--format", "json").json
    assert (own["own"], own["accepted"], own["author"]) == (True, 12, "Ana Brook")
    assert "this desk's own" in line.ok("checkworthiness", "show").out
    assert "refit check-worthiness" in line.ok("history").out
    line.ok("checkworthiness", "reset")
    assert line.ok("checkworthiness", "show", "--format", "json").json["own"] is False
    assert line("checkworthiness", "reset").code == 3
