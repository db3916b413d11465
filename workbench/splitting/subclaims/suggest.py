"""Statements of one sentence as verbatim fragments with a wording."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.splitting.lexicon import Lexicon
from workbench.splitting.source_phrase import Token, tokens_of
from workbench.splitting.subclaims.clauses import ClauseReader
from workbench.splitting.subclaims.parts import Part
from workbench.splitting.subclaims.stating import parts_of
from workbench.splitting.tagging import FINITE, TAGGED, VBN, WordLists, tags_of, word_lists
from workbench.text.spans import Span

ADDED_WORDS = frozenset({"is", "are", "was", "were", "a", "an"})
"""The only words that a wording may hold besides those of its sentence."""
_RELIABLE = frozenset({"apposition", "relative", "subordinate"})
_MOST_TOKENS = 160
_FEWEST_TOKENS = 4
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: verbatim `fragments` in the order of the text, and the wording that they make.

    `relation` is the name of a ClaimRelation. `reliable` marks whole relative clauses, subordinate clauses and appositions,
    which were right often enough in a hand count to be ticked beforehand.
    """

    relation: str
    fragments: tuple[Span, ...]
    wording: str
    reliable: bool


def statements(
    text: str, folded: str, start: int, end: int, lexicon: Lexicon, *, cues: Sequence[Span] = ()
) -> tuple[Statement, ...]:
    """The statements of the sentence [start, end) of `text`, in the order of their first words.

    `folded` is `text` folded, and `cues` are reporting words, with the source that follows "according to": no statement
    holds any of them, because the act of saying is a claim of its own. Empty for a language that has no
    word lists and for sentences of more than 160 words, which are lists or damage.
    """
    if lexicon.code not in TAGGED:
        return ()
    dashed = "—" in text[start:end]
    tokens = tokens_of(_with_dashes(text, folded, start, end) if dashed else folded, start, end, lexicon)
    if not _FEWEST_TOKENS < len(tokens) <= _MOST_TOKENS:
        return ()
    lists = word_lists(lexicon.code)
    reader = ClauseReader(tokens, tags_of(tokens, lexicon.code), lists)
    reader.read()
    words = sum(token.is_word for token in tokens)
    found = (
        _statement(part, tokens, text, lists) for part in parts_of(reader) if _states(part, reader, words, lexicon)
    )
    kept = [s for s in found if s is not None and not (cues and _only_reports(s, cues))]
    return tuple(sorted(kept, key=lambda s: s.fragments))


def _with_dashes(text: str, folded: str, start: int, end: int) -> str:
    """`folded` up to the end of the sentence with its long dashes put back, because they never join two words."""
    line = "".join("—" if was == "—" else now for was, now in zip(text[start:end], folded[start:end], strict=True))
    return folded[:start] + line


def _statement(part: Part, tokens: Sequence[Token], text: str, lists: WordLists) -> Statement | None:
    """None when pieces are empty or overlap, or when too little is left to state anything."""
    spoken: list[Span | str] = []
    for piece in part.pieces:
        if isinstance(piece, str):
            spoken.append(piece)
            continue
        if piece[1] <= piece[0]:
            continue
        first_token = piece[0]
        while (widened := _with_small_words(first_token, tokens, lists)) < first_token:
            first_token = widened
        span = Span(tokens[first_token].start, tokens[piece[1] - 1].end)
        last = spoken[-1] if spoken else None
        if isinstance(last, Span) and last.end <= span.start and not text[last.end : span.start].strip():
            spoken[-1] = Span(last.start, span.end)
        else:
            spoken.append(span)
    fragments = tuple(sorted(piece for piece in spoken if isinstance(piece, Span)))
    if not fragments or any(a.end > b.start for a, b in itertools.pairwise(fragments)):
        return None
    words = [" ".join((piece if isinstance(piece, str) else piece.of(text)).split()) for piece in spoken]
    for i, said in enumerate(words[1:], start=1):
        # What opened a sentence and was no name stands inside the wording now.
        first_word = said.split(maxsplit=1)[0]
        if first_word != "I" and first_word[1:].islower() and first_word.lower() in lists.closed:
            words[i] = said[:1].lower() + said[1:]
    wording = " ".join(words)
    if len(wording.split()) < _FEWEST_WORDS:
        return None
    first = wording[0].upper()
    return Statement(
        part.relation,
        fragments,
        (first if len(first) == 1 else wording[0]) + wording[1:],
        part.whole and part.relation in _RELIABLE,
    )


def _states(part: Part, reader: ClauseReader, words: int, lexicon: Lexicon) -> bool:
    """Whether a part says less than its sentence of so many words, and more than that somebody said something."""
    if sum(token.is_word for start, end in part.ranges for token in reader.tokens[start:end]) >= words:
        return False
    last = part.ranges[-1][1] - 1
    return reader.text(last) not in lexicon.reporting or reader.tag(last) not in FINITE | {VBN}


def _with_small_words(first: int, tokens: Sequence[Token], lists: WordLists) -> int:
    """Where a piece begins with the "not", "less than" or "nearly" that changes what it says."""
    if first > 0 and tokens[first - 1].lower in lists.negations:
        return first - 1
    counts = tokens[first].text[0].isdigit() or tokens[first].lower in lists.counting
    if counts and first > 0 and tokens[first - 1].lower in lists.approximations:
        return first - 1
    if counts and first > 1 and (tokens[first - 2].lower, tokens[first - 1].lower) in lists.comparators:
        return first - 2
    return first


def _only_reports(statement: Statement, cues: Sequence[Span]) -> bool:
    return any(f.start < cue.end and cue.start < f.end for cue in cues for f in statement.fragments)
