"""Whether what search reads fits the evidence, and making it anew."""

import sqlite3
from collections.abc import Iterator

from sqlalchemy import text
from sqlmodel import Session

from db.search import embeddings, wordlists
from db.search.wordlists import Lists
from db.tables.search import MODEL_SHIFT

_COLUMNS = "first, last, lengths, stems, ends, passages, counts"
_PASSAGES = (
    "SELECT passage.id, document.title, passage.text FROM passage JOIN document ON document.id = passage.document_id "
    "WHERE passage.id BETWEEN ? AND ? ORDER BY passage.id"
)


def unfitting(connection: sqlite3.Connection) -> Iterator[str]:
    """What does not fit, as sentences. All of it can be computed again, so nothing of the evidence is lost with it."""
    words = sum(not _words_fit(connection, row) for row in connection.execute(f"SELECT {_COLUMNS} FROM word_segment"))  # noqa: S608
    if words:
        yield f"{words} lists of words do not fit their passages; workbench db reindex makes them anew."
    for number, name, dimensions in connection.execute("SELECT id, name, dimensions FROM encoder_model ORDER BY id"):
        if not _vectors_fit(connection, number, dimensions):
            yield f"The vectors of {name} do not fit what is kept of their signs; workbench db reindex mends that."


def _words_fit(connection: sqlite3.Connection, row: tuple[int, int, bytes, bytes, bytes, bytes, bytes]) -> bool:
    passages = connection.execute(_PASSAGES, row[:2]).fetchall()
    if not passages or (passages[0][0], passages[-1][0]) != row[:2]:
        return False
    return Lists.of(passages).columns() == dict(zip(_COLUMNS.split(", "), row, strict=True))


def _vectors_fit(connection: sqlite3.Connection, model: int, dimensions: int) -> bool:
    import numpy as np

    from db.search.vectors import sign_words

    base = model << MODEL_SHIFT
    seen = 0
    for first, count, passages, signs in connection.execute(
        "SELECT first, count, passages, signs FROM vector_segment WHERE model_id = ? ORDER BY first", (model,)
    ):
        numbers = np.frombuffer(passages, dtype="<u4").tolist()
        if first != seen or count != len(numbers):
            return False
        seen += count
        fetch = "SELECT vector FROM embedding WHERE id = ? AND passage_id = ? AND model_id = ?"
        vectors = [connection.execute(fetch, (base + number, number, model)).fetchone() for number in numbers]
        if any(vector is None or len(vector[0]) != 2 * dimensions for vector in vectors):
            return False
        matrix = np.stack([np.frombuffer(vector, dtype="<f2") for (vector,) in vectors])
        if sign_words(matrix).T.astype("<u8").tobytes() != signs:
            return False
    (kept,) = connection.execute(
        "SELECT count(*) FROM embedding WHERE id > ? AND id < ?", (base, base + (1 << MODEL_SHIFT))
    ).fetchone()
    return bool(kept == seen)


def reindex(session: Session) -> None:
    """Make the full-text index, the lists of words and the signs of vectors anew from passages and vectors."""
    connection = session.connection()
    connection.execute(text("INSERT INTO passage_fts(passage_fts) VALUES ('rebuild')"))
    for statement in (
        "DELETE FROM word_segment",
        "DELETE FROM vector_segment",
        # A vector of another length than its model's belongs to nothing.
        "DELETE FROM embedding WHERE length(vector) <> (SELECT 2 * dimensions FROM encoder_model WHERE id = model_id)",
        "UPDATE encoder_model SET generation = generation + 1",
    ):
        connection.execute(text(statement))
    wordlists.catch_up(connection)
    embeddings.catch_up(session)
