"""User text on screen: nothing acts, nothing vanishes, offsets stay true."""

import contextlib
import json
import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from tui_desk import NASTY, Seat, opened, seated

from db.vocabulary import Role, SourceKind, Stance
from workbench.app import Workbench
from workbench.errors import WorkbenchError
from workbench.text import visible
from workbench.tui.forms.split import likely_place, word_starts
from workbench.tui.text import Shown, content, line, plain_line, same_length
from workbench.tui.widgets.cards import Cards
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted, day, days_apart, key_name, time_left


def _text(entry: dict[str, Any]) -> str:
    if "code_points" in entry:
        return "".join(map(chr, entry["code_points"]))
    return entry["repeat"] * entry["times"] if "repeat" in entry else entry["text"]  # type: ignore[no-any-return]


TEXTS = {entry["name"]: _text(entry) for entry in json.loads((NASTY / "nasty_texts.json").read_bytes())}
USABLE = {
    name: text
    for name, text in TEXTS.items()
    if text.strip() and len(text) < 3000 and "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
}
_ACTING = set("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def raw_controls(text: str) -> set[str]:
    """Characters that act on a terminal or turn its order round."""
    acting = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")}
    return (acting | (_ACTING & set(text))) - {"\n"}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.data())
def test_marks_lie_on_the_characters_they_were_given_for(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = Shown(text)
    assert shown.text == visible(text)
    assert shown.offset(0) == 0
    assert shown.offset(len(text)) == len(shown.text)
    assert shown.offset(start) <= shown.offset(end)
    marked = shown.content([(start, end, "bold")])
    assert marked.plain == shown.text
    if visible(text) == text and start < end:
        (span,) = marked.spans
        assert marked.plain[span.start : span.end] == text[start:end]


@given(st.text(max_size=60))
def test_what_is_edited_is_drawn_in_as_many_characters_and_none_acts(text: str) -> None:
    assert len(same_length(text)) == len(text)
    assert raw_controls(same_length(text)) <= {"\t"}


@given(st.text(max_size=60))
def test_one_line_stays_one_line(text: str) -> None:
    assert raw_controls(plain_line(text)) == set()
    assert "\n" not in line(text).plain


@pytest.mark.parametrize("name", TEXTS)
def test_nasty_text_is_shown_whole_and_is_no_markup(name: str) -> None:
    text = TEXTS[name]
    shown = content(text)
    assert shown.plain == visible(text)
    assert shown.spans == []
    assert raw_controls(shown.plain) <= {"\t"}
    assert isinstance(line(text, "bold"), Content)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=2, max_size=80))
def test_a_split_is_proposed_inside_the_sentence(text: str) -> None:
    assert 0 < likely_place(text) <= len(text)
    assert all(0 < start < len(text) for start in word_starts(text))


def test_words_for_counts_dates_and_keys() -> None:
    assert [counted(1, "unit"), counted(12000, "unit"), counted(2, "search", "searches")] == [
        "1 unit",
        "12,000 units",
        "2 searches",
    ]
    assert [days_apart(n) for n in (None, 0, -1, 2, 90, -800)] == [
        "",
        "same day",
        "1 day before",
        "2 days after",
        "3 months after",
        "2 years before",
    ]
    assert day(date(2026, 3, 17)) == day("2026-03-17T10:00") == "2026-03-17"
    assert [time_left(30), time_left(600), time_left(7200)] == ["30 s left", "10 min left", "2.0 h left"]
    assert [key_name(key) for key in ("question_mark", "f10", "ctrl+p", "escape")] == ["?", "F10", "ctrl+p", "esc"]


LOOKED_AT = ("bracket-sic", "bracket-closing", "esc-clipboard", "bidi-override", "c1-csi", "zero-width")


def fill(workbench: Workbench, texts: dict[str, str]) -> None:
    """Put nasty texts into every field that takes one; what a service refuses is not stored."""
    rows = [
        {
            "id": f"doc-{name}",
            "title": text,
            "text": f"{text}\n\nNumber.",
            "source": text,
            "authors": [text],
            "url": text,
        }
        for name, text in texts.items()
    ]
    workbench.evidence.import_stream(BytesIO("\n".join(map(json.dumps, rows)).encode()), "nasty.jsonl")
    ordered = {name: texts[name] for name in (*LOOKED_AT, *list(texts)[::3])}
    body = "\n\n".join(["# Nasty", *[f"Claim {name}: {' '.join(text.split())}." for name, text in ordered.items()]])
    article = workbench.articles.add(body.encode(), "nasty.md")
    claims = [view for view in workbench.articles.desk(article.id).claims if not view.depth][1:]
    document = workbench.evidence.list(limit=1)[0].document.content_hash
    for number, (view, text) in enumerate(zip(claims, ordered.values(), strict=False)):
        with contextlib.suppress(WorkbenchError):
            workbench.claims.edit_wording(view.claim.id, text)
        if number >= 3 * len(LOOKED_AT):
            continue
        with contextlib.suppress(WorkbenchError):
            name = text[:200]
            source = workbench.sources.add(name, owner=name, note=text, aliases=[name], kind=SourceKind.PERSON)
            workbench.sources.attest(source.id, name, name, scale=text, url=text, rated_on=date(2026, 1, 2))
        workbench.verdicts.cite(view.claim.id, document, stance=Stance.CONTEXT, role=Role.EXPERT, note=text)
        workbench.verdicts.record(view.claim.id, "prepublication", "open", rationale=text, missing=text)
        workbench.drafts.save(f"verdict:{view.claim.id}:prepublication", json.dumps({"rationale": text}))
    workbench.articles.edit(article.id, byline=texts["bracket-sic"], note=texts["esc-title"])


async def look_round(seat: Seat) -> None:
    """Open every pane and many forms; nothing on the way may act on the terminal."""
    for keys in (
        ("1", "e", "escape"),
        ("2", "e", "escape", "v", "escape", "c", "escape", "l", "escape", "s", "escape", "p", "escape"),
        ("x", "escape", "space", "escape", "w", "escape", "d", "escape", "tab", "tab"),
        ("3", "enter", "escape", "b", "escape"),
        ("4", "enter", "escape", "e", "escape", "T", "escape"),
        ("5", "x", "escape", "a", "escape"),
        ("6", "enter", "escape", "7"),
    ):
        for key in keys:
            await seat.press(key)
            assert raw_controls(seat.text) == set(), key


async def test_nasty_text_in_every_field_neither_breaks_nor_vanishes(empty_db: Path) -> None:
    with opened(empty_db) as workbench:
        fill(workbench, USABLE)
    async with seated(empty_db, (100, 30), start=True) as seat:
        await look_round(seat)
        await seat.press("3")
        documents = seat.screen.query_one("#evidence", Rows)
        drawn = "\n".join(part.plain for item in documents.items() for part in documents._draw(item, 4000))
        for view in documents.items():
            assert plain_line(view.document.title) in drawn
        await seat.press("4")
        sources = seat.screen.query_one("#sources", Rows)
        drawn = "\n".join(part.plain for item in sources.items() for part in sources._draw(item, 4000))
        assert [view for view in sources.items() if plain_line(view.source.name) not in drawn] == []
        assert len(sources.items()) > 2 * len(LOOKED_AT)
        await seat.press("2")
        claims = seat.screen.query_one("#claims", Rows)
        for name in LOOKED_AT:
            found = next(v for v in claims.items() if v.claim.wording == " ".join(USABLE[name].split()))
            claims.go_to(found.claim.id)
            await seat.settle()
            assert plain_line(USABLE[name]) in seat.said("#claim-head"), name
            assert raw_controls(seat.text) == set()
            cards = seat.screen.query_one(Cards)
            assert cards.matches == [] or cards.current is not None


async def test_pasted_controls_do_not_reach_the_terminal(db: Path) -> None:
    from textual import events

    async with seated(db, (100, 30)) as seat:
        await seat.press("a")
        seat.app.post_message(events.Paste("\x1b]52;c;ZXZpbA==\x07 a\u202eb"))
        await seat.press("tab")
        seat.app.post_message(events.Paste("One\x1b[2J\x9b31m two [sic].\nThree\u202e four."))
        await seat.settle()
        assert raw_controls(seat.text) == set()
        assert "[sic]" in seat.text
        text = seat.screen.text_of("text")  # type: ignore[attr-defined]
        assert text == "One\x1b[2J\x9b31m two [sic].\nThree\u202e four."


async def test_a_long_document_is_searched_and_scrolled() -> None:
    from textual.app import App, ComposeResult

    class Long(App[None]):
        def get_theme_variable_defaults(self) -> dict[str, str]:
            return {"current": "#223344"}

        def compose(self) -> ComposeResult:
            yield Reader()

    app = Long()
    async with app.run_test(size=(60, 10)) as pilot:
        reader = app.query_one(Reader)
        reader.show([content(f"Line {n} [x] of the text") for n in range(5000)])
        reader.focus()
        await pilot.pause()
        reader.find("line 4321 [x]")
        await pilot.pause()
        assert int(reader.scroll_offset.y) == 4319
        await pilot.press("g")
        assert int(reader.scroll_offset.y) == 0
        await pilot.press("G")
        assert int(reader.scroll_offset.y) == 4990
        await pilot.press("n")
        assert int(reader.scroll_offset.y) == 4319
        reader.find("nowhere")
        assert reader.text.count("[x]") == 5000
