"""The current claim with its verdicts, and the passages that may bear on it."""

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from db.tables import Verdict
from workbench.errors import InputRefused
from workbench.services.precedent_views import PrecedentList
from workbench.services.reference_views import ReferenceView
from workbench.services.views import ClaimView, MatchList, said_by
from workbench.tui.marks import Mark, Marks
from workbench.tui.text import joined, line
from workbench.tui.widgets.cards import Cards
from workbench.tui.widgets.match_content import heading, marked_claim
from workbench.tui.widgets.precedent_content import summary
from workbench.tui.wording import counted
from workbench.verdicts import RatingScale

_REFERENCES_SHOWN = 3


class MatchesPane(Vertical):
    """What is known of the claim on top, the cards under it."""

    def __init__(self, marks: Marks, scales: Mapping[str, RatingScale]) -> None:
        super().__init__(id="matches-pane", classes="pane")
        self._marks = marks
        self._scales = scales
        self._view: ClaimView | None = None
        self._references: Sequence[ReferenceView] = ()
        self._precedents: PrecedentList | None = None
        self._searched = ""
        self.found: MatchList | None = None
        self._head_text = ""
        self._filter_text = ""
        self.cards = Cards(marks)

    def compose(self) -> ComposeResult:
        """The claim, what was found, the cards."""
        yield Static(id="claim-head", markup=False)
        yield Static(id="matches-head", markup=False)
        yield Static(id="matches-filter", markup=False)
        yield self.cards

    def show_claim(self, view: ClaimView | None, references: Sequence[ReferenceView] = ()) -> None:
        """Another claim is current, or the same one with other decisions; `references` are what its words leave open."""
        self._references = references
        same = view is not None and self._view is not None and view.claim.id == self._view.claim.id
        self._view = view
        if not same:
            self._precedents = None
            self.cards.add_class("-stale")
            self.say("looking for passages…" if view is not None else "")
        self._head()

    def show_matches(self, found: MatchList, *, keep: bool, searched: str = "") -> None:
        """What was found for the claim, or for words that were typed."""
        self._searched = searched
        self.found = found
        self.cards.refine(found.matches, keep=keep)
        self._filters("; ".join(found.filters))
        words = heading(found)
        self.say(f"“{searched}”: {words} (esc ends the search)" if searched else words)

    def _filters(self, words: str) -> None:
        """What is in force stands in a line of its own, which is there only while something is."""
        if words != self._filter_text:
            self._filter_text = words
            field = self.query_one("#matches-filter", Static)
            field.set_class(bool(words), "-open")
            field.update(line(words))

    def show_precedents(self, found: PrecedentList) -> None:
        """What was judged before that is like the claim."""
        self._precedents = found
        self._head()

    def say(self, words: str) -> None:
        """The line over the cards."""
        self.query_one("#matches-head", Static).update(line(words, "$quiet"), layout=False)

    @on(Cards.Moved)
    def _moved(self) -> None:
        self._head()

    def _head(self) -> None:
        head = self._claim_content() if self._view else Content("")
        moves = head.plain != self._head_text
        self._head_text = head.plain
        self.query_one("#claim-head", Static).update(head, layout=moves)

    def _claim_content(self) -> Content:
        view = self._view
        assert view is not None  # noqa: S101 - asked by the caller
        claim, mark = view.claim, self._marks.status(view.status)
        match = self.cards.current
        wording = (
            marked_claim(claim.wording, match, self._marks) if match and not self._searched else line(claim.wording)
        )
        about = [
            Content.styled(f"{mark.glyph} {view.number} {mark.word}", f"{mark.tone} bold"),
            *[Content.styled(kind, "$quiet") for kind in claim.kinds[:3]],
        ]
        if view.depth:
            about.insert(1, Content.styled(claim.relation.value, "$quiet"))
        said = said_by(claim)
        if said:
            about.append(Content.styled("said by ", "$quiet") + line(said))
        if claim.reason and view.status.value == "set_aside":
            about.append(line(claim.reason, "$tone-aside"))
        first = (
            [Content.styled("edited; at first: ", "$tone-mixed") + line(view.original, "$quiet")] if view.edited else []
        )
        text = _text_state(view)
        changed = [text] if text else []
        decided = [self._decisions(view), *self._judged_before()]
        return Content("\n").join([joined(about), wording, *first, *changed, *self._left_open(), *decided])

    def _left_open(self) -> list[Content]:
        """What the claim leaves open, and what was chosen for it, on one line each."""
        waiting = [one for one in self._references if one.open]
        resolved = [one for one in self._references if not one.open and one.resolution is not None]
        lines = []
        if waiting:
            words = ", ".join(f"“{one.text}”" for one in waiting[:_REFERENCES_SHOWN])
            more = f" and {len(waiting) - _REFERENCES_SHOWN} more" if len(waiting) > _REFERENCES_SHOWN else ""
            sign = self._marks.pick("↪", "^")
            lines.append(Content.styled(f"{sign} left open: ", "$tone-unproven") + line(f"{words}{more} (r)", "$quiet"))
        if resolved:
            arrow = self._marks.pick("→", "->")
            said = [
                f"“{one.text}” {arrow} {'cannot be resolved' if one.resolution.unresolvable else one.resolution.choice}"
                for one in resolved[:_REFERENCES_SHOWN]
                if one.resolution is not None
            ]
            lines.append(line("; ".join(said), "$quiet"))
        return lines

    def _judged_before(self) -> list[Content]:
        """How many precedents there are and how they were rated, on one line."""
        said = summary(self._precedents)
        return [line(f"{self._marks.pick('≈', '~')} {said} (I)", "$tone-neutral")] if said else []

    def _decisions(self, view: ClaimView) -> Content:
        several = len(view.verdicts) > 1
        parts = [self._verdict(verdict, name_scale=several) for verdict in view.verdicts]
        if not parts:
            parts = [Content.styled("no verdict yet", "$quiet")]
        if view.citations:
            parts.append(Content(counted(len(view.citations), "citation")))
        lost = sum(cited.document is not None and not cited.quote_found for cited in view.citations)
        if lost:
            parts.append(Content.styled(f"! {counted(lost, 'quotation')} not found any more", "$tone-conflict bold"))
        reviews = view.standing_reviews
        if reviews:
            agree = sum(review.outcome.value == "agrees" for review in reviews)
            parts.append(Content(f"{agree} of {counted(len(reviews), 'review')} agree"))
        return joined(parts)

    def _verdict(self, verdict: Verdict, *, name_scale: bool) -> Content:
        mark = level_mark(self._scales, self._marks, verdict)
        return Content.assemble(
            (f"{mark.glyph} ", f"{mark.tone} bold"),
            line(mark.word, f"{mark.tone} bold"),
            " on " if name_scale else "",
            line(verdict.scale) if name_scale else "",
            " by ",
            line(verdict.author),
        )


def _text_state(view: ClaimView) -> Content:
    """What became of the claim's words since it was made, where anything did."""
    found = view.anchor
    if found.orphan:
        said = f" · {found.placed_by}: {found.reason}" if found.placed_by else ""
        return line(f"no longer in the article; last in version {found.last_in}{said}", "$tone-conflict")
    if not found.changed:
        return Content("")
    since = "! text changed since" if view.stale else "text drifted"
    by = f", placed by {found.placed_by}" if found.placed_by else ""
    judged = next((item.words for item in view.verdicts if item.words), "") or found.made_words
    was = judged if view.stale else found.made_words
    return line(f"{since}{by}; it was: {was}", "$tone-conflict" if view.stale else "$quiet")


def level_mark(scales: Mapping[str, RatingScale], marks: Marks, verdict: Verdict) -> Mark:
    """How a verdict is shown; a level that this desk does not know keeps its own name."""
    if verdict.conflicted:
        return Mark("!", f"conflict on {verdict.scale}", "$tone-conflict")
    scale = scales.get(verdict.scale)
    try:
        level = scale.level(verdict.level) if scale else None
    except InputRefused:
        level = None
    return marks.level(level) if level else Mark("•" if not marks.ascii else "*", verdict.level, "$tone-neutral")
