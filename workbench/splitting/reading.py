"""What parts of speech and clauses say about the reporting verbs of one sentence."""

from collections.abc import Sequence
from functools import cached_property

from workbench.splitting.source_phrase import Token
from workbench.splitting.subclaims.clauses import ClauseReader
from workbench.splitting.tagging import FINITE, NAME, NN, PRON, tags_of, word_lists
from workbench.text.spans import Span

_LONGEST_SUBJECT = 22
_MOST_TOKENS = 160


class Reading:
    """One sentence, tagged and its clauses read only when somebody asks."""

    def __init__(self, tokens: Sequence[Token], code: str) -> None:
        self.tokens, self.code = tokens, code

    @cached_property
    def tags(self) -> list[str]:
        """One tag per token."""
        return tags_of(self.tokens, self.code)

    def heads_relative(self, i: int) -> bool:
        """Whether "that" with a verb follows: then the token is the noun that this is said of ("rules that ban it")."""
        follows = i + 2 < len(self.tokens) and self.tokens[i + 1].lower == "that"
        return follows and self.tags[i + 2] in FINITE and self.tokens[i].lower.endswith("s")

    def verb_follows(self, i: int) -> bool:
        """Whether a finite verb stands right after the mark at token i."""
        return i + 1 < len(self.tags) and self.tags[i + 1] in FINITE

    def object_of(self, i: int) -> Span | None:
        """The object of the verb at token i, after it or, in a relative clause, before it."""
        for clause in self._clauses.clauses:
            if not clause.verb[0] <= i < clause.verb[1] or i != clause.verb[1] - 1:
                continue
            if clause.object_before is not None and not clause.complements:
                start, end = clause.object_before.range
            elif clause.complements and clause.complements[0].kind == "object" and clause.complements[0].start == i + 1:
                start, end = clause.complements[0].all()
            else:
                return None
            if end - start > 1 and end <= len(self.tokens):
                return Span(self.tokens[start].start, self.tokens[end - 1].end)
        return None

    @cached_property
    def _clauses(self) -> ClauseReader:
        reader = ClauseReader(self.tokens, self.tags, word_lists(self.code))
        if len(self.tokens) <= _MOST_TOKENS:
            reader.read()
        return reader

    def subject_of(self, i: int) -> Span | None:
        """The subject of the finite verb at token i, when its words are near enough to be trusted."""
        for clause in self._clauses.clauses:
            if clause.verb[0] <= i < clause.verb[1] and clause.subject is not None and clause.relation != "participle":
                start, end = clause.subject.range
                names = any(self.tags[k] in (NN, NAME, PRON) for k in range(start, end))
                if start < end <= i and end - start <= _LONGEST_SUBJECT and names:
                    return Span(self.tokens[start].start, self.tokens[end - 1].end)
        return None
