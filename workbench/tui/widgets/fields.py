"""Fields to type in. What is pasted or loaded into them can neither act on the terminal nor hide."""

from rich.text import Text
from textual import events
from textual.widgets import Input, Static, TextArea

from workbench.tui.text import plain, plain_line, same_length


class Label(Static):
    """A short caption of our own."""

    DEFAULT_CSS = "Label { height: auto; color: $quiet; }"

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
        """Put text from the store into the field."""
        self.value = plain_line(text)

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
