"""Noun phrases in their clause: subject, object, apposition, bracket, examples, title before a name."""

from collections.abc import Sequence

from workbench.splitting.source_phrase import Token
from workbench.splitting.subclaims.parts import Clause, Complement, Part, Phrase, Range
from workbench.splitting.subclaims.phrases import PhraseReader
from workbench.splitting.tagging import CC, DET, NAME, NN, NUM, POSS, PREP, PRON, REL, VBN, VBZ, WordLists

_PERSONS = ("er", "or", "ist", "ess", "ian", "eur")


class NounReader(PhraseReader):
    """What has been read so far, and where a noun phrase belongs in it.

    `clause` is the clause that takes complements, `main` the last main one, `candidate` a phrase that waits for its verb,
    `last` the phrase read last, `fronted` what stands before the subject, `waiting` participles before it, `held` a
    candidate while a relative clause stands between it and its verb.
    """

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

    def _noun(self, i: int) -> int:
        as_subject = self.phrase(i, subject=True)
        if as_subject is None:
            return i + 1
        verb_follows = self.verb_at(self._past_adverbs(as_subject.end))
        interrupts = self.clause is not None and (self.candidate is not None or self._is_object(i, as_subject))
        if verb_follows and not interrupts:
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
            time = (
                phrase.items[0][1] - phrase.items[0][0] > 1
                and self._is_time(phrase.range)
                and self.text(i) in ("last", "that", "this", "next")
            )
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
        """ "Ann Poe, the mayor of Northvale,": both name the same when one of them is no bare member of a list."""
        if self.tag(phrase.start) is NUM or self.tag(named.start) is PRON or len(phrase.items) > 3:
            return
        if self.tag(named.end - 1) not in (NN, NAME) or any(self.tags[k] is NUM for k in range(*named.range)):
            return
        if all(self.tags[k] is DET for k in range(*phrase.range)) or self.text(phrase.start - 1) == "not":
            return
        if self.is_plural(named) != self.is_plural(phrase) or self._is_time(named.range):
            return
        if self.clause is None and not self._is_subject(named):
            # What stands before the subject is no name for it.
            return
        head = next((k - 1 for k in range(*phrase.items[0]) if self.text(k) == "of"), phrase.items[0][1] - 1)
        role = self.tag(phrase.start) is NN and self._is_role(self.text(head))
        describes = self.tag(phrase.start) in (DET, POSS) or (role and self.tag(named.end - 1) is NAME)
        names = (
            self.tag(phrase.start) is NAME and self.tag(named.end - 1) is NN and self.tag(named.start) in (DET, POSS)
        )
        closes = (
            self.text(phrase.end) in (",", ".", "", ";", ")", '"', "—")
            or self.tag(phrase.end) in (PREP, REL, VBN)
            or (self.verb_at(phrase.end) and self._is_subject(named))
        )
        if (describes or names) and closes:
            self.parts.append(
                Part(
                    "apposition",
                    (
                        named.items[-1] if not self._is_subject(named) else named.range,
                        "are" if self.is_plural(named) else "is",
                        phrase.range,
                    ),
                    whole=True,
                )
            )

    def _is_subject(self, phrase: Phrase) -> bool:
        return phrase is self.candidate

    def _title(self, phrase: Phrase) -> None:
        """ "actress Ann Poe": common nouns before a name say what it is."""
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
        return (
            len(phrase.items) > 1
            or self.text(head) in self.lists.plurals
            or (self.tag(head) is NN and self.text(head).endswith("s"))
        )

    def _is_role(self, word: str) -> bool:
        person = len(word) > 4 and word.endswith(_PERSONS) and word not in self.lists.not_roles
        return person or word in self.lists.roles

    def _paren(self, i: int) -> int:
        end = self.paren_end(i)
        if not end:
            return i + 1
        if self.last is not None and self.last.end == i and end - i > 2:
            spoken = self.text(i + 1) in ("born", "died")
            said = (
                ("was", (i + 1, end - 1)) if self.text(i + 1) == "born" else ((i + 1, end - 1) if spoken else (i, end),)
            )
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

    def _is_time(self, span: Range) -> bool:
        for k in range(*span):
            text = self.text(k)
            if text in self.lists.times or (
                self.tags[k] is NUM and len(text) >= 4 and text[:4].isdigit() and text[0] in "12"
            ):
                return True
        return False
