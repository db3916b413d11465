"""Fields to type in. What is pasted or loaded into them can neither act on the terminal nor hide."""

from rich.text import Text
from textual import events
from textual.document._document import Location, Selection
from textual.widgets import Input, Static, TextArea

from workbench.tui.commands import Scope, bindings
from workbench.tui.text import plain, plain_line, same_length


class Label(Static):
    """A short caption of our own."""

    DEFAULT_CSS = "Label { height: auto; max-height: 8; color: $quiet; }"

    def __init__(self, text: str = "", *, identifier: str | None = None) -> None:
        super().__init__(text, markup=False, id=identifier)


class LineField(Input):
    """One line of text."""

    DEFAULT_CSS = """
    LineField { border: none; height: 1; padding: 0 1; background: $panel; }
    LineField:focus { border: none; background: $current; }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", identifier: str | None = None) -> None:
        super().__init__(plain_line(value), placeholder=placeholder, id=identifier, select_on_focus=False)
        self.cursor_blink = False

    def set_text(self, text: str) -> None:
        """Put text from the store into the field, the cursor at its end."""
        self.value = plain_line(text)
        self.cursor_position = len(self.value)

    def _on_paste(self, event: events.Paste) -> None:
        """Take pasted text in as one visible line."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(plain_line(event.text))


class ProseField(TextArea):
    """Several lines of text. It keeps every character as it is and draws the dangerous ones as signs of equal length."""

    DEFAULT_CSS = """
    ProseField { border: none; padding: 0 1; background: $panel; height: 1fr; min-height: 3; }
    ProseField:focus { border: none; background: $panel; }
    ProseField.-reading { background: $surface; }
    """

    def __init__(
        self, text: str = "", *, placeholder: str = "", reading: bool = False, identifier: str | None = None
    ) -> None:
        super().__init__(
            text,
            placeholder=plain(placeholder),
            read_only=reading,
            id=identifier,
            classes="-reading" if reading else "",
            highlight_cursor_line=False,
        )
        self.cursor_blink = False

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn."""
        return Text(same_length(self.document.get_line(line_index)), end="", no_wrap=True)

    def set_text(self, text: str) -> None:
        """Put text from the store into the field; what was typed before can still be undone."""
        if text != self.text:
            self.replace(text, (0, 0), self.document.end)

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The selection as [start, end) in the text, None where nothing is selected."""
        first, last = sorted(self.selection)
        if first == last:
            return None
        at = self.document.get_index_from_location  # type: ignore[attr-defined]
        return at(first), at(last)


class WordsField(ProseField):
    """A text to choose words of: by shift and the arrows, or, where a terminal keeps those for itself, by a key to begin with."""

    BINDINGS = bindings(Scope.WORDS)

    def __init__(self, text: str, *, identifier: str | None = None) -> None:
        self._marking = False
        super().__init__(text, reading=True, identifier=identifier)

    def choose(self, start: int, end: int) -> None:
        """Choose the words [start, end) of the text."""
        at = self.document.get_location_from_index  # type: ignore[attr-defined]
        self.selection = Selection(at(start), at(end))

    def action_mark(self) -> None:
        """Begin choosing at the cursor."""
        self._marking = False
        self.move_cursor(self.cursor_location)
        self._marking = True

    def move_cursor(
        self, location: Location, select: bool = False, center: bool = False, record_width: bool = True
    ) -> None:
        """Move, and take in what lies between once choosing has begun."""
        super().move_cursor(location, select or self._marking, center, record_width)

    def action_cursor_left(self, select: bool = False) -> None:
        """A character to the left."""
        super().action_cursor_left(select or self._marking)

    def action_cursor_right(self, select: bool = False) -> None:
        """A character to the right."""
        super().action_cursor_right(select or self._marking)
