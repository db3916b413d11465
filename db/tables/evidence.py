"""The evidence: documents, identified by what they hold and never changed, and their passages."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.base import Data, Decided
from db.types import UtcDateTime, word
from db.vocabulary import Confidentiality


class Document(SQLModel, table=True):
    """One piece of evidence. Its text is the text of its passages in order; `content_hash` covers text and description."""

    __tablename__ = "document"

    id: int | None = Field(default=None, primary_key=True, description="this file's number for it; never shared")
    content_hash: str = Field(unique=True, max_length=64)
    text_hash: str = Field(index=True, max_length=64, description="SHA-256 of the text alone; equal for exact copies")
    title: str
    source_name: str = Field(default="", description="the outlet, agency or institution as the document names it")
    authors: list[str] = Field(default_factory=list, sa_type=JSON)
    url: str = ""
    domain: str = Field(default="", index=True)
    published_at: str = Field(default="", description="ISO 8601 date or time as given, or empty")
    language: str = "und"
    media_type: str = "text/plain"
    confidentiality: Confidentiality = Field(default=Confidentiality.PUBLIC, sa_type=word(Confidentiality))
    characters: int = Field(ge=1)
    added_at: datetime = Field(
        sa_type=UtcDateTime, description="when this desk obtained it: the access date of its citations"
    )


class DocumentExternal(SQLModel, table=True):
    """The identifiers that a document had where it came from."""

    __tablename__ = "document_external"

    document_id: int = Field(primary_key=True, foreign_key="document.id")
    external_id: str = Field(primary_key=True, index=True)


class Passage(SQLModel, table=True):
    """A stretch of a document; the passages of a document cover it without gap or overlap."""

    __tablename__ = "passage"
    __table_args__ = (
        CheckConstraint("start_offset < end_offset", name="not_empty"),
        Index("ix_passage_document_id_start_offset", "document_id", "start_offset"),
    )

    id: int | None = Field(default=None, primary_key=True, description="this file's number for it; never shared")
    document_id: int = Field(foreign_key="document.id")
    start: int = Field(sa_column_kwargs={"name": "start_offset"})
    end: int = Field(sa_column_kwargs={"name": "end_offset"})
    locator: str
    text: str = Field(sa_type=Text)


class Snapshot(SQLModel, table=True):
    """Bytes as they were received, kept once however often they came. They are a file's, a page's or a record's."""

    __tablename__ = "snapshot"

    sha256: str = Field(primary_key=True, max_length=64, description="of the bytes before packing")
    size: int = Field(ge=0, description="in bytes, before packing")
    packing: str = Field(max_length=8, description="zlib (RFC 1950) or none")
    data: bytes = Field(sa_type=LargeBinary)


class Receipt(SQLModel, table=True):
    """How a document was received: which bytes, when, and from where. The bytes may be missing where a share left them out."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("document_id", "sha256", "name", "url", "received_at"),)

    id: int | None = Field(default=None, primary_key=True, description="this file's number for it; never shared")
    document_id: int = Field(foreign_key="document.id", index=True)
    sha256: str = Field(index=True, max_length=64, description="of the bytes, which `snapshot` holds under it")
    size: int = Field(ge=0)
    media_type: str = ""
    name: str = Field(default="", description="the name of the file, without its folder")
    url: str = Field(default="", description="the address that gave the bytes in the end, where they were fetched")
    hops: list[str] = Field(default_factory=list, sa_type=JSON, description="the addresses before it, in their order")
    robots: str = Field(
        default="", max_length=24, description="allowed, overridden or none: what robots.txt said of a fetch"
    )
    received_at: datetime = Field(sa_type=UtcDateTime)


class FactCheck(SQLModel, table=True):
    """What a document that is somebody else's fact-check says, field by field and to the letter. Labels are never mapped."""

    __tablename__ = "fact_check"

    document_id: int = Field(primary_key=True, foreign_key="document.id")
    claim_reviewed: str = Field(sa_type=Text)
    rating_label: str = ""
    rating_value: str = ""
    best_rating: str = ""
    worst_rating: str = ""
    explanation: str = Field(default="", sa_type=Text)
    reviewer: str = ""
    url: str = ""
    reviewed_at: str = Field(default="", description="as written")
    claimed_by: str = ""
    claimed_at: str = Field(default="", description="as written")
    appearances: list[str] = Field(default_factory=list, sa_type=JSON, description="addresses where the claim was made")


class WordingVector(SQLModel, table=True):
    """The vector of a wording that precedents are found by, under one model: float16, little-endian, unit length.

    Rows are only ever added: a claim that was reworded gets another one.
    """

    __tablename__ = "wording_vector"

    subject: str = Field(
        primary_key=True, max_length=36, description="a claim's id, or the number of a document that is a fact-check"
    )
    model: str = Field(primary_key=True)
    text_hash: bytes = Field(
        primary_key=True,
        sa_type=LargeBinary,
        description="the first 16 bytes of the SHA-256 of what was encoded",
    )
    vector: bytes = Field(sa_type=LargeBinary)


class HandlingData(Data):
    """How confidential a document is, where a person decided otherwise than its import."""

    document: str = Field(index=True, max_length=64)
    confidentiality: Confidentiality = Field(sa_type=word(Confidentiality))


class Handling(HandlingData, Decided, table=True):
    """A decision about a document's confidentiality."""

    __tablename__ = "handling"
