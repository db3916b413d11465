"""`compare`: every place where a passage can be held against a claim."""

from datetime import date

from workbench.matching.discrepancies.contrasts import contrast_findings
from workbench.matching.discrepancies.figures import MOST_DATES, MOST_FIGURES, figure_findings, measure
from workbench.matching.discrepancies.model import Finding
from workbench.matching.discrepancies.names import name_findings
from workbench.matching.discrepancies.persons import person_findings
from workbench.matching.discrepancies.quotes import quotation_findings
from workbench.matching.discrepancies.speakers import speaker_findings
from workbench.matching.discrepancies.whens import date_findings
from workbench.matching.tokens import read

LONGEST_CLAIM = 5_000
LONGEST_PASSAGE = 50_000


def compare(
    claim: str,
    passage: str,
    *,
    claim_date: date | None = None,
    passage_date: date | None = None,
    language: str = "en",
) -> tuple[Finding, ...]:
    """Where the passage agrees with the claim and where it does not, without a judgement on either.

    `claim_date` and `passage_date` say of what day the texts are: where both are given and differ, figures that
    do not fit are "at different dates". `language` counts where a text does not show its own (English or Spanish;
    the two may be in different languages). Offsets in the findings are code points of the texts as given. Of very
    long texts only the beginning is compared: 5,000 characters of a claim, 50,000 of a passage.
    """
    claim, passage = claim[:LONGEST_CLAIM], passage[:LONGEST_PASSAGE]
    mine, other = read(claim, language, guess=True), read(passage, language, guess=True)
    left = measure(mine, figures=MOST_FIGURES // 10, dates=MOST_DATES // 10)
    right = measure(other)
    differ = claim_date is not None and passage_date is not None and claim_date != passage_date
    return (
        *figure_findings(left, right, dates_differ=differ),
        *date_findings(left, right),
        *name_findings(mine, other),
        *person_findings(mine, other),
        *speaker_findings(mine, other),
        *quotation_findings(claim, passage),
        *contrast_findings(mine, other),
    )
