"""What parts of speech and clauses say about the reporting verbs of one sentence."""

from collections.abc import Sequence
from functools import cached_property

from workbench.splitting.source_phrase import Token
from workbench.splitting.subclaims.clauses import ClauseReader
from workbench.splitting.tagging import (
    ADV,
    BE,
    DET,
    FINITE,
    FUSED,
    HAVE,
    MODAL,
    NAME,
    NN,
    NUM,
    POSS,
    PREP,
    PRON,
    REL,
    TO,
    VBD,
    VBG,
    VBN,
    tags_of,
    word_lists,
)
from workbench.text.spans import Span

_LONGEST_SUBJECT = 22
_MOST_TOKENS = 160
_NO_VERB = frozenset({DET, POSS, PRON, NUM, NAME, PREP})


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

    def holds_verb(self, start: int, end: int) -> bool:
        """Whether the phrase [start, end) holds a finite verb before any comma or relative, so that it is a clause."""
        phrase = [i for i, token in enumerate(self.tokens) if start <= token.start < end]
        for i in phrase:
            if (self.tags[i] is REL and i > phrase[0]) or self.tokens[i].text == ",":
                return False
            if self.tags[i] in FINITE | {FUSED} and not self._describes(i, phrase[0], phrase[-1]):
                return True
        return False

    def _describes(self, i: int, first: int, last: int) -> bool:
        """Whether the form in -ed at token i may be a participle ("a poll released Friday", "elected officials")."""
        if self.tags[i] is not VBD or not self.tokens[i].lower.endswith("ed"):
            return False
        if i == first:
            return self.tags[i + 1] in (NN, NAME)
        return i == last or self.tags[i + 1] in (PREP, NAME, ADV, TO)

    def is_passive(self, i: int) -> bool:
        """Whether the verb at token i is passive, so that its subject is no speaker."""
        return self.tags[i] is VBN and any(tag is BE or word.lower == "been" for tag, word in self._verb_group(i))

    def _verb_group(self, i: int) -> list[tuple[str, Token]]:
        k = i - 1
        while k >= 0 and (self.tags[k] in (ADV, BE, HAVE, MODAL) or self.tokens[k].lower == "been"):
            k -= 1
        return list(zip(self.tags[k + 1 : i], self.tokens[k + 1 : i], strict=True))

    def another_verb(self, i: int, j: int) -> bool:
        """Whether a finite verb stands between tokens i and j."""
        return any(tag in FINITE for tag in self.tags[i + 1 : j])

    def relates(self, j: int) -> bool:
        """Whether the "that" at token j stands for the noun before it and does not open what is reported."""
        follows = j + 1 < len(self.tags) and self.tags[j + 1] in FINITE
        return follows and self.tags[j - 1] in (NN, NAME)

    def infinitive(self, j: int) -> bool:
        """Whether a verb can follow the "to" at token j: no article, name or number, which would make it a direction."""
        if j + 1 >= len(self.tokens) or not self.tokens[j + 1].is_word:
            return j + 1 < len(self.tokens) and self.tokens[j + 1].text == '"'
        return self.tags[j + 1] not in _NO_VERB and "-" not in self.tokens[j + 1].text

    def is_adjunct(self, start: int, end: int) -> bool:
        """Whether [start, end) opens with a preposition or participle and holds no verb: when, where or how, not what."""
        here = [i for i, token in enumerate(self.tokens) if start <= token.start < end]
        opens = bool(here) and self.tags[here[0]] in (PREP, VBG, TO)
        return opens and not any(self.tags[i] in FINITE for i in here)

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
