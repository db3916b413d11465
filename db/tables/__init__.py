"""SQLModel tables: one class is both the table and the record that travels to the front doors."""

from db.tables.articles import Article, ArticleVersion, Claim, Coefficients, Cut, DroppedOffer, Unit
from db.tables.base import Decided
from db.tables.evidence import (
    Document,
    DocumentExternal,
    FactCheck,
    Handling,
    Passage,
    Receipt,
    Snapshot,
)
from db.tables.local import Draft, Exchange, Meta
from db.tables.references import OfficeTerm, Resolution
from db.tables.revisions import Head, Revision, RevisionParent
from db.tables.search import Embedding, EncoderModel, VectorSegment, WordSegment
from db.tables.sources import Assessment, Attestation, Source
from db.tables.verdicts import Citation, Dismissal, Review, Verdict

__all__ = [
    "Article",
    "ArticleVersion",
    "Assessment",
    "Attestation",
    "Citation",
    "Claim",
    "Coefficients",
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
    "Passage",
    "Receipt",
    "Resolution",
    "Review",
    "Revision",
    "RevisionParent",
    "Snapshot",
    "Source",
    "Unit",
    "VectorSegment",
    "Verdict",
    "WordSegment",
]
