"""The stems that passages hold, looked up by how they begin: for prefixes, and for words with a typing error."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, text
from sqlmodel import Session

from db.search.stems import Stem, stem_of, stemmer

_ENDING = 3
"""Letters by which a stem may differ from the word at its end: "happy" is listed as "happi", "relational" as "relat"."""
MOST_NEAR = 3
_ALMOST = 4
"""Letters from which one wrong letter is looked for, two from twice as many."""


def beginning(session: Session, prefix: str) -> list[Stem]:
    """The stems of all words that may begin so; of some others too, since a stem is not the whole word."""
    with _listed(session) as connection:
        terms = _between(connection, prefix[:2])
        return [
            stem_of(term) for term in terms if _shared(term, prefix) >= min(len(prefix), max(2, len(term) - _ENDING))
        ]


def near(session: Session, words: Sequence[str]) -> dict[str, list[Stem]]:
    """For each word the stems that are one wrong letter away, two for long words: at most three, the nearest first.

    Only stems with the same first letter are looked at, which keeps it quick in a large vocabulary.
    """
    known = stemmer().stems(words)
    found: dict[str, list[Stem]] = {}
    with _listed(session) as connection:
        for word in words:
            stem = known[word][0].text if known[word] else word
            if len(stem) < _ALMOST:
                continue
            most = 1 if len(stem) < 2 * _ALMOST else 2
            terms = [term for term in _between(connection, stem[:1]) if abs(len(term) - len(stem)) <= most]
            hits = process.extract(stem, terms, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR)
            found[word] = [stem_of(term) for term, _, _ in hits if term != stem]
    return found


def _shared(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


@contextmanager
def _listed(session: Session) -> Iterator[Connection]:
    """The connection, on which the full-text index shows its vocabulary; nothing is written to the file."""
    connection = session.connection()
    connection.execute(
        text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.passage_vocabulary USING fts5vocab('main', 'passage_fts', 'row')")
    )
    yield connection


def _between(connection: Connection, start: str) -> list[str]:
    """The listed stems that begin so."""
    query = text("SELECT term FROM temp.passage_vocabulary WHERE term >= :start AND term < :end")
    return list(connection.execute(query, {"start": start, "end": start + "\U0010ffff"}).scalars())
