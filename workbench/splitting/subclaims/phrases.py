"""Noun phrases and verb groups over tagged tokens, read from left to right without a parser."""

from collections.abc import Sequence

from workbench.splitting.source_phrase import Token
from workbench.splitting.subclaims.parts import Phrase, Range
from workbench.splitting.tagging import (
    ADV,
    BE,
    CC,
    DET,
    DO,
    FINITE,
    HAVE,
    MODAL,
    NAME,
    NN,
    NOMINAL,
    NUM,
    POSS,
    PREP,
    PRON,
    TO,
    VB,
    VBG,
    VBN,
    WordLists,
)  # fmt: skip

DESCRIBING = ("al", "ous", "ive", "ic", "ful", "able", "ible", "ed", "level", "ary", "ant", "ern", "ly")
_LONGEST_QUOTED = 8
_LONGEST_PAREN = 60
_JOINTS = frozenset({"-", "/", "&", "%", "$", "£", "€", "#", "'", "–"})
_AUXILIARY = frozenset({BE, HAVE, DO, MODAL})


class PhraseReader:
    """Where phrases begin and end; every method returns positions and changes nothing."""

    def __init__(self, tokens: Sequence[Token], tags: Sequence[str], lists: WordLists) -> None:
        self.tokens, self.tags, self.lists = tokens, tags, lists
        self.size = len(tokens)

    def tag(self, i: int) -> str:
        return self.tags[i] if 0 <= i < self.size else ""

    def text(self, i: int) -> str:
        return self.tokens[i].lower if 0 <= i < self.size else ""

    def starts_phrase(self, i: int) -> bool:
        tag = self.tag(i)
        if tag in NOMINAL or tag is PRON or self.text(i) in ("$", "£", "€", "#"):
            return True
        if tag is ADV:
            return self.tag(i + 1) in (NUM, DET) or (
                self.tag(i + 1) is NN and i > 0 and (self.tag(i - 1) in (DET, PREP, CC) or self.text(i - 1) == ",")
            )
        return self.text(i) == '"' and self._quoted_end(i) > 0

    def _quoted_end(self, i: int) -> int:
        """The end of a short quoted name that begins with the mark at i, or 0."""
        for j in range(i + 1, min(self.size, i + _LONGEST_QUOTED + 2)):
            if self.text(j) == '"':
                named = self.tokens[i + 1].is_capital or self.tag(i - 1) in (DET, POSS, PREP)
                return j + 1 if j > i + 1 and named else 0
        return 0

    def simple(self, i: int) -> int:
        """The end of the noun phrase at i without what is joined to it, or i when there is none."""
        if self.tag(i) is PRON:
            return i + 1
        j = i
        while j < self.size:
            end = self._quoted_end(j) if self.text(j) == '"' else 0
            if not end and not self._belongs(i, j):
                break
            j = end or j + 1
        if j > i and self.text(j) == "of" and self.starts_phrase(j + 1):
            return self.simple(j + 1)
        if j > i and self.text(j) == "(" and self.text(j + 2) == ")" and self.tokens[j + 1].text.isupper():
            return j + 3
        return j

    def _belongs(self, i: int, j: int) -> bool:
        """Whether token j goes on the phrase that began at i."""
        tag, text = self.tags[j], self.text(j)
        if tag in NOMINAL:
            return not (tag is DET and j > i and self.tags[j - 1] is not DET and self.tags[j - 1] is not ADV)
        if text in _JOINTS:
            apart = text == "-" and self.tokens[j].start > self.tokens[j - 1].end
            return (self.tag(j + 1) in NOMINAL and not apart) or text == "%"
        if text == ",":
            return self._inside_name(j, i) or self._stacked(j, i)
        if tag is ADV:
            return self.tag(j + 1) in NOMINAL and self._adverb_inside(i, j)
        describes = tag in (VBN, VBG) and j > i and self.tag(j + 1) in NOMINAL
        return describes and self.tags[j - 1] in (DET, POSS, ADV, NUM)

    def _adverb_inside(self, i: int, j: int) -> bool:
        return j == i or self.tags[j - 1] in (DET, POSS, NUM, ADV) or self.text(j - 1) == ","

    def _inside_name(self, j: int, i: int) -> bool:
        """The comma in "March 3, 2026" and in "Northvale, Ohio" after a preposition."""
        if self.tag(j + 1) is NUM and self.tag(j - 1) is NUM and self.text(j - 2) in self.lists.months:
            return True
        if not (
            self.tag(j - 1) is NAME
            and self.tag(j + 1) is NAME
            and self.text(i - 1) in ("in", "at", "from", "near", "of")
        ):
            return False
        k = j + 1
        while self.tag(k) is NAME:
            k += 1
        return not (self.text(k) == "," and self.tag(k + 1) in (NAME, CC)) and self.tag(k) is not CC

    def _stacked(self, j: int, i: int) -> bool:
        """The comma between two describing words ("a complex, volatile region")."""
        if (
            self.text(j - 1).endswith(DESCRIBING)
            and self.tag(j - 1) is NN
            and self.tag(self._past_adverbs(j + 1)) is NN
        ):
            k = self._past_adverbs(j + 1)
            return self.tag(k + 1) is NN and self.text(k).endswith(DESCRIBING)
        if self.tag(i) not in (DET, POSS) or j - i > 3 or self.tag(j + 1) in (NAME, DET, POSS, NUM):
            return False
        k = j + 1
        while k < self.size and self.tags[k] in NOMINAL and self.tags[k] not in (DET, POSS):
            k += 1
        return k - j > 2 and self.tag(j - 1) not in (NAME, NUM) and self.text(k) not in (",", ")") and j - i == 2

    def phrase(self, i: int, *, subject: bool = False) -> Phrase | None:
        """The noun phrase at i with its coordinated members; a member that has its own verb does not belong."""
        if not self.starts_phrase(i) and not (self.text(i) in ("both", "either") and self.starts_phrase(i + 1)):
            return None
        first = i + 1 if self.text(i) in ("both", "either") and self.starts_phrase(i + 1) else i
        end = self.simple(first)
        if end <= first:
            return None
        items: list[Range] = [(first, end)]
        held: list[Range] = []
        j = end
        while True:
            comma = self.text(j) == ","
            at = j + 1 if comma else j
            closes = self.tag(at) is CC and self.text(at) in ("and", "or", "nor", "but")
            if closes:
                at += 2 if self.text(at + 1) in ("also", "the") and not self.starts_phrase(at + 1) else 1
            if not (comma or closes) or not self.starts_phrase(at):
                break
            stop = self.simple(at)
            if closes and not held and self._inside_of(items[-1], at, stop):
                items[-1] = (items[-1][0], stop)
                end = j = stop
                continue
            if stop <= at or (self.verb_at(self._past_adverbs(stop)) and not subject and self.tag(at) is not NUM):
                break
            held.append((at, stop))
            j = stop
            if closes:
                items.extend(held)
                held, end = [], stop
                if self.text(j) != ",":
                    break
        return Phrase(i, end, items)

    def _inside_of(self, item: Range, at: int, stop: int) -> bool:
        """Whether "and …" goes on the words after "of" in the member before it."""
        words = [self.text(k) for k in range(*item)]
        plain = self.tag(at) is NN and self.tag(stop - 1) is NN and self.tag(item[1] - 1) is NN
        return (
            "of" in words and plain and "of" not in [self.text(k) for k in range(at, stop)] and not self.verb_at(stop)
        )

    def _past_adverbs(self, i: int) -> int:
        while self.tag(i) is ADV:
            i += 1
        return i

    def verb_at(self, i: int) -> bool:
        return self.tag(i) in FINITE

    def verb_group(self, i: int) -> tuple[int, bool]:
        """The end of the verb group at i, and whether its main verb is a form of "be"."""
        j, last = i, ""
        while j < self.size:
            tag = self.tags[j]
            if tag is ADV or (tag is TO and last and self._infinitive_at(j)):
                j += 1
                continue
            if tag in _AUXILIARY and (not last or last in _AUXILIARY or last == "to"):
                last = tag
            elif self.text(j) in ("been", "being", "having"):
                last = HAVE if self.text(j) == "having" else BE
            elif tag in (VB, VBG, VBN) or (tag in FINITE and not last):
                if last and last not in _AUXILIARY and tag is VBN:
                    break
                last = tag
            else:
                break
            j += 1
        while j > i and self.tags[j - 1] in (ADV, TO) and self.text(j - 1) not in self.lists.negations:
            j -= 1
        return j, last is BE or (
            j > i and self.text(j - 1) in ("been", "being", "be", "became", "become", "becomes", "remains")
        )

    def _infinitive_at(self, i: int) -> bool:
        return self._to_verb(i)

    def _to_verb(self, i: int) -> bool:
        k = self._past_adverbs(i + 1)
        return self.tag(i) is TO and (self.tag(k) is VB or self.text(k) in ("be", "have", "do"))

    def paren_end(self, i: int) -> int:
        """Past the bracket that closes the one at i, or 0."""
        for j in range(i + 1, min(self.size, i + _LONGEST_PAREN)):
            if self.text(j) == ")":
                return j + 1
        return 0

    def example_lead(self, i: int) -> int:
        """Past "such as", "including" … at i, or 0."""
        for phrase in self.lists.examples.get(self.tokens[i].lower, ()):
            if all(self.text(i + k) == word for k, word in enumerate(phrase)):
                return i + len(phrase)
        return 0
