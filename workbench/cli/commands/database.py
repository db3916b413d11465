"""`workbench db`: the database file itself."""

from pathlib import Path

import click

from workbench.cli.context import Call, StoreGroup, pass_call
from workbench.cli.layout import counted, fields, wrap
from workbench.cli.output import out, out_json, say, width
from workbench.cli.types import FILE, format_option
from workbench.errors import ExitCode
from workbench.paths import default_db

DAMAGE = "damage"
"""The severity of a problem that is one; others are only worth knowing."""


@click.group("db", cls=StoreGroup, short_help="The database file: facts, check, backup, upgrade.")
def database() -> None:
    """The database file. Never copy one with cp while it is open: `db backup` makes a copy that is whole."""


@database.command("info", short_help="Facts about the database.")
@format_option("text", "json")
@pass_call
def info(call: Call, spelling: str) -> None:
    """Facts about the database: where it is and what it holds."""
    found = call.workbench().sharing.info()
    facts = {
        "path": found.path,
        "desk": found.desk,
        "schema": found.schema,
        "size": found.size,
        "articles": found.articles,
        "claims": found.claims,
        "documents": found.documents,
        "passages": found.passages,
        "snapshots": found.snapshots,
        "snapshot_bytes": found.snapshot_bytes,
        "pending": found.pending,
        "sources": found.sources,
        "revisions": found.revisions,
        "conflicts": found.conflicts,
        "read_only": found.read_only,
    }
    if spelling == "json":
        out_json(facts)
        return
    spoken = {
        "size": f"{found.size:,} bytes",
        "pending": f"{counted(found.pending, 'passage')} not encoded yet",
        "read_only": "yes" if found.read_only else "no",
    }
    plain = {name: f"{value:,}" if isinstance(value, int) else value for name, value in facts.items()}
    rows = [(name.replace("_", " "), str(value)) for name, value in (plain | spoken).items()]
    out(fields(rows, width()))


@database.command("check", short_help="Look for damage.")
@format_option("text", "json")
@pass_call
def check(call: Call, spelling: str) -> None:
    """Hold every row against its hash and every table against the history. Exit code 1 when something is damaged."""
    from workbench.services.sharing import check_file

    path = call.db or default_db()
    problems = check_file(path)
    damage = [problem for problem in problems if problem.severity.value == DAMAGE]
    if spelling == "json":
        rows = [{"severity": problem.severity.value, "message": problem.message} for problem in problems]
        out_json({"path": str(path), "problems": rows})
    elif problems:
        out("\n".join(wrap(problem.message, width(), f"{problem.severity.value:<7} ") for problem in problems))
    if damage:
        say(f"{counted(len(damage), 'place')} damaged; keep a copy of the file, then restore the last good backup")
        click.get_current_context().exit(ExitCode.NO)
    say(f"{path} is whole")


@database.command("backup", short_help="A complete copy, also while the database is in use.")
@click.argument("path", type=FILE)
@pass_call
def backup(call: Call, path: Path) -> None:
    """Write a complete copy to a new file, also while the database is in use; confidential documents included."""
    call.workbench().sharing.backup(path)
    say(f"wrote {path}, a complete copy with everything confidential in it; use “share pack” for another desk")


@database.command("upgrade", short_help="Bring an older database to this release's schema.")
@pass_call
def upgrade(call: Call) -> None:
    """Bring an older database to this release's schema; a checked backup is made beside it first."""
    found = call.workbench().sharing.info()
    say(f"{found.path} has schema {found.schema}, the one of this release")


@database.command("reindex", short_help="Make anew what search reads.")
@pass_call
def reindex(call: Call) -> None:
    """Make anew what search reads: the index and lists of words, the signs of vectors, and which documents share words.
    Nothing else is changed.

    For a database in which `db check` found that these do not fit the passages.
    """
    call.workbench().sharing.reindex()
    say("made the index of words, their lists and the signs of vectors anew, and compared the documents")
