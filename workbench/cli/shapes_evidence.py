"""The JSON shapes of documents, suggestions and sources: an interface that scripts rely on, so fields are only ever added."""

from db.tables import Attestation, Document, FactCheck, Passage
from workbench.cli.shapes import Shape, moment, plain_citation
from workbench.cli.shapes_search import why as why_shape
from workbench.matching import findings_to_json
from workbench.services.import_views import ImportReport
from workbench.services.views import (
    DocumentDetail,
    DocumentView,
    Match,
    MatchList,
    ReceiptView,
    SourceDetail,
    SourceView,
)


def document(view: DocumentView) -> Shape:
    """A document in a list."""
    record = view.document
    return {
        "number": record.id,
        "id": view.external_id or None,
        "hash": record.content_hash,
        "title": record.title,
        "source": record.source_name,
        "authors": list(record.authors),
        "url": record.url,
        "published_at": record.published_at,
        "language": record.language,
        "media_type": record.media_type,
        "confidentiality": view.confidentiality.value,
        "characters": record.characters,
        "passages": view.passages,
        "cited": view.cited,
        "added_at": moment(record.added_at),
    }


def passage(record: Passage) -> Shape:
    """A passage with its words."""
    return {"start": record.start, "end": record.end, "locator": record.locator, "text": record.text}


def detail(item: DocumentDetail) -> Shape:
    """A document with its text and where it is cited."""
    return document(item.view) | {
        "text": item.text,
        "passages": [passage(piece) for piece in item.passages],
        "citations": [plain_citation(record) for record in item.citations],
        "received": [receipt(view) for view in item.receipts],
        "fact_check": None if item.fact_check is None else fact_check(item.fact_check),
    }


def receipt(view: ReceiptView) -> Shape:
    """How a document was received; `kept` says whether the bytes are in this database."""
    record = view.receipt
    return {
        "sha256": record.sha256,
        "size": record.size,
        "media_type": record.media_type,
        "name": record.name,
        "url": record.url,
        "hops": list(record.hops),
        "robots": record.robots,
        "received_at": moment(record.received_at),
        "kept": view.kept,
    }


def fact_check(record: FactCheck) -> Shape:
    """What somebody else's fact-check says, its labels as they are."""
    names = ("claim_reviewed", "rating_label", "rating_value", "best_rating", "worst_rating", "explanation", "reviewer",
             "url", "reviewed_at", "claimed_by", "claimed_at")  # fmt: skip
    return {name: getattr(record, name) for name in names} | {"appearances": list(record.appearances)}


def name_of(record: Document, external_id: str) -> str:
    """What a document is called in results: its external identifier, or else its content hash."""
    return external_id or record.content_hash


def match_row(found: Match, query: str) -> Shape:
    """One line per hit, as measurements read it; ranks are the order, signals are reasons and never strength."""
    return {
        "query": query,
        "rank": found.rank,
        "document": name_of(found.document, found.external_id),
        "passage": passage(found.passage),
        "signals": {
            "words": found.signals.words,
            "meaning": found.signals.meaning,
            "fuzzy": found.signals.fuzzy,
        },
        "origin": found.origin,
    }


def match(found: Match, query: str, *, why: bool = False) -> Shape:
    """A hit with all that is known of it; `why` adds the reasons one by one."""
    reasons: Shape = {"why": why_shape(found)} if why else {}
    return (
        match_row(found, query)
        | reasons
        | {
            "copy_of": found.copy_of,
            "number": found.document.id,
            "title": found.document.title,
            "source": found.document.source_name,
            "profile": found.source.summary if found.source else None,
            "url": found.document.url,
            "published_at": found.document.published_at,
            "days": found.days,
            "cited": found.cited.value if found.cited else None,
            "findings": findings_to_json(found.findings)["findings"],
            "explanation": found.explanation,
            "suggestion": found.suggestion or None,
        }
    )


def matches(found: MatchList, query: str, *, why: bool = False) -> Shape:
    """The suggestions for one claim or text."""
    return {
        "mode": found.mode,
        "note": found.note,
        "origins": found.origins,
        "filters": list(found.filters),
        "withheld": found.withheld,
        "matches": [match(item, query, why=why) for item in found.matches],
    }


def import_report(report: ImportReport) -> Shape:
    """What became of an import."""
    return {
        "added": report.added,
        "known": report.known,
        "passages": report.passages,
        "refused": [{"name": item.name, "line": item.line, "message": item.message} for item in report.refused],
        "cancelled": report.cancelled,
        "tightened": report.tightened,
        "warnings": [{"name": item.name, "line": item.line, "message": item.message} for item in report.warnings],
    }


def source(view: SourceView) -> Shape:
    """A source in a list; there is no score."""
    record = view.source
    return {
        "id": record.id,
        "name": record.name,
        "kind": record.kind.value,
        "domains": list(record.domains),
        "aliases": list(record.aliases),
        "owner": record.owner,
        "note": record.note,
        "profile": view.summary,
        "attestations": view.attestations,
        "independent_raters": view.raters,
        "documents": view.documents,
    }


def attestation(record: Attestation) -> Shape:
    """Somebody else's rating."""
    return {
        "id": record.id,
        "rater": record.rater,
        "value": record.value,
        "scale": record.scale,
        "rated_on": moment(record.rated_on),
        "derives_from": record.derives_from,
        "url": record.url,
    }


def source_detail(item: SourceDetail) -> Shape:
    """A source with its whole profile."""
    criteria = []
    for line in item.profile.items:
        given = line.assessment
        criteria.append(
            {
                "criterion": line.criterion.id,
                "state": line.state.value,
                "evidence": given.evidence if given else "",
                "assessor": given.assessor if given else "",
                "assessed_on": moment(given.assessed_at.date()) if given and given.assessed_at else None,
                "note": line.note,
            }
        )
    return source(item.view) | {
        "criteria": criteria,
        "ratings": [attestation(record) for record in item.attestations],
        "cited": item.cited,
    }
