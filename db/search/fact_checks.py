"""Candidates among others' fact-checks by their words: the claims that they review, and the titles of the reviews.

A claim of 20 to 30 words joined by OR makes FTS5 visit most of a large store. Only the rarest words select candidates, up to a
budget of postings, and more of them, up to a larger budget, score these. Both budgets bound the cost at any size of store.
"""

import json
from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session

SELECTING = 5_000
SCORING = 20_000
"""Postings that the words which select, and those which score, may have together."""
_SCORE = "-bm25(fact_check_fts, 1.0, 1.0) AS score"


def candidates(session: Session, wanted: Sequence[str], *, limit: int = 200) -> dict[int, float]:
    """Document numbers of fact-checks with their BM25 score for these words, larger is better."""
    counted = _frequencies(session, wanted)
    selecting = _within(counted, SELECTING)
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
    scoring = _within(counted, SCORING)
    return found if scoring == selecting else _scores(session, scoring, list(found))


def scores(session: Session, wanted: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
    """The BM25 scores of these fact-checks; one that holds none of the words that score is left out."""
    return _scores(session, _within(_frequencies(session, wanted), SCORING), numbers) if numbers else {}


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


def _within(counted: Sequence[tuple[str, int]], budget: int) -> list[str]:
    """The rarest words whose fact-checks together stay within a budget; always at least one where there is any."""
    chosen: list[str] = []
    total = 0
    for word, count in counted:
        if chosen and total + count > budget:
            break
        chosen.append(word)
        total += count
    return chosen


def _any_of(words: Sequence[str]) -> str:
    """An FTS5 query of words as plain strings, so that nothing in them is query syntax."""
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
