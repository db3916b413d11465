"""Searching the evidence in one's own words, and narrowing what is found."""

from collections.abc import Iterable

from textual.widget import Widget

from workbench.matching.query import read_query
from workbench.services.filters import Filter, read_filter, typed
from workbench.tui.forms.base import Form
from workbench.tui.shell import Shell
from workbench.tui.widgets.fields import Label, LineField


class SearchForm(Form[str]):
    """Hands back the query, None where there is none; one that cannot be read is refused in place."""

    def __init__(self, shell: Shell, words: str, title: str = "Search the evidence") -> None:
        super().__init__(shell, title)
        self._words = words

    def body(self) -> Iterable[Widget]:
        """One field, and what may be written there."""
        yield Label("Passages that use these words, or mean them:")
        yield LineField(self._words, identifier="words")
        yield Label('"a phrase" must stand there · -word must not · harbo* begins a word that must')

    def on_mount(self) -> None:
        """Type over what is there."""
        field = self.query_one("#words", LineField)
        self.set_focus(field)
        field.select_all()

    def action_save(self) -> None:
        """Hand the query back, once it can be read."""
        words = self.text_of("words").strip()
        if not words:
            self.dismiss(None)
            return
        self.submit(lambda: read_query(words), lambda _: words)


class QuoteForm(Form[str]):
    """Hands back the quotation to look for."""

    def __init__(self, shell: Shell, words: str) -> None:
        super().__init__(shell, "Where does this quotation stand?")
        self._words = words

    def body(self) -> Iterable[Widget]:
        """One field."""
        yield Label("The quotation, perhaps with errors; it is looked for clause by clause in every document:")
        yield LineField(self._words, identifier="words")

    def on_mount(self) -> None:
        """Type over what is there."""
        field = self.query_one("#words", LineField)
        self.set_focus(field)
        field.select_all()

    def action_save(self) -> None:
        """Hand it back."""
        self.dismiss(self.text_of("words").strip() or None)


class FilterForm(Form[Filter]):
    """Hands back what passages must be; what cannot be meant is refused in place."""

    def __init__(self, shell: Shell, now: Filter) -> None:
        super().__init__(shell, "Narrow the passages")
        self._now = now

    def body(self) -> Iterable[Widget]:
        """A field for each condition; empty means everything."""
        now = typed(self._now)
        for name, caption in _CAPTIONS:
            yield Label(caption)
            yield LineField(now[name], identifier=name)

    def on_mount(self) -> None:
        """Begin with the source."""
        self.set_focus(self.query_one("#source", LineField))

    def action_save(self) -> None:
        """Hand the filter back."""
        values = self.values()
        self.submit(lambda: read_filter(values), lambda found: found)


_CAPTIONS = (
    ("source", "Source or domain (several with commas; empty means all, here and below):"),
    ("after", "From, as in 2026-03-17:"),
    ("before", "Until:"),
    ("language", "Language, such as en:"),
    ("confidentiality", "Who may see it: public, internal, confidential:"),
    ("cited", "Cited for this claim: supports, refutes, context, any, none:"),
    ("own-outlet", "The article’s own outlet too? yes, or empty for no:"),
)
