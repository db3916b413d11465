"""`workbench compare`: the engine alone, on two texts, without a database."""

from datetime import date

import click

from workbench.cli.output import out, out_json, width, words_or_input
from workbench.cli.render_findings import finding_line
from workbench.cli.types import DAY, WORDS, format_option
from workbench.matching import compare as compare_texts
from workbench.matching import findings_to_json


@click.command("compare", short_help="Say where a passage agrees or differs; no database.")
@click.argument("claim", type=WORDS)
@click.argument("passage", type=WORDS, metavar="PASSAGE|-")
@click.option("--claim-date", type=DAY, help="When the claim was made, for dates such as “on Monday”.")
@click.option("--passage-date", type=DAY, help="When the passage was written.")
@format_option("text", "json")
def compare(claim: str, passage: str, claim_date: date | None, passage_date: date | None, spelling: str) -> None:
    """Say where a passage agrees with a claim and where it differs; no database.

    Compared are figures, dates, names, negation, speakers, units and quotations. None of it is a verdict.
    """
    findings = compare_texts(claim, words_or_input(passage), claim_date=claim_date, passage_date=passage_date)
    if spelling == "json":
        out_json(findings_to_json(findings))
        return
    lines = [finding_line(found, width()) for found in findings]
    out("\n".join(lines) if lines else "Nothing to compare: no figure, date, name or quotation on both sides.")
