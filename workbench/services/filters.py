"""Which passages a search is about: one value, applied inside candidate selection, so that it never hides what it lets through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from sqlmodel import Session

from db import sources
from db.search.narrowing import Conditions, Names, Narrowing, cited_passages, held_so
from db.tables import Article, Citation, Source
from db.vocabulary import Confidentiality, Stance
from workbench.credibility import domain_of
from workbench.errors import InputRefused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a passage's document must be. What is empty is not asked; `uncited` and `stances` exclude each other.

    `own_outlet` lets the documents of the outlet whose article is checked be suggested for its claims: an article is no
    evidence for itself, so they are left out unless somebody asks.
    """

    sources: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    languages: tuple[str, ...] = ()
    confidentialities: tuple[Confidentiality, ...] = ()
    stances: tuple[Stance, ...] = ()
    uncited: bool = False
    own_outlet: bool = False

    def __post_init__(self) -> None:
        """Refuse what no passage can meet."""
        if self.after and self.before and self.after > self.before:
            raise InputRefused(
                f"Nothing is from {self.after} on and until {self.before} too.", "Give the earlier day first."
            )
        if self.uncited and self.stances:
            raise InputRefused("A passage cannot be cited and not cited.", "Ask for one of the two.")

    @property
    def given(self) -> bool:
        """Whether a person asked for anything."""
        return self != Filter()

    def words(self) -> tuple[str, ...]:
        """What is asked, each in plain words; what holds by default is not among them."""
        said = [f"from {' or '.join(self.sources)}"] if self.sources else []
        if self.after:
            said.append(f"from {self.after} on")
        if self.before:
            said.append(f"until {self.before}")
        if self.languages:
            said.append(f"in {' or '.join(self.languages)}")
        if self.confidentialities:
            said.append(" or ".join(value.value for value in self.confidentialities))
        if set(self.stances) == set(Stance):
            said.append("cited already")
        elif self.stances:
            said.append(f"cited as {' or '.join(value.value for value in self.stances)}")
        if self.uncited:
            said.append("not cited yet")
        if self.own_outlet:
            said.append("the article’s own outlet too")
        return tuple(said)


EVERYTHING = Filter()
"""Nothing asked."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A filter applied: a mask over passage numbers, None where everything may be found, and what is in force in words."""

    mask: "Mask | None"
    words: tuple[str, ...] = field(default=())


def narrow(
    session: Session,
    narrowing: Narrowing,
    wanted: Filter,
    article: Article | None,
    cited: Sequence[Citation],
) -> Narrowed:
    """Apply a filter for a claim of `article` with the citations `cited`. Raises InputRefused for an unknown source."""
    mask: Mask | None = None
    words = list(wanted.words())
    known = sources.sources(session) if wanted.sources or article is not None else []
    conditions = Conditions(
        sources=tuple(_named(known, name) for name in wanted.sources),
        after=wanted.after,
        before=wanted.before,
        languages=tuple(language.lower() for language in wanted.languages),
    )
    for name, source in zip(wanted.sources, conditions.sources, strict=True):
        if not narrowing.documents(session, Conditions(sources=(source,))):
            raise InputRefused(f"No document here is from “{name}”.", "Name a source or a domain as documents name it.")
    if conditions != Conditions():
        mask = narrowing.passages(session, narrowing.documents(session, conditions))
    if wanted.confidentialities:
        mask = both(mask, narrowing.passages(session, held_so(session, wanted.confidentialities)))
    if wanted.stances or wanted.uncited:
        touched = _numbers(narrowing.count(session), cited_passages(session, cited, wanted.stances or tuple(Stance)))
        mask = both(mask, ~touched if wanted.uncited else touched)
    own = None if wanted.own_outlet or article is None else own_outlet(known, article)
    if own is not None and article is not None:
        left_out = narrowing.documents(session, Conditions(sources=(own,)))
        if left_out:
            mask = both(mask, ~narrowing.passages(session, left_out))
            words.append(f"without {article.outlet or own.domains[0]}, the article’s own outlet")
    return Narrowed(mask, tuple(words))


def own_outlet(known: Sequence[Source], article: Article) -> Names | None:
    """How the documents of the outlet that published an article name their source; None where the article names no outlet."""
    host = domain_of(article.url) if article.url else ""
    if not article.outlet and not host:
        return None
    own = Names((article.outlet,) if article.outlet else (), (host,) if host else ())
    described = _described(known, article.outlet) or _described(known, host)
    if described is None:
        return own
    return Names(
        tuple(dict.fromkeys(own.names + described.names)), tuple(dict.fromkeys(own.domains + described.domains))
    )


def _named(known: Sequence[Source], name: str) -> Names:
    """The source that a person names: one that is described, else the name or domain as documents give it."""
    described = _described(known, name)
    if described is not None:
        return described
    host = "" if " " in name else domain_of(name)
    return Names((name,), (host,) if "." in host else ())


def _described(known: Sequence[Source], name: str) -> Names | None:
    if not name:
        return None
    low = name.casefold()
    for source in known:
        if low in (each.casefold() for each in (source.name, *source.aliases, *source.domains)) or source.id == name:
            return Names((source.name, *source.aliases), tuple(source.domains))
    return None


def both(one: "Mask | None", other: "Mask") -> "Mask":
    """What two masks let through, None letting everything."""
    if one is None:
        return other
    length = min(len(one), len(other))
    mask: Mask = one[:length] & other[:length]
    return mask


def _numbers(length: int, numbers: set[int]) -> "Mask":
    import numpy as np

    mask = np.zeros(length, dtype=np.bool_)
    mask[sorted(number for number in numbers if number < length)] = True
    return mask


FIELDS = ("source", "after", "before", "language", "confidentiality", "cited", "own-outlet")


def read_filter(values: Mapping[str, str]) -> Filter:
    """A filter from what was typed into FIELDS; several values with commas. Raises InputRefused that names the field."""
    said = {name: " ".join(values.get(name, "").split()) for name in FIELDS}
    cited = said["cited"].lower()
    stances = _members(Stance, "cited", "" if cited in ("any", "none", "not cited") else cited)
    return Filter(
        sources=_listed(said["source"]),
        after=_day(said["after"], "from"),
        before=_day(said["before"], "until"),
        languages=tuple(each.lower() for each in _listed(said["language"])),
        confidentialities=_members(Confidentiality, "who may see", said["confidentiality"]),
        stances=tuple(Stance) if cited == "any" else stances,
        uncited=cited in ("none", "not cited"),
        own_outlet=said["own-outlet"].lower() in ("yes", "y", "too"),
    )


def typed(wanted: Filter) -> dict[str, str]:
    """A filter as it is typed: `read_filter` reads it back."""
    cited = "none" if wanted.uncited else ", ".join(value.value for value in wanted.stances)
    return {
        "source": ", ".join(wanted.sources),
        "after": wanted.after.isoformat() if wanted.after else "",
        "before": wanted.before.isoformat() if wanted.before else "",
        "language": ", ".join(wanted.languages),
        "confidentiality": ", ".join(value.value for value in wanted.confidentialities),
        "cited": cited,
        "own-outlet": "yes" if wanted.own_outlet else "",
    }


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for each in text.split(",") if (part := each.strip()))


def _day(text: str, field_name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputRefused(f"“{text}” in “{field_name}” is not a date.", "Write it as in 2026-03-17.") from error


Word = TypeVar("Word", bound=StrEnum)


def _members(kind: type[Word], field_name: str, text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    for part in _listed(text.lower()):
        fitting = [value for value in kind if value.value.startswith(part)]
        if len(fitting) != 1:
            listed = ", ".join(value.value for value in kind)
            raise InputRefused(f"“{part}” in “{field_name}” is not known.", f"There are: {listed}.")
        found.append(fitting[0])
    return tuple(found)
