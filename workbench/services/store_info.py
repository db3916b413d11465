"""What is said of an open database."""

from dataclasses import dataclass


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
