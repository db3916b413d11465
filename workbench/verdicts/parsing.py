"""Reading a rating scale from TOML, from the package or from a desk, with everything that is wrong named."""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from workbench.errors import InputRefused
from workbench.text.visible import has_hidden
from workbench.verdicts.model import Level, RatingScale, Tone

MAX_CHARACTERS = 100_000
MAX_LEVELS = 26
MAX_TEXT = 1_000
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SCALE_TEXTS = ("id", "version", "name", "publisher", "language", "note")
_LEVEL_TEXTS = ("id", "label", "definition", "letter", "glyph", "ascii", "tone")
_LEVEL_KEYS = frozenset((*_LEVEL_TEXTS, "order", "truth", "final", "rests_on_evidence"))
_HINT = "Compare it with a scale that `workbench` ships, correct the file and read it again."


def parse_scale(toml_text: str, name: str) -> RatingScale:
    """The scale that a TOML text describes; `name` is the file's name and appears in errors.

    The text holds id, version, name, publisher, language, note and a list `levels`, each with id, label, definition,
    letter, order, glyph, ascii, tone and, where they apply, truth (1 or more), final and rests_on_evidence.
    Raises InputRefused for anything else: ids, letters, labels and orders are unique, no key means two levels,
    and no text holds hidden characters.
    """
    if len(toml_text) > MAX_CHARACTERS:
        raise InputRefused(f"{name}: a scale of more than {MAX_CHARACTERS} characters is not read.", _HINT)
    try:
        table = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise InputRefused(f"{name}: this is not TOML: {error}.", _HINT) from error
    _only_known(table, {*_SCALE_TEXTS, "levels"}, name)
    texts = {key: _text(table, key, name) for key in _SCALE_TEXTS}
    if not _ID.fullmatch(texts["id"]):
        raise _refused(name, f"the id {texts['id']!r} is not made of small letters, digits and single hyphens")
    if not _LANGUAGE.fullmatch(texts["language"]):
        raise _refused(name, f"the language {texts['language']!r} is not a language tag such as 'en'")
    levels = _levels(table.get("levels"), name)
    return RatingScale(**texts, levels=levels)


def _refused(where: str, what: str) -> InputRefused:
    return InputRefused(f"{where}: {what}.", _HINT)


def _levels(value: object, name: str) -> tuple[Level, ...]:
    if not isinstance(value, list) or not 2 <= len(value) <= MAX_LEVELS:
        raise _refused(name, f"`levels` must be a list of 2 to {MAX_LEVELS} levels")
    levels = []
    for number, entry in enumerate(value, start=1):
        where = f"{name}, level {number}"
        if not isinstance(entry, dict):
            raise _refused(where, "this is not a table")
        levels.append(_level(entry, where))
    _unique((level.order for level in levels), "order", name)
    for level_keys in ("id", "letter", "label"):
        _unique((getattr(level, level_keys).casefold() for level in levels), level_keys, name)
    # One key must never pick two levels: a letter that is another level's id would.
    keys = ({level.id.casefold(), level.letter.casefold(), level.label.casefold()} for level in levels)
    _unique((key for found in keys for key in found), "key (id, letter or label)", name)
    return tuple(sorted(levels, key=lambda level: level.order))


def _level(entry: Mapping[str, Any], where: str) -> Level:
    _only_known(entry, _LEVEL_KEYS, where)
    texts = {key: _text(entry, key, where) for key in _LEVEL_TEXTS}
    if not _ID.fullmatch(texts["id"]):
        raise _refused(where, f"the id {texts['id']!r} is not made of small letters, digits and single hyphens")
    if not re.fullmatch(r"[a-z]", texts["letter"]):
        raise _refused(where, f"the letter {texts['letter']!r} is not one small letter from a to z")
    if len(texts["glyph"]) != 1:
        raise _refused(where, f"the glyph {texts['glyph']!r} is not one character")
    if not re.fullmatch(r"[!-~]", texts["ascii"]):
        raise _refused(where, f"the ASCII glyph {texts['ascii']!r} is not one ASCII character")
    if texts["tone"] not in set(Tone):
        raise _refused(where, f"the tone {texts['tone']!r} is none of {', '.join(Tone)}")
    order = entry.get("order")
    if not isinstance(order, int) or isinstance(order, bool):
        raise _refused(where, "`order` must be a whole number")
    return Level(
        id=texts["id"],
        label=texts["label"],
        definition=texts["definition"],
        letter=texts["letter"],
        order=order,
        truth=_truth(entry.get("truth"), where),
        glyph=texts["glyph"],
        ascii=texts["ascii"],
        tone=Tone(texts["tone"]),
        final=_flag(entry, "final", where),
        rests_on_evidence=_flag(entry, "rests_on_evidence", where),
    )


def _only_known(table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise _refused(where, f"unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _refused(where, f"`{key}` is missing or not a text")
    if len(value) > MAX_TEXT:
        raise _refused(where, f"`{key}` is longer than {MAX_TEXT} characters")
    if has_hidden(value) or any(char in value for char in "\n\t"):
        raise _refused(where, f"`{key}` holds hidden characters or line breaks")
    return value.strip()


def _truth(value: object, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 1:
        raise _refused(where, "`truth` must be a number of 1 or more, or be left out")
    return float(value)


def _flag(table: Mapping[str, Any], key: str, where: str) -> bool:
    value = table.get(key, True)
    if not isinstance(value, bool):
        raise _refused(where, f"`{key}` must be true or false")
    return value


def _unique(values: Iterable[object], what: str, name: str) -> None:
    twice = [value for value, count in Counter(values).items() if count > 1]
    if twice:
        raise _refused(name, f"the {what} {twice[0]!r} stands for more than one level")
