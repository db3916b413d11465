"""What others say about a source, side by side in their own scales, with who took the rating from whom.

Many published ratings derive from each other. Agreement among them therefore counts once per root: a rater that
builds on no other known rater. Where lineages cross, the count is the cautious one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Attestation:
    """A rating by somebody else: `value` in the rater's own words on the rater's own `scale`, never converted.

    `derives_from` names the raters whose ratings this one builds on, empty when it is first-hand as far as is known.
    """

    rater: str
    value: str
    scale: str
    dated: date | None = None
    derives_from: tuple[str, ...] = ()
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LineageGroup:
    """Ratings that go back to the same root or roots, so that together they count once."""

    roots: tuple[str, ...]
    ratings: tuple[Attestation, ...]


@dataclass(frozen=True, slots=True)
class SharedValue:
    """One value of one scale: how many ratings give it and how many independent raters stand behind them."""

    scale: str
    value: str
    ratings: int
    independent: int


@dataclass(frozen=True, slots=True)
class Ratings:
    """Others' ratings of one source. `circular` lists raters that, by what is on record, derive from each other."""

    groups: tuple[LineageGroup, ...]
    values: tuple[SharedValue, ...]
    circular: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The one line to show, as in '3 ratings, 2 independent raters'; no rating on record means unknown."""
        ratings = sum(len(group.ratings) for group in self.groups)
        if not ratings:
            return "no ratings by others on record"
        first = "1 rating" if ratings == 1 else f"{ratings} ratings"
        count = len(self.groups)
        return f"{first}, {count} independent rater" + ("" if count == 1 else "s")


def roots(attestations: Sequence[Attestation]) -> Ratings:
    """Group ratings by root and count agreement once per root.

    A rating opens a group only when it shares no root with a group already there; ratings with fewer roots come first,
    so a rating compiled from several others never hides that those are independent of each other. Raters are compared
    without regard to letter case and white space. Independence means: no common root is on record.
    """
    names = {_key(name): name for item in reversed(attestations) for name in (*item.derives_from, item.rater)}
    parents: dict[str, set[str]] = {}
    for item in attestations:
        # A rater that names itself adds no lineage.
        upstream = {_key(parent) for parent in item.derives_from} - {_key(item.rater)}
        parents.setdefault(_key(item.rater), set()).update(upstream)
    reach = {name: _reach(name, parents) for name in names}
    sources = {_key(item.rater): _roots_of(_key(item.rater), reach) for item in attestations}
    shared: dict[tuple[str, str], list[Attestation]] = {}
    for item in attestations:
        shared.setdefault((_key(item.scale), _key(item.value)), []).append(item)
    groups = tuple(
        LineageGroup(tuple(sorted(names[root] for root in found)), tuple(items))
        for found, items in _grouped(attestations, sources)
    )
    values = tuple(
        SharedValue(items[0].scale, items[0].value, len(items), len(_grouped(items, sources)))
        for _, items in sorted(shared.items())
    )
    circular = tuple(sorted(names[name] for name in names if _is_circular(name, parents, reach)))
    return Ratings(groups, values, circular)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _reach(name: str, parents: Mapping[str, set[str]]) -> frozenset[str]:
    """The rater and every rater upstream of it."""
    seen, waiting = {name}, [name]
    while waiting:
        new = parents.get(waiting.pop(), set()) - seen
        seen |= new
        waiting.extend(new)
    return frozenset(seen)


def _roots_of(name: str, reach: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Raters upstream that build on nobody else; raters that derive from each other in a circle are one root."""
    return frozenset(
        min(reach[above]) for above in reach[name] if all(above in reach[higher] for higher in reach[above])
    )


def _is_circular(name: str, parents: Mapping[str, set[str]], reach: Mapping[str, frozenset[str]]) -> bool:
    return any(name in reach[parent] for parent in parents.get(name, ()))


def _grouped(
    items: Sequence[Attestation], sources: Mapping[str, frozenset[str]]
) -> list[tuple[frozenset[str], list[Attestation]]]:
    groups: list[tuple[frozenset[str], list[Attestation]]] = []
    for item in sorted(items, key=lambda item: (len(sources[_key(item.rater)]), _key(item.rater))):
        own = sources[_key(item.rater)]
        for found, members in groups:
            if found & own:
                members.append(item)
                break
        else:
            groups.append((own, [item]))
    return groups
