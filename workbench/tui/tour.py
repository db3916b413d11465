"""The tour: a line over the keys that says what to try next, on the sample article. It goes on when one has tried it."""

from dataclasses import dataclass

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from workbench.tui.commands import by_id, keys_of
from workbench.tui.shell import Frame
from workbench.tui.wording import key_name


@dataclass(frozen=True, slots=True)
class Step:
    """What to try. `command` is the one whose use goes on to the next step, `text` names its key as {key}."""

    command: str
    text: str


STEPS = (
    Step("list.down", "This is the Desk: an article, cut into claims. {key} goes to the next claim."),
    Step(
        "desk.next-open", "{key} goes to the next claim that still asks for work; the marks say how far each has come."
    ),
    Step(
        "desk.next-pane", "{key} goes on to the passages found for this claim. Each says where it agrees and differs."
    ),
    Step("desk.compare", "{key} holds claim and passage side by side. Being alike is not support. Esc comes back."),
    Step("desk.cite", "{key} cites the passage: s supports, r refutes, x is context. Space narrows the words."),
    Step(
        "desk.verdict",
        "{key} opens the verdict: the letter of a level, then why. What you type is kept as you type it.",
    ),
    Step("desk.set-aside", "{key} puts a claim aside with a reason, so that nothing is left in silence."),
    Step("app.undo", "{key} takes back what you did last, also after a restart. Nothing asks “Save?”; all is saved."),
    Step("go.reports", "{key} shows the report as it stands, to read and to export."),
    Step("app.help", "{key} lists the keys of the pane you are in; ctrl+p finds every command. That is all: enjoy."),
)


class Tour:
    """Where one is in the tour; `step` is None where it is not under way."""

    def __init__(self) -> None:
        self._at: int | None = None

    @property
    def step(self) -> Step | None:
        """What to try now."""
        return None if self._at is None else STEPS[self._at]

    @property
    def number(self) -> int:
        """Which step this is, from 1; 0 where the tour is not under way."""
        return 0 if self._at is None else self._at + 1

    def begin(self) -> None:
        """From the beginning."""
        self._at = 0

    def leave(self) -> None:
        """No more of it."""
        self._at = None

    def go_on(self) -> None:
        """To the next step; after the last it is over."""
        if self._at is not None:
            self._at = self._at + 1 if self._at + 1 < len(STEPS) else None

    def saw(self, action: str) -> bool:
        """Told of every action; whether it was what the step waits for, and the tour has gone on."""
        if self.step is None or by_id(self.step.command).action_call != action:
            return False
        self.go_on()
        return True


class TourLine(Static):
    """The step, over the keys of a pane."""

    DEFAULT_CSS = """
    TourLine { display: none; height: auto; max-height: 3; padding: 0 1; background: $current; color: $foreground; }
    TourLine.-open { display: block; }
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(markup=False)
        self.auto_links = False
        self._frame = frame

    def say(self, tour: Tour) -> None:
        """Show the step, or nothing."""
        step = tour.step
        self.set_class(step is not None, "-open")
        if step is None:
            return
        key = key_name(keys_of(by_id(step.command), self._frame.keys).split(",")[0])
        on = key_name(keys_of(by_id("app.tour-next"), self._frame.keys).split(",")[0])
        off = key_name(keys_of(by_id("app.tour"), self._frame.keys).split(",")[0])
        self.update(
            Content.assemble(
                (f"{tour.number} of {len(STEPS)}  ", "bold"),
                step.text.replace("{key}", key),
                Content(f"   {on} next").stylize(Style.from_meta({"@click": "app.tour_next"})),
                Content(f"   {off} leaves the tour").stylize(Style.from_meta({"@click": "app.tour"})),
            )
        )
