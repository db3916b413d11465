"""`workbench report`: an article's report on standard output or in a file."""

from pathlib import Path

import click

from workbench.cli.context import Call, pass_call, store_command
from workbench.cli.output import out, say
from workbench.cli.types import FILE


@store_command("report", short_help="Write an article's report.")
@click.argument("article")
@click.option(
    "--format",
    "spelling",
    type=click.Choice(("markdown", "html", "json")),
    default="markdown",
    show_default=True,
    help="How to write it.",
)
@click.option("-o", "--output", type=FILE, help="Write to this file instead of standard output.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.option("--even-quoting", is_flag=True, help="Even if it repeats words of a confidential document.")
@pass_call
def report(call: Call, article: str, spelling: str, output: Path | None, force: bool, even_quoting: bool) -> None:
    """Write an article's report: every claim with its verdict, its citations and what is open."""
    service = call.workbench().reports
    if output is None:
        out(service.render(article, spelling, even_quoting=even_quoting).rstrip("\n"))
    else:
        written = service.write(article, spelling, output, overwrite=force, even_quoting=even_quoting)
        say(f"wrote {written}")
