"""Kinds of a claim as hints, each with the words that gave it away."""

import re
from dataclasses import dataclass
from functools import cache

from workbench.splitting.lexicon import Lexicon, phrase_pattern
from workbench.splitting.model import ClaimKind

_BY_WORDS = (
    (ClaimKind.PREDICTION, "prediction"),
    (ClaimKind.NORMATIVE, "normative"),
    (ClaimKind.INTERPRETATION, "interpretation"),
    (ClaimKind.OPINION, "opinion"),
    (ClaimKind.BACKGROUND, "background"),
)
_REMARKS = (("universal quantifier", "universal"), ("vague quantity", "vague"))
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are|be) (?:\w+ly )?(\w+ed|killed|held|made|found|seen|shot|sent|given|taken|known)\b"
)
_EVENT = re.compile(r"\d|\w+ed\b|(?<=[a-záéíóúñ,] )[A-Z]\w+")
_LOOKED_AT = 4_000


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds found in a sentence and why."""

    kinds: tuple[ClaimKind, ...]
    reasons: tuple[str, ...]


@cache
def _pattern(lexicon: Lexicon, key: str) -> re.Pattern[str]:
    return phrase_pattern(lexicon.phrases("kinds", key))


@cache
def _unnamed(lexicon: Lexicon) -> re.Pattern[str]:
    return phrase_pattern(lexicon.words("unnamed", "nouns"))


def kinds_of(sentence: str, lexicon: Lexicon, *, source: str | None, quoted: bool) -> Kinds:
    """Kinds of a folded `sentence`; `source` names who it is attributed to, if anybody."""
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
    for kind, key in _BY_WORDS:
        words = _pattern(lexicon, key).search(lowered)
        if words:
            found.append((kind, f"{kind}: “{words.group()}”"))
    kinds = [kind for kind, _ in found]
    event = None if question or ClaimKind.NORMATIVE in kinds else _EVENT.search(shown)
    if event:
        found.append((ClaimKind.FACTUAL, f"factual: “{event.group()}”"))
    reasons = (*(reason for _, reason in found), *_remarks(lowered, source or "", lexicon))
    return Kinds(tuple(kind for kind, _ in found), reasons)


def _remarks(lowered: str, source: str, lexicon: Lexicon) -> list[str]:
    """What a checker looks out for beside the kinds: sources without a name, sweeping or vague amounts, hidden agents."""
    remarks: list[str] = []
    unnamed = _unnamed(lexicon).search(source.lower())
    if unnamed and not any(character.isupper() for character in source[1:]):
        remarks.append(f"unnamed source: “{unnamed.group()}”")
    for remark, key in _REMARKS:
        found = _pattern(lexicon, key).search(lowered)
        if found:
            remarks.append(f"{remark}: “{found.group()}”")
    passive = _PASSIVE.search(lowered) if lexicon.code == "en" else None
    if passive and " by " not in lowered[passive.end() : passive.end() + 40]:
        remarks.append(f"passive without an agent: “{passive.group()}”")
    return remarks
