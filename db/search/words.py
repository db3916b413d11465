"""Candidate passages by their words: SQLite's FTS5 over title and text.

A claim of 20 to 30 words joined by OR makes FTS5 visit most of a large store. Only the rarest terms select candidates, up
to a budget of postings; all terms then score them (measured: no loss in rank of the best passage, cost nearly flat in size).
"""

import json
import re
from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session

POSTINGS_BUDGET = 5000
TITLE_WEIGHT = 1.0
TEXT_WEIGHT = 1.0

_TERM = re.compile(r"[^\W_]+", re.UNICODE)


def terms(claim: str, *, limit: int = 64) -> list[str]:
    """The distinct words of a claim, lower-case, in order, at most `limit`."""
    return list(dict.fromkeys(word.lower() for word in _TERM.findall(claim)))[:limit]


def candidates(session: Session, claim: str, *, limit: int = 200) -> list[tuple[int, float]]:
    """Passage numbers with their BM25 score, larger is better, best first; empty where no word is known."""
    words = terms(claim)
    if not words:
        return []
    rare = rarest(session, words)
    if not rare:
        return []
    selecting = _any_of([word for word, _ in rare])
    scored = _query(session, selecting, limit)
    if len(rare) == len(words) or not scored:
        return scored
    return sorted(
        scores(session, claim, [number for number, _ in scored]).items(), key=lambda pair: (-pair[1], pair[0])
    )


def scores(session: Session, claim: str, numbers: Sequence[int]) -> dict[int, float]:
    """The BM25 scores of these passages over all words of a claim; a passage without any of them is left out."""
    words = terms(claim)
    if not words or not numbers:
        return {}
    statement = text(
        "SELECT rowid, -bm25(passage_fts, :title, :body) AS score FROM passage_fts "
        "WHERE passage_fts MATCH :query AND rowid IN (SELECT value FROM json_each(:numbers))"
    )
    rows = session.connection().execute(
        statement,
        {"query": _any_of(words), "title": TITLE_WEIGHT, "body": TEXT_WEIGHT, "numbers": json.dumps(list(numbers))},
    )
    return {int(number): float(score) for number, score in rows}


def _query(session: Session, query: str, limit: int) -> list[tuple[int, float]]:
    rows = session.connection().execute(
        text(
            "SELECT rowid, -bm25(passage_fts, :title, :body) AS score FROM passage_fts "
            "WHERE passage_fts MATCH :query ORDER BY score DESC, rowid LIMIT :limit"
        ),
        {"query": query, "title": TITLE_WEIGHT, "body": TEXT_WEIGHT, "limit": limit},
    )
    return [(int(number), float(score)) for number, score in rows]


def rarest(session: Session, words: Sequence[str]) -> list[tuple[str, int]]:
    """The words that occur, rarest first, as many as the budget of postings allows, and always at least one."""
    known = []
    connection = session.connection()
    for word in words:
        count = connection.execute(
            text("SELECT count(*) FROM (SELECT 1 FROM passage_fts WHERE passage_fts MATCH :query LIMIT :limit)"),
            {"query": _any_of([word]), "limit": POSTINGS_BUDGET},
        ).scalar_one()
        if count:
            known.append((word, int(count)))
    known.sort(key=lambda pair: (pair[1], pair[0]))
    chosen: list[tuple[str, int]] = []
    total = 0
    for word, count in known:
        if chosen and total + count > POSTINGS_BUDGET:
            break
        chosen.append((word, count))
        total += count
    return chosen


def _any_of(words: Sequence[str]) -> str:
    """An FTS5 query of words as plain strings, so that nothing in them is query syntax."""
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
