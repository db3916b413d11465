"""Wordings by meaning: judged claims, or others' fact-checks, by the signs of their vectors and then by the vectors themselves.

The scan is that of passages; here the signs are computed when the vectors are read, and the exact cosines come from the file.
"""

import json
from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlmodel import Session

from db.search.raw import driver
from db.search.vectors import DIMENSIONS, VectorIndex, sign_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLOCK = 20_000


class Subjects(StrEnum):
    """Whose wordings; the value is how long their names are in SQL."""

    CLAIMS = "length(subject) = 36"
    FACT_CHECKS = "length(subject) < 36"


class WordingIndex(VectorIndex):
    """Vectors of one model by subject: a claim's id, or a fact-check's document number as text.

    numpy is imported on first use: most commands never search by meaning. Not for several threads at once.
    """

    def __init__(self, model: str, subjects: Subjects, dimensions: int = DIMENSIONS) -> None:
        super().__init__(model, dimensions)
        self._subjects = subjects
        self._names: list[str] = []
        self._rows: dict[str, tuple[int, bytes]] = {}
        self._rowid = 0

    def catch_up(self, session: Session) -> int:
        """Read the vectors added since the last call; returns how many subjects have one. Rows are only ever added."""
        import numpy as np

        statement = (
            "SELECT rowid, subject, text_hash, vector FROM wording_vector "  # noqa: S608 - the condition is a constant
            f"WHERE model = ? AND rowid > ? AND {self._subjects.value} ORDER BY rowid"
        )
        with driver(session) as connection:
            found = connection.execute(statement, (self.model, self._rowid))
            while rows := found.fetchmany(_BLOCK):
                fresh = [row for row in rows if len(row[3]) == 2 * self.dimensions]
                for rowid, subject, digest, _ in fresh:
                    self._names.append(subject)
                    self._rows[subject] = (rowid, digest)
                if fresh:
                    block = np.frombuffer(b"".join(row[3] for row in fresh), dtype="<f2")
                    self._signs.extend(sign_words(block.reshape(-1, self.dimensions)).T)
                    self._passages.extend(np.arange(len(self._passages), len(self._passages) + len(fresh)))
                self._rowid = rows[-1][0]
        return len(self._rows)

    @property
    def size(self) -> int:
        """How many subjects have a vector."""
        return len(self._rows)

    def near(self, query: "NDArray[np.float32]", limit: int) -> set[str]:
        """The subjects that are nearest by the signs of their vectors."""
        return {self._names[place] for place in self.nearest(query, limit).tolist()} if self._names else set()

    def hash_of(self, subject: str) -> bytes:
        """The hash of the wording of a subject whose vector is known; empty where there is none."""
        return self._rows[subject][1] if subject in self._rows else b""

    def exact(self, session: Session, query: "NDArray[np.float32]", subjects: Collection[str]) -> dict[str, float]:
        """The exact cosines of these subjects, from the file; one without a vector is left out."""
        import numpy as np

        by_row = {self._rows[subject][0]: subject for subject in subjects if subject in self._rows}
        with driver(session) as connection:
            rows = connection.execute(
                "SELECT wording_vector.rowid, vector FROM json_each(?) "
                "JOIN wording_vector ON wording_vector.rowid = json_each.value",
                (json.dumps(sorted(by_row)),),
            ).fetchall()
        if not rows:
            return {}
        matrix = np.frombuffer(b"".join(vector for _, vector in rows), dtype="<f2").reshape(-1, self.dimensions)
        cosines = matrix.astype(np.float32) @ query.astype(np.float32)
        return {by_row[rowid]: cosine for (rowid, _), cosine in zip(rows, cosines.tolist(), strict=True)}
