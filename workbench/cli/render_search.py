"""Reasons, dismissals and quotations as text for people: places in an order and words, never a strength."""

from collections.abc import Sequence

from workbench.cli.layout import counted, joined, one_line, wrap
from workbench.services.dismissing import DismissalView
from workbench.services.quotations import QuotationReport, QuotationVersion
from workbench.services.views import Match, MatchList
from workbench.services.whys import why_lines

_SHOWN_DIFFERENCES = 12


def why_text(found: Match, among: MatchList, columns: int) -> str:
    """Why a passage was found, under it."""
    return "\n".join(wrap(line, columns, "       ", "         ") for line in why_lines(found, among))


def dismissals_text(found: Sequence[DismissalView], columns: int) -> str:
    """What was dismissed for a claim."""
    blocks = []
    for view in found:
        record, title = view.dismissal, view.document.title if view.document else "(a document that is not here)"
        head = joined([title, view.passage.locator if view.passage else "", f"start {record.start}"])
        tail = joined([record.reason, f"dismissed by {record.author}"])
        number = f"{view.document.id:>5}  " if view.document else "    –  "
        lines = [wrap(head, columns, number)]
        if view.passage:
            lines.append(wrap(f"“{one_line(view.passage.text)}”", columns, "       "))
        blocks.append("\n".join([*lines, wrap(tail, columns, "       ")]))
    return "\n\n".join(blocks)


def quotation_text(report: QuotationReport, columns: int) -> str:
    """What is found of a quotation, the earliest first."""
    head = joined([report.answer, *report.filters])
    return "\n\n".join([wrap(head, columns), *(_version(item, columns) for item in report.versions)])


def _version(item: QuotationVersion, columns: int) -> str:
    record = item.document
    head = joined(
        [
            record.published_at[:10] or "no date",
            item.state,
            "the longest version" if item.longest else "",
            item.source.source.name if item.source else record.source_name,
            record.title or "(no title)",
        ]
    )
    rest = f" [goes on: {one_line(item.rest)}]" if item.rest else ""
    where = joined(
        [f"document {item.external_id or record.id}", item.passage.locator, f"{item.span.start} to {item.span.end}"]
    )
    lines = [wrap(head, columns), wrap(f"“{one_line(item.text)}”{rest}", columns, "  ")]
    lines += [wrap(f"! {said}", columns, "  ") for said in item.said]
    for one in item.differences[:_SHOWN_DIFFERENCES]:
        quoted, there = one_line(one.quoted) or "(nothing)", one_line(one.found) or "(nothing)"
        lines.append(wrap(f"≠ quoted “{quoted}”, here “{there}”", columns, "  "))
    if len(item.differences) > _SHOWN_DIFFERENCES:
        lines.append(f"  ≠ and {counted(len(item.differences) - _SHOWN_DIFFERENCES, 'more difference')}")
    return "\n".join([*lines, wrap(where, columns, "  ")])
