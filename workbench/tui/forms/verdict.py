"""The verdict: a level by its letter, the rationale, what is missing, and a checklist that follows as one types."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from db.tables import Verdict
from workbench.services.precedent_views import PrecedentList
from workbench.services.views import ClaimView
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form
from workbench.tui.forms.precedents import PrecedentsPanel
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.fields import Label, LineField, ProseField
from workbench.tui.widgets.levels import Levels
from workbench.tui.widgets.precedent_content import heading, row_lines
from workbench.verdicts import Rule, RuleState

CHECK_AFTER = 0.3


class VerdictForm(Form[bool]):
    """Records a verdict for one claim on one scale."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.FORM, Scope.VERDICT)
    BINDINGS = bindings(Scope.VERDICT)

    def __init__(self, shell: Shell, view: ClaimView, *, add: str = "") -> None:
        verdicts = shell.workbench.verdicts
        newest = max(view.verdicts, key=lambda verdict: verdict.decided_at) if view.verdicts else None
        scales = verdicts.scales()
        self._scale = newest.scale if newest and newest.scale in scales else verdicts.default_scale()
        super().__init__(shell, f"Verdict on claim {view.number}", self._key(view, self._scale))
        self._view = view
        self._timer: Timer | None = None
        self._add = add

    @staticmethod
    def _key(view: ClaimView, scale: str) -> str:
        return f"verdict:{view.claim.id}:{scale}"

    def _recorded(self) -> Verdict | None:
        return next((verdict for verdict in self._view.verdicts if verdict.scale == self._scale), None)

    def body(self) -> Iterable[Widget]:
        """The claim, the levels, the reasoning, the checklist and the citations."""
        recorded = self._recorded()
        scales = self.shell.workbench.verdicts.scales()
        yield Label(identifier="verdict-claim")
        with VerticalScroll(id="verdict-body", can_focus=False):
            yield Levels(list(scales.values()), self._scale, self.shell.marks)
            yield Label("Rationale")
            yield ProseField(recorded.rationale if recorded else "", identifier="rationale")
            yield Label("What is missing, or would settle it")
            yield LineField(recorded.missing if recorded else "", identifier="missing")
            with Vertical(id="verdict-check"):
                yield Static(id="checklist", markup=False)
                yield Static(id="verdict-citations", markup=False)
                yield Static(id="verdict-precedents", markup=False)

    def on_mount(self) -> None:
        """Show the claim, its citations, and the level it has."""
        recorded = self._recorded()
        self.levels.pick(recorded.level if recorded else "")
        self.query_one("#verdict-claim", Label).update(line(self._view.claim.wording))
        self.query_one("#verdict-citations", Static).update(self._citations())
        self.set_focus(self.levels)
        self._check()
        precedents, view = self.shell.workbench.precedents, self._view
        self.ask(lambda: precedents.find(view), self._precedents, group="precedents")

    def _precedents(self, found: PrecedentList) -> None:
        lines = [Content.styled(f"Precedents: {heading(found)}", "$quiet")]
        lines += [Content("\n").join(row_lines(one)) for one in found.all]
        self.query_one("#verdict-precedents", Static).update(Content("\n").join(lines))

    def action_precedents(self) -> None:
        """List the precedents; what is chosen there is put into the rationale."""
        self.app.push_screen(PrecedentsPanel(self.shell, self._view), self._take)

    def _take(self, text: str | None) -> None:
        """Put a text under what the rationale says."""
        if text:
            field = self.query_one("#rationale", ProseField)
            said = field.text.rstrip()
            field.set_text(f"{said}\n\n{text}\n" if said else f"{text}\n")
            field.move_cursor(field.document.end)
            self.set_focus(field)

    def _restore(self, text: str) -> None:
        super()._restore(text)
        self._take(self._add)

    @property
    def levels(self) -> Levels:
        """The scale."""
        return self.query_one(Levels)

    def values(self) -> dict[str, str]:
        """The fields and the level."""
        level = self.levels.level
        return {**super().values(), "level": level.id if level else ""}

    def fill(self, values: dict[str, str]) -> None:
        """Take up a draft."""
        super().fill(values)
        if self.levels.level is None or values.get("level"):
            self.levels.pick(values.get("level", ""))
        self._check()

    def _citations(self) -> Content:
        if not self._view.citations:
            return Content.styled("Nothing is cited yet: esc, then c on a passage.", "$quiet")
        lines = []
        for cited in self._view.citations:
            mark = self.shell.marks.stance(cited.citation.stance)
            name = cited.source.source.name if cited.source else (cited.document.source_name if cited.document else "")
            lost = cited.document is not None and not cited.quote_found
            lines.append(
                joined(
                    [
                        Content.styled(f"{mark.glyph} {mark.word}, {cited.citation.role.value}", mark.tone),
                        line(name or "withheld here"),
                        Content.styled("quotation not found any more", "$tone-conflict bold") if lost else Content(""),
                        line(f"“{cited.citation.quote}”", "$quiet"),
                    ]
                )
            )
        return Content("\n").join(lines)

    @on(Levels.Picked)
    def _picked(self) -> None:
        self.keep()
        self._check()
        self.set_focus(self.query_one("#rationale", ProseField))

    @on(Levels.ScaleTurned)
    def _turned(self, event: Levels.ScaleTurned) -> None:
        """Another scale has a verdict and a draft of its own; what was typed stays in the field."""
        self._scale = event.scale.id
        self.draft_key = self._key(self._view, self._scale)
        recorded = self._recorded()
        self.levels.pick(recorded.level if recorded else "")
        self.keep()
        self._check()

    @on(TextArea.Changed, "#rationale")
    def _written(self) -> None:
        if self._timer is None:
            self._timer = self.set_timer(CHECK_AFTER, self._check)

    def _check(self) -> None:
        self._timer = None
        level = self.levels.level
        claim, scale, rationale = self._view.claim.id, self._scale, self.text_of("rationale")
        verdicts = self.shell.workbench.verdicts
        self.ask(
            lambda: verdicts.checklist(claim, scale, level=level.id if level else None, rationale=rationale),
            self._checked,
            group="checklist",
        )

    def _checked(self, rules: tuple[Rule, ...]) -> None:
        met = sum(rule.state is RuleState.MET for rule in rules)
        self.retitle(
            Content.assemble(line(self.heading, "bold"), (f"  checklist: {met} of {len(rules)} met", "$quiet"))
        )
        lines = []
        for rule in rules:
            mark = self.shell.marks.rule(rule.state)
            lines.append(
                Content.assemble((f"{mark.glyph} ", f"{mark.tone} bold"), rule.text, (f"  {rule.detail}", "$quiet"))
            )
        self.query_one("#checklist", Static).update(Content("\n").join(lines))

    def action_save(self) -> None:
        """Record the verdict; in the line of what is missing, enter only goes on."""
        level = self.levels.level
        if level is None:
            self.complain("No level is picked.", "Press the letter of a level.")
            self.set_focus(self.levels)
            return
        recorded, claim, scale = self._recorded(), self._view.claim.id, self._scale
        rationale, missing = self.text_of("rationale"), self.text_of("missing")
        verdicts = self.shell.workbench.verdicts
        self.submit(
            lambda: verdicts.record(
                claim,
                scale,
                level.id,
                rationale=rationale,
                missing=missing,
                seen=[recorded.rid] if recorded else None,
            ),
            lambda _: True,
        )

    def on_unmount(self) -> None:
        """A checklist that is still on its way has nowhere to go."""
        self.forget("checklist")
        self.forget("precedents")
