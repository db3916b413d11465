"""Which site an address belongs to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.credibility import domain_of, matches


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.Example.COM/path?q#f", "example.com"),
        ("http://user:word@news.example.com:8080/", "news.example.com"),
        ("example.com", "example.com"),
        ("www.example.com/x", "example.com"),
        ("example.com:443/x", "example.com"),
        ("//example.com/x", "example.com"),
        ("  https://example.com.  ", "example.com"),
        ("https://www.com/", "www.com"),
        ("https://www.www.example.com/", "www.example.com"),
        ("https://münchen.example/", "xn--mnchen-3ya.example"),
        ("https://xn--mnchen-3ya.example/", "xn--mnchen-3ya.example"),
        ("https://MÜNCHEN.example/", "xn--mnchen-3ya.example"),
        ("https://straße.example/", "xn--strae-oqa.example"),
        ("https://example。com/", "example.com"),
        ("https://ex%61mple.com/", "example.com"),
        ("https://evil.example\\@good.example/", "evil.example"),
        ("https://good.example@evil.example/", "evil.example"),
        ("https://192.0.2.1:80/", "192.0.2.1"),
        ("https://[2001:DB8::1]/", "2001:db8::1"),
    ],
)
def test_the_domain_of_an_address(url: str, domain: str) -> None:
    assert domain_of(url) == domain


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "mailto:a@b.example",
        "javascript:alert(1)",
        "/path/only",
        "https://",
        "https:///path",
        "http://[::1",
        "https://a b.example/",
        "https://a..example/",
        "https://-a.example/",
        "https://a\u200b.example/",
        "https://\u202ea.example/",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 130 + "example/",
        "https://a%2fb.example/",
    ],
)
def test_what_has_no_valid_host_has_no_domain(url: str) -> None:
    assert domain_of(url) == ""


@pytest.mark.parametrize(
    ("domain", "host", "expected"),
    [
        ("example.com", "example.com", True),
        ("example.com", "news.example.com", True),
        ("Example.com.", "NEWS.example.COM", True),
        ("example.com", "evil-example.com", False),
        ("example.com", "evilexample.com", False),
        ("example.com", "example.com.evil.example", False),
        ("news.example.com", "example.com", False),
        ("com", "example.com", False),
        ("localhost", "localhost", True),
        ("", "example.com", False),
        ("example.com", "", False),
        ("", "", False),
        ("münchen.example", "a.xn--mnchen-3ya.example", True),
        ("strasse.example", "straße.example", False),
        ("192.0.2.1", "192.0.2.1", True),
        ("0.2.1.9", "4.0.2.1.9", False),
    ],
)
def test_matching_is_by_whole_labels(domain: str, host: str, expected: bool) -> None:
    assert matches(domain, host) is expected


@given(st.text(max_size=60))
def test_any_address_gives_a_comparable_host_or_none(text: str) -> None:
    for url in (text, f"https://{text}", f"https://{text}.example/"):
        found = domain_of(url)
        assert found.isascii()
        assert found == found.lower()
        assert not set(found) & set(" /\\@?#%")
        assert not found or matches(found, f"a.{found}") or "." not in found or found[-1].isdigit() or ":" in found
        if found and ":" not in found and not found.startswith("www."):
            assert domain_of(f"https://{found}/") == found
