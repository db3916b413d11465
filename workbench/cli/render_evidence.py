"""Documents, suggestions and sources as text for people: never a figure that could be read as strength or quality."""

from collections.abc import Sequence

from db.tables import Attestation, FactCheck
from workbench.cli.layout import counted, fields, joined, one_line, pad, when, wrap
from workbench.cli.render_findings import finding_line
from workbench.cli.render_search import why_text
from workbench.credibility import Profile
from workbench.matching import Relation
from workbench.services.keys import short
from workbench.services.views import DocumentDetail, DocumentView, Match, MatchList, SourceDetail, SourceView

WITHHELD_HINT = "Say it in more words with --query, or ask all the same with --even-short."


def document_lines(view: DocumentView, columns: int) -> str:
    """A document in a list: number and title, then where it comes from."""
    record = view.document
    facts = joined(
        [
            view.external_id,
            record.source_name,
            record.published_at[:10],
            counted(view.passages, "passage"),
            f"cited {counted(view.cited, 'time')}" if view.cited else "",
            view.confidentiality.value if view.confidentiality.value != "public" else "",
            view.source.summary if view.source else "",
        ]
    )
    return f"{wrap(record.title or '(no title)', columns, f'{record.id:>5}  ')}\n{wrap(facts, columns, ' ' * 7)}"


def document_block(item: DocumentDetail, columns: int) -> str:
    """A document with its passages."""
    record = item.view.document
    facts = [
        ("number", str(record.id)),
        ("id", item.view.external_id),
        ("source", record.source_name),
        ("authors", ", ".join(record.authors)),
        ("address", record.url),
        ("published", record.published_at),
        ("added", when(record.added_at)),
        ("language", record.language),
        ("who may see", item.view.confidentiality.value),
        ("hash", record.content_hash),
        ("kind", record.media_type),
        *_received(item),
        ("cited", counted(len(item.citations), "time") if item.citations else ""),
        *_checked(item.fact_check),
    ]
    passages = [f"{piece.locator}\n{wrap(piece.text, columns, '  ')}" for piece in item.passages]
    return "\n\n".join([one_line(record.title or "(no title)"), fields(facts, columns), *passages])


def _received(item: DocumentDetail) -> list[tuple[str, str]]:
    """How it was received, a line each."""
    rows = []
    for view in item.receipts:
        record = view.receipt
        facts = [
            f"{when(record.received_at)} from {record.url or record.name or 'a text'}",
            f"by way of {', '.join(record.hops)}" if record.hops else "",
            record.media_type,
            f"{record.size:,} bytes",
            "robots.txt was overridden" if record.robots == "overridden" else "",
            "" if view.kept else "the bytes are not here",
        ]
        rows += [("received", joined(facts)), ("sha256", record.sha256)]
    return rows


def _checked(found: FactCheck | None) -> list[tuple[str, str]]:
    """What it says as somebody else's fact-check."""
    if found is None:
        return []
    scale = f" (worst {found.worst_rating}, best {found.best_rating})" if found.best_rating else ""
    return [
        ("fact-check", joined([found.reviewer, found.reviewed_at[:10]])),
        ("claim", found.claim_reviewed),
        ("claimed by", joined([found.claimed_by, found.claimed_at[:10]])),
        ("rating", joined([found.rating_label, f"{found.rating_value}{scale}" if found.rating_value else ""])),
        ("appeared at", " ".join(found.appearances)),
    ]


def matches_text(found: MatchList, columns: int, *, why: bool = False) -> str:
    """Suggestions under each other, with how many independent origins they have; `why` says why each was found."""
    if found.withheld:
        hint = WITHHELD_HINT if found.withheld.startswith("under") else "Give words."
        return wrap(f"Not matched by itself: {found.withheld}. {hint}", columns)
    if not found.matches:
        narrowed = f" ({'; '.join(found.filters)})" if found.filters else ""
        return wrap(f"Nothing in the evidence bears on this{narrowed}; add evidence or try other words.", columns)
    counts = [counted(len(found.matches), "passage"), counted(found.origins, "origin"), f"found by {found.mode}"]
    blocks = []
    for item in found.matches:
        if item.copy_of is None:
            block = _match_block(item, columns, found.copies(item.rank))
            blocks.append(f"{block}\n{why_text(item, found, columns)}" if why else block)
    return "\n\n".join([wrap(joined([*counts, *found.filters]), columns), *blocks])


def _match_block(found: Match, columns: int, copies: Sequence[Match] = ()) -> str:
    record = found.document
    head = joined(
        [
            record.title or "(no title)",
            record.source_name,
            f"{record.published_at[:10]}{days_text(found.days)}",
            found.passage.locator,
            found.source.summary if found.source else "",
        ]
    )
    tail = joined([f"document {found.external_id or record.id}", f"origin {found.origin}", found.explanation])
    lines = [wrap(head, columns, f"{found.rank:>3}  "), wrap(f"“{one_line(found.passage.text)}”", columns, "     ")]
    told = [item for item in found.findings if item.relation is not Relation.MISSING]
    lines += [finding_line(item, columns, "     ") for item in told]
    if found.cited:
        lines.append(f"     cited for this claim: {found.cited.value}")
    if found.suggestion:
        lines.append(wrap(found.suggestion, columns, "     "))
    lines.append(wrap(tail, columns, "     "))
    if copies:
        named = [
            f"{one.document.source_name or one.document.title} ({one.external_id or one.document.id})" for one in copies
        ]
        lead = f"and {counted(len(copies), 'passage')} with the same words: "
        lines.append(wrap(lead + ", ".join(one_line(name) for name in named), columns, "     "))
    return "\n".join(lines)


def days_text(days: int | None) -> str:
    """How far after the day of the claim, in brackets; empty where that is not known."""
    if days is None:
        return ""
    if days == 0:
        return " (same day)"
    return f" ({counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'})"


def source_lines(view: SourceView, columns: int) -> str:
    """A source in a list: its name, then how much is known of it."""
    ratings = f"{counted(view.attestations, 'rating')} by {counted(view.raters, 'independent rater')}"
    facts = joined(
        [
            short(view.source.id),
            view.source.kind.value,
            view.summary,
            ratings if view.attestations else "",
            counted(view.documents, "document") if view.documents else "",
            ", ".join(view.source.domains),
        ]
    )
    return f"{one_line(view.source.name)}\n{wrap(facts, columns, '  ')}"


def source_block(item: SourceDetail, columns: int) -> str:
    """A source with each criterion and each rating by others."""
    record = item.view.source
    facts = [("also", ", ".join(record.aliases)), ("owner", record.owner), ("note", record.note)]
    blocks = [source_lines(item.view, columns), fields(facts, columns, "  "), profile_text(item.profile, columns)]
    if item.attestations:
        ratings = [_attestation_line(given, columns) for given in item.attestations]
        blocks.append("Ratings by others, each in its own scale\n" + "\n".join(ratings))
    return "\n\n".join(block for block in blocks if block)


def profile_text(profile: Profile, columns: int) -> str:
    """Each criterion with its state, and the evidence under it."""
    lines = ["Criteria"]
    for line in profile.items:
        given = line.assessment
        state = line.state.value.replace("_", " ")
        lines.append(f"  {pad(state, 15)} {line.criterion.name} ({line.criterion.id})")
        if given and given.evidence:
            by = joined([given.assessor, when(given.assessed_at.date()) if given.assessed_at else ""])
            lines.append(wrap(f"{given.evidence} ({by})", columns, " " * 18))
    return "\n".join(lines)


def _attestation_line(given: Attestation, columns: int) -> str:
    scale = f" (scale: {given.scale})" if given.scale else ""
    lineage = f", derives from {given.derives_from}" if given.derives_from else ""
    return wrap(f"{given.rater}: {given.value}{scale}, {when(given.rated_on)}{lineage}", columns, "  ")
