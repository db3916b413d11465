"""What the rules know about a language, read from languages/*.toml."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

KNOWN = ("en", "es")
Table = dict[str, Any]


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for whole words or phrases, longest first, for use on folded lower-case text."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    if not ordered:
        return re.compile(r"(?!)")
    body = "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in ordered)
    return re.compile(rf"(?:(?<!\w)|(?=')|(?=n't))(?:{body})(?!\w)")


def _verbs(table: Table) -> MappingProxyType[str, frozenset[str]]:
    """From a form to the groups of reporting verbs that it belongs to."""
    groups: dict[str, set[str]] = {}
    for group in ("say", "that", "quote", "to"):
        for form in table.get(group, "").split():
            groups.setdefault(form, set()).add(group)
    return MappingProxyType({form: frozenset(names) for form, names in groups.items()})


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The data of one language; every list is empty for a language without a file."""

    code: str
    data: Table

    def words(self, section: str, key: str) -> frozenset[str]:
        """A list of single words, written in the file as one string."""
        known = self._word_sets.get((section, key))
        if known is None:
            known = self._word_sets[section, key] = frozenset(self.data.get(section, {}).get(key, "").split())
        return known

    @cached_property
    def _word_sets(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def phrases(self, section: str, key: str) -> tuple[str, ...]:
        """A list of words or phrases, written in the file as an array."""
        known = self._phrase_lists.get((section, key))
        if known is None:
            known = self._phrase_lists[section, key] = tuple(self.data.get(section, {}).get(key, ()))
        return known

    @cached_property
    def _phrase_lists(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    @cached_property
    def never_end(self) -> frozenset[str]:
        return self.words("abbreviations", "never")

    @cached_property
    def sometimes_end(self) -> frozenset[str]:
        return self.words("abbreviations", "sometimes")

    @cached_property
    def numbered(self) -> frozenset[str]:
        return self.words("abbreviations", "numbered")

    @cached_property
    def times(self) -> frozenset[str]:
        return self.words("abbreviations", "times")

    @cached_property
    def exclaimed_names(self) -> frozenset[str]:
        return self.words("abbreviations", "exclaimed_names")

    @cached_property
    def openers(self) -> frozenset[str]:
        return self.words("openers", "words")

    @cached_property
    def months(self) -> frozenset[str]:
        return self.words("blocks", "months")

    @cached_property
    def weekdays(self) -> frozenset[str]:
        return self.words("blocks", "weekdays")

    @cached_property
    def reporting(self) -> MappingProxyType[str, frozenset[str]]:
        return _verbs(self.data.get("reporting", {}))

    @cached_property
    def subject_words(self) -> frozenset[str]:
        """Pronouns, unnamed and written sources, auxiliaries: what stands before a verb and not before a noun."""
        sources = self.words("unnamed", "nouns") | self.words("reporting", "evidence_nouns")
        return self.words("reporting", "subject_pronouns") | sources | self.auxiliaries

    @cached_property
    def dialog_dashes(self) -> bool:
        """Whether the language writes speech with a dash before it."""
        return bool(self.data.get("reporting", {}).get("dialog_dashes", False))

    @cached_property
    def agent(self) -> str:
        """The word that names the doer of a passive."""
        return str(self.data.get("kinds", {}).get("passive_agent", ""))

    @cached_property
    def infinitive(self) -> str:
        """The word that introduces what somebody wants or undertakes ("to")."""
        return str(self.data.get("reporting", {}).get("infinitive", ""))

    @cached_property
    def complements(self) -> frozenset[str]:
        return self.words("reporting", "complements")

    @cached_property
    def auxiliaries(self) -> frozenset[str]:
        return self.words("reporting", "auxiliaries")

    @cached_property
    def negations(self) -> frozenset[str]:
        return frozenset(self.phrases("kinds", "negations"))

    @cached_property
    def modals(self) -> frozenset[str]:
        return frozenset(self.phrases("kinds", "modals"))

    @cached_property
    def leads(self) -> frozenset[str]:
        return self.words("reporting", "leads")


@cache
def lexicon(code: str) -> Lexicon:
    """The data for a two-letter code; an empty one for every language that has no file."""
    if code not in KNOWN:
        return Lexicon(code, {})
    raw = files("workbench.splitting.languages").joinpath(f"{code}.toml").read_text(encoding="utf-8")
    return Lexicon(code, tomllib.loads(raw))
