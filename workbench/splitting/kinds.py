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
def _index(lexicon: Lexicon) -> dict[str, tuple[tuple[str, str], ...]]:
    """From the first word of a phrase to the lists that hold it, with the phrase."""
    index: dict[str, list[tuple[str, str]]] = {}
    for key in (*(key for _, key in _BY_WORDS), *(key for _, key in _REMARKS)):
        for phrase in lexicon.phrases("kinds", key):
            index.setdefault(phrase.split()[0], []).append((key, phrase))
    return {word: tuple(entries) for word, entries in index.items()}


def _found(lowered: str, words: Sequence[str], lexicon: Lexicon) -> dict[str, str]:
    """For each list the first of its phrases in the sentence."""
    index = _index(lexicon)
    found: dict[str, str] = {}
    for word in words:
        for key, phrase in index.get(word, ()):
            if key not in found and (" " not in phrase or f"{phrase} " in f"{lowered} "):
                found[key] = phrase
    return found


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
    found.extend((kind, f"{kind}: “{phrases[key]}”") for kind, key in _BY_WORDS if key in phrases)
    event = None if question or "normative" in phrases else _EVENT.search(shown)
    if event:
        found.append((ClaimKind.FACTUAL, f"factual: “{event.group()}”"))
    remarks = [f"{remark}: “{phrases[key]}”" for remark, key in _REMARKS if key in phrases]
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


def _passive(lowered: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Remarks on a passive that does not say who did it."""
    found = _PASSIVE.search(lowered) if lexicon.code == "en" else None
    if found is None or " by " in lowered[found.end() : found.end() + 40]:
        return ()
    return (f"passive without an agent: “{found.group()}”",)
