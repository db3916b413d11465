"""Words that two texts share in runs of five or more: how many, and the longest run."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

RUN = 5
SHARED = 8
SHORT = 13
SHORT_SHARE = 0.6
QUOTED = 8
"""Words in a row, within quotation marks in both texts, that make a quotation distinctive."""

_WORD = re.compile(r"[^\W_]+")
_QUOTATION = re.compile(r"[“„«\"]([^“”„«»\"\n]{20,})[”“»\"]")


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share: words of the first that stand in shared runs, shared runs of five, and the longest run as written."""

    words: int = 0
    runs: int = 0
    longest: str = ""


def overlap(first: str, second: str) -> Overlap:
    """What two texts share, whatever case and punctuation."""
    mine = list(_WORD.finditer(first))
    low = [word.group().casefold() for word in mine]
    other = _runs([word.casefold() for word in _WORD.findall(second)])
    shared = [tuple(low[at : at + RUN]) in other for at in range(len(low) - RUN + 1)]
    covered = 0
    best = (0, 0)
    begin = end = -1
    for at, hit in enumerate(shared):
        if not hit:
            continue
        if at >= end:
            begin = at
            covered += RUN
        else:
            covered += at + RUN - end
        if not (at > 0 and shared[at - 1]):
            begin = at
        end = at + RUN
        best = max(best, (end - begin, begin), key=lambda pair: pair[0])
    longest = first[mine[best[1]].start() : mine[best[1] + best[0] - 1].end()] if best[0] else ""
    distinct = {tuple(low[at : at + RUN]) for at, hit in enumerate(shared) if hit}
    return Overlap(covered, len(distinct), " ".join(longest.split()))


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def size(text: str) -> int:
    """How many different runs of five words a text has."""
    return len(_runs([word.casefold() for word in _WORD.findall(text)]))


def is_copy(first: str, second: str) -> bool:
    """Whether two texts share enough words for one to be copied from the other, or both from a third."""
    runs = overlap(first, second).runs
    shorter = min(size(first), size(second))
    if shorter < SHORT:
        return runs >= max(1, round(SHORT_SHARE * shorter))
    return runs >= SHARED


def shared_quotation(first: str, second: str) -> str:
    """The longest run of at least eight words that both texts have within quotation marks, as the first writes it; or nothing."""
    best = Overlap()
    others = "\n".join(_QUOTATION.findall(second))
    if not others:
        return ""
    for quotation in _QUOTATION.findall(first):
        found = overlap(quotation, others)
        if len(found.longest.split()) > len(best.longest.split()):
            best = found
    return best.longest if len(_WORD.findall(best.longest)) >= QUOTED else ""
