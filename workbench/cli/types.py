"""The kinds of values that options and arguments take."""

import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


class Words(click.ParamType[str]):
    """Text that a person typed, in Unicode's composed form, as stored texts are."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is not text: bytes that are not UTF-8, and NUL."""
        text = str(value)
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            self.fail("this is not text in UTF-8", param, ctx)
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


class Day(click.ParamType[date]):
    """A date."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Refuse what is no date of the calendar."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{str(value)!r} is not a date; write it as in 2026-03-17", param, ctx)


class Member(click.ParamType[StrEnum]):
    """One word of a closed list; a dash and an underscore are the same in it, and so are large and small letters."""

    def __init__(self, kind: type[StrEnum]) -> None:
        self.kind = kind
        self.words = [member.value.replace("_", "-") for member in kind]
        self.name = "|".join(self.words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> StrEnum:
        """Refuse what is not in the list."""
        if isinstance(value, self.kind):
            return value
        word = str(value).lower().replace("-", "_")
        found = next((member for member in self.kind if member.value == word), None)
        if found is None:
            self.fail(f"{str(value)!r} is none of {', '.join(self.words)}", param, ctx)
        return found

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - click's signature
        """The words, with bars between."""
        return f"[{self.name}]" if isinstance(param, click.Option) else f"{{{self.name}}}"


WORDS = Words()
DAY = Day()
FILE = click.Path(path_type=Path)


def format_option(*formats: str) -> Callable[[Function], Function]:
    """`--format`, with the first as the default."""
    return click.option(
        "--format", "spelling", type=click.Choice(formats), default=formats[0], show_default=True,
        help="How to write the result.",
    )  # fmt: skip
