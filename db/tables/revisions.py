"""What a person decides, as immutable content-addressed revisions; everything else about decisions is computed from these."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from db.types import UtcDateTime, word
from db.vocabulary import Kind


class Revision(SQLModel, table=True):
    """One decision about one entity. `body` is the canonical JSON whose SHA-256 is `rid`; the other columns repeat it for queries."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_device_seq", "device", "seq"),)

    number: int | None = Field(
        default=None, primary_key=True, description="order of arrival in this file; never shared"
    )
    rid: str = Field(unique=True, max_length=64)
    kind: Kind = Field(sa_type=word(Kind))
    entity: str = Field(index=True, max_length=36)
    device: str = Field(max_length=36)
    seq: int = Field(description="counts up per device; two revisions with one number are a fork")
    prev: str | None = Field(default=None, max_length=64, description="the device's revision before this one")
    action: str = Field(index=True, max_length=36, description="the user action, and undo step, that this belongs to")
    label: str = Field(description="the action in words, free of article text and names")
    undoes: str | None = Field(default=None, max_length=36, description="the action that this action takes back")
    redoes: str | None = Field(default=None, max_length=36, description="the action that this action does again")
    restates: str | None = Field(
        default=None, max_length=64, description="the decision that undo, redo or a resolution puts in force again"
    )
    author: str
    at: datetime = Field(sa_type=UtcDateTime)
    data_hash: str = Field(max_length=64, description="equal for equal decisions, whoever made them")
    body: str = Field(sa_type=Text)


class RevisionParent(SQLModel, table=True):
    """Which revisions a revision replaces; none for the first about an entity, several where it resolves a conflict."""

    __tablename__ = "revision_parent"

    rid: str = Field(primary_key=True, max_length=64)
    parent: str = Field(primary_key=True, index=True, max_length=64)


class Head(SQLModel, table=True):
    """A revision without a known child. One head is the value; several that differ are a conflict."""

    __tablename__ = "head"

    entity: str = Field(primary_key=True, max_length=36)
    rid: str = Field(primary_key=True, max_length=64)
