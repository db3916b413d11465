"""`python -m docs.check`: do docs/commands.md and docs/keys.md say what the program says? `--write` makes it so.

Written from the tree of commands and from the screen's table of commands alone, so that a page and the program cannot
drift apart unseen.
"""

import difflib
import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from workbench.cli.main import cli
from workbench.errors import ExitCode
from workbench.tui.commands import Command, Scope, of_scope
from workbench.tui.wording import keys_named

PAGE = Path(__file__).parent / "commands.md"
KEYS_PAGE = Path(__file__).parent / "keys.md"

_HEAD = """\
# Commands

Written from the program by `python -m docs.check --write`; change the commands, not this page.

Every command is one verb of the program, and everything the terminal UI does can be done here. Data goes to standard
output, narration and progress to standard error. Texts never hold a raw control character; JSON escapes them, so that
it reads back to the letter. JSON shapes only ever gain fields. Keys are named by their end or their beginning, at least
four characters.

"""
_KEYS_HEAD = """\
# Keys

Written from the program by `python -m docs.check --write`; change the commands, not this page.

`?` shows the keys of the pane you are in, `ctrl+p` finds every command by its name. A capital letter is the letter with
shift. In a text field letters are typed as they are; leave it with `tab` or `escape` to use them as keys again, and
select words with shift and the arrow keys.

To change a key, name the command and its new keys in the settings file, which `workbench paths` shows; the name stands
in quotation marks, several keys are separated by commas:

    [keys]
    "desk.cite" = "C,f9"

Keys are written there as `escape`, `slash`, `question_mark`, `pagedown`, `ctrl+p`, and letters and digits as
themselves. Some terminals keep keys for themselves: `workbench keys` shows what yours sends.

"""
_EXIT_CODES = {
    ExitCode.DONE: "done",
    ExitCode.NO: "the answer is no: a check found problems, something of many was refused",
    ExitCode.MISUSE: "used wrongly",
    ExitCode.INPUT_REFUSED: "input refused, or what was named is not there; nothing was written",
    ExitCode.STORE_REFUSED: "the database was refused, is damaged, busy or read-only",
    ExitCode.CRASHED: "something failed that should not have; a report without any of your text was kept",
    ExitCode.CANCELLED: "stopped by Ctrl-C; what was done so far is kept",
}
_ENVIRONMENT = {
    "CLAIM_WORKBENCH_DB": "the database, where `--db` does not name one",
    "CLAIM_WORKBENCH_HOME": "one folder for settings, databases and caches, instead of the usual ones",
    "CLAIM_WORKBENCH_NAME": "who acts, where `--as` does not say",
    "CLAIM_WORKBENCH_ENCODER": "`off`: search by words only",
}


def page() -> str:
    """The whole page."""
    root = click.Context(cli, info_name="workbench")
    parts = [_HEAD, _listing("Exit codes", {str(int(code)): text for code, text in _EXIT_CODES.items()})]
    parts.append(_listing("Environment", _ENVIRONMENT))
    parts.append("## Options of every command\n\n" + "".join(_options(cli, root)) + "\n")
    for section, rows in cli.sections():
        parts.append(f"## {section}\n\n")
        for name, _ in rows:
            command = cli.get_command(root, name)
            if command is not None:
                parts += _command(command, root, name)
    return "".join(parts).rstrip("\n") + "\n"


def _listing(title: str, rows: dict[str, str]) -> str:
    return f"## {title}\n\n" + "".join(f"- `{name}`: {text}\n" for name, text in rows.items()) + "\n"


def _command(command: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    ctx = click.Context(command, info_name=name, parent=parent)
    pieces = " ".join(piece for piece in command.collect_usage_pieces(ctx) if piece != "[OPTIONS]")
    usage = f"{ctx.command_path} {pieces}".rstrip()
    level = "###" if parent.parent is None else "####"
    yield f"{level} `{usage}`\n\n{_plain(command.help or '')}\n\n"
    options = list(_options(command, ctx))
    if options:
        yield "".join(options) + "\n"
    if isinstance(command, click.Group):
        for inner in command.list_commands(ctx):
            child = command.get_command(ctx, inner)
            if child is not None:
                yield from _command(child, ctx, inner)


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
        if record is not None and "--help" not in parameter.opts:
            yield f"- `{record[0]}`: {_plain(record[1])}\n"


def _plain(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text))
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def keys_page() -> str:
    """The whole page of keys, scope by scope, in the order of the table."""
    return (_KEYS_HEAD + "".join(_scope(scope) for scope in Scope)).rstrip("\n") + "\n"


def _scope(scope: Scope) -> str:
    rows = "".join(_row(command) for command in of_scope(scope))
    return f"## {scope.value}\n\n| Keys | Command | What it does | Name |\n|---|---|---|---|\n{rows}\n" if rows else ""


def _row(command: Command) -> str:
    keys = " or ".join(f"`{keys_named(key)}`" for key in command.keys.split(",") if key) or "in the palette"
    cells = (keys, command.title, command.help, f"`{command.id}`")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def main(arguments: Sequence[str]) -> int:
    """Compare the pages with the program, or write them; returns the exit code."""
    writing = arguments == ["--write"]
    differing = [_settle(path, wanted, writing=writing) for path, wanted in ((PAGE, page()), (KEYS_PAGE, keys_page()))]
    if not any(differing):
        return 0
    sys.stderr.write("Run python -m docs.check --write.\n")
    return 1


def _settle(path: Path, wanted: str, *, writing: bool) -> bool:
    """Make one page say what is wanted where `writing` says so, else tell the difference; returns whether one stays."""
    found = path.read_text(encoding="utf-8") if path.exists() else ""
    if found == wanted:
        return False
    if writing:
        path.write_text(wanted, encoding="utf-8")
        return False
    difference = difflib.unified_diff(
        found.splitlines(), wanted.splitlines(), f"docs/{path.name}", "the program", n=1, lineterm=""
    )
    sys.stderr.write("\n".join([*difference, ""]))
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
