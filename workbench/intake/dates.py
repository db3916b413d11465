"""Dates that are written out in full; whatever could be meant in two ways is not read."""

import re
from datetime import date

_MONTHS = (
    "january enero janvier januar janeiro gennaio januari jan ene",
    "february febrero février februar fevereiro febbraio februari feb",
    "march marzo mars märz março maart mar",
    "april abril avril aprile apr abr",
    "may mayo mai maio maggio mei",
    "june junio juin juni junho giugno jun",
    "july julio juillet juli julho luglio jul",
    "august agosto août augustus aug ago",
    "september septiembre septembre setembro settembre sep sept",
    "october octubre octobre oktober outubro ottobre oct okt",
    "november noviembre novembre novembro nov",
    "december diciembre décembre dezember dezembro dicembre dec dic dez",
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = r"[^\W\d_]{3,12}"
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MONTH_FIRST = re.compile(rf"({_NAME})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?(?: de)? ({_NAME})\.?,?(?: de| del)? (\d{{4}})(?!\d)"
)


def find_date(text: str) -> date | None:
    """The first full date in a short `text` ("2026-01-04", "January 4, 2026", "4 de enero de 2026"), or None.

    Dates in figures only, such as 3/4/2026, are not read: day and month cannot be told apart.
    """
    found = _ISO.search(text)
    if found:
        return _date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    found = _MONTH_FIRST.search(text)
    if found and (month := _NUMBER_OF.get(found.group(1).lower())):
        return _date(int(found.group(3)), month, int(found.group(2)))
    found = _DAY_FIRST.search(text)
    if found and (month := _NUMBER_OF.get(found.group(2).lower())):
        return _date(int(found.group(3)), month, int(found.group(1)))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
