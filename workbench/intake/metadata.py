"""What a text says about itself at its top: a labelled header, Markdown front matter, a byline, a date line."""

import re
from dataclasses import dataclass, field
from datetime import date

from workbench.intake.dates import find_date
from workbench.text.blocks import BlockHint, BlockKind

_LABELS = {
    "title": "title",
    "headline": "title",
    "by": "byline",
    "byline": "byline",
    "author": "byline",
    "authors": "byline",
    "date": "published",
    "published": "published",
    "outlet": "outlet",
    "publisher": "outlet",
    "source": "outlet",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
}
_KINDS = {"title": BlockKind.TITLE, "byline": BlockKind.BYLINE, "published": BlockKind.DATELINE}
_LABELLED = re.compile(r"(?P<label>[A-Za-z]{2,10}): ?(?P<value>\S.*)")
_BY = re.compile(r"(?:By|BY|Por|Par|Von)[: ] ?(?P<value>\S.{1,120})")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<body>(?:.*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_DATE_LINE = re.compile(
    r"(?:[^\W\d_]{1,12}:? ){0,3}"
    r"(?:\d{4}-\d\d-\d\d|(?:[^\W\d_]{3,12},? )?[\w.]{1,12},? (?:de )?[\w.]{1,12},?(?: de| del)? \d{4})"
    r"(?:[T,]? ?.{0,30})?"
)
_FEWEST_LABELS = 2
_MOST_HEADER_LINES = 12
_TOP_LINES = 6
_LONGEST_LINE = 400


@dataclass
class Metadata:
    """What was found; empty fields were not given."""

    title: str | None = None
    byline: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    blocks: list[BlockHint] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def take(self, label: str, value: str) -> str | None:
        """Keeps a labelled value, the first one of each; returns the field it belongs to, None for unknown labels."""
        name = _LABELS.get(label.lower())
        value = value.strip().strip("\"'").strip()
        if name is None or not value:
            return name
        if name == "published":
            self.published = self.published or find_date(value)
            if self.published is None:
                self.warnings.append(f"The date “{value}” could not be read; write it as 2026-01-31.")
        elif name == "byline":
            self.byline = self.byline or _without_by(value)
        elif getattr(self, name) is None:
            setattr(self, name, value)
        return name


def _without_by(value: str) -> str:
    found = _BY.fullmatch(value.strip("[]"))
    return (found.group("value") if found else value.strip("[]")).strip()


def front_matter(text: str) -> tuple[Metadata, int]:
    """What the front matter of a Markdown text says, and where the text proper begins (0 when there is none)."""
    found = _FRONT_MATTER.match(text)
    metadata = Metadata()
    if found is None:
        return metadata, 0
    lines = [line for line in found.group("body").splitlines() if line.strip() and not line.startswith((" ", "#", "-"))]
    if not lines or not all(re.match(r"[\w-]+:", line) for line in lines):
        return metadata, 0
    for line in lines:
        label, _, value = line.partition(":")
        metadata.take(label, value)
    return metadata, found.end()


def header(text: str) -> Metadata:
    """What labelled lines at the very top of a plain text say ("Title: …", "Date: …"), closed by a blank line.

    One label alone is taken for text. The lines stay in the text; hints say what they are.
    """
    metadata = Metadata()
    found: list[BlockHint] = []
    labels, at = 0, 0
    for line in text.split("\n", _MOST_HEADER_LINES)[:_MOST_HEADER_LINES]:
        if not line.strip():
            break
        labelled, by = _LABELLED.fullmatch(line.strip()), _BY.fullmatch(line.strip())
        if labelled and labelled.group("label").lower() in _LABELS:
            name = metadata.take(labelled.group("label"), labelled.group("value"))
            labels += 1
        elif by and labels:
            name = metadata.take("by", by.group("value"))
        else:
            return Metadata()
        found.append(BlockHint(at, at + len(line), _KINDS.get(name or "", BlockKind.BOILERPLATE)))
        at += len(line) + 1
    else:
        return Metadata()
    if labels < _FEWEST_LABELS:
        return Metadata()
    metadata.blocks = found
    return metadata


def top_lines(text: str, metadata: Metadata) -> None:
    """Fills title, byline and date from the first lines of the article where they plainly are such lines."""
    lines = [line.strip() for line in text[:4_000].split("\n") if line.strip()][:_TOP_LINES]
    for line in lines:
        if len(line) > _LONGEST_LINE:
            continue
        by = _BY.fullmatch(line)
        if by and metadata.byline is None and _is_name(by.group("value")):
            metadata.byline = by.group("value").strip()
        if metadata.published is None and len(line) < 80 and _DATE_LINE.fullmatch(line):
            metadata.published = find_date(line)
    if metadata.title is None and len(lines) > 1 and _is_title(lines[0]):
        metadata.title = lines[0]


def _is_name(words: str) -> bool:
    parts = words.replace(",", " ").split()
    small = {"and", "for", "of", "the", "in", "de", "la", "van", "von", "y", "e", "und", "et", "da", "del", "bin", "al"}
    return len(parts) <= 14 and not words.endswith((".", "!", "?")) and all(p[0].isupper() or p in small for p in parts)


def _is_title(line: str) -> bool:
    if len(line) > 200 or line[-1] in ".,;:" or _BY.fullmatch(line) or (find_date(line) is not None and len(line) < 60):
        return False
    return line[0].isupper() or line[0].isdigit() or line[0] in "\"'“‘¿¡«"
