"""A precedent in words: its ratings on their own scales, what must be said of them, where its wording differs."""

from collections.abc import Sequence

from textual.content import Content

from workbench.services.precedent_views import Origin, Precedent, PrecedentList, Rating
from workbench.tui.marks import Marks
from workbench.tui.text import joined, line
from workbench.tui.widgets.match_content import finding_lines
from workbench.tui.wording import counted, day, days_apart


def summary(found: PrecedentList | None) -> str:
    """`2 precedents: Half True, Mostly false`; why there are none to be known of where only words were asked."""
    if found is None or not found.all:
        return ""
    labels = ", ".join(dict.fromkeys(one.ratings[0].label for one in found.all if one.ratings))
    return f"{counted(len(found.all), 'precedent')}: {labels}"


def heading(found: PrecedentList) -> str:
    """`1 own verdict, 2 imported fact-checks · by words and meaning`."""
    counts = (
        f"{counted(len(found.own), 'own verdict')}, {counted(len(found.imported), 'imported fact-check')}"
        if found.all
        else "nothing alike was judged before"
    )
    return f"{counts} · by {found.mode}" + (f" · {found.note.rstrip('.')}" if found.note else "")


def rating_line(rating: Rating, days: int | None = None) -> Content:
    """A rating: label, scale with its version, by whom, when."""
    when = day(rating.on) if rating.on else rating.on_text
    apart = days_apart(days)
    return joined(
        [
            line(f"{rating.glyph} {rating.label}".strip(), "bold"),
            line(rating.scale),
            line(f"by {rating.by}" if rating.by else ""),
            line(f"{when} ({apart})" if when and apart else when),
        ]
    )


def row_lines(item: Precedent) -> Sequence[Content]:
    """Two lines for a list: the newest rating, then the wording."""
    mark = "own" if item.origin is Origin.OWN else "imported"
    differs = sum(one.relation.value == "conflict" for one in item.findings)
    said = Content.styled(counted(differs, "difference"), "$tone-conflict") if differs else Content("")
    first = [Content.styled(mark, "$quiet"), rating_line(item.ratings[0], item.days), said]
    return [joined(first), line(f"“{item.wording}”")]


def whole(item: Precedent, marks: Marks) -> list[Content]:
    """Everything about one."""
    blocks = [line(f"“{item.wording}”"), Content("")]
    for place, rating in enumerate(item.ratings):
        blocks.append(rating_line(rating, item.days if place == 0 else None))
        blocks += [line(f"! {caveat}", "$tone-unproven") for caveat in rating.caveats]
    blocks += [line(f"! {caveat}", "$tone-unproven") for caveat in item.caveats]
    place_name = "in" if item.origin is Origin.OWN else "claimed by"
    where = [
        line(f"{place_name} {item.place}" if item.place else "", "$quiet"),
        line(f"claimed {item.claimed_on[:10]}" if item.claimed_on else "", "$quiet"),
        line(item.address, "$quiet"),
        line(f"document {item.document}" if item.document else "", "$quiet"),
    ]
    blocks.append(joined(where))
    blocks += finding_lines(item.findings, marks)
    for rating in item.ratings:
        if rating.rationale.strip():
            blocks += [Content(""), line(rating.rationale)]
    return [*blocks, Content(""), line(item.explanation, "$quiet")]
