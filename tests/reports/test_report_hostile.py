"""User text is never markup: whatever stands in whichever field, the report keeps its shape."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from workbench.reports import ReportModel, to_html, to_json, to_markdown
from workbench.reports.addresses import link_target
from workbench.reports.markdown import inline
from workbench.text.visible import visible

HOSTILE = [
    "# heading",
    "x\n# heading\n\n## more",
    "x\n===",
    "x\n---\n",
    "---",
    "***",
    "- item\n- item",
    "1. one\n2) two",
    "2) two",
    "+ plus",
    ": colon",
    "> quote",
    "```\nfence",
    "~~~\nfence",
    "    code",
    "`code`",
    "**bold** _it_ ~~gone~~",
    "[text](https://evil.example)",
    "![image](https://evil.example/x.png)",
    "[ref]: https://evil.example",
    "[ref][ref]",
    "<https://evil.example>",
    "https://evil.example www.evil.example evil.example desk@evil.example mailto:a@evil.example",
    "<script>alert(1)</script>",
    "<!-- comment",
    "</style></title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "a | b | c\n| --- | --- |",
    "&lt;b&gt; &#35; &copy;",
    "tail\\",
    "\\# \\",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://evil.example/\"onclick='x'",
    "https://evil.example/)[x](https://other.example",
    "\x1b]52;c;eA==\x07 \x9b31m \x00 \r \x7f",
    "\u202egnp.exe\u2066\u200b\u2069\u2028\u2029\ufeff",
    "\ud800",
    "=cmd|'/c calc'!A1",
    "]]>",
    "$x$ $$y$$",
    "\t\tcode",
    " ",
    "",
]
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article", "div", "h1", "h2",
    "h3", "h4", "p", "span", "bdi", "strong", "a", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "blockquote", "ol", "ul", "li",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "role", "aria-labelledby", "id", "scope", "dir", "href",
    "rel",
}  # fmt: skip
PARSER = MarkdownIt("gfm-like")
ANY_TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.sampled_from("#*_-+=>|`~[]()<>!&;:\\/.@$ \t\nab1\x1b\u202e"), max_size=40),
    st.text(alphabet=st.characters(exclude_categories=()), max_size=40),
)


def filled(value: Any, text: str, only: int | None = None, seen: list[int] | None = None) -> Any:
    """The value with every plain text replaced by `text`, or the one with number `only`; `seen` counts them."""
    seen = [0] if seen is None else seen
    if type(value) is str:
        seen[0] += 1
        return text if only is None or seen[0] - 1 == only else value
    if isinstance(value, tuple):
        return tuple(filled(item, text, only, seen) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: filled(getattr(value, field.name), text, only, seen) for field in fields(value)}
        )
    return value


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


class Shape(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.comments: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes.extend((tag, name, value or "") for name, value in attrs)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def headings(markdown: str) -> int:
    return sum(token.type == "heading_open" for token in PARSER.parse(markdown))


def check_markdown(markdown: str, allowed: set[str]) -> None:
    for token in PARSER.parse(markdown):
        assert token.type not in {"html_block", "fence", "code_block", "hr"}, token
        for child in token.children or ():
            assert child.type in {
                "text", "text_special", "strong_open", "strong_close", "link_open", "link_close", "hardbreak", "softbreak",
            }, child  # fmt: skip
            if child.type == "link_open":
                assert child.attrs["href"] in allowed
    assert not [found for found in markdown if unicodedata.category(found) in ("Cc", "Cs") and found != "\n"]


def check_html(page: str, allowed: set[str]) -> None:
    shape = Shape(page)
    assert set(shape.tags) <= TAGS
    assert shape.comments == []
    for tag, name, value in shape.attributes:
        assert name in ATTRIBUTES, (tag, name)
        if name == "href":
            assert value in allowed or re.fullmatch(r"#claim-\d+", value)
    assert shape.tags["meta"] == 5
    assert shape.tags["style"] == 1
    assert not [found for found in page if unicodedata.category(found) in ("Cc", "Cs") and found not in "\n\t"]
    assert not re.search("[\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", page)


def targets(model: ReportModel) -> set[str]:
    return {target for text in texts(model) if (target := link_target(text)) is not None}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_everywhere_changes_no_structure(text: str, model: ReportModel) -> None:
    hostile, plain = filled(model, text), filled(model, "plain")
    markdown, page = to_markdown(hostile), to_html(hostile)
    assert headings(markdown) == headings(to_markdown(plain))
    check_markdown(markdown, targets(hostile))
    check_html(page, targets(hostile))
    to_json(hostile).encode("utf-8")


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip() and link_target(text) is None])
def test_hostile_text_gives_the_same_elements_as_plain_text(text: str, model: ReportModel) -> None:
    assert Shape(to_html(filled(model, text))).tags == Shape(to_html(filled(model, "plain"))).tags


@settings(max_examples=60, deadline=None)
@given(text=ANY_TEXT, data=st.data())
def test_any_text_in_any_field_keeps_the_shape(text: str, data: st.DataObject, model: ReportModel) -> None:
    count = [0]
    filled(model, "", only=-1, seen=count)
    changed = filled(model, text, only=data.draw(st.integers(0, count[0] - 1)))
    markdown, page = to_markdown(changed), to_html(changed)
    assert headings(markdown) == headings(to_markdown(model))
    check_markdown(markdown, targets(changed))
    check_html(page, targets(changed))


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_escaped_text_reads_as_it_is(text: str) -> None:
    shown = visible(text)
    expected = re.sub(r"[ \t\n]+", " ", shown).strip()
    if not expected:
        return
    for before in ("", "- ", "> ", "1. ", "# ", "x\n\n"):
        tokens = PARSER.parse(before + inline(shown))
        found = [token for token in tokens if token.type == "inline"][-1]
        children = found.children or []
        assert {child.type for child in children} <= {"text", "text_special"}, (before, inline(shown))
        assert "".join(child.content for child in children) == expected


def test_the_page_has_its_policy_and_loads_nothing(model: ReportModel) -> None:
    page = to_html(model)
    assert "content=\"default-src 'none'; style-src 'unsafe-inline';" in page
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    shape = Shape(page)
    assert not shape.tags.keys() & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not [name for _, name, _ in shape.attributes if name.startswith("on") or name in ("src", "style")]
    assert all(value in ("col", "row") for _, name, value in shape.attributes if name == "scope")
    assert shape.tags["h1"] == 1
    assert "url(" not in page
    assert "@import" not in page


def test_headings_step_down_one_at_a_time(model: ReportModel) -> None:
    for levels in (
        [int(token.tag[1]) for token in PARSER.parse(to_markdown(model)) if token.type == "heading_open"],
        [int(found) for found in re.findall(r"<h([1-6])", to_html(model))],
    ):
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_script_address_is_shown_as_text(model: ReportModel) -> None:
    changed = replace(model, article=replace(model.article, url="javascript:alert(1)"))
    assert "javascript:alert(1)" in to_html(changed)
    assert 'href="javascript' not in to_html(changed)
    assert "](<javascript" not in to_markdown(changed)
