"""What somebody before the screen waits for: the first frame, the list, keys while the encoder loads; and what idling costs."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks._terminal import Terminal

RUNS = 5
IDLE_SECONDS = 20.0
KEY_EVERY = 0.03
SAMPLE = Path(__file__).resolve().parent.parent / "fixtures" / "sample"
_PROGRAM = [sys.executable, "-m", "workbench.cli"]
_FRAME = ("Sources", "Commands")
_TITLE = "units"
_LOADING, _LOADED = "loading", ("meaning: ready", "unavailable")
_EMPTY_APP = "from textual.app import App; from textual.widgets import Static\n\
class Empty(App):\n def compose(self):\n  yield Static('Sources')\nEmpty().run()"


def main() -> dict[str, object]:
    """Times of start, of keys and of idling, on the sample case."""
    with tempfile.TemporaryDirectory() as folder:
        environment = _desk(Path(folder))
        off = environment | {"CLAIM_WORKBENCH_ENCODER": "off"}
        return {
            "an empty Textual app, first frame, s": _starts([sys.executable, "-c", _EMPTY_APP], off, ("Sources",)),
            "first frame, s": _starts(_PROGRAM, environment, _FRAME),
            "the list of articles, s": _starts(_PROGRAM, environment, (_TITLE,)),
            "key to repaint while the encoder loads, in the list of evidence, ms": _keys(environment, "3", "jk"),
            "key to repaint while the encoder loads, typing, ms": _keys(environment, "/", "abcdefgh\x7f\x7f\x7f\x7f"),
            "idle": _idle(environment),
        }


def _desk(folder: Path) -> dict[str, str]:
    """An environment with the sample case in a database of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CLAIM_WORKBENCH")}
    environment |= {"CLAIM_WORKBENCH_HOME": str(folder), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for arguments in (
        ["evidence", "import", str(SAMPLE / "evidence" / "evidence.jsonl")],
        ["article", "add", str(SAMPLE / "article.md")],
        ["evidence", "embed"],
    ):
        subprocess.run([*_PROGRAM, *arguments], check=True, env=environment, capture_output=True)
    return environment


def _starts(command: Sequence[str], environment: dict[str, str], words: Sequence[str]) -> dict[str, float]:
    """Seconds from the start of the process until all words have been drawn."""
    times = []
    for _ in range(RUNS):
        with Terminal(command, environment) as terminal:
            times.append(max(terminal.wait_for(word) for word in words))
    return {"median": round(statistics.median(times), 3), "least": round(min(times), 3)}


def _keys(environment: dict[str, str], opening: str, keys: str) -> dict[str, float]:
    """Press keys one after the other from the moment the pane is there until the encoder is ready."""
    taken: list[float] = []
    with Terminal(_PROGRAM, environment) as terminal:
        terminal.wait_for(_TITLE)
        terminal.wait_for(_LOADING)
        terminal.type(opening)
        terminal.settle(0.2)
        terminal.forget()
        while not any(word in terminal.text for word in _LOADED):
            taken.append(terminal.answer(keys[len(taken) % len(keys)]))
            time.sleep(KEY_EVERY)
    taken.sort()
    return {
        "keys": len(taken),
        "p50": round(statistics.median(taken), 1),
        "p95": round(taken[int(len(taken) * 0.95)], 1),
        "worst": round(taken[-1], 1),
    }


def _idle(environment: dict[str, str]) -> dict[str, float]:
    """What the program itself, without the encoder's process, does while nobody does anything."""
    with Terminal(_PROGRAM, environment) as terminal:
        terminal.wait_for(*_LOADED)
        terminal.settle(1.0)
        before, woken = _processor(terminal.pid), _woken(terminal.pid)
        time.sleep(IDLE_SECONDS)
        spent = _processor(terminal.pid) - before
        after = _woken(terminal.pid)
    return {
        "processor, %": round(100 * spent / IDLE_SECONDS, 2),
        "main thread woken, per second": round((after[0] - woken[0]) / IDLE_SECONDS, 1),
        "all threads woken, per second": round((after[1] - woken[1]) / IDLE_SECONDS, 1),
    }


def _processor(pid: int) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _woken(pid: int) -> tuple[int, int]:
    """How often the main thread, and all threads together, have gone to sleep and been woken."""
    counts = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        lines = (task / "status").read_text().splitlines()
        counts[int(task.name)] = next(int(line.split()[1]) for line in lines if line.startswith("voluntary"))
    return counts[pid], sum(counts.values())
