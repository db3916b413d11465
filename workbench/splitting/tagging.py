"""Parts of speech for one sentence, by a compact lexicon and the words around; English only.

What matters is where finite verbs stand, because clauses are found by them. Everything that is no function word, verb or
adverb counts as nominal, adjectives included.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.splitting.source_phrase import Token

TAGGED = ("en",)

DET, POSS, PRON, PREP, SUB, REL, CC, MODAL, BE, HAVE, DO = (
    "DET", "POSS", "PRON", "PREP", "SUB", "REL", "CC", "MODAL", "BE", "HAVE", "DO",
)  # fmt: skip
VB, VBZ, VBD, VBN, VBG, NN, NAME, NUM, ADV, TO, FUSED, MARK = (
    "VB", "VBZ", "VBD", "VBN", "VBG", "NN", "NAME", "NUM", "ADV", "TO", "FUSED", "MARK",
)  # fmt: skip
FINITE = frozenset({MODAL, BE, HAVE, DO, VB, VBZ, VBD})
NOMINAL = frozenset({DET, POSS, NN, NAME, NUM})
_HEADS = frozenset({NN, NAME, NUM, PRON})
_BORDERS = frozenset({",", ";", ":", "-", "(", ")", '"'})
_LOOK_AHEAD = 14
_ALWAYS = {"that": REL, "having": VBG, "being": VBG, "doing": VBG, "been": VBN, "done": VBN, "one": NUM}


@dataclass(frozen=True, eq=False)
class WordLists:
    """The closed classes, the forms of verbs and what else the clause reader asks for."""

    closed: dict[str, str]
    verbs: dict[str, tuple[frozenset[str], str]]
    not_verbs: frozenset[str]
    two_faced: frozenset[str]
    subjects: frozenset[str]
    examples: dict[str, list[list[str]]]
    roles: frozenset[str]
    not_roles: frozenset[str]
    plurals: frozenset[str]
    time_leads: frozenset[str]
    own_clauses: frozenset[str]
    negations: frozenset[str]
    open_clauses: frozenset[str]
    counting: frozenset[str]
    approximations: frozenset[str]
    comparators: frozenset[tuple[str, str]]
    months: frozenset[str]
    times: frozenset[str]


@cache
def word_lists(code: str) -> WordLists:
    """The lists for a language of TAGGED, read once."""
    raw = files("workbench.splitting.languages").joinpath(f"{code}.words.toml").read_text(encoding="utf-8")
    data = tomllib.loads(raw)
    words: dict[str, str | list[str]] = data["words"]

    def listed(key: str) -> list[str]:
        return str(words[key]).split()

    closed: dict[str, str] = {}
    for key, tag in (
        ("adverbs", ADV), ("subordinators", SUB), ("prepositions", PREP), ("relatives", REL), ("pronouns", PRON),
        ("determiners", DET), ("possessives", POSS), ("coordinators", CC), ("modals", MODAL), ("be", BE), ("have", HAVE),
        ("do", DO), ("fused", FUSED),
    ):  # fmt: skip
        closed.update(dict.fromkeys(listed(key), tag))
    closed |= {"to": TO, "that": REL, "who": REL, "which": REL, "whom": REL, "whose": REL, "not": ADV}
    return WordLists(
        closed,
        _verb_forms(data["verbs"]),
        frozenset(listed("nouns_by_look")),
        frozenset(listed("two_faced")),
        frozenset(listed("subjects")),
        _by_first_word(words["examples"]),
        frozenset(listed("roles")),
        frozenset(listed("not_roles")),
        frozenset(listed("plurals")),
        frozenset(listed("time_leads")),
        frozenset(listed("own_clauses")),
        frozenset(listed("negations")),
        frozenset(listed("open_clauses")),
        frozenset(listed("counting")),
        frozenset(listed("approximations")),
        frozenset((first, second) for first, _, second in (phrase.partition(" ") for phrase in words["comparators"])),
        frozenset(listed("months")),
        frozenset(listed("times")),
    )


def _by_first_word(phrases: Sequence[str]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split()[0], []).append(phrase.split())
    return found


def _verb_forms(table: dict[str, str]) -> dict[str, tuple[frozenset[str], str]]:
    """From a form to the tags it can have and how far it is a noun as well: "", "both" or "noun"."""
    doubled = set(table["doubled"].split())
    forms: dict[str, set[str]] = {}
    noun: dict[str, str] = {}

    def add(form: str, tag: str, ambiguity: str) -> None:
        forms.setdefault(form, set()).add(tag)
        noun[form] = ambiguity if tag in (VB, VBZ) else noun.get(form, "")

    ambiguity = dict.fromkeys(table["nouns_too"].split(), "both")
    ambiguity |= dict.fromkeys(table["mostly_nouns"].split(), "noun")
    bases = {*table["plain"].split(), *table["nouns_too"].split(), *table["mostly_nouns"].split()}
    irregular = {parts[0]: parts for entry in table["irregular"].split("·") if len(parts := entry.split()) == 3}
    for base in sorted(bases | irregular.keys()):
        also = ambiguity.get(base, "")
        third, past, gerund = _regular(base, base in doubled)
        add(base, VB, also)
        add(third, VBZ, also)
        add(gerund, VBG, "")
        if base in irregular:
            add(irregular[base][1], VBD, "")
            add(irregular[base][2], VBN, "")
        if base not in irregular or past in {"learned", "burned", "dreamed", "proved", "showed", "leaped"}:
            add(past, VBD, "")
            add(past, VBN, "")
    return {form: (frozenset(tags), noun[form]) for form, tags in forms.items()}


def _regular(base: str, doubles: bool) -> tuple[str, str, str]:
    if doubles:
        return base + "s", base + base[-1] + "ed", base + base[-1] + "ing"
    if base.endswith("ie"):
        return base + "s", base + "d", base[:-2] + "ying"
    if base.endswith("e"):
        return base + "s", base + "d", (base if base.endswith(("ee", "oe", "ye")) else base[:-1]) + "ing"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"), base + "ed", base + "ing"


def tags_of(tokens: Sequence[Token], code: str) -> list[str]:
    """One tag per token; marks get MARK, and `code` is a language of TAGGED."""
    lists = word_lists(code)
    tags = _Tagger(tokens, lists).read()
    if FINITE.isdisjoint(tags) and len(tokens) > 4:
        # A sentence has a verb: what passes for a noun elsewhere is the likeliest here.
        tags = _Tagger(tokens, lists, eager=True).read()
    return tags


class _Tagger:
    """Reads from left to right and remembers whether the clause already has its finite verb."""

    def __init__(self, tokens: Sequence[Token], lists: WordLists, *, eager: bool = False) -> None:
        self.tokens, self.lists, self.eager = tokens, lists, eager
        self.tags: list[str] = []
        self.finite = False
        self.last_verb = ""

    def read(self) -> list[str]:
        before = ""
        for i, token in enumerate(self.tokens):
            tag = self._tag(i, token, before) if token.is_word else MARK
            self.tags.append(tag)
            if tag in FINITE:
                self.finite = True
            elif tag in (SUB, REL) or token.text in ";:(":
                self.finite = False
            if tag in (VB, VBZ, VBD, VBN, VBG, BE):
                self.last_verb = tag
            if tag is not ADV or not before:
                before = tag if token.is_word else token.text
        return self.tags

    def _tag(self, i: int, token: Token, before: str) -> str:
        lower = token.lower
        if token.is_capital and lower in self.lists.months and (i > 0 or len(lower) > 3):
            return NAME
        inner_capital = token.is_capital and i > 0 and self.tokens[i - 1].text not in ('"', ":")
        closed = self.lists.closed.get(lower)
        if closed is not None and not (inner_capital and closed != PRON and len(lower) > 2 and not self._small(i)):
            return self._closed(i, closed, lower, before)
        if token.text[0].isdigit():
            return NUM
        if lower.endswith(("'s", "s'")):
            return POSS
        if inner_capital:
            return NAME
        form = None if lower in self.lists.not_verbs else self.lists.verbs.get(lower)
        if form is None:
            follows_name = i + 1 < len(self.tokens) and self.tokens[i + 1].is_capital
            tag = self._unknown(i, lower, before)
            return NAME if i == 0 and token.is_capital and follows_name and tag is NN else tag
        tags, ambiguity = form
        if i == 0:
            return VBG if VBG in tags else VBN if VBN in tags and VB not in tags else NAME if token.is_capital else NN
        return self._verb(i, tags, ambiguity, before)

    def _small(self, i: int) -> bool:
        """A capitalised function word is one only where no capitalised word stands beside it."""
        return not (self.tags[i - 1] == NAME or self.tokens[i - 1].is_capital)

    def _closed(self, i: int, tag: str, lower: str, before: str) -> str:
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if lower in _ALWAYS:
            return _ALWAYS[lower]
        if lower in ("this", "these", "those"):
            return DET if following and following.is_word and following.lower not in self.lists.closed else PRON
        if lower == "than":
            # "More than forty" counts as one determiner, so that the phrase keeps its bound.
            counts = following and (following.lower in self.lists.counting or following.text[0].isdigit())
            return DET if counts and before is DET else PREP
        if lower in self.lists.two_faced:
            return ADV if before is HAVE else SUB if self._clause_follows(i) else PREP
        if lower == "her" and following is not None:
            nominal = following.is_word and self.lists.closed.get(following.lower) not in (PREP, CC, TO, SUB, ADV)
            return POSS if nominal else PRON
        if lower in ("best", "most", "more", "long", "past", "like") and before in (DET, POSS, NN):
            return NN if before is not NN or self.tags[-2:-1] == [DET] else tag
        return tag

    def _clause_follows(self, i: int) -> bool:
        """Whether a subject and a finite verb come before the next border."""
        for j in range(i + 1, min(len(self.tokens), i + 9)):
            token = self.tokens[j]
            if token.text == "-":
                continue
            if token.text in _BORDERS or not token.is_word:
                return False
            tag = self.lists.closed.get(token.lower, "")
            if tag in (REL, CC, SUB):
                return False
            if tag in (MODAL, BE, HAVE, DO, FUSED):
                return j > i + 1
            form = self.lists.verbs.get(token.lower)
            plural = VB in (form or ((),))[0] and self.tokens[j - 1].lower.endswith("s")
            if form and j > i + 1 and (VBD in form[0] or ((VBZ in form[0] or plural) and not form[1])):
                return self.lists.closed.get(self.tokens[j - 1].lower) not in (DET, POSS, PREP)
        return False

    def _unknown(self, i: int, lower: str, before: str) -> str:
        relative = before is REL and (self.tokens[i - 1].lower in ("who", "which") or self._object_follows(i))
        if before is MODAL or (lower.endswith("s") and relative):
            return VB if before is MODAL else VBZ
        if lower in self.lists.not_verbs or len(lower) < 5:
            return NN
        if lower.endswith("ly"):
            return ADV
        if lower.endswith("ing"):
            return self._verb(i, frozenset({VBG}), "", before)
        if lower.endswith("ed") and not lower.endswith(("eed", "-ed")) and "-" not in lower:
            return self._verb(i, frozenset({VBD, VBN}), "", before)
        return NN

    def _verb(self, i: int, tags: frozenset[str], ambiguity: str, before: str) -> str:
        if before in (MODAL, DO) and VB in tags:
            return VB
        if before is TO:
            return VB if VB in tags and (not ambiguity or self._object_follows(i) or ambiguity == "both") else NN
        if before is HAVE and VBN in tags:
            return VBN
        if before is BE:
            return next((tag for tag in (VBN, VBG) if tag in tags), NN)
        if VBG in tags:
            return self._gerund(i, before)
        if before in (DET, POSS, PREP):
            return NN
        if VBD in tags or VBN in tags:
            return self._past(i, tags, before)
        return self._present(i, tags, ambiguity, before)

    def _gerund(self, i: int, before: str) -> str:
        describes = before is NN and self.tokens[i - 1].lower.endswith(("al", "ic", "ous", "ive"))
        return NN if before in (DET, POSS) or describes else VBG

    def _present(self, i: int, tags: frozenset[str], ambiguity: str, before: str) -> str:
        previous = self.tokens[i - 1]
        tag = VBZ if VBZ in tags else VB
        same = self.last_verb == tag or (tag is VBZ and not ambiguity and self.last_verb in (BE, VBN, VBZ))
        if before is CC and same and (not ambiguity or self._object_follows(i)):
            return tag
        if before in (PRON, REL, FUSED):
            plural = previous.lower not in ("he", "she", "it", "one")
            return tag if (tag is VBZ) or plural else NN
        if self.finite or before not in _HEADS | {ADV, ",", '"', ")"}:
            return NN
        if tag is VB and not (previous.lower.endswith("s") or CC in self.tags[-5:]) and before not in (",", ")"):
            return NN
        if not ambiguity or self.eager:
            return tag
        if ambiguity == "both" and tag is VBZ and self._only_verb(i):
            return tag
        return tag if ambiguity == "both" and self._object_follows(i) else NN

    def _only_verb(self, i: int) -> bool:
        """Whether no other verb comes before the next border, so that this form in -s has to be it."""
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if following is None or not following.is_word or following.lower == "of":
            return False
        tag = self.lists.closed.get(following.lower)
        if tag in (CC, REL, SUB) or (tag is PREP and SUB not in self.tags[-6:]):
            return False
        for j in range(i + 1, len(self.tokens)):
            token = self.tokens[j]
            if token.is_capital:
                continue
            closed = self.lists.closed.get(token.lower, "")
            if not token.is_word or closed in (REL, SUB):
                return token.text not in "(-"
            if closed in (MODAL, BE, HAVE, DO, FUSED):
                return False
            tags, ambiguity = self.lists.verbs.get(token.lower, (frozenset(), ""))
            if VBD in tags or (VBZ in tags and (not ambiguity or self._object_follows(j))):
                return False
        return True

    def _object_follows(self, i: int) -> bool:
        if i + 1 >= len(self.tokens) or not self.tokens[i + 1].is_word:
            return False
        word = self.tokens[i + 1]
        tag = self.lists.closed.get(word.lower)
        return tag in (DET, POSS, PRON, REL, TO, ADV) or word.is_capital or word.text[0].isdigit()

    def _past(self, i: int, tags: frozenset[str], before: str) -> str:
        if VBN not in tags:
            return VBD
        following = self.tokens[i + 1].lower if i + 1 < len(self.tokens) else ""
        if VBD not in tags or (following == "by" and before not in (PRON, CC)):
            return VBN
        if before is CC:
            return VBN if self.last_verb == VBN else VBD
        if before in (PRON, REL) or (before is ADV and not self.finite):
            return VBD
        if before == ",":
            return self._past_after_comma(i, following)
        if before not in _HEADS | {")", '"', "-"}:
            return VBN
        if not self.finite and self._in_relative():
            return VBD
        if self.finite or self._finite_later(i):
            return VBN
        return VBD

    def _in_relative(self) -> bool:
        """Whether "that" or "which" after a noun stands just before, so that the next verb belongs to it."""
        near = next((k for k in range(len(self.tags) - 1, max(0, len(self.tags) - 6), -1) if self.tags[k] is REL), 0)
        return near > 0 and (self.tags[near - 1] in (NN, NAME) or self.tokens[near - 1].text == ",")

    def _past_after_comma(self, i: int, following: str) -> str:
        """Another verb of a series, or a participle that says more about what stands before the comma."""
        if not self.finite:
            return VBD if self.tags and NAME in self.tags[max(0, i - 4) : i] and not self._finite_later(i) else VBN
        tag = self.lists.closed.get(following)
        return VBN if tag in (PREP, None) and following in ("in", "as", "by", "on", "at", "to", "for") else VBD

    def _finite_later(self, i: int) -> bool:
        """Whether a sure finite verb comes before the next border, so that this form cannot be one."""
        for j in range(i + 1, min(len(self.tokens), i + _LOOK_AHEAD)):
            token = self.tokens[j]
            if not token.is_word:
                return False
            if token.is_capital:
                continue
            tag = self.lists.closed.get(token.lower, "")
            if tag in (REL, CC, SUB, PRON) or token.lower in self.lists.subjects:
                return False
            if tag in (MODAL, BE, HAVE, DO) and token.lower not in ("having", "being", "been", "be", "doing", "done"):
                return True
        return False
