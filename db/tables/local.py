"""What belongs to this one file and is never shared."""

from datetime import datetime

from sqlalchemy import JSON, Text
from sqlmodel import Field, SQLModel

from db.types import UtcDateTime


class Meta(SQLModel, table=True):
    """Facts about this file: when it was made, from which share, by which release."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str


class Draft(SQLModel, table=True):
    """Text that a person is still writing, saved while it is typed."""

    __tablename__ = "draft"

    key: str = Field(primary_key=True, description="what it is a draft of, such as rationale:CLAIM:SCALE")
    text: str = Field(sa_type=Text)
    saved_at: datetime = Field(sa_type=UtcDateTime)


class Exchange(SQLModel, table=True):
    """A share that was packed from or merged into this file."""

    __tablename__ = "exchange"

    id: int | None = Field(default=None, primary_key=True)
    direction: str = Field(description="packed or merged")
    sha256: str = Field(default="", max_length=64, description="of the file that was merged")
    desk: str = Field(default="", description="the name the other desk gives itself")
    at: datetime = Field(sa_type=UtcDateTime)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
