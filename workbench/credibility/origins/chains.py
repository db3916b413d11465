"""How a story went from document to document: in order of time, with what ties each to an earlier one, and where it began."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.credibility.origins.model import Edge, Sign, Text

_STRENGTH = tuple(Sign)


class Confidence(StrEnum):
    """How sure the guess of a root is."""

    LIKELY = "likely"
    UNSURE = "unsure"
    NONE = "not known"


@dataclass(frozen=True, slots=True)
class Link:
    """A document in its place; `edges` are what ties it to documents before it, the strongest first."""

    key: str
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """An origin: its documents in order of time, the one where it probably began (empty where none can be named) and why.

    `circles` are documents that refer to each other in a circle, so that none of them is a source for the others.
    """

    links: tuple[Link, ...]
    root: str
    confidence: Confidence
    reason: str
    circles: tuple[tuple[str, ...], ...] = ()


def chain(texts: Sequence[Text], edges: Sequence[Edge]) -> Chain:
    """The chain of documents of one origin, with these edges between them."""
    # Of one day, an agency comes first: most documents bear no time.
    ordered = sorted(texts, key=lambda text: (text.published[:10] or "9999", not text.agency, text.published, text.key))
    place = {text.key: at for at, text in enumerate(ordered)}
    links = []
    for text in ordered:
        mine = [edge for edge in edges if text.key in (edge.first, edge.second)]
        back = [edge for edge in mine if min(place[edge.first], place[edge.second]) < place[text.key]]
        links.append(
            Link(text.key, tuple(sorted(back, key=lambda edge: (_STRENGTH.index(edge.sign), -edge.weight, edge))))
        )
    circles = tuple(find_circles(edges))
    root, confidence, reason = _root(ordered, edges, circles)
    return Chain(tuple(links), root, confidence, reason, circles)


def _root(
    ordered: Sequence[Text], edges: Sequence[Edge], circles: Sequence[Sequence[str]]
) -> tuple[str, Confidence, str]:
    round_about = {key for circle in circles for key in circle}
    if round_about and all(text.key in round_about for text in ordered):
        return "", Confidence.NONE, "each refers to another one of them; nobody is named who saw it"
    referring = {edge.first for edge in edges if edge.sign is Sign.ATTRIBUTION}
    agency = next((text for text in ordered if text.agency), None)
    candidates = [text for text in ordered if text.key not in referring] or list(ordered)
    first = candidates[0]
    if agency is not None:
        earlier = [text for text in candidates if _before(text.published, agency.published)]
        if earlier:
            return agency.key, Confidence.UNSURE, "the agency’s own report, though others are dated earlier"
        return agency.key, Confidence.LIKELY, "the agency’s own report, and none is dated earlier"
    if not first.published:
        return first.key, Confidence.NONE, "no document is dated"
    undated = sum(not text.published for text in candidates)
    tied = [text for text in candidates[1:] if _ties(text.published, first.published)]
    if undated or tied:
        why = f"{undated} of the documents without a date" if undated else "others bear the same date"
        return (
            first.key,
            Confidence.UNSURE,
            f"the earliest by its date, with {why}" if undated else f"the earliest by its date; {why}",
        )
    return first.key, Confidence.LIKELY, "the earliest by its date"


def _before(one: str, two: str) -> bool:
    """Whether a date is told to be before another one."""
    length = min(len(one), len(two))
    return bool(one) and one[:length] < two[:length]


def _ties(one: str, two: str) -> bool:
    """Whether two dates do not tell which came first: equal, or one of them only a day."""
    length = min(len(one), len(two))
    return bool(one) and one[:length] == two[:length]


def find_circles(edges: Sequence[Edge]) -> list[tuple[str, ...]]:
    """Documents that refer to each other in a circle, through attributions; sorted."""
    onward: dict[str, list[str]] = {}
    for edge in edges:
        if edge.sign is Sign.ATTRIBUTION:
            onward.setdefault(edge.first, []).append(edge.second)
            onward.setdefault(edge.second, [])
    reach = {key: _reached(key, onward) for key in onward}
    circles = {
        tuple(sorted(other for other in reach[key] if key in reach[other])) for key in onward if key in reach[key]
    }
    return sorted(circles)


def _reached(start: str, onward: dict[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(onward[start])
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += onward[key]
    return seen
