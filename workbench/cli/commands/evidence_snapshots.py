"""`workbench evidence snapshot` and `warc`: what documents were received as, given back and exported."""

import sys
from pathlib import Path

import click

from workbench.cli.context import Call, StoreCommand, pass_call
from workbench.cli.layout import counted
from workbench.cli.output import say
from workbench.cli.progress import ProgressLine
from workbench.cli.types import FILE, WORDS
from workbench.errors import ExitCode, Misuse
from workbench.files import write_whole, writing_whole


@click.command("snapshot", cls=StoreCommand, short_help="The file or page that a document came from.")
@click.argument("key", metavar="DOCUMENT")
@click.option("-o", "--output", type=FILE, help="Write to this file instead of standard output.")
@click.option("--sha256", "digest", type=WORDS, default="", help="Which of several, by the beginning of its hash.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@pass_call
def snapshot(call: Call, key: str, output: Path | None, digest: str, force: bool) -> None:
    """Give back what a document was received as, byte for byte, after holding it against its hash.

    Of several the latest. It may be anything that a stranger made: open it with care.
    """
    workbench = call.workbench()
    if output is None and sys.stdout.isatty():
        raise Misuse("A snapshot is not written to a terminal.", "Name a file with -o.")
    given = workbench.snapshots.get(key, digest.lower())
    if output is None:
        sys.stdout.buffer.write(given.data)
        sys.stdout.buffer.flush()
    else:
        write_whole(output, given.data, overwrite=force, store=workbench.store_path)
        say(f"wrote {output}, {len(given.data):,} bytes, sha256 {given.receipt.sha256}")


@click.command("warc", cls=StoreCommand, short_help="Export what documents came from for web archives.")
@click.argument("keys", metavar="[DOCUMENT]...", nargs=-1)
@click.option("-o", "--output", type=FILE, required=True, help="The file; compressed where its name ends in .gz.")
@click.option("--even-confidential", is_flag=True, help="Confidential documents too.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@pass_call
def warc(call: Call, keys: tuple[str, ...], output: Path, even_confidential: bool, force: bool) -> None:
    """Write what documents were received as to a WARC 1.1 file (ISO 28500); without DOCUMENT, of all of them.

    Confidential documents stay out. Exit code 1 when nothing was written.
    """
    workbench = call.workbench()
    with writing_whole(output, overwrite=force, store=workbench.store_path) as write, ProgressLine() as progress:
        report = workbench.snapshots.warc(
            keys, write, compress=output.name.endswith(".gz"), even_confidential=even_confidential, progress=progress
        )
    if report.withheld:
        say(f"left out {counted(report.withheld, 'snapshot')} of confidential documents")
    if report.missing:
        say(f"left out {counted(report.missing, 'snapshot')} whose bytes are not in this database")
    say(f"wrote {counted(report.written, 'snapshot')} to {output}")
    if not report.written:
        click.get_current_context().exit(ExitCode.NO)
