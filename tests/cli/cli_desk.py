"""Running the command line in this process, as a desk with a home of its own would."""

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from workbench.cli.main import execute

SAMPLE = Path(__file__).parents[2] / "fixtures" / "sample"
NASTY = Path(__file__).parents[2] / "fixtures" / "nasty"


_ACTING = set("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def raw_controls(text: str) -> set[str]:
    """The characters of a text that act on a terminal or turn its order round; line ends do not count."""
    acting = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")}
    return (acting | (_ACTING & set(text))) - {"\n"}


@dataclass(frozen=True)
class Result:
    """What one call gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as one JSON value."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        """Standard output, read as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class CommandLine:
    """The command line of one person at one desk; nothing outside `home` is touched."""

    def __init__(self, home: Path, name: str = "Ana Brook", encoder: str = "off") -> None:
        self.home = home
        self.name = name
        self.db = home / "data" / "desk.db"
        self._runner = CliRunner(
            env={
                "CLAIM_WORKBENCH_HOME": str(home),
                "CLAIM_WORKBENCH_NAME": name,
                "CLAIM_WORKBENCH_ENCODER": encoder,
                "CLAIM_WORKBENCH_DB": None,
            }
        )

    def __call__(self, *arguments: object, given: str | bytes | None = None) -> Result:
        """Run one command line."""
        with self._runner.isolation(input=given) as (out, err, _):
            code = execute([str(argument) for argument in arguments])
            return Result(code, out.getvalue().decode(), err.getvalue().decode())

    def ok(self, *arguments: object, given: str | bytes | None = None) -> Result:
        """Run one command line that must end well."""
        result = self(*arguments, given=given)
        assert result.code == 0, f"{arguments}: {result.code} {result.err}{self.report()}"
        return result

    def report(self) -> str:
        """The latest report of a failure that nobody expected."""
        found = sorted(self.home.glob("data/reports/*.txt"), key=lambda item: item.stat().st_mtime_ns)
        return found[-1].read_text(encoding="utf-8") if found else ""

    def article(self) -> str:
        """The key of the latest article."""
        return str(self.ok("article", "list", "--format", "json").json["articles"][0]["id"])

    def claims(self) -> list[dict[str, Any]]:
        """The claims of the latest article."""
        return list(self.ok("claims", self.article(), "--format", "json").json["claims"])

    def claim(self, words: str) -> dict[str, Any]:
        """The whole-sentence claim of the latest article that holds some words."""
        return next(item for item in self.claims() if words in item["wording"] and item["depth"] == 0)
