"""Rating scales: what ships is sound, what a desk supplies is read or refused with a reason."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputRefused
from workbench.text.visible import has_hidden
from workbench.verdicts import Tone, load_scales, parse_scale, scale

GOOD = """
id = "house"
version = "2"
name = "House scale"
publisher = "The Lenn Courier"
language = "en"
note = "Ours."
[[levels]]
id = "no"
label = "No"
definition = "It is not so."
letter = "n"
order = 2
truth = 1
glyph = "✗"
ascii = "x"
tone = "refuted"
[[levels]]
id = "yes"
label = "Yes"
definition = "It is so."
letter = "y"
order = 1
truth = 2.5
glyph = "✓"
ascii = "+"
tone = "supported"
"""


def test_the_scales_that_ship() -> None:
    assert list(load_scales()) == ["averitec", "factcheckni", "fever", "politifact", "prepublication"]


@pytest.mark.parametrize("scale_id", sorted(load_scales()))
def test_a_shipped_scale_is_sound(scale_id: str) -> None:
    found = scale(scale_id)
    assert found.id == scale_id
    assert found.note
    assert [level.order for level in found.levels] == list(range(1, len(found.levels) + 1))
    for level in found.levels:
        assert found.level(level.id) is found.level(level.letter.upper()) is found.level(f" {level.label} ") is level
        assert level.glyph in "✓✗~?–!"
        assert level.ascii.isascii()
        assert level.definition.endswith(".")
    supported = [level.truth for level in found.levels if level.tone is Tone.SUPPORTED and level.truth]
    refuted = [level.truth for level in found.levels if level.tone is Tone.REFUTED and level.truth]
    assert min(supported) > max(refuted)


@pytest.mark.parametrize(
    ("scale_id", "labels"),
    [
        ("politifact", ["True", "Mostly True", "Half True", "Mostly False", "False", "Pants on Fire"]),
        ("averitec", ["Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherry-picking"]),
        ("prepublication", ["Confirmed", "Needs change", "Wrong", "Not checkable", "On author", "Open"]),
        ("factcheckni", ["Accurate", "Unsubstantiated", "Inaccurate"]),
        ("fever", ["Supports", "Refutes", "Not Enough Info"]),
    ],
)
def test_labels_are_the_published_ones(scale_id: str, labels: list[str]) -> None:
    assert [level.label for level in scale(scale_id).levels] == labels


def test_levels_that_are_not_about_truth_carry_no_number() -> None:
    found = scale("prepublication")
    assert [level.truth for level in found.levels] == [3, 2, 1, None, None, None]
    assert found.truth_range == (1.0, 3.0)
    assert [level.id for level in found.levels if not level.final] == ["open"]
    assert scale("averitec").level("n").truth is None


def test_what_does_not_exist_is_refused_with_what_does() -> None:
    with pytest.raises(InputRefused, match="averitec, factcheckni, fever, politifact, prepublication"):
        scale("snopes")
    with pytest.raises(InputRefused, match=r"confirmed \(c\), needs-change \(n\)"):
        scale("prepublication").level("true")


def test_the_packaged_scales_cannot_be_changed() -> None:
    scales: Any = load_scales()
    with pytest.raises(TypeError):
        scales["new"] = scale("fever")


def test_a_desk_scale_is_read_in_its_order() -> None:
    found = parse_scale(GOOD, "house.toml")
    assert found.key == "house@2"
    assert [level.id for level in found.levels] == ["yes", "no"]
    assert found.truth_range == (1.0, 2.5)


def test_a_scale_without_truth_has_no_range() -> None:
    text = GOOD.replace("truth = 1\n", "").replace("truth = 2.5\n", "")
    assert parse_scale(text, "house.toml").truth_range is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "house"', 'id = "House scale"', "small letters"),
        ('id = "house"', "", "`id` is missing"),
        ('version = "2"', "version = 2", "`version` is missing or not a text"),
        ('note = "Ours."', 'note = "a\\nb"', "line breaks"),
        ('note = "Ours."', 'note = "a\\u202Eb"', "hidden"),
        ('note = "Ours."', f'note = "{"x" * 1001}"', "longer than"),
        ('note = "Ours."', 'note = "Ours."\ncolour = 1', "unknown key 'colour'"),
        ('language = "en"', 'language = "English!"', "language tag"),
        ('letter = "n"', 'letter = "y"', "letter 'y' stands for more than one level"),
        ('letter = "n"', 'letter = "N"', "one small letter"),
        ('letter = "n"', 'letter = "nn"', "one small letter"),
        ('id = "no"', 'id = "yes"', "id 'yes' stands for more than one level"),
        ('id = "no"', 'id = "y"', "key .* 'y' stands for more than one level"),
        ('label = "No"', 'label = "YES"', "label 'yes' stands for more than one level"),
        ('label = "No"', 'label = " "', "`label` is missing"),
        ("order = 2", "order = 1", "order 1 stands for more than one level"),
        ("order = 2", "order = true", "whole number"),
        ("truth = 1\n", "truth = 0\n", "1 or more"),
        ("truth = 1\n", "truth = nan\n", "1 or more"),
        ("truth = 1\n", "truth = true\n", "1 or more"),
        ('glyph = "✗"', 'glyph = "no"', "one character"),
        ('ascii = "x"', 'ascii = "✗"', "ASCII"),
        ('tone = "refuted"', 'tone = "bad"', "supported, refuted, mixed, unproven, neutral"),
        ('tone = "refuted"', 'tone = "refuted"\nfinal = 1', "`final` must be true or false"),
        ('tone = "refuted"', 'tone = "refuted"\ncolor = "red"', "level 1: unknown key 'color'"),
        ('name = "House scale"', "name = ", "not TOML"),
    ],
)
def test_what_is_wrong_in_a_desk_scale_is_named(old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(InputRefused, match=reason) as caught:
        parse_scale(GOOD.replace(old, new, 1), "house.toml")
    assert caught.value.message.startswith("house.toml")
    assert caught.value.hint


def test_levels_must_be_a_list_of_several() -> None:
    head, _, rest = GOOD.partition("[[levels]]")
    for levels in ("", "levels = 3", "levels = [1, 2]", "[[levels]]" + rest.partition("[[levels]]")[0]):
        with pytest.raises(InputRefused, match=r"^house\.toml"):
            parse_scale(head + levels, "house.toml")


def test_an_oversized_file_is_refused_unread() -> None:
    with pytest.raises(InputRefused, match="100000 characters"):
        parse_scale("#" * 100_001, "big.toml")


@given(
    st.text(max_size=60), st.sampled_from(["House scale", "Ours.", "yes", "Yes", "It is so.", "✓", "+", "en", "2.5"])
)
def test_any_change_is_read_or_refused(text: str, part: str) -> None:
    try:
        found = parse_scale(GOOD.replace(part, text), "house.toml")
    except InputRefused:
        return
    assert len({level.letter for level in found.levels}) == len(found.levels)
    assert not has_hidden(found.name)


def test_the_data_files_hold_nothing_that_is_not_read() -> None:
    folder = files("workbench.verdicts") / "data"
    names = sorted(entry.name for entry in folder.iterdir())
    assert names == sorted(f"{scale_id}.toml" for scale_id in load_scales())
    assert all("levels" in tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in names)
