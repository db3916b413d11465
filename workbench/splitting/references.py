"""Words that need the text around a sentence to be understood: found with their type, never resolved.

Pronouns and possessives that nothing before them in the sentence can stand for, "this" with a noun, definite roles ("the
minister"), groups ("the fallen"), seats of power used for those who rule there ("Havana"), and date words.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from workbench.splitting.dates import date_words
from workbench.splitting.lexicon import Lexicon, phrase_pattern
from workbench.splitting.model import Mention, Reference

DATE_TYPES = frozenset({"relative_date", "weekday", "partial_date"})
"""Types of references that the publication date settles."""

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
NAME = re.compile(
    rf"(?<![\w'-])[{UPPER}](?:[\w'-]|\.(?=[{UPPER}]))*"
    rf"(?:(?: (?:of |de |del |von |van |al-)?|\. (?=[{UPPER}]))[{UPPER}][\w'-]*){{0,6}}"
)
_OPENING = re.compile(r"[\"'(\[\s-]*([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_MOST_MODIFIERS = 3
_NEAR = 60


def _any_of(words: AbstractSet[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered)) if ordered else r"(?!)"


def references_of(
    folded: str, start: int, end: int, lexicon: Lexicon, *, words: AbstractSet[str], dates: Sequence[Mention]
) -> tuple[Reference, ...]:
    """What needs the text around the sentence [start, end), in order, each without candidates yet.

    `words` are the lower-case words of the sentence, `dates` its written-out dates. Where two readings touch, the longer
    one is kept. Nothing is found in a language without rules.
    """
    if not lexicon.data:
        return ()
    found: list[Reference] = []
    words = {word.removesuffix("'s").removesuffix("'") for word in words}
    if words & lexicon.words("references", "demonstratives"):
        found.extend(_demonstratives(folded, start, end, lexicon))
    found.extend(_pronouns(folded, start, end, lexicon))
    for key, pattern, kind in (("roles", _role, "role"), ("nominal_adjectives", _group, "group")):
        if words & lexicon.words("references", key):
            found.extend(
                Reference(m.start(), m.end(), m.group(), kind)
                for m in pattern(lexicon).finditer(folded, start, end)
                if kind == "group" or not _in_apposition(folded, start, m.start())
            )
    if words & _seat_words(lexicon):
        found.extend(_metonyms(folded, start, end, lexicon))
    found.extend(
        Reference(word.start, word.end, folded[word.start : word.end], word.type)
        for word in date_words(folded, start, end, lexicon, words=words, dates=dates)
    )
    return _apart(found)


def _apart(found: Sequence[Reference]) -> tuple[Reference, ...]:
    kept: list[Reference] = []
    for one in sorted(found, key=lambda r: (r.start - r.end, r.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda r: r.start))


@cache
def _demonstrative(lexicon: Lexicon) -> re.Pattern[str]:
    words = _any_of(lexicon.words("references", "demonstratives"))
    followers = _any_of(lexicon.words("references", "demonstrative_followers_not"))
    return re.compile(rf"(?<!\w)(?:{words}) (?!(?:{followers})\b)[^\W\d_]+(?:-[^\W\d_]+)*", re.IGNORECASE)


def _demonstratives(folded: str, start: int, end: int, lexicon: Lexicon) -> list[Reference]:
    """ "This" with its noun: the noun is the first word that does not look like an adjective."""
    found: list[Reference] = []
    units = lexicon.data.get("dates", {}).get("units", {})
    for match in _demonstrative(lexicon).finditer(folded, start, end):
        last, word = match.end(), match.group().split()[-1]
        for _ in range(_MOST_MODIFIERS):
            following = _WORD.match(folded, last + 1, end) if folded[last : last + 1] == " " else None
            if following is None or not _is_adjective(word, lexicon) or not _may_be_noun(following.group(), lexicon):
                break
            last, word = following.end(), following.group()
        if word.lower() not in units:
            found.append(Reference(match.start(), last, folded[match.start() : last], "demonstrative"))
    return found


def _is_adjective(word: str, lexicon: Lexicon) -> bool:
    low = word.lower()
    endings = tuple(lexicon.words("references", "adjective_endings"))
    return (
        low in lexicon.words("references", "adjectives")
        or (
            len(low) > 4 and bool(endings) and low.endswith(endings) and low not in lexicon.words("references", "roles")
        )
        or (word[0].isupper() and lexicon.code == "en")
    )


def _may_be_noun(word: str, lexicon: Lexicon) -> bool:
    low = word.lower()
    return low not in lexicon.openers and low not in lexicon.auxiliaries and low not in lexicon.reporting


def _pronouns(folded: str, start: int, end: int, lexicon: Lexicon) -> list[Reference]:
    """A pronoun or possessive that opens the sentence, or the first one when no name stands before it."""
    opening = _OPENING.match(folded, start, end)
    if opening is None:
        return []
    pronouns, possessives = lexicon.words("references", "pronouns"), lexicon.words("references", "possessives")
    first = opening.group(1).lower()
    if _expletive(lexicon).match(folded[opening.start(1) : min(end, opening.start(1) + _NEAR)].lower()):
        return []
    if first in pronouns or first in possessives:
        kind = "possessive" if first in possessives else "pronoun"
        return [Reference(opening.start(1), opening.end(1), opening.group(1), kind)]
    later = _third_person(lexicon).search(folded, opening.end(1), end)
    if later is None or _has_antecedent(folded, opening.start(1), later.start(), lexicon):
        return []
    kind = "possessive" if later.group().lower() in possessives else "pronoun"
    return [Reference(later.start(), later.end(), later.group(), kind)]


@cache
def _third_person(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.words("references", "persons") | lexicon.words("references", "possessives") | {"they", "them"}
    return re.compile(rf"(?<![\w'])(?:{_any_of(words)})(?![\w'])")


@cache
def _expletive(lexicon: Lexicon) -> re.Pattern[str]:
    return phrase_pattern(lexicon.phrases("references", "expletives"))


def _has_antecedent(folded: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a name or a noun with its article stands between the opening of a sentence and a pronoun in it."""
    before = folded[start:end]
    words = _WORD.findall(before)
    names = [w for i, w in enumerate(words) if w[0].isupper() and (i or w.lower() not in lexicon.openers)]
    timeless = lexicon.months | lexicon.weekdays
    if any(name.lower() not in timeless for name in names):
        return True
    nouns = lexicon.words("references", "determiners")
    return any(word.lower() in nouns for word in words)


@cache
def _role(lexicon: Lexicon) -> re.Pattern[str]:
    roles = _any_of(lexicon.words("references", "roles"))
    before = _any_of(lexicon.words("references", "role_adjectives"))
    after = _any_of(lexicon.words("references", "role_followers_not") - {"'s"})
    article = "the" if lexicon.code == "en" else "el|la|los|las"
    return re.compile(
        rf"(?<!\w)(?i:{article}) (?:(?:{before}) ){{0,2}}(?:{roles})"
        rf"(?!'s? [{UPPER}]| (?:(?:{after})\b|[{UPPER}])|[\w-])"
    )


def _in_apposition(folded: str, start: int, at: int) -> bool:
    """Whether a name and a comma stand before: "Ann Poe, the mayor"."""
    before = folded[max(start, at - _NEAR) : at].rstrip()
    if not before.endswith(","):
        return False
    words = before[:-1].split()
    return bool(words) and words[-1][0].isupper()


@cache
def _group(lexicon: Lexicon) -> re.Pattern[str]:
    words = _any_of(lexicon.words("references", "nominal_adjectives"))
    return re.compile(
        rf"(?<!\w)(?:the|los|las|el|la) (?:{words})(?=[.,;:!?)\"]| (?:was|were|is|are|had|have|and)\b|\Z)",
        re.IGNORECASE,
    )


def seats(lexicon: Lexicon) -> dict[str, str]:
    """From a seat of power to the country it stands for."""
    table = lexicon.data.get("references", {}).get("seats", {})
    return {str(seat): str(country) for seat, country in table.items()}


@cache
def _seat_words(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(seat.split()[-1].lower() for seat in seats(lexicon))


@cache
def _seat(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{_any_of(frozenset(seats(lexicon)))})(?![\w-])")


def _metonyms(folded: str, start: int, end: int, lexicon: Lexicon) -> list[Reference]:
    """Seats of power that act or are acted upon: not "in Havana", "Washington, D.C." or a part of a longer name."""
    found: list[Reference] = []
    places = lexicon.words("references", "locatives")
    for match in _seat(lexicon).finditer(folded, start, end):
        before = folded[start : match.start()]
        words = before.split()
        word = words[-1] if words else ""
        after = folded[match.end() : min(end, match.end() + 3)]
        inside = (
            word.lower() in places
            or (bool(word) and word[0].isupper() and word.lower() not in lexicon.openers)
            or re.match(rf"(?:'s?)? [{UPPER}]", after) is not None
            or re.match(rf", [{UPPER}]", after) is not None
            or (word == "the" and len(words) > 1 and words[-2].lower() in places)
        )
        if not inside:
            found.append(Reference(match.start(), match.end(), match.group(), "metonymy"))
    return found
