"""Fictional text in any amount from a seed: news-like passages with topics, names, places and numbers, and claims about them.

Words are made up from syllables and as unevenly frequent as in language (Zipf's law); each topic has words of its own, and
a tenth of the words are names or numbers. A claim repeats part of one passage, so it is known what should be found.
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

VOCABULARY = 60_000
TOPICS = 400
TOPIC_WORDS = 150
NAMES = 20_000
_ONSETS = (
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_CODAS = ("", "", "n", "r", "l", "s", "t", "nd", "rk", "m")
_MONTHS = ("January", "March", "May", "June", "September", "November")


@dataclass(frozen=True, slots=True)
class Piece:
    """One short document of one passage."""

    number: int
    topic: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A claim, and the number of the passage that it was made from."""

    text: str
    passage: int
    topic: int


class Corpus:
    """Passages 0, 1, 2 …: each depends on the seed and its number alone, so a part of a corpus is the same as in the whole."""

    def __init__(self, seed: int = 1) -> None:
        chance = random.Random(seed)
        self._seed = seed
        self._common = _words(chance, VOCABULARY)
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
        self._names = [word.capitalize() for word in _words(chance, NAMES)]
        self._name_weights = list(itertools.accumulate(1 / (rank + 20) for rank in range(NAMES)))
        self._topics = [chance.sample(self._common[200:], TOPIC_WORDS) for _ in range(TOPICS)]

    def piece(self, number: int) -> Piece:
        """One passage of 25 to 60 words."""
        chance = random.Random(f"{self._seed}/{number}")
        topic = chance.randrange(TOPICS)
        sentences = [self._sentence(chance, topic) for _ in range(chance.randint(2, 3))]
        title = " ".join([*chance.sample(self._topics[topic], 4), self._name(chance)]).capitalize()
        return Piece(number, topic, title, " ".join(sentences))

    def pieces(self, count: int, start: int = 0) -> Iterator[Piece]:
        """Many of them in order."""
        return map(self.piece, range(start, start + count))

    def queries(self, count: int, passages: int, seed: int = 7) -> list[Query]:
        """Claims of 20 to 30 words about passages below a number: most words of one, in order, some replaced."""
        chance = random.Random(seed)
        found = []
        for _ in range(count):
            piece = self.piece(chance.randrange(passages))
            words = piece.text.split()
            start = chance.randrange(max(1, len(words) - 25))
            kept = [
                word if chance.random() < 0.8 else chance.choices(self._common, cum_weights=self._weights)[0]
                for word in words[start : start + 25]
            ]
            found.append(Query(" ".join(kept), piece.number, piece.topic))
        return found

    def _name(self, chance: random.Random) -> str:
        return chance.choices(self._names, cum_weights=self._name_weights)[0]

    def _sentence(self, chance: random.Random, topic: int) -> str:
        words = chance.choices(self._common, cum_weights=self._weights, k=chance.randint(10, 18))
        for place in range(len(words)):
            kind = chance.random()
            if kind < 0.2:
                words[place] = self._topics[topic][min(int(chance.expovariate(0.05)), TOPIC_WORDS - 1)]
            elif kind < 0.27:
                words[place] = self._name(chance)
            elif kind < 0.30:
                words[place] = f"{chance.randint(2, 9_999):,}"
            elif kind < 0.31:
                words[place] = f"{chance.choice(_MONTHS)} {chance.randint(1990, 2030)}"
        return " ".join(words).capitalize() + "."


def _words(chance: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = (chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(chance.choice((1, 2, 2, 3, 3, 4))))
        found["".join(syllables) + chance.choice(_CODAS)] = None
    return list(found)
