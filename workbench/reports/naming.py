"""File names for reports, made from titles that may hold anything."""

import hashlib
import re
import unicodedata

MAX_STEM = 80
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin|conout|(?:com|lpt)[0-9])")
_EXTENSION = re.compile(r"[a-z0-9]{1,10}")


def filename(title: str, extension: str) -> str:
    """A file name of ASCII letters, digits and hyphens, with the stem bounded to 80 characters and never empty.

    A title without any Latin letter or digit becomes `report-` with eight digits of its hash, so that two such titles
    do not meet. Names that Windows reserves get `report-` in front. Raises ValueError for an extension that is not one
    to ten letters or digits, with or without a leading dot.
    """
    ending = extension.removeprefix(".").lower()
    if not _EXTENSION.fullmatch(ending):
        raise ValueError(f"A file name extension needs one to ten letters or digits; got {extension!r}.")
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_STEM].strip("-")
    if not stem:
        digest = hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()
        stem = f"report-{digest[:8]}" if title.strip() else "report"
    elif _RESERVED.fullmatch(stem):
        stem = f"report-{stem}"
    return f"{stem}.{ending}"
