"""Articles, claims, verdicts and conflicts as text for people: linear, aligned, a word beside every mark."""

from collections.abc import Iterable, Mapping

from db.tables import Resolution, Verdict
from db.vocabulary import Relation
from workbench.cli.layout import cells, counted, fields, joined, one_line, pad, when, wrap
from workbench.cli.output import plain_marks
from workbench.errors import InputRefused
from workbench.services.keys import short
from workbench.services.offers import Offer
from workbench.services.store_views import ConflictView
from workbench.services.views import (
    ASCII_GLYPHS,
    GLYPHS,
    WORDS,
    ArticleSummary,
    CitationView,
    ClaimView,
    Status,
    said_by,
)
from workbench.verdicts import scale


def mark(status: Status, *, plain: bool) -> str:
    """A claim's status as a mark and a word; `plain` for marks in ASCII."""
    return f"{(ASCII_GLYPHS if plain else GLYPHS)[status]} {WORDS[status]}"


def article_lines(item: ArticleSummary, columns: int) -> str:
    """An article in a list: progress and title, then where it comes from and what is open."""
    facts = joined(
        [
            short(item.article.id),
            item.article.outlet,
            when(item.article.published_on),
            f"{item.open} of {counted(item.claims, 'claim')} open",
            counted(item.conflicts, "conflict") if item.conflicts else "",
        ]
    )
    return f"{wrap(item.article.title, columns, f'{item.percent:>3} %  ')}\n{wrap(facts, columns, ' ' * 7)}"


def claim_lines(views: Iterable[ClaimView], columns: int, *, plain: bool = False) -> str:
    """Claims under each other: number, status, key, wording; sub-claims are set in, with their relation before them."""
    return "\n".join(_claim_line(view, columns, plain=plain or plain_marks()) for view in views)


def _claim_line(view: ClaimView, columns: int, *, plain: bool) -> str:
    head = f"{view.number:>3} {pad(mark(view.status, plain=plain), 11)} {short(view.claim.id)} {'  ' * view.depth} "
    relation = f"{view.claim.relation.value}: " if view.depth else ""
    lines = [wrap(relation + view.claim.wording, columns, head)]
    told = view.claim.relation is Relation.CONTENT or bool((view.claim.attribution or {}).get("continued"))
    facts = joined(
        [
            f"said by {said_by(view.claim)}" if told and view.claim.attribution else "",
            "wording edited" if view.edited else "",
            f"proposed by the helper, {view.claim.helper}" if view.claim.helper else "",
        ]
    )
    if facts:
        lines.append(wrap(f"({facts})", columns, " " * cells(head)))
    return "\n".join(lines)


def offer_lines(offers: Iterable[Offer], numbers: Mapping[str, int], columns: int, *, plain: bool = False) -> str:
    """Offers under the sentence they stand in: state, key, relation, wording; a star before what is reliable."""
    star = "*" if plain or plain_marks() else "★"
    blocks: list[str] = []
    sentence = ""
    for item in offers:
        if item.sentence != sentence:
            sentence = item.sentence
            blocks.append(f"claim {numbers.get(sentence, 0)}, {short(sentence)}")
        head = f"  {star if item.reliable else ' '} {pad(item.state.value, 8)} {short(item.id)}  "
        line = [wrap(f"{item.relation.value}: {item.wording}", columns, head)]
        told = f"said by {item.attribution['source']}" if item.attribution and item.relation is Relation.CONTENT else ""
        presumed = next((reason for reason in item.reasons if reason.startswith("presupposition: ")), "")
        because = presumed.partition(": ")[2] if item.relation is Relation.PRESUPPOSED else ""
        facts = joined([told, because, f"proposed by the helper, {item.helper}" if item.helper else ""])
        if facts:
            line.append(wrap(f"({facts})", columns, " " * cells(head)))
        blocks += line
    return "\n".join(blocks)


def claim_block(view: ClaimView, columns: int, *, plain: bool = False) -> str:
    """A claim with everything decided about it."""
    claim, reasons = view.claim, view.reasons
    said = claim.attribution or {}
    several = said.get("sources") or ()
    facts = [
        ("status", mark(view.status, plain=plain or plain_marks())),
        ("key", f"{short(claim.id)} ({claim.id})"),
        ("span", f"{claim.start}–{claim.end}, {_place(view)}" if not view.anchor.orphan else ""),
        ("text", _text_state(view)),
        ("wording", f"edited; at first: {view.original}" if view.edited else ""),
        ("helper", f"proposed by {claim.helper}, accepted by a person" if claim.helper else ""),
        ("said by", said_by(claim)),
        ("together", "; ".join(several) if len(several) > 1 else ""),
        ("told by", f"“{said['cue']}”" if said.get("cue") else ""),
        ("kinds", ", ".join(claim.kinds)),
        ("because", "; ".join(reasons.kinds)),
        ("worth", f"{claim.checkworthiness / 1000:.2f} of 1{': ' if reasons.score else ''}{'; '.join(reasons.score)}"),
        ("set aside", claim.reason),
        ("proposed", "for checking" if claim.suggested else ""),
    ]
    blocks = [wrap(claim.wording, columns, f"Claim {view.number}  "), fields(facts, columns)]
    for verdict in view.verdicts:
        blocks.append(verdict_block(verdict, columns))
        if verdict.decision in view.stale:
            judged = verdict.words or view.anchor.made_words
            blocks[-1] += "\n" + wrap("the text changed since; the verdict is on other words", columns, "  ! ")
            blocks[-1] += "\n" + wrap(f"“{judged}”", columns, "  judged: ")
            blocks[-1] += "\n" + wrap(f"“{view.anchor.words}”", columns, "  now:    ")
        for held in view.confirmations:
            if held.holds == verdict.decision:
                by = joined([f"{held.author} says that it still holds", when(held.decided_at), held.note])
                blocks[-1] += "\n" + wrap(by, columns, "  confirmed: ")
        for item in view.reviews:
            if item.verdict_id == verdict.id:
                earlier = "" if item.verdict_rid == verdict.decision else "of an earlier verdict"
                line = joined([f"{item.author} {item.outcome.value}", item.level, earlier, item.note])
                blocks[-1] += "\n" + wrap(line, columns, "  review: ")
    if view.resolutions:
        blocks.append("\n".join(wrap(resolution_line(item), columns, "Stands for  ") for item in view.resolutions))
    blocks += [citation_block(item, number, columns) for number, item in enumerate(view.citations, 1)]
    return "\n\n".join(blocks)


def _text_state(view: ClaimView) -> str:
    """What became of a claim's words since it was made, where anything did."""
    found = view.anchor
    by = f", placed by {found.placed_by}" if found.placed_by else ""
    if found.orphan:
        gone = joined([f"said by {found.placed_by}" if found.placed_by else "", found.reason])
        last = f"last in version {found.last_in}" if found.last_in else "made in a version that was withdrawn"
        return joined([f"no longer in the article, {last}: “{' '.join(found.words.split())}”", gone])
    if found.changed:
        return f"drifted{by}; in version {found.made_in} it was “{' '.join(found.made_words.split())}”"
    return f"the same as in version {found.made_in}{by}" if by else ""


def _place(view: ClaimView) -> str:
    kind = view.kind.value.replace("_", " ")
    return f"a whole {kind}" if view.depth == 0 else f"{view.claim.relation.value} of a {kind}"


def resolution_line(record: Resolution) -> str:
    """“It” → the risk · Mara Quint · 2026-01-05 10:00."""
    said = "cannot be resolved" if record.unresolvable else record.choice
    return joined(
        [
            f"“{one_line(record.text)}” → {said}",
            record.author,
            when(record.decided_at),
            record.note,
            "in conflict with another desk’s choice" if record.conflicted else "",
        ]
    )


def level_label(verdict: Verdict) -> str:
    """The words of a verdict's level, or its identifier where this desk does not have the scale."""
    try:
        return scale(verdict.scale).level(verdict.level).label
    except InputRefused:
        return verdict.level


def verdict_block(verdict: Verdict, columns: int) -> str:
    """A verdict with its reasoning."""
    head = joined(
        [
            level_label(verdict),
            f"{verdict.scale}@{verdict.scale_version}",
            verdict.author,
            when(verdict.decided_at),
            "in conflict with another decision" if verdict.conflicted else "",
        ]
    )
    lines = [wrap(head, columns, "Verdict  ", "         ")]
    if verdict.rationale:
        lines.append(wrap(verdict.rationale, columns, "  "))
    if verdict.missing:
        lines.append(wrap(verdict.missing, columns, "  missing: "))
    return "\n".join(lines)


def citation_block(view: CitationView, number: int, columns: int) -> str:
    """A citation with its quotation."""
    citation = view.citation
    head = joined(
        [
            citation.stance.value,
            citation.role.value,
            view.document.title if view.document else "a document that is withheld here",
            citation.locator,
            short(citation.id),
            "" if view.quote_found or view.document is None else "the quotation is not found in the document",
        ]
    )
    lines = [wrap(head, columns, f"Citation {number}  "), wrap(f"“{citation.quote}”", columns, "  ")]
    if citation.note:
        lines.append(wrap(citation.note, columns, "  note: "))
    return "\n".join(lines)


def conflict_block(view: ConflictView, columns: int) -> str:
    """Differing decisions about one thing, numbered for resolving."""
    lines = [wrap(view.title, columns, "! "), f"  entity {view.entity}"]
    lines += [
        wrap(joined([item.author, when(item.at), item.text]), columns, f"  {number}  ")
        for number, item in enumerate(view.choices, 1)
    ]
    return "\n".join(lines)
