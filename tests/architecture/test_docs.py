"""The pages for users: their links lead somewhere, and what they tell people to type can be typed."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docs import check
from workbench.cli.main import cli

ROOT = Path(__file__).parents[2]
GENERATED = {check.PAGE, check.KEYS_PAGE}
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
GUIDES = [page for page in PAGES if page not in GENERATED and "decisions" not in page.parts]
WRITTEN_TO_BE_TYPED = {"README.md", "checking.md", "evidence.md", "sharing.md", "safety.md"}

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^(?:```|~~~)")
_INLINE = re.compile(r"(?<!`)`(workbench [^`]+)`(?!`)")
_HEADING = re.compile(r"^#+ +(.+)$")
_SHELL = {"|", ">", ">>", "<", "&&", ";"}
_ELLIPSIS = "…"


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(text: str) -> Iterator[str]:
    """The lines of fenced and indented blocks, without their indentation; a backslash at the end joins two."""
    fenced = False
    pending = ""
    for line in text.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            pending += line.strip()
            if pending.endswith("\\"):
                pending = pending[:-1]
                continue
            yield pending
            pending = ""


def typed(line: str) -> list[str] | None:
    """The arguments after `workbench` in one line of a block, None where it is output or something else."""
    line = line.removeprefix("$ ")
    if not re.match(r"(?:[A-Z_]+=\S* )*(?:\.venv/bin/)?workbench(?: |$)", line):
        return None
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|<>&;")
    lexer.whitespace_split = True
    words = list(lexer)
    end = next((place for place, word in enumerate(words) if word in _SHELL), len(words))
    start = next(place for place, word in enumerate(words) if word.endswith("workbench"))
    return words[start + 1 : end]


def refuse_unknown(arguments: list[str]) -> None:
    """Parse a command line to its end without running it; click raises where a command, option or value is unknown."""
    command: click.Command = cli
    parent, rest, name = None, arguments, "workbench"
    while True:
        ctx = command.make_context(name, list(rest), parent=parent)
        rest = [*getattr(ctx, "_protected_args", []), *ctx.args]
        if not isinstance(command, click.Group) or not rest:
            return
        inner, found, rest = command.resolve_command(ctx, rest)
        assert found is not None
        assert inner is not None
        command, parent, name = found, ctx, inner


def commands_in(page: Path) -> list[list[str]]:
    return [arguments for line in blocks(page.read_text(encoding="utf-8")) if (arguments := typed(line)) is not None]


def anchors(page: Path) -> set[str]:
    titles = (_HEADING.match(line) for line in page.read_text(encoding="utf-8").splitlines())
    plain = (re.sub(r"[^\w\- ]", "", title.group(1).lower()) for title in titles if title)
    return {title.replace(" ", "-") for title in plain}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", GUIDES, ids=name_of)
def test_what_is_to_be_typed_can_be_typed(page: Path) -> None:
    refused = []
    found = commands_in(page)
    assert found or page.name not in WRITTEN_TO_BE_TYPED
    for arguments in found:
        try:
            refuse_unknown(arguments)
        except click.ClickException as error:
            refused.append(f"{shlex.join(arguments)}: {error.format_message()}")
    assert refused == []


@pytest.mark.parametrize("page", GUIDES, ids=name_of)
def test_commands_that_are_mentioned_exist(page: Path) -> None:
    unknown = []
    for mention in _INLINE.findall(page.read_text(encoding="utf-8")):
        command: click.Command = cli
        for word in shlex.split(mention.replace(_ELLIPSIS, ""))[1:]:
            if not isinstance(command, click.Group) or word.startswith("-"):
                break
            inner = command.get_command(click.Context(command), word)
            if inner is None:
                unknown.append(mention)
                break
            command = inner
    assert unknown == []


@pytest.mark.parametrize("wrong", ["verdict recall 35e356", "claims 8c1cb2 --colour", "cite 35e356 1 --stance maybe"])
def test_a_wrong_command_is_seen(wrong: str) -> None:
    with pytest.raises(click.ClickException):
        refuse_unknown(wrong.split())


def test_lines_of_output_are_no_commands() -> None:
    assert typed("workbench: There is no database") is None
    assert typed("wrote backup.db") is None
    assert typed("$ HOME=/x workbench report 8c1cb2 > report.md  # kept") == ["report", "8c1cb2"]


def test_the_page_of_keys_has_every_command_of_the_screen() -> None:
    from workbench.tui.commands import COMMANDS

    page = check.KEYS_PAGE.read_text(encoding="utf-8")
    assert page == check.keys_page()
    assert [command.id for command in COMMANDS if f"| `{command.id}` |" not in page] == []
