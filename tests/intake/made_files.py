"""Small files of every format, made in code; everything in them is fictional."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a Word document."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word_xml(*body: str) -> str:
    """The text part of a Word document."""
    return f'<?xml version="1.0"?><w:document {_W}><w:body>{"".join(body)}</w:body></w:document>'


def docx(document: str | None, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document with this text part, None for one that lacks it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        if document is not None:
            archive.writestr("word/document.xml", document)
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return file.getvalue()


def pdf(pages: Sequence[Sequence[str]], trailer: bytes = b"", extra: Sequence[bytes] = ()) -> bytes:
    """A PDF with these lines on its pages."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % len(pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = b"".join(b"(" + line.encode("cp1252") + b") Tj T* " for line in lines)
        stream = b"BT /F1 11 Tf 50 750 Td 14 TL " + shown + b"ET"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects += extra
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password that nobody has."""
    lock = b"<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -44 >>"
    return pdf([["Secret."]], b"/Encrypt 6 0 R /ID [<00> <00>]", [lock])


PAGE = (
    '<!doctype html><html lang="en"><head><title>Dam holds</title>'
    '<meta property="article:published_time" content="2026-03-03T10:00:00Z"><meta name="author" content="Jane Doe">'
    '<meta property="og:site_name" content="Valley Ledger"><link rel="canonical" href="https://ledger.example/dam">'
    "<style>p{color:red}</style></head><body><nav>Home Contact Imprint</nav>"
    '<form action="https://evil.example"><label>Your password</label><input value="hunter2"></form>'
    "<article><h1>Dam holds</h1>"
    "<p>The dam above the valley held at noon, said the mayor on Tuesday after a night of rain. "
    '<a href="https://x.example/n">A report</a> says the same.</p>'
    "<p>Forty families had left their houses in the evening, and all of them came back in the morning.</p>"
    "<script>steal()</script><blockquote><p>We were lucky this time, said one of them.</p></blockquote>"
    "<ul><li>new pumps are to be bought by the county</li><li>a second wall is to be built</li></ul>"
    "<p>The engineers will come again on Friday, with better instruments than they had this time.</p></article>"
    "<footer>All rights reserved</footer></body></html>"
)


def eml(body: bytes, headers: bytes = b"") -> bytes:
    """A message."""
    return (
        b"From: Ana Brook <ana@desk.example>\r\nTo: Tomas Brandt <tomas@harbour.example>\r\n"
        b"Subject: =?utf-8?q?The_d=C3=A4m?=\r\nDate: Tue, 03 Mar 2026 23:30:00 +0100\r\nMIME-Version: 1.0\r\n"
        + (headers or b"Content-Type: text/plain; charset=utf-8\r\n")
        + b"\r\n"
        + body
    )


RIS = """TY  - JOUR
ID  - doe24
TI  - Radar on small ferries
AU  - Doe, Jane
AU  - Roe, John
DA  - 2024/05/01/
JO  - Journal of Boats
AB  - We studied radar on small ferries and found
  many of them dark.
UR  - https://journal.example/1
ER  -\x20
TY  - BOOK
AU  - Nobody
ER  -\x20
"""

BIBTEX = r"""
@string{jb = "Journal of Boats"}
@article{doe24,
  title = {{R}adar on \^Ile ferries \& others},
  author = "Doe, Jane and M{\"u}ller, Ren{\'e}",
  journal = jb # ", second series", year = 2024, month = may,
  abstract = {We found {many} of them dark.}, url = {https://journal.example/2}
}
@comment{nothing}
@book{b1, title={Boats}, editor={Roe, J.}, publisher={Sea Press}, date={2023-04-05}}
"""
