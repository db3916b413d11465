"""Facts about one store file, as key and value."""

from sqlmodel import Session

from db.tables import Meta


def get(session: Session, key: str, default: str = "") -> str:
    """The value of a fact, or the default."""
    row = session.get(Meta, key)
    return row.value if row else default


def put(session: Session, key: str, value: str) -> None:
    """Set a fact."""
    session.merge(Meta(key=key, value=value))
