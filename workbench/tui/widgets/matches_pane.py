"""The current claim with its verdicts, and the passages that may bear on it."""

from collections.abc import Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from db.tables import Verdict
from workbench.errors import InputRefused
from workbench.services.reference_views import ReferenceView
from workbench.services.views import ClaimView, Match, MatchList, said_by
from workbench.tui.commands import Scope, bindings
from workbench.tui.marks import Mark, Marks
from workbench.tui.text import joined, line
from workbench.tui.widgets.match_content import heading, marked_claim, match_content
from workbench.tui.wording import counted
from workbench.verdicts import RatingScale

_REFERENCES_SHOWN = 3


class MatchCard(Static):
    """One passage."""

    DEFAULT_CSS = """
    MatchCard { height: auto; margin: 0 0 1 0; padding: 0 1 0 0; }
    MatchCard.-here { background: $block-cursor-blurred-background; }
    Cards:focus MatchCard.-here { background: $current; }
    Cards.-stale MatchCard { text-opacity: 50%; }
    """

    class Clicked(Message):
        """The card was clicked on."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, row: int) -> None:
        super().__init__(markup=False)
        self.row = row

    def on_click(self, event: events.Click) -> None:
        """Tell that this one was clicked on."""
        event.stop()
        self.post_message(self.Clicked(self.row))


class Cards(VerticalScroll, can_focus=True):
    """The passages as cards, with a cursor over them."""

    BINDINGS = bindings(Scope.LIST)

    class Moved(Message):
        """Another card is under the cursor."""

    class Opened(Message):
        """The card under the cursor was opened."""

    def __init__(self, marks: Marks) -> None:
        super().__init__(id="matches")
        self._marks = marks
        self._cards: list[MatchCard] = []
        self.every: list[Match] = []
        """What was found, folded copies included; `matches` is what is shown of it."""
        self.matches: list[Match] = []
        self.cursor = 0
        self._unfolded: set[int] = set()

    @property
    def stale(self) -> bool:
        """Whether what is shown belongs to a claim that is no longer the current one."""
        return self.has_class("-stale")

    @property
    def current(self) -> Match | None:
        """The match under the cursor, None while what is shown is stale."""
        return None if self.stale or not self.matches else self.matches[self.cursor]

    def show(self, matches: Sequence[Match]) -> None:
        """Show these matches, the cursor on the first."""
        self.cursor = 0
        self._unfolded.clear()
        self.scroll_to(y=0, animate=False)
        self._set(list(matches))

    def refine(self, matches: Sequence[Match], *, keep: bool) -> None:
        """Show another order without moving what the cursor is on; with `keep` also where it is no longer among them."""
        held = self.current
        if held is None:
            self.show(matches)
            return
        same = next((match for match in matches if match.passage.id == held.passage.id), held if keep else None)
        if same is not None and same.copy_of is not None:
            self._unfolded.update(_head(same, matches))
        others = [match for match in matches if match.passage.id != held.passage.id]
        if same is not None:
            # As many shown above it as before, so that it stays where it is on the screen.
            shown = _shown(others, self._unfolded)
            place = others.index(shown[self.cursor]) if self.cursor < len(shown) else len(others)
            others.insert(place, same)
        self._set(others)
        self.cursor = max(0, min(self.cursor, len(self.matches) - 1))
        for card in self._cards:
            self._draw(card)

    def fold(self) -> bool:
        """Show the copies of the passage under the cursor, or fold them again; False where it has none."""
        match = self.current
        if match is None:
            return False
        heads = _head(match, self.every)
        if not any(one.copy_of is not None and _head(one, self.every) == heads for one in self.every):
            return False
        self._unfolded ^= heads
        self._set(self.every)
        self.go_to(next((row for row, one in enumerate(self.matches) if one.passage.id in heads), 0))
        return True

    def folded(self, match: Match) -> list[Match]:
        """The copies that are folded under a match now."""
        if match.passage.id in self._unfolded or match.copy_of is not None:
            return []
        heads = _head(match, self.every)
        return [one for one in self.every if one.copy_of is not None and _head(one, self.every) == heads]

    def _set(self, matches: list[Match]) -> None:
        self.remove_class("-stale")
        self.every = matches
        self.matches = matches = _shown(matches, self._unfolded)
        while len(self._cards) < len(matches):
            card = MatchCard(len(self._cards))
            self._cards.append(card)
            self.mount(card)
        for card in self._cards:
            if card.display != (card.row < len(matches)):
                card.display = not card.display
            self._draw(card)
        self._tell(self.Moved())

    def _tell(self, message: Message) -> None:
        # Textual ends the way up at the pump that is active when a message is made; it may be our own parent.
        message.set_sender(self)
        self.post_message(message)

    def _draw(self, card: MatchCard) -> None:
        if card.row >= len(self.matches):
            return
        here = card.row == self.cursor
        card.set_class(here, "-here")
        match = self.matches[card.row]
        card.update(match_content(match, card.row + 1, self._marks, here=here, folded=len(self.folded(match))))

    def go_to(self, row: int) -> None:
        """Put the cursor on a card."""
        row = max(0, min(row, len(self.matches) - 1))
        before, self.cursor = self.cursor, row
        if not self.matches:
            return
        for place in {before, row} & set(range(len(self._cards))):
            self._draw(self._cards[place])
        self._cards[row].scroll_visible(animate=False)
        self._tell(self.Moved())

    @on(MatchCard.Clicked)
    def _clicked(self, event: MatchCard.Clicked) -> None:
        event.stop()
        self.screen.set_focus(self)
        self.go_to(event.row)

    def action_cursor_down(self) -> None:
        """The next passage; within one that is longer than the pane, its next lines."""
        if self._reaches_on(1):
            self.scroll_relative(y=3, animate=False)
        else:
            self.go_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """The passage before."""
        if self._reaches_on(-1):
            self.scroll_relative(y=-3, animate=False)
        else:
            self.go_to(self.cursor - 1)

    def _reaches_on(self, direction: int) -> bool:
        if not self.matches:
            return False
        region = self._cards[self.cursor].virtual_region
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if region.height <= self.size.height:
            return False
        return region.bottom > bottom if direction > 0 else region.y < top

    def action_cursor_top(self) -> None:
        """The first passage."""
        self.go_to(0)

    def action_cursor_bottom(self) -> None:
        """The last passage."""
        self.go_to(len(self.matches) - 1)

    def action_cursor_page_down(self) -> None:
        """A screenful down."""
        self.scroll_page_down(animate=False)

    def action_cursor_page_up(self) -> None:
        """A screenful up."""
        self.scroll_page_up(animate=False)

    def action_open_row(self) -> None:
        """Side by side."""
        if self.current is not None:
            self._tell(self.Opened())


def _head(match: Match, among: Sequence[Match]) -> set[int]:
    """The passage that a match repeats, or its own."""
    head = match if match.copy_of is None else next((one for one in among if one.rank == match.copy_of), match)
    return {head.passage.id or 0}


def _shown(matches: Sequence[Match], unfolded: set[int]) -> list[Match]:
    """What is shown of matches: a copy only where what it repeats is unfolded, right after it, or is not there."""
    heads = {match.rank: match for match in matches if match.copy_of is None}
    shown: list[Match] = []
    for match in matches:
        if match.copy_of in heads:
            continue
        shown.append(match)
        if match.copy_of is None and match.passage.id in unfolded:
            shown += [one for one in matches if one.copy_of == match.rank]
    return shown


class MatchesPane(Vertical):
    """What is known of the claim on top, the cards under it."""

    def __init__(self, marks: Marks, scales: Mapping[str, RatingScale]) -> None:
        super().__init__(id="matches-pane", classes="pane")
        self._marks = marks
        self._scales = scales
        self._view: ClaimView | None = None
        self._references: Sequence[ReferenceView] = ()
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
        lines = [joined(about), wording, *first, *changed, *self._left_open(), self._decisions(view)]
        return Content("\n").join(lines)

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
