"""Runs of words to look for in other texts: whether a passage, a title or a name is repeated, whatever its case and punctuation."""

import re
from collections.abc import Iterator, Mapping

RUN = 8
"""This many words in a row are taken for a quotation, not for chance."""

LETTER_RUN = 12
"""The same where words are written without spaces between them: so many letters."""

NAME_LETTERS = 4

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_LETTER = re.compile(f"[{_SPACELESS}]")
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://(?:www\.)?", re.IGNORECASE)

Words = tuple[str, ...]


def words(text: str) -> Words:
    """The words of a text in order; of Chinese, Japanese, Thai and their like, every letter."""
    return tuple(_WORD.findall(text.casefold()))


def name_words(name: str) -> Words:
    """The words of a name, an address or an identifier; nothing where it is too short to be told from chance."""
    found = words(_SCHEME.sub("", name.strip()))
    letters = "".join(found)
    if letters.isdigit():
        return found if len(letters) > NAME_LETTERS else ()
    least = NAME_LETTERS - 1 if _mostly_letters(found) else NAME_LETTERS
    return found if len(letters) >= least else ()


def _mostly_letters(run: Words) -> bool:
    """Whether a run is of a script without spaces; then a word is one letter, which says much less."""
    return 2 * sum(1 for word in run if _LETTER.match(word)) > len(run)


class Needles:
    """What to look for, each with what it was taken from."""

    def __init__(self) -> None:
        self._by_length: dict[int, dict[int, str]] = {}

    def add_text(self, text: str, what: str, least: int) -> None:
        """Look for any 8 words (12 letters) in a row of a text; for all of a shorter one, from `least` words or twice the letters."""
        found = words(text)
        whole = 2 * least if _mostly_letters(found) else least
        if whole <= len(found) < (LETTER_RUN if _mostly_letters(found) else RUN):
            self._put(found, what)
            return
        for length, letters in ((RUN, False), (LETTER_RUN, True)):
            for run in _runs(found, length):
                if _mostly_letters(run) is letters:
                    self._put(run, what)

    def add_name(self, found: Words, what: str) -> None:
        """Look for a name as a whole, given by its words."""
        if found:
            self._put(found, what)

    def _put(self, run: Words, what: str) -> None:
        self._by_length.setdefault(len(run), {}).setdefault(hash(run), what)

    def hits(self, value: object) -> set[tuple[str, int]]:
        """What is found in a text, or in the texts of a list or mapping: what it was taken from, and the hash of its words."""
        if isinstance(value, Mapping):
            return {hit for part in value.values() for hit in self.hits(part)}
        if isinstance(value, list):
            return {hit for part in value for hit in self.hits(part)}
        found = words(value) if isinstance(value, str) else ()
        return {
            (known[run], run)
            for length, known in self._by_length.items()
            for run in map(hash, _runs(found, length))
            if run in known
        }


def _runs(found: Words, length: int) -> Iterator[Words]:
    return zip(*(found[start:] for start in range(length)), strict=False)
