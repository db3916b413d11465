"""Origins on the command line: the chain, circles, joining and splitting."""

from cli_desk import CommandLine

WIRES = ["sample-wire-original", "sample-wire-saltmarsh-daily", "sample-wire-brennick-post"]


def names(desk: CommandLine, *key: str) -> list[set[str]]:
    """The titles' sources of each origin."""
    found = desk.ok("evidence", "origins", *key, "--format", "json").json["origins"]
    return [{item["source"] for item in origin["documents"]} for origin in found]


def test_the_agency_report_and_its_copies_are_one_origin(reader: CommandLine) -> None:
    listed = reader.ok("evidence", "origins")
    assert listed.out.splitlines()[0].endswith("Kestria breaks silence on Puerto Lirio blaze")
    assert "5 documents" in listed.out
    shown = reader.ok("evidence", "origins", "sample-wire-lanternfield-herald").out
    assert "1 origin · 5 documents · probably began with 1: the agency’s own report" in shown
    assert ">  4  Nation lowers its flags" in shown
    assert "shares 155 words with 1" in shown
    (origin,) = reader.ok("evidence", "origins", WIRES[1], "--format", "json").json["origins"]
    assert origin["confidence"] == "likely"
    assert [item["place"] for item in origin["documents"]] == [1, 2, 3, 4, 5]
    assert origin["documents"][1]["ties"][0]["sign"] == "shared words"


def test_circular_reporting_is_flagged(reader: CommandLine) -> None:
    shown = reader.ok("evidence", "origins", "sample-portside-monitor-leak").out
    assert "! circular reporting: 1 and 2" in shown
    assert "where it began is not known" in shown
    assert "same owner" in reader.ok("evidence", "origins", "sample-portside-monitor-leak", "--format", "json").out


def test_split_and_join_with_a_reason(desk: CommandLine) -> None:
    told = desk.ok("evidence", "split", WIRES[2], WIRES[0], "--reason", "They had somebody there.")
    assert "now has another origin than" in told.err
    assert names(desk, WIRES[2]) == [{"The Brennick Post"}]
    assert len(names(desk, WIRES[0])[0]) == 4
    assert "split from document" in desk.ok("evidence", "origins", WIRES[2]).out
    assert "split documents’ origins" in desk.ok("undo").err
    assert len(names(desk, WIRES[2])[0]) == 5
    desk.ok("evidence", "join", "sample-toll-bulletin", WIRES[0], "--reason", "Written from the wire.")
    assert len(names(desk, WIRES[0])[0]) == 6
    desk.ok("evidence", "unlink", WIRES[0], "sample-toll-bulletin")
    assert len(names(desk, WIRES[0])[0]) == 5
    before = desk.ok("evidence", "origins", "--format", "json").out
    assert desk.ok("evidence", "origins", "--again", "--format", "json").out == before


def test_the_origins_of_what_a_claim_cites(desk: CommandLine) -> None:
    claim = desk.claim("confirmed on Sunday")["id"]
    assert desk.ok("evidence", "origins", claim).out == ""
    for key in (*WIRES[:2], "sample-pm-statement"):
        desk.ok("cite", claim, key, "--stance", "supports", "--role", "secondary")
    assert len(names(desk, claim)) == 2


def test_matches_fold_copies_and_json_tells_which(reader: CommandLine) -> None:
    words = "31 of the country’s nationals had lost their lives at Puerto Lirio"
    shown = reader.ok("match", "--text", words).out
    assert "passages with the same words" in shown
    found = reader.ok("match", "--text", words, "--format", "json").json
    wires = [item for item in found["matches"] if item["document"].startswith("sample-wire-")]
    assert len({item["origin"] for item in wires}) == 1
    assert any(item["copy_of"] for item in wires)
    assert all(item["copy_of"] is None or item["copy_of"] < item["rank"] for item in found["matches"])


def test_wrong_use_is_named(reader: CommandLine) -> None:
    assert reader("evidence", "origins", "nothing-like-it").code == 3
    assert reader("evidence", "join", WIRES[0], WIRES[0], "--reason", "x").code == 3
    assert reader("evidence", "split", WIRES[0], WIRES[1]).code == 2
    assert reader("evidence", "split", WIRES[0], WIRES[1], "--reason", " ").code == 3
    assert reader("evidence", "unlink", WIRES[0], WIRES[1]).code == 3
