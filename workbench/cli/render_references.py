"""References, sourcing and offices as text for people: linear, aligned, a word beside every mark."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from workbench.cli.layout import clip, fields, joined, one_line, wrap
from workbench.cli.render import resolution_line
from workbench.services.keys import short
from workbench.services.reference_views import ReferenceView

if TYPE_CHECKING:
    from workbench.credibility.sourcing import Sourcing
    from workbench.services.offices import OfficeEntry

SOURCED = {
    "named": "by name",
    "official": "an office",
    "unnamed": "without a name",
    "collective": "several or a body together",
    "none": "to nobody",
}


def reference_block(view: ReferenceView, columns: int) -> str:
    """A reference with its candidates, numbered for picking, and what was chosen."""
    kind = view.type.replace("_", " ")
    head = joined([f"“{one_line(view.text)}”", kind, f"{view.start}–{view.end}", "" if view.open else "resolved"])
    lines = [wrap(head, columns, f"{view.number:>3}  ")]
    if view.message:
        lines.append(wrap(view.message, columns, "     "))
    if view.resolution is not None:
        lines.append(wrap(resolution_line(view.resolution), columns, "     chosen: "))
    lines += [wrap(text, columns, f"     {number} ") for number, text in enumerate(view.candidates, 1)]
    if not view.candidates and view.resolution is None and not view.message:
        lines.append("     no candidate")
    return "\n".join(lines)


def sourcing_lines(found: "Sourcing", columns: int) -> Iterator[str]:
    """What the article says of its own origin, to whom its claims go back, and who is quoted."""
    yield fields(
        [(one.name, " ".join(one.value.split()) if one.present else "missing") for one in found.particulars], columns
    )
    yield ""
    yield "Claims go back"
    for by, count in found.counts.items():
        yield f"  {count:>3}  {SOURCED[by]}"
    yield ""
    yield f"Sources without a name: {len(found.unnamed) or 'none'}"
    yield from (wrap(f"“{one.text}”", columns, f"  {one.start}–{one.end}  ") for one in found.unnamed)
    yield ""
    yield f"Quotations: {len(found.quotations) or 'none'}"
    for quoted in found.quotations:
        yield wrap(f"{quoted.by}: “{quoted.text}”", columns, f"  {quoted.start}–{quoted.end}  ")


def office_lines(entries: Iterable["OfficeEntry"], columns: int) -> Iterator[str]:
    """Entries under the offices they belong to."""
    heading = ("", "")
    for entry in entries:
        term = entry.term
        if (term.country, term.office) != heading:
            heading = (term.country, term.office)
            yield wrap(
                joined([f"{term.country}: {term.office}", f"known up to {term.as_of.isoformat()}", term.source]),
                columns,
            )
        facts = joined(
            [
                term.person,
                term.years(),
                f"added by {entry.own.author}" if entry.own and not entry.dropped else "",
                "in conflict" if entry.own and entry.own.conflicted else "",
                "dropped" if entry.dropped else "",
            ]
        )
        yield wrap(facts, columns, f"  {short(entry.id)}  ")


def undated_line(words: Iterable[str], article: str) -> str:
    """What waits for the publication date, and the command that gives it."""
    listed = list(words)
    shown = ", ".join(f"“{clip(one, 30)}”" for one in listed[:4])
    more = f" and {len(listed) - 4} more" if len(listed) > 4 else ""
    command = f"workbench article edit {short(article)} --date YYYY-MM-DD"
    return f"no publication date: {shown}{more} cannot be dated; give it with: {command}"
