"""The block of one claim: what may be said of it, what was found, and what is still missing."""

from datetime import UTC, date, datetime

from workbench.reports.addresses import link_target
from workbench.reports.model import (
    ReportCitation,
    ReportClaim,
    ReportModel,
    ReportResolution,
    ReportVerdict,
    VerdictEntry,
)
from workbench.reports.summary import Standing, in_force, standing
from workbench.reports.view import CitationView, ClaimView, EntryView, Fact, VerdictView
from workbench.text.anchors import same_words
from workbench.verdicts import RuleState, Stance

_STANCES = {
    Stance.SUPPORTS: "Supports the claim",
    Stance.REFUTES: "Contradicts the claim",
    Stance.CONTEXT: "Context",
}


def claim_view(claim: ReportClaim, model: ReportModel) -> ClaimView:
    """One claim in reading order. Only a settled claim has a verdict for a headline."""
    return ClaimView(
        number=claim.number,
        headline=_headline(claim),
        tone=_tone(claim),
        quoted=claim.quoted,
        excerpt=excerpt(claim.quoted, 100),
        wording=claim.wording if claim.wording_differs else "",
        facts=present(
            Fact("Relation to the sentence", claim.relation),
            Fact("Wording", _edited(claim)),
            Fact("Proposed by", f"the helper, {claim.helper}" if claim.helper.strip() else ""),
            Fact("Said by", claim.attribution),
            Fact("Kind", ", ".join(sorted(claim.kinds))),
            Fact("Characters", "" if claim.orphan else f"{claim.span.start}–{claim.span.end}"),
            Fact("Text", _text_state(claim)),
            Fact("Claim", claim.id),
            Fact("Rests on", _rests_on(claim)),
        ),
        verdicts=tuple(_verdict(verdict, claim, model) for verdict in claim.verdicts),
        citations=tuple(_citation(citation) for citation in claim.citations),
        gaps=tuple(
            f"{rule.text}: {rule.detail}" + (" (not known)" if rule.state is RuleState.UNKNOWN else "")
            for rule in claim.gaps
            if rule.state is not RuleState.MET
        ),
        resolved=tuple(_resolved(resolution) for resolution in claim.resolutions),
        left_open=", ".join(f"“{excerpt(words, 80)}”" for words in claim.left_open),
    )


def _rests_on(claim: ReportClaim) -> str:
    """How many independent origins there are behind the citations; nothing where none supports or refutes the claim."""
    if not claim.origins:
        return ""
    origins = "1 origin" if claim.origins == 1 else f"{claim.origins} independent origins"
    return f"{origins} in {claim.resting} citation{'' if claim.resting == 1 else 's'}"


def _edited(claim: ReportClaim) -> str:
    """That the wording was edited, with what it was where the quoted text does not show that."""
    if not claim.original.strip():
        return ""
    return "edited" if claim.original.split() == claim.quoted.split() else f"edited; at first: {claim.original}"


def _resolved(resolution: ReportResolution) -> str:
    said = resolution.choice.strip() or "cannot be resolved"
    who = f"resolved by {resolution.author.strip()}, {moment(resolution.recorded_at)}"
    parts = (
        f"“{excerpt(resolution.text, 80)}” → {said}",
        "in conflict with another choice" if resolution.conflict else who,
        resolution.note.strip(),
    )
    return " · ".join(part for part in parts if part)


def _headline(claim: ReportClaim) -> str:
    match standing(claim):
        case Standing.CONFLICT:
            return "! Conflict, not resolved"
        case Standing.RECHECK:
            return "! To check again: the text is gone" if claim.orphan else "! To check again: the text changed"
        case Standing.GONE:
            return "† No longer in the article"
        case Standing.SETTLED:
            return " · ".join(f"{entry.glyph} {entry.label}" for _, entry in in_force(claim))
        case Standing.OPEN:
            return "? Open, verdict provisional" if claim.verdicts else "? Open, no verdict"


def _tone(claim: ReportClaim) -> str:
    state = standing(claim)
    if state is not Standing.SETTLED:
        return state.value
    tones = {entry.tone for _, entry in in_force(claim)}
    # Two scales that point different ways have no common colour.
    return tones.pop().value if len(tones) == 1 else "neutral"


def _verdict(verdict: ReportVerdict, claim: ReportClaim, model: ReportModel) -> VerdictView:
    scale = model.scale(verdict.scale_key)
    state = standing(claim)
    caution = ""
    if verdict.conflict:
        caution = f"Conflict: {len(verdict.entries)} verdicts stand side by side; none is in force."
    elif state is Standing.RECHECK:
        caution = "Recorded before the text changed; not in force."
    elif state is Standing.GONE:
        caution = "Recorded while the article said so; not in force."
    elif state is Standing.CONFLICT:
        caution = "Not in force while the conflict is not resolved."
    elif state is Standing.OPEN or verdict.settled is None:
        caution = "Provisional; not in force."
    return VerdictView(
        scale=f"{scale.name}, version {scale.version}" if scale else verdict.scale_key,
        caution=caution,
        entries=tuple(_entry(entry) for entry in verdict.entries),
    )


def _entry(entry: VerdictEntry) -> EntryView:
    return EntryView(
        label=f"{entry.glyph} {entry.label}",
        tone=entry.tone.value,
        meta=" · ".join(
            part
            for part in (entry.author.strip(), moment(entry.recorded_at), entry.confirmed, _judged(entry.judged))
            if part
        ),
        rationale=entry.rationale,
        missing=entry.missing,
    )


def _judged(words: str) -> str:
    return f"given for the words “{excerpt(words, 300)}”" if words else ""


def _text_state(claim: ReportClaim) -> str:
    """What became of the words since the claim was made, where anything did."""
    found = claim.anchor
    if found is None:
        return ""
    if claim.orphan:
        parts = [f"last in version {found.version}", found.reason, found.placed_by]
        return ", ".join(part for part in parts if part)
    if same_words(found.made_words, claim.quoted):
        return ""
    by = f"placed by {found.placed_by}, " if found.placed_by else ""
    return f"changed, {by}in version {found.made_in} “{excerpt(found.made_words, 300)}”"


def _citation(citation: ReportCitation) -> CitationView:
    lead = _STANCES[citation.stance]
    if citation.role is not None:
        lead += f" · {citation.role.value}"
    if citation.withheld:
        # Nothing that could lead back to the source: not its words, not its hash, not how it was assessed.
        facts = present(
            Fact("Withheld", citation.public_description.strip() or "no description given"),
            Fact("Reason", citation.withheld_reason.strip() or "no reason given"),
        )
        return CitationView(lead, "", facts, (), ())
    source = citation.source.strip()
    if source and citation.source_summary.strip():
        source = f"{source} ({citation.source_summary.strip()})"
    where = present(
        Fact("", citation.document_title),
        Fact("", source),
        Fact("By", ", ".join(citation.authors)),
        Fact("Published", day(citation.published)),
        Fact("At", citation.locator),
        Fact("Origin", str(citation.origin) if citation.origin is not None else ""),
    )
    trace = present(
        linked("Address", citation.address),
        linked("Archive", citation.archive),
        Fact("Accessed", citation.accessed_on.isoformat() if citation.accessed_on else ""),
        Fact("Document", citation.document_id),
        Fact("Hash", citation.document_hash),
    )
    return CitationView(lead, citation.quote, where, trace, citation.discrepancies)


def linked(label: str, address: str) -> Fact:
    """An address with its link, or as text alone when it is none that a report links."""
    return Fact(label, address, link_target(address))


def present(*facts: Fact) -> tuple[Fact, ...]:
    """The facts that have a value."""
    return tuple(fact for fact in facts if fact.value.strip())


def day(value: date | None) -> str:
    """A date as 2026-11-03, empty for none."""
    return value.isoformat() if value else ""


def moment(value: datetime | None) -> str:
    """A time as 2026-11-03 10:00 UTC, empty for none."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if value else ""


def excerpt(text: str, limit: int) -> str:
    """The beginning of a text on one line, at most `limit` characters, cut between words where that is possible."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"
