"""Words that only the comparison needs: what numbers are named after, places that speak for a country, verbs that deny."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.matching.words import Phrase, stem


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The comparison's own words of one language, lower case.

    `designators` take a number that is a name ("Flight 447"), `streets` end an address, `attributive` are plurals
    that stand before another noun ("customs"), `metre_nouns` follow a length ("100m race"), `subunits` map a word to
    currency and factor, `ratio_joiners` stand in "one in five". `nobody` are phrases for no person at all. `places`
    pairs the stems of a place name with the country it stands for. `unlike_persons` are stems of words that no
    person's name has. `denying` are verbs that deny by themselves, `denying_before` those that do so before one of
    `denied_link`. `denying_figures` before a figure deny it ("not 31"), and so do the phrases `instead_of`. `possible`
    are words that leave open whether something is so, `honorifics` titles that are no office, `former` words for an
    office that is over, `relatives` words for people who may share a surname.
    """

    designators: frozenset[str]
    streets: frozenset[str]
    attributive: frozenset[str]
    metre_nouns: frozenset[str]
    subunits: Mapping[str, tuple[str, float]]
    ratio_joiners: tuple[Phrase, ...]
    nobody: tuple[Phrase, ...]
    places: tuple[tuple[frozenset[str], str], ...]
    unlike_persons: frozenset[str]
    denying: frozenset[str]
    denying_before: frozenset[str]
    denied_link: frozenset[str]
    denying_figures: frozenset[str]
    instead_of: tuple[Phrase, ...]
    possible: frozenset[str]
    honorifics: frozenset[str]
    former: frozenset[str]
    relatives: frozenset[str]

    def countries_of(self, names: frozenset[str]) -> frozenset[str]:
        """The countries that a speaker with these stems stands for, if every word of the name is of such a place."""
        found = {country: words for words, country in self.places if words <= names}
        covered = {word for words, _ in self.places if words <= names for word in words}
        return frozenset(found) if names <= covered | self.unlike_persons else frozenset()


def _places(raw: Mapping[str, list[str]]) -> tuple[tuple[frozenset[str], str], ...]:
    return tuple(
        (frozenset(stem(word) for word in name.split()), country) for country, names in raw.items() for name in names
    )


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a word table's language (`WordTable.code`)."""
    source = files("workbench.matching.languages").joinpath(f"{code}.toml")
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    names, compare = raw["naming"], raw["compare"]
    return Lexicon(
        designators=frozenset(names["designators"].split()),
        streets=frozenset(names["streets"].split()),
        attributive=frozenset(names["attributive"].split()),
        metre_nouns=frozenset(names["metre_nouns"].split()),
        subunits={word: (name, float(factor)) for word, (name, factor) in compare["subunits"].items()},
        ratio_joiners=tuple(tuple(phrase.split()) for phrase in compare["ratio_joiners"]),
        nobody=tuple(tuple(phrase.split()) for phrase in compare["nobody"]),
        places=_places(raw["places"]),
        unlike_persons=frozenset(stem(word) for word in names["unlike_persons"].split()),
        denying=frozenset(compare["denying"].split()),
        denying_before=frozenset(compare["denying_before"].split()),
        denied_link=frozenset(compare["denied_link"].split()),
        denying_figures=frozenset(compare["denying_figures"].split()),
        instead_of=tuple(tuple(phrase.split()) for phrase in compare["instead_of"]),
        possible=frozenset(compare["possible"].split()),
        honorifics=frozenset(names["honorifics"].split()),
        former=frozenset(names["former"].split()),
        relatives=frozenset(names["relatives"].split()),
    )
