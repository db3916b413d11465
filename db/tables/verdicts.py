"""Citations, verdicts, reviews and dismissals: what people conclude and on what grounds."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlalchemy import Index, Text
from sqlmodel import Field

from db.tables.base import Data, Decided
from db.types import word
from db.vocabulary import ReviewOutcome, Role, Stance


class CitationData(Data):
    """A claim tied to a passage by a person: what it does to the claim, and the exact words."""

    claim_id: str = Field(index=True, max_length=36)
    document: str = Field(index=True, max_length=64, description="the document's content hash")
    start: int = Field(ge=0, sa_column_kwargs={"name": "start_offset"})
    end: int = Field(ge=1, sa_column_kwargs={"name": "end_offset"})
    quote: str = Field(sa_type=Text, description="verbatim text of the document between start and end")
    locator: str
    stance: Stance = Field(sa_type=word(Stance))
    role: Role = Field(sa_type=word(Role))
    accessed_on: date
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.start >= self.end:
            raise ValueError("a citation must have a stretch of text")
        return self


class Citation(CitationData, Decided, table=True):
    """A citation."""

    __tablename__ = "citation"


class VerdictData(Data):
    """The level of a rating scale that a person gives a claim, with the reasoning."""

    claim_id: str = Field(index=True, max_length=36)
    scale: str
    scale_version: str
    level: str
    rationale: str = Field(default="", sa_type=Text)
    missing: str = Field(default="", description="what evidence is missing")
    words: str = Field(
        default="",
        sa_type=Text,
        description="the article's words that were judged, where they are not those the claim was made on",
    )


class Verdict(VerdictData, Decided, table=True):
    """A claim's verdict on one scale. Earlier ones stay in the history."""

    __tablename__ = "verdict"
    __table_args__ = (Index("ix_verdict_claim_id_scale", "claim_id", "scale"),)


class ReviewData(Data):
    """A second person's judgement of one recorded verdict."""

    claim_id: str = Field(index=True, max_length=36)
    verdict_id: str = Field(max_length=36)
    verdict_rid: str = Field(max_length=64, description="the revision that was reviewed; a later one is not")
    outcome: ReviewOutcome = Field(sa_type=word(ReviewOutcome))
    level: str = Field(default="", description="the level the reviewer would give, where it differs")
    note: str = Field(default="", sa_type=Text)


class Review(ReviewData, Decided, table=True):
    """A review."""

    __tablename__ = "review"


class ConfirmationData(Data):
    """A person's word that what was decided about a claim still holds after its text in the article changed."""

    claim_id: str = Field(index=True, max_length=36)
    holds: str = Field(max_length=64, description="the decision that holds; a later one is not meant")
    words: str = Field(sa_type=Text, description="the changed words for which it holds")
    note: str = Field(default="", sa_type=Text)


class Confirmation(ConfirmationData, Decided, table=True):
    """A confirmation."""

    __tablename__ = "confirmation"


class DismissalData(Data):
    """A suggestion that a person does not want to see again for a claim, and why."""

    claim_id: str = Field(index=True, max_length=36)
    document: str = Field(max_length=64)
    start: int = Field(ge=0, sa_column_kwargs={"name": "start_offset"})
    reason: str = ""


class Dismissal(DismissalData, Decided, table=True):
    """A dismissal."""

    __tablename__ = "dismissal"
