import hashlib
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputRefused
from workbench.intake import chunk, import_row, normalise, read_article, read_document
from workbench.splitting import split
from workbench.text import BlockKind


@given(st.text())
def test_normalising_is_done_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\r" not in once
    assert unicodedata.is_normalized("NFC", once)


def test_plain_text_is_kept_to_the_letter() -> None:
    data = "\ufeffCafe\u0301 opens\r\n\r\nIt  opened. \rThen it [sic] closed.\n\n".encode()
    article = read_article(data, "cafe.txt")
    assert article.text == "Café opens\n\nIt  opened. \nThen it [sic] closed.\n\n"
    assert article.sha256 == hashlib.sha256(data).hexdigest()
    assert (article.title, article.byline, article.published, article.outlet) == ("Café opens", None, None, None)


def test_byline_and_date_are_read_from_the_top_and_stay_in_the_text() -> None:
    text = "Dam Holds\nBy Jane Doe\nTuesday, March 3, 2026\n\nThe dam held on May 5, 2020. By noon it was over.\n"
    article = read_article(text.encode(), "a.txt")
    assert (article.title, article.byline, article.published) == ("Dam Holds", "Jane Doe", date(2026, 3, 3))
    assert article.text == text


def test_nothing_is_invented() -> None:
    article = read_article(b"By the river a dam failed on May 5, 2020. The mayor came.\nThen she left.\n", "a.txt")
    assert (article.title, article.byline, article.published, article.url) == (None, None, None, None)


def test_a_labelled_header_is_read_and_becomes_hints() -> None:
    text = "Title: Dam Holds\nBy Jane Doe\nDate: 2026-03-03\nOutlet: Valley Ledger\nURL: https://ledger.example/dam\n\nThe dam held.\n"
    article = read_article(text.encode(), "a.txt")
    assert (article.title, article.byline, article.published) == ("Dam Holds", "Jane Doe", date(2026, 3, 3))
    assert (article.outlet, article.url, article.text) == ("Valley Ledger", "https://ledger.example/dam", text)
    kinds = [str(unit.kind) for unit in split(article.text, blocks=article.blocks).units]
    assert kinds == ["title", "byline", "dateline", "boilerplate", "boilerplate", "sentence"]


def test_an_unreadable_date_is_reported_and_not_guessed() -> None:
    article = read_article(b"Title: Dam\nDate: 3/4/2026\n\nIt held.\n", "a.txt")
    assert article.published is None
    assert "3/4/2026" in article.warnings[0]


MARKDOWN = b"""---
title: "Dam Holds"
author: By Jane Doe
date: 4 January 2026
publisher: Valley Ledger
url: https://ledger.example/dam
---
# Dam Holds

The dam **held** at [noon](https://x.example/n), said
the mayor &amp; *others*.

> We were lucky.

1. new pumps
2. a wall

**What comes next**

| year | houses |
|------|--------|
| 2020 | 32     |
"""


def test_markdown_leaves_clean_text_with_exact_hints() -> None:
    article = read_article(MARKDOWN, "dam.md")
    assert (article.title, article.byline, article.published) == ("Dam Holds", "Jane Doe", date(2026, 1, 4))
    assert (article.outlet, article.url) == ("Valley Ledger", "https://ledger.example/dam")
    assert [(str(b.kind), article.text[b.start : b.end]) for b in article.blocks] == [
        ("title", "Dam Holds"),
        ("paragraph", "The dam held at noon, said the mayor & others."),
        ("quotation", "We were lucky."),
        ("list_item", "new pumps"),
        ("list_item", "a wall"),
        ("heading", "What comes next"),
        ("paragraph", "year | houses"),
        ("paragraph", "2020 | 32"),
    ]
    assert [(article.text[k.start : k.end], k.address) for k in article.links] == [("noon", "https://x.example/n")]


def test_raw_html_in_markdown_is_left_out_with_a_warning() -> None:
    article = read_article(b"It <b>held</b>.\n\n<script>alert(1)</script>\n\nYes.\n", "a.md")
    assert article.text == "It held.\n\nYes."
    assert any("HTML" in warning for warning in article.warnings)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab #*_>-`[]()!<>&\n\\1.|:e\u0301;\"'\t"), max_size=200))
def test_markdown_hints_and_links_fit_the_text(source: str) -> None:
    try:
        article = read_article(source.encode(), "a.md")
    except InputRefused:
        return
    assert unicodedata.is_normalized("NFC", article.text)
    ends = 0
    for block in article.blocks:
        assert ends <= block.start < block.end <= len(article.text)
        assert article.text[block.start : block.end].strip() == article.text[block.start : block.end]
        ends = block.end
    for link in article.links:
        assert 0 <= link.start < link.end <= len(article.text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t\xc2\xa0\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 abc", "PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x89PNG\r\n", "PNG"),
        (b"ab\x00cd", "NUL"),
        (b"<!DOCTYPE html><p>Hi", "HTML"),
        (b"\x01\x02\x03\x04 abc", "control"),
        (b"a" * (5 * 1024 * 1024 + 1), "5 MB"),
        (b"\xff\xfea", "utf-16"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_article(data, "odd\x1b[31m.txt")
    assert said in refusal.value.message
    assert "odd␛[31m.txt" in refusal.value.message
    assert refusal.value.hint


def test_other_media_types_are_refused() -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        read_article(b"x", "x.txt", "application/json")


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-8", b"\xef\xbb\xbf")]
)
def test_byte_order_marks_are_obeyed(encoding: str, mark: bytes) -> None:
    assert read_article(mark + "Díaz kam.".encode(encoding), "a.txt").text == "Díaz kam."


def test_an_older_encoding_is_guessed_with_a_warning() -> None:
    words = "El alcalde dijo que la situación económica mejoró después del año pasado, según el señor Núñez. " * 4
    article = read_article(words.encode("cp1252"), "viejo.txt")
    assert article.text == words
    assert article.language == "es"
    assert "guess" in article.warnings[0]


def test_random_bytes_are_refused() -> None:
    with pytest.raises(InputRefused):
        read_article(bytes(range(128, 256)) * 3 + b"\x81\x8d\x01\x02\x03\x04\x05\x06\x07\x08" * 40, "noise")


def test_a_document_has_authors() -> None:
    text = "Title: Report\nBy: Jane Doe, John Roe and Ann Poe\nDate: 2020-05-01\nSource: Valley Ledger\n\nIt held.\n"
    document = read_document(text.encode(), "r.txt")
    assert document.authors == ("Jane Doe", "John Roe", "Ann Poe")
    assert (document.title, document.outlet, document.published) == ("Report", "Valley Ledger", date(2020, 5, 1))


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(["word", "A b.", "\n", "\n\n", "x" * 400, "漢" * 90]), max_size=300).map(" ".join),
    )
)
def test_passages_tile_any_text(text: str) -> None:
    passages = chunk(text)
    assert "".join(text[p.start : p.end] for p in passages) == text
    assert all(p.start < p.end and p.locator.startswith("paragraph") for p in passages)


def test_a_short_document_is_one_passage() -> None:
    assert [(p.start, p.end, p.locator) for p in chunk("Title\n\nOne. Two.")] == [(0, 16, "paragraphs 1–2")]


def test_passages_are_of_readable_size_with_locators() -> None:
    sentence = "The council met again on Monday to speak about the bridge. "
    text = f"{sentence * 3}\n\nA Heading\n\n{sentence * 5}\n\n{sentence * 30}\n\n{sentence * 4}"
    passages = chunk(text)
    sizes = [len(text[p.start : p.end].split()) for p in passages]
    assert all(30 <= size <= 132 for size in sizes)
    assert [p.locator for p in passages[:4]] == [
        "paragraph 1",
        "paragraphs 2–3",
        "paragraph 4, part 1",
        "paragraph 4, part 2",
    ]
    assert text[passages[1].start : passages[1].end].startswith("A Heading")
    for passage in passages[2:-1]:
        assert text[passage.start : passage.end].rstrip().endswith(".")


def test_endless_text_is_cut_hard() -> None:
    assert all(p.end - p.start <= 2_400 for p in chunk("x" * 20_000))
    assert all(len("word " * 900) > p.end - p.start for p in chunk("word " * 900))


def test_a_row_becomes_a_document() -> None:
    row = {
        "id": 7, "title": " The  Dam ", "text": "It held\r\nwell.", "url": "https://x.example", "source": "Valley Ledger",
        "authors": ["Jane Doe"], "published_at": "2026-01-04T10:00:00Z", "language": "EN", "confidentiality": "internal",
        "colour": "red",
    }  # fmt: skip
    document = import_row(row, 3)
    assert (document.external_id, document.title, document.text) == ("7", "The Dam", "It held\nwell.")
    assert (document.published, document.language, document.confidentiality) == (date(2026, 1, 4), "en", "internal")
    assert (document.authors, document.outlet) == (("Jane Doe",), "Valley Ledger")
    assert "colour" in document.warnings[0]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ([], "row"),
        ({}, "text"),
        ({"text": "  "}, "text"),
        ({"text": 5}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "a\ud800b"}, "text"),
        ({"text": "a", "title": "t" * 2_001}, "title"),
        ({"text": "a", "published_at": "3/4/2026"}, "published_at"),
        ({"text": "a", "published_at": 2026}, "published_at"),
        ({"text": "a", "confidentiality": "secret"}, "confidentiality"),
        ({"text": "a", "authors": {"x": 1}}, "authors"),
        ({"text": "a", "authors": [1]}, "authors"),
        ({"text": "a", "id": ["x"]}, "id"),
    ],
)
def test_a_bad_row_is_refused_with_line_and_field(row: object, field: str) -> None:
    with pytest.raises(InputRefused, match=rf"Line 12, field “{field}”") as refusal:
        import_row(row, 12)
    assert refusal.value.hint


def test_block_kinds_are_the_ones_splitting_understands() -> None:
    for kind in BlockKind:
        assert kind.value == str(kind)
