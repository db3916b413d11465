"""Which documents share words: shingles are kept as documents come, and pairs of documents are found from them in bulk.

Shingles that more than ten documents hold are boilerplate and no sign of copying by themselves. A text that more than ten
outlets carry is told from boilerplate by how much of the shorter document it is, and a quotation by its quotation marks.
What pairs there are depends on the documents alone, not on the order in which they came; only of a shingle that more
than 32 documents hold, these are compared with the first eight of them instead of each with each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, text
from sqlmodel import Session, col, delete, select

from db import meta
from db.search.pairing import Counted, pairs_of
from db.search.shingles import shingles
from db.tables import CopyPair, Document, Passage, ShingleSegment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RARE = 10
"""Documents that may hold a shingle before it counts as boilerplate."""
SHARED = 8
"""Rare shared shingles, or quoted ones, from which two texts count as copies."""
PART, MANY = 0.12, 50
"""Rare shared shingles count where they are this part of the shorter document, or so many: else they may be a notice."""
SHARE = 0.4
LARGE_SHARE = 0.25
"""Part of the shorter document that makes a copy, however many documents hold it; the second where it is many shingles."""
SHORT = 13
SHORT_SHARE = 0.6
"""Part of a document of fewer than 13 shingles that makes a copy."""
NEAR = 3
"""Rare shared shingles from which a pair is kept: other signs, such as an agency's line, may settle it."""

SEGMENT = 1_000_000
"""Entries that segments are put together to, and that are paired at a time."""
_BATCH = 500
_LINKED = "copies_linked"


@dataclass(frozen=True, slots=True)
class _Segment:
    first: int
    last: int
    hashes: "NDArray[np.uint64]"
    documents: "NDArray[np.uint32]"
    sizes: "NDArray[np.uint32]"


def is_copy(pair: CopyPair) -> bool:
    """Whether what two documents share is enough to say that one was copied from the other, or both from a third."""
    if pair.shorter < SHORT:
        return pair.shared >= max(1, round(SHORT_SHARE * pair.shorter))
    if pair.quoted >= SHARED:
        return True
    part = pair.shared / pair.shorter
    if pair.rare >= SHARED and (part >= PART or pair.rare >= MANY):
        return True
    return pair.shared >= SHARED and part >= (LARGE_SHARE if pair.shared >= MANY else SHARE)


def add(session: Session, documents: Sequence[tuple[int, str]]) -> None:
    """Keep the shingles of documents that were just stored, given by number and text, in order and without a gap.

    Where earlier documents have none yet, `catch_up` will come to these too.
    """
    if documents and _shingled(session) == documents[0][0] - 1:
        _write(session, [_segment(documents)])


def behind(session: Session) -> int:
    """How many documents have not been paired yet."""
    newest = session.exec(select(func.max(Document.id))).one() or 0
    return max(0, newest - _linked(session))


def catch_up(session: Session) -> int:
    """Do a bounded part of what is missing; returns how many documents are still to be paired.

    Call it again in a new transaction until it returns 0.
    """
    newest = session.exec(select(func.max(Document.id))).one() or 0
    done = _shingled(session)
    if done < newest:
        for batch in _texts(session, done):
            _write(session, [_segment(batch)])
    else:
        _link(session)
    return behind(session)


def rebuild(session: Session) -> None:
    """Forget what was computed; `catch_up` computes it anew. For when documents have gone."""
    for table in (CopyPair, ShingleSegment):
        session.exec(delete(table))
    meta.put(session, _LINKED, "0")
    session.flush()


def pairs(session: Session, numbers: Iterable[int], *, limit: int = 20_000) -> list[CopyPair]:
    """Every pair of documents that hangs together with these through copies, and those that nearly do with these themselves.

    At most `limit` pairs.
    """
    found: dict[tuple[int, int], CopyPair] = {}
    seen: set[int] = set()
    wanted = set(numbers)
    while wanted and len(found) < limit:
        seen |= wanted
        reached: set[int] = set()
        for pair in _touching(session, sorted(wanted)):
            found[(pair.first, pair.second)] = pair
            if is_copy(pair):
                reached |= {pair.first, pair.second}
        wanted = reached - seen
    return [found[key] for key in sorted(found)]


def among(documents: Sequence[tuple[int, str]]) -> list[CopyPair]:
    """The pairs among a few documents, by their words alone: for documents that have not been paired yet."""
    import numpy as np

    if len(documents) < 2:
        return []
    hashes, places = shingles([words for _, words in documents])
    held = Counted(hashes >> np.uint64(1), places, (hashes & np.uint64(1)).astype(bool))
    sizes = np.bincount(places, minlength=len(documents))
    found = pairs_of(held, np.arange(len(documents), dtype=np.uint32), RARE)
    result = []
    for one, two, rare, shared, quoted in zip(
        found.first.tolist(),
        found.second.tolist(),
        found.rare.tolist(),
        found.shared.tolist(),
        found.quoted.tolist(),
        strict=True,
    ):
        first, second = sorted((documents[one][0], documents[two][0]))
        shorter = int(min(sizes[one], sizes[two]))
        result.append(CopyPair(first=first, second=second, rare=rare, shared=shared, quoted=quoted, shorter=shorter))
    return result


def copied(session: Session) -> list[CopyPair]:
    """Every pair of copies."""
    return [pair for pair in session.exec(select(CopyPair)) if is_copy(pair)]


def _touching(session: Session, numbers: Sequence[int]) -> Iterator[CopyPair]:
    for start in range(0, len(numbers), _BATCH):
        chunk = numbers[start : start + _BATCH]
        yield from session.exec(select(CopyPair).where(col(CopyPair.first).in_(chunk)))
        yield from session.exec(select(CopyPair).where(col(CopyPair.second).in_(chunk)))


def _linked(session: Session) -> int:
    return int(meta.get(session, _LINKED, "0"))


def _shingled(session: Session) -> int:
    return session.exec(select(func.max(ShingleSegment.last))).one() or 0


def _texts(session: Session, after: int) -> Iterator[list[tuple[int, str]]]:
    """The texts of the next documents, in small batches, up to about a segment's worth."""
    query = (
        select(col(Passage.document_id), col(Passage.text))
        .where(
            col(Passage.document_id).in_(
                select(Document.id).where(col(Document.id) > after).order_by(col(Document.id)).limit(_BATCH * 10)
            )
        )
        .order_by(col(Passage.document_id), col(Passage.start))
    )
    batch: list[tuple[int, str]] = []
    for number, piece in session.exec(query):
        if batch and batch[-1][0] == number:
            batch[-1] = (number, batch[-1][1] + piece)
            continue
        if len(batch) == _BATCH:
            yield batch
            batch = []
        batch.append((number, piece))
    if batch:
        yield batch


def _segment(documents: Sequence[tuple[int, str]]) -> _Segment:
    import numpy as np

    first, last = documents[0][0], documents[-1][0]
    hashes, places = shingles([words for _, words in documents])
    numbers = np.array([number for number, _ in documents], dtype=np.uint32)[places]
    sizes = np.bincount(numbers - np.uint32(first), minlength=last - first + 1).astype(np.uint32)
    return _Segment(first, last, hashes, numbers, sizes)


def _write(session: Session, segments: Sequence[_Segment]) -> None:
    rows = [
        {
            "first": one.first,
            "last": one.last,
            "hashes": one.hashes.astype("<u8").tobytes(),
            "documents": one.documents.astype("<u4").tobytes(),
            "sizes": one.sizes.astype("<u4").tobytes(),
        }
        for one in segments
    ]
    session.connection().execute(insert(ShingleSegment), rows)


def _read(row: Any) -> _Segment:
    import numpy as np

    return _Segment(
        row.first,
        row.last,
        np.frombuffer(row.hashes, dtype="<u8"),
        np.frombuffer(row.documents, dtype="<u4"),
        np.frombuffer(row.sizes, dtype="<u4"),
    )


def _segments(session: Session, *, after: int = 0, upto: int | None = None) -> Iterator[_Segment]:
    query = "SELECT first, last, hashes, documents, sizes FROM shingle_segment WHERE first > :after ORDER BY first"
    for row in session.connection().execute(text(query), {"after": after}):
        if upto is not None and row.first > upto:
            return
        yield _read(row)


def _link(session: Session) -> None:
    """Pair the next documents with all before them, and compare those anew whose shared words have become too frequent."""
    import numpy as np

    done = _linked(session)
    fresh: list[_Segment] = []
    for segment in _segments(session, after=done):
        if fresh and sum(len(one.hashes) for one in fresh) + len(segment.hashes) > SEGMENT:
            break
        fresh.append(segment)
    if not fresh:
        return
    upto = fresh[-1].last
    keys = np.unique(np.concatenate([one.hashes for one in fresh]) >> np.uint64(1))
    held, sizes = _holders(session, keys, upto)
    fresh_documents = np.arange(done + 1, upto + 1, dtype=np.uint32)
    crossing = _crossing(held, done)
    again = np.unique(held.documents[np.isin(held.keys, crossing) & (held.documents <= done)])
    if len(again):
        others = np.setdiff1d(_keys_of(session, again), keys)
        more, _ = _holders(session, others, upto)
        held = held.plus(more)
    concerned = np.union1d(fresh_documents, again)
    found = pairs_of(held, concerned, RARE)
    _forget(session, [int(number) for number in again])
    _store(session, found, sizes)
    _compact(session, fresh)
    meta.put(session, _LINKED, str(upto))
    session.flush()


def _holders(session: Session, keys: "NDArray[np.uint64]", upto: int) -> "tuple[Counted, NDArray[np.uint32]]":
    """Who holds these shingles among the documents up to `upto`, and the sizes of all these documents, by number."""
    import numpy as np

    sizes = np.zeros(upto + 1, dtype=np.uint32)
    parts = []
    for segment in _segments(session, upto=upto):
        sizes[segment.first : segment.last + 1] = segment.sizes
        own = segment.hashes >> np.uint64(1)
        places = np.searchsorted(keys, own)
        hits = np.zeros(len(own), dtype=bool)
        inside = places < len(keys)
        hits[inside] = keys[places[inside]] == own[inside]
        parts.append(Counted(own[hits], segment.documents[hits], (segment.hashes[hits] & np.uint64(1)).astype(bool)))
    return Counted.of(parts), sizes


def _crossing(held: Counted, done: int) -> "NDArray[np.uint64]":
    """The shingles that were rare among the documents up to `done` and are rare no more."""
    import numpy as np

    keys, total = np.unique(held.keys, return_counts=True)
    before_keys, before = np.unique(held.keys[held.documents <= done], return_counts=True)
    earlier = np.zeros(len(keys), dtype=np.int64)
    earlier[np.searchsorted(keys, before_keys)] = before
    return keys[(earlier >= 2) & (earlier <= RARE) & (total > RARE)]


def _keys_of(session: Session, numbers: "NDArray[np.uint32]") -> "NDArray[np.uint64]":
    import numpy as np

    parts = [
        segment.hashes[np.isin(segment.documents, numbers)] >> np.uint64(1)
        for segment in _segments(session, upto=int(numbers[-1]))
        if np.any((numbers >= segment.first) & (numbers <= segment.last))
    ]
    return np.unique(np.concatenate(parts))


def _forget(session: Session, numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), _BATCH):
        chunk = numbers[start : start + _BATCH]
        session.exec(delete(CopyPair).where(col(CopyPair.first).in_(chunk) | col(CopyPair.second).in_(chunk)))


def _store(session: Session, found: Any, sizes: "NDArray[np.uint32]") -> None:
    """Keep the pairs that share enough to look at."""
    import numpy as np

    shorter = np.minimum(sizes[found.first], sizes[found.second])
    kept = (
        (found.rare >= NEAR)
        | (found.quoted >= SHARED)
        | (found.shared >= LARGE_SHARE * shorter) & (found.shared >= SHARED)
        | (shorter < SHORT) & (found.shared >= np.maximum(1, np.round(SHORT_SHARE * shorter)))
    )
    names = ("first", "second", "rare", "shared", "quoted")
    columns = [getattr(found, name)[kept].tolist() for name in names]
    rows = [
        dict(zip((*names, "shorter"), values, strict=True))
        for values in zip(*columns, shorter[kept].tolist(), strict=True)
    ]
    if rows:
        session.connection().execute(insert(CopyPair), rows)


def _compact(session: Session, fresh: Sequence[_Segment]) -> None:
    """Put the small segments just paired together, and with the one before where that is not much larger."""
    import numpy as np

    together = list(fresh)
    while True:
        total = sum(len(one.hashes) for one in together)
        query = "SELECT first, last, hashes, documents, sizes FROM shingle_segment WHERE last = :last"
        row = session.connection().execute(text(query), {"last": together[0].first - 1}).first()
        before = _read(row) if row is not None else None
        if before is None or len(before.hashes) > 4 * total or len(before.hashes) + total > SEGMENT:
            break
        together.insert(0, before)
    if len(together) == 1:
        return
    hashes = np.concatenate([one.hashes for one in together])
    order = np.argsort(hashes, kind="stable")
    whole = _Segment(
        together[0].first,
        together[-1].last,
        hashes[order],
        np.concatenate([one.documents for one in together])[order],
        np.concatenate([one.sizes for one in together]),
    )
    session.exec(
        delete(ShingleSegment).where(col(ShingleSegment.first) >= whole.first, col(ShingleSegment.last) <= whole.last)
    )
    _write(session, [whole])
