"""The JSON shapes of reasons, dismissals and quotations: an interface that scripts rely on, so fields are only ever added."""

from collections.abc import Sequence

from workbench.cli.shapes import Shape, moment
from workbench.services.dismissing import DismissalView
from workbench.services.quotations import QuotationReport, QuotationVersion
from workbench.services.views import Match
from workbench.text.spans import Span


def span(value: Span) -> list[int]:
    """[start, end)."""
    return [value.start, value.end]


def why(found: Match) -> Shape:
    """Why a passage was found; `passages` says in how many passages a word stands."""
    told = found.why
    return {
        "words": [{"word": word, "passages": count} for word, count in found.rarity],
        "rank_by_words": found.signals.words,
        "rank_by_meaning": found.signals.meaning,
        "near_identical": bool(told and told.near_identical),
        "same_words_in_a_row": [
            {"passage": span(run), "text": run.of(found.passage.text)} for run in (told.runs if told else ())
        ],
        "quotations": [
            {"claim": span(part.claim), "passage": span(part.hit.span), "state": part.hit.state.value}
            for part in (told.quotations if told else ())
        ],
    }


def dismissals(found: Sequence[DismissalView]) -> list[Shape]:
    """What was dismissed for a claim."""
    return [
        {
            "claim": view.dismissal.claim_id,
            "document": view.dismissal.document,
            "number": view.document.id if view.document else None,
            "title": view.document.title if view.document else None,
            "start": view.dismissal.start,
            "passage": view.passage.text if view.passage else None,
            "reason": view.dismissal.reason,
            "author": view.dismissal.author,
            "at": moment(view.dismissal.decided_at),
        }
        for view in found
    ]


def quotation(report: QuotationReport) -> Shape:
    """What is found of a quotation. Spans are of the quotation as given here and of the document's text."""
    return {
        "quotation": report.quote,
        "answer": report.answer,
        "filters": list(report.filters),
        "versions": [_version(item) for item in report.versions],
    }


def _version(item: QuotationVersion) -> Shape:
    return {
        "document": item.external_id or item.document.content_hash,
        "number": item.document.id,
        "title": item.document.title,
        "source": item.document.source_name,
        "published_at": item.document.published_at,
        "locator": item.passage.locator,
        "state": item.state,
        "longest": item.longest,
        "span": span(item.span),
        "text": item.text,
        "rest": item.rest,
        "notes": list(item.said),
        "clauses": [span(one) for one in item.found],
        "differences": [
            {"quotation": span(one.quote), "document": span(one.document), "quoted": one.quoted, "found": one.found}
            for one in item.differences
        ],
    }
