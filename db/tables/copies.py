"""What is kept to see which documents share words, and what people decided about documents' origins."""

from typing import Self

from pydantic import model_validator
from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from db.tables.base import Data, Decided


class ShingleSegment(SQLModel, table=True):
    """The shingles of the documents `first` to `last`, in order of their hash. Computed from the texts; never shared."""

    __tablename__ = "shingle_segment"

    first: int = Field(primary_key=True, description="the number of the first document")
    last: int
    hashes: bytes = Field(
        sa_type=LargeBinary, description="64-bit, little-endian; the lowest bit: within quotation marks"
    )
    documents: bytes = Field(sa_type=LargeBinary, description="32-bit numbers of the documents that hold them")
    sizes: bytes = Field(sa_type=LargeBinary, description="how many shingles each document has, 32-bit, first to last")


class CopyPair(SQLModel, table=True):
    """How many shingles two documents share, where it is enough to look at. Computed from the segments; never shared."""

    __tablename__ = "copy_pair"

    first: int = Field(primary_key=True, foreign_key="document.id")
    second: int = Field(primary_key=True, foreign_key="document.id", index=True)
    rare: int = Field(description="shared shingles that at most ten documents hold")
    shared: int = Field(description="shared shingles")
    quoted: int = Field(description="shared shingles that both have within quotation marks")
    shorter: int = Field(description="how many shingles the shorter of the two has")


class OriginLinkData(Data):
    """Whether a document has the origin of another one, as a person sees it. The first is the one that joins or leaves."""

    document: str = Field(index=True, max_length=64)
    other: str = Field(index=True, max_length=64)
    joined: bool
    reason: str

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.document == self.other:
            raise ValueError("a document has its own origin")
        if not self.reason.strip():
            raise ValueError("a decision about origins needs a reason")
        return self


class OriginLink(OriginLinkData, Decided, table=True):
    """A decision about two documents' origins."""

    __tablename__ = "origin_link"
