"""Working on a claim: its wording, and claims inside it."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from db.vocabulary import Relation
from workbench.services.views import ClaimView
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.fields import Label, ProseField, WordsField


class WordingForm(Form[bool]):
    """Gives a claim a wording that stands alone."""

    def __init__(self, shell: Shell, view: ClaimView, text: str, *, suggested: str | None = None) -> None:
        title = f"Wording of claim {view.number}" + ("" if suggested is None else ": say what was resolved?")
        super().__init__(shell, title, "" if suggested is not None else f"wording:{view.claim.id}")
        self._view = view
        self._text = text
        self._wording = view.claim.wording if suggested is None else suggested

    def body(self) -> Iterable[Widget]:
        """The sentence as it stands, over its wording."""
        yield Label("In the article (it never changes):")
        yield Label(identifier="as-written")
        yield Label("As it is checked; empty restores the article's words:")
        yield ProseField(self._wording, identifier="wording")

    def on_mount(self) -> None:
        """Show the sentence."""
        self.query_one("#as-written", Label).update(line(self._text, "$foreground"))
        field = self.query_one("#wording", ProseField)
        field.move_cursor(field.document.end)
        self.set_focus(field)

    def action_save(self) -> None:
        """Record the wording."""
        wording, claim = self.text_of("wording"), self._view.claim.id
        claims = self.shell.workbench.claims
        self.submit(lambda: claims.edit_wording(claim, wording), lambda _: True)


class PartForm(Form[bool]):
    """Adds a claim inside a sentence: words of it that are selected, or what it implies in one's own words."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.FORM, Scope.PART, Scope.WORDS)
    BINDINGS = bindings(Scope.PART)

    def __init__(self, shell: Shell, view: ClaimView, text: str) -> None:
        super().__init__(shell, f"A claim inside claim {view.number}", f"part:{view.claim.id}")
        self._view = view
        self._text = text

    def body(self) -> Iterable[Widget]:
        """The sentence to select in, over a field for a wording."""
        yield Label("Choose words (space, or shift with the arrows) for a part; none for what is implied.")
        yield WordsField(self._text, identifier="sentence")
        yield Label("Its wording; for a part, empty means the selected words:")
        yield ProseField(identifier="wording")

    def on_mount(self) -> None:
        """Begin in the sentence."""
        self.set_focus(self.query_one("#sentence", WordsField))

    def action_presupposed(self) -> None:
        """Add what the sentence takes for granted."""
        self._add(Relation.PRESUPPOSED)

    def action_save(self) -> None:
        """Add the part, or what is implied."""
        self._add(Relation.IMPLIED)

    def _add(self, relation: Relation) -> None:
        chosen = self.query_one("#sentence", WordsField).chosen
        wording = " ".join(self.text_of("wording").split())
        claim, claims = self._view.claim, self.shell.workbench.claims
        if chosen is None or relation is Relation.PRESUPPOSED:
            self.submit(lambda: claims.add_implied(claim.id, wording, relation), lambda _: True)
            return
        start, end = claim.start + chosen[0], claim.start + chosen[1]
        self.submit(lambda: claims.add_part(claim.id, start, end, wording=wording or None), lambda _: True)
