"""Searching the evidence in one's own words."""

from collections.abc import Iterable

from textual.widget import Widget

from workbench.tui.forms.base import Form
from workbench.tui.shell import Shell
from workbench.tui.widgets.fields import Label, LineField


class SearchForm(Form[str]):
    """Hands back the words, None where there are none."""

    def __init__(self, shell: Shell, words: str, title: str = "Search the evidence") -> None:
        super().__init__(shell, title)
        self._words = words

    def body(self) -> Iterable[Widget]:
        """One field."""
        yield Label("Passages that use these words, or mean them:")
        yield LineField(self._words, identifier="words")

    def on_mount(self) -> None:
        """Type over what is there."""
        field = self.query_one("#words", LineField)
        self.set_focus(field)
        field.select_all()

    def action_save(self) -> None:
        """Hand the words back."""
        self.dismiss(self.text_of("words").strip() or None)
