"""The span: a half-open stretch of a stored text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open stretch [start, end) of a text, counted in Unicode code points.

    Raises ValueError unless 0 <= start <= end.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"A span needs 0 <= start <= end; got start {self.start}, end {self.end}.")

    @property
    def length(self) -> int:
        """Number of code points covered."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words covered in `text`, verbatim; ValueError when the span reaches beyond its end."""
        if self.end > len(text):
            raise ValueError(f"The span [{self.start}, {self.end}) reaches beyond a text of {len(text)} characters.")
        return text[self.start : self.end]

    def contains(self, offset: int) -> bool:
        """Whether the character at `offset` lies inside."""
        return self.start <= offset < self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether at least one character is shared; an empty span overlaps nothing."""
        return max(self.start, other.start) < min(self.end, other.end)

    def shift(self, n: int) -> "Span":
        """The same stretch moved by `n` code points; ValueError when it would begin before 0."""
        return Span(self.start + n, self.end + n)

    def as_list(self) -> list[int]:
        """[start, end], as JSON carries it."""
        return [self.start, self.end]


def trimmed(text: str, span: Span) -> Span:
    """`span` of `text` without white space at its ends; empty, at its start, where it holds nothing else."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else Span(span.start, span.start)
