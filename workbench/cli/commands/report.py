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
    type=click.Choice(("markdown", "html", "json", "claimreview")),
    default="markdown",
    show_default=True,
    help="How to write it.",
)
@click.option("-o", "--output", type=FILE, help="Write to this file instead of standard output.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.option("--even-quoting", is_flag=True, help="Even if it repeats words of a confidential document.")
@click.option("--page", default="", metavar="URL", help="Where the check is published; for claimreview.")
@pass_call
def report(
    call: Call, article: str, spelling: str, output: Path | None, force: bool, even_quoting: bool, page: str
) -> None:
    """Write an article's report: every claim with its verdict, its citations and what is open.

    “claimreview” writes the verdicts in force as ClaimReview (schema.org, JSON-LD) for other programs to read, and says on
    standard error which of the rules for that markup it breaks.
    """
    service = call.workbench().reports
    if output is None:
        out(service.render(article, spelling, even_quoting=even_quoting, page=page).rstrip("\n"))
    else:
        written = service.write(article, spelling, output, overwrite=force, even_quoting=even_quoting, page=page)
        say(f"wrote {written}")
    if spelling == "claimreview":
        for found in service.markup_lints(article, page=page):
            place = f"claim {found.claim}: " if found.claim is not None else ""
            say(f"{found.rule}: {place}{found.message}")
