"""Which addresses a report turns into links; everything else is shown as text."""

import re
from urllib.parse import quote, urlsplit

from workbench.credibility import ascii_host
from workbench.text.visible import has_hidden

MAX_LINK = 2_000
# What RFC 3986 allows unescaped in path, query and fragment, without the characters that end a link in Markdown.
_SAFE = "/?#&=:@!$'*+,;%-._~"


def link_target(address: str) -> str | None:
    """An ASCII address that is safe to put into a link, or None.

    Only http, https and mailto are linked. None too for hidden characters or white space inside, for backslashes, for
    a user name before the host (it makes one site look like another) and for an invalid host.
    """
    text = address.strip()
    if not text or len(text) > MAX_LINK or has_hidden(text) or re.search(r"[\s\\<>\"`{}|^]", text):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return f"mailto:{quote(parts.path, safe='@+.,-_')}" if "@" in parts.path else None
    host = ascii_host(parts.hostname or "")
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not host:
        return None
    site = f"[{host}]" if ":" in host else host
    rest = text.partition("://")[2][len(parts.netloc) :]
    tail = f":{port}" if port is not None else ""
    return f"{parts.scheme}://{site}{tail}{quote(rest, safe=_SAFE)}"
