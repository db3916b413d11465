"""Counts, dates and keys in words, the same everywhere on screen."""

from datetime import date, datetime

_KEY_NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
    "pageup": "page up",
    "pagedown": "page down",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def counted(number: int, one: str, several: str = "") -> str:
    """`1 passage`, `12,000 passages`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def days_apart(days: int | None) -> str:
    """When a document is from, seen from the article: `same day`, `2 days before`, `3 months after`."""
    if days is None:
        return ""
    if days == 0:
        return "same day"
    size, side = abs(days), "before" if days < 0 else "after"
    if size < 60:
        return f"{counted(size, 'day')} {side}"
    if size < 730:
        return f"{counted(round(size / 30.4), 'month')} {side}"
    return f"{counted(round(size / 365.25), 'year')} {side}"


def day(moment: date | datetime | str | None) -> str:
    """The day of a date or time, empty where there is none."""
    if moment is None:
        return ""
    return moment[:10] if isinstance(moment, str) else moment.strftime("%Y-%m-%d")


def minute(moment: datetime) -> str:
    """A time to the minute, in UTC."""
    return moment.strftime("%Y-%m-%d %H:%M")


def time_left(seconds: float) -> str:
    """`40 s left`, `12 min left`."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s left"
    if seconds < 5400:
        return f"{round(seconds / 60)} min left"
    return f"{seconds / 3600:.1f} h left"


def key_name(key: str) -> str:
    """A key as people call it: `?`, `esc`, `ctrl+p`, `F10`."""
    *modifiers, last = key.strip().split("+") if key.strip() != "+" else ["+"]
    named = _KEY_NAMES.get(last, last)
    if len(named) > 1 and named[0] == "f" and named[1:].isdigit():
        named = named.upper()
    return "+".join([*modifiers, named])


def keys_named(keys: str) -> str:
    """Several keys: `j or ↓`."""
    return " or ".join(key_name(key) for key in keys.split(",") if key.strip())
