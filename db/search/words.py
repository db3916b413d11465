"""Candidate passages by their words: SQLite's FTS5 over title and text.

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
TITLE_WEIGHT = 1.0
TEXT_WEIGHT = 1.0


def candidates(session: Session, wanted: Sequence[str], *, limit: int = 200) -> dict[int, float]:
    """Passage numbers with their BM25 score for these words, larger is better; empty where no word is known."""
    counted = frequencies(session, wanted)
    selecting = within(counted, SELECTING)
    if not selecting:
        return {}
    rows = session.connection().execute(
        text(
            "SELECT rowid, -bm25(passage_fts, :title, :body) AS score FROM passage_fts "
            "WHERE passage_fts MATCH :query ORDER BY score DESC, rowid LIMIT :limit"
        ),
        {"query": _any_of(selecting), "title": TITLE_WEIGHT, "body": TEXT_WEIGHT, "limit": limit},
    )
    found = {int(number): float(score) for number, score in rows}
    scoring = within(counted, SCORING)
    return found if scoring == selecting else _scores(session, scoring, list(found))


def scores(session: Session, wanted: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
    """The BM25 scores of these passages; one that holds none of the words that score is left out."""
    return _scores(session, within(frequencies(session, wanted), SCORING), numbers)


def _scores(session: Session, words: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
    if not words or not numbers:
        return {}
    # The unary plus keeps FTS5 from running the whole query once for every row number.
    statement = text(
        "SELECT rowid, -bm25(passage_fts, :title, :body) AS score FROM passage_fts "
        "WHERE passage_fts MATCH :query AND +rowid IN (SELECT value FROM json_each(:numbers))"
    )
    rows = session.connection().execute(
        statement,
        {"query": _any_of(words), "title": TITLE_WEIGHT, "body": TEXT_WEIGHT, "numbers": json.dumps(list(numbers))},
    )
    return {int(number): float(score) for number, score in rows}


def frequencies(session: Session, words: Sequence[str]) -> list[tuple[str, int]]:
    """In how many passages each word stands, counted up to just over the larger budget; rarest first, unknown words left out."""
    statement = text("SELECT count(*) FROM (SELECT rowid FROM passage_fts WHERE passage_fts MATCH :query LIMIT :limit)")
    connection = session.connection()
    counted = []
    for word in words:
        count = connection.execute(statement, {"query": _any_of([word]), "limit": SCORING + 1}).scalar_one()
        if count:
            counted.append((word, int(count)))
    return sorted(counted, key=lambda pair: (pair[1], pair[0]))


def within(counted: Sequence[tuple[str, int]], budget: int) -> list[str]:
    """The rarest words whose passages together stay within a budget; always at least one where there is any."""
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
