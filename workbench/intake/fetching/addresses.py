"""Which addresses may be fetched: how they are written, and where their names lead."""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from workbench.errors import InputRefused
from workbench.text.visible import visible

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

LONGEST = 2000
_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")
_KEPT = "%/:=&?~#+!$,;'@()*[]-._"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked: its host in ASCII as DNS and TLS take it, its path and query percent-encoded."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and, where it is not the usual one, port; an IPv6 address in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def is_address(text: str) -> bool:
    """Whether a person means an address, not a path."""
    return _SCHEME.match(text.strip()) is not None


def parse_address(text: str, *, any_port: bool = False) -> Address:
    """What an address names. Raises InputRefused for all but plain http(s) without credentials on the usual ports."""
    text = text.strip()
    shown = visible(text[:200])
    if len(text) > LONGEST or re.search(r"[\x00-\x20\x7f\\]", text):
        raise InputRefused(
            f"“{shown}” is not an address: it is too long or holds blanks.", "Copy it from the browser again."
        )
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise InputRefused(f"“{shown}” is not an address: {error}.", "Copy it from the browser again.") from error
    if parts.scheme.lower() not in _PORTS:
        raise InputRefused(
            f"“{shown}” is not on the web; only http and https are fetched.", "Save it as a file and add that."
        )
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise InputRefused(
            "An address with a name or password in it is not fetched.", "Save the page and add the file."
        )
    if not host:
        raise InputRefused(f"“{shown}” names no host.", "Copy it from the browser again.")
    scheme = parts.scheme.lower()
    port = _PORTS[scheme] if port is None else port
    if port not in _PORTS.values() and not any_port:
        raise InputRefused(
            f"“{shown}” is on port {port}; only 80 and 443 are asked.", "Save the page and add the file."
        )
    path = quote(parts.path or "/", safe=_KEPT)
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return Address(scheme, _host(host, shown), port, path + query)


def _host(host: str, shown: str) -> str:
    import idna

    if host.isascii():
        return host.rstrip(".").partition("%")[0]
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise InputRefused(f"“{shown}” names a host that cannot be.", "Copy it from the browser again.") from error


def system_resolver(host: str, port: int, seconds: float = 10.0) -> list[str]:
    """The IP addresses of a host as the system knows them. Raises OSError, TimeoutError too."""
    answer: list[str] = []
    failed: list[OSError] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.extend(dict.fromkeys(str(entry[4][0]) for entry in found))
        except (OSError, UnicodeError) as error:
            failed.append(error if isinstance(error, OSError) else OSError(str(error)))

    # In a thread, because the system's resolver knows no deadline.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if failed:
        raise failed[0]
    if asking.is_alive() or not answer:
        raise TimeoutError("the name was not found in time")
    return answer


def is_public(address: IpAddress) -> bool:
    """Whether an IP address is on the public internet, looking through addresses that carry an IPv4 address inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(one is not None and not is_public(one) for one in inner):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def checked(host: str, port: int, resolver: Resolver, *, private: bool) -> list[str]:
    """The IP addresses of a host, each of which may be connected to. Raises InputRefused where a single one may not."""
    shown = visible(host)
    try:
        found = [ipaddress.ip_address(text.partition("%")[0]) for text in resolver(host, port)]
    except (OSError, ValueError) as error:
        raise InputRefused(
            f"There is no host {shown}, or it cannot be found now.", "Check the address and the network."
        ) from error
    for address in found:
        if not private and not is_public(address):
            raise InputRefused(
                f"{shown} leads to {address}, which is not on the public internet; it is not asked.",
                "If you mean a server of your own network, allow it with --private-network.",
            )
    return [str(address) for address in found]
