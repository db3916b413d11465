"""Precedents by meaning: an exact scan over the vectors of judged claims and of others' fact-checks, caught up with the file."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlmodel import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS = 384
_BYTES = 2 * DIMENSIONS


class WordingIndex:
    """Vectors of one model by subject, held in memory; `subject` is a claim's id or a fact-check's document number as text.

    numpy is imported on first use: most commands never search by meaning.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        self._matrix: NDArray[np.float32] | None = None
        self._numbers: NDArray[np.int64] | None = None
        self._filled = 0
        self._places: dict[str, int] = {}
        self._hashes: dict[str, bytes] = {}
        self._rowid = 0

    def catch_up(self, session: Session) -> int:
        """Read the vectors added since the last call; returns how many there are now. Rows are only ever added."""
        import numpy as np

        rows = session.connection().execute(
            text(
                "SELECT rowid, subject, text_hash, vector FROM wording_vector "
                "WHERE model = :model AND rowid > :after ORDER BY rowid"
            ),
            {"model": self.model, "after": self._rowid},
        )
        fresh = [row for row in rows if len(row[3]) == _BYTES]
        if fresh:
            block = np.frombuffer(b"".join(row[3] for row in fresh), dtype="<f2").reshape(-1, DIMENSIONS)
            matrix, numbers = self._room_for(len(fresh))
            first = self._filled
            matrix[first : first + len(fresh)] = block
            for place, (rowid, subject, digest, _) in enumerate(fresh, first):
                numbers[place] = int(subject) if subject.isdigit() else -1
                self._places[subject], self._hashes[subject] = place, digest
                self._rowid = rowid
            self._filled += len(fresh)
        return self._filled

    def _room_for(self, more: int) -> "tuple[NDArray[np.float32], NDArray[np.int64]]":
        import numpy as np

        needed = self._filled + more
        matrix, numbers = self._matrix, self._numbers
        if matrix is None or numbers is None or len(matrix) < needed:
            # Room to spare, so that vectors that come in small batches are not copied with every batch.
            size = needed + needed // 4 if self._filled else needed
            grown, names = np.zeros((size, DIMENSIONS), dtype=np.float32), np.full(size, -1, dtype=np.int64)
            if matrix is not None and numbers is not None:
                grown[: self._filled], names[: self._filled] = matrix[: self._filled], numbers[: self._filled]
            self._matrix, self._numbers = matrix, numbers = grown, names
        return matrix, numbers

    def nearest(
        self, query: "NDArray[np.float32]", limit: int, *, also: Iterable[int], claims: Mapping[str, bytes]
    ) -> tuple[dict[int, float], dict[str, float]]:
        """Cosines of the nearest fact-checks and of those named in `also`, by document number; then of these claims, by id.

        `claims` gives the hash of each claim's wording as it is now: a vector of an earlier wording does not count.
        """
        import numpy as np

        if self._matrix is None or self._numbers is None or not self._filled:
            return {}, {}
        cosines = self._matrix[: self._filled] @ query.astype(np.float32)
        numbers = self._numbers[: self._filled]
        of_fact_checks = np.where(numbers >= 0, cosines, np.float32(-2.0))
        count = min(limit, len(cosines))
        rows = np.argpartition(-of_fact_checks, count - 1)[:count]
        found = {int(numbers[row]): float(cosines[row]) for row in rows if numbers[row] >= 0}
        for number in also:
            place = self._places.get(str(number))
            if place is not None:
                found[number] = float(cosines[place])
        own = {}
        for claim, digest in claims.items():
            place = self._places.get(claim)
            if place is not None and self._hashes[claim] == digest:
                own[claim] = float(cosines[place])
        return found, own
