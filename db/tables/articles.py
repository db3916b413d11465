"""Articles, their versions, the units that cover them, and the claims in them."""

from datetime import date
from typing import Any, Self

from pydantic import model_validator
from sqlalchemy import JSON, CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from db.identity import sha256
from db.tables.base import Data, Decided
from db.types import word
from db.vocabulary import ClaimStatus, Relation, UnitKind


class ArticleData(Data):
    """What is known of an article beside its text."""

    title: str
    byline: str = ""
    outlet: str = ""
    url: str = ""
    published_on: date | None = None
    note: str = ""


class Article(ArticleData, Decided, table=True):
    """A text under check."""

    __tablename__ = "article"


class VersionData(Data):
    """One text of an article, as received; it never changes, a new text is a new version."""

    article_id: str = Field(index=True, max_length=36)
    ordinal: int = Field(ge=1)
    text: str = Field(sa_type=Text)
    text_hash: str = Field(max_length=64, description="SHA-256 of the text in UTF-8")
    media_type: str = "text/plain"
    language: str = "und"
    received_sha256: str = Field(default="", max_length=64, description="SHA-256 of the bytes that were received")
    units: list[list[Any]] = Field(
        sa_type=JSON, description="[start, kind] of each unit as split on arrival; the first starts at 0"
    )
    published_on: date | None = None
    links: list[str] = Field(
        default_factory=list, sa_type=JSON, description="addresses that the text linked to when it was received"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.text_hash != sha256(self.text.encode()):
            raise ValueError("the hash is of another text")
        last = -1
        for unit in self.units:
            if len(unit) != 2 or type(unit[0]) is not int or not last < unit[0] < max(len(self.text), 1):
                raise ValueError("units must be [start, kind], in order, within the text")
            UnitKind(unit[1])
            last = unit[0]
        return self


class ArticleVersion(VersionData, Decided, table=True):
    """A version with its text; offsets everywhere count code points of this text."""

    __tablename__ = "article_version"


class CutData(Data):
    """Whether a unit starts at this offset. Cuts are decided one by one, so two desks' splits merge without overlap or gap."""

    version_id: str = Field(index=True, max_length=36)
    offset: int = Field(ge=0, sa_column_kwargs={"name": "at_offset"})
    present: bool
    kind: UnitKind = Field(sa_type=word(UnitKind))


class Cut(CutData, Decided, table=True):
    """A person's cut, laid over the units found on arrival."""

    __tablename__ = "cut"


class Unit(SQLModel, table=True):
    """A stretch of a version; units cover it without gap or overlap. Computed from the version and its cuts."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("start_offset < end_offset", name="not_empty"),)

    version_id: str = Field(primary_key=True, max_length=36)
    start: int = Field(primary_key=True, sa_column_kwargs={"name": "start_offset"})
    end: int = Field(sa_column_kwargs={"name": "end_offset"})
    kind: UnitKind = Field(sa_type=word(UnitKind))


class ClaimData(Data):
    """A statement that can be checked: where it stands, how it reads, what is known of it. The span never changes through editing."""

    version_id: str = Field(max_length=36)
    start: int = Field(ge=0, sa_column_kwargs={"name": "start_offset"})
    end: int = Field(ge=1, sa_column_kwargs={"name": "end_offset"})
    fragments: list[list[int]] = Field(sa_type=JSON, description="[start, end] pieces of the version that carry it")
    wording: str = Field(sa_type=Text)
    relation: Relation = Field(sa_type=word(Relation))
    parent_id: str | None = Field(default=None, max_length=36)
    replaces: list[str] = Field(default_factory=list, sa_type=JSON, description="claims it was split or merged from")
    status: ClaimStatus = Field(default=ClaimStatus.OPEN, sa_type=word(ClaimStatus))
    reason: str = Field(default="", description="why it was set aside")
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)
    reasons: list[str] = Field(default_factory=list, sa_type=JSON, description="the words that gave its kinds away")
    checkworthiness: int = Field(default=0, ge=0, le=1000, description="per mille")
    suggested: bool = Field(default=False, description="proposed for checking when it was split off")
    attribution: dict[str, Any] | None = Field(
        default=None, sa_type=JSON, description="source, start, end, cue, cue_span, content, continued, type, sources"
    )
    built: str = Field(
        default="",
        sa_type=Text,
        description="the wording first built from the fragments, where it is more than their words",
    )
    helper: str = Field(default="", description="the model that proposed it, where the optional helper did")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.start >= self.end:
            raise ValueError("a claim must have a stretch of text")
        if any(len(piece) != 2 or not 0 <= piece[0] <= piece[1] for piece in self.fragments):
            raise ValueError("fragments must be [start, end]")
        return self


class Claim(ClaimData, Decided, table=True):
    """A claim. A withdrawn one is kept, marked, so that what was decided about it elsewhere never hangs in the air."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_version_id_start_offset", "version_id", "start_offset"),)

    withdrawn: bool = Field(default=False)


class AnchorData(Data):
    """Where a person says that a claim stands in a later version of its article, or that it is not there any more.

    Where nobody has said so, the place is computed from the texts and stored nowhere.
    """

    claim_id: str = Field(index=True, max_length=36)
    version_id: str = Field(max_length=36)
    start: int | None = Field(default=None, ge=0, sa_column_kwargs={"name": "start_offset"})
    end: int | None = Field(default=None, ge=1, sa_column_kwargs={"name": "end_offset"})
    reason: str = Field(default="", description="why it is taken to be gone")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("an anchor has both ends or none")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("an anchor must have a stretch of text")
        return self


class Anchor(AnchorData, Decided, table=True):
    """A person's placing of a claim."""

    __tablename__ = "anchor"


class DroppedOfferData(Data):
    """A sub-claim that was offered and is not wanted: the same words are not offered again, whoever would offer them.

    Holds only what names the words, so that two desks that drop the same say the same. Without fragments it is what the
    stretch presupposes.
    """

    version_id: str = Field(index=True, max_length=36)
    start: int = Field(ge=0, sa_column_kwargs={"name": "start_offset"})
    end: int = Field(ge=1, sa_column_kwargs={"name": "end_offset"})
    fragments: list[list[int]] = Field(sa_type=JSON, description="[start, end] pieces of the version")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.start >= self.end:
            raise ValueError("an offer must have a stretch of text")
        if any(len(piece) != 2 or not self.start <= piece[0] < piece[1] <= self.end for piece in self.fragments):
            raise ValueError("fragments must be [start, end], inside the offer")
        return self


class DroppedOffer(DroppedOfferData, Decided, table=True):
    """A decision against an offered sub-claim."""

    __tablename__ = "dropped_offer"


class CoefficientsData(Data):
    """A desk's own coefficients of check-worthiness for one language; numbers in ten-thousandths, since bodies hold whole ones.

    Holds counts and measures and no words of any claim. `shipped` names the model that it was fitted upon.
    """

    language: str = Field(max_length=8)
    intercept: int
    scale: int
    weights: dict[str, int] = Field(sa_type=JSON, description="by feature")
    accepted: int = Field(ge=0, description="sentences that the desk took up")
    set_aside: int = Field(ge=0, description="sentences that it set aside")
    measures: dict[str, int] = Field(
        sa_type=JSON, description="f1_before, ap_before, f1_after, ap_after, cross-validated, in ten-thousandths; folds"
    )
    method: str
    shipped: str = Field(max_length=64, description="SHA-256 of the shipped model's file")


class Coefficients(CoefficientsData, Decided, table=True):
    """The coefficients that a desk fitted for a language."""

    __tablename__ = "coefficients"
