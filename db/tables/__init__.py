"""SQLModel tables: one class is both the table and the record that travels to the front doors."""

from db.tables.articles import Article, ArticleVersion, Claim, Cut, Unit
from db.tables.base import Decided
from db.tables.copies import CopyPair, OriginLink, ShingleSegment
from db.tables.evidence import Document, DocumentExternal, Embedding, Handling, Passage
from db.tables.local import Draft, Exchange, Meta
from db.tables.revisions import Head, Revision, RevisionParent
from db.tables.sources import Assessment, Attestation, Source
from db.tables.verdicts import Citation, Dismissal, Review, Verdict

__all__ = [
    "Article",
    "ArticleVersion",
    "Assessment",
    "Attestation",
    "Citation",
    "Claim",
    "CopyPair",
    "Cut",
    "Decided",
    "Dismissal",
    "Document",
    "DocumentExternal",
    "Draft",
    "Embedding",
    "Exchange",
    "Handling",
    "Head",
    "Meta",
    "OriginLink",
    "Passage",
    "Review",
    "Revision",
    "RevisionParent",
    "ShingleSegment",
    "Source",
    "Unit",
    "Verdict",
]
