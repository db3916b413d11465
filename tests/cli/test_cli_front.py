"""The way in: help, global options, misuse, and what failures say."""

from pathlib import Path

import click
import pytest
from cli_desk import SAMPLE, CommandLine

from workbench import __version__
from workbench.cli.main import ENTRIES, cli
from workbench.services.articles import ArticleService


def test_help_names_every_command_under_a_heading(line: CommandLine) -> None:
    shown = line.ok("--help").out
    for name, entry in ENTRIES.items():
        assert f"  {name} " in shown
        assert entry.section in shown
    assert max(len(row) for row in shown.splitlines()) <= 80
    assert line.ok("-h").out == shown


@pytest.mark.parametrize("name", ENTRIES)
def test_the_table_says_what_the_command_itself_says(name: str) -> None:
    command = ENTRIES[name].load()
    assert command.name == name
    assert command.short_help == ENTRIES[name].help


def _commands(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    inside = command.list_commands(click.Context(command)) if isinstance(command, click.Group) else []
    found = [(path, command)]
    for name in inside:
        child = command.get_command(click.Context(command), name)  # type: ignore[attr-defined]
        found += _commands(child, (*path, name))
    return found


@pytest.mark.parametrize(
    ("path", "command"), _commands(cli), ids=lambda item: " ".join(item) if isinstance(item, tuple) else ""
)
def test_every_command_has_help_and_every_option_too(
    line: CommandLine, path: tuple[str, ...], command: click.Command
) -> None:
    shown = line.ok(*path, "--help").out
    assert command.help
    assert shown.startswith("Usage: workbench")
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert max(len(row) for row in shown.splitlines()) <= 80
    assert not line.home.exists()


def test_the_version(line: CommandLine) -> None:
    assert line.ok("--version").out == f"workbench {__version__}\n"


@pytest.mark.parametrize("place", ["before", "between", "after", "joined"])
def test_the_database_may_be_named_anywhere(line: CommandLine, tmp_path: Path, place: str) -> None:
    db = tmp_path / "named.db"
    add = ["article", "add", str(SAMPLE / "article.md")]
    arguments = {
        "before": ["--db", str(db), *add],
        "between": [add[0], "--db", str(db), *add[1:]],
        "after": [*add, "--db", str(db)],
        "joined": [*add, f"--db={db}"],
    }[place]
    line.ok(*arguments)
    assert db.exists()
    assert not line.db.exists()
    assert line("article", "list").code == 4


def test_the_later_name_of_who_acts_wins(line: CommandLine) -> None:
    line.ok("--as", "Cy Dale", "source", "add", "A")
    line.ok("source", "add", "B", "--as", "Ben Holt")
    authors = [item["author"] for item in line.ok("history", "--format", "json").json["actions"]]
    assert authors == ["Ben Holt", "Cy Dale"]
    assert line("source", "add", "C", "--as", " ").code == 2


def test_an_address_instead_of_a_file_is_refused(line: CommandLine) -> None:
    result = line("--db", "postgresql://localhost/desk", "article", "list")
    assert (result.code, "works on files" in result.err) == (2, True)


def test_without_a_command_and_without_a_terminal(line: CommandLine) -> None:
    result = line()
    assert (result.code, result.out) == (2, "")
    assert "needs a terminal" in result.err


def test_a_group_without_a_command_shows_its_help_as_misuse(line: CommandLine) -> None:
    result = line("article")
    assert (result.code, result.out) == (2, "")
    assert "export" in result.err
    assert "--db, --as, --read-only" in result.err


def test_an_unknown_command_is_answered_with_the_nearest(line: CommandLine) -> None:
    result = line("artcle", "list")
    assert (result.code, result.out) == (2, "")
    assert "Did you mean 'article'" in result.err
    assert "workbench --help" in result.err


def test_an_unknown_option_is_one_line(line: CommandLine) -> None:
    result = line("article", "add", "--tilte", "x", "y")
    assert (result.code, len(result.err.splitlines())) == (2, 1)
    assert "--title" in result.err
    assert "workbench article add --help" in result.err


def test_hostile_arguments_come_back_visible(line: CommandLine) -> None:
    line.ok("source", "add", "A")
    for arguments in (("claims", "\x1b[31mabcd"), ("\x1b]0;x\x07",), ("article", "add", "--\x1b[2J")):
        result = line(*arguments)
        assert result.code in (2, 3)
        assert "\x1b" not in result.err
        assert "31mabcd" in result.err or "2J" in result.err or "x1b]0;x" in result.err


def test_a_text_that_is_not_utf_8_is_misuse(line: CommandLine) -> None:
    result = line("source", "add", "caf\udce9")
    assert (result.code, "not text in UTF-8" in result.err) == (2, True)


def test_a_failure_nobody_expected_leaves_a_report_without_any_text(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: ArticleService) -> None:
        try:
            int("the article says Edda Lorne")
        except ValueError as error:
            raise RuntimeError("about Edda Lorne in /home/edda/secret.db") from error

    line.ok("source", "add", "A")
    monkeypatch.setattr(ArticleService, "list", fail)
    result = line("article", "list")
    assert (result.code, result.out) == (70, "")
    assert "Edda" not in result.err
    kept = line.report()
    assert "builtins.RuntimeError" in kept
    assert "because of\nbuiltins.ValueError" in kept
    assert "workbench/cli/commands/article.py" in kept
    assert "tests" not in kept.replace("test_cli_front.py", "")
    assert "Edda" not in kept
    assert "edda" not in kept
    assert str(Path.home()) not in kept


def test_a_report_that_cannot_be_kept_is_shown(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: ArticleService) -> None:
        raise RuntimeError("x")

    line.ok("source", "add", "A")
    (line.home / "data" / "reports").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(ArticleService, "list", fail)
    result = line("article", "list")
    assert (result.code, "builtins.RuntimeError" in result.err) == (70, True)


def test_ctrl_c_says_that_what_was_done_is_kept(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: ArticleService) -> None:
        raise KeyboardInterrupt

    line.ok("source", "add", "A")
    monkeypatch.setattr(ArticleService, "list", stop)
    result = line("article", "list")
    assert result.code == 130
    assert "what was done so far is kept" in result.err
