"""The article under check: every sentence with its mark, the current claim lit, and a strip of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from db.vocabulary import UnitKind, UnitState
from workbench.services.status import strip_of
from workbench.services.views import ClaimView, Desk, UnitView
from workbench.tui.marks import Marks
from workbench.tui.text import Mark, Shown
from workbench.tui.wording import counted

_QUIET = frozenset({UnitKind.BYLINE, UnitKind.DATELINE, UnitKind.BOILERPLATE, UnitKind.CAPTION})
_LOUD = frozenset({UnitKind.TITLE, UnitKind.HEADING})
_LIT = "on $current bold"
_OPEN = "$tone-unproven underline"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One unit as the paragraph draws it, without the white space after it."""

    unit: UnitView
    text: str
    claims: tuple[ClaimView, ...]
    open: tuple[tuple[int, int], ...] = ()
    """What the text leaves open, [start, end) in `text`."""


class Paragraph(Static):
    """One paragraph; a click on a sentence chooses its claim."""

    DEFAULT_CSS = "Paragraph { height: auto; margin: 0 0 1 0; }"

    def __init__(self, stretches: list[_Stretch], marks: Marks) -> None:
        super().__init__(markup=False)
        self.auto_links = False
        self._stretches = stretches
        self._marks = marks
        self._cells = -1
        self.lit_share = 0.0
        """How far down the paragraph the current claim begins, 0 to 1."""
        self.claims: frozenset[str] = frozenset()
        self.refill(stretches)

    def refill(self, stretches: list[_Stretch]) -> bool:
        """Take the same stretch of text with other decisions; whether it looks different now."""
        before, self._stretches = self._stretches, stretches
        self.claims = frozenset(view.claim.id for stretch in stretches for view in stretch.claims)
        return [_look(stretch) for stretch in before] != [_look(stretch) for stretch in stretches]

    def draw(self, current: ClaimView | None) -> None:
        """Draw the paragraph with the current claim lit, if it is here."""
        parts = [self._drawn(stretch, current) for stretch in self._stretches]
        words = Content(" ").join(parts)
        before = 0
        for stretch, part in zip(self._stretches, parts, strict=True):
            if current is not None and any(view.claim.id == current.claim.id for view in stretch.claims):
                self.lit_share = before / max(1, len(words))
            before += len(part) + 1
        # Marks are as wide as each other, so nothing moves and no layout is needed while only they change.
        moves = words.cell_length != self._cells
        self._cells = words.cell_length
        self.update(words, layout=moves)

    def _drawn(self, stretch: _Stretch, current: ClaimView | None) -> Content:
        lead = next((view for view in stretch.claims if view.depth == 0), None)
        kind = stretch.unit.kind
        style = "$quiet italic" if kind in _QUIET else "bold" if kind in _LOUD else ""
        here = current is not None and any(view.claim.id == current.claim.id for view in stretch.claims)
        spans: list[Mark] = []
        if here and current is not None:
            base = stretch.unit.start
            pieces = current.claim.fragments or [[current.claim.start, current.claim.end]]
            spans += [(max(0, start - base), max(0, end - base), _LIT) for start, end in pieces]
        spans += [(start, end, _OPEN) for start, end in stretch.open]
        words = Shown(stretch.text.replace("\n", " ")).content(spans, style)
        if lead is None:
            return words
        mark = self._marks.status(lead.status)
        sign = f"{self._marks.cursor if here else ' '}{mark.glyph}{lead.number}"
        bullet = "- " if kind is UnitKind.LIST_ITEM else ""
        number = Content.styled(sign, f"{mark.tone} bold" if here else mark.tone)
        whole = Content.assemble(bullet, number, " ", words)
        return whole.stylize(Style.from_meta({"claim": lead.claim.id}))

    def on_click(self, event: events.Click) -> None:
        """Choose the claim that was clicked on."""
        claim = event.style.meta.get("claim")
        if isinstance(claim, str):
            self.post_message(ArticlePane.ClaimClicked(claim))


def _look(stretch: _Stretch) -> tuple[object, ...]:
    """Everything that drawing a stretch depends on, apart from what is current."""
    claims = tuple((view.claim.id, view.status, view.number, view.depth) for view in stretch.claims)
    return (stretch.unit.start, stretch.unit.end, stretch.unit.kind, claims, stretch.open)


class CoverageStrip(Static):
    """The whole article in one line: each cell is a stretch of it, drawn by its state."""

    DEFAULT_CSS = "CoverageStrip { height: 2; background: $surface; padding: 0 1; text-wrap: nowrap; }"

    def __init__(self, marks: Marks) -> None:
        super().__init__(markup=False)
        self._marks = marks
        self._desk: Desk | None = None
        self._current: ClaimView | None = None

    def show(self, desk: Desk | None, current: ClaimView | None) -> None:
        """Show how far this article has come, with the place of the current claim."""
        self._desk, self._current = desk, current
        self._redraw()

    def on_resize(self) -> None:
        """Fit the strip to the width."""
        self._redraw()

    def _redraw(self) -> None:
        width = self.size.width - 2
        if self._desk is None or width < 4:
            self.update(Content(""))
            return
        coverage = self._desk.coverage
        here = -1
        if self._current is not None and coverage.characters:
            here = self._current.claim.start * width // coverage.characters
        cells = [
            Content.styled(mark.glyph, f"{mark.tone} reverse" if at == here else mark.tone)
            for at, mark in enumerate(self._marks.coverage(state) for state in strip_of(self._desk.units, width))
        ]
        words = Content.styled(progress_line(self._desk), "$foreground")
        legend = " ".join(f"{self._marks.coverage(state).glyph} {name}" for state, name in _LEGEND)
        if words.cell_length + len(legend) + 3 <= width:
            words = words + Content.styled(f"   {legend}", "$quiet")
        self.update(Content("").join(cells) + Content("\n") + words, layout=False)


_LEGEND = (
    (UnitState.CHECKED, "checked"),
    (UnitState.SET_ASIDE, "aside"),
    (UnitState.IN_WORK, "in work"),
    (UnitState.TO_CHECK, "to check"),
)


def progress_line(desk: Desk) -> str:
    """`12 of 28 units · 43 %`: units with nothing left to do, and the share of characters in them."""
    coverage = desk.coverage
    return f"{coverage.units - coverage.units_open} of {counted(coverage.units, 'unit')} · {coverage.percent} %"


class ArticlePane(Vertical):
    """The text with its marks, and the strip."""

    class ClaimClicked(Message):
        """A sentence was clicked on."""

        def __init__(self, claim_id: str) -> None:
            super().__init__()
            self.claim_id = claim_id

    def __init__(self, marks: Marks) -> None:
        super().__init__(id="article-pane", classes="pane")
        self._marks = marks
        self._version = ""
        self._places: list[tuple[int, ...]] = []
        self._drawn: ClaimView | None = None

    def compose(self) -> ComposeResult:
        """The text over the strip."""
        yield VerticalScroll(id="article-text")
        yield CoverageStrip(self._marks)

    @property
    def text_view(self) -> VerticalScroll:
        """What takes the focus."""
        return self.query_one("#article-text", VerticalScroll)

    async def show(self, desk: Desk, current: ClaimView | None, left_open: Sequence[tuple[int, int]] = ()) -> None:
        """Show an article; only paragraphs in which something has changed are drawn again.

        `left_open` are the stretches of its text that need the text around them, in order; they are underlined.
        """
        wanted = _paragraphs(desk, left_open)
        places = [tuple(stretch.unit.start for stretch in stretches) for stretches in wanted]
        if desk.version.id == self._version and places == self._places:
            for paragraph, stretches in zip(self.query(Paragraph), wanted, strict=True):
                if paragraph.refill(stretches):
                    paragraph.draw(current)
            self.light(desk, current)
            return
        self._version, self._places = desk.version.id, places
        paragraphs = [Paragraph(stretches, self._marks) for stretches in wanted]
        for paragraph in paragraphs:
            paragraph.draw(current)
        with self.app.batch_update():
            await self.text_view.remove_children()
            await self.text_view.mount_all(paragraphs)
        self._drawn = current
        self.query_one(CoverageStrip).show(desk, current)
        self.call_after_refresh(self.reveal)

    def light(self, desk: Desk, current: ClaimView | None) -> None:
        """Light another claim; only the paragraphs that change are drawn."""
        touched = {view.claim.id for view in (self._drawn, current) if view is not None}
        self._drawn = current
        for paragraph in self.query(Paragraph):
            if paragraph.claims & touched:
                paragraph.draw(current)
        self.query_one(CoverageStrip).show(desk, current)
        self.call_after_refresh(self.reveal)

    def reveal(self) -> None:
        """Bring the current claim into view."""
        if self._drawn is None:
            return
        for paragraph in self.query(Paragraph):
            if self._drawn.claim.id in paragraph.claims:
                region = paragraph.virtual_region
                line = region.y + int(region.height * paragraph.lit_share)
                top, height = self.text_view.scroll_offset.y, self.text_view.size.height
                if not top <= line <= top + height - 4:
                    self.text_view.scroll_to_region(Region(0, line, 1, 1), animate=False, center=True)


def _paragraphs(desk: Desk, left_open: Sequence[tuple[int, int]]) -> list[list[_Stretch]]:
    """Units by paragraph: a line break after a unit, or a heading, ends one."""
    claims = {view.claim.id: view for view in desk.claims}
    paragraphs: list[list[_Stretch]] = [[]]
    for unit in desk.units:
        whole = desk.version.text[unit.start : unit.end]
        text = whole.rstrip()
        inside = tuple(claims[identity] for identity in unit.claims if identity in claims)
        if text:
            base = unit.start
            marked = tuple((s - base, e - base) for s, e in left_open if base <= s and e <= unit.end)
            paragraphs[-1].append(_Stretch(unit, text, inside, marked))
        if "\n" in whole[len(text) :] or unit.kind in _LOUD:
            paragraphs.append([])
    return [stretches for stretches in paragraphs if stretches]
