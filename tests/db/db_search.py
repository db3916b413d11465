"""Searching a store the way services do."""

from collections.abc import Sequence

from sqlmodel import Session

from db.search.words import WordIndex


def candidates(session: Session, wanted: Sequence[str], *, limit: int = 200) -> dict[int, float]:
    """Passage numbers with their scores, from an index that has just been read."""
    index = WordIndex()
    index.catch_up(session)
    return index.candidates(wanted, limit=limit)
