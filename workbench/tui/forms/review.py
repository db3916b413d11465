"""A second checker's judgement of a recorded verdict."""

from collections.abc import Iterable, Sequence

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from db.tables import Verdict
from db.vocabulary import ReviewOutcome
from workbench.services.views import ClaimView
from workbench.tui.forms.base import Form
from workbench.tui.forms.choosing import Option, option_rows
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.fields import Label, ProseField
from workbench.tui.widgets.matches_pane import level_mark
from workbench.tui.widgets.rows import Rows


class ReviewForm(Form[bool]):
    """Agrees with a verdict, or says which level the reviewer would give, and why."""

    def __init__(self, shell: Shell, view: ClaimView, verdict: Verdict) -> None:
        super().__init__(shell, f"Review of claim {view.number}", f"review:{verdict.rid}")
        self._view = view
        self._verdict = verdict

    def _options(self) -> Sequence[Option]:
        scale = self.shell.workbench.verdicts.scales().get(self._verdict.scale)
        levels = [level for level in scale.levels if level.id != self._verdict.level] if scale else []
        marks = self.shell.marks
        return [
            Option("", Content("agrees with the verdict"), "="),
            *[
                Option(
                    level.id,
                    Content.assemble(
                        "disagrees, would give ", (f"{marks.level(level).glyph} {level.label}", marks.level(level).tone)
                    ),
                    level.letter,
                )
                for level in levels
            ],
        ]

    def body(self) -> Iterable[Widget]:
        """The verdict, the choice, a note."""
        yield Label(identifier="review-claim")
        yield Label(identifier="review-verdict")
        yield option_rows(self._options(), self.shell.marks.cursor)
        yield Label("Note; where you disagree, say why:")
        yield ProseField(identifier="note")

    def on_mount(self) -> None:
        """Show what is reviewed."""
        mark = level_mark(self.shell.workbench.verdicts.scales(), self.shell.marks, self._verdict)
        self.query_one("#review-claim", Label).update(line(self._view.claim.wording, "$foreground"))
        self.query_one("#review-verdict", Label).update(
            joined(
                [
                    Content.styled(f"{mark.glyph} ", f"{mark.tone} bold") + line(mark.word, f"{mark.tone} bold"),
                    line(self._verdict.author),
                    line(self._verdict.rationale),
                ]
            )
        )
        rows = self.query_one(Rows)
        rows.show(self._options())
        self.set_focus(rows)

    def on_key(self, event: events.Key) -> None:
        """A letter chooses and goes on to the note."""
        if isinstance(self.focused, ProseField):
            return
        rows = self.query_one(Rows)
        for option in self._options():
            if event.character and event.character == option.mark:
                event.stop()
                rows.go_to(option.key)
                self.set_focus(self.query_one("#note", ProseField))

    @on(Rows.Opened)
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.set_focus(self.query_one("#note", ProseField))

    def action_save(self) -> None:
        """Record the review."""
        chosen = self.query_one(Rows).current
        level = chosen.key if isinstance(chosen, Option) else ""
        outcome = ReviewOutcome.DISAGREES if level else ReviewOutcome.AGREES
        note, claim, scale = self.text_of("note"), self._view.claim.id, self._verdict.scale
        verdicts = self.shell.workbench.verdicts
        self.submit(lambda: verdicts.review(claim, scale, outcome, level=level, note=note), lambda _: True)
