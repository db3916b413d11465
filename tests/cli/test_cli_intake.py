"""Bringing in files, tables and addresses on the command line, and getting back what was received."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cli_desk import NASTY, CommandLine, raw_controls

PAGE = (
    "<html lang=en><title>Dam holds</title><article><h1>Dam holds</h1>"
    + "<p>The dam above the valley held at noon, said the mayor on Tuesday after a night of rain.</p>" * 4
    + "<script>steal()</script></article></html>"
).encode()


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """The page everywhere but where robots are told what not to fetch."""
        robots = self.path == "/robots.txt"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if robots else "text/html")
        self.end_headers()
        self.wfile.write(b"User-agent: *\nDisallow: /closed" if robots else PAGE)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    running.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    running.join()


def test_an_address_is_added_with_how_it_was_received(line: CommandLine, site: str, tmp_path: Path) -> None:
    line.ok("evidence", "add", f"{site}/dam", "--private-network")
    shown = line.ok("evidence", "show", "1", "--format", "json").json["document"]
    (received,) = shown["received"]
    assert (received["url"], received["robots"], received["kept"]) == (f"{site}/dam", "allowed", True)
    assert "steal" not in shown["text"]
    line.ok("evidence", "snapshot", "1", "-o", tmp_path / "dam.html")
    assert (tmp_path / "dam.html").read_bytes() == PAGE
    assert f"from {site}/dam" in line.ok("evidence", "show", "1").out


def test_addresses_are_refused_by_name_and_files_go_on(line: CommandLine, site: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The dam held.", encoding="utf-8")
    result = line("evidence", "add", tmp_path / "a.txt", f"{site}/dam".replace("http://", "http://u:p@"))
    assert result.code == 3
    assert "u:p" not in result.err
    result = line("evidence", "add", tmp_path / "a.txt", "http://127.0.0.1/dam")
    assert result.code == 1
    assert "not on the public internet" in result.err
    closed = line("evidence", "add", f"{site}/closed", "--private-network")
    assert closed.code == 3
    assert "robots.txt" in closed.err
    line.ok("evidence", "add", f"{site}/closed", "--private-network", "--ignore-robots")
    assert "robots.txt was overridden" in line.ok("evidence", "show", "2").out


def test_an_article_is_fetched(line: CommandLine, site: str) -> None:
    key = line.ok("article", "add", f"{site}/dam", "--private-network").out.strip()
    assert line.ok("article", "show", key, "--format", "json").json["article"]["title"] == "Dam holds"


def test_the_private_network_can_be_allowed_for_good(line: CommandLine, site: str) -> None:
    line.ok("settings", "set", "private_network", "on")
    line.ok("evidence", "add", f"{site}/dam")


def test_columns_of_a_table_are_named(line: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Wer;Aussage\nAna;Der Damm hält, sagte sie am Montag.\n", encoding="utf-8")
    refused = line("evidence", "add", table)
    assert refused.code == 3
    assert "Wer, Aussage" in refused.err
    assert "--column" in refused.err
    line.ok("evidence", "add", table, "--column", "text=Aussage", "--column", "authors=Wer")
    shown = line.ok("evidence", "show", "1", "--format", "json").json["document"]
    assert (shown["authors"], shown["language"]) == (["Ana"], "de")
    assert line("evidence", "add", table, "--column", "Aussage").code == 2


def test_a_warc_file_is_written_whole_or_not_at_all(line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The dam held.", encoding="utf-8")
    line.ok("evidence", "add", tmp_path / "a.txt", "--confidentiality", "confidential")
    target = tmp_path / "all.warc"
    assert line("evidence", "warc", "-o", target, "1").code == 3
    assert not target.exists()
    result = line("evidence", "warc", "-o", target)
    assert (result.code, target.exists()) == (1, True)
    assert line("evidence", "warc", "-o", target).code == 3
    line.ok("evidence", "warc", "-o", target, "1", "--even-confidential", "--force")
    assert b"The dam held." in target.read_bytes()


def test_rows_are_kept_on_demand(line: CommandLine, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": "r1", "text": "A row."}\n', encoding="utf-8")
    line.ok("evidence", "import", rows)
    assert line("evidence", "snapshot", "r1", "-o", tmp_path / "x").code == 3
    line.ok("evidence", "import", rows, "--keep-rows")
    assert line.ok("evidence", "snapshot", "r1").out == '{"id": "r1", "text": "A row."}'


def test_names_of_files_cannot_act_on_the_terminal(line: CommandLine, tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b[31m\u202efdp.txt"
    odd.write_text("The dam held at noon on Tuesday.", encoding="utf-8")
    line.ok("evidence", "add", odd)
    shown = line.ok("evidence", "show", "1")
    assert raw_controls(shown.out) == set()
    refused = line("evidence", "add", NASTY / "binary.bin")
    assert refused.code == 3


def test_split_reads_what_articles_may_be(line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "dam.html").write_bytes(PAGE)
    assert line.ok("split", tmp_path / "dam.html", "--format", "json").json["language"] == "en"
