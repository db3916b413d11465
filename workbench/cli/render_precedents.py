"""Precedents as text for people: each rating on its own scale, never a figure of likeness."""

from workbench.cli.layout import counted, joined, one_line, wrap
from workbench.cli.render_evidence import days_text
from workbench.cli.render_findings import finding_line
from workbench.matching import Relation
from workbench.services.keys import short
from workbench.services.precedent_views import Origin, Precedent, PrecedentList, Rating

_INDENT = "     "


def precedents_text(found: PrecedentList, columns: int) -> str:
    """Own verdicts, then fact-checks of others, under each other."""
    if not found.all:
        return f"No precedent: nothing alike was judged before (found by {found.mode})."
    counts = [
        counted(len(found.own), "own verdict"),
        counted(len(found.imported), "imported fact-check"),
        f"found by {found.mode}",
    ]
    blocks = [_block(number, item, columns) for number, item in enumerate(found.all, 1)]
    last = "A precedent is no verdict: the claim is checked on its own evidence."
    return "\n\n".join([joined(counts), *blocks, wrap(last, columns)])


def _block(number: int, item: Precedent, columns: int) -> str:
    lines = [wrap(f"“{one_line(item.wording)}”", columns, f"{number:>3}  ")]
    lines += [wrap(_rating(rating, item.days if place == 0 else None), columns, _INDENT)
              for place, rating in enumerate(item.ratings)]  # fmt: skip
    for caveat in [*(one for rating in item.ratings for one in rating.caveats), *item.caveats]:
        lines.append(wrap(f"! {caveat}", columns, _INDENT))
    told = [finding for finding in item.findings if finding.relation is not Relation.MISSING]
    lines += [finding_line(finding, columns, _INDENT) for finding in told]
    if item.origin is Origin.OWN:
        where = [f"claim {short(item.key)}", item.place]
    else:
        where = [f"document {item.document}", f"claimed by {item.place}" if item.place else "", item.address]
    claimed = f"claimed {item.claimed_on[:10]}" if item.claimed_on else ""
    lines.append(wrap(joined([item.origin.value, *where, claimed, item.explanation]), columns, _INDENT))
    return "\n".join(lines)


def _rating(rating: Rating, days: int | None) -> str:
    when = rating.on.isoformat() if rating.on else rating.on_text
    label = f"{rating.glyph} {rating.label}".strip()
    return joined([label, rating.scale, f"by {rating.by}" if rating.by else "", f"{when}{days_text(days)}"])
