"""Writing and laying out: nothing acts on the terminal, nothing is lost, nothing is wider than asked."""

import io
import json
import os
import signal

import pytest
from cli_desk import raw_controls
from hypothesis import given
from hypothesis import strategies as st

from workbench.cli.layout import cells, clip, counted, fields, one_line, pad, wrap
from workbench.cli.output import to_json
from workbench.cli.progress import ProgressLine, stoppable
from workbench.services.views import Progress

ANY = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=200)


@given(ANY)
def test_json_reads_back_and_hides_nothing(text: str) -> None:
    for indent in (2, None):
        written = to_json({"text": text}, indent=indent)
        assert json.loads(written) == {"text": text}
        assert not raw_controls(written)


def test_json_keeps_ordinary_letters_and_escapes_the_rest() -> None:
    assert to_json("“Ñandú” 漢字", indent=None) == '"“Ñandú” 漢字"'
    assert to_json("\x7f\x9b\u202e\u2028\U000e0041", indent=None) == '"\\u007f\\u009b\\u202e\\u2028\\udb40\\udc41"'


@given(ANY, st.integers(20, 100))
def test_wrapped_lines_are_never_too_wide_and_hold_every_letter(text: str, columns: int) -> None:
    wrapped = wrap(text, columns, "  12  ")
    assert all(cells(row) <= columns for row in wrapped.split("\n"))
    assert not raw_controls(wrapped)
    assert "".join(wrapped.split()) == "12" + "".join(one_line(text).split())


@given(ANY, st.integers(2, 60))
def test_clipped_text_fits_on_one_line(text: str, columns: int) -> None:
    clipped = clip(text, columns)
    assert cells(clipped) <= columns
    assert "\n" not in clipped
    assert clipped == one_line(text) or clipped.endswith("…")


def test_wide_letters_take_two_columns_and_marks_none() -> None:
    assert cells("漢字") == 4
    assert cells("e\u0301") == 1
    assert pad("漢", 4) == "漢  "


def test_fields_are_aligned_and_empty_ones_left_out() -> None:
    assert fields([("a", "one"), ("long name", "two"), ("none", " ")], 40) == "a          one\nlong name  two"


def test_numbers_with_their_nouns() -> None:
    assert (counted(1, "claim"), counted(1200, "claim"), counted(2, "entry", "entries")) == (
        "1 claim", "1,200 claims", "2 entries",
    )  # fmt: skip


class Terminal(io.StringIO):
    """A stream that says it is a terminal, or not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(("terminal", "shown"), [(True, 40), (False, 2)])
def test_progress_is_shown_at_most_four_times_a_second(terminal: bool, shown: int) -> None:
    stream, clock = Terminal(terminal), Clock()
    with ProgressLine(stream, clock) as progress:
        for step in range(1, 1001):
            clock.now = step / 100
            progress(Progress(step, 1000, "rows", "evil\x1b[2J.jsonl"))
    written = stream.getvalue()
    assert written.count("rows") == shown
    assert "\x1b[2J" not in written
    assert written.endswith("\r\x1b[K") is terminal
    if not terminal:
        assert "\x1b" not in written
        assert "evil␛[2J.jsonl: 1,000 of 1,000 rows" in written


def test_progress_estimates_what_is_left() -> None:
    stream, clock = Terminal(False), Clock()
    with ProgressLine(stream, clock) as progress:
        clock.now = 10
        progress(Progress(100, 400, "rows", ""))
    assert stream.getvalue() == "100 of 400 rows, 10 a second, about 30 s left\n"


def test_quick_work_shows_no_progress_at_all() -> None:
    stream = Terminal(True)
    with ProgressLine(stream, Clock()) as progress:
        progress(Progress(1, 1, "rows", ""))
    assert stream.getvalue() == ""


def test_the_first_ctrl_c_asks_and_the_second_stops() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as cancelled:
        assert not cancelled()
        os.kill(os.getpid(), signal.SIGINT)
        assert cancelled()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
