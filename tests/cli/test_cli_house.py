"""Settings, paths, doctor, keys and the demonstration."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_desk import CommandLine

from workbench.cli.commands.doctor import wal_is_safe
from workbench.cli.commands.keys import describe


def test_settings_are_set_read_and_listed_with_where_they_come_from(line: CommandLine) -> None:
    line.ok("settings", "set", "desk", "The Courier")
    line.ok("settings", "set", "ascii", "on")
    assert line.ok("settings", "get", "desk").out == "The Courier\n"
    listed = {item["name"]: item for item in line.ok("settings", "list", "--format", "json").json["settings"]}
    assert listed["ascii"]["value"] is True
    assert listed["name"]["from"] == "CLAIM_WORKBENCH_NAME"
    assert "The Courier" in line.ok("settings").out
    assert line("settings", "get", "nonsense").code == 3
    assert line("settings", "set", "ascii", "perhaps").code == 3


def test_a_setting_goes_back_to_its_default_and_a_wrong_value_is_refused(line: CommandLine) -> None:
    line.ok("settings", "set", "theme", "workbench-light")
    line.ok("settings", "set", "desk", "The Courier")
    line.ok("settings", "set", "helper.model", "tiny")
    for name, value in (("theme", "mauve"), ("weight", "101"), ("scale", "nonsense"), ("keys", "x")):
        assert line("settings", "set", name, value).code == 3, name
    line.ok("settings", "unset", "theme")
    line.ok("settings", "unset", "helper.model")
    listed = {item["name"]: item for item in line.ok("settings", "list", "--format", "json").json["settings"]}
    assert (listed["theme"]["value"], listed["theme"]["from"]) == ("", "default")
    assert listed["helper.model"]["from"] == "default"
    assert listed["desk"]["value"] == "The Courier"
    assert line("settings", "unset", "nonsense").code == 3


def test_keys_are_changed_unless_another_command_has_them(line: CommandLine) -> None:
    assert "Y or F11" in line.ok("settings", "key", "desk.why", "Y,f11").err
    taken = line("settings", "key", "desk.compare", "v")
    assert (taken.code, "v is taken by “Verdict” (desk.verdict)" in taken.err) == (3, True)
    assert line("settings", "key", "desk.fly", "f").code == 3
    assert line.ok("settings", "get", "keys").out == "desk.why = Y,f11\n"
    assert "w" in line.ok("settings", "key", "desk.why").err
    assert line.ok("settings", "get", "keys").out == "\n"


@pytest.mark.parametrize("terminal", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_place_text_is_refused_with_the_way_out(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch, terminal: str
) -> None:
    monkeypatch.setattr("workbench.cli.commands.demo.on_terminal", lambda: True)
    monkeypatch.setattr("workbench.cli.context.on_terminal", lambda: True)
    monkeypatch.setenv("TERM", terminal)
    for arguments in ((), ("demo",)):
        result = line(*arguments)
        assert (result.code, result.out) == (2, "")
        assert "cannot place text on the screen" in result.err
        assert "review plain" in result.err
    assert not line.home.exists()


def test_plain_marks_are_used_where_the_settings_say_so(desk: CommandLine) -> None:
    desk.ok("settings", "set", "ascii", "on")
    assert ". to check" in desk.ok("claims", desk.article()).out


def test_a_broken_settings_file_is_named(line: CommandLine) -> None:
    file = line.home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("name = [", encoding="utf-8")
    result = line("article", "list")
    assert (result.code, str(file) in result.err) == (3, True)


def test_paths_stay_under_the_home_that_was_given(line: CommandLine, tmp_path: Path) -> None:
    found = line.ok("paths", "--format", "json").json
    assert all(value.startswith(str(line.home)) for value in found.values())
    assert line.ok("--db", tmp_path / "x.db", "paths", "--format", "json").json["database"] == str(tmp_path / "x.db")
    assert str(line.home / "config" / "settings.toml") in line.ok("paths").out.split()


def test_doctor_looks_at_everything(reader: CommandLine) -> None:
    found = reader.ok("doctor", "--format", "json").json["findings"]
    states = {item["name"]: item["state"] for item in found}
    assert states["database"] == states["sqlite"] == states["encoder"] == states["data"] == "fine"
    assert "✓ fine    database" in reader.ok("doctor").out


def test_doctor_without_a_database_makes_none(line: CommandLine) -> None:
    assert "not there yet" in " ".join(line.ok("doctor").out.split())
    assert not line.db.exists()


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 7), True),
     ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True)],
)  # fmt: skip
def test_which_sqlite_is_safe_with_a_write_ahead_log(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (b"\x1b[A", "up"),
        (b"\x0b", "ctrl+k"),
        (b"\x1bx", "alt+x"),
        (b"q", "q"),
        ("é".encode(), "é"),
        (b"\x1b[99z", "(not named)"),
    ],
)
def test_keys_are_named_with_the_bytes_they_send(sent: bytes, name: str) -> None:
    shown = describe(sent)
    assert shown.startswith(name)
    assert " ".join(f"{byte:02x}" for byte in sent) in shown
    assert shown.isprintable()


def test_keys_needs_a_terminal(line: CommandLine) -> None:
    assert line("keys").code == 2


def test_keys_on_a_real_terminal(line: CommandLine) -> None:
    leader, follower = pty.openpty()
    environment = os.environ | {"CLAIM_WORKBENCH_HOME": str(line.home)}
    with subprocess.Popen(
        [sys.executable, "-m", "workbench.cli", "keys"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
    ) as child:
        os.close(follower)
        shown = _read_until(leader, b"Press keys")
        os.write(leader, b"\x1b[5~")
        shown += _read_until(leader, b"page up")
        os.write(leader, b"\x04")
        assert child.wait(timeout=20) == 0
    os.close(leader)
    assert b"1b 5b 35 7e" in shown
    assert b"\x1b" not in shown


def _read_until(descriptor: int, wanted: bytes) -> bytes:
    seen, deadline = b"", time.monotonic() + 20
    while wanted not in seen and time.monotonic() < deadline:
        if select.select([descriptor], [], [], 1)[0]:
            seen += os.read(descriptor, 1024)
    return seen


def test_the_demonstration_does_the_whole_job_without_a_terminal(line: CommandLine) -> None:
    shown = line.ok("demo")
    assert shown.out.startswith("# Fact-check report: Kestria Breaks Its Silence")
    assert "✗ Wrong" in shown.out
    assert re.search(r"recorded the decisions on \d+ claims", shown.err)
    assert "words only" in shown.err
    assert not line.db.exists()
    assert sorted(item.name for item in (line.home / "data" / "demo").iterdir()) == ["report.db"]
