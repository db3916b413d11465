"""What the tables have in common."""

from datetime import datetime

from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from db.types import UtcDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Data(SQLModel):
    """What one kind of revision decides: the `data` member of its body, checked when it is written and when it is merged.

    Unknown members are refused; numbers are whole, since a revision's body has one byte form.
    """

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]


class Decided(SQLModel):
    """Columns of every table that is the projection of revisions."""

    id: str = Field(primary_key=True, max_length=36)
    rid: str = Field(max_length=64, description="the revision whose data this row shows")
    decision: str = Field(
        max_length=64, description="the revision in which this was first decided; undo and resolving only restate it"
    )
    author: str = Field(description="who decided it")
    device: str = Field(max_length=36, description="on which device")
    decided_at: datetime = Field(sa_type=UtcDateTime, description="when, by that device's clock; for display only")
    conflicted: bool = Field(default=False, description="several differing decisions stand side by side")
