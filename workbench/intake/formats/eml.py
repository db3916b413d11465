"""E-mail messages (RFC 5322): who wrote to whom and when, then the words of the message. Attachments are named, not read."""

from datetime import date
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from workbench.errors import InputRefused
from workbench.intake.formats.building import Builder, clean, flowing
from workbench.intake.formats.html import read_page
from workbench.text.blocks import BlockKind
from workbench.text.visible import visible

MOST_PARTS = 500
DEEPEST = 20
_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def read_eml(data: bytes, name: str) -> tuple[Builder, str | None, tuple[str, ...], date | None, tuple[str, ...]]:
    """Text, subject, writers, date and warnings of one message.

    Raises InputRefused for what is no message, has no text, or is made of more parts or deeper ones than any mail.
    """
    shown = visible(name)
    if data.lower().count(b"\ncontent-type:") > 2 * MOST_PARTS:
        raise _too_many(shown)
    try:
        message = message_from_bytes(data, policy=policy.default)
        headers = {key: _header(message, key) for key in _SHOWN}
    except (MessageError, HeaderParseError, ValueError, IndexError, AttributeError, TypeError) as error:
        raise InputRefused(f"“{shown}” is not an e-mail message that can be read.", "Save the message anew.") from error
    if not headers["From"] and not headers["Subject"] and not headers["Date"]:
        raise InputRefused(
            f"“{shown}” is not an e-mail message: it names neither sender, subject nor date.", "Save the message anew."
        )
    plain, page, attached = _parts(message, shown)
    builder = Builder()
    builder.add("\n".join(f"{key}: {value}" for key, value in headers.items() if value), BlockKind.BOILERPLATE)
    before = builder.length
    for paragraph in clean(plain).split("\n\n") if plain.strip() else ():
        builder.add(paragraph)
    if builder.length == before and page:
        for hint in (inner := read_page(page, name, whole=True).body).blocks:
            builder.add(inner.text[hint.start : hint.end], hint.kind)
    if builder.length == before:
        raise InputRefused(f"“{shown}” is a message without text.", "Save its attachments and add those.")
    warnings: tuple[str, ...] = ()
    if attached:
        listed = ", ".join(visible(one) for one in attached[:10]) + (" …" if len(attached) > 10 else "")
        warnings = (f"Its attachments were not read: {listed}. Save what matters and add it by itself.",)
    writers = tuple(person or address for person, address in getaddresses([headers["From"]]) if person or address)
    return builder, headers["Subject"] or None, writers, _sent(headers["Date"]), warnings


def _header(message: EmailMessage, key: str) -> str:
    value = message[key]
    return flowing(str(value)).replace("\n", " ")[:2000] if value is not None else ""


def _sent(value: str) -> date | None:
    try:
        return parsedate_to_datetime(value).date() if value else None
    except (ValueError, TypeError):
        return None


def _parts(message: EmailMessage, shown: str) -> tuple[str, str, list[str]]:
    """Plain text, HTML and the names of attachments; messages within are attachments. Without recursion."""
    plain, page, attached = "", "", []
    stack: list[tuple[EmailMessage, int]] = [(message, 0)]
    seen = 0
    while stack:
        part, depth = stack.pop()
        seen += 1
        if seen > MOST_PARTS or depth > DEEPEST:
            raise _too_many(shown)
        kind = part.get_content_type()
        if part.is_multipart() and kind != "message/rfc822":
            stack.extend((inner, depth + 1) for inner in reversed(list(part.iter_parts())))
        elif part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            attached.append(flowing(part.get_filename() or kind)[:200])
        elif kind == "text/plain":
            plain += ("\n\n" if plain else "") + _words(part)
        elif not page:
            page = _words(part)
    return plain, page, attached


def _too_many(shown: str) -> InputRefused:
    return InputRefused(
        f"“{shown}” has more than {MOST_PARTS} parts, or parts within parts {DEEPEST} deep; no honest message does.",
        "Save the part that matters and add that.",
    )


def _words(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset("utf-8")
    try:
        return raw.decode(charset, "replace")
    except (LookupError, ValueError):
        return raw.decode("utf-8", "replace")
