"""Splitting a claim: a caret that walks through the sentence, both halves shown as it moves."""

import re
from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from workbench.services.views import ClaimView
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form
from workbench.tui.shell import Shell
from workbench.tui.text import Shown

_WORD_START = re.compile(r"(?<=\s)\S")
_CLAUSE = re.compile(r"[,;:—–]\s+(?=\S)")


def likely_place(text: str) -> int:
    """Where a split is likeliest: after the mark of a clause nearest the middle, else at the middle word."""
    middle = len(text) // 2
    places = [found.end() for found in _CLAUSE.finditer(text)] or word_starts(text)
    return min(places, key=lambda place: abs(place - middle)) if places else max(1, middle)


def word_starts(text: str) -> list[int]:
    """Where words begin, the first one left out."""
    return [found.start() for found in _WORD_START.finditer(text)]


class SplitForm(Form[bool]):
    """Cuts a sentence in two at the caret."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.SPLIT,)
    BINDINGS = bindings(Scope.SPLIT)

    def __init__(self, shell: Shell, view: ClaimView, text: str) -> None:
        super().__init__(shell, f"Split claim {view.number}")
        self._view = view
        self._text = text
        self.caret = likely_place(text)

    def body(self) -> Iterable[Widget]:
        """The sentence with its caret, and the halves."""
        yield Static(id="split-sentence", markup=False)
        yield Static(id="split-halves", markup=False)

    def on_mount(self) -> None:
        """Show the first suggestion."""
        self._draw()

    def _draw(self) -> None:
        first, second = self._text[: self.caret], self._text[self.caret :]
        bar = self.shell.marks.pick("▏", "|")
        self.query_one("#split-sentence", Static).update(
            Content.assemble(
                Shown(first).content(), (bar, "$footer-key-foreground bold reverse"), Shown(second).content()
            )
        )
        self.query_one("#split-halves", Static).update(
            Content.assemble(
                ("1 ", "$quiet"),
                Shown(first.strip()).content(style="$tone-supported"),
                "\n",
                ("2 ", "$quiet"),
                Shown(second.strip()).content(style="$tone-refuted"),
            )
        )

    def action_move(self, where: str) -> None:
        """Move the caret."""
        starts, last = word_starts(self._text), len(self._text) - 1
        places = {
            "left": self.caret - 1,
            "right": self.caret + 1,
            "word_left": max((place for place in starts if place < self.caret), default=1),
            "word_right": min((place for place in starts if place > self.caret), default=last),
            "start": 1,
            "end": last,
        }
        self.caret = max(1, min(places[where], last))
        self._draw()

    def action_save(self) -> None:
        """Make two claims."""
        claim, offset = self._view.claim, self._view.claim.start + self.caret
        claims = self.shell.workbench.claims
        self.submit(lambda: claims.split(claim.id, offset), lambda _: True)
