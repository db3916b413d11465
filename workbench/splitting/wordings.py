"""The wording of a claim beside the words of the article that it stands on."""

from collections.abc import Sequence

Piece = Sequence[int]
"""[start, end) in a text."""


def words_at(text: str, fragments: Sequence[Piece]) -> str:
    """The words of `text` in the fragments, in order, on one line."""
    return " ".join(" ".join(text[start:end].split()) for start, end in fragments)


def differs(wording: str, original: str) -> bool:
    """Whether a wording is more than another: white space and whether it begins with a capital count for nothing."""
    return _plain(wording) != _plain(original)


def _plain(wording: str) -> str:
    line = " ".join(wording.split())
    return line[:1].lower() + line[1:]
