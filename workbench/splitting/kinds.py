"""Kinds of a claim as hints, each with the words that gave it away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from workbench.splitting.features import words_of
from workbench.splitting.lexicon import Lexicon
from workbench.splitting.model import ClaimKind

_BY_WORDS = (
    (ClaimKind.PREDICTION, "prediction"),
    (ClaimKind.NORMATIVE, "normative"),
    (ClaimKind.INTERPRETATION, "interpretation"),
    (ClaimKind.OPINION, "opinion"),
    (ClaimKind.BACKGROUND, "background"),
)
_REMARKS = (("universal quantifier", "universal"), ("vague quantity", "vague"))
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*%?")
_NAME = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚÑ][\w'-]+")
_MOST_SHOWN = 3
_LOOKED_AT = 4_000


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds found in a sentence and why."""

    kinds: tuple[ClaimKind, ...]
    reasons: tuple[str, ...]


@cache
def _index(lexicon: Lexicon) -> dict[str, tuple[tuple[str, str], ...]]:
    """From the first word of a phrase to the lists that hold it, with the phrase."""
    index: dict[str, list[tuple[str, str]]] = {}
    for key in (*(key for _, key in _BY_WORDS), *(key for _, key in _REMARKS)):
        for phrase in lexicon.phrases("kinds", key):
            index.setdefault(phrase.split()[0], []).append((key, phrase))
    return {word: tuple(entries) for word, entries in index.items()}


def _found(lowered: str, words: Sequence[str], lexicon: Lexicon) -> dict[str, list[str]]:
    """For each list the first three of its phrases in the sentence."""
    index = _index(lexicon)
    approximate = lexicon.words("kinds", "vague_before_number")
    found: dict[str, list[str]] = {}
    for word in words:
        for key, phrase in index.get(word, ()):
            shown = found.setdefault(key, [])
            if phrase in shown or len(shown) == _MOST_SHOWN:
                continue
            if phrase in approximate and not _before_number(lowered, phrase, lexicon):
                continue
            if " " not in phrase or f"{phrase} " in f"{lowered} ":
                shown.append(phrase)
    return {key: phrases for key, phrases in found.items() if phrases}


def _before_number(lowered: str, word: str, lexicon: Lexicon) -> bool:
    """Whether "about" or its like stands before an amount: "about 40", and not "questions about"."""
    following = re.findall(rf"\b{re.escape(word)} [$€£]?(\w+)", lowered)
    numbers = lexicon.words("quantities", "number_words") | lexicon.words("kinds", "amounts_too")
    return any(after[0].isdigit() or after in numbers for after in following)


def _listed(phrases: Sequence[str]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)


def _event(shown: str, words: Sequence[str], lexicon: Lexicon) -> str:
    """The word that makes a sentence say that something is so: a figure, else a verb of the past, else a name."""
    figure = _FIGURE.search(shown)
    if figure:
        return figure.group()
    past = lexicon.phrases("checkworthiness", "past_verbs")
    endings, no_past = lexicon.phrases("kinds", "past_endings"), lexicon.words("kinds", "no_past")
    for word in words:
        regular = len(word) > 4 and word.endswith(endings) and "-" not in word and word not in no_past
        if word in past or regular:
            return word
    name = next((m.group() for m in _NAME.finditer(shown) if m.group().lower() not in lexicon.openers), "")
    return name.removesuffix("'s")


def kinds_of(sentence: str, words: Sequence[str], lexicon: Lexicon, *, source: str | None, quoted: bool) -> Kinds:
    """Kinds of a folded `sentence` with its lower-case `words`; `source` names who it is attributed to, if anybody."""
    shown = sentence[:_LOOKED_AT]
    lowered = shown.lower()
    found: list[tuple[ClaimKind, str]] = []
    if source:
        found.append((ClaimKind.ATTRIBUTED, f"attributed to “{source}”"))
    if quoted:
        found.append((ClaimKind.QUOTE, "words in quotation marks"))
    question = shown.rstrip("\"') ").endswith("?")
    if question:
        found.append((ClaimKind.QUESTION, "question mark"))
    phrases = _found(lowered, words, lexicon)
    found.extend((kind, f"{kind}: {_listed(phrases[key])}") for kind, key in _BY_WORDS if key in phrases)
    event = "" if question or "normative" in phrases else _event(shown, words, lexicon)
    if event:
        found.append((ClaimKind.FACTUAL, f"factual: “{event}”"))
    remarks = [f"{remark}: {_listed(phrases[key])}" for remark, key in _REMARKS if key in phrases]
    reasons = (
        *(reason for _, reason in found),
        *_unnamed(source or "", lexicon),
        *remarks,
        *_passive(lowered, lexicon),
    )
    return Kinds(tuple(kind for kind, _ in found), reasons)


def _unnamed(source: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Remarks on a source that is a group without a name ("analysts")."""
    nouns = lexicon.words("unnamed", "nouns")
    noun = next((word for word in words_of(source) if word in nouns), None)
    if noun is None or any(character.isupper() for character in source[1:]):
        return ()
    return (f"unnamed source: “{noun}”",)


@cache
def _passives(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(str(lexicon.data.get("kinds", {}).get("passive", "(?!)")))


def _passive(lowered: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Remarks on a passive that does not say who did it."""
    found = _passives(lexicon).search(lowered)
    if found is None or f" {lexicon.agent} " in lowered[found.end() : found.end() + 40]:
        return ()
    return (f"passive without an agent: “{found.group()}”",)
