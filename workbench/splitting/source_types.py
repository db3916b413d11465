"""What kind of source is named: by name, without one, several together, or somebody speaking for an office."""

import re
from dataclasses import replace
from functools import cache

from workbench.splitting.lexicon import Lexicon
from workbench.splitting.model import Attribution, SourceType

_WORD = re.compile(r"[^\W_]+(?:[.'-][^\W_]+)*")


@cache
def _joined(lexicon: Lexicon) -> re.Pattern[str]:
    """What parts several sources: a comma, "and", "as well as"."""
    words = "|".join(re.escape(phrase) for phrase in lexicon.phrases("sources", "joining"))
    joined = rf"\s*,\s*(?:{words})\s+|\s+(?:{words})\s+|" if words else ""
    return re.compile(rf"{joined}\s*,\s*", re.IGNORECASE)


def typed(attribution: Attribution, lexicon: Lexicon) -> Attribution:
    """The attribution with the type of its source and, where it joins several, their names one by one."""
    sources = sources_in(attribution.source, lexicon)
    kinds = [type_of(source, lexicon) for source in sources]
    kind = SourceType.COLLECTIVE if len(sources) > 1 else kinds[0]
    return replace(attribution, type=kind, sources=sources)


def type_of(source: str, lexicon: Lexicon) -> SourceType:
    """The type of one source by its words.

    An office or an organ of a state makes it official, with or without a name; then a name, a body of people, and what is
    left is unnamed. A pronoun stands for somebody named before, "they" for a group.
    """
    words = _WORD.findall(source)
    lowered = {word.lower() for word in words}
    if not words:
        return SourceType.UNNAMED
    if len(words) == 1 and words[0].lower() in lexicon.words("reporting", "subject_pronouns"):
        plural = words[0].lower() in lexicon.words("sources", "plural_pronouns")
        return SourceType.COLLECTIVE if plural else SourceType.NAMED
    if lowered & lexicon.words("sources", "official"):
        return SourceType.OFFICIAL
    known = lexicon.words("sources", "articles") | lexicon.words("sources", "descriptions")
    unnamed = lowered & lexicon.words("unnamed", "nouns")
    named = any(word[0].isupper() and word.lower() not in known for word in (words if not unnamed else words[1:]))
    if named and not (unnamed and words[-1].lower() in unnamed):
        return SourceType.NAMED
    if lowered & lexicon.words("sources", "bodies"):
        return SourceType.COLLECTIVE
    return SourceType.UNNAMED


def sources_in(source: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The sources that a phrase joins: "reports from experts and The Ledger" names three, "Poe, the mayor" one."""
    found: list[str] = []
    head, rest = _through(source, lexicon)
    if head:
        found.append(head)
    for part in _joined(lexicon).split(rest):
        words = part.split()
        if not words:
            continue
        described = words[0].lower() in lexicon.words("sources", "articles") and not (
            len(words) > 1 and words[1][0].isupper()
        )
        small = not words[0][0].isupper() and words[0].lower() not in lexicon.words("sources", "articles")
        joined = found and ", " + part in source and (described or small)
        if joined or (found and words[0][0].isdigit()):
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return tuple(found) or (source,)


def _through(source: str, lexicon: Lexicon) -> tuple[str, str]:
    """ "reports" and "experts and The Ledger" of "reports from experts and The Ledger"."""
    words = source.split(maxsplit=2)
    reported = len(words) == 3 and words[0].lower() in lexicon.words("unnamed", "nouns")
    if reported and words[1].lower() in lexicon.words("sources", "through"):
        return words[0], words[2]
    return "", source
