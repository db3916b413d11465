"""Word tables of one language, as the engines use them, and the light stemming that matching is done with."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "es", "de", "fr", "it", "nl", "pt")
"""Languages that have a word table; every other one is compared with the English table's digits and symbols."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordTable:
    """What one language calls numbers, comparators, units and speech; all words lower case.

    `groups` maps a stem to the name of its unit (shared by all languages), `generic` holds stems of people counted
    without saying which, `senses` maps every stem with synonyms to one name, units included. `capital_nouns` says that a
    capital tells no name, `elisions` what an apostrophe parts from the word behind it, `day_mark` what stands behind a
    day of the month.
    """

    code: str
    decimal: str
    stop: frozenset[str]
    cardinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    scales: Mapping[str, int]
    ordinals: Mapping[str, int]
    ordinal_suffixes: frozenset[str]
    fractions: Mapping[str, float]
    vague: Mapping[str, tuple[float, float]]
    number_joiners: frozenset[str]
    articles: frozenset[str]
    singles: frozenset[str]
    rank_words: frozenset[str]
    before: Mapping[str, tuple[tuple[Phrase, str], ...]]
    after: Mapping[str, tuple[tuple[Phrase, str], ...]]
    near: frozenset[Phrase]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    clock: frozenset[str]
    date_before: Mapping[str, tuple[tuple[Phrase, str], ...]]
    date_joiners: frozenset[str]
    range_open: frozenset[str]
    range_join: frozenset[str]
    parts: frozenset[str]
    percent: tuple[Phrase, ...]
    points: tuple[Phrase, ...]
    out_of: tuple[Phrase, ...]
    score_words: frozenset[str]
    century: frozenset[str]
    compounds: frozenset[str]
    none_words: frozenset[str]
    over_after: frozenset[str]
    events: frozenset[str]
    neutral: frozenset[str]
    narrow: frozenset[str]
    pairs: Mapping[str, str]
    currencies: Mapping[str, str]
    measures: Mapping[str, tuple[str, float]]
    groups: Mapping[str, str]
    generic: frozenset[str]
    senses: Mapping[str, str]
    opposites: Mapping[str, tuple[str, int]]
    negations: frozenset[str]
    negation_endings: tuple[str, ...]
    speech_verbs: frozenset[str]
    according: tuple[Phrase, ...]
    roles: frozenset[str]
    money_links: frozenset[str]
    capital_nouns: bool
    elisions: frozenset[str]
    day_mark: str

    def is_function_word(self, low: str) -> bool:
        """Whether `low` (lower case) says nothing about the subject."""
        return low in self.stop

    def sense(self, low: str) -> str:
        """The name under which `low` counts as the same word: its group of synonyms, else its stem."""
        known = self.senses.get(low)
        return known if known is not None else stem(low)


_ACCENTS = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüñç", "aaaaaeeeeiiiiooooouuuunc")
_ENDINGS = ("ing", "edly", "ed", "es", "ly", "s")
_SHORTEST_STEM = 4


@lru_cache(maxsize=65536)
def _stem_cached(low: str) -> str:
    word = low.translate(_ACCENTS)
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ss"):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - (ending == "s"):
            word = word[: -len(ending)]
            break
    if word.endswith("tre"):
        return word[:-2] + "er"
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] in "eoa" else word


def stem(low: str) -> str:
    """A light stem of a lower-case word: accents, plural and common endings off; good for English and Spanish."""
    return _stem_cached(low) if len(low) <= 40 else low


def without_accents(low: str) -> str:
    """`low` with the accents of the common Latin letters taken off; same length."""
    return low.translate(_ACCENTS)


def _phrases(entries: list[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(entry.split()) for entry in entries)


def _indexed(table: Mapping[str, list[str]], at: int) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    """Phrases by their word at `at` (0 first, -1 last), the longest first, each with the name it stands for."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for name, entries in table.items():
        for phrase in _phrases(entries):
            found.setdefault(phrase[at], []).append((phrase, name))
    return {word: tuple(sorted(items, key=lambda item: -len(item[0]))) for word, items in found.items()}


def _inverted(table: Mapping[str, str]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words.split()}


def _comparators(raw: Mapping[str, Any], side: str) -> dict[str, list[str]]:
    return {key.removeprefix(side): value for key, value in raw.items() if key.startswith(side)}


@cache
def word_table(language: str) -> WordTable:
    """The table of `language` ("en", "es-MX" …); the English one where the language has none."""
    code = language.lower().split("-")[0].split("_")[0]
    if code not in LANGUAGES:
        code = "en"
    source = files("workbench.matching.languages").joinpath(f"{code}.toml")
    raw: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    numbers, dates, quantities = raw["numbers"], raw["dates"], raw["quantities"]
    groups = _inverted(raw["groups"])
    generic = raw["generic"]["people"].split()
    people = dict.fromkeys(generic, "people")
    date_words = {key: dates[key] for key in ("after", "before", "since", "until", "plain")}
    return WordTable(
        code=code,
        decimal=raw["decimal"],
        stop=frozenset(raw["stop"].split()),
        cardinals=numbers["cardinals"],
        multipliers=numbers["multipliers"],
        scales=numbers["scales"],
        ordinals=numbers["ordinals"],
        ordinal_suffixes=frozenset(numbers["ordinal_suffixes"]),
        fractions=numbers["fractions"],
        vague={word: (low, high) for word, (low, high) in numbers["vague"].items()},
        number_joiners=frozenset(numbers["joiners"]),
        articles=frozenset(numbers["articles"]),
        singles=frozenset(numbers["single"].split()),
        rank_words=frozenset(numbers["rank_words"]),
        before=_indexed(_comparators(raw["comparators"], "before_"), -1),
        after=_indexed(_comparators(raw["comparators"], "after_"), 0),
        near=frozenset(_phrases(raw["comparators"]["near"])),
        months=dates["months"],
        weekdays=dates["weekdays"],
        clock=frozenset(dates["clock"]),
        date_before=_indexed(date_words, -1),
        date_joiners=frozenset(dates["joiners"]),
        range_open=frozenset(quantities["range_open"]) | frozenset(dates["range_open"]),
        range_join=frozenset(quantities["range_join"]) | frozenset(dates["range_join"]),
        parts=frozenset(quantities["parts"]),
        percent=_phrases(quantities["percent"]),
        points=_phrases(quantities["points"]),
        out_of=_phrases(quantities["out_of"]),
        score_words=frozenset(quantities["score_words"]),
        century=frozenset(quantities["century"]),
        compounds=frozenset(quantities["compounds"]),
        none_words=frozenset(numbers["none"]),
        over_after=frozenset(numbers["over_after"]),
        events=frozenset(raw["populations"]["events"].split()),
        neutral=frozenset(raw["populations"]["neutral"].split()),
        narrow=frozenset(raw["populations"]["narrow"].split()),
        pairs=raw["pairs"],
        currencies={word: name for name, words in raw["currencies"].items() for word in words},
        measures={word: (name, float(factor)) for word, (name, factor) in raw["measures"].items()},
        groups=groups,
        generic=frozenset(generic),
        senses={**_inverted(raw["synonyms"]), **people, **groups},
        opposites={
            word: (axis, pole)
            for axis, poles in raw["opposites"].items()
            for pole, words in enumerate(poles)
            for word in words
        },
        negations=frozenset(raw["negation"]["words"]),
        negation_endings=tuple(raw["negation"]["endings"]),
        speech_verbs=frozenset(raw["speech"]["verbs"]),
        according=_phrases(raw["speech"]["according"]),
        roles=frozenset(raw["speech"]["roles"]),
        money_links=frozenset(quantities["money_links"]),
        capital_nouns=raw.get("capital_nouns", False),
        elisions=frozenset(raw.get("elisions", "").split()),
        day_mark=dates.get("day_mark", ""),
    )


@cache
def _telling(code: str) -> frozenset[str]:
    """Words that speak for a language: its function words and what it counts, less those of another language."""
    own, other = (
        {
            word
            for table in tables
            for word in (*table.stop, *table.groups, *table.generic, *table.cardinals, *table.scales)
        }
        for tables in (
            [word_table(code)],
            [word_table(other) for other in LANGUAGES if other != code],
        )
    )
    return frozenset(own - other)


def guess_language(words: set[str], otherwise: str) -> str:
    """The language that most of `words` (lower case) speak for; `otherwise` when none stands out."""
    hits = {code: len(words & _telling(code)) for code in LANGUAGES}
    best = max(LANGUAGES, key=lambda code: hits[code])
    rest = max(count for code, count in hits.items() if code != best)
    return best if hits[best] > 2 * rest else otherwise
