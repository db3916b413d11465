"""A match in words: who says it, when, where, the passage itself, and every place where it differs from the claim."""

from collections.abc import Sequence

from textual.content import Content

from workbench.matching import Finding, Relation
from workbench.services.views import Match, MatchList
from workbench.tui.marks import Marks
from workbench.tui.text import Mark, Shown, joined, line
from workbench.tui.wording import counted, day, days_apart

LONGEST = 700
"""Characters of a passage that a card shows; side by side shows it whole."""
_CONSISTENT_SHOWN = 2
_ORDER = (
    Relation.CONFLICT,
    Relation.SCOPE_DIFFERS,
    Relation.DATE_DIFFERS,
    Relation.CONSISTENT,
    Relation.MISSING,
)


def source_line(match: Match) -> Content:
    """Source, date, and how much is known of the source."""
    document = match.document
    name = match.source.source.name if match.source else document.source_name
    when = day(document.published_at)
    apart = days_apart(match.days)
    return joined(
        [
            line(name, "bold") if name else Content.styled("source not named", "$quiet"),
            line(f"{when} ({apart})" if when and apart else when or "no date"),
            Content.styled(match.source.summary if match.source else "source not on file", "$quiet"),
        ]
    )


def place_line(match: Match, marks: Marks) -> Content:
    """Where in which document, from which origin, and whether it is cited already."""
    cited = Content("")
    if match.cited is not None:
        mark = marks.stance(match.cited)
        cited = Content.styled(f"cited: {mark.glyph} {mark.word}", f"{mark.tone} bold")
    return joined([line(match.document.title), line(match.passage.locator), Content(f"origin {match.origin}"), cited])


def finding_lines(findings: Sequence[Finding], marks: Marks, *, every: bool = False) -> list[Content]:
    """One line for each place compared, what differs first; unless `every`, only the first of what agrees."""
    lines = []
    for relation in _ORDER:
        found = [finding for finding in findings if finding.relation is relation]
        shown = found if every or relation not in (Relation.CONSISTENT, Relation.MISSING) else found[:_CONSISTENT_SHOWN]
        mark = marks.relation(relation)
        for finding in shown:
            tone = "$quiet" if finding.weak else mark.tone
            lines.append(Content.assemble((f"{mark.glyph} ", f"{tone} bold"), line(finding.message, tone)))
        if len(found) > len(shown):
            more = f"{mark.glyph} and {len(found) - len(shown)} more, {mark.word}"
            lines.append(Content.styled(more, "$quiet"))
    return lines


def marked_passage(match: Match, marks: Marks, *, whole: bool = False) -> Content:
    """The passage, shared words bold, differing ones underlined."""
    text = match.passage.text.rstrip()
    shown = text if whole or len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"
    spans: list[Mark] = [(span.start, span.end, "bold") for span in match.agreement.passage if span.end <= len(shown)]
    spans += side_marks(match.findings, marks, passage=True, length=len(shown))
    flat = shown if whole else shown.replace("\n", " ")
    return Shown(flat).content(spans)


def marked_claim(text: str, match: Match, marks: Marks) -> Content:
    """The claim's wording, shared words bold, differing ones underlined."""
    spans: list[Mark] = [(span.start, span.end, "bold") for span in match.agreement.claim]
    spans += side_marks(match.findings, marks, passage=False, length=len(text))
    return Shown(text).content(spans)


def side_marks(findings: Sequence[Finding], marks: Marks, *, passage: bool, length: int) -> list[Mark]:
    """Where one side differs from the other."""
    spans: list[Mark] = []
    for finding in findings:
        side = finding.passage if passage else finding.claim
        if side is None or finding.relation is Relation.CONSISTENT or side.end > length:
            continue
        spans.append((side.start, side.end, f"{marks.relation(finding.relation).tone} underline"))
    return spans


def match_content(match: Match, row: int, marks: Marks, *, here: bool, folded: int = 0) -> Content:
    """The whole card."""
    lead = f"{marks.cursor if here else ' '}{row} "
    lines = [
        Content.assemble((lead, "$footer-key-foreground bold" if here else "$quiet"), source_line(match)),
        Content("   ") + place_line(match, marks).stylize("$quiet"),
        marked_passage(match, marks),
        *finding_lines(match.findings, marks),
    ]
    if folded:
        lines.append(Content.styled(f"+ {counted(folded, 'copy', 'copies')} with the same words (M shows)", "$quiet"))
    elif match.copy_of is not None:
        lines.append(Content.styled("a copy, with the same words (b folds)", "$quiet"))
    return Content("\n").join(lines)


def citation_text(match: Match) -> str:
    """A citation to paste elsewhere: the words, then where they stand."""
    document = match.document
    name = match.source.source.name if match.source else document.source_name
    where = [name, document.title, day(document.published_at), match.passage.locator, document.url]
    return f"“{match.passage.text.strip()}”\n— {', '.join(part for part in where if part)}"


def heading(found: MatchList) -> str:
    """`5 passages, 2 origins · by words and meaning`."""
    if found.withheld:
        return f"{found.withheld}: not matched by itself · f searches, B looks all the same"
    matches = found.matches
    counts = (
        f"{counted(len(matches), 'passage')}, {counted(found.origins, 'origin')}" if matches else "no passage found"
    )
    said = [counts, f"by {found.mode}", found.note.rstrip(".")]
    return " · ".join(part for part in said if part)
