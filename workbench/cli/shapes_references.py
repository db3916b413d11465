"""The JSON shapes of references, sourcing and offices: an interface that scripts rely on, so fields are only ever added."""

from typing import TYPE_CHECKING

from workbench.cli.shapes import Shape, moment, resolution
from workbench.services.reference_views import ArticleReferences, ReferenceView

if TYPE_CHECKING:
    from workbench.credibility.sourcing import Sourcing
    from workbench.services.offices import OfficeEntry


def reference(view: ReferenceView) -> Shape:
    """Words that need the text around them."""
    return {
        "number": view.number,
        "start": view.start,
        "end": view.end,
        "text": view.text,
        "type": view.type,
        "candidates": list(view.candidates),
        "message": view.message,
        "open": view.open,
        "claims": list(view.claims),
        "resolution": resolution(view.resolution) if view.resolution else None,
    }


def references(found: ArticleReferences) -> Shape:
    """What an article or a claim leaves open."""
    return {
        "article": found.article.id,
        "published_on": moment(found.article.published_on),
        "undated": list(found.undated),
        "references": [reference(view) for view in found.references],
    }


def sourcing(found: "Sourcing") -> Shape:
    """How an article sources itself."""
    return {
        "particulars": [
            {"name": one.name, "present": one.present, "value": one.value or None} for one in found.particulars
        ],
        "missing": list(found.missing),
        "links": list(found.links),
        "counts": {by.value: count for by, count in found.counts.items()},
        "claims": [
            {"start": one.start, "end": one.end, "by": one.by.value, "source": one.source} for one in found.claims
        ],
        "unnamed": [{"start": one.start, "end": one.end, "text": one.text} for one in found.unnamed],
        "quotations": [
            {"start": one.start, "end": one.end, "text": one.text, "speaker": one.speaker or None}
            for one in found.quotations
        ],
    }


def office(entry: "OfficeEntry") -> Shape:
    """One entry of the table of offices, as it would be added; `to` is null where no end is known."""
    first, last = entry.term.given
    return {
        "id": entry.id,
        "country": entry.term.country,
        "office": entry.term.office,
        "titles": list(entry.term.titles),
        "person": entry.term.person,
        "family": entry.term.family,
        "also": list(entry.term.also),
        "from": first,
        "to": last or None,
        "as_of": moment(entry.term.as_of),
        "source": entry.term.source,
        "shipped": entry.own is None,
        "dropped": entry.dropped,
        "author": entry.own.author if entry.own else None,
        "conflict": bool(entry.own and entry.own.conflicted),
    }
