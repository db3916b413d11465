"""Writing down the words of passages: full-text index, frequencies and lists, in the transaction that adds the passages."""

import sys
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlmodel import Session

from db.search.stems import Bag, bags

SEGMENT = 16_384
"""Passages that a segment has at most, once others were joined to it."""
_CATCHING_UP = 2_000


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of the passages first..last as a WordSegment holds them."""

    first: int
    last: int
    different: bytes
    lengths: bytes
    stems: bytes
    counts: bytes

    def __len__(self) -> int:
        return self.last - self.first + 1


def lists_of(numbers: Sequence[int], found: Sequence[Bag]) -> Lists:
    """The lists of passages with ascending numbers; numbers between them that are none have no words."""
    different, lengths, stems, counts = array("H"), array("H"), array("I"), array("B")
    expected = numbers[0]
    for number, bag in zip(numbers, found, strict=True):
        if number > expected:
            gap = array("H", bytes(2 * (number - expected)))
            different.extend(gap)
            lengths.extend(gap)
        expected = number + 1
        codes = [stem.code for stem in bag.counts][:65_535]
        different.append(len(codes))
        lengths.append(bag.length)
        stems.extend(codes)
        counts.extend(list(bag.counts.values())[:65_535])
    return Lists(numbers[0], numbers[-1], *(_bytes(part) for part in (different, lengths, stems, counts)))


def _bytes(values: "array[int]") -> bytes:
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def add_words(session: Session, passages: Sequence[tuple[int, str, str]]) -> None:
    """Make new passages findable by their words: (number, title, text), numbers ascending and above all known ones."""
    connection = session.connection()
    connection.execute(
        text("INSERT INTO passage_fts(rowid, title, text) VALUES (:id, :title, :text)"),
        [{"id": number, "title": title, "text": piece} for number, title, piece in passages],
    )
    add_lists(connection, passages)


def add_lists(connection: Connection, passages: Sequence[tuple[int, str, str]]) -> None:
    """The same without the full-text index: only frequencies and lists."""
    found = bags((title, piece) for _, title, piece in passages)
    frequencies = Counter(stem.text for bag in found for stem in bag.counts)
    if frequencies:
        connection.execute(
            text(
                "INSERT INTO word_frequency(stem, passages) VALUES (:stem, :passages) "
                "ON CONFLICT(stem) DO UPDATE SET passages = passages + excluded.passages"
            ),
            [{"stem": stem, "passages": count} for stem, count in sorted(frequencies.items())],
        )
    _append(connection, lists_of([number for number, _, _ in passages], found))


def _append(connection: Connection, fresh: Lists) -> None:
    """Write a segment, joined with those before it that are not much longer: few segments, each passage rewritten seldom."""
    columns = "first, last, different, lengths, stems, counts"
    latest = text(f"SELECT {columns} FROM word_segment ORDER BY first DESC LIMIT 1")
    while (row := connection.execute(latest).one_or_none()) is not None:
        before = Lists(*row)
        if len(before) > 2 * len(fresh) or fresh.last - before.first >= SEGMENT:
            break
        connection.execute(text("DELETE FROM word_segment WHERE first = :first"), {"first": before.first})
        gap = bytes(2 * (fresh.first - before.last - 1))
        fresh = Lists(
            before.first,
            fresh.last,
            before.different + gap + fresh.different,
            before.lengths + gap + fresh.lengths,
            before.stems + fresh.stems,
            before.counts + fresh.counts,
        )
    values = {name: getattr(fresh, name) for name in columns.split(", ")}
    connection.execute(
        text(f"INSERT INTO word_segment({columns}) VALUES (:first, :last, :different, :lengths, :stems, :counts)"),
        values,
    )


def behind(connection: Connection) -> bool:
    """Whether there are passages without lists: in a share, or in a file of an earlier release."""
    newest = "SELECT (SELECT max(id) FROM passage), (SELECT max(last) FROM word_segment)"
    passages, listed = connection.execute(text(newest)).one()
    return (passages or 0) > (listed or 0)


def unlisted(connection: Connection, after: int, limit: int = _CATCHING_UP) -> list[tuple[int, str, str]]:
    """The next passages that have no lists, from number `after` on: number, title, text."""
    query = (
        "SELECT passage.id, document.title, passage.text FROM passage JOIN document ON document.id = passage.document_id "
        "WHERE passage.id > :after ORDER BY passage.id LIMIT :limit"
    )
    return [
        (int(number), title, piece)
        for number, title, piece in connection.execute(text(query), {"after": after, "limit": limit})
    ]


def catch_up(connection: Connection) -> None:
    """Write the lists that are missing."""
    newest = text("SELECT coalesce(max(last), 0) FROM word_segment")
    while passages := unlisted(connection, connection.execute(newest).scalar_one()):
        add_lists(connection, passages)
