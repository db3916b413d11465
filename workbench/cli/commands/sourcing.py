"""`workbench article sourcing`: how an article sources itself."""

import click

from workbench.cli.context import Call, pass_call, store_command
from workbench.cli.output import out, out_json, width
from workbench.cli.render_references import sourcing_lines
from workbench.cli.shapes_references import sourcing as sourcing_shape
from workbench.cli.types import format_option


@store_command("sourcing", short_help="How an article sources itself.")
@click.argument("key", metavar="ARTICLE")
@format_option("text", "json")
@pass_call
def sourcing(call: Call, key: str, spelling: str) -> None:
    """What an article says of its own origin, to whom its claims go back, sources without a name, and who is quoted.

    Facts to weigh, never a score: an unnamed source can be a good one.
    """
    found = call.workbench().articles.sourcing(key)
    if spelling == "json":
        out_json(sourcing_shape(found))
        return
    for line in sourcing_lines(found, width()):
        out(line)
