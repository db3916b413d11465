"""BibTeX: entries with braces, quotation marks, #-joined parts and @string abbreviations; TeX accents become letters."""

import re
import unicodedata
from collections.abc import Iterator

from workbench.intake.formats.building import clean, flowing
from workbench.intake.formats.library import Reference

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_KEY = re.compile(r"\s*([^\s,{}()=\"]{0,200})\s*,")
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w:.-]{0,60})\s*=\s*")
_WORD = re.compile(r"[^\s,{}\"#]{1,200}")
_LONGEST_ENTRY = 1_000_000
_MOST_UNCLOSED = 20
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_COMBINING = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
              '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328"}  # fmt: skip
_ACCENT = re.compile(r"\\(?:([`'^~=.\"])\s*|([uvHcdkr])(?=[\s{]))\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))")
_LETTERS = {"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł",
            "L": "Ł", "i": "ı", "j": "ȷ"}  # fmt: skip
_LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s?")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_COMMAND = re.compile(r"\\(?:textit|textbf|emph|textsc|mathrm|url|texttt|em|it|bf|sc)(?![A-Za-z])\s?")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_PATH = re.compile(r"https?://\S+")


def bibtex_records(text: str) -> Iterator[tuple[Reference, str]]:
    """The entries of a BibTeX file, each with its own text. What is between entries is comment, as BibTeX has it."""
    text = clean(text)
    abbreviations = dict(zip(_MONTHS, (f"{number:02}" for number in range(1, 13)), strict=True))
    at = unclosed = 0
    while (found := _ENTRY.search(text, at)) is not None:
        end = _end(text, found.end(), found.group(2))
        at = end or found.end()
        kind = found.group(1).lower()
        unclosed += end is None
        if unclosed > _MOST_UNCLOSED:
            return
        if end is None or kind in ("comment", "preamble"):
            continue
        body = text[found.end() : end - 1]
        if kind == "string":
            abbreviations.update((name.lower(), value) for name, value in _fields(body, abbreviations))
            continue
        key = _KEY.match(body)
        if key is None:
            continue
        fields = {name.lower(): value for name, value in reversed(list(_fields(body[key.end() :], abbreviations)))}
        yield _reference(kind, key.group(1), fields), text[found.start() : end]


def _end(text: str, start: int, opened: str) -> int | None:
    """Where the entry that begins before `start` ends; None where it never does, or is longer than any entry."""
    depth = 1
    for found in re.compile(r"\\.|[{}()]", re.DOTALL).finditer(text, start, start + _LONGEST_ENTRY):
        mark = found.group()
        if mark == "{" or (mark == "(" and opened == "(" and depth == 1):
            depth += 1
        elif mark == "}" or (mark == ")" and opened == "(" and depth == 1):
            depth -= 1
            if depth == 0:
                return found.end()
    return None


def _fields(body: str, abbreviations: dict[str, str]) -> Iterator[tuple[str, str]]:
    at = 0
    while (found := _FIELD.match(body, at)) is not None:
        value, at = _value(body, found.end(), abbreviations)
        yield found.group(1), value
        if at == found.end():
            return


def _value(body: str, at: int, abbreviations: dict[str, str]) -> tuple[str, int]:
    """The value that begins at `at` and where it ends: {…}, "…", a number or an abbreviation, joined by #."""
    parts = []
    while at < len(body):
        if body[at] in '{"':
            end = _closing(body, at)
            parts.append(body[at + 1 : end - 1])
            at = end
        elif (word := _WORD.match(body, at)) is not None:
            parts.append(abbreviations.get(word.group().lower(), word.group()))
            at = word.end()
        joint = re.compile(r"\s*#\s*").match(body, at)
        if joint is None:
            break
        at = joint.end()
    return "".join(parts), at


def _closing(body: str, at: int) -> int:
    """Past the brace or quotation mark that closes the one at `at`."""
    quoted = body[at] == '"'
    depth = 0
    for found in re.compile(r"\\.|[{}\"]", re.DOTALL).finditer(body, at + 1 if quoted else at):
        mark = found.group()
        depth += (mark == "{") - (mark == "}")
        if (mark == '"' and quoted and depth == 0) or (not quoted and depth == 0):
            return found.end()
    return len(body) + 1


def plain_words(value: str) -> str:
    r"""A value without TeX: accents become letters, braces and simple commands go ("{\'E}cole" is "École")."""
    value = _ACCENT.sub(_accented, value)
    value = _LETTER.sub(lambda found: _LETTERS[found.group(1)], value)
    value = _ESCAPED.sub(r"\1", _COMMAND.sub("", value)).replace("~", "\u00a0").replace("---", "—").replace("--", "–")
    value = value.replace("``", "“").replace("''", "”").replace("{", "").replace("}", "")
    return flowing(value.replace("\n", " "))


def _accented(found: re.Match[str]) -> str:
    mark = found.group(1) or found.group(2)
    letter = (found.group(3) or found.group(4)).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _COMBINING[mark])


def _reference(kind: str, key: str, fields: dict[str, str]) -> Reference:
    def one(*names: str) -> str:
        return next((words for name in names if (words := plain_words(fields.get(name, "")))), "")

    month = fields.get("month", "").strip()
    issued = one("date") or "-".join(part for part in (one("year"), month if month.isdigit() else "") if part)
    address = _PATH.search(fields.get("url", "") or fields.get("howpublished", ""))
    return Reference(
        title=one("title"),
        authors=[
            plain_words(name)
            for name in _AND.split(fields.get("author", "") or fields.get("editor", ""))
            if name.strip()
        ],
        container=one("journal", "journaltitle", "booktitle"),
        publisher=one("publisher", "institution", "school", "organization"),
        issued=issued,
        url=address.group().rstrip('}"') if address else "",
        doi=one("doi"),
        language=_language(one("langid", "language")),
        abstract=one("abstract"),
        notes=[note for note in (one("note"), one("annote", "annotation")) if note and not note.startswith("http")],
        keywords=[word.strip() for word in one("keywords").split(",") if word.strip()],
        key=key,
        kind=kind,
    )


def _language(name: str) -> str:
    names = {"english": "en", "american": "en", "british": "en", "spanish": "es", "french": "fr", "german": "de",
             "ngerman": "de", "portuguese": "pt", "italian": "it", "dutch": "nl"}  # fmt: skip
    return names.get(name.lower(), name if len(name) == 2 else "")
