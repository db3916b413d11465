"""What is known of a claim, to read: where it stands, who said it, its kinds and check-worthiness with their reasons."""

from collections.abc import Iterator

from textual.content import Content

from db.vocabulary import Relation
from workbench.services.views import ClaimView, Desk, said_by
from workbench.tui.marks import Marks
from workbench.tui.text import Shown, content, line

_LIT = "on $current bold"
_WIDE = 14


def about_blocks(view: ClaimView, desk: Desk, marks: Marks) -> list[Content]:
    """Paragraphs about one claim of an open article."""
    claim = view.claim
    blocks = [line(claim.wording, "bold"), Content("")]
    if view.edited:
        blocks += [
            Content.assemble((f"{marks.edited} The wording was edited. ", "$tone-mixed"), "In the article's words:"),
            line(view.original),
            Content(""),
        ]
    blocks += [
        Content.styled("Where it stands (this never changes):", "$quiet"),
        _sentence(view, desk),
        Content(""),
    ]
    blocks += [_row(name, value) for name, value in _facts(view, marks)]
    blocks += list(_beside(view, desk, marks))
    return blocks


def _row(name: str, value: Content) -> Content:
    return Content.assemble((f"{name:<{_WIDE}} ", "$quiet"), value)


def _facts(view: ClaimView, marks: Marks) -> Iterator[tuple[str, Content]]:
    claim, reasons = view.claim, view.reasons
    said = claim.attribution or {}
    mark = marks.status(view.status)
    yield "Status", Content.styled(f"{mark.glyph} {mark.word}", mark.tone)
    whole = claim.relation is Relation.SENTENCE
    yield "Relation", Content("the whole sentence" if whole else f"{claim.relation.value} of its sentence")
    yield "Characters", Content(f"{claim.start}–{claim.end}")
    if claim.helper:
        yield "Proposed by", Content.assemble("the helper, ", line(claim.helper), ", and accepted by a person")
    if said.get("source"):
        yield "Said by", line(said_by(claim))
    if len(said.get("sources") or ()) > 1:
        yield "Together", line("; ".join(said["sources"]))
    if said.get("cue"):
        yield "Told by", line(f"“{said['cue']}”")
    yield "Kinds", line(", ".join(claim.kinds) or "none that its words give away")
    for reason in reasons.kinds:
        yield "", line(reason)
    yield "Worth checking", Content(f"{claim.checkworthiness / 1000:.2f} of 1, from its words alone")
    for reason in reasons.score:
        yield "", line(reason)
    if claim.reason:
        yield "Set aside", line(claim.reason)


def _sentence(view: ClaimView, desk: Desk) -> Content:
    """The sentence around the claim, its fragments lit."""
    unit = next((unit for unit in desk.units if unit.start <= view.claim.start < unit.end), None)
    start, end = (unit.start, unit.end) if unit else (view.claim.start, view.claim.end)
    pieces = view.claim.fragments or [[view.claim.start, view.claim.end]]
    words = Shown(desk.version.text[start : max(end, view.claim.end)].rstrip().replace("\n", " "))
    return words.content([(max(0, first - start), max(0, last - start), _LIT) for first, last in pieces])


def _beside(view: ClaimView, desk: Desk, marks: Marks) -> Iterator[Content]:
    """The other claims of the same sentence: that it was said, what was said, and the rest."""
    top = view.claim.parent_id or view.claim.id
    others = [o for o in desk.claims if top in (o.claim.parent_id, o.claim.id) and o.claim.id != view.claim.id]
    if not others:
        return
    yield Content("")
    yield Content.styled("In the same sentence:", "$quiet")
    for other in others:
        mark = marks.status(other.status)
        said = f" ({other.claim.attribution['source']})" if _speaks(other) and other.claim.attribution else ""
        yield Content.assemble(
            (f"{mark.glyph} ", mark.tone),
            (f"{other.number:>2} {other.claim.relation.value}: ", "$quiet"),
            content(" ".join(other.claim.wording.split())),
            line(said, "$quiet"),
        )


def _speaks(view: ClaimView) -> bool:
    return view.claim.relation is Relation.CONTENT
