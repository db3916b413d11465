"""Identifiers that never change: UUIDv7 for what people decide, SHA-256 for what is evidence."""

import hashlib
import secrets
import time
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import rfc8785

NAMESPACE = uuid.UUID("6f1b6c1e-6a53-5a52-9d0c-5f0a4bb3c9a1")


def uuid7() -> str:
    """A time-ordered UUID, version 7 (RFC 9562, section 5.7), as text."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62
    return str(uuid.UUID(int=value | secrets.randbits(62)))


def derived(*parts: str | int) -> str:
    """The UUID of a thing that is the same at every desk, such as "the verdict on claim C on scale S".

    Two desks that decide it apart then decide about one entity, so that a difference shows as a conflict.
    """
    return str(uuid.uuid5(NAMESPACE, "\n".join(str(part) for part in parts)))


def sha256(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes; not for a store that is open, since closing a file drops SQLite's locks on it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one byte form of a JSON object (RFC 8785); raises ValueError for NaN, lone surrogates, and numbers past 2**53."""
    try:
        return rfc8785.dumps(dict(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise ValueError(f"cannot be written as canonical JSON: {error}") from error


def content_hash(kind: str, value: Mapping[str, Any]) -> str:
    """The identity of a piece of evidence: SHA-256 over its kind and canonical content."""
    return sha256(f"claim-workbench/{kind}/1\n".encode() + canonical(value))


def utc_now() -> datetime:
    """The current time, aware, in UTC."""
    return datetime.now(UTC)


def document_hash(
    *, title: str, text: str, source_name: str, authors: Sequence[str], url: str, published_at: str
) -> str:
    """The identity of a document: equal text under equal description is one document, wherever it was brought in."""
    return content_hash(
        "document",
        {
            "title": title,
            "text": text,
            "source": source_name,
            "authors": list(authors),
            "url": url,
            "published_at": published_at,
        },
    )
