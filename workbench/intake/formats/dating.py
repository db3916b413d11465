"""Dates in metadata, read only where they can be meant in one way."""

import re
from datetime import date

from workbench.intake.dates import find_date

_WHOLE = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")


def day_of(text: str) -> date | None:
    """The day that a text such as "2026-03-01T10:00Z", "2026/03/01/" or "1 March 2026" names; None for less than a day."""
    found = _WHOLE.match(text)
    if found:
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            return None
    return find_date(text[:60])
