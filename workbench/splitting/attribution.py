"""Who said what in one sentence, by rules over the tokens; no parser.

Patterns: X said (that) Y · Y, X said · "…," said X · according to X, Y · Y, according to X · …, stating that Y.
All functions read folded text, offsets are those of the article.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.splitting.lexicon import Lexicon
from workbench.splitting.model import Attribution
from workbench.splitting.quotes import Quote
from workbench.splitting.reported import ReportedWords
from workbench.splitting.source_phrase import Token, opening_subject, source_after, source_before
from workbench.text.spans import Span

LONGEST_SENTENCE = 3_000
_REACH_TO_COMPLEMENT = 12
_LONGEST_TRAIL = 14
_FEWEST_QUOTED = 3
_LOWER_WORD = re.compile(r"[^\W\d_]+")


def attributions(
    folded: str, start: int, end: int, quotes: Sequence[Quote], lexicon: Lexicon
) -> tuple[Attribution, ...]:
    """The attributions found in the sentence [start, end), in the order of their cues.

    `quotes` are the quoted stretches that touch the sentence. Sentences of more than 3,000 characters are left alone.
    """
    if end - start > LONGEST_SENTENCE or not lexicon.reporting:
        return ()
    lowered = folded[start:end].lower()
    if not any(word in lexicon.reporting for word in _LOWER_WORD.findall(lowered)) and not any(
        phrase in lowered for phrase in lexicon.phrases("reporting", "according")
    ):
        return ()
    return _Finder(folded, start, end, quotes, lexicon).all()


def lead_in(folded: str, start: int, end: int, lexicon: Lexicon) -> Attribution | None:
    """The source of a sentence that announces a quotation in the next block ("The mayor stated:"), with no content."""
    if end - start > LONGEST_SENTENCE or folded[end - 1] not in ":,":
        return None
    if not lexicon.reporting:
        return None
    finder = _Finder(folded, start, end, (), lexicon)
    for i in reversed(finder.cues):
        source = source_before(finder.tokens, i, lexicon)
        if source is not None:
            cue = Span(finder.tokens[i].start, finder.tokens[i].end)
            return Attribution(source.of(folded), source.start, source.end, cue.of(folded), cue, ())
    return None


class _Finder(ReportedWords):
    """The attributions of one sentence."""

    def all(self) -> tuple[Attribution, ...]:
        for match in self.according:
            self._add(self._by_phrase(match))
        for i in self.cues:
            if not self.quoted(self.tokens[i].start) and not self.is_noun(i):
                self._add(self._named_well(i, self._by_verb(i)))
        return tuple(sorted(self.found, key=lambda a: a.cue_span))

    def _add(self, attribution: Attribution | None) -> None:
        if attribution is not None and attribution.content:
            self.found.append(attribution)

    def _last_dash(self, before: int) -> int:
        """Where the words after the last free-standing dash or semicolon before an offset begin, or the sentence."""
        marks = [t.end for t in self.tokens if t.end < before and (t.text == ";" or self.free_dash(t))]
        return marks[-1] if marks and not self.quoted(marks[-1]) else self.start

    def _named_well(self, i: int, found: Attribution | None) -> Attribution | None:
        """The attribution when its source is a phrase; where it is a clause, with the subject of the verb at token i."""
        if found is None or self.reading is None or not self.reading.holds_verb(found.start, found.end):
            return found
        subject = self.reading.subject_of(i)
        if subject is None and self.is_gerund(i):
            opening = opening_subject(self.tokens, i, self.lexicon)
            subject = opening if opening is not None and self._may_speak(opening, found) else None
        if subject is None or self.reading.holds_verb(subject.start, subject.end):
            return None
        return replace(found, source=subject.of(self.folded), start=subject.start, end=subject.end)

    def _may_speak(self, subject: Span, found: Attribution) -> bool:
        """Whether the subject of the sentence is where `found` has its source, and somebody: not "it" ("it is worth noting")."""
        return subject.start == found.start and subject.of(self.folded).lower() not in self.lexicon.words(
            "reporting", "things"
        )

    def _by_phrase(self, match: re.Match[str]) -> Attribution | None:
        cue = Span(self.start + match.start(), self.start + match.end())
        if self.quoted(cue.start):
            return None
        first = next((i for i, t in enumerate(self.tokens) if t.start >= cue.end), None)
        if first is None:
            return None
        opening = not any(t.start < cue.start and t.is_word for t in self.tokens[1:first])
        source = source_after(self.tokens, first, self.lexicon, stop_at_comma=opening)
        if source is None:
            return None
        content = self.trim(source.end, self.end) if opening else self.trim(self._last_dash(cue.start), cue.start)
        return self._attribution(source, cue, (content,) if content else ())

    def _by_verb(self, i: int) -> Attribution | None:
        groups = self.lexicon.reporting[self.tokens[i].lower]
        cue = Span(self.tokens[i].start, self.tokens[i].end)
        opens_quoted = bool(self.quotes) and self.quotes[0].start <= self.start + 1
        if not opens_quoted and self.explicit(i):
            return self._content_after(i, cue, groups) or self._content_before(i, cue)
        return self._content_before(i, cue) or self._content_after(i, cue, groups)

    def _can_report(self, i: int, source: Span) -> bool:
        """A thing shows or suggests only when it is a source itself: a poll, a report, a named body."""
        if self.tokens[i].lower not in self.lexicon.words("reporting", "evidence_verbs"):
            return True
        words = [t for t in self.tokens if source.start <= t.start < source.end]
        nouns = self.lexicon.words("reporting", "evidence_nouns") | self.lexicon.words("unnamed", "nouns")
        return any(t.lower in nouns for t in words) or any(t.is_capital for t in words[1:]) or len(words) == 1

    def _source_of(self, i: int) -> Span | None:
        if self.is_gerund(i) and i > 0 and self.tokens[i - 1].text == ",":
            earlier = [a for a in self.found if a.cue_span.end <= self.tokens[i].start]
            if earlier:
                last = max(earlier, key=lambda a: a.cue_span)
                return Span(last.start, last.end)
            return opening_subject(self.tokens, i, self.lexicon)
        if self.found and i > 0 and self.tokens[i - 1].lower in self.lexicon.words("reporting", "joining"):
            last = max(self.found, key=lambda a: a.cue_span)
            if last.cue_span.end < self.tokens[i].start and last.end <= last.cue_span.start:
                return Span(last.start, last.end)
        near = source_before(self.tokens, i, self.lexicon)
        if near is not None or self.reading is None or not self.explicit(i):
            return near
        return self.reading.subject_of(i)

    def _names_words(self, source: Span) -> bool:
        """Whether the report is only named ("what they say"), so that what follows is no part of it."""
        naming = self.lexicon.words("reporting", "naming")
        first = next((j for j, token in enumerate(self.tokens) if token.start >= source.start), 0)
        return self.tokens[first].lower in naming or (first > 0 and self.tokens[first - 1].lower in naming)

    def _content_after(self, i: int, cue: Span, groups: frozenset[str]) -> Attribution | None:
        begin = self._complement(i, groups)
        if begin is None:
            return self._object_content(i, cue)
        source = self._source_of(i)
        if source is None or not self._can_report(i, source) or self._names_words(source):
            return None
        content = self.trim(begin, self._quote_end(begin, groups) or self.content_end(i, begin))
        return self._attribution(source, cue, (content,) if content else ())

    def _object_content(self, i: int, cue: Span) -> Attribution | None:
        """ "Officials reported 80 deaths", "…, which many analysts had suspected": what is reported is a noun phrase."""
        if self.reading is None or self.tokens[i].lower not in self.lexicon.words("reporting", "object_verbs"):
            return None
        reported = self.reading.object_of(i)
        source = source_before(self.tokens, i, self.lexicon) or self.reading.subject_of(i)
        if reported is None or source is None:
            return None
        content = reported
        if reported.start > cue.end:
            ends = self.content_end(i, reported.start)
            comma = next((t.start for t in self.tokens if reported.end <= t.start < ends and t.text == ","), ends)
            content = self.trim(reported.start, comma) or reported
        return self._attribution(source, cue, (content,))

    def _complement(self, i: int, groups: frozenset[str]) -> int | None:
        """Where the reported words begin after the cue at token i, or None when nothing is reported there."""
        for j in range(i + 1, min(len(self.tokens), i + 1 + _REACH_TO_COMPLEMENT)):
            token = self.tokens[j]
            if self.quote_from(token) is not None:
                if j - i <= 2 or self.tokens[j - 1].text in ":," or "quote" in groups:
                    return token.start
                break
            begin = self._marked(i, j, groups)
            if begin is not None:
                return begin
            if self._stops_search(i, j, groups):
                break
        return self._unmarked(i, groups)

    def _marked(self, i: int, j: int, groups: frozenset[str]) -> int | None:
        """Where the reported words begin when token j is "that", a colon or "to" that introduces them."""
        token, distance = self.tokens[j], j - i
        if token.lower in self.lexicon.words("reporting", "that_words") and groups != {"quote"}:
            relative = distance > 1 and self.reading is not None and self.reading.relates(j)
            return None if relative else token.start
        if distance == 1 and token.lower in self.lexicon.complements:
            return token.start
        endings = self.lexicon.phrases("reporting", "infinitive_endings")
        if distance == 1 and endings and token.lower.endswith(endings) and not token.is_capital:
            return token.start
        if token.text == ":" and j + 1 < len(self.tokens) and distance <= 8:
            return self.tokens[j + 1].start
        infinitive = "to" in groups and token.lower == self.lexicon.infinitive and distance <= 6
        if (
            infinitive
            and self.reading is not None
            and (not self.reading.infinitive(j) or self.reading.another_verb(i, j))
        ):
            return None
        return token.start if infinitive else None

    def _stops_search(self, i: int, j: int, groups: frozenset[str]) -> bool:
        token = self.tokens[j]
        if token.text in ";.?!":
            return True
        if token.text == "," and j + 1 < len(self.tokens) and self.quote_from(self.tokens[j + 1]) is not None:
            return False
        another_cue = j > i + 1 and token.lower in self.lexicon.reporting
        return "say" not in groups and (token.text == "," or another_cue)

    def _unmarked(self, i: int, groups: frozenset[str]) -> int | None:
        """Where the reported words begin without "that": after a verb of saying, or when a pronoun opens them."""
        if i + 1 >= len(self.tokens):
            return None
        following = self.tokens[i + 1]
        telling = self.lexicon.words("reporting", "telling")
        tells = not telling or self.tokens[i].lower in telling
        addressed = tells and following.lower in self.lexicon.words("reporting", "addressees")
        if addressed and i + 2 < len(self.tokens) and self.tokens[i + 2].is_word:
            return self.tokens[i + 2].start
        if following.lower in self.lexicon.words("reporting", "lone_subjects"):
            return following.start
        units = self.lexicon.words("reporting", "time_units")
        later = following.text[0].isdigit() and any(t.lower in units for t in self.tokens[i + 2 : i + 3])
        plain = following.is_word and not later
        if "say" in groups and plain and following.lower not in self.lexicon.words("reporting", "no_content"):
            return following.start
        return None

    def _quote_end(self, begin: int, groups: frozenset[str]) -> int | None:
        """Where the reported words end when they are a quotation that the sentence does not build on."""
        quote = next((q for q in self.quotes if q.start - 1 == begin), None)
        if quote is None or quote.end >= self.end - 2:
            return None
        after = next((t for t in self.tokens if t.start > quote.end), None)
        if after is None:
            return None
        builds_on = after.is_word and after.lower not in self.lexicon.leads | self.lexicon.words(
            "reporting", "trailing"
        )
        return None if builds_on and "quote" not in groups else quote.end + 1

    def _content_before(self, i: int, cue: Span) -> Attribution | None:
        """Y, X said · "…," said X · "…," X said, "…"."""
        if self.is_gerund(i) or not self._trail_is_short(i) or self._is_relative_clause(i):
            return None
        if self.reading is not None and self.reading.is_passive(i):
            return None
        if not self.quotes and self.tokens[i].lower in self.lexicon.words("reporting", "never_after"):
            return None
        inverted = self._inverted(i)
        if inverted is not None:
            source, border = inverted
        else:
            before = source_before(self.tokens, i, self.lexicon)
            if before is None:
                return None
            source, border = before, before.start
        left = [t for t in self.tokens if t.end <= border]
        if not left or not (left[-1].text in ',"' or self.folded[border - 2 : border - 1] in '?!"'):
            return None
        begin = self._announced_quote(border) or self._broken_clause(left) or self.start
        content = self.trim(begin, left[-1].start if left[-1].text == "," else left[-1].end)
        if content is None or content.length < 2:
            return None
        unquoted = not any(content.start < q.end and q.start < content.end for q in self.quotes)
        if unquoted and self.reading is not None and self.reading.is_adjunct(content.start, content.end):
            after = self._resumed_words(i, source) or self._resumed_quote(Span(content.start, self.tokens[i].end))
            return self._attribution(source, cue, (after,)) if after else None
        after = self._resumed_quote(Span(content.start, self.tokens[i].end)) or self._resumed_words(i, source)
        return self._attribution(source, cue, (content, after) if after else (content,))

    def _is_relative_clause(self, i: int) -> bool:
        """Whether "who" opens the clause of the cue and no quotation ends before it ("…, who joked that …")."""
        relatives = self.lexicon.words("reporting", "relative")
        near = any(token.lower in relatives for token in self.tokens[max(0, i - 2) : i])
        return near and not self._quote_just_before(i)

    def _announced_quote(self, border: int) -> int | None:
        """Where the quotation before `border` begins, when a colon announces it and words of the writer go before."""
        quote = next((q for q in reversed(self.quotes) if q.end <= border), None)
        if quote is None or border - quote.end > 4 or quote.start <= self.start + 2:
            return None
        before = self.folded[self.start : quote.start - 1].rstrip()
        return quote.start - 1 if before.endswith(":") else None

    def _broken_clause(self, left: Sequence[Token]) -> int | None:
        """Where a clause begins that the report breaks off right after its first word ("…, which, she said, is full")."""
        if len(left) < 3 or left[-1].text != "," or left[-3].text != ",":
            return None
        return left[-2].start if left[-2].lower in self.lexicon.words("reporting", "clause_openers") else None

    def _inverted(self, i: int) -> tuple[Span, int] | None:
        """The source after the verb and where the reported words end, for ', said Jane Doe, …'."""
        if i == 0 or self.tokens[i - 1].text not in ',"':
            return None
        if self.tokens[i].lower in self.lexicon.words("reporting", "always_telling"):
            return None
        source = source_after(self.tokens, i + 1, self.lexicon, stop_at_comma=False)
        if source is None:
            return None
        if self.tokens[i - 1].text == '"':
            return source, self.tokens[i].start
        subject = source_before(self.tokens, i, self.lexicon)
        after = [token for token in self.tokens if token.start >= source.end and token.is_word]
        enclosed = (
            any(t.start >= source.end and t.text == "," for t in self.tokens[i:]) and self.folded[source.end] == ","
        )
        trails = enclosed or not after or after[0].lower in self.lexicon.words("reporting", "trailing")
        opens_with_subject = subject is not None and subject.start <= self.start + 1
        return (source, self.tokens[i].start) if trails and not opens_with_subject else None

    def _trail_is_short(self, i: int) -> bool:
        """After "X said" at the end only an adjunct may follow (", on Sunday", "in a statement")."""
        rest = self.tokens[i + 1 :]
        words = [t for t in rest if t.is_word and not self.quoted(t.start)]
        first = next((t for t in rest if t.is_word or t.text == '"'), None)
        if not words or first is None:
            return True
        if self.tokens[i - 1].text in ',"' or self._quote_just_before(i):
            return True
        if rest[0].text in ",;." or rest[0].text == "-":
            return True
        if first.lower in self.lexicon.weekdays:
            return True
        if len(words) > _LONGEST_TRAIL:
            return False
        return first.lower in self.lexicon.words("reporting", "trailing") or first.lower in self.lexicon.words(
            "reporting", "addressees"
        )

    def _quote_just_before(self, i: int) -> bool:
        """Whether a quotation that opens the sentence closes within a name's length before the cue."""
        if not self.quotes or self.quotes[0].start > self.start + 1:
            return False
        last = max((q.end for q in self.quotes if q.end < self.tokens[i].start), default=-1)
        return last > 0 and len(self.folded[last : self.tokens[i].start].split()) <= _LONGEST_TRAIL

    def _resumed_words(self, i: int, source: Span) -> Span | None:
        """What goes on after ", he said," in the middle of a sentence without quotation marks."""
        at = next((j for j in range(i + 1, len(self.tokens)) if self.tokens[j].start >= source.end), len(self.tokens))
        if at >= len(self.tokens) or self.tokens[at].text != "," or self.quotes:
            return None
        if self.tokens[at + 1 : at + 2] and self.tokens[at + 1].lower in self.lexicon.leads:
            return None
        ends = next(
            (t.start for j, t in enumerate(self.tokens) if j > at and t.text == "," and self.own_words(j)), self.end
        )
        return self.trim(self.tokens[at].end, ends)

    def _resumed_quote(self, content: Span) -> Span | None:
        """A quotation that is taken up again after the cue."""
        later = next((q for q in self.quotes if q.start > content.end), None)
        if later is None or len(self.folded[later.start : later.end].split()) < _FEWEST_QUOTED:
            return None
        return self.trim(later.start - 1, later.end + 1)

    def _attribution(self, source: Span, cue: Span, content: tuple[Span, ...]) -> Attribution:
        return Attribution(
            source.of(self.folded), source.start, source.end, cue.of(self.folded), cue, tuple(sorted(content))
        )
