"""Origins as text for people: the chain in order of time, and why each document is in it."""

from collections.abc import Sequence

from db.tables import Document
from workbench.cli.layout import clip, counted, joined, one_line, wrap
from workbench.services.origin_views import OriginDocument, OriginSummary, OriginView
from workbench.services.origin_words import circle_line, decision_words, root_line, tie_words

_SHOWN_TIES = 2


def summaries_text(found: Sequence[OriginSummary], columns: int) -> str:
    """Origins with several documents, the largest first."""
    return "\n".join(_summary(item, columns) for item in found)


def _summary(item: OriginSummary, columns: int) -> str:
    sources = ", ".join(item.sources[:6]) + (f" and {len(item.sources) - 6} more" if len(item.sources) > 6 else "")
    facts = joined(
        [counted(item.documents, "document"), f"first {item.first.published_at[:10] or 'not dated'}", sources]
    )
    return (
        f"{wrap(item.first.title or '(no title)', columns, f'{item.first.id:>5}  ')}\n{wrap(facts, columns, ' ' * 7)}"
    )


def origin_text(view: OriginView, columns: int, marked: str = "") -> str:
    """One origin: where it probably began, then its documents in order of time. `marked` is a content hash to point at."""
    lines = [joined(["1 origin", counted(len(view.documents), "document"), root_line(view)])]
    lines += [wrap(f"! {circle_line(circle)}", columns, "  ") for circle in view.circles]
    lines += [_document(item, columns, marked) for item in view.documents]
    if view.related:
        lines.append("Not one origin for that alone:")
        lines += [wrap(f"{_named(tie.other)}, {tie_words(tie)}", columns, "  ") for tie in view.related]
    if view.decisions:
        lines.append("Decided:")
        lines += [wrap(decision_words(view, link), columns, "  ") for link in view.decisions]
    return "\n".join(lines)


def _document(item: OriginDocument, columns: int, marked: str) -> str:
    record = item.document
    here = ">" if record.content_hash == marked else " "
    head = joined(
        [
            record.title or "(no title)",
            item.source,
            record.published_at[:16].replace("T", " ") or "no date",
            f"document {record.id}",
        ]
    )
    lines = [wrap(head, columns, f"{here}{item.place:>3}  ")]
    lines += [wrap(tie_words(tie), columns, " " * 7) for tie in item.ties[:_SHOWN_TIES]]
    if len(item.ties) > _SHOWN_TIES:
        lines.append(f"       and {counted(len(item.ties) - _SHOWN_TIES, 'tie')} more to earlier documents")
    return "\n".join(lines)


def _named(document: Document) -> str:
    return f"{document.id} “{clip(one_line(document.title), 50)}”"
