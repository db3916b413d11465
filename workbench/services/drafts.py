"""Drafts: what a person is still typing, saved as it is typed, so that a crash costs a second and no more."""

from sqlmodel import col, select

from db.identity import utc_now
from db.store import Store
from db.tables import Draft
from workbench.services import keys


class DraftService:
    """Keeping unfinished text. Drafts belong to this file alone and are never shared."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, key: str, text: str) -> None:
        """Keep the text under a key such as rationale:CLAIM:SCALE; an empty text drops it."""
        if not text:
            self.drop(key)
            return
        with self._store.write_local() as session:
            session.merge(Draft(key=key, text=keys.bounded(text, "draft", 100_000), saved_at=utc_now()))

    def load(self, key: str) -> str | None:
        """The text under a key, or None."""
        with self._store.read() as session:
            draft = session.get(Draft, key)
            return draft.text if draft else None

    def drop(self, key: str) -> None:
        """Forget a draft."""
        with self._store.write_local() as session:
            draft = session.get(Draft, key)
            if draft is not None:
                session.delete(draft)

    def keys(self) -> list[str]:
        """What there are drafts of, the one typed last first."""
        with self._store.read() as session:
            return list(session.exec(select(Draft.key).order_by(col(Draft.saved_at).desc(), col(Draft.key))))
