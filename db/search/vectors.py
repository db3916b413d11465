"""Candidate passages by meaning: the signs of all vectors of one model in memory, the vectors themselves in the file.

A vector is looked for in three steps, each on fewer candidates: the number of equal signs (48 bytes for 384 dimensions,
counted by words of 64), then the query itself against the signs, then the exact cosine from float16 rows read by number.
There is no index to build: what is added is found at once, and a scan of a million takes milliseconds.
"""

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlmodel import Session

from db.search.growing import Growing
from db.search.raw import driver
from db.tables.search import MODEL_SHIFT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

DIMENSIONS = 384
SEGMENT = 16_384
"""Vectors that a segment of signs has at most, once others were joined to it."""
BLOCK = 32_768
"""Vectors that are compared at once: their signs and what is counted stay in the processor's cache."""
BY_SIGNS = 1_000
"""Candidates of the first step."""
NEAREST = 150
"""Candidates of the second step, whose exact cosine is worth reading."""


class VectorIndex:
    """Vectors of one model. `catch_up` reads what was added since; `nearest` gives cosines, since rows have unit length.

    numpy is imported on first use: most commands never search by meaning. Not for several threads at once.
    """

    def __init__(self, model: str, dimensions: int = DIMENSIONS) -> None:
        self.model = model
        self.dimensions = dimensions
        self._start(0)

    def _start(self, generation: int) -> None:
        self._generation = generation
        self._number = 0
        self._passages = Growing("i8")
        self._signs = Growing("u8", _words(self.dimensions))

    def catch_up(self, session: Session) -> int:
        """Read the signs added since the last call, or all where vectors were taken away; returns how many there are now."""
        with driver(session) as connection:
            known = connection.execute(
                "SELECT id, generation, dimensions FROM encoder_model WHERE name = ?", (self.model,)
            ).fetchone()
            if known is None or known[2] != self.dimensions:
                self._start(0)
                return 0
            if known[1] != self._generation:
                self._start(known[1])
            self._number = known[0]
            self._read(connection)
        return len(self._passages)

    def _read(self, connection: sqlite3.Connection) -> None:
        """The segments that hold anything new."""
        import numpy as np

        after = (self._number, len(self._passages))
        which = "FROM vector_segment WHERE model_id = ? AND first + count > ?"
        (more,) = connection.execute(f"SELECT sum(count) {which}", after).fetchone()
        if more and more > len(self._passages):
            self._passages.reserve(len(self._passages) + more)
            self._signs.reserve(len(self._passages) + more)
        for first, count, passages, signs in connection.execute(
            f"SELECT first, count, passages, signs {which} ORDER BY first", after
        ):
            known = max(0, len(self._passages) - first)
            numbers = np.frombuffer(passages, dtype="<u4")[known:]
            self._passages.extend(numbers)
            self._signs.extend(np.frombuffer(signs, dtype="<u8").reshape(-1, count)[:, known:])

    def nearest(self, query: "Floats", limit: int = NEAREST, only: "Mask | None" = None) -> "Numbers":
        """The numbers of the passages that are nearest by the signs of their vectors, in no order.

        `only` is a mask over passage numbers that says which may be found.
        """
        return self.nearest_of_each(query.reshape(1, -1), limit, only)[0]

    def nearest_of_each(self, queries: "Floats", limit: int = NEAREST, only: "Mask | None" = None) -> "list[Numbers]":
        """`nearest` for many queries [n, dimensions], which share the scan."""
        differing = self._differing(sign_words(queries))
        passages = self._passages.values
        allowed = None if only is None else _allowed(passages, only)
        return [
            passages[self._closest(_fewest_among(counts, max(BY_SIGNS, limit), allowed), query, limit)]
            for counts, query in zip(differing, queries, strict=True)
        ]

    def _differing(self, queries: "NDArray[np.uint64]") -> "NDArray[np.uint16]":
        """How many signs of each vector differ from each query's: [queries, vectors]."""
        import numpy as np

        total = len(self._passages)
        words = self._signs.values
        differing = np.zeros((len(queries), total), dtype=np.uint16)
        other = np.empty(min(BLOCK, total), dtype=np.uint64)
        bits = np.empty(len(other), dtype=np.uint8)
        for start in range(0, total, BLOCK):
            end = min(start + BLOCK, total)
            xor, count = other[: end - start], bits[: end - start]
            for place, query in enumerate(queries):
                into = differing[place, start:end]
                for word, wanted in zip(words, query, strict=True):
                    np.bitwise_xor(word[start:end], wanted, out=xor)
                    np.bitwise_count(xor, out=count)
                    np.add(into, count, out=into)
        return differing

    def _closest(self, rows: "Numbers", query: "Floats", limit: int) -> "Numbers":
        """Of these rows, those whose signs go best with the query itself."""
        import numpy as np

        if len(rows) <= limit:
            return rows
        parts = np.ascontiguousarray(self._signs.values[:, rows].T)
        bits = np.unpackbits(parts.astype("<u8", copy=False).view(np.uint8), axis=1, bitorder="little")
        sums = bits[:, : self.dimensions].astype(np.float32) @ query.astype(np.float32)
        return rows[np.argpartition(-sums, limit - 1)[:limit]]

    def cosines(self, session: Session, query: "Floats", numbers: Collection[int]) -> dict[int, float]:
        """The exact cosines of these passages, from the file; one without a vector is left out."""
        import numpy as np

        base = self._number << MODEL_SHIFT
        found: list[int] = []
        vectors: list[bytes] = []
        wanted = json.dumps([base + number for number in sorted(numbers)])
        with driver(session) as connection:
            for number, vector in connection.execute(
                "SELECT passage_id, vector FROM json_each(?) JOIN embedding ON embedding.id = json_each.value",
                (wanted,),
            ):
                found.append(number)
                vectors.append(vector)
        if not found:
            return {}
        matrix = np.frombuffer(b"".join(vectors), dtype="<f2").reshape(-1, self.dimensions).astype(np.float32)
        return dict(zip(found, (matrix @ query.astype(np.float32)).tolist(), strict=True))


def _words(dimensions: int) -> int:
    return -(-dimensions // 64)


def sign_words(vectors: "NDArray[Any]") -> "NDArray[np.uint64]":
    """The signs of vectors [n, dimensions], 64 to a word, the first dimension lowest; [n, words]."""
    import numpy as np

    bits = np.packbits(vectors > 0, axis=1, bitorder="little")
    room = np.zeros((len(vectors), 8 * _words(vectors.shape[1])), dtype=np.uint8)
    room[:, : bits.shape[1]] = bits
    return room.view("<u8").astype(np.uint64)


def _allowed(passages: "Numbers", only: "Mask") -> "Mask":
    """Which of the vectors belong to passages that may be found."""
    allowed = passages < len(only)
    allowed[allowed] = only[passages[allowed]]
    return allowed


def _fewest_among(counts: "NDArray[np.uint16]", limit: int, allowed: "Mask | None") -> "Numbers":
    import numpy as np

    if allowed is None:
        return _fewest(counts, limit)
    places = np.flatnonzero(allowed)
    return places[_fewest(counts[places], limit)]


def _fewest(counts: "NDArray[np.uint16]", limit: int) -> "Numbers":
    """Where the counts are lowest: at least `limit` places, more where several are equal to the last of them."""
    import numpy as np

    if len(counts) <= limit:
        return np.arange(len(counts))
    # A sample tells about where to cut; sorting all would cost more than the scan.
    step = max(1, len(counts) // 20_000)
    sample = np.sort(counts[::step])
    cut = int(sample[min(len(sample) - 1, -(-limit // step))])
    while (chosen := np.flatnonzero(counts <= cut)).size < limit:
        cut += 4
    if chosen.size <= 4 * limit:
        return chosen
    return chosen[np.argpartition(counts[chosen], limit - 1)[:limit]]


def add_signs(session: Session, model: int, passages: Sequence[int], vectors: Sequence[bytes]) -> None:
    """Write the signs of new vectors, joined with the segments before that are not much longer."""
    import numpy as np

    connection = session.connection()
    fresh = np.ascontiguousarray(sign_words(np.stack([np.frombuffer(vector, dtype="<f2") for vector in vectors])).T)
    numbers = np.asarray(passages, dtype="<u4")
    latest = text(
        "SELECT id, first, count, passages, signs FROM vector_segment WHERE model_id = :model ORDER BY first DESC LIMIT 1"
    )
    first = 0
    while (row := connection.execute(latest, {"model": model}).one_or_none()) is not None:
        identity, before, count, known, signs = row
        first = before + count
        if count > 2 * len(numbers) or count + len(numbers) > SEGMENT:
            break
        connection.execute(text("DELETE FROM vector_segment WHERE id = :id"), {"id": identity})
        first = before
        fresh = np.concatenate([np.frombuffer(signs, dtype="<u8").reshape(-1, count), fresh], axis=1)
        numbers = np.concatenate([np.frombuffer(known, dtype="<u4"), numbers])
    connection.execute(
        text(
            "INSERT INTO vector_segment(model_id, first, count, passages, signs) "
            "VALUES (:model, :first, :count, :passages, :signs)"
        ),
        {
            "model": model,
            "first": first,
            "count": len(numbers),
            "passages": numbers.astype("<u4").tobytes(),
            "signs": fresh.astype("<u8").tobytes(),
        },
    )
