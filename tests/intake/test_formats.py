"""Each format that is read: text, locators, metadata; and that nothing is invented."""

import io
import json
from datetime import date
from itertools import pairwise

import pytest
from made_files import BIBTEX, PAGE, RIS, docx, eml, encrypted_pdf, paragraph, pdf, word_xml

from workbench.errors import InputRefused
from workbench.intake import IncomingDocument, chunk_sections, read_article
from workbench.intake.formats import Format, format_of
from workbench.intake.formats.bibtex import plain_words
from workbench.intake.formats.pdf import paragraphs_of
from workbench.intake.formats.reading import incoming
from workbench.intake.tables import Table
from workbench.text.identify import identify_language


def one(form: Format, data: bytes, name: str = "file") -> IncomingDocument:
    (found,) = incoming(form, data, name)
    return found


@pytest.mark.parametrize(
    ("head", "name", "media_type", "form"),
    [
        (b"%PDF-1.7", "letter.txt", None, Format.PDF),
        (b"PK\x03\x04", "a.docx", None, Format.DOCX),
        (b"<!DOCTYPE html><p>", "page", None, Format.HTML),
        (b"\xef\xbb\xbf<html>", "page.txt", "text/plain", Format.HTML),
        (b"Hello", "a.md", "text/plain", Format.MARKDOWN),
        (b"Hello", "page", "text/html; charset=utf-8", Format.HTML),
        (b"{}", "a.jsonld", None, Format.JSON),
        (b"a,b", "A.CSV", None, Format.CSV),
        (b"Hello", "notes", "application/octet-stream", Format.PLAIN),
    ],
)
def test_a_format_is_told_by_content_then_type_then_name(
    head: bytes, name: str, media_type: str | None, form: Format
) -> None:
    assert format_of(head, name, media_type) is form


@pytest.mark.parametrize("name", ["a.doc", "a.zip", "a.exe", "a.xlsx"])
def test_other_endings_are_refused_by_name(name: str) -> None:
    with pytest.raises(InputRefused, match=name):
        format_of(b"PK\x03\x04" if name == "a.zip" else b"x", name)


def test_a_web_page_gives_its_main_text_and_what_it_states() -> None:
    found = one(Format.HTML, PAGE.encode())
    assert (found.title, found.authors, found.outlet) == ("Dam holds", ("Jane Doe",), "Valley Ledger")
    assert (found.published, found.url, found.language) == (date(2026, 3, 3), "https://ledger.example/dam", "en")
    for word in ("steal", "hunter2", "password", "color", "rights reserved", "Imprint"):
        assert word not in found.text
    assert [str(hint.kind) for hint in found.blocks] == [
        "title", "paragraph", "paragraph", "quotation", "list_item", "list_item", "paragraph",
    ]  # fmt: skip
    assert [(found.text[k.start : k.end], k.address) for k in found.links] == [("A report", "https://x.example/n")]


def test_a_short_page_is_taken_whole_with_a_warning_and_without_forms() -> None:
    found = one(
        Format.HTML, b"<p>Hello<script>x()</script> there<form>secret</form><div hidden>no</div><p>Two<br>lines"
    )
    assert found.text == "Hello there\n\nTwo\n\nlines"
    assert "could not be told" in found.warnings[0]
    assert (found.title, found.published, found.url, found.authors) == (None, None, None, ())


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "iso-8859-2", "utf-16"])
def test_pages_are_read_in_the_encoding_that_they_declare(encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><body><p>Größe der Brücke</p></body></html>'
    assert "Größe der Brücke" in one(Format.HTML, page.encode(encoding)).text


def test_pages_of_a_pdf_are_locators_and_lines_become_paragraphs() -> None:
    first = [
        "Minutes of the board",
        "The board met on Tuesday, 3 March 2026. The radar of the",
        "ferry had been dark since January, said the pilot.",
        "A vote was taken.",
    ]
    found = one(Format.PDF, pdf([first, [], ["The hull was repaired for 80,000 crowns."]]))
    assert found.text.startswith(
        "Minutes of the board\n\nThe board met on Tuesday, 3 March 2026. The radar of the ferry had"
    )
    assert [(section.name, section.start) for section in found.sections] == [
        ("page 1", 0),
        ("page 3", found.text.index("The hull")),
    ]
    assert "1 of 3 pages have no text (2)" in found.warnings[0]
    assert [
        (span.locator, found.text[span.start : span.end].split()[0])
        for span in chunk_sections(found.text, found.sections)
    ] == [
        ("page 1", "Minutes"),
        ("page 3", "The"),
    ]


def test_passages_of_a_long_page_do_not_cross_into_the_next() -> None:
    sentence = "The pump was started again in the evening and ran until the morning of the next day."
    page = [sentence] * 40
    found = one(Format.PDF, pdf([page, page]))
    spans = chunk_sections(found.text, found.sections)
    border = found.sections[1].start
    assert not any(span.start < border < span.end for span in spans)
    assert (spans[0].start, spans[-1].end) == (0, len(found.text))
    assert all(before.end == after.start for before, after in pairwise(spans))
    assert {span.locator.partition(",")[0] for span in spans} == {"page 1", "page 2"}


def test_lines_parted_by_a_hyphen_of_the_layout_are_joined() -> None:
    assert paragraphs_of("The dam\ufffe\r\naged hull was a well-\r\nknown sight in the harbour.") == [
        "The damaged hull was a well-known sight in the harbour."
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf([[]]), "without text"),
        (encrypted_pdf(), "encrypted"),
        (b"%PDF-1.4\nnothing of the kind", "damaged"),
        (pdf([["x"]])[:200], "damaged"),
    ],
)
def test_pdfs_that_cannot_be_read_are_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(InputRefused, match=said) as refusal:
        one(Format.PDF, data, "scan.pdf")
    assert "scan.pdf" in refusal.value.message
    assert refusal.value.hint


def test_a_word_document_gives_paragraphs_tables_notes_and_changes_as_accepted() -> None:
    styles = '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    styles += '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
    notes = word_xml('<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>',
                     f'<w:footnote w:id="2">{paragraph("See the log.")}</w:footnote>')  # fmt: skip
    rels = '<Relationships><Relationship Id="r1" Target="https://log.example/" TargetMode="External"/></Relationships>'
    body = word_xml(
        paragraph("The report", "Title"),
        paragraph("Findings", "berschrift1"),
        "<w:p><w:r><w:t>The dam </w:t></w:r><w:del><w:r><w:delText>broke</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>held</w:t></w:r></w:ins><w:r><w:tab/><w:t>on Tuesday &amp; after.</w:t></w:r>"
        '<w:hyperlink r:id="r1"><w:r><w:t> The log</w:t></w:r></w:hyperlink></w:p>',
        f"<w:tbl><w:tr><w:tc>{paragraph('year')}</w:tc><w:tc>{paragraph('houses')}</w:tc></w:tr></w:tbl>",
        "<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>Once.</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>Once.</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
    )
    data = docx(body, {"word/styles.xml": styles, "word/footnotes.xml": notes, "word/_rels/document.xml.rels": rels})
    found = one(Format.DOCX, data)
    assert found.text == (
        "The report\n\nFindings\n\nThe dam held\ton Tuesday & after. The log\n\nyear | houses\n\nOnce.\n\nNote 2: See the log."
    )
    assert found.title == "The report"
    assert [str(hint.kind) for hint in found.blocks][:3] == ["title", "heading", "paragraph"]
    assert "tracked changes" in found.warnings[0]
    assert [(found.text[k.start : k.end].strip(), k.address) for k in found.links] == [
        ("The log", "https://log.example/")
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (docx(None), "no Word document"),
        (b"PK\x03\x04 nothing", "damaged"),
        (docx("<w:document"), "broken XML"),
        (docx(word_xml()), "without text"),
        (docx('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'), "entities"),
        (docx("<x>" + " " * (97 * 1024 * 1024) + "</x>"), "bomb"),
    ],
    ids=["no text part", "damaged", "broken", "empty", "external entity", "bomb"],
)
def test_word_documents_that_are_none_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        one(Format.DOCX, data, "a.docx")


def test_a_message_gives_who_wrote_to_whom_and_the_words() -> None:
    found = one(Format.EML, eml(b"The dam held.\r\n\r\nWe were lucky."))
    assert (found.title, found.authors, found.published) == ("The däm", ("Ana Brook",), date(2026, 3, 3))
    assert found.text.endswith("Subject: The däm\n\nThe dam held.\n\nWe were lucky.")
    assert "To: Tomas Brandt <tomas@harbour.example>" in found.text


def test_an_html_message_is_cleaned_and_attachments_are_named() -> None:
    body = (
        b"--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The dam held.</p><script>x()</script>\r\n"
        b'--B\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="plan.pdf"\r\n\r\nxx\r\n--B--\r\n'
    )
    found = one(Format.EML, eml(body, b"Content-Type: multipart/mixed; boundary=B\r\n"))
    assert found.text.endswith("The dam held.")
    assert "plan.pdf" in found.warnings[0]


def test_fact_checks_are_kept_as_they_are_however_dirty() -> None:
    feed = {
        "@type": "DataFeed",
        "dataFeedElement": [
            {
                "item": [
                    {
                        "@type": ["ClaimReview"],
                        "url": "https://checks.example/1",
                        "claimReviewed": "The radar worked all winter",
                        "author": {"@type": "Organization", "name": "Coast Checks"},
                        "datePublished": "2026-02-01T08:00:00Z",
                        "reviewRating": {
                            "ratingValue": -1, "bestRating": "-1", "worstRating": "-1",
                            "alternateName": ["Mostly false", {"@value": "Meist falsch"}],
                        },
                        "itemReviewed": {
                            "@type": "CreativeWork",
                            "author": [{"name": "Harrow Ferries"}],
                            "datePublished": "2026-01-15",
                            "appearance": "https://a.example/1, https://b.example/2",
                        },
                    }
                ]
            },
            {"@type": "ClaimReview", "properties": {"claimReviewed": "Boats fly", "reviewRating": "This is a joke, not a fact."}},
            {"@type": "ClaimReview", "claimReviewed": "No rating at all"},
            {"@type": "ClaimReview", "claimReviewed": "Odd", "reviewRating": {"ratingValue": "0", "worstRating": 1, "bestRating": 5}},
        ],
        "claims": [
            {"text": "Nets are free", "claimant": "A man", "claimReview": [{"textualRating": "Wrong", "url": "https://c.example/"}]}
        ],
    }  # fmt: skip
    found = list(incoming(Format.JSON, json.dumps(feed).encode(), "feed.json"))
    checks = [document.fact_check for document in found]
    assert [check.rating_label for check in checks if check] == [
        "Mostly false / Meist falsch", "This is a joke, not a fact.", "", "Wrong",
    ]  # fmt: skip
    first = checks[0]
    assert first is not None
    assert (first.rating_value, first.best_rating) == ("", "")
    assert first.appearances == ("https://a.example/1", "https://b.example/2")
    assert (first.claimed_by, first.claimed_at, first.reviewer) == ("Harrow Ferries", "2026-01-15", "Coast Checks")
    assert found[0].published == date(2026, 2, 1)
    assert all(document.media_type == "application/ld+json;type=ClaimReview" for document in found)
    assert (checks[2].rating_value, checks[2].worst_rating) == ("0", "1")  # type: ignore[union-attr]
    assert (checks[3].claim_reviewed, checks[3].claimed_by) == ("Nets are free", "A man")  # type: ignore[union-attr]
    assert json.loads(found[0].record or "")["claimReviewed"] == "The radar worked all winter"


def test_libraries_become_descriptions() -> None:
    (ris,) = incoming(Format.RIS, RIS.encode(), "lib.ris")
    assert (ris.title, ris.authors, ris.outlet) == (
        "Radar on small ferries",
        ("Doe, Jane", "Roe, John"),
        "Journal of Boats",
    )
    assert (ris.published, ris.url, ris.external_id) == (date(2024, 5, 1), "https://journal.example/1", "doe24")
    assert "found many of them dark" in ris.text
    article, book = incoming(Format.BIBTEX, BIBTEX.encode(), "lib.bib")
    assert (article.title, article.authors) == ("Radar on Île ferries & others", ("Doe, Jane", "Müller, René"))
    assert (article.outlet, article.published, article.external_id) == (
        "Journal of Boats, second series",
        None,
        "doe24",
    )
    assert (book.outlet, book.published) == ("Sea Press", date(2023, 4, 5))
    items = [
        {
            "id": "doe24", "type": "article-journal", "title": "Radar",
            "author": [{"family": "Doe", "given": "Jane"}, {"literal": "A board"}],
            "DOI": "10.1234/x",
            "issued": {"date-parts": [[2024, "5", 1]]}, "abstract": "<jats:p>Dark radar.</jats:p>",
        }
    ]  # fmt: skip
    (csl,) = incoming(Format.JSON, json.dumps(items).encode(), "lib.json")
    assert (csl.authors, csl.published, csl.url) == (
        ("Jane Doe", "A board"),
        date(2024, 5, 1),
        "https://doi.org/10.1234/x",
    )
    assert "Abstract: Dark radar." in csl.text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (r"{\'E}cole", "École"),
        (r"Stra{\ss}e", "Straße"),
        (r"\v{C}apek \& S{\o}n", "Čapek & Søn"),
        ("a--b ``c''", "a–b “c”"),
    ],
)
def test_tex_becomes_letters(value: str, words: str) -> None:
    assert plain_words(value) == words


def test_json_of_another_kind_is_refused() -> None:
    with pytest.raises(InputRefused, match="no fact-checks"):
        list(incoming(Format.JSON, b'{"a": 1}', "a.json"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_row_by_row_with_its_columns_mapped(encoding: str) -> None:
    table = 'Nr;Wann;Aussage;von\r\n1;2026-03-03;"Der Damm; hält\nfür immer";Ana; Bo\r\n;;;\r\n2;;Zwei;Cy'
    read = Table(io.BytesIO(table.encode(encoding)), "t.csv", {"text": "Aussage", "id": "Nr", "published_at": "Wann"})
    rows = list(read.rows())
    assert [(line, row) for line, row, _ in rows] == [
        (3, {"id": "1", "published_at": "2026-03-03", "text": "Der Damm; hält\nfür immer"}),
        (5, {"id": "2", "text": "Zwei"}),
    ]
    assert json.loads(rows[0][2])["von"] == "Ana"


@pytest.mark.parametrize(
    ("columns", "said"),
    [({}, "no column for the text"), ({"text": "Nope"}, "no column “Nope”"), ({"x": "Wann"}, "no field")],
)
def test_a_table_without_text_says_which_columns_it_has(columns: dict[str, str], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        Table(io.BytesIO(b"Nr,Wann\n1,2\n"), "t.csv", columns)


def test_a_table_with_an_endless_cell_or_broken_bytes_names_the_row() -> None:
    endless = Table(io.BytesIO(b"text\nok\n" + b"x" * 11_000_000 + b"\nok\n"), "t.csv")
    assert next(endless.rows())[1] == {"text": "ok"}
    assert any("cannot be read" in str(row) for _, row, _ in endless.rows())
    broken = Table(io.BytesIO(b"text\n" + b"ok\n" * 30_000 + b"\xff\xfe\n"), "t.csv")
    *_, (line, last, _) = broken.rows()
    assert "not utf-8" in str(last)
    assert line > 20_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The mayor said on Monday that the dam held.", "en"),
        ("Borgmästaren sade på måndagen att dammen höll.", "sv"),
        ("Burmistrz powiedział w poniedziałek, że tama wytrzymała i że nie ma niebezpieczeństwa.", "pl"),
        ("Мер сказав у понеділок, що дамба витримала і що небезпеки немає.", "uk"),
        ("Мэр сказал в понедельник, что плотина выдержала и что опасности нет.", "ru"),
        ("قال رئيس البلدية يوم الاثنين إن السد صمد وإنه لا يوجد خطر على السكان.", "ar"),
        ("市长星期一说大坝没有问题。", "zh"),
        ("市長は月曜日にダムは大丈夫だと述べた。", "ja"),
        ("Wali kota mengatakan pada hari Senin bahwa bendungan itu bertahan dan tidak ada bahaya.", "id"),
        ("Jane Doe, 12 Main Street, +44 20 7946 0000", "und"),
        ("", "und"),
    ],
)
def test_languages_are_told_or_left_open(text: str, code: str) -> None:
    assert identify_language(text) == code


def test_articles_still_take_text_only_here() -> None:
    with pytest.raises(InputRefused):
        read_article(PAGE.encode(), "page.txt")
