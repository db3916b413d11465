"""How people name things: by the end or the beginning of an identifier."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlmodel import Session

from db import articles, evidence, sources, verdicts
from db.tables import Article, Citation, Claim, Document, Source
from workbench.errors import InputRefused, NotFound

Record = TypeVar("Record", Article, Citation, Claim, Document, Source)
SHORTEST = 4


def short(identifier: str) -> str:
    """The last six characters: enough to name a thing by, since identifiers made together begin alike."""
    return identifier[-6:]


def article(session: Session, key: str) -> Article:
    """The article that a key names. Raises NotFound."""
    return _one("article", key, articles.articles_by_prefix, session, lambda item: item.title)


def claim(session: Session, key: str) -> Claim:
    """The claim that a key names. Raises NotFound."""
    return _one("claim", key, articles.claims_by_prefix, session, lambda item: item.wording)


def source(session: Session, key: str) -> Source:
    """The source that a key names. Raises NotFound."""
    named = [item for item in sources.sources_by_prefix(session, key) if item.name == key]
    if named:
        return _pick("source", key, named, lambda item: item.name, lambda item: item.id)
    return _one("source", key, sources.sources_by_prefix, session, lambda item: item.name)


def citation(session: Session, key: str) -> Citation:
    """The citation that a key names. Raises NotFound."""
    return _one("citation", key, verdicts.citations_by_prefix, session, lambda item: item.quote)


def document(session: Session, key: str) -> Document:
    """The document that a number, hash or external identifier names. Raises NotFound."""
    found = evidence.find(session, key) if key else []
    return _pick("document", key, found, lambda item: item.title, lambda item: str(item.id))


def _one(
    what: str,
    key: str,
    find: Callable[[Session, str], list[Record]],
    session: Session,
    title: Callable[[Record], str],
) -> Record:
    if len(key) < SHORTEST:
        raise NotFound(
            f"“{key}” is too short to name {_a(what)}.", f"Give at least {SHORTEST} characters of its identifier."
        )
    found: list[Record] = find(session, key)
    exact = [item for item in found if str(item.id) == key]
    return _pick(what, key, exact or found, title, lambda item: str(item.id))


def _pick(
    what: str,
    key: str,
    found: Sequence[Record],
    title: Callable[[Record], str],
    name: Callable[[Record], str],
) -> Record:
    if not found:
        raise NotFound(
            f"There is no {what} “{key}” in this database.", f"List what there is, then name {_a(what)} from it."
        )
    if len(found) > 1:
        listed = "; ".join(f"{name(item)} “{title(item)[:40]}”" for item in found)
        raise NotFound(f"“{key}” could be several: {listed}.", "Give more of the identifier.")
    return found[0]


def _a(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def bounded(text: str, what: str, limit: int = 20_000) -> str:
    """Text that a person typed, fit to be stored: bounded, without NUL and unpaired surrogates. Raises InputRefused."""
    if len(text) > limit:
        raise InputRefused(f"The {what} has {len(text):,} characters; at most {limit:,} are kept.", "Shorten it.")
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InputRefused(
            f"The {what} holds characters that no text has (NUL or half a surrogate pair).", "Remove them."
        )
    return text
