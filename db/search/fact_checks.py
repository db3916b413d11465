"""Candidates among others' fact-checks by their words: the claims that they review, and the titles of the reviews.

Within the same budgets of postings as candidate passages, for the same reason.
"""

import json
from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session

from db.search.words import SCORING, SELECTING, within

_SCORE = "-bm25(fact_check_fts, 1.0, 1.0) AS score"


def candidates(session: Session, wanted: Sequence[str], *, limit: int = 200) -> dict[int, float]:
    """Document numbers of fact-checks with their BM25 score for these words, larger is better."""
    counted = _frequencies(session, wanted)
    selecting = within(counted, SELECTING)
    if not selecting:
        return {}
    rows = session.connection().execute(
        text(
            f"SELECT rowid, {_SCORE} FROM fact_check_fts WHERE fact_check_fts MATCH :query "  # noqa: S608 - a constant
            "ORDER BY score DESC, rowid LIMIT :limit"
        ),
        {"query": _any_of(selecting), "limit": limit},
    )
    found = {int(number): float(score) for number, score in rows}
    scoring = within(counted, SCORING)
    return found if scoring == selecting else _scores(session, scoring, list(found))


def scores(session: Session, wanted: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
    """The BM25 scores of these fact-checks; one that holds none of the words that score is left out."""
    return _scores(session, within(_frequencies(session, wanted), SCORING), numbers) if numbers else {}


def _scores(session: Session, words: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
    if not words or not numbers:
        return {}
    # The unary plus keeps FTS5 from running the whole query once for every row number.
    rows = session.connection().execute(
        text(
            f"SELECT rowid, {_SCORE} FROM fact_check_fts WHERE fact_check_fts MATCH :query "  # noqa: S608 - a constant
            "AND +rowid IN (SELECT value FROM json_each(:numbers))"
        ),
        {"query": _any_of(words), "numbers": json.dumps(list(numbers))},
    )
    return {int(number): float(score) for number, score in rows}


def _frequencies(session: Session, words: Sequence[str]) -> list[tuple[str, int]]:
    """In how many fact-checks each word stands, counted up to just over the larger budget; rarest first, unknown ones left out."""
    statement = text(
        "SELECT count(*) FROM (SELECT rowid FROM fact_check_fts WHERE fact_check_fts MATCH :query LIMIT :limit)"
    )
    connection = session.connection()
    counted = []
    for word in words:
        count = connection.execute(statement, {"query": _any_of([word]), "limit": SCORING + 1}).scalar_one()
        if count:
            counted.append((word, int(count)))
    return sorted(counted, key=lambda pair: (pair[1], pair[0]))


def _any_of(words: Sequence[str]) -> str:
    """An FTS5 query of words as plain strings, so that nothing in them is query syntax."""
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
