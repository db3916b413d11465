"""The command line as a process: streams, exit codes, pipes, signals, terminals."""

import json
import os
import pty
import select
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_desk import SAMPLE, CommandLine, raw_controls

from workbench.cli.progress import ProgressLine
from workbench.services.views import Progress

PROGRAM = [sys.executable, "-m", "workbench.cli"]
ROOT = Path(__file__).parents[2]
ROWS = "".join(json.dumps({"id": str(n), "text": f"Ship number {n} left the harbour."}) + "\n" for n in range(500))


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLAIM_WORKBENCH", "PYTHONIO"))}
    given = {"CLAIM_WORKBENCH_HOME": str(home), "CLAIM_WORKBENCH_ENCODER": "off", "PYTHONPATH": str(ROOT)}
    return kept | given | more


def run(home: Path, *arguments: object, stdin: str = "", **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [*PROGRAM, *(str(argument) for argument in arguments)]
    return subprocess.run(
        command, input=stdin.encode(), capture_output=True, env=environment(home, **more), check=False
    )


def test_data_and_narration_go_different_ways(sample_home: Path) -> None:
    done = run(sample_home, "match", "--text", "31 citizens", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["matches"]
    assert done.stderr.startswith(b"words only")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--version"], 0), (["artcle"], 2), (["split", "no-such-file"], 3), (["--db", "no-such.db", "undo"], 4)],
    ids=["done", "misuse", "refused", "store"],
)
def test_exit_codes_of_the_process(tmp_path: Path, arguments: list[str], code: int) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == code
    assert bool(done.stderr) is (code != 0)
    assert b"Traceback" not in done.stderr


def test_a_reader_that_had_enough_is_no_failure(tmp_path: Path) -> None:
    command = [*PROGRAM, "split", str(SAMPLE / "article.md"), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(tmp_path)) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        told = child.stderr.read()
    assert (child.returncode, told) == (0, b"")


def test_a_full_disk_under_the_output_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "split", str(SAMPLE / "article.md")], stdout=full, stderr=subprocess.PIPE, check=False,
            env=environment(tmp_path),
        )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.startswith(b"workbench: the output could not be written")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("closed", ["0", "1", "2"])
def test_a_closed_stream_is_no_failure(tmp_path: Path, closed: str) -> None:
    direction = "<" if closed == "0" else ">"
    command = f'"{sys.executable}" -m workbench.cli split - {closed}{direction}&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command], input=b"It rained.", capture_output=True, check=False, env=environment(tmp_path)
    )
    assert done.returncode == (3 if closed == "0" else 0)
    assert b"went wrong" not in done.stderr


def test_an_output_that_cannot_spell_a_letter_gets_plain_marks_and_escapes(reader: CommandLine) -> None:
    shown = run(reader.home, "claims", reader.article(), PYTHONIOENCODING="ascii")
    assert shown.returncode == 0
    assert b". to check" in shown.stdout
    assert b"Montaral's" in shown.stdout
    assert shown.stdout.isascii()
    text = ("compare", "The “Señora” left in 1997.", "The “Señora” left in 1998.")
    as_json = run(reader.home, *text, "--format", "json", PYTHONIOENCODING="ascii")
    assert as_json.stdout.isascii()
    assert json.loads(as_json.stdout)["findings"]
    assert b"!= " in run(reader.home, *text, PYTHONIOENCODING="ascii").stdout


def test_ctrl_c_in_an_import_keeps_the_batches_before(line: CommandLine) -> None:
    command = [*PROGRAM, "evidence", "import", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(line.home)
    ) as child:
        assert child.stdin is not None
        assert child.stderr is not None
        child.stdin.write("".join(ROWS.splitlines(keepends=True)[:300]).encode())
        child.stdin.flush()
        _wait_for_documents(line.db, 200, child.stderr.fileno())
        child.send_signal(signal.SIGINT)
        told = child.stderr.read()
    assert child.returncode == 130
    assert b"what was done so far is kept" in told
    again = line.ok("evidence", "import", "-", "--format", "json", given=ROWS).json
    assert (again["added"], again["known"]) == (300, 200)


def _wait_for_documents(database: Path, wanted: int, descriptor: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        select.select([descriptor], [], [], 0.1)
        if database.exists():
            connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
            try:
                if connection.execute("SELECT count(*) FROM document").fetchone()[0] >= wanted:
                    return
            except sqlite3.OperationalError:
                continue
            finally:
                connection.close()
    raise AssertionError("the first batch was never stored")


def test_ctrl_c_ends_an_import_between_two_batches(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: ProgressLine, progress: Progress) -> None:
        if progress.done == 200:
            signal.raise_signal(signal.SIGINT)

    file = tmp_path / "rows.jsonl"
    file.write_text(ROWS, encoding="utf-8")
    monkeypatch.setattr(ProgressLine, "__call__", stop)
    stopped = line("evidence", "import", file, "--format", "json")
    assert stopped.code == 130
    assert (stopped.json["added"], stopped.json["cancelled"]) == (200, True)
    monkeypatch.undo()
    assert line.ok("evidence", "import", file, "--format", "json").json["added"] == 300


def test_a_terminal_never_gets_a_raw_control_byte(line: CommandLine) -> None:
    evil = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\u202egnp.exe\u200b\x08"
    row = {"id": "a", "title": f"T {evil}", "source": evil, "text": f"{'It burned for hours. ' * 99}{evil}"}
    line.ok("evidence", "import", "-", given=json.dumps(row))
    line.ok("source", "add", f"S {evil}")
    line.ok("article", "add", "-", "--title", f"A {evil}", given=f"{'The harbour was shut. ' * 99}{evil}\n")
    article = line.article()
    commands = [
        ["evidence", "list"], ["evidence", "show", "a"], ["match", "--text", f"burned for hours {evil}"],
        ["source", "list"], ["article", "list"], ["claims", article], ["article", "export", article], ["history"],
        ["report", article], ["claim", "show", evil.replace("\x00", "")],
    ]  # fmt: skip
    shown = _on_terminal(line.home, commands)
    assert shown.count("\x1c") == len(commands)
    for command, part in zip(commands, shown.split("\x1c"), strict=False):
        assert len(part) > 20
        assert raw_controls(part.replace("\r\n", "\n")) == set(), command


def _on_terminal(home: Path, commands: list[list[str]]) -> str:
    """What a terminal gets from some command lines, run one after the other in one process; \x1c after each."""
    program = (
        "import sys; from workbench.cli.main import execute\n"
        f"for command in {commands!r}: execute(command); sys.stderr.flush(); sys.stdout.write(chr(28)); sys.stdout.flush()"
    )
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=follower, stdout=follower, stderr=follower, env=environment(home)
    ):
        os.close(follower)
        seen = b""
        while piece := _piece(leader):
            seen += piece
    os.close(leader)
    return seen.decode()


def _piece(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux tells that the other end of a terminal is closed
        return b""


@pytest.mark.parametrize("arguments", [["--help"], ["split", str(SAMPLE / "article.md")]], ids=["help", "split"])
def test_quick_commands_take_under_half_a_second_of_the_processor(tmp_path: Path, arguments: list[str]) -> None:
    spent = []
    for _ in range(3):
        child = subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.DEVNULL, env=environment(tmp_path))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0
        spent.append(usage.ru_utime + usage.ru_stime)
    assert min(spent) < 0.5


def test_passages_are_encoded_with_the_real_encoder(line: CommandLine) -> None:
    line.ok("evidence", "import", "-", given="".join(ROWS.splitlines(keepends=True)[:3]))
    done = run(line.home, "evidence", "embed", CLAIM_WORKBENCH_ENCODER="on")
    assert (done.returncode, done.stdout, b"encoded 3 passages" in done.stderr) == (0, b"", True)
    assert line.ok("db", "info", "--format", "json").json["pending"] == 0
