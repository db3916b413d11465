"""What one sentence shows about reported words before it is known who says them: cues, quotations, where words end."""

import re
from collections.abc import Sequence
from functools import cache

from workbench.splitting.lexicon import Lexicon, phrase_pattern
from workbench.splitting.model import Attribution
from workbench.splitting.quotes import Quote
from workbench.splitting.reading import Reading
from workbench.splitting.source_phrase import Token, tokens_of
from workbench.splitting.tagging import TAGGED
from workbench.text.spans import Span


@cache
def _according(lexicon: Lexicon) -> re.Pattern[str]:
    return phrase_pattern(lexicon.phrases("reporting", "according"))


class ReportedWords:
    """One reading of one sentence."""

    def __init__(self, folded: str, start: int, end: int, quotes: Sequence[Quote], lexicon: Lexicon) -> None:
        self.folded, self.start, self.end, self.lexicon = folded, start, end, lexicon
        self.quotes = [Quote(max(q.start, start), min(q.end, end), q.closed) for q in quotes]
        self.quotes = [q for q in self.quotes if q.start < q.end]
        self.tokens = tokens_of(folded, start, end, lexicon)
        self.cues = [i for i, token in enumerate(self.tokens) if token.lower in lexicon.reporting]
        self.according = list(_according(lexicon).finditer(folded[start:end].lower()))
        self.found: list[Attribution] = []
        self.reading = Reading(self.tokens, lexicon.code) if self.cues and lexicon.code in TAGGED else None

    def quoted(self, at: int) -> bool:
        return any(quote.start <= at < quote.end for quote in self.quotes)

    def is_noun(self, i: int) -> bool:
        """A reporting word after an article, a possessive or a preposition is a noun ("the report", "in charge")."""
        if i == 0:
            return True
        cue, before = self.tokens[i], self.tokens[i - 1]
        if (
            cue.is_capital
            or before.lower in self.lexicon.words("reporting", "noun_signs")
            or before.lower.endswith("'s")
        ):
            return True
        if i + 1 < len(self.tokens) and self.tokens[i + 1].lower == self.lexicon.agent:
            return True
        if cue.lower not in self.lexicon.words("reporting", "also_nouns"):
            return False
        if self.reading is not None and self.reading.heads_relative(i):
            return True
        subject = before.is_capital or before.lower in self.lexicon.subject_words or before.text in ",)"
        return not subject and not self.explicit(i)

    def explicit(self, i: int) -> bool:
        """Whether "that", a colon or a quotation right after the cue shows where the reported words are."""
        for token in self.tokens[i + 1 : i + 4]:
            if token.lower in self.lexicon.words("reporting", "that_words") or token.text == ":":
                return True
            if self.quote_from(token) is not None:
                return True
        return False

    def is_gerund(self, i: int) -> bool:
        endings = self.lexicon.phrases("reporting", "gerund_endings")
        return bool(endings) and self.tokens[i].lower.endswith(endings)

    def quote_from(self, token: Token) -> Quote | None:
        return next((q for q in self.quotes if q.start - 1 == token.start), None)

    def content_end(self, i: int, begin: int) -> int:
        """The reported words run to the end of the sentence, or to the next clause that reports something else."""
        tokens = self.tokens
        fronted, relative = self.fronted(i), self.in_relative(i)
        for j in range(i + 1, len(tokens)):
            token = tokens[j]
            ends = fronted or (relative and self.reading is not None and self.reading.verb_follows(j))
            if ends and token.text == "," and token.start > begin and not self.quoted(token.start):
                return token.start
            if token.start <= begin or self.quoted(token.start):
                continue
            if token.text == ";" or self.next_report(j) or self.own_words(j):
                return token.start
            if token.text in ',"' and self.closing_report(j + 1):
                return token.start if token.text == "," else token.end
            if token.text == "," and j + 1 < len(tokens):
                after = tokens[j + 1]
                if after.lower in self.lexicon.reporting and self.is_gerund(j + 1):
                    return token.start
                if self.reports_from(j + 1):
                    return token.start
        stop = next((m for m in self.according if self.start + m.start() > begin), None)
        return self.start + stop.start() if stop else self.end

    def next_report(self, j: int) -> bool:
        """Whether "and" or "but" at token j goes on with another verb of reporting and the same subject."""
        if self.tokens[j].lower not in self.lexicon.words("reporting", "joining") or j + 1 >= len(self.tokens):
            return False
        verb = self.tokens[j + 1].lower
        return verb in self.lexicon.reporting and verb.endswith(self.lexicon.phrases("reporting", "past_endings"))

    def fronted(self, i: int) -> bool:
        """Whether the cue stands in a clause that opens the sentence and that a main clause follows."""
        opens = self.tokens[0].lower in self.lexicon.words("reporting", "fronted")
        return opens and not any(token.text == "," for token in self.tokens[:i])

    def in_relative(self, i: int) -> bool:
        """Whether the cue stands in "…, who said that …," so that the sentence goes on after it."""
        relatives = self.lexicon.words("reporting", "relatives")
        return any(token.lower in relatives for token in self.tokens[max(0, i - 3) : i])

    def own_words(self, j: int) -> bool:
        """Whether the writer goes on in their own words after the mark at token j (", but offered no proof")."""
        if self.tokens[j].text not in ",-" or j + 1 >= len(self.tokens):
            return False
        if self.tokens[j].text == "-":
            return self.free_dash(self.tokens[j])
        return self.tokens[j + 1].lower in self.lexicon.words("reporting", "own_words")

    def free_dash(self, mark: Token) -> bool:
        """Whether the mark is a dash with white space around it, alone or the first of two."""
        return (
            mark.text == "-"
            and mark.start > 0
            and self.folded[mark.start - 1] == " "
            and self.folded[mark.end : mark.end + 1] in (" ", "-")
        )

    def closing_report(self, j: int) -> bool:
        """Whether the sentence ends with "she said" or "the newspaper reported" from token j on."""
        if len(self.tokens) - j > 7:
            return False
        words = [t for t in self.tokens[j:] if t.is_word]
        if len(words) < 2 or not all(t.is_word for t in self.tokens[j : j + len(words)]):
            return False
        return words[-1].lower in self.lexicon.reporting and not self.is_noun(j + len(words) - 1)

    def reports_from(self, j: int) -> bool:
        """Whether a new clause "and she said …", "according to …" begins at token j."""
        for k in range(j, min(j + 7, len(self.tokens))):
            token = self.tokens[k]
            if not token.is_word:
                return False
            if k > j and token.lower in self.lexicon.reporting and not self.is_noun(k):
                return "say" in self.lexicon.reporting[token.lower] and not self.is_gerund(k)
        return False

    def trim(self, start: int, end: int) -> Span | None:
        """The stretch without white space, commas and closing full stop around it."""
        end = min(end, self.end)
        while start < end and self.folded[start] in " \n\t,;:-":
            start += 1
        while end > start and self.folded[end - 1] in " \n\t,;:.-":
            end -= 1
        return Span(start, end) if start < end else None
