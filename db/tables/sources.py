"""Sources and what is known of how they work: a profile, never a score."""

from datetime import date

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field

from db.tables.base import Data, Decided
from db.types import word
from db.vocabulary import CriterionState, SourceKind


class SourceData(Data):
    """An outlet, agency, institution or person that documents come from."""

    name: str = Field(index=True)
    kind: SourceKind = Field(default=SourceKind.OUTLET, sa_type=word(SourceKind))
    domains: list[str] = Field(default_factory=list, sa_type=JSON)
    aliases: list[str] = Field(
        default_factory=list, sa_type=JSON, description="other names under which documents name it"
    )
    owner: str = ""
    note: str = ""


class Source(SourceData, Decided, table=True):
    """A source."""

    __tablename__ = "source"


class AssessmentData(Data):
    """How a source meets one criterion, with the evidence for saying so."""

    source_id: str = Field(max_length=36)
    criterion: str
    state: CriterionState = Field(sa_type=word(CriterionState))
    evidence: str = Field(default="", sa_type=Text)
    assessor: str
    assessed_on: date


class Assessment(AssessmentData, Decided, table=True):
    """The desk's assessment of one criterion of one source."""

    __tablename__ = "assessment"
    __table_args__ = (Index("ix_assessment_source_id_criterion", "source_id", "criterion"),)


class AttestationData(Data):
    """Somebody else's rating of a source, in that rater's own scale."""

    source_id: str = Field(index=True, max_length=36)
    rater: str
    value: str
    scale: str = ""
    rated_on: date
    derives_from: str = Field(
        default="", description="the rater whose rating this one is taken from; empty where it is its own"
    )
    url: str = ""


class Attestation(AttestationData, Decided, table=True):
    """An attestation."""

    __tablename__ = "attestation"
