"""Saying that a decision about a claim still holds although the article's words have changed."""

from db.identity import uuid7
from db.store import Write
from db.tables.verdicts import ConfirmationData
from db.vocabulary import Kind
from workbench.services import keys


def confirm(unit: Write, claim_id: str, holds: str, words: str, note: str) -> str:
    """Record that the decision `holds` about a claim is meant for these words too; returns the confirmation's identifier."""
    identity = uuid7()
    data = ConfirmationData(claim_id=claim_id, holds=holds, words=words, note=keys.bounded(note.strip(), "note"))
    unit.journal.record(Kind.CONFIRMATION, identity, data)
    return identity
