"""What services hand to the front doors about the file itself and about what desks decided differently."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the decisions that stand in conflict; `data` None withdraws."""

    rid: str
    author: str
    at: datetime
    text: str
    data: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Several differing decisions about one thing, in plain words."""

    kind: str
    entity: str
    title: str
    claim_id: str | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Facts about the open database."""

    path: str
    desk: str
    schema: str
    size: int
    articles: int
    claims: int
    documents: int
    passages: int
    pending: int
    sources: int
    revisions: int
    conflicts: int
    read_only: bool
    snapshots: int = 0
    snapshot_bytes: int = 0
