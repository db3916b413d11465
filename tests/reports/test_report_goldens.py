"""The report of the small fictional model, byte for byte; `UPDATE_GOLDENS=1` writes the files anew."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.reports import ReportModel, to_html, to_json, to_markdown

GOLDEN = Path(__file__).parent / "golden"


def _same_as_golden(text: str, name: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDENS") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8"), f"{name} differs; look at it, then run again with UPDATE_GOLDENS=1"


@pytest.mark.parametrize(
    ("render", "name"), [(to_markdown, "report.md"), (to_html, "report.html"), (to_json, "report.json")]
)
def test_the_report_is_the_golden_one(render: Callable[[ReportModel], str], name: str, model: ReportModel) -> None:
    _same_as_golden(render(model), name)


def test_json_says_its_schema_and_is_the_same_for_scales_in_any_order(model: ReportModel) -> None:
    text = to_json(model)
    assert json.loads(text)["schema"] == "claim-workbench/report/1"
    assert to_json(replace(model, scales=model.scales[::-1])) == text


def test_json_gives_every_text_back_exactly(model: ReportModel) -> None:
    hostile = "a\x00\x1b[31m\x7f\x9b\u202e\u2028\u200d\U000e0041</script>é漢\ufeff\nz"
    changed = replace(model, article=replace(model.article, title=hostile), database=hostile)
    text = to_json(changed)
    assert json.loads(text)["article"]["title"] == hostile
    assert json.loads(text)["database"] == hostile
    assert not any(character in text for character in "\x00\x1b\x7f\x9b\u202e\u2028\u200d\U000e0041\ufeff")
    assert "é漢" in text
