"""The signs that tie two documents together, beside the words they share."""

import re
from collections.abc import Sequence

from workbench.credibility.origins.credits import address_of, agencies, originals, refers_to, same_agency, staff
from workbench.credibility.origins.model import Edge, Sign, Text

_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*")
_SUBJECT = 3
"""Longer words of an attributing sentence that the document referred to must hold as well."""
_DAYS = 1


def signs(first: Text, second: Text, *, near: bool, one_claim: bool, known: Sequence[str] = ()) -> list[Edge]:
    """What ties two documents together apart from shared words.

    `near` says that they share some words, though perhaps too few for a copy; `one_claim` that both bear on one claim, so
    that what one body says there is one origin, its statement and its denial too. `known` are names of agencies.
    """
    found = [*_address(first, second), *_agency(first, second, near, known)]
    found += [edge for edge in (_attribution(first, second), _attribution(second, first)) if edge is not None]
    same = bool(first.source) and first.source == second.source
    if same and first.body and second.body and (one_claim or near):
        found.append(_edge(first, second, Sign.BODY, f"both by {first.names[0] if first.names else 'one body'}"))
    if not same and first.owner.strip() and first.owner.casefold().strip() == second.owner.casefold().strip():
        detail = f"both belong to {first.owner.strip()}; related, and not one origin for that alone"
        found.append(_edge(first, second, Sign.OWNER, detail, joins=False))
    return found


def _edge(first: Text, second: Text, sign: Sign, detail: str, *, weight: int = 0, joins: bool = True) -> Edge:
    low, high = sorted((first.key, second.key))
    return Edge(low, high, sign, weight, detail, joins)


def _address(first: Text, second: Text) -> list[Edge]:
    one, two = address_of(first.url), address_of(second.url)
    if one and one == two:
        return [_edge(first, second, Sign.ADDRESS, f"both at {one}")]
    if one and one in originals(second.text):
        return [_edge(first, second, Sign.ADDRESS, f"the one names the other’s address {one} as its original")]
    if two and two in originals(first.text):
        return [_edge(first, second, Sign.ADDRESS, f"the one names the other’s address {two} as its original")]
    return []


def _agency(first: Text, second: Text, near: bool, known: Sequence[str]) -> list[Edge]:
    one, two = _credited(first, known), _credited(second, known)
    both = next((name for name in one for other in two if same_agency(name, other)), "")
    reporters = staff(first.text)
    if not both and reporters and reporters == staff(second.text):
        both = f"“{reporters}”"
    if not both:
        return []
    same_day = _days_apart(first.published, second.published)
    joins = near and same_day is not None and same_day <= _DAYS
    detail = f"both credit {both}"
    if joins:
        detail += ", on the same day, and share some words"
    else:
        detail += "; only a hint, since the words are others" if not near else "; only a hint, since the days differ"
    return [_edge(first, second, Sign.AGENCY, detail, joins=joins)]


def _credited(text: Text, known: Sequence[str]) -> tuple[str, ...]:
    own = text.names[:1] if text.agency else ()
    return (*own, *agencies(text.text, known))


def _days_apart(first: str, second: str) -> int | None:
    from datetime import date

    try:
        return abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)
    except ValueError:
        return None


def _attribution(first: Text, second: Text) -> Edge | None:
    """The first refers to the source of the second for what the second says too."""
    if first.source and first.source == second.source:
        return None
    sentence = refers_to(first.text, second.names)
    if not sentence:
        return None
    wanted = {word.casefold() for word in _WORD.findall(sentence)}
    wanted -= {word.casefold() for name in second.names for word in _WORD.findall(name)}
    there = {word.casefold() for word in _WORD.findall(f"{second.title} {second.text}")}
    shared = len(wanted & there)
    # A source refers to the same outlet for much else: what is said must stand there as well.
    if shared < _SUBJECT:
        return None
    return Edge(first.key, second.key, Sign.ATTRIBUTION, shared, sentence)
