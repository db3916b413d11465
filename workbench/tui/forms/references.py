"""What the text leaves open: the references of a claim or of the article, and saying what one stands for."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from workbench.services.reference_views import ArticleReferences, ReferenceView
from workbench.services.views import ClaimView
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form, Panel
from workbench.tui.forms.choosing import Option, numbered, option_rows
from workbench.tui.forms.claims import WordingForm
from workbench.tui.marks import Marks
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.fields import Label, LineField
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted

_CANNOT = "cannot"


class ReferencesPanel(Panel[None]):
    """Lists what one claim leaves open, or the whole article."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.REFERENCES,)
    BINDINGS = bindings(Scope.REFERENCES)

    def __init__(self, shell: Shell, article: str, view: ClaimView | None, text: str) -> None:
        super().__init__(shell, "What the text leaves open")
        self._article = article
        self._view = view
        self._text = text
        self._whole = view is None
        self._found: ArticleReferences | None = None

    def body(self) -> Iterable[Widget]:
        """The references."""
        yield Rows(
            lambda one, _: reference_lines(one, self.shell.marks),
            lambda one: (one.start, one.end),
            row_height=2,
            cursor_mark=self.shell.marks.cursor,
            identifier="references",
        )
        yield Label(identifier="references-note")

    def on_mount(self) -> None:
        """Read them."""
        self.set_focus(self.query_one("#references", Rows))
        self.reload()

    def reload(self) -> None:
        """Read them again."""
        references, article = self.shell.workbench.references, self._article
        self.ask(lambda: references.of_article(article), self._show, group="references")

    def _show(self, found: ArticleReferences) -> None:
        self._found = found
        claim = self._view.claim.id if self._view else ""
        shown = found.references if self._whole else found.of(claim)
        where = "the article" if self._whole or self._view is None else f"claim {self._view.number}"
        still = sum(one.open for one in shown)
        self.retitle(Content.styled(f"What {where} leaves open: {still} of {counted(len(shown), 'reference')}", "bold"))
        self.query_one("#references", Rows).show(shown)
        note = (
            "" if shown else "Nothing here needs the text around it. " + ("" if self._whole else "a shows the article.")
        )
        if any(one.text in found.undated for one in shown):
            note = "Dates wait for the article's publication date: esc, then t."
        self.query_one("#references-note", Label).update(Content(note))

    @property
    def _current(self) -> ReferenceView | None:
        one = self.query_one("#references", Rows).current
        return one if isinstance(one, ReferenceView) else None

    def _claim_of(self, one: ReferenceView) -> str:
        own = self._view.claim.id if self._view is not None else ""
        return own if own in one.claims else one.claims[0] if one.claims else ""

    @on(Rows.Opened, "#references")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.action_resolve()

    def action_resolve(self) -> None:
        """Say what the words under the cursor stand for."""
        one = self._current
        if one is None:
            return
        claim = self._claim_of(one)
        if not claim:
            self.complain("No claim holds these words whole.", "Merge the claims that they were split between.")
            return
        self.app.push_screen(
            ResolveForm(self.shell, claim, one, self._text), lambda choice: self._resolved(one, choice)
        )

    def _resolved(self, one: ReferenceView, choice: str | None) -> None:
        self.reload()
        if not choice:
            return
        claim, references = self._claim_of(one), self.shell.workbench.references
        self.ask(lambda: references.suggestion(claim, one.start, one.end, choice), self._suggest, group="suggestion")

    def _suggest(self, wording: str | None) -> None:
        """Offer the wording that says it; nothing is changed unless the person saves it."""
        view = self._view
        if wording is not None and view is not None and not self._whole and wording != view.claim.wording:
            self.app.push_screen(WordingForm(self.shell, view, self._text, suggested=wording))

    def action_leave_open(self) -> None:
        """Take back what was chosen."""
        one = self._current
        if one is None or one.resolution is None:
            self.complain("Nothing was chosen for these words.")
            return
        claim, references = self._claim_of(one), self.shell.workbench.references
        self.ask(lambda: references.withdraw(claim, one.start, one.end), self._done)

    def _done(self, _: object) -> None:
        self.changed()
        self.reload()

    def action_whole(self) -> None:
        """The whole article, and back to the claim."""
        if self._view is not None and self._found is not None:
            self._whole = not self._whole
            self._show(self._found)


def reference_lines(one: ReferenceView, marks: Marks) -> Sequence[Content]:
    """A reference: its words and why they are flagged, then what was chosen or what may be."""
    sign = marks.pick("↪", "^")
    style = "$tone-unproven bold" if one.open else "$tone-supported bold"
    head = joined(
        [
            Content.assemble((f"{sign if one.open else marks.pick('✓', 'v')} ", style), line(f"“{one.text}”", "bold")),
            Content.styled(one.type.replace("_", " "), "$quiet"),
            line(one.message, "$quiet"),
        ]
    )
    return [head, Content("    ") + chosen_line(one, marks)]


def chosen_line(one: ReferenceView, marks: Marks) -> Content:
    """What was chosen and by whom, or the candidates."""
    resolution = one.resolution
    if resolution is None:
        offered = " | ".join(one.candidates)
        return line(f"open: {offered}" if offered else "open, no candidate", "$quiet")
    arrow = marks.pick("→", "->")
    said = "cannot be resolved" if resolution.unresolvable else resolution.choice
    parts = [line(f"{arrow} {said}"), line(resolution.author, "$quiet"), line(resolution.note, "$quiet")]
    if resolution.conflicted:
        parts.insert(0, Content.styled("! desks differ", "$tone-conflict bold"))
    return joined(parts)


class ResolveForm(Form[str]):
    """What words stand for: a candidate by its digit, or one's own words; hands back the choice, "" for none."""

    def __init__(self, shell: Shell, claim: str, one: ReferenceView, text: str) -> None:
        super().__init__(shell, f"What does “{one.text}” stand for?", f"resolve:{claim}:{one.start}")
        self._claim = claim
        self._one = one
        self._text = text
        candidates = [Option(f"c{number}", line(words)) for number, words in enumerate(one.candidates)]
        self._options = [
            *numbered(candidates),
            Option(_CANNOT, line("It cannot be resolved from what is at hand."), "0"),
        ]

    def body(self) -> Iterable[Widget]:
        """The sentence, the candidates, and a field for another answer."""
        yield Label(identifier="resolve-sentence")
        yield option_rows(self._options, self.shell.marks.cursor)
        yield Label(identifier="resolve-whole")
        yield Label("Or in your own words (tab, then enter):")
        yield LineField(identifier="meaning")
        yield Label("Note, such as how you know; kept with the choice:")
        yield LineField(identifier="note")

    def on_mount(self) -> None:
        """Show the sentence; the cursor on what holds now."""
        super().on_mount()
        self.query_one("#resolve-sentence", Label).update(line(self._text, "$foreground"))
        rows = self.query_one(Rows)
        rows.show(self._options)
        resolution = self._one.resolution
        if resolution is not None:
            chosen = (
                f"c{self._one.candidates.index(resolution.choice)}" if resolution.choice in self._one.candidates else ""
            )
            rows.go_to(_CANNOT if resolution.unresolvable else chosen)
        self.set_focus(rows)

    def on_key(self, event: events.Key) -> None:
        """A digit takes a candidate."""
        if isinstance(self.focused, LineField):
            return
        for option in self._options:
            if event.character and event.character == option.mark:
                event.stop()
                self._take(option.key)

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        """The whole of a candidate that a row has no room for."""
        event.stop()
        current = event.rows.current
        long = current is not None and current.label.cell_length > event.rows.size.width - 4 > 0
        self.query_one("#resolve-whole", Label).update(current.label if current and long else Content(""))

    @on(Rows.Opened)
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        if event.rows.current is not None:
            self._take(event.rows.current.key)

    def action_save(self) -> None:
        """Take what was typed, or else the candidate under the cursor."""
        typed = self.text_of("meaning").strip()
        current = self.query_one(Rows).current
        if typed:
            self._record(typed)
        elif current is not None:
            self._take(current.key)

    def _take(self, key: str) -> None:
        self._record("" if key == _CANNOT else self._one.candidates[int(key[1:])])

    def _record(self, choice: str) -> None:
        references, one, claim, note = self.shell.workbench.references, self._one, self._claim, self.text_of("note")
        resolution = one.resolution
        # Where desks differ already, the conflict is chosen from first; the service says so.
        seen = None if resolution is not None and resolution.conflicted else [resolution.rid] if resolution else []
        self.submit(
            lambda: references.resolve(
                claim, one.start, one.end, choice=choice, unresolvable=not choice, note=note, seen=seen
            ),
            lambda made: made.choice,
        )
