"""Bringing in what people have: folders of everything, what was received, and where it may go."""

import json
import os
import socket
import sqlite3
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "intake"))

from made_files import BIBTEX, PAGE, RIS, docx, eml, paragraph, pdf, word_xml

from db.errors import DamagedStore
from db.vocabulary import Confidentiality
from workbench.app import Workbench
from workbench.errors import InputRefused, NotFound
from workbench.intake.fetching import Fetched
from workbench.services import importing
from workbench.services.views import Progress

Desk = Callable[..., Workbench]
CHECK = {"@type": "ClaimReview", "claimReviewed": "The radar worked", "reviewRating": {"alternateName": "Mostly false"},
         "author": {"name": "Coast Checks"}, "url": "https://checks.example/1"}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good file of every kind, and with what must be refused."""
    place = tmp_path / "case"
    (place / "deep" / "er").mkdir(parents=True)
    good: dict[str, bytes] = {
        "notes.txt": b"The radar was dark since January.",
        "story.md": b"# The ferry\n\nIt ran aground.",
        "page.html": PAGE.encode(),
        "minutes.pdf": pdf([["The board met on Tuesday."], ["A vote was taken."]]),
        "deep/report.docx": docx(word_xml(paragraph("The dam held."))),
        "deep/er/mail.eml": eml(b"We were lucky."),
        "rows.jsonl": b'{"id": "r1", "text": "A row."}\n',
        "table.csv": b"text,date\nThe wall fell.,2026-03-03\n",
        "feed.json": json.dumps([CHECK]).encode(),
        "lib.ris": RIS.encode(),
        "lib.bib": BIBTEX.encode(),
    }
    bad = {
        "scan.pdf": pdf([[]]),
        "old.doc": b"\xd0\xcf\x11\xe0",
        "none.docx": docx(None),
        "nul.txt": b"a\x00b",
        "empty.md": b"",
    }
    for name, data in (good | bad).items():
        (place / name).write_bytes(data)
    (place / ".hidden.txt").write_bytes(b"Hidden.")
    with (place / "huge.pdf").open("wb") as file:
        file.write(b"%PDF-1.4")
        file.truncate(2 * 1024**3)
    os.mkfifo(place / "pipe.txt")
    (place / "away.txt").symlink_to("/etc/hostname")
    (place / "loop").symlink_to(place)
    return place


def test_a_folder_of_everything_comes_in_and_what_cannot_is_named(
    workbench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Progress] = []
    with socket.socket(socket.AF_UNIX) as pipe:
        # The name of a socket may not be long.
        monkeypatch.chdir(folder)
        pipe.bind("socket.txt")
    report = workbench.evidence.add_paths([folder], progress=seen.append)
    assert report.added == 12
    assert {Path(refusal.name).name for refusal in report.refused} == {
        "scan.pdf", "old.doc", "none.docx", "nul.txt", "empty.md", "huge.pdf", "pipe.txt", "away.txt", "loop", "socket.txt",
    }  # fmt: skip
    files = [one for one in seen if one.unit == "files"]
    assert files[-1].done == files[-1].total == 19
    kinds = {view.document.media_type for view in workbench.evidence.list()}
    assert {"text/html", "application/pdf", "message/rfc822", "text/csv", "application/x-bibtex"} <= kinds
    assert workbench.sharing.check() == []


def test_adding_a_folder_again_reads_nothing_anew(
    workbench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = [folder / name for name in ("page.html", "minutes.pdf", "deep")]
    assert workbench.evidence.add_paths(only).added == 4

    def forbidden(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("workbench.intake.sandbox.Sandbox.read", forbidden)
    report = workbench.evidence.add_paths(only)
    assert (report.added, report.known, report.refused) == (0, 4, ())
    held = workbench.evidence.add_paths(only, confidentiality=Confidentiality.CONFIDENTIAL)
    assert (held.known, held.tightened) == (4, 4)


def test_a_stop_keeps_what_came_and_goes_on_later(
    workbench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    only = [folder / name for name in ("notes.txt", "story.md", "minutes.pdf", "page.html")]
    seen: list[Progress] = []
    report = workbench.evidence.add_paths(only, progress=seen.append, cancelled=lambda: bool(seen))
    assert report.cancelled
    assert workbench.evidence.count() == report.added < 4
    again = workbench.evidence.add_paths(only)
    assert (again.added, again.known) == (4 - report.added, report.added)


def test_what_was_received_is_kept_once_and_given_back(workbench: Workbench, folder: Path) -> None:
    data = (folder / "minutes.pdf").read_bytes()
    workbench.evidence.add_paths([folder / "minutes.pdf"])
    (folder / "copy.pdf").write_bytes(data)
    workbench.evidence.add_paths([folder / "copy.pdf"], source_name="The Harbour Office")
    info = workbench.sharing.info()
    assert (info.documents, info.snapshots) == (2, 1)
    (view,) = workbench.evidence.show("1").receipts
    assert (view.receipt.name, view.receipt.media_type, view.receipt.size, view.kept) == (
        "minutes.pdf", "application/pdf", len(data), True,
    )  # fmt: skip
    assert view.receipt.received_at.tzinfo is not None
    assert workbench.snapshots.get("1").data == data


def test_a_row_is_kept_where_it_is_asked_for(workbench: Workbench, folder: Path) -> None:
    rows = folder / "rows.jsonl"
    workbench.evidence.import_jsonl(rows)
    with pytest.raises(NotFound, match="Nothing was kept"):
        workbench.snapshots.get("r1")
    workbench.evidence.import_jsonl(rows, keep_rows=True)
    assert workbench.snapshots.get("r1").data == rows.read_bytes().strip()
    workbench.evidence.add_paths([folder / "table.csv"])
    assert json.loads(workbench.snapshots.get("2").data) == {"text": "The wall fell.", "date": "2026-03-03"}


def test_an_address_is_kept_with_the_way_to_it(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Fetched("https://a.example/", "https://b.example/dam", ("https://a.example/",), PAGE.encode(), "text/html",
                    "dam", "overridden")  # fmt: skip
    monkeypatch.setattr(importing, "fetch", lambda *_: found)
    assert workbench.evidence.add_address("https://a.example/").added == 1
    detail = workbench.evidence.show("1")
    assert detail.view.document.url == "https://b.example/dam"
    receipt = detail.receipts[0].receipt
    assert (receipt.url, receipt.hops, receipt.robots, receipt.name) == (
        "https://b.example/dam", ["https://a.example/"], "overridden", "",
    )  # fmt: skip


def test_fact_checks_are_kept_field_by_field(workbench: Workbench, folder: Path) -> None:
    workbench.evidence.add_paths([folder / "feed.json"])
    checked = workbench.evidence.show("1").fact_check
    assert checked is not None
    assert (checked.claim_reviewed, checked.rating_label, checked.reviewer) == (
        "The radar worked", "Mostly false", "Coast Checks",
    )  # fmt: skip
    assert workbench.matching.match("The radar worked all the winter on the ferry", meaning=False).matches


def test_shares_carry_what_may_leave_and_merging_brings_it(desk: Desk, folder: Path, tmp_path: Path) -> None:
    ada, bo = desk("ada"), desk("bo")
    ada.evidence.add_paths([folder])
    ada.evidence.set_confidentiality(_number(ada, "message/rfc822"), Confidentiality.CONFIDENTIAL)
    summary = ada.sharing.pack(tmp_path / "share.db")
    assert summary.snapshots == 11
    report = bo.sharing.merge(tmp_path / "share.db")
    assert report.new_snapshots == summary.snapshots
    assert bo.snapshots.get(_number(bo, "application/pdf")).data == (folder / "minutes.pdf").read_bytes()
    checked = bo.evidence.show(_number(bo, "application/ld+json;type=ClaimReview")).fact_check
    assert checked is not None
    assert checked.rating_label == "Mostly false"
    assert bo.sharing.merge(tmp_path / "share.db").changes_nothing
    assert bo.sharing.check() == []
    raw = (tmp_path / "share.db").read_bytes()
    secret = zlib.compress(eml(b"We were lucky."), 6)
    assert secret not in raw
    assert b"mail.eml" not in raw


def _number(workbench: Workbench, media_type: str) -> str:
    return next(str(view.document.id) for view in workbench.evidence.list() if view.document.media_type == media_type)


def test_bytes_shared_with_a_confidential_document_stay(desk: Desk, folder: Path, tmp_path: Path) -> None:
    ada = desk("ada")
    ada.evidence.add_paths([folder / "minutes.pdf"])
    ada.evidence.add_paths(
        [folder / "minutes.pdf"], source_name="An informant", confidentiality=Confidentiality.CONFIDENTIAL
    )
    assert ada.sharing.pack(tmp_path / "share.db", even_quoting=True).snapshots == 0


def test_a_share_without_snapshots_still_says_what_was_received(desk: Desk, folder: Path, tmp_path: Path) -> None:
    ada, bo = desk("ada"), desk("bo")
    ada.evidence.add_paths([folder / "minutes.pdf"])
    ada.sharing.pack(tmp_path / "share.db", with_snapshots=False)
    bo.sharing.merge(tmp_path / "share.db")
    (view,) = bo.evidence.show("1").receipts
    assert (view.receipt.name, view.kept) == ("minutes.pdf", False)
    with pytest.raises(NotFound, match="not in this file"):
        bo.snapshots.get("1")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE snapshot SET data = zeroblob(length(data))", "Snapshot"),
        ("UPDATE snapshot SET size = size + 1", "Snapshot"),
        ("UPDATE receipt SET size = size + 1", "another length"),
        ("DELETE FROM receipt", "belongs to no document"),
    ],
)
def test_damage_to_what_was_received_is_seen(desk: Desk, folder: Path, harm: str, said: str) -> None:
    ada = desk("ada")
    ada.evidence.add_paths([folder / "minutes.pdf"])
    path = ada.store_path
    ada.close()
    connection = sqlite3.connect(path)
    connection.execute(harm)
    connection.commit()
    connection.close()
    again = desk("ada")
    assert any(said in problem.message for problem in again.sharing.check())
    if "data" in harm:
        with pytest.raises(DamagedStore, match="damaged"):
            again.snapshots.get("1")


def records(data: bytes) -> list[tuple[dict[str, str], bytes]]:
    """The records of a WARC file, read as ISO 28500 has them."""
    found = []
    while data:
        head, _, rest = data.partition(b"\r\n\r\n")
        version, *lines = head.decode().split("\r\n")
        assert version == "WARC/1.1"
        headers = dict(line.split(": ", 1) for line in lines)
        length = int(headers["Content-Length"])
        assert rest[length : length + 4] == b"\r\n\r\n"
        found.append((headers, rest[:length]))
        data = rest[length + 4 :]
    return found


def test_warc_files_read_back_and_leave_out_what_is_confidential(workbench: Workbench, folder: Path) -> None:
    workbench.evidence.add_paths([folder / "minutes.pdf", folder / "deep" / "er" / "mail.eml"])
    workbench.evidence.set_confidentiality("2", Confidentiality.CONFIDENTIAL)
    pieces: list[bytes] = []
    report = workbench.snapshots.warc([], pieces.append, compress=False)
    assert (report.written, report.withheld) == (1, 1)
    first, resource, metadata = records(b"".join(pieces))
    assert first[0]["WARC-Type"] == "warcinfo"
    assert resource[1] == (folder / "minutes.pdf").read_bytes()
    assert resource[0]["WARC-Target-URI"] == "file:///minutes.pdf"
    assert resource[0]["WARC-Block-Digest"].startswith("sha256:")
    assert metadata[0]["WARC-Refers-To"] == resource[0]["WARC-Record-ID"]
    assert len({headers["WARC-Record-ID"] for headers, _ in (first, resource, metadata)}) == 3
    with pytest.raises(InputRefused, match="confidential"):
        workbench.snapshots.warc(["2"], pieces.append, compress=False)
    packed: list[bytes] = []
    workbench.snapshots.warc([], packed.append, compress=True, even_confidential=True)
    assert len(records(b"".join(map(_gunzip, packed)))) == 5


def _gunzip(data: bytes) -> bytes:
    found = b""
    while data:
        machine = zlib.decompressobj(31)
        found += machine.decompress(data)
        data = machine.unused_data
    return found


def test_articles_come_in_every_format_that_holds_one_text(workbench: Workbench) -> None:
    article = workbench.articles.add(PAGE.encode(), "dam.html", url="https://b.example/dam")
    desk = workbench.articles.desk(article.id)
    assert (article.title, article.byline, article.outlet) == ("Dam holds", "Jane Doe", "Valley Ledger")
    assert desk.version.media_type == "text/html"
    assert "steal" not in desk.version.text
    assert workbench.articles.add(pdf([["The board met on Tuesday."]]), "minutes.pdf").title
    with pytest.raises(InputRefused, match="many documents"):
        workbench.articles.add(RIS.encode(), "lib.ris")


def test_the_open_database_is_never_read_as_evidence(workbench: Workbench) -> None:
    report = workbench.evidence.add_paths([workbench.store_path.parent])
    assert any("database that is open" in refusal.message for refusal in report.refused)
