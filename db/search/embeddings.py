"""Vectors of passages: which are missing, adding them, taking them away."""

from collections.abc import Sequence

from sqlalchemy import Connection, text
from sqlmodel import Session

from db.search.vectors import add_signs
from db.tables.search import MODEL_SHIFT

CATCHING_UP = 2_000


def unembedded(session: Session, model: str, *, after: int = 0, limit: int = 256) -> list[tuple[int, str, str]]:
    """Passages without a vector of this model, from number `after` on: number, title, text."""
    query = (
        "SELECT passage.id, document.title, passage.text FROM passage JOIN document ON document.id = passage.document_id "
        "WHERE passage.id > :after AND NOT EXISTS (SELECT 1 FROM embedding WHERE embedding.id = :base + passage.id) "
        "ORDER BY passage.id LIMIT :limit"
    )
    values = {"after": after, "base": _base(session, model), "limit": limit}
    return [(int(number), title, piece) for number, title, piece in session.connection().execute(text(query), values)]


def count_unembedded(session: Session, model: str) -> int:
    """How many passages have no vector of this model."""
    counted = (
        "SELECT (SELECT count(*) FROM passage), (SELECT coalesce(sum(count), 0) FROM vector_segment "
        "JOIN encoder_model ON encoder_model.id = model_id WHERE name = :model)"
    )
    passages, vectors = session.connection().execute(text(counted), {"model": model}).one()
    return int(passages - vectors)


def add_embeddings(session: Session, model: str, rows: Sequence[tuple[int, bytes, bytes]]) -> int:
    """Store vectors: (passage number, first 16 bytes of the hash of what was encoded, float16 bytes). Returns how many are new.

    Passages that have a vector of this model keep it: somebody else may have been encoding too.
    """
    if not rows:
        return 0
    connection = session.connection()
    number = _model(connection, model, len(rows[0][2]) // 2)
    base = number << MODEL_SHIFT
    known = text("SELECT 1 FROM embedding WHERE id = :id")
    fresh = [row for row in rows if connection.execute(known, {"id": base + row[0]}).first() is None]
    if not fresh:
        return 0
    statement = text(
        "INSERT INTO embedding(id, model_id, passage_id, text_hash, vector) "
        "VALUES (:id, :model, :passage, :text_hash, :vector)"
    )
    connection.execute(
        statement,
        [
            {"id": base + passage, "model": number, "passage": passage, "text_hash": digest, "vector": vector}
            for passage, digest, vector in fresh
        ],
    )
    add_signs(session, number, [passage for passage, _, _ in fresh], [vector for _, _, vector in fresh])
    return len(fresh)


def _base(session: Session, model: str) -> int:
    query = text("SELECT id FROM encoder_model WHERE name = :name")
    return (session.connection().execute(query, {"name": model}).scalar() or 0) << MODEL_SHIFT


def _model(connection: Connection, name: str, dimensions: int) -> int:
    """The number of a model, given to it on first use. Raises ValueError where its vectors had another length before."""
    query = text("SELECT id, dimensions FROM encoder_model WHERE name = :name")
    known = connection.execute(query, {"name": name}).one_or_none()
    if known is None:
        connection.execute(
            text("INSERT INTO encoder_model(name, dimensions, generation) VALUES (:name, :dimensions, 0)"),
            {"name": name, "dimensions": dimensions},
        )
        known = connection.execute(query, {"name": name}).one()
    if known.dimensions != dimensions:
        raise ValueError(f"{name} gives vectors of {known.dimensions} numbers, not of {dimensions}")
    return int(known.id)


def models(session: Session) -> list[tuple[str, int]]:
    """The models whose vectors the file holds, with how many of each."""
    query = (
        "SELECT name, coalesce(sum(count), 0) FROM encoder_model LEFT JOIN vector_segment ON model_id = encoder_model.id "
        "GROUP BY name ORDER BY name"
    )
    return [(name, int(count)) for name, count in session.connection().execute(text(query))]


def drop_embeddings(session: Session, model: str) -> int:
    """Take away all vectors of a model; indexes in memory see that and start anew. Returns how many there were."""
    connection = session.connection()
    values = {"name": model}
    which = "(SELECT id FROM encoder_model WHERE name = :name)"
    of_model = f"id > {which} << {MODEL_SHIFT} AND id < ({which} + 1) << {MODEL_SHIFT}"
    gone = connection.execute(text(f"DELETE FROM embedding WHERE {of_model}"), values).rowcount  # noqa: S608
    connection.execute(text(f"DELETE FROM vector_segment WHERE model_id = {which}"), values)  # noqa: S608
    connection.execute(text("UPDATE encoder_model SET generation = generation + 1 WHERE name = :name"), values)
    return int(gone)


def behind(connection: Connection) -> bool:
    """Whether a model has vectors without signs: in a file of an earlier release."""
    return bool(_without_signs(connection))


def _without_signs(connection: Connection) -> list[int]:
    query = (
        f"SELECT id FROM encoder_model WHERE EXISTS (SELECT 1 FROM embedding WHERE embedding.id > encoder_model.id << {MODEL_SHIFT} "  # noqa: S608
        f"AND embedding.id < (encoder_model.id + 1) << {MODEL_SHIFT}) "
        "AND NOT EXISTS (SELECT 1 FROM vector_segment WHERE model_id = encoder_model.id)"
    )
    return [int(number) for (number,) in connection.execute(text(query))]


def catch_up(session: Session) -> None:
    """Write the signs that are missing."""
    connection = session.connection()
    query = text(
        "SELECT id, passage_id, vector FROM embedding WHERE id > :after AND id < :end ORDER BY id LIMIT :limit"
    )
    for model in _without_signs(connection):
        after, end = model << MODEL_SHIFT, (model + 1) << MODEL_SHIFT
        while rows := connection.execute(query, {"after": after, "end": end, "limit": CATCHING_UP}).all():
            add_signs(session, model, [row.passage_id for row in rows], [row.vector for row in rows])
            after = rows[-1].id
