"""A long text that is read: wrapped to the width, drawn line by line, searched."""

from collections.abc import Sequence

from textual.actions import SkipAction
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from workbench.tui.commands import Scope, bindings


class Reader(ScrollView, can_focus=True):
    """Blocks of text under each other. Each block may hold line breaks."""

    BINDINGS = bindings(Scope.READER)
    COMPONENT_CLASSES = {"reader--hit"}
    DEFAULT_CSS = """
    Reader {
        height: 1fr;
        background: $background;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
    }
    Reader > .reader--hit { background: $current; text-style: bold underline; }
    """

    class Found(Message):
        """Words were looked for: `place` of `hits` is in view (from 1), 0 where there is none."""

        def __init__(self, place: int, hits: int) -> None:
            super().__init__()
            self.place = place
            self.hits = hits

    def __init__(self, *, identifier: str | None = None) -> None:
        super().__init__(id=identifier)
        self._blocks: Sequence[Content] = ()
        self._lines: list[Content] = []
        self._width = 0
        self._words = ""
        self._hits: list[int] = []
        self._hit = -1

    def show(self, blocks: Sequence[Content], *, keep_place: bool = False) -> None:
        """Show these blocks, from their beginning unless the place is to be kept."""
        self._blocks = blocks
        self._width = 0
        self._wrap()
        if not keep_place:
            self.scroll_to(y=0, animate=False, immediate=True)

    @property
    def line_count(self) -> int:
        """How many lines the text takes at this width."""
        return len(self._lines)

    @property
    def text(self) -> str:
        """Everything that is shown, without its styles."""
        return "\n".join(block.plain for block in self._blocks)

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width - self.styles.padding.width
        if width <= 0 or width == self._width:
            return
        self._width = width
        self._lines = [line for block in self._blocks for line in (block.wrap(width) or [Content("")])]
        self.virtual_size = Size(width, len(self._lines))
        self._look()
        self.refresh()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._wrap()

    def render_line(self, y: int) -> Strip:
        """One line on screen."""
        width = self.content_region.width
        at = int(self.scroll_offset.y) + y
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[at]
        if at in self._hits:
            line = self._with_hits(line)
        strips = Visual.to_strips(self, line, width, 1, self.visual_style, apply_selection=False, pad=True)
        return strips[0] if strips else Strip.blank(width, self.rich_style)

    def _with_hits(self, line: Content) -> Content:
        style = self.get_visual_style("reader--hit", partial=True)
        low, words = line.plain.lower(), self._words
        at = low.find(words)
        while at >= 0:
            line = line.stylize(style, at, at + len(words))
            at = low.find(words, at + len(words))
        return line

    def find(self, words: str) -> None:
        """Look for words, from the place in view on; none ends looking."""
        self._words = words.strip().lower()
        self._look()
        self._hit = next((number for number, at in enumerate(self._hits) if at >= int(self.scroll_offset.y)), 0) - 1
        self.refresh()
        if self._words:
            self._to_hit(1)

    def _look(self) -> None:
        self._hits = (
            [at for at, line in enumerate(self._lines) if self._words in line.plain.lower()] if self._words else []
        )

    def _to_hit(self, step: int) -> None:
        if self._hits:
            self._hit = (self._hit + step) % len(self._hits)
            self.scroll_to(y=max(0, self._hits[self._hit] - 2), animate=False, immediate=True)
        self.post_message(self.Found(self._hit + 1 if self._hits else 0, len(self._hits)))

    def action_next_hit(self) -> None:
        """The next line with the words; where none were looked for, the key means what it means around the text."""
        if not self._words:
            raise SkipAction
        self._to_hit(1)

    def action_previous_hit(self) -> None:
        """The line before with the words; where none were looked for, the key means what it means around the text."""
        if not self._words:
            raise SkipAction
        self._to_hit(-1)

    def _move(self, lines: int) -> None:
        self.scroll_to(y=int(self.scroll_offset.y) + lines, animate=False, immediate=True)

    def action_line_down(self) -> None:
        """A line down."""
        self._move(1)

    def action_line_up(self) -> None:
        """A line up."""
        self._move(-1)

    def action_text_page_down(self) -> None:
        """A screenful down."""
        self._move(max(1, self.size.height - 1))

    def action_text_page_up(self) -> None:
        """A screenful up."""
        self._move(-max(1, self.size.height - 1))

    def action_text_top(self) -> None:
        """To the beginning."""
        self._move(-len(self._lines))

    def action_text_bottom(self) -> None:
        """To the end."""
        self._move(len(self._lines))
