"""Sub-claims as suggested claims, and the notes beside a claim: mentions, polarity, modality."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.splitting.checkworthiness import Model
from workbench.splitting.lexicon import Lexicon
from workbench.splitting.model import Attribution, ClaimRelation, Mention, Polarity, Reference, SuggestedClaim
from workbench.splitting.subclaims import statements
from workbench.text.spans import Span

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


LONGEST_STATED = 300_000
"""Texts of more code points get no sub-claims besides what is attributed: no article is as long."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a claim is read in: the article as stored and folded, its language, and a desk's own check-worthiness if any."""

    text: str
    folded: str
    lexicon: Lexicon
    fitted: Model | None = None


def too_long(text: str) -> bool:
    """Whether `text` is left without sub-claims because of its length."""
    return len(text) > LONGEST_STATED


def stated(
    sentence: SuggestedClaim,
    known: Sequence[SuggestedClaim],
    attributions: Sequence[Attribution],
    context: Context,
) -> list[SuggestedClaim]:
    """The statements that a sentence makes on its way, as claims; none that repeats one of `known`.

    What lies wholly in reported words carries their attribution. Kinds, reasons and score are those of the sentence.
    """
    cues = [
        Span(a.cue_span.start, max(a.end, a.cue_span.end)) if a.cue_span.end <= a.start else a.cue_span
        for a in attributions
    ]
    there = {claim.fragments for claim in (sentence, *known)}
    if too_long(context.text):
        return []
    noteworthy = sentence.polarity is Polarity.NEGATIVE or bool(sentence.modality)
    unmarked: tuple[Polarity, tuple[str, ...]] = (Polarity.AFFIRMATIVE, ())
    claims: list[SuggestedClaim] = []
    for said in statements(context.text, context.folded, sentence.start, sentence.end, context.lexicon, cues=cues):
        if said.fragments in there:
            continue
        there.add(said.fragments)
        polarity, modality = notes_on(_spoken(said.fragments, context), context.lexicon) if noteworthy else unmarked
        claims.append(
            SuggestedClaim(
                said.fragments[0].start,
                said.fragments[-1].end,
                said.fragments,
                said.wording,
                ClaimRelation(said.relation),
                sentence.kinds,
                sentence.reasons,
                sentence.checkworthiness,
                said.reliable and sentence.suggested,
                next((a for a in attributions if _reported(said.fragments, a)), None),
                *_mentions(said.fragments, sentence),
                polarity,
                modality,
                said.reliable,
            )
        )
    return claims


def _reported(fragments: Sequence[Span], attribution: Attribution) -> bool:
    return all(any(c.start <= f.start and f.end <= c.end for c in attribution.content) for f in fragments)


def noted(claim: SuggestedClaim, sentence: SuggestedClaim, context: Context) -> SuggestedClaim:
    """The claim with those mentions of its sentence that lie in its fragments, and its polarity and modality."""
    references, quantities, dates = _mentions(claim.fragments, sentence)
    polarity, modality = notes_on(_spoken(claim.fragments, context), context.lexicon)
    return replace(
        claim, references=references, quantities=quantities, dates=dates, polarity=polarity, modality=modality
    )


def _mentions(
    fragments: Sequence[Span], sentence: SuggestedClaim
) -> tuple[tuple[Reference, ...], tuple[Mention, ...], tuple[Mention, ...]]:
    if not (sentence.references or sentence.quantities or sentence.dates):
        return (), (), ()
    return (
        tuple(r for r in sentence.references if _within(r.start, r.end, fragments)),
        tuple(m for m in sentence.quantities if _within(m.start, m.end, fragments)),
        tuple(m for m in sentence.dates if _within(m.start, m.end, fragments)),
    )


def _within(start: int, end: int, fragments: Sequence[Span]) -> bool:
    return any(fragment.start <= start and end <= fragment.end for fragment in fragments)


def _spoken(fragments: Sequence[Span], context: Context) -> str:
    return " ".join(fragment.of(context.folded) for fragment in fragments)


def notes_on(folded: str, lexicon: Lexicon) -> tuple[Polarity, tuple[str, ...]]:
    """Whether folded words hold a negation, and the modal verbs among them; capitalised ones are names ("May")."""
    words = _WORD.findall(folded)
    negations, modals = lexicon.negations, lexicon.modals
    negative = any(word.lower() in negations or word.endswith("n't") for word in words)
    found = tuple(word.lower() for i, word in enumerate(words) if word.lower() in modals and (i == 0 or word.islower()))
    return Polarity.NEGATIVE if negative else Polarity.AFFIRMATIVE, found
