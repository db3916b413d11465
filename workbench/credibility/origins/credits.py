"""What a text says of where it comes from: agency lines, credits, addresses of an original, and whom it refers to."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from workbench.credibility.domains import domain_of
from workbench.text.folding import fold

_HEAD, _TAIL = 400, 400
_DATELINE = re.compile(
    r"^[ \t]*(?:[^\W\d_][\w.'/-]*[ ,]+){0,6}(?:\d{1,2}[., ]+)?\(([A-Z][\w.&/ -]{1,40})\)\s*(?:-+|:)", re.MULTILINE
)
_NAME = r"((?:the )?[A-Z][\w.&'-]*(?: (?:of |de |for |and |& )?[A-Z][\w.&'-]*){0,4})"
_CREDITS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:\(c\)|©|[Cc]opyright)\s*(?:\d{4}(?:-\d{2,4})?)?,?\s*" + _NAME,
        r"\b[Ww]ith (?:files|material|reporting|additional reporting|reports|copy) (?:from|by) " + _NAME,
        r"\b(?:[Mm]it Material von|[Cc]on información de|[Aa]vec|[Cc]on materiale di|[Mm]et materiaal van) " + _NAME,
        r"\b(?:[Ss]ource|[Cc]redit|[Qq]uelle|[Ff]uente|[Bb]ron)\s*:\s*" + _NAME,
    )
)
_STAFF = re.compile(r"\b[Rr]eporting by ([^;.\n(]{3,120})(?:;|\.|\n|$)(?:\s*[Ee]diting by ([^;.\n(]{3,80}))?")
_ORIGINAL = re.compile(
    r"(?:originally (?:published|appeared)|first (?:published|appeared)|rel=[\"']?canonical[\"']?|zuerst erschienen|"
    r"publicado originalmente|publié à l'origine)[^\n]{0,60}?(https?://[^\s<>\"')\]]+)",
    re.IGNORECASE,
)
_BEFORE = (
    "according to", "as first reported by", "first reported by", "reported by", "citing", "cited by", "told", "quoting",
    "originally published by", "originally published in", "según", "citando a", "laut", "selon", "d'après", "secondo",
    "segundo", "volgens",
)  # fmt: skip
_AFTER = (
    "reports", "reported", "writes", "wrote", "first reported", "has learned", "had learned", "says", "said", "has reported",
    "revealed", "informa", "informó", "berichtet", "berichtete", "rapporte", "riporta", "informou", "meldt",
)  # fmt: skip


def agencies(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """The agencies that a text credits in its dateline, credit lines or copyright line, as it writes them.

    `known` are names of agencies, which also count where they stand alone on the last line.
    """
    folded = fold(text)
    head, tail = folded[:_HEAD], folded[-_TAIL:]
    found = [match.group(1) for match in _DATELINE.finditer(head)]
    for part in dict.fromkeys((head, tail)):
        found += [match.group(1) for pattern in _CREDITS for match in pattern.finditer(part)]
    last = folded.strip().rsplit("\n", 1)[-1].strip(" .()[]-")
    found += [name for name in known if name.casefold() == last.casefold()]
    return tuple(dict.fromkeys(name.strip(" .,").removeprefix("the ") for name in found))


def staff(text: str) -> str:
    """Who reported and edited, from a line such as "Reporting by …; editing by …", folded; empty where there is none."""
    found = _STAFF.search(fold(text)[-_TAIL:])
    return " ".join(part.casefold().strip() for part in found.groups() if part) if found else ""


def same_agency(first: str, second: str) -> bool:
    """Whether two names are of one agency: equal, or one the initials of the other."""
    one, two = _plain(first), _plain(second)
    return bool(one) and (one == two or one == _initials(second) or two == _initials(first))


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold().removeprefix("the ") if character.isalnum())


def _initials(name: str) -> str:
    capitals = [word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper()]
    return "".join(capitals).casefold() if len(capitals) > 1 else ""


def address_of(url: str) -> str:
    """An address in one comparable form, without scheme, query and mark of a mobile page; empty where it names no page."""
    host = domain_of(url)
    if not host:
        return ""
    try:
        path = urlsplit(url.strip()).path.rstrip("/").removesuffix("/amp")
    except ValueError:
        return ""
    for lead in ("m.", "amp."):
        host = host.removeprefix(lead)
    return f"{host}{path}" if path else ""


def originals(text: str) -> tuple[str, ...]:
    """The addresses that a text gives for its original."""
    return tuple(filter(None, (address_of(found.rstrip(".,;:!?")) for found in _ORIGINAL.findall(fold(text)))))


def refers_to(text: str, names: Sequence[str]) -> str:
    """The sentence in which a text gives one of these names as its source ("according to X", "X reports"); or nothing."""
    folded = fold(text)
    low = folded.casefold()
    if len(low) != len(folded):
        low = folded.lower() if len(folded.lower()) == len(folded) else folded
    for name in names:
        wanted = re.escape(fold(name).casefold().removeprefix("the "))
        if len(wanted) < 4 or wanted not in re.escape(low):
            continue
        before, after = "|".join(map(re.escape, _BEFORE)), "|".join(map(re.escape, _AFTER))
        pattern = rf"\b(?:{before}) (?:the )?{wanted}\b|\b{wanted},? (?:{after})\b"
        found = re.search(pattern, low)
        if found:
            return _sentence(text, found.start(), found.end())
    return ""


def _sentence(text: str, start: int, end: int) -> str:
    begin = max(text.rfind(mark, 0, start) for mark in (". ", "\n", "! ", "? ")) + 1
    stops = [at for mark in (". ", "\n", "! ", "? ") if (at := text.find(mark, end)) >= 0]
    return " ".join(text[begin : min(stops, default=len(text) - 1) + 1].split())
