"""Which site an address belongs to, without being fooled by look-alike host names.

There is no list of public suffixes here: `matches` treats any domain with a dot as one owner's, so a record for a
shared suffix such as a hosting company's domain would cover every site below it. Whoever records a domain decides that.
"""

import ipaddress
import re
import unicodedata
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BARE_HOST = re.compile(r"[^/?#:@]+(?::\d*)?(?:[/?#].*)?", re.DOTALL)
_DOTS = re.compile(r"[.。．｡]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_MAX_HOST = 253


def domain_of(url: str) -> str:
    """The host of an address in one comparable form: lower case, ASCII (international names as `xn--`), without user
    name, port, closing dot and one leading `www.`. Empty when the address has no host or not a valid one.

    An address without a scheme is read as a host with a path. Backslashes count as slashes, as in browsers.
    """
    address = url.strip().replace("\\", "/")
    if not _SCHEME.match(address):
        address = address.removeprefix("//")
        if not _BARE_HOST.fullmatch(address):
            return ""
        address = f"//{address}"
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return ""
    name = ascii_host(host or "")
    rest = name.removeprefix("www.")
    return rest if "." in rest else name


def matches(domain: str, host: str) -> bool:
    """Whether `host` is `domain` or lies below it.

    So `news.example.com` matches `example.com` and `evil-example.com` does not. Both may be in Unicode or `xn--` form.
    Numeric addresses and names without a dot match only themselves.
    """
    wanted, given = ascii_host(domain), ascii_host(host)
    if not wanted or not given:
        return False
    if wanted == given:
        return True
    return "." in wanted and not _is_numeric(wanted) and given.endswith(f".{wanted}")


def ascii_host(host: str) -> str:
    """A host name in lower-case ASCII, each international label as `xn--`; empty when it is no valid host.

    Labels are folded by NFKC and lower case and then encoded with Punycode (RFC 3492), which keeps letters such as ß
    that the older IDNA 2003 mapping would turn into another name.
    """
    plain = unicodedata.normalize("NFKC", unquote(host)).lower().strip()
    inner = plain.removeprefix("[").removesuffix("]")
    if ":" in inner:
        return inner if _is_numeric(inner) else ""
    labels = _DOTS.split(plain.removesuffix("."))
    encoded = [label if label.isascii() else "xn--" + _punycode(label) for label in labels]
    name = ".".join(encoded)
    return name if len(name) <= _MAX_HOST and all(_LABEL.fullmatch(label) for label in encoded) else ""


def _punycode(label: str) -> str:
    if not all(char in "-_" or char.isalnum() or unicodedata.category(char).startswith("M") for char in label):
        # Symbols, joiners and hidden characters: not a name to compare; the empty rest makes the label invalid.
        return "-"
    return label.encode("punycode").decode("ascii")


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
