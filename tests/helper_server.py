"""A server on this machine that answers as an OpenAI-compatible one does, or as a bad one might."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Server:
    """What was asked, and how it is answered: `content` in the usual form unless `answer` writes something else."""

    url: str = ""
    content: str = ""
    answer: Callable[[BaseHTTPRequestHandler], None] | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def claims(self, *claims: list[str]) -> None:
        """Answer with these claims."""
        self.content = json.dumps({"claims": [{"fragments": fragments} for fragments in claims]})


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    """A whole answer."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def drip(server: Server) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that comes byte by byte, faster than a socket's own patience ends and never done."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.stopping.wait(0.02):
            handler.wfile.write(b" ")

    return answer


@contextmanager
def running() -> Iterator[Server]:
    """A server on a port of its own for as long as the block lasts."""
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.asked.append(json.loads(body))
            state.headers.append({name.lower(): value for name, value in self.headers.items()})
            state.paths.append(self.path)
            try:
                if state.answer is not None:
                    state.answer(self)
                else:
                    message = {"choices": [{"message": {"role": "assistant", "content": state.content}}]}
                    reply(self, 200, json.dumps(message).encode(), Content_Type="application/json")
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
