"""A source's profile in words: every criterion with its evidence, ratings by others with their lineage. Never a score."""

from textual.content import Content

from db.vocabulary import CriterionState
from workbench.credibility import ProfileItem, roots
from workbench.services.sources import attested
from workbench.services.views import SourceDetail
from workbench.tui.marks import Marks
from workbench.tui.text import content, joined, line
from workbench.tui.wording import counted, day


def profile_blocks(detail: SourceDetail, marks: Marks) -> list[Content]:
    """The whole profile, block by block."""
    source = detail.view.source
    blocks = [
        line(source.name, "bold"),
        joined([Content(source.kind.value), line(", ".join(source.domains)), line(source.owner)]),
    ]
    if source.aliases:
        blocks.append(Content("also named ") + line(", ".join(source.aliases)))
    if source.note:
        blocks.append(content(source.note))
    blocks += [Content(""), Content.styled(f"Criteria: {detail.profile.summary}", "bold")]
    for item in detail.profile.items:
        blocks += _criterion(item, marks)
    blocks += [Content(""), *_ratings(detail)]
    blocks += [Content(""), *_documents(detail)]
    return blocks


def _criterion(item: ProfileItem, marks: Marks) -> list[Content]:
    mark = marks.criterion(CriterionState(item.state.value))
    blocks = [Content.assemble((f"{mark.glyph} {mark.word:<14}", f"{mark.tone} bold"), " ", item.criterion.name)]
    if item.assessment is not None and item.assessment.has_evidence:
        who = joined([line(item.assessment.assessor), Content(day(item.assessment.assessed_at))])
        blocks.append(Content("    ") + line(item.assessment.evidence))
        blocks.append((Content("    ") + who).stylize("$quiet"))
    elif item.note:
        blocks.append(Content.styled(f"    {item.note}", "$quiet"))
    return blocks


def _ratings(detail: SourceDetail) -> list[Content]:
    ratings = roots(attested(detail.attestations))
    blocks = [Content.styled(f"Ratings by others: {ratings.summary}", "bold")]
    for group in ratings.groups:
        shared = len(group.ratings) > 1
        if shared:
            blocks.append(Content("one root: ") + line(", ".join(group.roots)) + Content(" (counts once)"))
        for rating in group.ratings:
            taken = joined([line(name) for name in rating.derives_from], ", ")
            blocks.append(
                joined(
                    [
                        Content("  " if shared else "") + line(rating.rater, "bold"),
                        line(rating.value),
                        line(rating.scale, "$quiet"),
                        Content(day(rating.dated)),
                        Content("taken from ") + taken if taken else Content(""),
                    ]
                )
            )
    if ratings.circular:
        blocks.append(
            Content.styled("! in a circle: ", "$tone-conflict bold")
            + line(", ".join(ratings.circular), "$tone-conflict")
        )
    return blocks


def _documents(detail: SourceDetail) -> list[Content]:
    head = f"Documents: {detail.view.documents:,}, {counted(detail.cited, 'citation')}"
    rows = [
        joined([line(document.title), Content(day(document.published_at)), line(document.url, "$quiet")])
        for document in detail.documents
    ]
    return [Content.styled(head, "bold"), *rows]
