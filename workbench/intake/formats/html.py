"""Web pages: the main text by trafilatura, metadata only where the page states it in so many words."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from workbench.errors import InputRefused
from workbench.intake.formats.building import Builder, flowing
from workbench.text.blocks import BlockKind
from workbench.text.visible import visible

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = "script|style|noscript|template|form|input|button|select|textarea|option|iframe|object|embed|svg|canvas|nav|head|dialog"
_BLOCKS = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td", "th", "dt", "dd", "figcaption",
    "caption", "address", "article", "section", "main", "br", "tr",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS = {"quote": BlockKind.QUOTATION, "item": BlockKind.LIST_ITEM, "head": BlockKind.HEADING}
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
          "dcterms.issued", "pubdate", "publishdate", "citation_publication_date", "parsely-pub-date", "sailthru.date")  # fmt: skip
_WHOLE = (
    "The main text could not be told from the rest of the page, so all of its text was taken. Check what belongs to it."
)
_LONG_TAG, _MOST_ATTRIBUTES = 8_000, 1_000
_VALUE = re.compile(rb"\"[^\"]*\"|'[^']*'")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Page:
    """What a web page says: its text with blocks and links, and what it states about itself."""

    body: Builder
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()


def read_page(data: bytes | str, name: str, *, whole: bool = False) -> Page:
    """The text of a web page or, with `whole`, of an HTML message that has no main text to be told from the rest.

    Scripts, styles and forms never enter it. Raises InputRefused when there is no text.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    _refuse_attributes(data, name)
    parser = HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, encoding=_encoding(data)
    )
    try:
        tree = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise _no_text(name) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # The parser stops there without a word, and what follows would be lost.
        raise InputRefused(
            f"“{visible(name)}” is nested too deeply, or holds a stretch that is too long for a web page.",
            "Copy its text, or save it as PDF, and add that.",
        )
    page = Page(Builder())
    _state(page, tree)
    if not whole:
        _main(page, tree)
    if not page.body.length:
        _everything(page.body, tree)
        page.warnings = () if whole else (_WHOLE,)
    if not page.body.text.strip():
        raise _no_text(name)
    return page


def _refuse_attributes(data: bytes | str, name: str) -> None:
    """Refuse a tag with thousands of attributes, over which the parser's time grows with the square of their number."""
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    for piece in raw.split(b"<"):
        if len(piece) > _LONG_TAG and _VALUE.sub(b"", piece.partition(b">")[0]).count(b"=") > _MOST_ATTRIBUTES:
            raise InputRefused(
                f"“{visible(name)}” has a tag with more than {_MOST_ATTRIBUTES:,} attributes; no honest page does.",
                "Copy its text and add that.",
            )


def _no_text(name: str) -> InputRefused:
    return InputRefused(
        f"“{visible(name)}” is a web page without text.",
        "Pages that a script fills are empty without it: copy their text, or save them as PDF.",
    )


_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def _encoding(data: bytes | str) -> str | None:
    """UTF-8 where the bytes are that; else what the page declares, else a guess by statistics."""
    import codecs

    if isinstance(data, str):
        return None
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if declared:
        try:
            return codecs.lookup(declared.group(1).decode("ascii")).name
        except LookupError:
            return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return best.encoding if best else "cp1252"


def _state(page: Page, tree: "HtmlElement") -> None:
    """What the page's own markup says in so many words; nothing is searched for in the running text."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if key and meta.get("content"):
            metas.setdefault(key, flowing(meta.get("content"))[:1000])
    stated = next(_news(tree), {})
    title = metas.get("og:title") or _text(stated.get("headline")) or flowing(tree.findtext(".//title") or "")
    page.title = title or None
    page.outlet = metas.get("og:site_name") or _name(stated.get("publisher")) or None
    page.authors = _names(stated.get("author")) or tuple(filter(None, [_person(metas.get("author", ""))]))
    canonical = next((link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None)
    page.url = _web(canonical) or _web(metas.get("og:url"))
    page.published = next(filter(None, (_day(metas.get(key)) for key in _DATES)), None) or _day(
        stated.get("datePublished")
    )
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().lower()
    page.language = language.partition("-")[0] if re.fullmatch(r"[a-z]{2,3}(-.*)?", language) else None


def _news(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    """Objects of JSON-LD that describe an article."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or not script.text:
            continue
        try:
            value = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        several = value.get("@graph", [value]) if isinstance(value, dict) else value
        for one in several if isinstance(several, list) else ():
            if isinstance(one, dict) and "headline" in one:
                yield one


def _text(value: object) -> str:
    return flowing(value)[:1000] if isinstance(value, str) else ""


def _name(value: object) -> str:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _names(value: object) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value]
    return tuple(name for name in (_person(_name(one)) for one in several[:50]) if name)


def _person(name: str) -> str:
    """A name, not the address of somebody's page, which some outlets put in its place."""
    return "" if "://" in name else name.strip()


def _web(address: str | None) -> str | None:
    address = (address or "").strip()
    return address if re.match(r"https?://[^\s/]", address) and len(address) < 2000 else None


def _day(value: object) -> date | None:
    found = _ISO.match(value.strip()) if isinstance(value, str) else None
    try:
        return datetime.strptime(found.group(), "%Y-%m-%d").date() if found else None  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _main(page: Page, tree: "HtmlElement") -> None:
    from copy import deepcopy

    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(tree), include_comments=False, include_tables=True, include_links=True,
                            with_metadata=False, fast=False)  # fmt: skip
    body = getattr(found, "body", None)
    if body is None or len("".join(body.itertext()).split()) < 20:
        return
    for element in body:
        _block(page.body, element)
    if page.title is None and page.body.blocks and page.body.blocks[0].kind is BlockKind.TITLE:
        page.title = page.body.text[: page.body.blocks[0].end]


def _block(builder: Builder, element: Any, kind: BlockKind | None = None) -> None:
    """One element of what trafilatura gives: paragraphs, heads, lists, quotations, tables."""
    if builder.full:
        return
    tag = element.tag
    if tag in ("list", "quote") and len(element):
        inner = BlockKind.LIST_ITEM if tag == "list" else BlockKind.QUOTATION
        if (element.text or "").strip():
            builder.add(flowing(element.text), inner)
        for child in element:
            _block(builder, child, inner)
            if (child.tail or "").strip():
                builder.add(flowing(child.tail), inner)
    elif tag == "table":
        for row in element.iter("row"):
            cells = [flowing("".join(cell.itertext())) for cell in row.iter("cell")]
            builder.add(" | ".join(cell for cell in cells if cell))
    elif tag != "graphic":
        first = tag == "head" and element.get("rend") == "h1" and not builder.blocks
        text, links = _inline(element)
        builder.add(text, kind or (BlockKind.TITLE if first else _KINDS.get(tag, BlockKind.PARAGRAPH)), links)


def _inline(element: Any) -> tuple[str, list[tuple[int, int, str]]]:
    """The words of an element with its links, white space evened piece by piece so that offsets hold."""
    text = ""
    links: list[tuple[int, int, str]] = []

    def put(piece: str | None) -> None:
        nonlocal text
        even = re.sub(r"\s+", " ", piece or "")
        text += even.lstrip() if not text or text[-1] in " \n" else even

    def walk(one: Any) -> None:
        start = len(text)
        put(one.text)
        for child in one:
            if child.tag == "lb":
                put_line()
            elif child.tag != "graphic":
                walk(child)
            put(child.tail)
        if one.tag == "ref" and one.get("target"):
            begin = start + (len(text[start:]) - len(text[start:].lstrip()))
            links.append((begin, len(text.rstrip()), one.get("target")))

    def put_line() -> None:
        nonlocal text
        text = text.rstrip() + "\n"

    walk(element)
    return text, links


def _everything(builder: Builder, tree: "HtmlElement") -> None:
    """All the text of a page, block by block, without what is not text."""
    dropped = set(_DROPPED.split("|"))
    gathered: list[str] = []
    heading = False

    def flush() -> None:
        nonlocal heading
        builder.add(flowing("".join(gathered)), BlockKind.HEADING if heading else BlockKind.PARAGRAPH)
        gathered.clear()
        heading = False

    # By hand and without recursion: pages may be nested as deep as their maker likes.
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack and not builder.full:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            if tag in _BLOCKS:
                flush()
            gathered.append(element.tail or "")
            continue
        if tag in dropped or not tag or _hidden(element):
            gathered.append(element.tail or "")
            continue
        if tag in _BLOCKS:
            flush()
            heading = tag in _HEADINGS
        gathered.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    flush()


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style
