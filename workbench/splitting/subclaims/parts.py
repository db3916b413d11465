"""What the clause reader finds: verbs with their subjects and complements, and the statements they make."""

from dataclasses import dataclass, field

Range = tuple[int, int]
"""Half-open indices of tokens."""
Piece = Range | str
"""Words of the sentence, or one of the few words that a wording may add (is, are, was, were, a, an)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One statement: `pieces` in the order of its wording; `whole` tells a clause from one of its details."""

    relation: str
    pieces: tuple[Piece, ...]
    whole: bool = False

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The words of the sentence in their order there."""
        return tuple(sorted(piece for piece in self.pieces if not isinstance(piece, str)))


@dataclass(slots=True)
class Phrase:
    """A noun phrase: `items` are its coordinated members, [start, end) covers all of them."""

    start: int
    end: int
    items: list[Range]

    @property
    def range(self) -> Range:
        return self.start, self.end


@dataclass(slots=True)
class Complement:
    """What follows a verb: an object (no lead), or a phrase with its preposition or particle in `lead`.

    `kind` is "object", "phrase", "time", "clause" or "adverb".
    """

    kind: str
    lead: Range | None
    items: list[Range]
    start: int
    end: int

    def options(self) -> list[tuple[Range, ...]]:
        """The complement once for every coordinated member."""
        head = (self.lead,) if self.lead else ()
        return [(*head, item) for item in self.items]

    def all(self) -> Range:
        return self.start, self.end


@dataclass(slots=True)
class Clause:
    """A verb with its subject, in the order of the text except that `fronted` stand before the subject."""

    relation: str
    subject: Phrase | None
    verb: Range
    fronted: list[Complement] = field(default_factory=list)
    complements: list[Complement] = field(default_factory=list)
    copula: bool = False
    glue: str = ""
    auxiliary: Range | None = None
    object_before: Phrase | None = None
