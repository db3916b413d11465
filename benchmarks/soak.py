"""Random keys, clicks and sizes on the screen, seeded: no exception, no broken invariant, a store that passes its check.

    python -m benchmarks.soak [--keys 10000] [--seed 1]

Works on the sample case in a folder of its own. Says every key of the last screen before a failure, so that it can be
done again.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from textual import events
from textual.errors import NoWidget
from textual.pilot import OutOfBounds, Pilot

from workbench.app import Workbench, opening
from workbench.services import sample
from workbench.services.views import Desk
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp
from workbench.tui.commands import COMMANDS

SIZES = ((80, 24), (120, 36), (160, 45), (60, 16), (100, 30), (40, 10))
_LEAVING = {"ctrl+q", "ctrl+c"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz ABCXYZ 0123456789 .,;:!?'\"[]()/-_=+ éß漢👩‍👧‍👦"
_NAMED = {" ": "space", "/": "slash", "?": "question_mark", "!": "exclamation_mark"}


@dataclass(slots=True)
class Outcome:
    """What a run came to."""

    keys: int = 0
    seconds: float = 0.0
    screens: Counter[str] = field(default_factory=Counter)
    steps: int = 0
    problems: list[str] = field(default_factory=list)


def pool() -> list[str]:
    """What is pressed: every key that some command has, more often those that go on or back."""
    known = sorted({key for command in COMMANDS for key in command.keys.split(",") if key} - _LEAVING)
    return known + ["enter", "escape", "tab", "j", "n", "2", "f10", "u", "c", "v", "s", "x"] * 3


async def settle(pilot: Pilot[None]) -> None:
    """Until what was asked has been answered and shown, as far as that takes less than a few seconds."""
    app = pilot.app
    for _ in range(200):
        handled = asyncio.Event()
        app.call_later(handled.set)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(handled.wait(), 5)
        busy = any(not worker.is_finished for worker in app.workers)
        waiting = any(not pump._message_queue.empty() for pump in (app, *app.screen_stack))
        if not app.is_running or not (busy or waiting):
            return
        await asyncio.sleep(0.002)


def broken(desk: Desk) -> list[str]:
    """What does not hold of an article that is open."""
    text, units = desk.version.text, desk.units
    found = []
    edges = [0, *(unit.end for unit in units)]
    if [unit.start for unit in units] != edges[:-1] or edges[-1] != len(text):
        found.append("units do not cover the text without gap or overlap")
    known = {view.claim.id for view in desk.claims}
    for view in desk.claims:
        claim = view.claim
        if not 0 <= claim.start < claim.end <= len(text):
            found.append(f"claim {view.number} lies outside the text")
        if claim.parent_id is not None and claim.parent_id not in known and not claim.withdrawn:
            found.append(f"claim {view.number} hangs on nothing")
        if not claim.wording.strip():
            found.append(f"claim {view.number} has no wording")
    if [view.number for view in desk.claims] != list(range(1, len(desk.claims) + 1)):
        found.append("claims are not numbered one by one")
    return found


class Monkey:
    """Presses one thing after the other on the app that `pilot` runs; `recent` holds the latest."""

    pilot: Pilot[None]

    def __init__(self, workbench: Workbench, rng: random.Random) -> None:
        self.workbench = workbench
        self.rng = rng
        self.recent: deque[str] = deque(maxlen=60)
        self._pool = pool()

    async def act(self, outcome: Outcome) -> None:
        """One burst of keys, a word, a click, or another size."""
        chance = self.rng.random()
        if chance < 0.86:
            for _ in range(self.rng.choice((1, 1, 1, 2, 4))):
                self._press(self.rng.choice(self._pool))
                outcome.keys += 1
        elif chance < 0.93:
            for letter in self.rng.choices(_LETTERS, k=self.rng.randint(1, 12)):
                self._press(letter)
                outcome.keys += 1
        elif chance < 0.985:
            width, height = self.pilot.app.size
            place = (self.rng.randrange(max(1, width)), self.rng.randrange(max(1, height)))
            self.recent.append(f"click{place}")
            with contextlib.suppress(OutOfBounds, NoWidget):
                await self.pilot.click(offset=place)
            outcome.keys += 1
        else:
            size = self.rng.choice(SIZES)
            self.recent.append(f"size{size}")
            await self.pilot.resize_terminal(*size)
        await settle(self.pilot)
        if self.pilot.app.is_running and self.pilot.app.screen_stack:
            outcome.screens[type(self.pilot.app.screen).__name__] += 1

    def _press(self, key: str) -> None:
        if key == "q" and len(self.pilot.app.screen_stack) == 1:
            key = "j"
        self.recent.append(key)
        self.pilot.app.post_message(events.Key(_NAMED.get(key, key), key if len(key) == 1 else None))

    def look(self) -> list[str]:
        """What does not hold now."""
        desks = [self.workbench.articles.desk(item.article.id) for item in self.workbench.articles.list()]
        return [problem for desk in desks for problem in broken(desk)]


class _Made:
    """In the place of an `Opening`: a workbench that is open already."""

    def __init__(self, workbench: Workbench) -> None:
        self.path = workbench.store_path
        self.settings = workbench.settings
        self._workbench = workbench

    def open(self) -> Workbench:
        """It is open."""
        return self._workbench


@contextlib.contextmanager
def _in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


async def _sit(monkey: Monkey, app: WorkbenchApp, outcome: Outcome, until: int, look_every: int) -> None:
    """Act on one app until it has had its keys, was left, or shows something broken."""
    await settle(monkey.pilot)
    looked = outcome.keys
    while outcome.keys < until and app.is_running and app.failure is None and not outcome.problems:
        await monkey.act(outcome)
        if outcome.keys - looked >= look_every:
            looked = outcome.keys
            outcome.problems += monkey.look()
    await settle(monkey.pilot)


async def soak(folder: Path, *, seed: int, keys: int, look_every: int = 500) -> Outcome:
    """Press `keys` random keys on the sample case in a folder; what went wrong is in the outcome."""
    outcome = Outcome()
    rng = random.Random(seed)
    begun = time.monotonic()
    settings = Settings(name="Ana Brook", encoder=False)
    with _in(folder), opening(folder / "desk.db", settings=settings).open() as workbench:
        sample.load(workbench)
        while outcome.keys < keys and not outcome.problems:
            # The app is begun anew now and then: drafts and places are taken up each time.
            app = WorkbenchApp(_Made(workbench), first_article=rng.random() < 0.7)  # type: ignore[arg-type]
            until = min(keys, outcome.keys + 2000)
            monkey = Monkey(workbench, rng)
            try:
                async with app.run_test(size=rng.choice(SIZES[:3])) as pilot:
                    monkey.pilot = pilot
                    await _sit(monkey, app, outcome, until, look_every)
            except Exception as error:  # noqa: BLE001 - whatever ended the app is what is looked for
                outcome.problems.append("".join(traceback.format_exception(app.failure or error)))
            if outcome.problems:
                outcome.problems.append(f"after {outcome.keys} keys, the last: {' '.join(monkey.recent)}")
            outcome.problems += monkey.look()
        outcome.steps = len(workbench.history.steps(100_000))
        outcome.problems += [f"db check: {problem}" for problem in workbench.sharing.check()]
    outcome.seconds = time.monotonic() - begun
    return outcome


def main(keys: int = 10_000, seed: int = 1) -> dict[str, object]:
    """What a run comes to; problems are listed, none of them is normal."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ["CLAIM_WORKBENCH_HOME"] = str(folder / "home")
        outcome = asyncio.run(soak(folder, seed=seed, keys=keys))
    return {
        "seed": seed,
        "keys": outcome.keys,
        "seconds": round(outcome.seconds),
        "actions recorded": outcome.steps,
        "problems": outcome.problems,
        "bursts by screen": dict(outcome.screens.most_common()),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__.partition("\n")[0])
    parser.add_argument("--keys", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    figures = main(given.keys, given.seed)
    print(json.dumps(figures, indent=2, ensure_ascii=False))
    sys.exit(1 if figures["problems"] else 0)
