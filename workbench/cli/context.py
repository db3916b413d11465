"""What every command shares: which database, who acts, and the workbench on it, opened when first needed."""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.types import WORDS
from workbench.errors import Misuse

if TYPE_CHECKING:
    from workbench.app import Opening, Workbench


@dataclass(slots=True)
class Call:
    """One call of the command line: its global options and the workbench that it opened."""

    db: Path | None = None
    name: str | None = None
    read_only: bool = False
    even_shared_folder: bool = False
    _open: "Workbench | None" = field(default=None, repr=False)

    def opening(self) -> "Opening":
        """The database of this call, about to be opened for the screen, and made where there is none.

        Raises StoreError or InputRefused.
        """
        from workbench.app import opening

        return opening(
            self.db,
            create=not self.read_only,
            read_only=self.read_only,
            as_name=self.name,
            even_shared_folder=self.even_shared_folder,
        )

    def workbench(self, *, create: bool = False, encoder: bool = False) -> "Workbench":
        """The workbench on the database of this call; opened once and closed when the call ends.

        `create` makes a database where there is none, which only commands that bring something in do. `encoder`
        begins to load the encoder. Raises StoreError or InputRefused.
        """
        from workbench.app import open_workbench

        if self._open is None:
            self._open = open_workbench(
                self.db,
                create=create and not self.read_only,
                read_only=self.read_only,
                as_name=self.name,
                start_encoder=encoder,
                even_shared_folder=self.even_shared_folder,
            )
            click.get_current_context().find_root().call_on_close(self._open.close)
        return self._open


WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
_DUMB = frozenset({"", "dumb", "unknown"})
_PASSWORD = re.compile(r"://.*@", re.DOTALL)

pass_call = click.make_pass_decorator(Call)


def _database(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not value.strip():
        raise Misuse("The name of the database is empty.", "Name a file after --db, such as desk.db.")
    if "://" in value:
        shown = _PASSWORD.sub("://***@", value)
        raise Misuse(f"{shown} is an address; this release works on files.", "Name a file, such as desk.db.")
    ctx.ensure_object(Call).db = Path(value).expanduser()


def _actor(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        if not value.strip():
            raise click.BadParameter("a name has at least one letter")
        ctx.ensure_object(Call).name = value.strip()


def _reading(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.ensure_object(Call).read_only = True


def _shared_folder(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.ensure_object(Call).even_shared_folder = True


def shared_options(*, hidden: bool) -> list[click.Parameter]:
    """--db, --as, --read-only and --even-shared-folder; accepted everywhere, shown in the help of `workbench` itself."""
    common: dict[str, Any] = {"expose_value": False, "hidden": hidden}
    return [
        click.Option(
            ["--db"], metavar="PATH", callback=_database, help="The database; CLAIM_WORKBENCH_DB names it too.", **common
        ),
        click.Option(
            ["--as"], metavar="NAME", type=WORDS, callback=_actor,
            help="Who acts; CLAIM_WORKBENCH_NAME names it too.", **common,
        ),
        click.Option(["--read-only"], is_flag=True, callback=_reading, help="Change nothing in the database.", **common),
        click.Option(
            ["--even-shared-folder"], is_flag=True, callback=_shared_folder,
            help="Open a database in a network or synchronised folder, where it may get damaged.", **common,
        ),
    ]  # fmt: skip


_ALSO = "--db, --as, --read-only and --even-shared-folder may stand here too; see “workbench --help”."


class StoreCommand(click.Command):
    """A command on the database: takes the options of every command after its name as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("epilog", _ALSO)
        super().__init__(*args, **kwargs)
        self.params += shared_options(hidden=True)


class StoreGroup(click.Group):
    """A group of commands on the database."""

    command_class = StoreCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("epilog", _ALSO)
        super().__init__(*args, **kwargs)
        self.params += shared_options(hidden=True)


def store_command(name: str, **settings: Any) -> Callable[[Callable[..., Any]], StoreCommand]:
    """Decorator for a command on the database that stands by itself."""
    return click.command(name, cls=StoreCommand, **settings)


def on_terminal() -> bool:
    """Whether a person sits at both ends, so that the screen can be opened; it is drawn on standard error."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def refuse_without_terminal() -> None:
    """Raise Misuse where the screen cannot be drawn, and name the way that leads on."""
    way = (
        "“workbench --help” lists the commands, which do the same; “workbench review plain ARTICLE” asks line by line."
    )
    if not on_terminal():
        raise Misuse("The terminal UI needs a terminal at both ends.", way)
    if os.environ.get("TERM", "") in _DUMB:
        named = os.environ.get("TERM") or "not set"
        raise Misuse(f"This terminal cannot place text on the screen (TERM is {named}).", way)


def in_browser() -> bool:
    """Whether a browser is at the other end: `serve` starts the screen with a driver that talks to it."""
    return os.environ.get("TEXTUAL_DRIVER", "") == WEB_DRIVER


def open_screen(call: Call, *, first_article: bool = False, tour: bool = False) -> int:
    """Open the terminal UI on the database of this call, perhaps with its first article open and the tour under way.

    Returns its exit code. Raises StoreError or InputRefused where the database cannot be opened; the terminal is then as
    it was. Found by name: the two front doors import nothing of each other.
    """
    screen = import_module("workbench.tui")
    code: int = screen.run(call.opening(), first_article=first_article, tour=tour)
    return code
