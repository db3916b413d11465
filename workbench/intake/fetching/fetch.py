"""Fetching an address: robots.txt asked, redirects followed one checked step at a time, what came kept as it came."""

import http
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from workbench.errors import InputRefused
from workbench.intake.fetching.addresses import Address, Resolver, parse_address, system_resolver
from workbench.text.visible import visible

AGENT = "ClaimWorkbench"
_ROBOTS_BYTES = 500 * 1024
ALLOWED, OVERRIDDEN, NONE = "allowed", "overridden", "none"


@dataclass(frozen=True, slots=True)
class Rules:
    """How far a fetch may go: bytes (also once unpacked), seconds for all of it, redirects.

    `private` allows addresses of the own network and other ports; `ignore_robots` fetches what robots.txt forbids, and what
    was fetched says so.
    """

    most: int = 64 * 1024 * 1024
    seconds: float = 60.0
    redirects: int = 5
    private: bool = False
    ignore_robots: bool = False
    resolver: Resolver = field(default=system_resolver)
    user_agent: str = f"{AGENT}/0.1 (fetches single pages that a fact-checker asks for)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `url` is where it came from in the end, `hops` the addresses before that in their order."""

    asked: str
    url: str
    hops: tuple[str, ...]
    data: bytes
    media_type: str
    name: str
    robots: str


def _never() -> bool:
    return False


def fetch(text: str, rules: Rules | None = None, cancelled: Callable[[], bool] = _never) -> Fetched:
    """Fetch one address. Raises InputRefused, naming the address and what is wrong with it or with its answer."""
    from workbench.intake.fetching.transport import ask

    rules = rules or Rules()
    deadline = time.monotonic() + rules.seconds
    address = parse_address(text, any_port=rules.private)
    hops: list[str] = []
    asked_robots: dict[str, str] = {}
    while True:
        robots = _robots(address, rules, deadline, asked_robots, cancelled)
        answer = ask(
            address, resolver=rules.resolver, deadline=deadline, most=rules.most, private=rules.private,
            user_agent=rules.user_agent, cancelled=cancelled,
        )  # fmt: skip
        if answer.status not in (301, 302, 303, 307, 308):
            break
        hops.append(str(address))
        if len(hops) > rules.redirects:
            raise InputRefused(
                f"{hops[0]} redirects more than {rules.redirects} times.", "Find the page in a browser first."
            )
        address = _next(address, answer.headers.get("location", ""), rules)
    if answer.status != http.HTTPStatus.OK:
        raise InputRefused(f"{address} answers {_status(answer.status)}.", "Check the address in a browser.")
    if not answer.data:
        raise InputRefused(f"{address} is empty.", "Check the address in a browser.")
    media_type = answer.headers.get("content-type", "")[:200]
    return Fetched(str(parse_address(text, any_port=rules.private)), str(address), tuple(hops), answer.data, media_type,
                   _name(address), robots)  # fmt: skip


def _status(code: int) -> str:
    try:
        return f"{code} {http.HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _next(address: Address, location: str, rules: Rules) -> Address:
    if not location:
        raise InputRefused(f"{address} redirects, but does not say where to.", "Find the page in a browser first.")
    try:
        joined = urljoin(str(address), location.strip())
    except ValueError as error:
        raise InputRefused(
            f"{address} redirects to what is no address.", "Find the page in a browser first."
        ) from error
    try:
        return parse_address(joined, any_port=rules.private)
    except InputRefused as error:
        raise InputRefused(f"{address} redirects: {error.message}", error.hint) from error


def _name(address: Address) -> str:
    """What to call the file at an address: the end of its path, else its host."""
    last = PurePosixPath(unquote(urlsplit(address.target).path)).name
    return visible(last.replace("/", "_"))[:200] or address.host


def _robots(
    address: Address, rules: Rules, deadline: float, known: dict[str, str], cancelled: Callable[[], bool]
) -> str:
    """What robots.txt (RFC 9309) of the address's host says of it. Raises InputRefused where it forbids and that counts."""
    from workbench.intake.fetching.transport import ask

    site = f"{address.scheme}://{address.authority}"
    place = Address(address.scheme, address.host, address.port, "/robots.txt")
    if site not in known:
        for _ in range(rules.redirects + 1):
            answer = ask(
                place, resolver=rules.resolver, deadline=min(deadline, time.monotonic() + 15), most=_ROBOTS_BYTES,
                private=rules.private, user_agent=rules.user_agent, cancelled=cancelled, cut=True,
            )  # fmt: skip
            if not 300 <= answer.status < 400:
                break
            place = _next(place, answer.headers.get("location", ""), rules)
        # A server in trouble forbids everything, one that has no such file allows it (RFC 9309, section 2.3.1).
        known[site] = "User-agent: *\nDisallow: /" if answer.status >= 500 else answer.data.decode("utf-8", "replace")
    if not known[site].strip():
        return NONE
    parser = RobotFileParser()
    parser.parse(known[site].splitlines())
    if parser.can_fetch(AGENT, str(address)):
        return ALLOWED
    if rules.ignore_robots:
        return OVERRIDDEN
    raise InputRefused(
        f"robots.txt of {address.host} asks programs not to fetch {address}.",
        "Save the page in a browser and add the file, or fetch it even so with --ignore-robots, which is recorded.",
    )
