"""Libraries of references, as Zotero and its like export them: RIS, CSL-JSON and BibTeX records become descriptions.

A record's text is its abstract and notes under what it describes; the work itself is added by its own file.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workbench.intake.formats.building import clean, flowing
from workbench.intake.formats.dating import day_of
from workbench.intake.formats.describing import described
from workbench.intake.model import IncomingDocument

CSL = "application/vnd.citationstyles.csl+json"
_MOST = 100_000


@dataclass(slots=True)
class Reference:
    """One record, whatever it was written in."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    container: str = ""
    publisher: str = ""
    issued: str = ""
    url: str = ""
    doi: str = ""
    language: str = ""
    abstract: str = ""
    notes: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    key: str = ""
    kind: str = ""

    def document(self, media_type: str, record: str) -> IncomingDocument | None:
        """The record as a document; None where it has neither title nor abstract."""
        if not self.title and not self.abstract:
            return None
        url = self.url or (f"https://doi.org/{self.doi}" if self.doi else "")
        parts = [
            ("Title", self.title),
            ("Authors", "; ".join(self.authors)),
            ("Published in", self.container),
            ("Publisher", self.publisher),
            ("Date", self.issued),
            ("DOI", self.doi),
            ("Keywords", "; ".join(self.keywords)),
            ("Abstract", self.abstract),
            *(("Note", note) for note in self.notes),
        ]
        return described(
            parts,
            title=self.title,
            authors=tuple(self.authors),
            outlet=(self.container or self.publisher)[:500] or None,
            published=day_of(self.issued),
            url=url[:2000],
            language=self.language[:2].lower(),
            media_type=media_type,
            record=clean(record),
            external_id=self.key[:500],
        )


_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)$")
_RIS_AUTHORS = frozenset({"AU", "A1", "A2", "A3"})


def ris_records(text: str) -> Iterator[tuple[Reference, str]]:
    """The records of a RIS file, from TY to ER, each with its own lines."""
    lines: list[str] = []
    for line in clean(text).split("\n"):
        if line.startswith("TY  -"):
            lines = [line]
        elif lines:
            lines.append(line)
            if line.startswith("ER  -"):
                yield _ris(lines), "\n".join(lines)
                lines = []


def _ris(lines: list[str]) -> Reference:
    found = Reference()
    fields: list[tuple[str, str]] = []
    for line in lines:
        given = _RIS_LINE.match(line.rstrip())
        if given:
            fields.append((given.group(1), (given.group(2) or "").strip()))
        elif fields and line.strip():
            # A line without a tag goes on with the field before it.
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
    first: dict[str, str] = {}
    for tag, value in fields:
        if value:
            first.setdefault(tag, value)
            if tag in _RIS_AUTHORS:
                found.authors.append(value)
            elif tag == "KW":
                found.keywords.append(value)
            elif tag in ("N1", "RN"):
                found.notes.append(value)

    def one(*tags: str) -> str:
        return next((first[tag] for tag in tags if tag in first), "")

    found.kind, found.key = one("TY"), one("ID", "AN")
    found.title, found.abstract = one("TI", "T1", "CT", "BT"), one("AB", "N2")
    found.container, found.publisher = one("T2", "JO", "JF", "JA"), one("PB")
    found.issued = one("DA", "PY", "Y1").replace("/", "-").strip("-")
    found.url, found.doi, found.language = one("UR", "L2"), one("DO"), one("LA")
    return found


def csl_records(items: list[Any]) -> Iterator[tuple[Reference, str]]:
    """The items of CSL-JSON."""
    for item in items[:_MOST]:
        if isinstance(item, dict):
            yield _csl(item), json.dumps(item, ensure_ascii=False)


def looks_like_csl(value: object) -> bool:
    """Whether a JSON value is a list of CSL items: each has a type, and a title or authors."""
    if not isinstance(value, list) or not value:
        return False
    return all(
        isinstance(one, dict) and isinstance(one.get("type"), str) and ("title" in one or "author" in one)
        for one in value[:20]
    )


def _csl(item: dict[str, Any]) -> Reference:
    def text(key: str) -> str:
        value = item.get(key)
        return flowing(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""

    return Reference(
        title=text("title"),
        authors=[name for one in _list(item.get("author"))[:200] if (name := _person(one))],
        container=text("container-title"),
        publisher=text("publisher"),
        issued=_issued(item.get("issued")),
        url=text("URL"),
        doi=text("DOI"),
        language=text("language"),
        abstract=_without_tags(text("abstract")),
        notes=[note for note in (text("note"),) if note],
        keywords=[word.strip() for word in text("keyword").split(",") if word.strip()],
        key=text("id"),
        kind=text("type"),
    )


def _without_tags(text: str) -> str:
    """Abstracts of publishers carry JATS or HTML tags."""
    return re.sub(r"</?[a-zA-Z][\w:.-]{0,30}(?:\s[^<>]{0,200})?/?>", "", text)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _person(value: object) -> str:
    if not isinstance(value, dict):
        return flowing(value) if isinstance(value, str) else ""
    parts = [value.get(key) for key in ("given", "non-dropping-particle", "family", "suffix")]
    whole = " ".join(part for part in parts if isinstance(part, str) and part)
    literal = value.get("literal")
    return flowing(whole or (literal if isinstance(literal, str) else ""))[:500]


def _issued(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    parts = _list(value.get("date-parts"))
    first = _list(parts[0]) if parts else []
    numbers = [str(part) for part in first if str(part).isdigit()]
    if numbers:
        return "-".join([numbers[0], *(number.zfill(2) for number in numbers[1:3])])
    raw = value.get("raw") or value.get("literal")
    return flowing(raw)[:60] if isinstance(raw, str) else ""
