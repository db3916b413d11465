"""File names and links made from text that may hold anything."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.reports import filename
from workbench.reports.addresses import link_target


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A footbridge for Lenn", "a-footbridge-for-lenn.md"),
        ("Águila & Señor: 50 %", "aguila-senor-50.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("CON", "report-con.md"),
        ("lpt1", "report-lpt1.md"),
        ("COM¹", "report-com1.md"),
        ("con man", "con-man.md"),
        ("", "report.md"),
        (" \n", "report.md"),
        ("x" * 500, "x" * 80 + ".md"),
    ],
)
def test_titles_become_names(title: str, name: str) -> None:
    assert filename(title, "md") == name


def test_titles_without_latin_letters_do_not_meet() -> None:
    first, second = filename("Мост", "html"), filename("橋", "html")
    assert first != second
    assert re.fullmatch(r"report-[0-9a-f]{8}\.html", first)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_any_title_gives_a_plain_name(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,90}\.json", filename(title, ".JSON"))


@pytest.mark.parametrize("extension", ["", "../x", "md/", "a" * 11, "m d"])
def test_an_extension_that_is_none_is_refused(extension: str) -> None:
    with pytest.raises(ValueError, match="extension"):
        filename("title", extension)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://a.example/x?y=1&z=2#p", "https://a.example/x?y=1&z=2#p"),
        ("http://a.example:8080/(x)", "http://a.example:8080/%28x%29"),
        ("HTTPS://A.Example/É", "https://a.example/%C3%89"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://a.example/%7Ex", "https://a.example/%7Ex"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
    ],
)
def test_addresses_that_are_linked(address: str, target: str) -> None:
    assert link_target(address) == target


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " \x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example",
        "a.example",
        "https://",
        "https:///x",
        "https://user@a.example/",
        "https://a.example\\@b.example",
        "https://a.example/x y",
        'https://a.example/"onclick=x',
        "https://a.example/<b>",
        "https://a.example/\u202e",
        "https://a.example:port/",
        "https://[::1",
        "https://a..example/",
        "https://" + "a" * 3000,
        "mailto:",
        "",
    ],
)
def test_addresses_that_stay_text(address: str) -> None:
    assert link_target(address) is None


@given(st.text(max_size=80))
def test_a_link_has_an_allowed_scheme_and_no_character_that_ends_it(text: str) -> None:
    for address in (text, f"https://a.example/{text}", f"https://{text}", f"mailto:{text}"):
        target = link_target(address)
        assert target is None or re.fullmatch(r"(?:https?://|mailto:)[A-Za-z0-9/?#&=:@!$'*+,;%._~\[\]-]+", target)
