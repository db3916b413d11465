"""Why a passage was offered for a claim: reasons in words, never a strength."""

from dataclasses import dataclass

from workbench.matching.fusing import Ranked
from workbench.matching.quoting import QuotationHit, find_quotation, quotations
from workbench.matching.wording import SHORTEST, agreement, shared_runs
from workbench.text.spans import Span

_SHOWN_WORDS = 8
_QUOTE_WORDS = 4


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """A quotation of the claim, as a span of it, and where the passage has it."""

    claim: Span
    hit: QuotationHit


@dataclass(frozen=True, slots=True)
class Explanation:
    """What speaks for a match. Spans are code points of the claim and of the passage.

    Ranks count from 1 and are None where that way of searching did not find the passage; `short` says that one of
    the texts has fewer than eight words, so that likeness says little. `reasons` are plain sentences to show.
    """

    claim_spans: tuple[Span, ...]
    passage_spans: tuple[Span, ...]
    shared_words: tuple[str, ...]
    words_rank: int | None
    meaning_rank: int | None
    near_identical: bool
    quotations: tuple[QuotedPart, ...]
    short: bool
    reasons: tuple[str, ...]
    runs: tuple[Span, ...] = ()
    """Stretches of the passage, of three words or more, that stand in the claim in the same order; the longest first."""

    @property
    def text(self) -> str:
        """The reasons as one line."""
        return " ".join(self.reasons)


def explain(claim: str, passage: str, ranked: Ranked | None = None, *, language: str = "en") -> Explanation:
    """Why `passage` stands where it does among the candidates for `claim`.

    `ranked` is its place from `fusing.fuse`, None for a passage that a person picked. What disagrees is found by
    `discrepancies.comparing`, not here.
    """
    shared = agreement(claim, passage, language)
    quoted = tuple(
        QuotedPart(span, hit)
        for span in quotations(claim)
        if len(span.of(claim).split()) >= _QUOTE_WORDS and (hit := find_quotation(span.of(claim), passage)) is not None
    )
    short = min(len(claim.split()), len(passage.split())) < SHORTEST
    words_rank = ranked.words_rank if ranked is not None else None
    meaning_rank = ranked.meaning_rank if ranked is not None else None
    reasons = _reasons(shared.words, words_rank, meaning_rank, near=shared.near_identical, quoted=quoted, short=short)
    return Explanation(
        shared.claim,
        shared.passage,
        shared.words,
        words_rank,
        meaning_rank,
        shared.near_identical,
        quoted,
        short,
        reasons,
        shared_runs(claim, passage),
    )


def _reasons(
    words: tuple[str, ...],
    words_rank: int | None,
    meaning_rank: int | None,
    *,
    near: bool,
    quoted: tuple[QuotedPart, ...],
    short: bool,
) -> tuple[str, ...]:
    found: list[str] = []
    if near:
        found.append("Almost the same wording.")
    found.extend(f"A quotation of the claim stands in the passage ({part.hit.state.value})." for part in quoted)
    if words:
        more = len(words) - _SHOWN_WORDS
        tail = f" and {more} more" if more > 0 else ""
        found.append(f"Shared words: {', '.join(words[:_SHOWN_WORDS])}{tail}.")
    if words_rank is not None:
        found.append(f"Place {words_rank} by words.")
    if meaning_rank is not None:
        found.append(f"Place {meaning_rank} by meaning.")
    if short:
        found.append("One of the texts is short: likeness says little.")
    return tuple(found)
