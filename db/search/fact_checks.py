"""Candidates among others' fact-checks by their words: the claims that they review, and the titles of the reviews.

A claim of 20 to 30 words joined by OR makes FTS5 visit most of a large store. Only the rarest words select candidates, up to a
budget of postings, and more of them, up to a larger budget, score these. Both budgets bound the cost at any size of store.
"""

import json
from collections.abc import Collection, Sequence

from sqlalchemy import text
from sqlmodel import Session

SELECTING = 5_000
SCORING = 20_000
"""Postings that the words which select, and those which score, may have together."""
_SCORE = "-bm25(fact_check_fts, 1.0, 1.0) AS score"


def candidates(
    session: Session, wanted: Sequence[str], *, limit: int = 200, also: Collection[int] = ()
) -> dict[int, float]:
    """BM25 by document number, larger is better: of the best fact-checks for these words, and of those in `also`.

    One that holds none of the words is left out; empty where no word is known.
    """
    counted = _frequencies(session, wanted)
    selecting, scoring = _within(counted, SELECTING), _within(counted, SCORING)
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
    others = [number for number in also if number not in found]
    if scoring == selecting and not others:
        return found
    return _scores(session, scoring, [*found, *others])


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
