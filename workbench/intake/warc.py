"""Writing WARC 1.1 files (ISO 28500:2017), which web archives and their tools read.

What was received is a `resource` record with its digest; a `metadata` record beside it says which document came of it and
over which addresses it was reached. Records are compressed one by one where the file is to be, as the standard's annex has it.
"""

import base64
import hashlib
import uuid
import zlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

_END = b"\r\n\r\n"
_NAMESPACE = uuid.UUID("0b9d0b3a-8a2f-5c1d-9e55-2f0c6c0d7a11")


@dataclass(frozen=True, slots=True)
class Archived:
    """One thing received: its bytes, when and from where, and what is known of the document that came of it."""

    data: bytes
    received_at: datetime
    media_type: str
    url: str
    name: str
    hops: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()


def warcinfo(software: str, created: datetime, *, compress: bool) -> bytes:
    """The record that a file begins with."""
    block = _fields((("software", software), ("format", "WARC File Format 1.1")))
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", _identifier("warcinfo", created.isoformat())),
        ("WARC-Date", _moment(created)),
        ("Content-Type", "application/warc-fields"),
    ]
    return _record(headers, block, compress=compress)


def records(archived: Archived, *, compress: bool) -> bytes:
    """The `resource` record of what was received, and the `metadata` record that refers to it."""
    digest = hashlib.sha256(archived.data)
    address = archived.url or f"file:///{quote(archived.name or digest.hexdigest())}"
    moment = _moment(archived.received_at)
    resource = _identifier("resource", digest.hexdigest(), moment, address)
    sum_text = "sha256:" + base64.b32encode(digest.digest()).decode("ascii")
    first = _record(
        [
            ("WARC-Type", "resource"),
            ("WARC-Record-ID", resource),
            ("WARC-Date", moment),
            ("WARC-Target-URI", address),
            ("WARC-Block-Digest", sum_text),
            ("Content-Type", _token(archived.media_type) or "application/octet-stream"),
        ],
        archived.data,
        compress=compress,
    )
    told = (*(("via", hop) for hop in archived.hops), *archived.facts)
    second = _record(
        [
            ("WARC-Type", "metadata"),
            ("WARC-Record-ID", _identifier("metadata", resource, str(told))),
            ("WARC-Date", moment),
            ("WARC-Target-URI", address),
            ("WARC-Refers-To", resource),
            ("Content-Type", "application/warc-fields"),
        ],
        _fields(told),
        compress=compress,
    )
    return first + second


def _record(headers: list[tuple[str, str]], block: bytes, *, compress: bool) -> bytes:
    lines = ["WARC/1.1", *(f"{name}: {_line(value)}" for name, value in headers), f"Content-Length: {len(block)}"]
    whole = "\r\n".join(lines).encode() + _END + block + _END
    if not compress:
        return whole
    machine = zlib.compressobj(6, zlib.DEFLATED, 31)
    return machine.compress(whole) + machine.flush()


def _fields(pairs: tuple[tuple[str, str], ...]) -> bytes:
    return "".join(f"{name}: {_line(value)}\r\n" for name, value in pairs if value).encode()


def _line(value: str) -> str:
    """A value on one line: a line break in it would begin a header of its own."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())


def _token(media_type: str) -> str:
    return _line(media_type) if "/" in media_type else ""


def _identifier(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(_NAMESPACE, chr(10).join(parts))}>"


def _moment(value: datetime) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")
