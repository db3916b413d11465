"""Asking the optional helper: what would be sent, where, and nothing goes before a person says so."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from workbench.services.helping import Answer, Sending
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Panel
from workbench.tui.screens.base import AskingScreen
from workbench.tui.shell import Shell
from workbench.tui.text import content, line
from workbench.tui.wording import counted

_SHOWN = 3


class HelperPanel(Panel[str]):
    """Shows one sentence that would be sent; hands back, in words, what came of it."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.HELPER,)
    BINDINGS = bindings(Scope.HELPER)

    def __init__(self, shell: Shell, sending: Sending) -> None:
        super().__init__(shell, "Ask the helper")
        self._sending = sending
        self._waiting = False
        self._left = False

    def body(self) -> Iterable[Widget]:
        """What would be sent."""
        yield Static(id="helper-text", markup=False)

    def on_mount(self) -> None:
        """Show it."""
        self._draw()

    def _draw(self) -> None:
        sending = self._sending
        blocks = [line(warning, "$tone-mixed bold") for warning in sending.warnings]
        blocks += [line(refusal, "$tone-refuted bold") for refusal in sending.refusals]
        blocks += [
            Content(""),
            Content.assemble(("To     ", "$quiet"), line(sending.host, "bold")),
            Content.assemble(("Model  ", "$quiet"), line(sending.model)),
            Content.styled("This sentence, with fixed instructions, and nothing else of the article:", "$quiet"),
            content(sending.text),
            Content(""),
        ]
        if self._waiting:
            blocks.append(Content.styled("Sent. Waiting for the answer; escape waits no longer.", "bold"))
        elif sending.refusals:
            blocks.append(Content("It is not sent. S sends it all the same."))
        else:
            blocks.append(Content("s sends it. What comes back is offered only where it stands in the sentence."))
        self.query_one("#helper-text", Static).update(Content("\n").join(blocks))

    def action_send(self) -> None:
        """Send it, if nothing speaks against it."""
        self._send(insist=False)

    def action_insist(self) -> None:
        """Send it all the same."""
        self._send(insist=True)

    def _send(self, *, insist: bool) -> None:
        if self._waiting:
            return
        if self._sending.refusals and not insist:
            self.complain("Nothing was sent.", "S sends it all the same.")
            return
        self._waiting = True
        self._draw()
        helper, claim = self.shell.workbench.helper, self._sending.claim_id

        def failed() -> None:
            self._waiting = False
            self._draw()

        self.ask(
            lambda: helper.ask(claim, insist=insist, stopped=lambda: self._left),
            self._answered,
            refused=failed,
        )

    def _answered(self, answer: Answer) -> None:
        self.dismiss(_told(answer))

    def on_unmount(self) -> None:
        """Wait no longer."""
        self._left = True


def _told(answer: Answer) -> str:
    known = f", {answer.known} known already" if answer.known else ""
    refused = "".join(f" · rejected, {item.reason}: “{item.text[:60]}”" for item in answer.rejected[:_SHOWN])
    more = f" · and {len(answer.rejected) - _SHOWN} more" if len(answer.rejected) > _SHOWN else ""
    return (
        f"{answer.model} proposed {counted(answer.offered, 'new sub-claim')}{known}, "
        f"{len(answer.rejected)} rejected{refused}{more}"
    )


def ask_helper(screen: AskingScreen[None], claim: str, hear: Callable[[str], None]) -> None:
    """Show over a screen what would be sent for a claim; `hear` is told what came of it, if anything was sent."""
    helper = screen.shell.workbench.helper

    def heard(note: str | None) -> None:
        if note is not None:
            hear(note)

    def show(sending: Sending) -> None:
        screen.app.push_screen(HelperPanel(screen.shell, sending), heard)

    screen.ask(lambda: helper.preview(claim), show, group="helper")
