"""The terminal UI in a browser on this machine: who is let in, what the page may load, one process for each window.

textual-serve carries keys and pictures between a browser and a process. What it leaves open is closed here: an address
that nobody can guess, a check of Host against DNS rebinding, a page that loads nothing from elsewhere.
"""

import asyncio
import hmac
import ipaddress
import logging
import secrets
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import hdrs, web
from textual_serve.server import Server

from workbench.errors import InputRefused

LOOPBACK = "127.0.0.1"
MOST_WINDOWS = 8
"""Windows at a time; each is a process."""
_NAMES = frozenset({"localhost", LOOPBACK, "[::1]"})
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - only compared with what a person asked for
_NONCE = web.RequestKey("nonce", str)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens on this address and no other; port 0 takes any that is free. Raises InputRefused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen()
    except OSError as error:
        made.close()
        raise InputRefused(
            f"{host} port {port} cannot be listened on: {error.strerror or error}.", "Choose another with --port."
        ) from error
    return made


def _is_number(host: str) -> bool:
    """Whether a host is an address in figures, which no name can be made to point at."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class BrowserServer(Server):
    """Serves one command to whoever knows the token, under a Host that belongs to `host`."""

    def __init__(self, command: Sequence[str], host: str, port: int, token: str = "") -> None:
        super().__init__(shlex.join(command), host, port, title="Claim Workbench")
        self.token = token or secrets.token_urlsafe(32)
        self._windows = 0
        templates = Path(__file__).parent / "templates"
        self._page = jinja2.Environment(loader=jinja2.FileSystemLoader(templates), autoescape=True).get_template(
            "browser.html.j2"
        )

    @property
    def address(self) -> str:
        """What to open in a browser; whoever has it can do everything."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}/{self.token}/"

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/{token}/", self.handle_index, name="index"),
                web.get("/{token}/ws", self.handle_websocket, name="websocket"),
                web.get("/{token}/download/{key}", self.handle_download, name="download"),
                web.static(f"/{self.token}/static", self.statics_path, name="static"),
            ]
        )
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Let in who asks this very address and knows the token; say nothing to anybody else."""
        if not self._knows(request.host):
            raise web.HTTPForbidden(text="This address is not served here.\n")
        given = request.path.split("/")[1]
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode()):
            raise web.HTTPNotFound(text="There is nothing here.\n")
        origin = request.headers.get(hdrs.ORIGIN)
        if origin is not None and origin != f"http://{request.host}":
            raise web.HTTPForbidden(text="Another site may not ask here.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_headers(request.host, request.get(_NONCE, "")))
        return response

    def _knows(self, named: str) -> bool:
        """Whether a Host header names this server: no name that somebody else's DNS could point here."""
        name, _, port = named.rpartition(":") if not named.endswith("]") else (named, "", "80")
        if not name:
            name, port = named, "80"
        if port != str(self.port):
            return False
        if is_loopback(self.host):
            return name in _NAMES or name.strip("[]") == self.host
        if name.strip("[]").casefold() == self.host.casefold():
            return True
        return self.host in _EVERYWHERE and _is_number(name.strip("[]"))

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page that holds the terminal; everything that it loads comes from here."""
        size = request.query.get("fontsize", "16")
        nonce = request[_NONCE] = secrets.token_urlsafe(16)
        text = self._page.render(
            nonce=nonce,
            static=f"/{self.token}/static",
            websocket=f"ws://{request.host}/{self.token}/ws",
            font_size=size if size.isdecimal() and 6 <= int(size[:3]) <= 72 else "16",
        )
        return web.Response(text=text, content_type="text/html")

    async def handle_websocket(self, request: web.Request) -> Any:
        """One window, one process; so many and no more."""
        if self._windows >= MOST_WINDOWS:
            raise web.HTTPServiceUnavailable(text="Too many windows are open.\n")
        self._windows += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self._windows -= 1

    def run(self, sock: socket.socket) -> None:
        """Serve until it is stopped."""
        _quiet_log()
        web.run_app(self._make_app(), sock=sock, print=None, access_log=None, loop=asyncio.new_event_loop())


def _headers(host: str, nonce: str) -> dict[str, str]:
    ours = f" 'nonce-{nonce}'" if nonce else ""
    policy = (
        f"default-src 'none'; script-src 'self'{ours}; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors 'none'; connect-src 'self' ws://{host}; "
        # xterm writes the styles of its cells as it goes.
        "style-src 'self' 'unsafe-inline'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


class _WithoutValues(logging.Formatter):
    """A line for each failure; no traceback, whose lines could hold what somebody works on."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """The kind of error only."""
        return f"({ei[0].__name__ if ei and ei[0] else 'error'})"


def _quiet_log() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutValues("workbench: %(message)s"))
    for name in ("textual-serve", "aiohttp.server", "aiohttp.web"):
        log = logging.getLogger(name)
        log.handlers, log.propagate = [handler], False
        log.setLevel(logging.ERROR)
