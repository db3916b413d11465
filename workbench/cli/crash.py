"""What is told and kept when something fails that nobody expected: where in the program, never what was worked on."""

import platform
import secrets
import sqlite3
import sys
import traceback
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workbench import __version__, paths
from workbench.cli.output import say

_PACKAGES = ("workbench", "db")
_LIBRARIES = ("textual", "sqlalchemy", "sqlmodel", "click", "torch")


def tell(error: BaseException, command: str = "") -> None:
    """Say that something failed, and where the report lies."""
    text = report(error, command)
    where = _keep(text)
    say(
        "workbench: something went wrong that should not have.\n"
        "  Your database is safe: every action that was finished is saved, what was not finished was not written, and\n"
        "  what you were typing into a form is kept as a draft. Call workbench again to go on.\n"
        + (
            f"  A report for the makers is in {where};\n"
            "  it says where in the program it happened and holds no text, no names and no paths of yours."
            if where
            else f"  The report for the makers could not be saved, so here it is:\n{text}"
        )
    )


def report(error: BaseException, command: str = "") -> str:
    """The report: versions, the command, kinds of errors and places in the program; no message, value or path outside it."""
    lines = [
        f"Claim Workbench {__version__}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.machine()}",
        ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES),
        f"command: {command or 'the screen'}",
        f"at {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
        "",
    ]
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        frames = traceback.extract_tb(link.__traceback__)
        lines += [f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        link = link.__cause__ or link.__context__
        if link is not None:
            lines.append("because of")
    return "\n".join(lines) + "\n"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _place(filename: str) -> str:
    """A file of the program by its place in it; a path of this machine is not told."""
    parts = Path(filename).parts
    for marker in ("site-packages", f"python{sys.version_info.major}.{sys.version_info.minor}", *_PACKAGES):
        if marker in parts:
            at = len(parts) - 1 - parts[::-1].index(marker)
            return "/".join(parts[at if marker in _PACKAGES else at + 1 :])
    return parts[-1] if parts else "?"


def _keep(text: str) -> Path | None:
    folder = paths.data_dir() / "reports"
    name = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return name
