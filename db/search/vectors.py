"""Candidate passages by meaning: an exact scan over the vectors of one model, held in memory and caught up with the file."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlmodel import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS = 384


class VectorIndex:
    """Vectors of one model. `catch_up` reads what was added since; `nearest` gives cosines, since rows have unit length.

    numpy is imported on first use: most commands never search by meaning.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        self._numbers: NDArray[np.int64] | None = None
        self._matrix: NDArray[np.float32] | None = None
        self._rowid = 0

    def catch_up(self, session: Session) -> int:
        """Read the vectors added since the last call; returns how many there are now.

        Vectors are only ever added, so their row numbers tell what is new.
        """
        import numpy as np

        rows = session.connection().execute(
            text(
                "SELECT rowid, passage_id, vector FROM embedding WHERE model = :model AND rowid > :after ORDER BY rowid"
            ),
            {"model": self.model, "after": self._rowid},
        )
        fresh = [(rowid, passage, vector) for rowid, passage, vector in rows if len(vector) == 2 * DIMENSIONS]
        if fresh:
            block = np.frombuffer(b"".join(vector for _, _, vector in fresh), dtype="<f2").reshape(-1, DIMENSIONS)
            rows_of_block = block.astype(np.float32)
            numbers = np.array([passage for _, passage, _ in fresh], dtype=np.int64)
            if self._matrix is None or self._numbers is None:
                self._matrix, self._numbers = rows_of_block, numbers
            else:
                self._matrix = np.concatenate([self._matrix, rows_of_block])
                self._numbers = np.concatenate([self._numbers, numbers])
            self._rowid = fresh[-1][0]
        return 0 if self._numbers is None else len(self._numbers)

    def nearest(
        self, query: "NDArray[np.float32]", limit: int = 200, *, also: Collection[int] = ()
    ) -> dict[int, float]:
        """The cosines of the nearest passages, and of the passages named in `also`, by passage number."""
        import numpy as np

        if self._matrix is None or self._numbers is None:
            return {}
        cosines = self._matrix @ query.astype(np.float32)
        count = min(limit, len(cosines))
        rows = np.argpartition(-cosines, count - 1)[:count]
        if also:
            rows = np.union1d(rows, np.flatnonzero(np.isin(self._numbers, np.fromiter(also, dtype=np.int64))))
        return {int(self._numbers[row]): float(cosines[row]) for row in rows}
