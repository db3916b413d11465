"""A list of rows that is never held whole: rows are drawn when they are seen and asked for page by page."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from workbench.tui.commands import Scope, bindings

T = TypeVar("T")
PAGE = 100
PAGES_KEPT = 60
_GUTTER = 2


class Rows(ScrollView, Generic[T], can_focus=True):
    """Rows of a fixed height. `draw(item, width)` gives a row's lines, `key(item)` says which item it is.

    Given all at once with `show`, or page by page: `expect(count)` posts PageWanted for what is in view and `put` fills it in.
    """

    BINDINGS = bindings(Scope.LIST)
    COMPONENT_CLASSES = {"rows--row", "rows--cursor", "rows--waiting"}
    DEFAULT_CSS = """
    Rows {
        height: 1fr;
        background: $background;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
    }
    Rows > .rows--row { color: $foreground; }
    Rows > .rows--waiting { color: $quiet; }
    Rows > .rows--cursor {
        background: $block-cursor-blurred-background;
        color: $block-cursor-blurred-foreground;
    }
    Rows:focus > .rows--cursor {
        background: $current;
        color: $foreground;
        text-style: bold;
    }
    """
    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor is on another row, or another item is under it."""

        def __init__(self, rows: "Rows[Any]") -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> "Rows[Any]":
            """The list that this happened in."""
            return self.rows

    class Opened(Moved):
        """The row under the cursor was opened."""

    class PageWanted(Moved):
        """Rows from `offset` on are in view and not known."""

        def __init__(self, rows: "Rows[Any]", offset: int, limit: int) -> None:
            super().__init__(rows)
            self.offset = offset
            self.limit = limit

    def __init__(
        self,
        draw: Callable[[T, int], Sequence[Content]],
        key: Callable[[T], Hashable],
        *,
        row_height: int = 1,
        cursor_mark: str = "▸",
        identifier: str | None = None,
    ) -> None:
        super().__init__(id=identifier)
        self._draw = draw
        self._key = key
        self._row_height = row_height
        self._mark = cursor_mark
        self._count = 0
        self._pages: OrderedDict[int, Sequence[T]] = OrderedDict()
        self._wanted: set[int] = set()
        self._paged = False
        self._filled = False
        self._open_first = False

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def current(self) -> T | None:
        """The item under the cursor, None where there is none or it is not known yet."""
        return self.item(self.cursor)

    def item(self, row: int) -> T | None:
        """The item in a row, None where it is not known."""
        if not 0 <= row < self._count:
            return None
        page = self._pages.get(row // PAGE)
        at = row % PAGE
        return page[at] if page is not None and at < len(page) else None

    def items(self) -> list[T]:
        """Every item that is known, in order."""
        return [item for number in sorted(self._pages) for item in self._pages[number]]

    def show(self, items: Sequence[T]) -> None:
        """Show all these rows; the cursor stays on its item where that is still there."""
        held = self.current
        self._paged = False
        self._pages = OrderedDict((at // PAGE, items[at : at + PAGE]) for at in range(0, len(items), PAGE))
        self._resize(len(items))
        wanted = None if held is None else self._key(held)
        same = next((row for row, item in enumerate(items) if self._key(item) == wanted), None)
        self._place(same if same is not None else self.cursor)
        self._filled = True
        if self._open_first:
            self._open_first = False
            self.action_open_row()

    def expect(self, count: int, *, keep_cursor: bool = False) -> None:
        """Show `count` rows that are asked for as they come into view."""
        self._paged = True
        self._pages.clear()
        self._wanted.clear()
        self._resize(count)
        if not keep_cursor:
            self.scroll_to(y=0, animate=False, immediate=True)
        self._place(self.cursor if keep_cursor else 0)
        first = int(self.scroll_offset.y) // self._row_height
        last = min(count - 1, first + self.size.height // self._row_height)
        for number in range(first // PAGE, last // PAGE + 1):
            self._want(number)

    def put(self, offset: int, items: Sequence[T]) -> None:
        """Fill in a page that was wanted."""
        number = offset // PAGE
        self._wanted.discard(number)
        self._pages[number] = items
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        self.refresh()
        if self.cursor // PAGE == number:
            self._tell(self.Moved(self))

    def go_to(self, key: Hashable) -> bool:
        """Put the cursor on the item with this key, if it is known."""
        for number, page in self._pages.items():
            for at, item in enumerate(page):
                if self._key(item) == key:
                    self._place(number * PAGE + at)
                    return True
        return False

    def redraw(self) -> None:
        """Draw the rows again, where something that `draw` looks at has changed."""
        self.refresh()

    def _tell(self, message: Message) -> None:
        # Textual ends the way up at the pump that is active when a message is made; it may be our own parent.
        message.set_sender(self)
        self.post_message(message)

    def _resize(self, count: int) -> None:
        self._count = count
        self.virtual_size = Size(self.scrollable_content_region.width, count * self._row_height)
        self.refresh()

    def _place(self, row: int) -> None:
        row = max(0, min(row, self._count - 1))
        moved = row != self.cursor
        self.cursor = row
        if not moved:
            self._cursor_moved()

    def validate_cursor(self, row: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(row, self._count - 1))

    def watch_cursor(self) -> None:
        """Show the row and tell."""
        self._cursor_moved()

    def _cursor_moved(self) -> None:
        self.refresh()
        region = Region(0, self.cursor * self._row_height, max(1, self.size.width), self._row_height)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)
        self._tell(self.Moved(self))

    def on_resize(self) -> None:
        """Fit the rows to the new width."""
        self._resize(self._count)

    def notify_style_update(self) -> None:
        """Draw again in the new colours."""
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line on screen."""
        width = self.scrollable_content_region.width
        line = int(self.scroll_offset.y) + y
        row, part = divmod(line, self._row_height)
        base = self.get_visual_style("rows--row")
        if row >= self._count or width <= _GUTTER:
            return Strip.blank(width, base.rich_style)
        here = row == self.cursor
        item = self.item(row)
        style = self.get_visual_style("rows--cursor" if here else "rows--waiting" if item is None else "rows--row")
        if item is None:
            self._want(row // PAGE)
            content = Content("…" if part == 0 else "")
        else:
            lines = self._draw(item, width - _GUTTER)
            content = lines[part] if part < len(lines) else Content("")
        gutter = f"{self._mark} " if here and part == 0 else "  "
        strips = Visual.to_strips(self, Content(gutter) + content, width, 1, style, apply_selection=False, pad=True)
        return strips[0] if strips else Strip.blank(width, style.rich_style)

    def _want(self, number: int) -> None:
        if self._paged and number not in self._wanted:
            self._wanted.add(number)
            self._tell(self.PageWanted(self, number * PAGE, PAGE))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the pointer is; a second click there opens."""
        row = (int(self.scroll_offset.y) + event.y) // self._row_height
        if 0 <= row < self._count:
            if row == self.cursor and event.chain > 1:
                self.action_open_row()
            self._place(row)

    def action_cursor_down(self) -> None:
        """The next row."""
        self._place(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """The row before."""
        self._place(self.cursor - 1)

    def action_cursor_top(self) -> None:
        """The first row."""
        self._place(0)

    def action_cursor_bottom(self) -> None:
        """The last row."""
        self._place(self._count - 1)

    def action_cursor_page_down(self) -> None:
        """A screenful down."""
        self._place(self.cursor + max(1, self.size.height // self._row_height - 1))

    def action_cursor_page_up(self) -> None:
        """A screenful up."""
        self._place(self.cursor - max(1, self.size.height // self._row_height - 1))

    def action_open_row(self) -> None:
        """Open the row; typed before the first rows have come, it waits for them."""
        if self.current is not None:
            self._tell(self.Opened(self))
        elif not self._filled and not self._paged:
            self._open_first = True
