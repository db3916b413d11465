"""The clauses of one sentence: their subjects, verbs and complements, found in one pass from left to right."""

from collections.abc import Sequence

from workbench.splitting.source_phrase import Token
from workbench.splitting.subclaims.parts import Clause, Complement, Part, Phrase, Range
from workbench.splitting.subclaims.phrases import PhraseReader
from workbench.splitting.tagging import ADV, BE, CC, DET, FUSED, NAME, NN, NUM, POSS, PREP, PRON, REL, SUB, TO, VBG, VBN, VBZ, WordLists

_TIME_LEADS = frozenset("in on at from since until till during after before between by for over within".split())
_OWN_CLAUSE = frozenset("before after since while by without upon despite".split())
_PERSONS = ("er", "or", "ist", "ess", "ian", "eur")
_NOT_ROLES = frozenset(
    "former other later under over after greater inner outer upper lower major minor senior junior prior superior another "
    "never however rather either neither together river number power order paper water summer winter corner center offer "
    "larger smaller higher bigger older younger longer better former-soviet interior exterior northeaster per cover tower "
    "chapter matter color error sector factor honor labor harbor".split()
)
_PLURAL = frozenset("they we you these those people men women children police many".split())
_PLACES = frozenset({"where", "when"})


class ClauseReader(PhraseReader):
    """Reads a sentence once; afterwards `clauses` and `parts` hold what it found."""

    def __init__(self, tokens: Sequence[Token], tags: Sequence[str], lists: WordLists) -> None:
        super().__init__(tokens, tags, lists)
        self.clauses: list[Clause] = []
        self.parts: list[Part] = []
        self.clause: Clause | None = None
        self.main: Clause | None = None
        self.candidate: Phrase | None = None
        self.last: Phrase | None = None
        self.fronted: list[Complement] = []
        self.waiting: list[Clause] = []
        self.held: Phrase | None = None
        self.relation = "main"
        self.relative_object: Phrase | None = None
        self.relative_head: Phrase | None = None

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
        if text == "," and self.clause is not None and self.clause.relation in ("participle", "relative", "subordinate"):
            self.clause = self.main
        elif text in (";", "?", "!", ":", "—"):
            self.clause, self.candidate = (self.main, self.candidate) if text == "—" else (None, None)
        elif tag is ADV and self.clause is not None and self.tag(i - 1) not in (CC,) and len(text) > 3:
            self.clause.complements.append(Complement("adverb", None, [(i, i + 1)], i, i + 1))
        return i + 1

    # nouns

    def _noun(self, i: int) -> int:
        as_subject = self.phrase(i, subject=True)
        if as_subject is None:
            return i + 1
        verb_follows = self.verb_at(self._past_adverbs(as_subject.end))
        interrupts = self.clause is not None and (self.candidate is not None or self._is_object(i, as_subject))
        if verb_follows and not interrupts:
            if self.candidate is not None and self.text(i - 1) == "," and self.candidate.end == i - 1:
                self._apposition(self.candidate, as_subject)
            else:
                self.candidate = as_subject
                if self.clause is not None and self.relation == "main":
                    self.relation = "coordination" if self.tag(i - 1) is CC else "clause"
            self.clause = None
            self._title(as_subject)
            self.last = as_subject
            return as_subject.end
        return self._other_noun(i)

    def _is_object(self, i: int, phrase: Phrase) -> bool:
        """Whether a verb behind the phrase belongs to a participle that opened the sentence, and the phrase does not."""
        if not self.waiting or self.clause is None:
            return False
        mismatch = self.is_plural(phrase) and self.tag(self._past_adverbs(phrase.end)) is VBZ
        return self.clause.verb[1] == i or mismatch

    def _other_noun(self, i: int) -> int:
        phrase = self.phrase(i)
        if phrase is None:
            return i + 1
        self._title(phrase)
        if self._goes_on(i, phrase):
            return phrase.end
        if self.text(i - 1) == "," and self.last is not None and self.last.end == i - 1:
            self._apposition(self.last, phrase)
            if self.candidate is None or self.candidate is not self.last:
                self.last = phrase
            return phrase.end
        if self.clause is not None:
            time = phrase.items[0][1] - phrase.items[0][0] > 1 and self._is_time(phrase.range) and self.text(i) in ("last", "that", "this", "next")
            kind = "time" if time else "object"
            self.clause.complements.append(Complement(kind, None, phrase.items, phrase.start, phrase.end))
        elif self.candidate is None:
            self.candidate = phrase
        self.last = phrase
        return phrase.end

    def _goes_on(self, i: int, phrase: Phrase) -> bool:
        """Whether the phrase is one more member of a list that brackets interrupted."""
        at = i - 2 if self.tag(i - 1) is CC and self.text(i - 2) == "," else i - 1
        listed = self.clause.complements if self.clause is not None else []
        if not listed or self.last is None or listed[-1].end != at or self.last.end != at or listed[-1].kind == "time":
            return False
        before = listed[-1].items[-1]
        same = self.tags[phrase.start] == self.tags[before[0]] or self.text(phrase.start) == '"'
        if not same or (self.tag(i - 1) is not CC and self.text(at - 1) != ")"):
            return False
        listed[-1].items = [*listed[-1].items, *phrase.items]
        listed[-1].end = phrase.end
        self.last = phrase
        return True

    def _apposition(self, named: Phrase, phrase: Phrase) -> None:
        """"Ann Poe, the mayor of Northvale,": both name the same when one of them is no bare member of a list."""
        if self.tag(phrase.start) is NUM or self.tag(named.start) is PRON or len(phrase.items) > 3:
            return
        describes = self.tag(phrase.start) in (DET, POSS) or (self.tag(phrase.start) is NN and self.tag(named.end - 1) is NAME)
        names = self.tag(phrase.start) is NAME and self.tag(named.end - 1) is NN
        closes = self.text(phrase.end) in (",", ".", "", ";", ")", '"', "—") or self.tag(phrase.end) in (PREP, REL, VBN) or self.verb_at(phrase.end)
        if (describes or names) and closes:
            self.parts.append(Part("apposition", (named.items[-1] if not self._is_subject(named) else named.range, "are" if self.is_plural(named) else "is", phrase.range), whole=True))

    def _is_subject(self, phrase: Phrase) -> bool:
        return phrase is self.candidate

    def _title(self, phrase: Phrase) -> None:
        """"actress Ann Poe": common nouns before a name say what it is."""
        for start, end in phrase.items:
            k = end
            while k > start and self.tags[k - 1] is NAME:
                k -= 1
            first = k
            while first > start and self.tags[first - 1] in (NN, NAME):
                first -= 1
            if k < 1 or self.tags[k - 1] is not NN or not self._is_role(self.text(k - 1)):
                continue
            if start <= first < k < end and all(self.tags[j] in (DET, NN, NAME) for j in range(start, end)):
                self.parts.append(Part("apposition", ((k, end), "is", "a", (first, k))))

    def names_a_kind(self, word: str) -> bool:
        """Whether the word is a role, a kind of thing or a plural, and so no describing word."""
        return self._is_role(word) or (word.endswith("s") and not word.endswith("ss"))

    def is_plural(self, phrase: Phrase) -> bool:
        """Whether the phrase takes "are" and "were"."""
        words = range(*phrase.items[0])
        head = next((k - 1 for k in words if self.text(k) == "of" and k > phrase.start), phrase.items[0][1] - 1)
        return len(phrase.items) > 1 or self.text(head) in _PLURAL or (self.tag(head) is NN and self.text(head).endswith("s"))

    def _is_role(self, word: str) -> bool:
        person = len(word) > 4 and word.endswith(_PERSONS) and word not in _NOT_ROLES
        return person or word in self.lists.roles

    def _paren(self, i: int) -> int:
        end = self.paren_end(i)
        if not end:
            return i + 1
        if self.last is not None and self.last.end == i and end - i > 2:
            spoken = self.text(i + 1) in ("born", "died")
            said = ("was", (i + 1, end - 1)) if self.text(i + 1) == "born" else ((i + 1, end - 1) if spoken else (i, end),)
            self.parts.append(Part("parenthesis", (self.last.items[-1], *said), whole=True))
            if self.clause is not None and self.clause.complements and self.clause.complements[-1].end == self.last.end:
                self.clause.complements[-1].end = end
            self.last.end = end
        return end

    def _examples(self, i: int, after: int) -> int:
        phrase = self.phrase(after)
        if phrase is None:
            return i + 1
        clause = self.clause
        if clause is not None and clause.complements and clause.complements[-1].end == self._before(i):
            complement = clause.complements[-1]
            complement.items = [*complement.items, *phrase.items]
            complement.end = phrase.end
        elif self.last is not None:
            for item in phrase.items:
                self.parts.append(Part("example", (self.last.range, (i, after), item)))
        if self.last is not None and self.candidate is self.last:
            return phrase.end
        self.last = phrase
        return phrase.end

    def _before(self, i: int) -> int:
        return i - 1 if self.text(i - 1) == "," else i

    # verbs

    def _finite(self, i: int) -> int:
        end, copula = self.verb_group(i)
        if end <= i:
            return i + 1
        relation, subject = self.relation, self.candidate
        if subject is None:
            subject = self._gerund_subject(i) or (self.clause or self.main or Clause("", None, (0, 0))).subject
            relation = "coordination" if self.clauses and relation == "main" else relation
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
        self.candidate, self.fronted, self.relation, self.relative_object = self.held_subject(relation), [], "main", None
        return end

    def held_subject(self, relation: str) -> Phrase | None:
        """The subject that still waits for its verb while a relative clause stands between them."""
        held, self.held = self.held, None
        return held if relation in ("relative", "subordinate") else None

    def _gerund_subject(self, i: int) -> Phrase | None:
        """"Balancing the two presents …": a leading participle that turns out to be the subject."""
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
        if coordinated and self.clause is not None and self.clause.subject is not None and self.clause.verb[1] > self.clause.verb[0]:
            before = self.clause
            clause = Clause("coordination" if before.relation != "participle" else "participle", before.subject, (i, end), copula=copula)
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
        """"to" with a verb: a complement that runs on over what follows it."""
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

    # connections

    def _preposition(self, i: int) -> int:
        at = i + 1
        while self.tag(at) in (PREP, ADV, TO) and not self.starts_phrase(at):
            at += 1
        if self.tag(at) is VBG and self.text(i) in _OWN_CLAUSE:
            return self._participle_after(at)
        if self.tag(at) is VBG:
            at += 1
        phrase = self.phrase(at)
        if phrase is None:
            return at
        self._title(phrase)
        clause = self.clause
        if self.tags[i] is TO and clause is not None and clause.complements and self.text(clause.complements[-1].start) == "from":
            end = phrase.items[0][1]
            clause.complements[-1].items = [(clause.complements[-1].items[0][0], end)]
            clause.complements[-1].end = end
            return end
        kind = "time" if self.text(i) in _TIME_LEADS and self._is_time(phrase.range) else "phrase"
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

    def _is_time(self, span: Range) -> bool:
        for k in range(*span):
            text = self.text(k)
            if text in self.lists.times or (self.tags[k] is NUM and len(text) >= 4 and text[:4].isdigit() and text[0] in "12"):
                return True
        return False

    def _sub(self, i: int) -> int:
        after = i + 1
        if self.tag(after) in (VBG, VBN):
            return self._participle_after(after)
        if self.clause is not None or self.candidate is None:
            self.candidate = None
        self.held = self.candidate
        self.candidate, self.clause, self.relation = None, None, "subordinate"
        return after

    def _relative(self, i: int) -> int:
        after = self._past_adverbs(i + 1)
        text = self.text(i)
        if text == "that" and not (self.tag(i - 1) in (NN, NAME) and self.verb_at(after)) and self.clause is not None and self._reports(i):
            self.candidate, self.clause, self.relation = None, None, "clause"
            return i + 1
        self.held = self.candidate if self.clause is None else None
        self.relation = "relative"
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
        head = self._antecedent()
        listed = self.clause.complements if self.clause is not None else []
        if text in ("which", "that") and len(listed) > 1 and head is self.last and head is not None and listed[-1].end == head.end:
            place = listed[-1]
            named = place.lead is not None and self.text(place.start) == "in" and self.tag(place.items[0][0]) is NAME
            if named and listed[-2].end == place.start:
                start = listed[-2].items[-1][0]
                return Phrase(start, place.end, [(start, place.end)])
        return head

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
