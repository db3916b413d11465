"""The clauses of one sentence: their subjects, verbs and complements, found in one pass from left to right."""

from workbench.splitting.subclaims.nouns import NounReader
from workbench.splitting.subclaims.parts import Clause, Complement, Phrase, Range
from workbench.splitting.tagging import ADV, CC, FUSED, NAME, NN, PREP, REL, SUB, TO, VB, VBG, VBN

_COMPARED = frozenset({"just", "much", "many", "well", "far", "same", "long", "twice", "soon", "more", "less", "fewer"})
_PLACES = frozenset({"where", "when"})


class ClauseReader(NounReader):
    """Reads a sentence once; afterwards `clauses` and `parts` hold what it found."""

    def read(self) -> None:
        """Fills `clauses` and `parts`."""
        i = 0
        while i < self.size:
            i = max(self._step(i), i + 1)
        for clause in self.waiting:
            self.clauses.remove(clause)

    def _step(self, i: int) -> int:
        tag, text = self.tags[i], self.text(i)
        if (after := self.example_lead(i)) and self.last and self.starts_phrase(after):
            return self._examples(i, after)
        if text == "(":
            return self._paren(i)
        if tag is SUB or tag is REL:
            return self._sub(i) if tag is SUB else self._relative(i)
        if tag is PREP or (tag is TO and not self._to_verb(i)):
            return self._preposition(i)
        if self.verb_at(i):
            return self._finite(i)
        if tag is VBN or tag is VBG:
            return self._participle(i)
        if tag is TO:
            return self._infinitive(i)
        if self.starts_phrase(i):
            return self._noun(i)
        if tag is FUSED:
            # "He's" is subject and verb in one word; what follows is read as its complement and left alone.
            self.clause = Clause("subordinate", None, (i, i + 1))
            self.candidate, self.relation = None, "main"
            return i + 1
        return self._mark(i, tag, text)

    def _mark(self, i: int, tag: str, text: str) -> int:
        if (
            text == ","
            and self.clause is not None
            and self.clause.relation in ("participle", "relative", "subordinate", "open")
        ):
            self.clause = self.main
        elif text in (";", "?", "!", ":", "—"):
            self.clause, self.candidate = (self.main, self.candidate) if text == "—" else (None, None)
        elif tag is ADV and self.clause is not None and self.tag(i - 1) != CC and text not in self.lists.negations:
            self.clause.complements.append(Complement("adverb", None, [(i, i + 1)], i, i + 1))
        return i + 1

    def _finite(self, i: int) -> int:
        end, copula = self.verb_group(i)
        if end <= i:
            return i + 1
        relation, subject = self.relation, self.candidate
        if subject is None:
            subject = self._gerund_subject(i) or (self.clause or self.main or Clause("", None, (0, 0))).subject
            relation = "coordination" if self.clauses and relation == "main" else relation
            if self._shares_negation(i):
                relation = "open"
        start = i
        while self.tag(start - 1) is ADV and self.text(start - 1) not in ("also", "then") and start - 1 > 0:
            start -= 1
        clause = Clause(relation, subject, (start, end), self.fronted, copula=copula)
        if self.relative_object is not None:
            clause.object_before = self.relative_object
        self._add(clause)
        if relation in ("main", "coordination", "clause"):
            for waiting in self.waiting:
                waiting.subject = subject
            self.waiting.clear()
            self.main = clause
        self.candidate, self.fronted, self.relation, self.relative_object = (
            self.held_subject(relation),
            [],
            "main",
            None,
        )
        return end

    def _shares_negation(self, i: int) -> bool:
        """Whether a bare verb after "or" stands under the "not" before it ("did not break or bend")."""
        before = self.clause or self.main
        negated = before is not None and any(self.text(k) in self.lists.negations for k in range(*before.verb))
        return negated and self.tags[i] is VB and self.tag(i - 1) is CC

    def held_subject(self, relation: str) -> Phrase | None:
        """The subject that still waits for its verb while a relative clause stands between them."""
        held, self.held = self.held, None
        return held if relation in ("relative", "subordinate", "open") else None

    def _gerund_subject(self, i: int) -> Phrase | None:
        """ "Balancing the two presents …": a leading participle that turns out to be the subject."""
        if not self.waiting or self.text(i - 1) == ",":
            return None
        clause = self.waiting.pop()
        self.clauses.remove(clause)
        return Phrase(clause.verb[0], i, [(clause.verb[0], i)])

    def _add(self, clause: Clause) -> None:
        self.clauses.append(clause)
        self.clause = clause

    def _participle(self, i: int) -> int:
        end, copula = self.verb_group(i)
        end = max(end, i + 1)
        opening = i - 1
        while self.tag(opening) is ADV:
            opening -= 1
        after_comma = self.text(opening) == ","
        glue = "was" if self.tags[i] is VBN else ""
        coordinated = self.tag(i - 1) is CC or (after_comma and self._series(i))
        if (
            coordinated
            and self.clause is not None
            and self.clause.subject is not None
            and self.clause.verb[1] > self.clause.verb[0]
        ):
            before = self.clause
            clause = Clause(
                "coordination" if before.relation != "participle" else "participle",
                before.subject,
                (i, end),
                copula=copula,
            )
            clause.glue = before.glue
            clause.auxiliary = self._auxiliary(before)
        elif self.candidate is None and self.clause is None and self.main is None:
            clause = Clause("participle", None, (i, end), glue=glue)
            self.waiting.append(clause)
        else:
            owner = self._antecedent()
            if after_comma and self.main is not None and (self.tags[i] is VBG or owner is None):
                owner = self.main.subject
            clause = Clause("participle", owner, (i, end), glue=glue)
        if self.text(i) in ("having", "being") and end > i + 1:
            clause.verb = (i + 1, end)
            clause.glue = "was" if self.text(i) == "being" else ""
        self._add(clause)
        return end

    def _series(self, i: int) -> bool:
        """Whether the participle goes on a series of them with the same auxiliary ("was built, burnt and rebuilt")."""
        clause = self.clause
        if clause is None or clause.relation == "participle" or self.tags[clause.verb[1] - 1] != self.tags[i]:
            return False
        return self.tags[i] is VBN or clause.verb[1] - clause.verb[0] > 1

    def _auxiliary(self, clause: Clause) -> Range | None:
        start, end = clause.verb
        k = start
        while k < end - 1 and self.tags[k] not in (VBN, VBG):
            k += 1
        return (start, k) if k > start else clause.auxiliary

    def _infinitive(self, i: int) -> int:
        """ "to" with a verb: a complement that runs on over what follows it."""
        k = self._past_adverbs(i + 1)
        end, _ = self.verb_group(k)
        end = max(end, i + 2)
        phrase = self.phrase(end) if self.starts_phrase(end) else None
        items = phrase.items if phrase else [(end, end)]
        if self.clause is not None:
            self.clause.complements.append(Complement("clause", (i, end), items, i, phrase.end if phrase else end))
        if phrase:
            self.last = phrase
        return phrase.end if phrase else end

    def _preposition(self, i: int) -> int:
        at = i + 1
        while self.tag(at) in (PREP, ADV, TO) and not self.starts_phrase(at):
            at += 1
        if self.tag(at) is VBG and self.text(i) in self.lists.own_clauses:
            return self._participle_after(at)
        if self.tag(at) is VBG:
            at += 1
        phrase = self.phrase(at)
        if phrase is None:
            return at
        self._title(phrase)
        clause = self.clause
        if (
            self.tags[i] is TO
            and clause is not None
            and clause.complements
            and self.text(clause.complements[-1].start) == "from"
        ):
            end = phrase.items[0][1]
            clause.complements[-1].items = [(clause.complements[-1].items[0][0], end)]
            clause.complements[-1].end = end
            return end
        kind = "time" if self.text(i) in self.lists.time_leads and self._is_time(phrase.range) else "phrase"
        complement = Complement(kind, (i, at), phrase.items, i, phrase.end)
        if clause is not None and not (self.candidate is not None and self.candidate.end == i):
            clause.complements.append(complement)
        elif self.candidate is not None:
            self._extend(self.candidate, phrase.end)
            return phrase.end
        else:
            self.fronted.append(complement)
        self.last = phrase
        return phrase.end

    def _participle_after(self, i: int) -> int:
        end, _ = self.verb_group(i)
        end = max(end, i + 1)
        clause = Clause("participle", self.main.subject if self.main else None, (i, end))
        if self.text(i) == "being" and end > i + 1:
            clause.verb, clause.glue = (i + 1, end), "was"
        if self.main is None:
            self.waiting.append(clause)
        self._add(clause)
        return end

    def _extend(self, phrase: Phrase, end: int) -> None:
        phrase.items = [*phrase.items[:-1], (phrase.items[-1][0], end)]
        phrase.end = end

    def _sub(self, i: int) -> int:
        after = i + 1
        if self.text(after) == "of":
            return self._preposition(i)
        if self.tag(after) in (VBG, VBN):
            return self._participle_after(after)
        if self.clause is not None or self.candidate is None:
            self.candidate = None
        self.held = self.candidate
        self.candidate, self.clause = None, None
        compares = self.text(i) in ("as", "than") and self.text(i - 1) in _COMPARED
        self.relation = "open" if compares or self.text(i) in self.lists.open_clauses else "subordinate"
        return after

    def _relative(self, i: int) -> int:
        after = self._past_adverbs(i + 1)
        text = self.text(i)
        if self.last is None:
            landed = self._sub(i)
            self.relation = "open" if text == "that" else self.relation
            return landed
        if (
            text == "that"
            and not (self.tag(i - 1) in (NN, NAME) and self.verb_at(after))
            and self.clause is not None
            and self._reports(i)
        ):
            self.candidate, self.clause, self.relation = None, None, "clause"
            return i + 1
        self.held = self.candidate if self.clause is None else None
        # "537 of which are …" speaks of a part of the antecedent only.
        self.relation = "open" if self.tag(i - 1) is PREP else "relative"
        if self.verb_at(after) and text not in _PLACES:
            self.relative_head = self._relative_head(i, text)
            self.candidate, self.clause = self.relative_head, None
            return after
        self.relative_head = self._relative_head(i, text)
        self.candidate, self.clause = None, None
        self.relative_object = self.relative_head if text not in _PLACES | {"whose"} else None
        return i + 1

    def _relative_head(self, i: int, text: str) -> Phrase | None:
        """What "which" stands for: again the same after "but which", else the last phrase with the place it is in."""
        before = self.clauses[-1] if self.clauses else None
        if self.tag(i - 1) is CC and before is not None and before.relation == "relative" and self.relative_head:
            return self.relative_head
        head = self._antecedent() if not self._after_time() or text == "that" else self.last
        if text == "who" and head is self.last and head is not None:
            return self._person_in(head)
        if head is not None and self._wants_plural(i) and not self.is_plural(head):
            return self._plural_in(head)
        listed = self.clause.complements if self.clause is not None else []
        if (
            text in ("which", "that")
            and len(listed) > 1
            and head is self.last
            and head is not None
            and listed[-1].end == head.end
        ):
            place = listed[-1]
            named = place.lead is not None and self.text(place.start) == "in" and self.tag(place.items[0][0]) is NAME
            if named and listed[-2].end == place.start:
                start = listed[-2].items[-1][0]
                return Phrase(start, place.end, [(start, place.end)])
        return head

    def _wants_plural(self, i: int) -> bool:
        verb = self._past_adverbs(i + 1)
        return self.text(verb) in ("are", "were", "have", "do") or self.tag(verb) is VB

    def _plural_in(self, phrase: Phrase) -> Phrase:
        """The plural after "of" that a plural verb belongs to ("the closure of loopholes that benefit …")."""
        start, end = phrase.items[-1]
        after = [k + 1 for k in range(start, end - 1) if self.text(k) == "of"]
        for at in reversed(after):
            inner = Phrase(at, end, [(at, end)])
            if self.is_plural(inner):
                return inner
        return phrase

    def _after_time(self) -> bool:
        clause = self.clause
        return clause is not None and bool(clause.complements) and clause.complements[-1].kind == "time"

    def _person_in(self, phrase: Phrase) -> Phrase:
        """The name after "of", because "who" never stands for the death or the health of somebody."""
        start, end = phrase.items[-1]
        named = [k + 1 for k in range(start, end - 1) if self.text(k) == "of" and self.tag(k + 1) is NAME]
        if (
            not named
            or not all(self.tag(k) in (NAME, NN) for k in range(named[-1], end))
            or self.tag(end - 1) is not NAME
        ):
            return phrase
        return Phrase(named[-1], end, [(named[-1], end)])

    def _antecedent(self) -> Phrase | None:
        """What a relative clause or a participle here is about: after "X is a …" it is X, after a date the subject."""
        clause = self.clause
        if clause is None or clause.subject is None or self.last is None or not clause.complements:
            return self.last
        first, last = clause.complements[0], clause.complements[-1]
        predicate = clause.copula and len(clause.complements) == 1 and first.kind == "object"
        return clause.subject if predicate or last.kind == "time" else self.last

    def _reports(self, i: int) -> bool:
        """Whether "that" stands after a verb, alone or with the person told."""
        return self.clause is not None and i - self.clause.verb[1] <= 3
