"""Files of people's are read within bounds and never overwritten unasked; a database is never overwritten at all."""

import os
from pathlib import Path

import pytest

from workbench.app import Workbench
from workbench.errors import InputRefused
from workbench.files import read_bounded, write_whole


def test_a_report_never_overwrites_a_database(workbench: Workbench, tmp_path: Path) -> None:
    article = workbench.articles.add(b"The pier is 90 metres long.\n", "pier.txt")
    other = tmp_path / "other.db"
    workbench.sharing.backup(other)
    link = tmp_path / "link.md"
    link.symlink_to(workbench.store_path)
    for target in (workbench.store_path, other, link):
        with pytest.raises(InputRefused, match="never overwritten"):
            workbench.reports.write(article.id, "markdown", target, overwrite=True)
    assert workbench.articles.desk(article.id).claims
    assert workbench.sharing.check() == []


def test_pipes_folders_and_giants_are_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "giant").open("wb") as file:
        file.truncate(3_000_000_000)
    for name in ("pipe", "giant", ".", "missing"):
        with pytest.raises(InputRefused):
            read_bounded(tmp_path / name, 1_000_000)
    with pytest.raises(InputRefused):
        read_bounded(Path("/dev/zero"), 1_000_000)


def test_a_pipe_among_evidence_is_refused_by_name(workbench: Workbench, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe.jsonl")
    report = workbench.evidence.add_paths([tmp_path / "pipe.txt"])
    assert [Path(refusal.name).name for refusal in report.refused] == ["pipe.txt"]
    with pytest.raises(InputRefused):
        workbench.evidence.import_jsonl(tmp_path / "pipe.jsonl")


def test_what_is_written_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    write_whole(target, "one\r\n")
    with pytest.raises(InputRefused):
        write_whole(target, "two")
    assert target.read_bytes() == b"one\r\n"
    write_whole(target, "two", overwrite=True)
    assert target.read_text() == "two"
    assert list(tmp_path.iterdir()) == [target]
