"""The sample case and the hostile inputs are what their READMEs say they are."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from workbench.credibility.attestations import Attestation, roots
from workbench.credibility.criteria import load_criteria
from workbench.credibility.profile import State
from workbench.verdicts.scales import scale

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SAMPLE = FIXTURES / "sample"
NASTY = FIXTURES / "nasty"
NOTICE = "Sample article, written for Claim Workbench; every person, place and outlet in it is fictional."
KINDS = {"figure", "date", "name", "negation", "speaker", "unit", "quotation"}
RELATIONS = {"conflict", "consistent", "scope_differs", "date_differs", "missing"}


def read(name):
    return (SAMPLE / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def article():
    """The article's fields and its text below them."""
    head, body = read("article.md").removeprefix("---\n").split("\n---\n", 1)
    fields = {key: value.strip('"') for key, value in (line.split(": ", 1) for line in head.splitlines())}
    return fields, body


@pytest.fixture(scope="module")
def rows():
    return [json.loads(line) for line in read("evidence/evidence.jsonl").splitlines()]


@pytest.fixture(scope="module")
def documents(rows):
    """Every document's text under the name that plans use for it."""
    texts = {row["id"]: row["text"] for row in rows}
    for path in sorted((SAMPLE / "evidence" / "files").iterdir()):
        texts[f"files/{path.name}"] = path.read_text(encoding="utf-8")
    return texts


@pytest.fixture(scope="module")
def sources():
    return json.loads(read("sources.json"))["sources"]


@pytest.fixture(scope="module")
def plan():
    return json.loads(read("verdicts.json"))["plan"]


@pytest.fixture(scope="module")
def traps():
    return json.loads(read("expected.json"))["traps"]


def sentences(body):
    """A cut that is right for this one text: lines, then full stops before a capital or an opening quote."""
    lines = [line.lstrip("# ") for line in body.splitlines() if line.strip()]
    return [part for line in lines for part in re.split(r"(?<=[.?!”]) (?=[A-Z“](?!adia))", line)]


def entry_text(entry):
    """The text of one entry of nasty_texts.json in any of its three forms."""
    if "code_points" in entry:
        return "".join(map(chr, entry["code_points"]))
    return entry["repeat"] * entry["times"] if "repeat" in entry else entry["text"]


def test_the_article_is_one_page_and_says_that_it_is_a_sample(article):
    fields, body = article
    assert 550 <= len(body.split()) <= 700
    assert {"title", "byline", "date", "outlet", "url"} <= fields.keys()
    assert date.fromisoformat(fields["date"]).strftime("%A") == "Tuesday"
    assert fields["sample"] == "true"
    assert body.rstrip().endswith(NOTICE)
    assert body.count(fields["title"]) == 1


def test_the_article_has_the_shape_that_its_readme_gives(article):
    headings = [line for line in article[1].splitlines() if line.startswith("#")]
    assert len(headings) == 7
    prose = [part for part in sentences(article[1]) if part.endswith((".", "?", "”"))]
    assert len(prose) == 30 + 1
    assert f"{len(headings)} headings, {len(prose) - 1} sentences" in read("README.md")


def test_every_file_is_marked_as_sample(rows):
    for name in ("sources.json", "verdicts.json", "expected.json"):
        data = json.loads(read(name))
        assert data["sample"] is True
        assert "fictional" in data["notice"]
    assert "fictional" in read("README.md")
    assert all(row["id"].startswith("sample-") for row in rows)
    for path in (SAMPLE / "evidence" / "files").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "sample: true" in text.split("\n---\n")[0] or "Sample document" in text.splitlines()[-1], path.name


def test_documents_are_short_and_unique(rows, documents):
    assert len(documents) == len(rows) + 5 == 40
    assert len(set(documents.values())) == len(documents)
    for name, text in documents.items():
        assert 80 <= len(text.split()) <= 250, name
    assert len({row["id"] for row in rows}) == len({row["title"] for row in rows}) == len(rows)
    files = "\n".join(text for name, text in documents.items() if name.startswith("files/"))
    assert not any(row["title"] in files for row in rows)


def test_rows_have_the_import_format(rows):
    allowed = {"id", "title", "text", "url", "source", "authors", "published_at", "language", "confidentiality"}
    for row in rows:
        assert row.keys() <= allowed
        assert isinstance(row["authors"], list)
        date.fromisoformat(row["published_at"][:10])
    assert len({row["source"] for row in rows}) >= 8
    by_class = [row["confidentiality"] for row in rows]
    assert by_class.count("confidential") == 1
    assert by_class.count("internal") == 2
    assert set(by_class) == {"public", "internal", "confidential"}
    assert [row["id"] for row in rows if row["language"] != "en"] == ["sample-gaviota-victimas"]
    assert all("url" in row for row in rows if row["confidentiality"] == "public")


def test_every_address_is_fictional():
    found = []
    for path in sorted(item for item in SAMPLE.rglob("*") if item.is_file()):
        found += re.findall(r"\b[a-z]+:/{0,2}[^\s\"<>()|]*\.[a-z]+[^\s\"<>()|]*", path.read_text(encoding="utf-8"))
    assert len(found) > 50
    for url in found:
        parts = urlsplit(url)
        assert parts.scheme in {"http", "https"}, url
        assert (parts.hostname or "").endswith(".example"), url


def test_sources_cover_every_document_and_fit_the_criteria(rows, sources):
    names = [name for source in sources for name in (source["name"], *source["aliases"])]
    assert len(names) == len(set(names))
    assert {row["source"] for row in rows} <= {source["name"] for source in sources}
    domains = {domain: source["name"] for source in sources for domain in source["domains"]}
    assert all(domain.endswith(".example") for domain in domains)
    for row in rows:
        if "url" in row:
            assert domains[urlsplit(row["url"]).hostname] == row["source"]
    assert {source["kind"] for source in sources} == {"outlet", "agency", "institution", "person"}
    counts = set()
    for source in sources:
        given = source["assessments"]
        assert len({load_criteria().criterion(item["criterion"]).id for item in given}) == len(given)
        for item in given:
            date.fromisoformat(item["assessed_on"])
            assert bool(item["evidence"]) != (State(item["state"]) is State.UNKNOWN)
        counts.add(sum(item["state"] != "unknown" for item in given))
    assert {0, 7} <= counts
    assert len(load_criteria().items) == 11


def test_ratings_by_others_share_roots(sources):
    for source in sources:
        ratings = source["attestations"]
        assert len({item["rater"] for item in ratings}) == len(ratings)
        for item in ratings:
            assert item.keys() == {"rater", "value", "scale", "rated_on", "derives_from", "url"}
    wire = next(source for source in sources if source["name"] == "Kestrian Wire")
    known = [
        Attestation(
            item["rater"],
            item["value"],
            item["scale"],
            date.fromisoformat(item["rated_on"]),
            (item["derives_from"],) if item["derives_from"] else (),
            item["url"],
        )
        for item in wire["attestations"]
    ]
    assert roots(known).summary == "4 ratings, 2 independent raters"


def test_the_plan_fits_article_documents_and_scales(article, documents, plan):
    cut = sentences(article[1])
    verdicts = [entry for entry in plan if entry["action"] == "verdict"]
    aside = [entry for entry in plan if entry["action"] == "set_aside"]
    assert len(verdicts) + len(aside) == len(plan)
    assert {entry["scale"] for entry in verdicts} == {"prepublication", "politifact"}
    touched = set()
    for entry in plan:
        home = [sentence for sentence in cut if entry["claim_contains"] in sentence]
        assert len(home) == article[1].count(entry["claim_contains"]) == 1, entry["claim_contains"]
        touched.add(home[0])
    assert len(cut) - len(touched) >= 10, "the demo must leave work"
    for entry in verdicts:
        level = scale(entry["scale"]).level(entry["level"])
        assert level.id == entry["level"]
        assert entry["rationale"]
        assert bool(entry["citations"]) is level.rests_on_evidence
        assert bool(entry["missing"]) is not level.rests_on_evidence
        for citation in entry["citations"]:
            assert documents[citation["document"]].count(citation["quote"]) == 1, citation["quote"]
            assert citation["stance"] in {"supports", "refutes", "context"}
            assert citation["role"] in {"primary", "secondary", "claimant", "expert"}
    assert all(entry["reason"] and not entry["citations"] for entry in aside)


def test_the_traps_are_where_they_are_said_to_be(article, documents, traps, rows):
    cut = sentences(article[1])
    dates = {row["id"]: row["published_at"][:10] for row in rows}
    assert len({trap["trap"] for trap in traps}) == len(traps)
    for trap in traps:
        assert sum(trap["claim_contains"] in sentence for sentence in cut) == 1, trap["claim_contains"]
        assert set(trap["documents"]) <= documents.keys()
        for check in trap["compare"]:
            assert check["document"] in trap["documents"]
            assert documents[check["document"]].count(check["passage"]) == 1, check["passage"]
            assert set(check["kinds"]) <= KINDS
            assert check["relation"] in RELATIONS
            told = ("2026-03-17", dates[check["document"]]) if "date" in check["kinds"] else (None, None)
            assert (check["claim_date"], check["passage_date"]) == told


def test_the_readme_describes_every_trap(traps):
    table = [line for line in read("README.md").splitlines() if line.startswith("| ")]
    for trap in traps:
        wanted = {f"`{name.removeprefix('sample-')}`" for name in trap["documents"]}
        assert any(all(name in line for name in wanted) for line in table), trap["trap"]
    assert len([line for line in table if line.count("|") == 5]) == len(traps) + 1


def test_wire_copies_share_most_of_their_text(documents, traps):
    def shingles(text):
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}

    names = next(trap["documents"] for trap in traps if trap["trap"] == "one-origin")
    original, *copies = names
    assert len(copies) == 4
    assert len({documents[name] for name in names}) == 5
    for name in copies:
        own = shingles(documents[name])
        assert len(own & shingles(documents[original])) / len(own) > 0.6, name
    for name in documents.keys() - set(names):
        assert len(shingles(documents[name]) & shingles(documents[original])) < 8, name


def test_the_paraphrase_shares_no_content_word(article, documents):
    small = {"been", "had", "of", "out", "since", "that", "the"}
    claim = "Rescue crews found that the sprinkler pumps had been out of service since December."
    assert claim in article[1]
    stems = {word[:5] for word in re.findall(r"[a-z]+", claim.casefold()) if word not in small}
    account = {word[:5] for word in re.findall(r"[a-z]+", documents["sample-brigade-account"].casefold())}
    assert not stems & account


def test_nasty_texts_are_plain_ascii_with_unique_names():
    raw = (NASTY / "nasty_texts.json").read_bytes()
    entries = json.loads(raw.decode("ascii"))
    assert len(entries) > 150
    assert len({entry["name"] for entry in entries}) == len(entries)
    texts = {entry["name"]: entry_text(entry) for entry in entries}
    assert len(texts["paragraph-20000"]) == 20_000
    for name, text in texts.items():
        if name.startswith("surrogate-"):
            with pytest.raises(UnicodeEncodeError):
                text.encode()
        else:
            assert text.encode().decode() == text
    joined = "".join(texts.values())
    for char in "\x00\x1b\x9b\u202e\u2066\u200b\u200c\u200d\ufeff\u2028":
        assert char in joined
    for wanted in ("[sic]", "[/b]", "[red]x[/]", "[@click=app.quit]x[/]", "=1+1", "../../etc/passwd", "CON"):
        assert any(wanted in text for text in texts.values())


@pytest.mark.parametrize("name", ["latin1.txt", "windows1252.txt", "broken-utf8.txt", "utf16.txt", "binary.bin"])
def test_these_files_are_not_utf8(name):
    with pytest.raises(UnicodeDecodeError):
        (NASTY / name).read_bytes().decode("utf-8")


def test_files_have_the_bytes_that_make_them_nasty():
    assert (NASTY / "utf16.txt").read_bytes().startswith(b"\xff\xfe")
    assert (NASTY / "utf8-bom.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (NASTY / "crlf.txt").read_bytes().count(b"\r\n") == 4
    assert (NASTY / "empty.txt").read_bytes() == b""
    assert (NASTY / "whitespace.txt").read_text(encoding="utf-8").strip() == ""
    assert b"\x00" in (NASTY / "nul-inside.txt").read_bytes()


def test_broken_rows_hold_good_ones_too():
    good, bad = [], 0
    for line in (NASTY / "rows-broken.jsonl").read_bytes().splitlines():
        try:
            row = json.loads(line.decode("utf-8"))
        except ValueError:
            bad += 1
            continue
        if isinstance(row, dict) and str(row.get("id", "")).startswith("good-"):
            good.append(row["id"])
    assert good == ["good-1", "good-2", "good-3", "good-4"]
    assert bad >= 5


def test_every_nasty_file_is_described():
    readme = (NASTY / "README.md").read_text(encoding="utf-8")
    for path in NASTY.iterdir():
        assert path.name == "README.md" or path.name in readme, path.name
