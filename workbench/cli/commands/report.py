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
@pass_call
def report(call: Call, article: str, spelling: str, output: Path | None, force: bool) -> None:
    """Write an article's report: every claim with its verdict, its citations and what is open."""
    service = call.workbench().reports
    if output is None:
        out(service.render(article, spelling).rstrip("\n"))
    else:
        say(f"wrote {service.write(article, spelling, output, overwrite=force)}")
