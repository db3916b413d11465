"""Named features of a sentence, the ones that check-worthiness is computed from."""

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache

from workbench.splitting.lexicon import Lexicon, phrase_pattern

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MONEY = re.compile(r"[$€£¥]\s?\d")
_PERCENT_SIGN = re.compile(r"\d\s?%")
_CAPITAL = re.compile(r"(?<=[^\W\d_.!?][ ,])[A-Z][a-z]+")
_LOOKED_AT = 4_000

# Feature → the word lists it counts, as (section, key, written as one string).
_LISTS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "number word": (("quantities", "number_words", True),),
    "scale word": (("checkworthiness", "money_words", False),),
    "currency": (("quantities", "currencies", True),),
    "change": (("kinds", "change", False),),
    "superlative": (("kinds", "superlatives", False),),
    "comparison": (("kinds", "comparatives", False),),
    "negation": (("kinds", "negations", False),),
    "modal": (("kinds", "modals", False),),
    "future": (("kinds", "prediction", False),),
    "should or must": (("kinds", "normative", False),),
    "opinion word": (("kinds", "opinion", False),),
    "all or never": (("kinds", "universal", False),),
    "vague amount": (("kinds", "vague", False),),
    "time span": (("checkworthiness", "comparison_time", False),),
    "month": (("blocks", "months", True),),
    "first person": (("checkworthiness", "first_person", False),),
    "second person": (("checkworthiness", "second_person", False),),
    "third person": (("checkworthiness", "third_person", False),),
    "thinking or wishing": (("checkworthiness", "mental", False),),
    "courtesy": (("checkworthiness", "greeting", False),),
    "public affairs": (("checkworthiness", "figures_nouns", False),),
    "past event": (("checkworthiness", "past_verbs", False),),
}
_PHRASES: dict[str, tuple[str, str]] = {"editorial phrase": ("checkworthiness", "editorial")}
_CAPPED = 3.0

FEATURES = (
    *_LISTS,
    *_PHRASES,
    "length",
    "short",
    "figure in digits",
    "long figure",
    "percentage",
    "amount of money",
    "year",
    "name",
    "quotation",
    "question",
    "exclamation",
    "reporting verb",
    "condition",
    "verb in -ed",
    "verb in -ing",
    "list of things",
    "opens with and or but",
)


@cache
def _index(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """From a word to the features that count it."""
    index: dict[str, list[str]] = {}
    for feature, sources in _LISTS.items():
        for section, key, packed in sources:
            entries = lexicon.words(section, key) if packed else lexicon.phrases(section, key)
            for entry in entries:
                if " " not in entry:
                    index.setdefault(entry, []).append(feature)
    return {word: tuple(features) for word, features in index.items()}


@cache
def _phrases(lexicon: Lexicon, section: str, key: str) -> re.Pattern[str]:
    return phrase_pattern(lexicon.phrases(section, key))


def words_of(sentence: str) -> list[str]:
    """Lower-case words of a folded sentence."""
    return [word.lower() for word in _WORD.findall(sentence[:_LOOKED_AT])]


def features_of(sentence: str, words: Sequence[str], lexicon: Lexicon) -> dict[str, float]:
    """Values of the named features of a folded `sentence`; those that are absent are left out.

    Counts are capped at three; "length" is the logarithm of the number of words.
    """
    sentence = sentence[:_LOOKED_AT]
    index = _index(lexicon)
    counts: dict[str, float] = {}
    for word in words:
        for feature in index.get(word, ()):
            counts[feature] = counts.get(feature, 0.0) + 1
        ending = _by_form(word, lexicon)
        if ending:
            counts[ending] = counts.get(ending, 0.0) + 1
        if word in lexicon.reporting:
            counts["reporting verb"] = counts.get("reporting verb", 0.0) + 1
    _count_marks(sentence, counts)
    lowered = sentence.lower()
    percent = _phrases(lexicon, "quantities", "percent_phrases").findall(lowered)
    counts["percentage"] = float(len(_PERCENT_SIGN.findall(sentence)) + len(percent))
    for feature, (section, key) in _PHRASES.items():
        counts[feature] = float(len(_phrases(lexicon, section, key).findall(lowered)))
    result = {feature: min(value, _CAPPED) for feature, value in counts.items() if value}
    result["length"] = math.log1p(len(words))
    if len(words) < 7:
        result["short"] = 1.0
    if words and words[0] in lexicon.words("checkworthiness", "opening_joiners"):
        result["opens with and or but"] = 1.0
    if not lexicon.words("checkworthiness", "conditions").isdisjoint(words):
        result["condition"] = 1.0
    return result


@lru_cache(maxsize=20_000)
def _by_form(word: str, lexicon: Lexicon) -> str:
    """The feature that the form of a word counts for, if any."""
    if word.endswith("n't"):
        return "negation"
    for feature, key, shortest in (("verb in -ed", "past_endings", 4), ("verb in -ing", "gerund_endings", 5)):
        endings = lexicon.phrases("checkworthiness", key)
        if endings and len(word) > shortest and word.endswith(endings):
            return feature
    return ""


def _count_marks(sentence: str, counts: dict[str, float]) -> None:
    numbers = _NUMBER.findall(sentence)
    counts["figure in digits"] = float(len(numbers))
    counts["long figure"] = float(sum(len(number) > 4 for number in numbers))
    counts["year"] = float(len(_YEAR.findall(sentence)))
    counts["amount of money"] = float(len(_MONEY.findall(sentence)))
    counts["name"] = float(len(_CAPITAL.findall(sentence)))
    counts["quotation"] = 1.0 if '"' in sentence else 0.0
    counts["question"] = 1.0 if sentence.rstrip("\"') ").endswith("?") else 0.0
    counts["exclamation"] = 1.0 if "!" in sentence else 0.0
    counts["list of things"] = float(max(0, sentence.count(",") - 1))
