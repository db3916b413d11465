"""From ties between documents to origins: which documents go back to one root, people's decisions respected.

The result is a function of the sets of documents, edges and decisions; their order makes no difference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.credibility.origins.model import Decision, Edge, Sign

_STRENGTH = tuple(Sign)


@dataclass(frozen=True, slots=True)
class Origins:
    """Documents by origin: `of` names the origin of each by its smallest document. `refused` are edges that a split overrules."""

    of: Mapping[str, str]
    refused: tuple[Edge, ...] = ()

    def members(self, key: str) -> list[str]:
        """The documents that have the origin of this one."""
        return sorted(other for other, origin in self.of.items() if origin == self.of[key])


class _Union:
    def __init__(self, keys: Iterable[str]) -> None:
        self.parent = {key: key for key in keys}
        self.apart: dict[str, set[str]] = {}

    def root(self, key: str) -> str:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def keep_apart(self, first: str, second: str) -> None:
        self.apart.setdefault(first, set()).add(second)
        self.apart.setdefault(second, set()).add(first)

    def join(self, first: str, second: str) -> bool:
        one, two = sorted((self.root(first), self.root(second)))
        if one == two:
            return True
        if any(self.root(other) == two for other in self.apart.get(one, ())):
            return False
        self.parent[two] = one
        self.apart.setdefault(one, set()).update(self.apart.pop(two, ()))
        return True


def cluster(keys: Iterable[str], edges: Iterable[Edge], decisions: Iterable[Decision] = ()) -> Origins:
    """The origins of documents. Edges and decisions about other documents are left out of account.

    A document that somebody split off from another one shares no origin with it, even where others tie both together: it is
    the one that leaves, whatever else holds it there. What somebody joined counts before every other sign.
    """
    union = _Union(sorted(set(keys)))
    known = union.parent
    settled = [one for one in decisions if one.document in known and one.other in known]
    leaving = {one.document for one in settled if not one.joined}
    for one in settled:
        if not one.joined:
            union.keep_apart(one.document, one.other)
    every = [edge for edge in edges if edge.joins and edge.first in known and edge.second in known]
    every += [Edge(one.document, one.other, Sign.PERSON) for one in settled if one.joined]

    def order(edge: Edge) -> tuple[int, int, int, Edge]:
        leaves = (edge.first in leaving) + (edge.second in leaving)
        return leaves, _STRENGTH.index(edge.sign), -edge.weight, edge

    refused = [edge for edge in sorted(every, key=order) if not union.join(edge.first, edge.second)]
    return Origins({key: union.root(key) for key in union.parent}, tuple(sorted(refused)))


def numbered(keys: Iterable[str], origins: Origins) -> list[int]:
    """One number for each document, from 1 in order of first appearance; documents of one origin have the same."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(origins.of[key], len(numbers) + 1) for key in keys]
