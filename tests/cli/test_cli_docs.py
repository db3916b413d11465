"""The page of commands is the one that the program writes."""

from pathlib import Path

import pytest

from docs import check
from workbench.cli.main import ENTRIES


def test_the_page_says_what_the_program_says() -> None:
    assert check.main([]) == 0
    written = check.PAGE.read_text(encoding="utf-8")
    for name in ENTRIES:
        assert f"### `workbench {name}" in written


def test_a_page_that_differs_is_told_and_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "commands.md"
    monkeypatch.setattr(check, "PAGE", target)
    assert check.main([]) == 1
    target.write_text(check.page().replace("--force", "--violence"), encoding="utf-8")
    assert check.main([]) == 1
    assert "-- `--violence`" in capsys.readouterr().err
    assert check.main(["--write"]) == 0
    assert check.main([]) == 0
