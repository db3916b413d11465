"""Asking the optional helper: one question to an OpenAI-compatible address that a person has set, and its answer.

Off until an address and a model are set. Nothing of the surroundings is used: no proxies or certificates named in the
environment, no redirects, no key but the one whose environment variable the settings name. Everything is bounded:
the bytes of the answer, and the seconds it may take from first to last.
"""

import ipaddress
import json
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbench.errors import InputRefused
from workbench.settings import VARIABLE

if TYPE_CHECKING:
    import httpx

SECONDS = 90.0
MOST_BYTES = 256 * 1024
_KEY_LETTERS = 4_000
_LOOK_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Helper:
    """Where the helper is, which model is asked, and the name of the environment variable that holds the key, if any."""

    url: str
    model: str
    key_variable: str = ""
    seconds: float = field(default=SECONDS, compare=False)

    @property
    def host(self) -> str:
        """Who gets the text: the host, with the port where one is given."""
        return urlsplit(self.url).netloc

    @property
    def on_this_machine(self) -> bool:
        """Whether the address is this machine itself."""
        name = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name == "localhost"

    @property
    def open_to_others(self) -> bool:
        """Whether the text would travel unencrypted to another machine."""
        return urlsplit(self.url).scheme == "http" and not self.on_this_machine


def helper_of(url: str, model: str, key_variable: str = "") -> Helper:
    """The helper that the settings name. Raises InputRefused where it is off or its address cannot be one."""
    if not url and not model:
        raise InputRefused(
            "The helper is off: no address is set.",
            "It is optional. To use one, set helper.url and helper.model; see “workbench settings”.",
        )
    if not url or not model:
        raise InputRefused(
            f"helper.{'model' if url else 'url'} is not set.", "The helper needs both address and model."
        )
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port is not False
    except ValueError:
        plain = False
    if (
        not plain
        or parts.query
        or parts.fragment
        or any(letter.isspace() or not letter.isprintable() for letter in url)
    ):
        raise InputRefused(
            "helper.url is no address of an OpenAI-compatible server.", "Give one such as http://localhost:11434/v1."
        )
    if parts.username is not None or parts.password is not None:
        raise InputRefused(
            "helper.url holds a name or password.",
            "Put the key into an environment variable and name it in helper.key.",
        )
    if key_variable and not VARIABLE.fullmatch(key_variable):
        raise InputRefused(
            "helper.key is no name of an environment variable in capitals.",
            "Put the key into a variable such as HELPER_KEY and set helper.key to that name.",
        )
    return Helper(url.rstrip("/"), model, key_variable)


def never() -> bool:
    """Nobody has given up waiting."""
    return False


def ask(helper: Helper, messages: Sequence[Mapping[str, str]], *, stopped: Callable[[], bool] = never) -> str:
    """Send the messages and return the words of the answer.

    Raises InputRefused, saying what went wrong, for every failure; an answer that does not come in time is given up, and
    so is one that `stopped` says nobody waits for any more.
    """
    key = _key(helper)
    answers: SimpleQueue[str | InputRefused] = SimpleQueue()
    deadline = time.monotonic() + helper.seconds

    def work() -> None:
        try:
            answers.put(_content(_exchange(helper, messages, key, deadline), helper))
        except InputRefused as error:
            answers.put(error)

    # In a thread, because a server that sends one byte now and then resets every timeout that a socket has.
    threading.Thread(target=work, daemon=True, name="helper").start()
    while not stopped():
        with suppress(Empty):
            answer = answers.get(timeout=_LOOK_EVERY)
            if isinstance(answer, InputRefused):
                raise answer
            return answer
        if time.monotonic() > deadline:
            raise _too_late(helper)
    raise InputRefused("Nobody waited for the helper's answer.", "Nothing of it was taken.")


def _key(helper: Helper) -> str:
    if not helper.key_variable:
        return ""
    key = os.environ.get(helper.key_variable, "").strip()
    if not key or len(key) > _KEY_LETTERS or not key.isascii() or not key.isprintable():
        raise InputRefused(
            f"The environment variable {helper.key_variable} holds no key.",
            "Set it before starting the workbench, or set helper.key to another name, or to nothing.",
        )
    return key


def _exchange(helper: Helper, messages: Sequence[Mapping[str, str]], key: str, deadline: float) -> bytes:
    import httpx

    headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "claim-workbench"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    body = {"model": helper.model, "messages": [dict(message) for message in messages], "stream": False}
    try:
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=helper.seconds) as client,
            client.stream("POST", f"{helper.url}/chat/completions", json=body, headers=headers) as response,
        ):
            _check(response, helper)
            return _bounded(response, helper, deadline)
    except httpx.TimeoutException as error:
        raise _too_late(helper) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputRefused(
            f"{helper.host} cannot be reached ({type(error).__name__}).",
            "Check helper.url, and whether the server runs.",
        ) from error


def _check(response: "httpx.Response", helper: Helper) -> None:
    status = response.status_code
    if 300 <= status < 400:
        raise InputRefused(
            f"{helper.host} sends elsewhere ({status}); redirects are not followed.",
            "Set helper.url to the final address.",
        )
    if status in (401, 403):
        raise InputRefused(
            f"{helper.host} did not accept the key ({status}).",
            "Check helper.key: it names the environment variable that holds the key.",
        )
    if status != 200:
        raise InputRefused(
            f"{helper.host} answered {status}.", "Check helper.url and helper.model, or try again later."
        )
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise InputRefused(f"{helper.host} sent a compressed answer, which was not asked for.", "Nothing was taken.")


def _bounded(response: "httpx.Response", helper: Helper, deadline: float) -> bytes:
    received = bytearray()
    for chunk in response.iter_raw():
        received += chunk
        if len(received) > MOST_BYTES:
            raise InputRefused(
                f"{helper.host} sent more than {MOST_BYTES // 1024} KB.",
                "Nothing was taken; that is no answer to a sentence.",
            )
        if time.monotonic() > deadline:
            raise _too_late(helper)
    return bytes(received)


def _content(data: bytes, helper: Helper) -> str:
    try:
        value: Any = json.loads(data.decode("utf-8"))
        content = value["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise InputRefused(
            f"{helper.host} did not answer as an OpenAI-compatible server does.",
            "Check helper.url; it often ends in /v1.",
        ) from error
    if not isinstance(content, str):
        raise InputRefused(f"{helper.host} answered without words.", "Try another model.")
    return content


def _too_late(helper: Helper) -> InputRefused:
    return InputRefused(
        f"{helper.host} did not answer within {helper.seconds:g} seconds.", "Try again, or another model."
    )
