"""What the splitter suggests, as it is stored."""

from typing import TYPE_CHECKING, Any

from db.tables import ArticleVersion
from db.tables.articles import ClaimData
from db.vocabulary import Relation
from workbench import splitting
from workbench.splitting import Attribution, ClaimRelation, SuggestedClaim
from workbench.splitting.wordings import differs, words_at

if TYPE_CHECKING:
    from workbench.splitting.checkworthiness import Model

ALWAYS_STORED = frozenset({ClaimRelation.SENTENCE, ClaimRelation.ACT, ClaimRelation.CONTENT})
"""Suggestions that are claims on arrival, ticked or not; of the others those that are ticked."""


def claim_data(version_id: str, suggestion: SuggestedClaim, text: str, parent: str | None) -> ClaimData:
    """A suggestion in `text` as a claim."""
    fragments = [[span.start, span.end] for span in suggestion.fragments]
    return ClaimData(
        version_id=version_id,
        start=suggestion.start,
        end=suggestion.end,
        fragments=fragments,
        wording=suggestion.text,
        relation=Relation(suggestion.relation.value),
        parent_id=parent,
        kinds=[kind.value for kind in suggestion.kinds],
        reasons=list(suggestion.reasons),
        checkworthiness=round(1000 * suggestion.checkworthiness),
        suggested=suggestion.suggested,
        attribution=attribution_data(suggestion.attribution),
        built=built_beyond(suggestion.text, text, fragments),
    )


def built_beyond(wording: str, text: str, fragments: list[list[int]]) -> str:
    """The wording where it is more than the words of `text` in the fragments, else nothing."""
    return wording if differs(wording, words_at(text, fragments)) else ""


def attribution_data(attribution: Attribution | None, offset: int = 0) -> dict[str, Any] | None:
    """An attribution as plain values, moved on by `offset` characters."""
    if attribution is None:
        return None
    return {
        "source": attribution.source,
        "start": attribution.start + offset,
        "end": attribution.end + offset,
        "cue": attribution.cue,
        "cue_span": [attribution.cue_span.start + offset, attribution.cue_span.end + offset],
        "content": [[span.start + offset, span.end + offset] for span in attribution.content],
        "continued": attribution.continued,
        "type": attribution.type.value,
        "sources": list(attribution.sources),
    }


def described(
    version: ArticleVersion, span: tuple[int, int], fitted: "Model | None", said: dict[str, Any] | None = None
) -> ClaimData:
    """What the splitter makes of a stretch on its own: kinds, check-worthiness, attribution; its span as asked.

    `said` is the attribution of the claim that it was part of, which holds on where it covers the stretch and the stretch
    names no source of its own.
    """
    start, end = span
    text = version.text[start:end]
    suggestion = splitting.split(text, language=version.language, fitted=fitted).units[0].claims[0]
    data = claim_data(version.id, suggestion, text, None)
    data.start, data.end = start, end
    data.fragments = [[start, end]]
    data.wording = " ".join(text.split())
    data.built = ""
    data.attribution = attribution_data(suggestion.attribution, start)
    if data.attribution is None and said is not None and _covers(said, start, end):
        data.attribution = said
    return data


def _covers(said: dict[str, Any], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in said.get("content", []))
