"""Candidate passages by meaning: an exact scan over the vectors of one model, held in memory and caught up with the file."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlmodel import Session

DIMENSIONS = 384


@dataclass(slots=True)
class VectorIndex:
    """Vectors of one model. `catch_up` reads what was added since; `nearest` gives cosines, since rows have unit length."""

    model: str
    numbers: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    matrix: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, DIMENSIONS), dtype=np.float32))
    _rowid: int = 0

    def catch_up(self, session: Session) -> int:
        """Read the vectors added since the last call; returns how many there are now.

        Vectors are only ever added, so their row numbers tell what is new.
        """
        rows = session.connection().execute(
            text(
                "SELECT rowid, passage_id, vector FROM embedding WHERE model = :model AND rowid > :after ORDER BY rowid"
            ),
            {"model": self.model, "after": self._rowid},
        )
        fresh = [(rowid, passage, vector) for rowid, passage, vector in rows if len(vector) == 2 * DIMENSIONS]
        if fresh:
            block = np.frombuffer(b"".join(vector for _, _, vector in fresh), dtype="<f2").reshape(-1, DIMENSIONS)
            self.matrix = np.concatenate([self.matrix, block.astype(np.float32)])
            self.numbers = np.concatenate(
                [self.numbers, np.array([passage for _, passage, _ in fresh], dtype=np.int64)]
            )
            self._rowid = fresh[-1][0]
        return len(self.numbers)

    def nearest(self, query: NDArray[np.float32], limit: int = 200, *, also: Collection[int] = ()) -> dict[int, float]:
        """The cosines of the nearest passages, and of the passages named in `also`, by passage number."""
        if not len(self.numbers):
            return {}
        cosines = self.matrix @ query.astype(np.float32)
        count = min(limit, len(cosines))
        rows = np.argpartition(-cosines, count - 1)[:count]
        if also:
            rows = np.union1d(rows, np.flatnonzero(np.isin(self.numbers, np.fromiter(also, dtype=np.int64))))
        return {int(self.numbers[row]): float(cosines[row]) for row in rows}
