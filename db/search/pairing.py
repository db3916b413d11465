"""Counting how many shingles documents share, two by two, without looking at every two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EACH_WITH_EACH = 32
"""Holders of one shingle that are compared each with each."""
STANDING_FOR = 8
"""Of more holders, so many of the first stand for all."""
_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """Which documents hold which shingles; one entry for each shingle of a document, `quoted` where it is within quotation marks."""

    keys: "NDArray[np.uint64]"
    documents: "NDArray[np.uint32]"
    quoted: "NDArray[np.bool_]"

    @classmethod
    def of(cls, parts: "Sequence[Counted]") -> Self:
        """All entries of these."""
        import numpy as np

        if not parts:
            return cls(np.empty(0, np.uint64), np.empty(0, np.uint32), np.empty(0, np.bool_))
        return cls(
            np.concatenate([one.keys for one in parts]),
            np.concatenate([one.documents for one in parts]),
            np.concatenate([one.quoted for one in parts]),
        )

    def plus(self, other: "Counted") -> "Counted":
        """These entries and others."""
        return Counted.of([self, other])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two documents each, the smaller number first, with how many shingles they share: in all, rare ones, quoted in both."""

    first: "NDArray[np.int64]"
    second: "NDArray[np.int64]"
    rare: "NDArray[np.int64]"
    shared: "NDArray[np.int64]"
    quoted: "NDArray[np.int64]"


def pairs_of(held: Counted, concerned: "NDArray[np.uint32]", rare: int) -> Pairs:
    """What the concerned documents share with each other and with all others; `rare` is how many may hold a rare shingle."""
    import numpy as np

    order = np.lexsort((held.documents, held.keys))
    keys, documents, quoted = held.keys[order], held.documents[order], held.quoted[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.concatenate((starts, [len(keys)])))
    parts: list[tuple[NDArray[np.int64], ...]] = []
    waiting = 0
    for first, second, both, is_rare in _raw(documents, quoted, starts, sizes, rare):
        kept = np.isin(first, concerned) | np.isin(second, concerned)
        if not kept.any():
            continue
        code = (first[kept].astype(np.int64) << 32) | second[kept].astype(np.int64)
        ones = np.ones(len(code), dtype=np.int64)
        parts.append((code, ones * is_rare, ones, both[kept].astype(np.int64)))
        waiting += len(code)
        if waiting > 4 * _AT_ONCE:
            parts = [_summed(parts)]
            waiting = len(parts[0][0])
    code, rares, shared, quotes = _summed(parts)
    return Pairs(code >> 32, code & 0xFFFFFFFF, rares, shared, quotes)


def _raw(
    documents: "NDArray[np.uint32]",
    quoted: "NDArray[np.bool_]",
    starts: "NDArray[np.int64]",
    sizes: "NDArray[np.int64]",
    rare: int,
) -> "Iterator[tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.bool_], bool]]":
    """First and second document of every pair that holds a shingle, whether both quote it, and whether it is rare."""
    import numpy as np

    for size in np.unique(sizes):
        if size < 2:
            continue
        of_size = starts[sizes == size]
        if size > EACH_WITH_EACH:
            left = np.repeat(np.arange(STANDING_FOR), size)
            right = np.tile(np.arange(size), STANDING_FOR)
            ordered = left < right
            left, right = left[ordered], right[ordered]
        else:
            left, right = np.triu_indices(int(size), 1)
        step = max(1, _AT_ONCE // len(left))
        for begin in range(0, len(of_size), step):
            rows = of_size[begin : begin + step, None]
            one, two = (rows + left).ravel(), (rows + right).ravel()
            yield documents[one], documents[two], quoted[one] & quoted[two], bool(size <= rare)


def _summed(parts: "Sequence[tuple[NDArray[np.int64], ...]]") -> "tuple[NDArray[np.int64], ...]":
    import numpy as np

    if not parts:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, empty, empty
    codes, places = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
    sums = [
        np.bincount(places, weights=np.concatenate([part[column] for part in parts]), minlength=len(codes)).astype(
            np.int64
        )
        for column in (1, 2, 3)
    ]
    return codes, *sums
