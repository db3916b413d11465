"""The screen in a browser: who is let in, what the page loads, one process behind each window."""

import http.client
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from cli_desk import CommandLine

from workbench.cli.browser import BrowserServer, is_loopback, listening
from workbench.cli.commands import serve as serve_module

ROOT = Path(__file__).parents[2]
TOKEN = "t" * 43
EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for, and warned of


def served(host: str = "127.0.0.1", port: int = 8765) -> BrowserServer:
    return BrowserServer(["true"], host, port, TOKEN)


async def status(host_header: str, path: str = f"/{TOKEN}/", host: str = "127.0.0.1", **headers: str) -> int:
    async with TestClient(TestServer(await served(host)._make_app())) as client:
        answer = await client.get(path, headers={"Host": host_header, **headers})
        return answer.status


@pytest.mark.parametrize(
    "path",
    ["/", "/ws", "/x/", f"/{TOKEN[:-1]}/", f"/{TOKEN}x/", "/static/js/textual.js", "/%00/", "/é/"],
)
async def test_nothing_is_there_without_the_token(path: str) -> None:
    assert await status("127.0.0.1:8765", path) == 404


async def test_with_the_token_there_is_the_page_and_what_it_loads() -> None:
    for path in (f"/{TOKEN}/", f"/{TOKEN}/static/js/textual.js", f"/{TOKEN}/static/css/xterm.css"):
        assert await status("127.0.0.1:8765", path) == 200
    assert await status("127.0.0.1:8765", f"/{TOKEN}/static/") in (403, 404), "folders are not listed"
    assert await status("127.0.0.1:8765", f"/{TOKEN}/static/../server.py") == 404


@pytest.mark.parametrize(
    ("host", "named", "let_in"),
    [
        ("127.0.0.1", "127.0.0.1:8765", True),
        ("127.0.0.1", "localhost:8765", True),
        ("127.0.0.1", "[::1]:8765", True),
        ("127.0.0.1", "evil.example:8765", False),
        ("127.0.0.1", "127.0.0.1:80", False),
        ("127.0.0.1", "127.0.0.1", False),
        ("127.0.0.1", "127.0.0.1.evil.example:8765", False),
        ("127.0.0.1", "192.0.2.7:8765", False),
        ("desk.example", "desk.example:8765", True),
        ("desk.example", "evil.example:8765", False),
        ("desk.example", "192.0.2.7:8765", False),
        (EVERYWHERE, "192.0.2.7:8765", True),
        (EVERYWHERE, "evil.example:8765", False),
        ("::", "[2001:db8::1]:8765", True),
    ],
)
async def test_only_hosts_of_this_server_are_answered(host: str, named: str, let_in: bool) -> None:
    assert await status(named, host=host) == (200 if let_in else 403)


async def test_another_site_may_not_ask() -> None:
    assert await status("127.0.0.1:8765", Origin="http://evil.example") == 403
    assert await status("127.0.0.1:8765", Origin="null") == 403
    assert await status("127.0.0.1:8765", Origin="http://127.0.0.1:8765") == 200


async def test_the_page_loads_nothing_from_elsewhere() -> None:
    async with TestClient(TestServer(await served()._make_app())) as client:
        answer = await client.get(f"/{TOKEN}/?fontsize=9", headers={"Host": "127.0.0.1:8765"})
        page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert set(re.findall(r"(?:https?|wss?)://[^\"/]*", page)) == {"ws://127.0.0.1:8765"}
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:", policy)
    assert 'data-font-size="9"' in page


def test_it_listens_on_the_one_address() -> None:
    with listening("127.0.0.1", 0) as made:
        assert made.getsockname()[0] == "127.0.0.1"
        port = made.getsockname()[1]
        with socket.socket() as other:
            other.settimeout(2)
            assert other.connect_ex(("127.0.0.2", port)) != 0
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback(EVERYWHERE)
    assert not is_loopback("desk.example")


def test_each_time_there_is_another_token() -> None:
    tokens = {BrowserServer(["true"], "127.0.0.1", 1).token for _ in range(10)}
    assert len(tokens) == 10
    assert min(len(token) for token in tokens) >= 43


def test_an_address_that_is_taken_or_wrong_is_refused(line: CommandLine) -> None:
    with listening("127.0.0.1", 0) as taken:
        done = line("serve", "--port", taken.getsockname()[1])
        assert (done.code, done.out) == (3, "")
        assert "Choose another with --port." in done.err
    assert line("serve", "--host", "192.0.2.7").code == 3
    assert line("serve", "--host", " ").code == 2


def test_other_machines_are_let_in_with_a_warning_only(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BrowserServer, "run", lambda *_: None)
    assert f"warning: {EVERYWHERE} can be reached by others" in line.ok("serve", "--host", EVERYWHERE).err
    assert "warning" not in line.ok("serve").err


def test_where_the_part_is_not_installed_it_says_how(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.delitem(sys.modules, "workbench.cli.browser")
    done = line("serve")
    assert done.code == 3
    assert "Install claim-workbench[serve]." in done.err
    assert serve_module


@pytest.fixture
def process(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server as a person starts it, and its address."""
    import os

    environment = os.environ | {
        "CLAIM_WORKBENCH_HOME": str(tmp_path), "CLAIM_WORKBENCH_ENCODER": "off", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "workbench.cli", "serve"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True, start_new_session=True
    ) as child:
        assert child.stdout
        assert select.select([child.stdout], [], [], 60)[0]
        yield child, child.stdout.readline().strip()
        child.send_signal(signal.SIGINT)
        assert child.wait(20) == 0


async def test_a_window_shows_the_screen_and_is_left_with_a_key(process: tuple[subprocess.Popen[str], str]) -> None:
    _, address = process
    parts = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/[\w-]{43}/", address)
    assert parts, address
    plain = http.client.HTTPConnection("127.0.0.1", int(parts.group(1)), timeout=20)
    plain.request("GET", "/")
    assert plain.getresponse().status == 404
    plain.close()
    seen = b""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(
            f"{address}ws?width=100&height=30", timeout=aiohttp.ClientWSTimeout(ws_receive=60)
        ) as window,
    ):
        async for message in window:
            if message.type is aiohttp.WSMsgType.BINARY:
                seen += message.data
            if b"No article yet" in seen:
                await window.send_json(["stdin", "\x11"])
                break
        async for _ in window:
            pass
    assert window.closed
