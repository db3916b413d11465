"""Why a passage was found, in plain words: the same on the screen and on the command line. Places and reasons, never a strength."""

from workbench.matching import Relation
from workbench.services.views import Match, MatchList

_WORDS = 12
_RUNS = 4


def why_lines(match: Match, among: MatchList) -> list[str]:
    """Which words and how rare, which place by words and by meaning, which wording, which filters, which discrepancies."""
    lines = [_words(match, among.passages), _places(match)]
    lines += _wording(match)
    lines.append("Filters: " + ("; ".join(among.filters) + "." if among.filters else "none."))
    differing = [
        item.message for item in match.findings if item.relation not in (Relation.CONSISTENT, Relation.MISSING)
    ]
    lines.append("Differs: " + ("; ".join(differing) + "." if differing else "nothing that was compared."))
    return lines


def _words(match: Match, passages: int) -> str:
    if not match.rarity:
        return "Shared words: none."
    shown = [f"{word} (in {count:,})" for word, count in match.rarity[:_WORDS]]
    more = f" and {len(match.rarity) - _WORDS} more" if len(match.rarity) > _WORDS else ""
    return f"Shared words, the rarest first, of {passages:,} passages: {', '.join(shown)}{more}."


def _places(match: Match) -> str:
    words, meaning = match.signals.words, match.signals.meaning
    by_words = f"place {words} by words" if words is not None else "not found by words"
    by_meaning = f"place {meaning} by meaning" if meaning is not None else "not found by meaning"
    return f"Found: {by_words}, {by_meaning}."


def _wording(match: Match) -> list[str]:
    why = match.why
    if why is None:
        return []
    lines = ["Almost the same wording."] if why.near_identical else []
    lines += [f"A quotation of the claim stands in the passage: {part.hit.state.value}." for part in why.quotations]
    runs = [f"“{' '.join(run.of(match.passage.text).split())}”" for run in why.runs[:_RUNS]]
    if runs:
        lines.append(f"The same words in a row: {', '.join(runs)}.")
    if why.short:
        lines.append("One of the texts is short: likeness says little.")
    return lines
