"""The child that reads documents of strangers: bounded, confined, replaced when it fails; and hostile files, one by one."""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_files import PAGE, docx, eml, paragraph, pdf, word_xml

from workbench.errors import InputRefused
from workbench.intake.formats import Format
from workbench.intake.model import IncomingDocument
from workbench.intake.sandbox import Limits, Sandbox
from workbench.intake.sandbox.limits import seccomp_filter
from workbench.intake.sandbox.process import Cancelled
from workbench.intake.sandbox.wire import from_wire, to_wire

MEGABYTE = 1024 * 1024
needs_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits differ elsewhere")


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    """One sandbox for the tests that do not look at its child."""
    with Sandbox(Limits(memory=400 * MEGABYTE, processor=2, waiting=30)) as sandbox:
        yield sandbox


def test_one_child_reads_many_files_and_is_gone_afterwards() -> None:
    with Sandbox() as sandbox:
        pids = set()
        for _ in range(3):
            (found,) = sandbox.read(Format.HTML, PAGE.encode(), "page.html")
            pids.add(sandbox.pid)
            assert found.title == "Dam holds"
        with pytest.raises(InputRefused, match="without text"):
            list(sandbox.read(Format.PDF, pdf([[]]), "scan.pdf"))
        (found,) = sandbox.read(Format.DOCX, docx(word_xml(paragraph("It held."))), "a.docx")
        assert found.text == "It held."
        pids.add(sandbox.pid)
        (pid,) = pids
        assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_reader_that_is_left_early_leaves_no_answers_for_the_next() -> None:
    rows = json.dumps([{"text": f"Row {number}."} for number in range(50)]).encode()
    with Sandbox() as sandbox:
        reading = sandbox.read(Format.JSON, rows, "rows.json")
        assert next(reading).text == "Row 0."
        reading.close()
        (found,) = sandbox.read(Format.EML, eml(b"The dam held."), "a.eml")
        assert found.text.endswith("The dam held.")


def test_a_stop_ends_the_child_at_once() -> None:
    with Sandbox() as sandbox, pytest.raises(Cancelled):
        list(sandbox.read(Format.HTML, PAGE.encode(), "page.html", lambda: True))
    assert sandbox.pid is None


ASK = """
import os, socket, subprocess, sys
from workbench.intake.sandbox.limits import confine
confine(1 << 30)
def tried(what):
    try:
        what()
    except (OSError, MemoryError, SystemError) as error:
        return type(error).__name__
    return "done"
import ctypes
library = ctypes.CDLL(None, use_errno=True)
print(tried(lambda: socket.socket()), library.socket(2, 1, 0), library.execve(b"/bin/true", None, None),
      tried(lambda: open(sys.argv[1], "w")), tried(lambda: subprocess.run(["/bin/true"])), tried(lambda: bytearray(2 << 30)))
"""


@needs_linux
def test_the_child_may_neither_talk_nor_write_nor_start_anything(tmp_path: Path) -> None:
    import subprocess

    target = tmp_path / "written"
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(target)], check=True, capture_output=True, text=True, env={"PYTHONPATH": root}
    )
    assert done.stdout.split() == ["PermissionError", "-1", "-1", "PermissionError", "PermissionError", "MemoryError"]
    assert not target.exists()


def test_the_filter_has_a_jump_for_every_call() -> None:
    code = seccomp_filter(1, (10, 20, 30))
    steps = [code[at : at + 8] for at in range(0, len(code), 8)]
    jumps = [(place, step[2]) for place, step in enumerate(steps) if step[0] == 0x15 and place > 3]
    assert {place + 1 + jump for place, jump in jumps} == {len(steps) - 1}


LAUGHS = docx(f'<!DOCTYPE l [<!ENTITY a "{"ha" * 50}"><!ENTITY b "{"&a;" * 50}">]><l>&b;</l>')
NESTED = b"".join(
    b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (level, level + 1) for level in range(500)
)
BARE = b"--B\r\n\r\nx\r\n" * 2_000
MANY = b"--B\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 2_000


@needs_linux
@pytest.mark.parametrize(
    ("form", "data", "said"),
    [
        (Format.JSON, b'["' + b"[" * 2_000_000, "JSON|deep"),
        (Format.JSON, b"[" * 2_000_000, "nested too deeply"),
        (Format.JSON, b"[" + b"{}," * 20_000_000 + b"{}]", "memory|time|processor"),
        (Format.HTML, b"<div>" * 300_000 + b"hi", "nested too deeply"),
        (Format.HTML, b"<p>" + b"word " * 3_000_000, "too long|characters|memory"),
        (Format.HTML, b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">hi", "attributes"),
        (Format.HTML, b"<p " + b" ".join(b'a%d=">"' % n for n in range(60_000)) + b">hi", "processor"),
        (Format.HTML, b"<html><script>" + b"x" * MEGABYTE, "without text"),
        (Format.DOCX, docx("<a " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"), "without text"),
        (Format.DOCX, docx("<a>" * 500_000 + "</a>" * 500_000), "without text"),
        (Format.DOCX, LAUGHS, "entities"),
        (Format.EML, eml(NESTED, b"Content-Type: multipart/mixed; boundary=b0\r\n"), "parts|deep|message"),
        (Format.EML, eml(MANY, b"Content-Type: multipart/mixed; boundary=B\r\n"), "parts"),
        (Format.EML, eml(BARE, b"Content-Type: multipart/mixed; boundary=B\r\n"), "parts"),
        (Format.EML, b"\x00\x01\x02" * 1000, "not an e-mail"),
        (Format.BIBTEX, b"@a{" * 200_000, "no reference"),
        (Format.RIS, b"TY  - JOUR\n" * 300_000, "no reference"),
    ],
    ids=["json text", "json depth", "json size", "html depth", "html length", "html attributes",
         "html attributes in disguise", "html script", "xml attributes",
         "xml depth", "billion laughs", "mail depth", "mail parts", "mail parts without type", "mail noise", "bibtex", "ris"],
)  # fmt: skip
def test_hostile_files_are_refused_by_name_within_seconds(
    shared: Sandbox, form: Format, data: bytes, said: str
) -> None:
    started = time.monotonic()
    with pytest.raises(InputRefused, match=said) as refusal:
        list(shared.read(form, data, "odd\x1b[31m.file"))
    assert "odd␛[31m.file" in refusal.value.message
    assert time.monotonic() - started < 30


def test_an_answer_that_is_too_long_is_cut_off() -> None:
    rows = json.dumps([{"text": "word " * 2000} for _ in range(50)]).encode()
    with Sandbox(Limits(answer=100_000)) as sandbox, pytest.raises(InputRefused, match="MB of text"):
        list(sandbox.read(Format.JSON, rows, "rows.json"))


def test_a_document_survives_the_pipe() -> None:
    with Sandbox() as sandbox:
        (found,) = sandbox.read(Format.HTML, PAGE.encode(), "page.html")
    assert from_wire(to_wire(found)) == found


@pytest.mark.parametrize(
    "change",
    [{"text": 3}, {"text": "\ud800"}, {"blocks": [[0, 99_999, "title"]]}, {"blocks": [[2, 1, "title"]]}, {"blocks": [[0, 1, "x"]]},
     {"published": "soon"}, {"links": [[0, True, "x"]]}, {"fact_check": {}}, {"sections": [["a", "b"]]}],
)  # fmt: skip
def test_what_no_honest_child_sends_is_refused(change: dict[str, object]) -> None:
    document = IncomingDocument("Hello there", None, (), None, None, None, "en", "text/plain", "0" * 64)
    value = json.loads(to_wire(document)) | change
    with pytest.raises(ValueError, match=r"\S"):
        from_wire(json.dumps(value).encode())
