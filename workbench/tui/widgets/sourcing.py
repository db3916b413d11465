"""How an article sources itself, to read: what it says of its own origin, to whom its claims go back, who is quoted."""

from typing import TYPE_CHECKING

from textual.content import Content

from workbench.tui.marks import Marks
from workbench.tui.text import line

if TYPE_CHECKING:
    from workbench.credibility.sourcing import Sourcing

_WORDS = {
    "named": "by name",
    "official": "an office",
    "unnamed": "without a name",
    "collective": "several or a body together",
    "none": "to nobody",
}


def sourcing_blocks(found: "Sourcing", marks: Marks) -> list[Content]:
    """The panel's text; a word beside every mark."""
    blocks = [Content.styled("What the article says of itself", "bold")]
    for one in found.particulars:
        sign = marks.pick("✓", "v") if one.present else marks.pick("✗", "x")
        tone = "$tone-supported" if one.present else "$tone-refuted"
        value = line(" ".join(one.value.split())) if one.present else Content("missing")
        blocks.append(Content.assemble((f"  {sign} ", tone), (f"{one.name}: ", "$quiet"), value))
    blocks += [Content(""), Content.styled("Claims go back", "bold")]
    blocks += [Content(f"  {count:>3} {_WORDS[by]}") for by, count in found.counts.items()]
    blocks += [Content(""), Content.styled(f"Sources without a name: {len(found.unnamed) or 'none'}", "bold")]
    blocks += [Content("  ") + line(f"“{one.text}”") for one in found.unnamed]
    blocks += [Content(""), Content.styled(f"Quotations: {len(found.quotations) or 'none'}", "bold")]
    blocks += [Content.assemble("  ", line(one.by, "bold"), ": ", line(f"“{one.text}”")) for one in found.quotations]
    blocks += [
        Content(""),
        Content.styled("Facts to weigh, not a score: a source without a name can be a good one.", "$quiet"),
    ]
    return blocks
