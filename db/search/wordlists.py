"""Writing down the words of passages in the transaction that adds them: the full-text index, and lists for ranking.

Lists are kept in segments of consecutive passages. Adding writes a small one and joins it with those before it that are
not much longer, so there are few of them and each passage is rewritten a few times only.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, text
from sqlmodel import Session

from db.search.stems import bags

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEGMENT = 65_536
"""Passage numbers that a segment spans at most."""
CATCHING_UP = 2_000

Listed = tuple[int, str, str]
"""A passage to be listed: number, title of its document, text."""


@dataclass(frozen=True, slots=True)
class Lists:
    """A WordSegment as arrays; `ends` are those of the stems' postings."""

    first: int
    last: int
    lengths: "NDArray[np.uint16]"
    stems: "NDArray[np.uint32]"
    ends: "NDArray[np.uint32]"
    passages: "NDArray[np.uint16]"
    counts: "NDArray[np.uint8]"

    @classmethod
    def read(cls, first: int, last: int, *parts: bytes) -> Self:
        """From the columns of a row, in order."""
        import numpy as np

        types = ("<u2", "<u4", "<u4", "<u2", "u1")
        arrays = (np.frombuffer(part, dtype=kind) for part, kind in zip(parts, types, strict=True))
        return cls(first, last, *arrays)

    @classmethod
    def of(cls, passages: Sequence[Listed]) -> Self:
        """The lists of passages with ascending numbers, at most SEGMENT apart; numbers between them have no words."""
        import numpy as np

        first, last = passages[0][0], passages[-1][0]
        lengths = np.zeros(last - first + 1, dtype=np.uint16)
        codes, places, counts = array("I"), array("H"), array("B")
        found = bags((title, piece) for _, title, piece in passages)
        for (number, _, _), bag in zip(passages, found, strict=True):
            lengths[number - first] = bag.length
            codes.extend([stem.code for stem in bag.counts])
            counts.extend(bag.counts.values())
            places.extend([number - first] * len(bag.counts))
        return cls._sorted(first, last, lengths, *(np.asarray(part) for part in (codes, places, counts)))

    @classmethod
    def _sorted(
        cls,
        first: int,
        last: int,
        lengths: "NDArray[np.uint16]",
        codes: "NDArray[np.uint32]",
        passages: "NDArray[np.uint16]",
        counts: "NDArray[np.uint8]",
    ) -> Self:
        """From one code for each posting, the passages of equal codes in order."""
        import numpy as np

        order = np.argsort(codes, kind="stable")
        codes = codes[order]
        starts = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]])) if len(codes) else np.empty(0, int)
        ends = np.append(starts[1:], len(codes)).astype(np.uint32) if len(codes) else np.empty(0, np.uint32)
        return cls(first, last, lengths, codes[starts], ends, passages[order], counts[order])

    def __len__(self) -> int:
        return self.last - self.first + 1

    def followed_by(self, after: "Lists") -> "Lists":
        """Both as one."""
        import numpy as np

        shift = after.first - self.first
        gap = np.zeros(after.first - self.last - 1, dtype=np.uint16)
        return Lists._sorted(
            self.first,
            after.last,
            np.concatenate([self.lengths, gap, after.lengths]),
            np.concatenate([np.repeat(part.stems, np.diff(part.ends, prepend=0)) for part in (self, after)]),
            np.concatenate([self.passages, (after.passages + shift).astype(np.uint16)]),
            np.concatenate([self.counts, after.counts]),
        )

    def columns(self) -> dict[str, int | bytes]:
        """The values of a row."""
        return {
            "first": self.first,
            "last": self.last,
            "lengths": self.lengths.astype("<u2").tobytes(),
            "stems": self.stems.astype("<u4").tobytes(),
            "ends": self.ends.astype("<u4").tobytes(),
            "passages": self.passages.astype("<u2").tobytes(),
            "counts": self.counts.tobytes(),
        }


def add_words(session: Session, passages: Sequence[Listed]) -> None:
    """Make new passages findable by their words; their numbers ascend and are above all known ones."""
    connection = session.connection()
    connection.execute(
        text("INSERT INTO passage_fts(rowid, title, text) VALUES (:id, :title, :text)"),
        [{"id": number, "title": title, "text": piece} for number, title, piece in passages],
    )
    add_lists(connection, passages)


def add_lists(connection: Connection, passages: Sequence[Listed]) -> None:
    """The same without the full-text index."""
    start = 0
    for place, (number, _, _) in enumerate(passages):
        if number - passages[start][0] >= SEGMENT:
            _append(connection, Lists.of(passages[start:place]))
            start = place
    _append(connection, Lists.of(passages[start:]))


def _append(connection: Connection, fresh: Lists) -> None:
    columns = "first, last, lengths, stems, ends, passages, counts"
    latest = text("SELECT first, last FROM word_segment ORDER BY first DESC LIMIT 1")
    whole = text(f"SELECT {columns} FROM word_segment WHERE first = :first")  # noqa: S608
    while (row := connection.execute(latest).one_or_none()) is not None:
        if row.last - row.first + 1 > 2 * len(fresh) or fresh.last - row.first >= SEGMENT:
            break
        before = Lists.read(*connection.execute(whole, {"first": row.first}).one())
        connection.execute(text("DELETE FROM word_segment WHERE first = :first"), {"first": row.first})
        fresh = before.followed_by(fresh)
    names = ", ".join(f":{name}" for name in columns.split(", "))
    connection.execute(text(f"INSERT INTO word_segment({columns}) VALUES ({names})"), fresh.columns())  # noqa: S608


def behind(connection: Connection) -> bool:
    """Whether there are passages without lists: in a share, or in a file of an earlier release."""
    newest = "SELECT (SELECT max(id) FROM passage), (SELECT max(last) FROM word_segment)"
    passages, listed = connection.execute(text(newest)).one()
    return (passages or 0) > (listed or 0)


def unlisted(connection: Connection, after: int, limit: int = CATCHING_UP) -> list[Listed]:
    """The next passages above a number."""
    query = (
        "SELECT passage.id, document.title, passage.text FROM passage JOIN document ON document.id = passage.document_id "
        "WHERE passage.id > :after ORDER BY passage.id LIMIT :limit"
    )
    rows = connection.execute(text(query), {"after": after, "limit": limit})
    return [(int(number), title, piece) for number, title, piece in rows]


def catch_up(connection: Connection) -> None:
    """Write the lists that are missing."""
    newest = text("SELECT coalesce(max(last), 0) FROM word_segment")
    while passages := unlisted(connection, connection.execute(newest).scalar_one()):
        add_lists(connection, passages)
