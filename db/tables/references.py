"""What a person says that words of an article stand for, and the desk's own entries in the table of offices."""

import re
from datetime import date
from typing import Self

from pydantic import model_validator
from sqlalchemy import JSON, Text
from sqlmodel import Field

from db.tables.base import Data, Decided

_GIVEN = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)


class ResolutionData(Data):
    """What words of an article stand for, as a person chose it, or that it cannot be told.

    One entity per stretch of a version, whichever of the claims over it somebody was reading.
    """

    version_id: str = Field(index=True, max_length=36)
    claim_id: str = Field(index=True, max_length=36, description="the whole sentence that was being read")
    start: int = Field(ge=0, sa_column_kwargs={"name": "start_offset"})
    end: int = Field(ge=1, sa_column_kwargs={"name": "end_offset"})
    text: str = Field(sa_type=Text, description="the words of the article between start and end")
    type: str = Field(max_length=24, description="why they need the text around them, such as pronoun or weekday")
    choice: str = Field(default="", sa_type=Text, description="what they stand for")
    unresolvable: bool = Field(default=False, description="nobody can tell from what is at hand")
    note: str = Field(default="", sa_type=Text)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.start >= self.end:
            raise ValueError("a reference must have a stretch of text")
        if bool(self.choice.strip()) == self.unresolvable:
            raise ValueError("a reference stands for something, or cannot be resolved")
        return self


class Resolution(ResolutionData, Decided, table=True):
    """A resolution."""

    __tablename__ = "resolution"


class TermData(Data):
    """One term of one person in an office, added by the desk, or one that the desk does not want to be used.

    `first` and `last` are ISO days, months or years, as exact as they are known; an empty `last` is a term without a
    known end. `as_of` is the day up to which this is known.
    """

    country: str
    office: str
    titles: list[str] = Field(sa_type=JSON, description="how the holder is addressed, such as President")
    person: str
    family: str = Field(description="the name that papers use alone")
    also: list[str] = Field(default_factory=list, sa_type=JSON, description="other spellings")
    first: str = Field(max_length=10)
    last: str = Field(default="", max_length=10)
    as_of: date
    source: str = ""
    dropped: bool = Field(default=False, description="hides the entry of the same office, person and beginning")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        named = (self.country, self.office, self.person, self.family, *self.titles, *self.also)
        if not self.titles or not all(one.strip() for one in named):
            raise ValueError("country, office, person, family and titles must be named")
        begun = _days(self.first)[0]
        if self.last and _days(self.last)[1] < begun:
            raise ValueError("a term cannot end before it begins")
        return self


def _days(given: str) -> tuple[date, date]:
    """The earliest and the latest day that an ISO day, month or year can mean, the latest to within three days."""
    if not _GIVEN.fullmatch(given):
        raise ValueError("a date must be a day, a month or a year")
    parts = [int(part) for part in given.split("-")]
    first = date(*[*parts, 1, 1][:3])
    return first, first if len(parts) == 3 else date(first.year, first.month if len(parts) == 2 else 12, 28)


class OfficeTerm(TermData, Decided, table=True):
    """An entry of the desk's table of offices."""

    __tablename__ = "office_term"
