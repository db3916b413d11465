"""The one normalisation of a text: done when it comes in, never again."""

import re
import unicodedata

_BREAK = re.compile(r"\r\n?")


def normalise(text: str) -> str:
    """`text` in NFC with \\n for every line break and without a byte order mark at its start. Idempotent."""
    return unicodedata.normalize("NFC", _BREAK.sub("\n", text.lstrip("\ufeff")))
