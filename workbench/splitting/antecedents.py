"""What a reference may stand for: names, noun phrases and statements of earlier sentences, for a person to pick from.

The nearest antecedent is often the wrong one, so that several are offered: those that agree in being a person, a thing or
several first, and among them the nearest first.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from workbench.splitting.dates import date_candidates, date_words
from workbench.splitting.features import words_of
from workbench.splitting.lexicon import Lexicon
from workbench.splitting.model import SET_ASIDE, ClaimRelation, Reference, SuggestedClaim, Unit, UnitKind
from workbench.splitting.references import DATE_TYPES, NAME, seats

MOST_CANDIDATES = 5
_LOOK_BACK = 40
_READ = 2_000
_LONGEST_STATEMENT = 120
_UNREAD = frozenset({*SET_ASIDE, UnitKind.HEADING})
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*|[^\w\s]")
_PEOPLES = ("an", "ese", "ish", "ic")
_POSSESSIVE = re.compile(r"'s?$")
_LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name or noun phrase met in the text, with what it may agree with."""

    text: str
    head: str
    person: bool
    plural: bool
    name: bool


class Met:
    """What was met so far in one reading of one text."""

    def __init__(self) -> None:
        self.phrases: list[Phrase] = []
        self.statement = ""
        self.announced: list[str] = []
        """What somebody was said to have said: the two nearest, and the first, which is often what a story is about."""
        self.subject: Phrase | None = None
        self._counts: Counter[str] = Counter()
        self._people: dict[str, Phrase] = {}

    def add(self, phrases: Sequence[Phrase]) -> None:
        """Takes in the phrases of one sentence, its last first; a surname alone becomes the person met before."""
        known = [self._people.get(phrase.text.lower(), phrase) for phrase in phrases]
        for phrase in known:
            self._counts[phrase.text] += 1
            if phrase.person and phrase.name:
                self._people.setdefault(phrase.head, phrase)
        if known:
            self.subject = known[-1]
        self.phrases = [*known, *self.phrases][:_LOOK_BACK]

    def ranked(self, fits: Callable[[Phrase], bool]) -> list[Phrase]:
        """The phrases that fit: the two nearest, what the last sentence began with, the one named most, then the rest."""
        nearest = list(dict.fromkeys(phrase for phrase in self.phrases if fits(phrase)))
        subject = [self.subject] if self.subject and fits(self.subject) else []
        most = sorted(nearest, key=lambda phrase: -self._counts[phrase.text])[:1]
        return [*nearest[:2], *subject, *most, *nearest[2:]]


def with_candidates(units: Sequence[Unit], folded: str, lexicon: Lexicon, published: date | None) -> tuple[Unit, ...]:
    """The units with candidates for each reference: phrases of earlier sentences, nearest first, or dates.

    At most five each. Date words get candidates where `published` is given.
    """
    if not lexicon.data:
        return tuple(units)
    met = Met()
    result: list[Unit] = []
    for unit in units:
        result.append(_unit(unit, folded, lexicon, published, met))
        # Headings, and titles as some write them, have capitals all over that would pass for names.
        if unit.claims and unit.kind not in _UNREAD and not _is_capitalised(unit):
            whole = unit.claims[0]
            met.add(phrases_of(folded, whole.start, min(whole.end, whole.start + _READ), lexicon))
            met.statement = _statement(unit.claims)
            if any(claim.relation is ClaimRelation.ACT for claim in unit.claims):
                met.announced = [met.statement, *met.announced[:1], *met.announced[-1:]]
    return tuple(result)


def _is_capitalised(unit: Unit) -> bool:
    words = unit.claims[0].text.split()
    return unit.kind is UnitKind.TITLE and 2 * sum(word[0].isupper() for word in words) > len(words)


def _unit(unit: Unit, folded: str, lexicon: Lexicon, published: date | None, met: Met) -> Unit:
    references = unit.claims[0].references if unit.claims else ()
    if not references:
        return unit
    whole = unit.claims[0]
    meanings = _meanings(whole, folded, lexicon) if published and any(r.type in DATE_TYPES for r in references) else {}
    sentence = folded[whole.start : min(whole.end, whole.start + _READ)]
    filled: dict[tuple[int, int], Reference] = {}
    for one in references:
        found: tuple[str, ...] = ()
        if one.type not in DATE_TYPES and one.type != "vague_date":
            found = _candidates(one, lexicon, met)
        elif published and one.start in meanings:
            found = date_candidates(one.text, meanings[one.start], published, lexicon, sentence=sentence)
        filled[one.start, one.end] = replace(one, candidates=found)
    claims = (
        replace(claim, references=tuple(filled.get((r.start, r.end), r) for r in claim.references))
        for claim in unit.claims
    )
    return replace(unit, claims=tuple(claims))


def _meanings(whole: SuggestedClaim, folded: str, lexicon: Lexicon) -> dict[int, str]:
    end = min(whole.end, whole.start + 2 * _READ)
    words = set(words_of(folded[whole.start : end]))
    found = date_words(folded, whole.start, end, lexicon, words=words, dates=whole.dates)
    return {word.start: word.meaning for word in found}


def _statement(claims: Sequence[SuggestedClaim]) -> str:
    """What a unit states, for "this admission" in the next: the act of saying where there is one."""
    said = next((claim for claim in claims if claim.relation is ClaimRelation.ACT), claims[0])
    words = " ".join(said.text.split())
    if len(words) <= _LONGEST_STATEMENT:
        return words
    return words[:_LONGEST_STATEMENT].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _candidates(one: Reference, lexicon: Lexicon, met: Met) -> tuple[str, ...]:
    low = one.text.lower()
    if one.type == "metonymy":
        return _readings(one.text, lexicon)
    if one.type == "demonstrative" and " " in low:
        return _for_noun(low.split()[-1], lexicon, met)
    if one.type == "role":
        return _for_role(low.split()[-1], lexicon, met)
    if one.type == "group":
        return _for_group(lexicon, met)
    if low in lexicon.words("references", "persons"):
        return _pick(met.ranked(lambda p: p.person), met.ranked(lambda p: p.name), met.phrases)
    if low in lexicon.words("references", "plurals"):
        several = met.ranked(lambda p: p.plural)
        return _pick(_mixed(several, met.ranked(lambda p: p.name and not p.person)), met.phrases)
    things = met.ranked(lambda p: not p.person and not p.plural)
    if one.type == "pronoun" and low in lexicon.words("references", "demonstratives"):
        return _pick(met.statement, things, met.phrases)
    # What the last sentence began with, also where it is several, and what it says: "it" often takes up either.
    subject = [met.subject] if met.subject and not met.subject.person else []
    said = met.statement if one.type == "pronoun" else ""
    return _pick(things[:2], subject, said, things, met.phrases)


def _mixed(first: Sequence[Phrase], second: Sequence[Phrase]) -> list[Phrase]:
    """The two, with the first ahead where both have one at the same rank."""
    result: list[Phrase] = []
    for i in range(max(len(first), len(second))):
        result.extend((*first[i : i + 1], *second[i : i + 1]))
    return result


def _readings(seat: str, lexicon: Lexicon) -> tuple[str, ...]:
    country = seats(lexicon).get(seat, "")
    templates = lexicon.phrases("references", "seat_readings")
    if seat in lexicon.phrases("references", "buildings"):
        templates = templates[:1]
    return tuple(template.format(country=country, seat=seat) for template in templates)


def _for_noun(noun: str, lexicon: Lexicon, met: Met) -> tuple[str, ...]:
    if lexicon.code == "en" and noun.endswith("ed"):
        return _for_group(lexicon, met)
    same = [p for p in met.phrases if _singular(p.head) == _singular(noun)]
    endings = tuple(lexicon.words("references", "statement_endings"))
    says = noun in lexicon.words("references", "statements") or (bool(endings) and noun.endswith(endings))
    if not says:
        return _pick(same, met.ranked(lambda p: not p.person), met.phrases)
    announced = met.announced if noun in lexicon.words("references", "announcements") else []
    return _pick(same, met.statement, *announced, met.ranked(lambda p: not p.person), met.phrases)


def _for_group(lexicon: Lexicon, met: Met) -> tuple[str, ...]:
    people = lexicon.words("references", "people")
    return _pick(met.ranked(lambda p: p.head in people), met.ranked(lambda p: p.plural), met.phrases)


def _for_role(role: str, lexicon: Lexicon, met: Met) -> tuple[str, ...]:
    titled = [p for p in met.phrases if p.name and role in p.text.lower().split()]
    same = [p for p in met.phrases if p.head == role and not p.name]
    names = met.ranked(lambda p: p.name)
    if role in lexicon.words("references", "titles"):
        return _pick(titled, met.ranked(lambda p: p.person), same, names)
    return _pick(titled, same, met.ranked(lambda p: p.name and not p.person), names)


def _singular(noun: str) -> str:
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _pick(*tiers: str | Iterable[Phrase]) -> tuple[str, ...]:
    """The first five different candidates; a shorter form of one that is already there is left out."""
    picked: list[str] = []
    for tier in tiers:
        for text in [tier] if isinstance(tier, str) else (phrase.text for phrase in tier):
            known = any(f" {text.lower()} " in f" {other.lower()} " for other in picked)
            if text and not known:
                picked.append(text)
            if len(picked) == MOST_CANDIDATES:
                return tuple(picked)
    return tuple(picked)


@cache
def _stops(lexicon: Lexicon) -> frozenset[str]:
    """Words that end a noun phrase."""
    return (
        lexicon.words("references", "things")
        | lexicon.words("references", "verbs")
        | lexicon.words("references", "pronouns")
        | lexicon.words("references", "possessives")
        | lexicon.auxiliaries
    )


def phrases_of(folded: str, start: int, end: int, lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Names and noun phrases of the sentence [start, end), the last first."""
    found: list[tuple[int, int, Phrase]] = []
    for match in NAME.finditer(folded, start, end):
        name = _name(folded, start, match, lexicon)
        if name is not None:
            found.append(name)
    found.extend(_noun_phrases(folded, start, end, lexicon, [(s, e) for s, e, _ in found]))
    return tuple(phrase for _, _, phrase in sorted(found, key=lambda entry: entry[0], reverse=True))


def _name(folded: str, start: int, match: re.Match[str], lexicon: Lexicon) -> tuple[int, int, Phrase] | None:
    text, at = match.group(), match.start()
    first, _, rest = text.partition(" ")
    while first and (first.lower() in lexicon.openers or first.lower() in _stops(lexicon)):
        if first.lower() == "the" and rest and at > start:
            break
        at += len(text) - len(rest)
        text = rest
        first, _, rest = text.partition(" ")
    text = _POSSESSIVE.sub("", text).rstrip("-'")
    if folded[at + len(text) : at + len(text) + 1] == "." and "." in text:
        text += "."
    words = [word.lower().rstrip(".") for word in text.split()]
    if len(text) < 2 or words[0] in lexicon.weekdays | lexicon.months:
        return None
    following = folded[at + len(text) : at + len(text) + 2]
    if words[-1].endswith(_PEOPLES) and len(following) == 2 and following[0] == " " and following[1].islower():
        # "Cuban officials": the name only qualifies.
        return None
    organisation = any(word in lexicon.words("references", "organisations") for word in words)
    titled = any(word in lexicon.words("references", "titles") for word in words[:-1])
    before = folded[max(start, at - 30) : at].split()
    titled = titled or (bool(before) and before[-1].lower() in lexicon.words("references", "titles"))
    person = titled or (2 <= len(words) <= 4 and not organisation and "of" not in words and text[-1].islower())
    plural = organisation is False and not person and words[-1].endswith("ans")
    return at, at + len(text), Phrase(text, words[-1], person, plural, name=True)


def _noun_phrases(
    folded: str, start: int, end: int, lexicon: Lexicon, names: Sequence[tuple[int, int]]
) -> list[tuple[int, int, Phrase]]:
    """Stretches from an article, number or possessive to the word before the next function word or verb, and people
    without an article ("police")."""
    # "This admission" stands for something itself.
    determiners = lexicon.words("references", "determiners") - lexicon.words("references", "demonstratives")
    people, titles = lexicon.words("references", "people"), lexicon.words("references", "titles")
    tokens = list(_TOKEN.finditer(folded, start, end))
    low = [token.group().lower() for token in tokens]
    found: list[tuple[int, int, Phrase]] = []
    at = 0
    while at < len(tokens):
        bare = low[at] in people
        if not bare and low[at] not in determiners and not low[at][0].isdigit() and not _qualifies(tokens, at):
            at += 1
            continue
        last = at + 1 if bare else _phrase_end(low, at, lexicon)
        first, head, at = tokens[at], low[last - 1], max(last, at + 1)
        stop = tokens[last - 1].end()
        named = any(first.start() < e and s < stop <= e for s, e in names)
        if named or (stop == first.end() and not bare) or head in lexicon.weekdays | lexicon.months:
            continue
        plural = head in people or (head.endswith("s") and not head.endswith("ss"))
        text = folded[first.start() : stop]
        found.append((first.start(), stop, Phrase(text, head, head in titles, plural, name=False)))
    return found


def _qualifies(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word such as "Cuban" stands before the noun that it qualifies."""
    word, after = tokens[at].group(), tokens[at + 1].group() if at + 1 < len(tokens) else ""
    return word[0].isupper() and word.endswith(_PEOPLES) and after[:1].islower() and "'" not in word


def _phrase_end(low: Sequence[str], at: int, lexicon: Lexicon) -> int:
    """Where the phrase that begins with the determiner at `at` ends; at + 1 when nothing that is a noun follows."""
    stops, determiners = _stops(lexicon), lexicon.words("references", "determiners")
    adjectives = lexicon.words("references", "adjectives")
    last = at + 1
    while last < len(low) and last - at <= _LONGEST_PHRASE:
        word = low[last]
        further = last > at + 1
        verb = further and (word in lexicon.reporting or word.endswith(("ed", "ing")))
        if word in stops or verb or not word[0].isalpha() or (word in determiners and further):
            break
        last += 1
    while last > at + 1 and (low[last - 1] in adjectives or low[last - 1].endswith(("ly", "ous", "ful"))):
        last -= 1
    return last
