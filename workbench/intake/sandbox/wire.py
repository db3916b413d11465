"""Documents as bytes between child and workbench. What comes from the child is checked like anything from outside."""

import json
from datetime import date
from typing import Any

from workbench.intake.model import FactCheck, IncomingDocument, Link, Section
from workbench.text.blocks import BlockHint, BlockKind

_TEXTS = ("title", "url", "outlet", "external_id", "confidentiality")
_NEEDED = ("text", "language", "media_type", "sha256", "encoding")


def to_wire(document: IncomingDocument) -> bytes:
    """A document as JSON."""
    checked = document.fact_check
    value = {
        **{name: getattr(document, name) for name in (*_NEEDED, *_TEXTS)},
        "authors": document.authors,
        "published": document.published.isoformat() if document.published else None,
        "blocks": [(hint.start, hint.end, hint.kind.value) for hint in document.blocks],
        "links": [(link.start, link.end, link.address) for link in document.links],
        "sections": [(section.start, section.name) for section in document.sections],
        "warnings": document.warnings,
        "record": document.record,
        "fact_check": None if checked is None else {name: getattr(checked, name) for name in FactCheck.__slots__},
    }
    return json.dumps(value, ensure_ascii=True).encode()


def from_wire(payload: bytes) -> IncomingDocument:
    """The document in a frame. Raises ValueError for anything that no honest child sends."""
    try:
        value = json.loads(payload)
        return _document(value)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a document: {error}") from error


def _document(value: dict[str, Any]) -> IncomingDocument:
    length = len(_text(value["text"]))
    published, record = value["published"], value["record"]
    return IncomingDocument(
        text=_text(value["text"]),
        language=_text(value["language"]),
        media_type=_text(value["media_type"]),
        sha256=_text(value["sha256"]),
        encoding=_text(value["encoding"]),
        **{name: None if value[name] is None else _text(value[name]) for name in _TEXTS},
        authors=tuple(_text(name) for name in value["authors"]),
        published=None if published is None else date.fromisoformat(published),
        blocks=tuple(BlockHint(*_span(one, length), BlockKind(one[2])) for one in value["blocks"]),
        links=tuple(Link(*_span(one, length), _text(one[2])) for one in value["links"]),
        sections=tuple(Section(_offset(one[0], length), _text(one[1])) for one in value["sections"]),
        warnings=tuple(_text(one) for one in value["warnings"]),
        record=None if record is None else _text(record),
        fact_check=None if value["fact_check"] is None else _fact_check(value["fact_check"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    value.encode()
    return value


def _offset(value: object, length: int) -> int:
    if type(value) is not int or not 0 <= value <= length:
        raise ValueError("not an offset")
    return value


def _span(value: list[object], length: int) -> tuple[int, int]:
    start, end = _offset(value[0], length), _offset(value[1], length)
    if start >= end:
        raise ValueError("not a span")
    return start, end


def _fact_check(value: dict[str, Any]) -> FactCheck:
    texts = {name: _text(value[name]) for name in FactCheck.__slots__ if name != "appearances"}
    return FactCheck(**texts, appearances=tuple(_text(one) for one in value["appearances"]))
