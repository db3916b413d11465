"""The noun phrase that names a source, found from its borders; all on folded text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from workbench.splitting.lexicon import Lexicon
from workbench.text.spans import Span

_LONGEST = 14
_LONGEST_APPOSITION = 22


class Token(NamedTuple):
    """One word or mark at [start, end) of a folded text."""

    start: int
    end: int
    text: str
    lower: str
    is_word: bool

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


# A word, and the full stop after it apart, so that it can be told whether it belongs to an abbreviation.
_TOKEN = re.compile(r"((?:[^\W\d_]\.){2,}|[^\W_]++(?:[.'&-][^\W_]++)*+)(\.(?=\s))?|[^\w\s]|_")


def tokens_of(folded: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """Words and marks of a sentence, in order; the full stop of an abbreviation or initial belongs to it."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(folded, start, end):
        word = found.group(1)
        if word is None:
            tokens.append(Token(found.start(), found.end(), found.group(), found.group(), is_word=False))
            continue
        lower = word.lower()
        if found.group(2) and not (
            lower in lexicon.never_end or lower in lexicon.sometimes_end or (len(word) == 1 and word.isupper())
        ):
            tokens.append(Token(found.start(), found.end(1), word, lower, is_word=True))
            tokens.append(Token(found.start(2), found.end(), ".", ".", is_word=False))
            continue
        tokens.append(Token(found.start(), found.end(), found.group(), found.group().lower(), is_word=True))
    return tokens


def source_before(tokens: Sequence[Token], cue: int, lexicon: Lexicon) -> Span | None:
    """The subject that ends just before the cue, past auxiliaries, adverbs and an apposition."""
    k = cue - 1
    while k >= 0 and (tokens[k].lower in lexicon.auxiliaries or _is_adverb(tokens[k], lexicon)):
        k -= 1
    if k < 0:
        return None
    last = k
    if tokens[k].text in ",)-":
        if tokens[k].text == "-" and tokens[k - 1].text == "-":
            k -= 1
        opening = _apposition_start(tokens, k)
        if opening is None:
            return None
        last = k if tokens[k].text == ")" else k - 1
        k = opening - 1
    elif tokens[k].lower in lexicon.words("reporting", "relative"):
        k -= 2 if k and tokens[k - 1].text == "," else 1
        last = k
    if k < 0 or not tokens[k].is_word:
        return None
    first = _phrase_start(tokens, k, lexicon)
    while first < k and not _names_someone(tokens[first : k + 1], lexicon):
        first = _shorter(tokens, first, k)
    if not _names_someone(tokens[first : k + 1], lexicon):
        return None
    return Span(tokens[first].start, tokens[last].end)


def _shorter(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the capitalised name at the end of a too long phrase begins, with its article."""
    at = last
    while at > first + 1 and tokens[at - 1].is_capital and tokens[at].is_capital:
        at -= 1
    if at == last and not tokens[last].is_capital:
        return last
    return at if at > first else last


def _is_adverb(token: Token, lexicon: Lexicon) -> bool:
    endings = lexicon.phrases("reporting", "adverb_endings")
    return bool(endings) and len(token.text) > 4 and token.lower.endswith(endings) and not token.is_capital


def _apposition_start(tokens: Sequence[Token], close: int) -> int | None:
    """Index of the mark that opens what `close` closes."""
    opener = "(" if tokens[close].text == ")" else tokens[close].text
    for k in range(close - 1, max(-1, close - _LONGEST_APPOSITION), -1):
        if tokens[k].text == opener:
            return k - 1 if opener == "-" and tokens[k - 1].text == "-" else k
        if tokens[k].text in '";:?!' or (tokens[k].text == "." and opener != "("):
            return None
    return None


def _phrase_start(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> int:
    first = last
    if tokens[last].lower in lexicon.words("reporting", "lone_subjects"):
        return last
    while first > 0 and last - first < _LONGEST:
        before = tokens[first - 1]
        if not before.is_word:
            break
        if before.lower in lexicon.leads and not _joins_names(tokens, first - 1, lexicon):
            break
        if before.lower in lexicon.reporting and not before.is_capital:
            break
        first -= 1
    return first


def _joins_names(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether the "and" at i stands between two capitalised names."""
    return (
        tokens[i].lower in lexicon.words("reporting", "name_joiners")
        and 0 < i < len(tokens) - 1
        and tokens[i - 1].is_capital
        and (tokens[i + 1].is_capital or tokens[i + 1].lower in lexicon.words("reporting", "name_articles"))
    )


def _names_someone(phrase: Sequence[Token], lexicon: Lexicon) -> bool:
    if not phrase or not any(token.is_word for token in phrase):
        return False
    if len(phrase) == 1:
        only = phrase[0]
        if only.lower in lexicon.words("reporting", "trailing") or only.lower in lexicon.leads:
            return False
        subject = only.lower in lexicon.words("reporting", "subject_pronouns")
        return subject or only.is_capital or only.lower in lexicon.words("unnamed", "nouns") or only.lower.endswith("s")
    # Another verb inside the words shows that they are a clause and no name.
    if any(token.lower in lexicon.words("reporting", "clause_signs") for token in phrase[:20]):
        return False
    first = phrase[0].lower
    if first in lexicon.words("reporting", "trailing") and first not in lexicon.words("reporting", "determiners"):
        return False
    return phrase[-1].lower not in lexicon.words("reporting", "noun_signs")


def source_after(tokens: Sequence[Token], first: int, lexicon: Lexicon, *, stop_at_comma: bool) -> Span | None:
    """The noun phrase that begins at token `first`, with an apposition after a comma where the sentence then ends."""
    if first >= len(tokens) or not tokens[first].is_word:
        return None
    if stop_at_comma and (whole := _up_to_comma(tokens, first, lexicon)):
        return whole
    stop_words = lexicon.words("reporting", "source_stops")
    first = _past_weekday(tokens, first, lexicon)
    last = first
    while last + 1 < len(tokens) and last - first < _LONGEST:
        after = tokens[last + 1]
        if not after.is_word:
            break
        if after.lower in stop_words or (after.lower in lexicon.reporting and not after.is_capital):
            break
        if after.lower in lexicon.leads and not _joins_names(tokens, last + 1, lexicon):
            break
        if after.lower in lexicon.months | lexicon.weekdays and after.is_capital:
            break
        last += 1
    if not stop_at_comma and last + 1 < len(tokens) and tokens[last + 1].text == ",":
        last = _with_apposition(tokens, last, lexicon)
    phrase = tokens[first : last + 1]
    return Span(phrase[0].start, phrase[-1].end) if _names_someone(phrase, lexicon) else None


def _past_weekday(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> int:
    """Past a day that stands between the verb and who spoke ("dijo el martes la ministra")."""
    articles = lexicon.words("reporting", "weekday_articles")
    day = first + 1 if tokens[first].lower in articles else first
    follows = day + 1 < len(tokens) and tokens[day + 1].is_word
    return day + 1 if articles and follows and tokens[day].lower in lexicon.weekdays else first


def _up_to_comma(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> Span | None:
    """Everything up to a near comma, when none of it is a verb that shows a clause has begun."""
    for k in range(first, min(len(tokens), first + _LONGEST_APPOSITION)):
        if tokens[k].text == ",":
            return Span(tokens[first].start, tokens[k - 1].end) if k > first else None
        if tokens[k].lower in lexicon.words("reporting", "clause_signs") or not tokens[k].is_word:
            return None
    return None


def _with_apposition(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> int:
    """The end of ", a spokeswoman for the mayor" up to the next comma or the end of the sentence."""
    if last + 2 >= len(tokens) or tokens[last + 2].lower not in lexicon.words("reporting", "apposition_signs"):
        return last
    for k in range(last + 2, min(len(tokens), last + 2 + _LONGEST_APPOSITION)):
        if not tokens[k].is_word and tokens[k].text not in "-'&":
            return k - 1 if tokens[k].text in ",.;" else last
    return last


def opening_subject(tokens: Sequence[Token], before: int, lexicon: Lexicon) -> Span | None:
    """The subject with which the sentence opens, for ", saying that …" far from it.

    Only a pronoun, or words up to the last of the first run of capitalised ones, is taken: without a parser anything longer
    is a guess.
    """
    at = 0
    if tokens and tokens[0].lower in lexicon.words("reporting", "trailing"):
        comma = next((i for i, t in enumerate(tokens[:before]) if t.text == ","), None)
        if comma is None:
            return None
        at = comma + 1
    while at < before and (tokens[at].lower in lexicon.leads or not tokens[at].is_word):
        at += 1
    if at >= before:
        return None
    if tokens[at].lower in lexicon.words("reporting", "subject_pronouns"):
        return Span(tokens[at].start, tokens[at].end)
    last = _first_names(tokens, at, before, lexicon)
    return Span(tokens[at].start, tokens[last].end) if last is not None else None


def _first_names(tokens: Sequence[Token], at: int, before: int, lexicon: Lexicon) -> int | None:
    """End of the first run of capitalised words that begins within five tokens of `at`."""
    last: int | None = None
    for i in range(at, before):
        token = tokens[i]
        if not token.is_word:
            break
        plain = token.lower in lexicon.openers or token.lower.endswith("ing")
        name = token.is_capital and (i > at or not plain)
        if name:
            last = i
        elif (last is None and i - at >= 5) or (
            last is not None and token.lower not in lexicon.words("blocks", "byline_joiners")
        ):
            break
    return last
