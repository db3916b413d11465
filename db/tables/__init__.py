"""SQLModel tables: one class is both the table and the record that travels to the front doors."""

from db.tables.articles import Anchor, Article, ArticleVersion, Claim, Coefficients, Cut, DroppedOffer, Unit
from db.tables.base import Decided
from db.tables.copies import CopyPair, OriginLink, ShingleSegment
from db.tables.evidence import (
    Document,
    DocumentExternal,
    FactCheck,
    Handling,
    Passage,
    Receipt,
    Snapshot,
    WordingVector,
)
from db.tables.local import Draft, Exchange, Meta
from db.tables.references import OfficeTerm, Resolution
from db.tables.revisions import Head, Revision, RevisionParent
from db.tables.search import Embedding, EncoderModel, VectorSegment, WordSegment
from db.tables.sources import Assessment, Attestation, Source
from db.tables.verdicts import Citation, Confirmation, Dismissal, Review, Verdict

__all__ = [
    "Anchor",
    "Article",
    "ArticleVersion",
    "Assessment",
    "Attestation",
    "Citation",
    "Claim",
    "Coefficients",
    "Confirmation",
    "CopyPair",
    "Cut",
    "Decided",
    "Dismissal",
    "Document",
    "DocumentExternal",
    "Draft",
    "DroppedOffer",
    "Embedding",
    "EncoderModel",
    "Exchange",
    "FactCheck",
    "Handling",
    "Head",
    "Meta",
    "OfficeTerm",
    "OriginLink",
    "Passage",
    "Receipt",
    "Resolution",
    "Review",
    "Revision",
    "RevisionParent",
    "ShingleSegment",
    "Snapshot",
    "Source",
    "Unit",
    "VectorSegment",
    "Verdict",
    "WordSegment",
    "WordingVector",
]
