"""How the article sources itself, as tables of the report."""

from workbench.credibility.sourcing import SourcedBy, Sourcing
from workbench.reports.claims import excerpt
from workbench.reports.view import SourcingView, Table

_SOURCED = {
    SourcedBy.NAMED: "a source given by name",
    SourcedBy.OFFICIAL: "an office",
    SourcedBy.UNNAMED: "a source without a name",
    SourcedBy.COLLECTIVE: "several or a body together",
    SourcedBy.NONE: "nobody",
}


def sourcing_view(found: Sourcing) -> SourcingView:
    """The tables; one without rows is left out by the renderers."""
    return SourcingView(
        particulars=Table(
            ("The article's own", "What it says"),
            tuple((one.name, " ".join(one.value.split()) if one.present else "missing") for one in found.particulars),
        ),
        claims=Table(
            ("Claims go back to", "Claims"), tuple((_SOURCED[by], str(count)) for by, count in found.counts.items())
        ),
        unnamed=Table(
            ("Source without a name", "Characters"),
            tuple((one.text, f"{one.start}–{one.end}") for one in found.unnamed),
        ),
        quotations=Table(
            ("Said by", "Quotation", "Characters"),
            tuple((one.by, f"“{excerpt(one.text, 200)}”", f"{one.start}–{one.end}") for one in found.quotations),
        ),
    )
