"""Records that are descriptions rather than texts: what they say, field by field, becomes the text that is searched."""

import hashlib
from collections.abc import Iterable
from datetime import date

from workbench.intake.formats.building import Builder, flowing
from workbench.intake.model import FactCheck, IncomingDocument
from workbench.text.identify import identify_language


def described(
    parts: Iterable[tuple[str, str]],
    *,
    title: str,
    authors: tuple[str, ...],
    outlet: str | None,
    published: date | None,
    url: str,
    language: str,
    media_type: str,
    record: str,
    external_id: str | None = None,
    fact_check: FactCheck | None = None,
    warnings: tuple[str, ...] = (),
) -> IncomingDocument:
    """A document whose text is "Field: what it says", a block for each part that says something."""
    builder = Builder()
    given = [(name, value) for name, value in parts if value.strip()]
    for name, value in given:
        builder.add(f"{name}: {value}" if name else value)
    longest = max((value for _, value in given), key=len, default="")
    return IncomingDocument(
        text=builder.text,
        title=flowing(title)[:500] or None,
        authors=authors,
        published=published,
        url=url or None,
        outlet=outlet,
        language=language if language.isalpha() and len(language) in (2, 3) else identify_language(longest),
        media_type=media_type,
        sha256=hashlib.sha256(record.encode()).hexdigest(),
        blocks=tuple(builder.blocks),
        external_id=external_id or None,
        record=record,
        fact_check=fact_check,
        warnings=warnings,
    )
