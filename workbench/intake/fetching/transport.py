"""One HTTP request over a connection to an address that was checked, with a deadline on everything and bounded bytes.

httpcore speaks HTTP and TLS. What is ours is the way it gets its connections: the name is resolved once, every address it
leads to is checked, and the connection goes to the checked address itself, so that a name that leads elsewhere a moment
later changes nothing. Host header and TLS name stay those of the address as written.
"""

import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore2
from httpcore2 import NetworkBackend, NetworkStream

from workbench.errors import InputRefused
from workbench.intake.fetching.addresses import Address, Resolver, checked

_STEP = 10.0
_FAILURES = (
    httpcore2.ConnectError, httpcore2.ReadError, httpcore2.WriteError,
    httpcore2.ProtocolError, ssl.SSLError, OSError,
)  # fmt: skip


class Stopped(Exception):
    """Whoever asked for the fetch does not want it any more."""


class OutOfTime(Exception):
    """The whole of a fetch has taken as long as it may."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. `data` is unpacked; header names are in lower case."""

    status: int
    headers: dict[str, str]
    data: bytes


class _Timed(NetworkStream):
    """A connection on which no read or write outlives the deadline."""

    def __init__(self, inner: NetworkStream, deadline: float, cancelled: Callable[[], bool]) -> None:
        self._inner = inner
        self._deadline = deadline
        self._cancelled = cancelled

    def _left(self, timeout: float | None) -> float:
        if self._cancelled():
            raise Stopped
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes that have arrived."""
        return self._inner.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Hang up."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """Agree on TLS, for the name in the address."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Timed(inner, self._deadline, self._cancelled)

    def get_extra_info(self, info: str) -> Any:
        """Facts about the connection."""
        return self._inner.get_extra_info(info)


class _Checked(NetworkBackend):
    """Connections to checked addresses only."""

    def __init__(self, resolver: Resolver, deadline: float, cancelled: Callable[[], bool], *, private: bool) -> None:
        self._resolver = resolver
        self._cancelled = cancelled
        self._deadline = deadline
        self._private = private
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """Connect to the first of the checked addresses that answers."""
        addresses = checked(host, port, self._resolver, private=self._private)
        failure: Exception = httpcore2.ConnectError("no address answers")
        for address in addresses[:4]:
            left = min(timeout or _STEP, self._deadline - time.monotonic())
            if left <= 0:
                raise OutOfTime
            try:
                return _Timed(self._inner.connect_tcp(address, port, left), self._deadline, self._cancelled)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> NetworkStream:
        """Never."""
        raise httpcore2.ConnectError("not asked")


def ask(
    address: Address,
    *,
    resolver: Resolver,
    deadline: float,
    most: int,
    private: bool,
    user_agent: str,
    cancelled: Callable[[], bool] = lambda: False,
    cut: bool = False,
) -> Answer:
    """Ask for an address once, following nothing. With `cut` a longer answer is cut to `most` bytes instead of refused.

    Raises InputRefused, naming the address, when it cannot be reached, is too long or takes too long.
    """
    headers = [
        (b"Host", address.authority.encode()),
        (b"User-Agent", user_agent.encode()),
        (b"Accept", b"text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.5"),
        (b"Accept-Encoding", b"gzip"),
        (b"Connection", b"close"),
    ]
    host = f"[{address.host}]" if ":" in address.host else address.host
    url = httpcore2.URL(
        scheme=address.scheme.encode(), host=host.encode(), port=address.port, target=address.target.encode()
    )
    timeouts = {"timeout": {"connect": _STEP, "read": _STEP, "write": _STEP, "pool": _STEP}}
    backend = _Checked(resolver, deadline, cancelled, private=private)
    try:
        with (
            httpcore2.ConnectionPool(network_backend=backend, max_connections=1) as pool,
            pool.stream("GET", url, headers=headers, extensions=timeouts) as response,
        ):
            told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            body = _Body(address, told.get("content-encoding", ""), most, cut=cut)
            if 300 <= response.status < 400 or response.status >= 400:
                return Answer(response.status, told, b"")
            for piece in response.iter_stream():
                if not body.take(piece):
                    break
            return Answer(response.status, told, bytes(body.data))
    except Stopped as error:
        raise InputRefused(f"{address} was not fetched: it was stopped.", "Start again when you like.") from error
    except (OutOfTime, httpcore2.TimeoutException) as error:
        raise InputRefused(
            f"{address} takes too long to answer; it was given up.", "Try again later, or save the page."
        ) from error
    except _FAILURES as error:
        raise InputRefused(
            f"{address} cannot be fetched: {_plain(error)}.", "Check the address and the network."
        ) from error


def _plain(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) or "certificate" in str(error).lower():
        return "its certificate is not valid"
    if isinstance(error, httpcore2.ProtocolError):
        return "the server does not speak HTTP as it should"
    return "the connection failed"


class _Body:
    """Gathers an answer, unpacking it piece by piece and never beyond the limit."""

    def __init__(self, address: Address, encoding: str, most: int, *, cut: bool) -> None:
        self.data = bytearray()
        self._address = address
        self._most = most
        self._cut = cut
        self._received = 0
        kind = encoding.strip().lower()
        if kind not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise InputRefused(
                f"{address} is packed as {kind[:20]}, which was not asked for.", "Save the page and add the file."
            )
        self._machine = zlib.decompressobj(47) if kind not in ("", "identity") else None

    def take(self, piece: bytes) -> bool:
        """Add a piece; whether more is wanted."""
        self._received += len(piece)
        if self._machine is None:
            self.data += piece
        else:
            try:
                self.data += self._machine.decompress(piece, self._most + 1 - len(self.data))
            except zlib.error as error:
                raise InputRefused(
                    f"{self._address} sends what cannot be unpacked.", "Save the page and add the file."
                ) from error
        if len(self.data) <= self._most and self._received <= self._most:
            return True
        if self._cut:
            del self.data[self._most :]
            return False
        raise InputRefused(
            f"{self._address} sends more than {self._most / 1024**2:.0f} MB; it was cut off and nothing was kept.",
            "It may be a stream that never ends. Save the part that matters and add the file.",
        )
