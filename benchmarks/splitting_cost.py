"""What splitting costs: the sample article, texts as long as a book, and texts made to be slow.

Processor time is measured, which other work on the machine stretches less than the clock; each figure is the least of its runs.
"""

import json
import time
from pathlib import Path
from typing import Any

from workbench.splitting import split

SAMPLE = Path(__file__).resolve().parent.parent.parent / "shared" / "articles" / "cuba-venezuela.txt"
SENTENCES = (
    "Mayor Ann Poe said on Monday that the dam above Northvale, built in 1962, had held after nine days of rain. ",
    "According to two engineers, 32 houses were lost, and the council will pay 4.5 million euros for a new wall. ",
    "“We were lucky,” she told reporters. “It will not happen twice.”\n\n",
    "The report, which nobody had read before, shows that the pumps were older than the law allows.\n\n",
)
SLOW = {
    "no white space": "a",
    "quotation marks": '"',
    "curly quotation marks": "“a b. ",
    "opening brackets": "(a ",
    "full stops": "a. ",
    "apostrophes": "''a",
    "one line": "The mayor said it rose by 12 percent. ",
    "short lines": "Ab cd\n",
    "lists on a line": "1. A 2. B ",
    "dashes": "- a - b ",
    "white space": " \n",
}
_SIZE = 50_000


def seconds(text: str, runs: int = 1) -> float:
    """Least processor time of splitting `text`."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        split(text, language="en")
        best = min(best, time.process_time() - started)
    return best


def article(size: int) -> str:
    """A made-up text of `size` code points in paragraphs."""
    once = "".join(SENTENCES)
    return (once * (size // len(once) + 1))[:size]


def nested(size: int) -> str:
    """Brackets in brackets."""
    return "(" * (size // 2) + ")" * (size // 2)


def growth(make: str | None, size: int = _SIZE) -> dict[str, float]:
    """Seconds for `size` code points of a repeated stretch (None: nested brackets), and how many times half of it took."""
    whole = (make * (size // len(make) + 1))[:size] if make is not None else nested(size)
    half = whole[: size // 2] if make is not None else nested(size // 2)
    short, long = seconds(half), seconds(whole)
    return {"seconds": round(long, 3), "times_half": round(long / max(short, 1e-4), 1)}


def main() -> dict[str, Any]:
    """Measures, prints one JSON object and returns it."""
    figures: dict[str, Any] = {}
    if SAMPLE.exists():
        sample = SAMPLE.read_text(encoding="utf-8")
        seconds(sample)
        figures["sample_article_ms"] = round(1_000 * seconds(sample, 9), 1)
    for size in (10_000, 100_000, 1_000_000):
        figures[f"article_of_{size:,}_s"] = round(seconds(article(size)), 2)
    figures["slow"] = {name: growth(piece) for name, piece in SLOW.items()} | {"nested brackets": growth(None)}
    print(json.dumps(figures, indent=1))
    return figures


if __name__ == "__main__":
    main()
