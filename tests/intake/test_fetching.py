"""Fetching: what is asked, what is followed, what is refused. A server on this machine stands in for the web."""

import gzip
import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from workbench.errors import InputRefused
from workbench.intake.fetching import Rules, fetch, is_address, parse_address
from workbench.intake.fetching.addresses import checked, is_public, system_resolver

Reply = Callable[["_Handler"], None]


class _Handler(BaseHTTPRequestHandler):
    """Answers from a table of paths."""

    replies: dict[str, Reply]
    asked: list[tuple[str, str, str]]

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
        reply = self.replies.get(self.path)
        try:
            if reply is None:
                self.send_error(404)
            else:
                reply(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def answer(body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> Reply:
    """A plain answer."""

    def reply(handler: _Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def here(_host: str, _port: int) -> list[str]:
    """Every name leads to this machine."""
    return ["127.0.0.1"]


class Server:
    """The web of a test."""

    def __init__(self, port: int, replies: dict[str, Reply], asked: list[tuple[str, str, str]]) -> None:
        self.port, self.replies, self.asked = port, replies, asked
        self.rules = Rules(private=True, seconds=10, resolver=here)

    def url(self, path: str, host: str = "ledger.example") -> str:
        """An address on it."""
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def web() -> Iterator[Server]:
    """A server on this machine, under any name."""
    replies: dict[str, Reply] = {}
    asked: list[tuple[str, str, str]] = []
    handler = type("Handler", (_Handler,), {"replies": replies, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    running.start()
    yield Server(server.server_address[1], replies, asked)
    server.shutdown()
    server.server_close()
    running.join()


def test_a_page_is_fetched_under_its_own_name_from_the_checked_address(web: Server) -> None:
    web.replies["/dam?x=1"] = answer(gzip.compress(b"<p>It held."), "text/html; charset=utf-8", Content_Encoding="gzip")
    found = fetch(web.url("/dam?x=1#top"), web.rules)
    assert (found.data, found.media_type, found.name, found.robots) == (
        b"<p>It held.",
        "text/html; charset=utf-8",
        "dam",
        "none",
    )
    assert (found.url, found.hops) == (web.url("/dam?x=1"), ())
    assert [path for path, _, _ in web.asked] == ["/robots.txt", "/dam?x=1"]
    assert {host for _, host, _ in web.asked} == {f"ledger.example:{web.port}"}
    assert all(agent.startswith("ClaimWorkbench/") for _, _, agent in web.asked)


def test_redirects_are_followed_and_remembered(web: Server) -> None:
    web.replies["/a"] = answer(b"", status=301, Location="/b")
    web.replies["/b"] = answer(b"", status=302, Location=web.url("/c", "other.example"))
    web.replies["/c"] = answer(b"There.", "text/plain")
    found = fetch(web.url("/a"), web.rules)
    assert found.hops == (web.url("/a"), web.url("/b"))
    assert found.url == web.url("/c", "other.example")


def test_redirects_without_end_stop(web: Server) -> None:
    web.replies["/a"] = answer(b"", status=302, Location="/a")
    with pytest.raises(InputRefused, match="more than 5 times"):
        fetch(web.url("/a"), web.rules)


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://x.example/", "http://a:b@x.example/", "http://[", ""]
)
def test_redirects_to_what_is_not_the_web_are_refused(web: Server, location: str) -> None:
    web.replies["/a"] = answer(b"", status=302, **({"Location": location} if location else {}))
    with pytest.raises(InputRefused, match="redirects"):
        fetch(web.url("/a"), web.rules)


def test_a_redirect_into_a_private_network_is_refused() -> None:
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.7"] if host == "inside.example" else ["93.184.215.14"]

    with pytest.raises(InputRefused, match=r"inside.example leads to 10.0.0.7"):
        checked("inside.example", 80, resolver, private=False)
    assert checked("outside.example", 80, resolver, private=False) == ["93.184.215.14"]
    assert asked == ["inside.example", "outside.example"]


def test_every_hop_is_checked_when_the_connection_is_made(web: Server) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"]])
    web.replies["/a"] = answer(b"", status=302, Location=web.url("/b", "rebound.example"))
    rules = Rules(private=True, seconds=10, resolver=lambda host, _: next(answers) if host == "ledger.example" else [])
    with pytest.raises(InputRefused, match="cannot be fetched"):
        fetch(web.url("/a"), rules)


def test_an_address_of_this_machine_is_not_asked_unless_allowed(web: Server) -> None:
    web.replies["/a"] = answer(b"Inside.")
    for address in ("http://127.0.0.1/a", "http://localhost/a", "http://2130706433/a", "http://[::1]/a"):
        with pytest.raises(InputRefused, match="not on the public internet"):
            fetch(address, Rules(resolver=lambda host, _: ["127.0.0.1"] if ":" not in host else ["::1"]))
    assert web.asked == []


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(InputRefused, match=r"leads to 192.168.0.1"):
        checked("mixed.example", 80, lambda *_: ["8.8.8.8", "192.168.0.1"], private=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.1.1", False), ("169.254.169.254", False),
     ("100.64.0.1", False), ("0.0.0.1", False), ("224.0.1.1", False), ("255.255.255.255", False), ("::1", False),
     ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True), ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False), ("fd00::1", False)],
)  # fmt: skip
def test_public_addresses_are_told_from_others(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    ("text", "said"),
    [("gopher://x.example/", "only http"), ("http://a:b@x.example/", "password"), ("http://x.example:25/", "port 25"),
     ("http:///x", "no host"), ("http://x.example/a b", "blanks"), ("http://x.example/\x00", "blanks"), ("http://x\\@y/", "blanks"),
     ("http://x.example:99999/", "not an address"), ("http://" + "x" * 3000, "too long")],
)  # fmt: skip
def test_addresses_that_are_not_asked(text: str, said: str) -> None:
    with pytest.raises(InputRefused, match=said) as refusal:
        parse_address(text)
    assert "a:b" not in refusal.value.message


def test_addresses_are_written_as_servers_take_them() -> None:
    assert str(parse_address("HTTPS://Bücher.example/ä?q=ü%20x")) == "https://xn--bcher-kva.example/%C3%A4?q=%C3%BC%20x"
    assert is_address("https://x.example")
    assert not is_address("notes/http.txt")


def test_a_stream_that_never_ends_is_cut_by_name(web: Server) -> None:
    def endless(handler: _Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"and so on " * 6_000)

    web.replies["/live"] = endless
    with pytest.raises(InputRefused, match=r"/live sends more than 1 MB"):
        fetch(web.url("/live"), Rules(private=True, most=1024 * 1024, resolver=web.rules.resolver))


def test_a_gzip_bomb_is_cut_by_name(web: Server) -> None:
    web.replies["/bomb"] = answer(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")
    with pytest.raises(InputRefused, match=r"/bomb sends more than 2 MB"):
        fetch(web.url("/bomb"), Rules(private=True, most=2 * 1024 * 1024, resolver=web.rules.resolver))


@pytest.mark.parametrize("place", ["body", "head"])
def test_a_server_that_drips_is_given_up(web: Server, place: str) -> None:
    stop = threading.Event()

    def drip(handler: _Handler) -> None:
        if place == "body":
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not stop.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    web.replies["/slow"] = drip
    started = time.monotonic()
    with pytest.raises(InputRefused, match="takes too long"):
        fetch(web.url("/slow"), Rules(private=True, seconds=0.5, resolver=web.rules.resolver))
    stop.set()
    assert time.monotonic() - started < 5


def test_robots_are_asked_and_an_override_is_recorded(web: Server) -> None:
    web.replies["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private\n", "text/plain")
    web.replies["/private/x"] = answer(b"There.", "text/plain")
    web.replies["/open"] = answer(b"There.", "text/plain")
    assert fetch(web.url("/open"), web.rules).robots == "allowed"
    with pytest.raises(InputRefused, match=r"robots.txt of ledger.example"):
        fetch(web.url("/private/x"), web.rules)
    even_so = Rules(private=True, ignore_robots=True, resolver=web.rules.resolver)
    assert fetch(web.url("/private/x"), even_so).robots == "overridden"


def test_a_server_in_trouble_forbids_everything(web: Server) -> None:
    web.replies["/robots.txt"] = answer(b"", status=503)
    with pytest.raises(InputRefused, match=r"robots.txt"):
        fetch(web.url("/open"), web.rules)


@pytest.mark.parametrize(
    ("reply", "said"),
    [(answer(b"", status=404), "404 Not Found"), (answer(b""), "is empty"), (answer(b"x", status=418), "418"),
     (answer(b"not gzip", Content_Encoding="gzip"), "cannot be unpacked"), (answer(b"x", Content_Encoding="br"), "packed as br")],
)  # fmt: skip
def test_answers_that_are_none_are_refused(web: Server, reply: Reply, said: str) -> None:
    web.replies["/x"] = reply
    with pytest.raises(InputRefused, match=said):
        fetch(web.url("/x"), web.rules)


def test_environment_proxies_are_not_used(web: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    web.replies["/a"] = answer(b"There.", "text/plain")
    assert fetch(web.url("/a"), web.rules).data == b"There."


def test_names_are_asked_of_the_system_with_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    asleep = threading.Event()

    def late(*_: object, **__: object) -> list[object]:
        asleep.wait(5)
        return []

    monkeypatch.setattr("socket.getaddrinfo", late)
    with pytest.raises(TimeoutError):
        system_resolver("slow.example", 80, 0.05)
    asleep.set()
