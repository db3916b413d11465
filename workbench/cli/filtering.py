"""The options by which searches are narrowed, the same for every command that searches."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from db.vocabulary import Confidentiality, Stance
from workbench.cli.types import DAY, WORDS, Member
from workbench.errors import Misuse
from workbench.services.filters import Filter

_STANCES = (*(stance.value for stance in Stance), "any", "none")
_OPTIONS: tuple[Callable[[Callable[..., Any]], Callable[..., Any]], ...] = (
    click.option("--source", "from_sources", type=WORDS, multiple=True, help="Only from this source or domain; repeatable."),
    click.option("--from", "after", type=DAY, help="Only from this day on."),
    click.option("--to", "before", type=DAY, help="Only until this day."),
    click.option("--language", "languages", type=WORDS, multiple=True, help="Only in this language, such as en; repeatable."),
    click.option(
        "--confidentiality",
        "confidentialities",
        type=Member(Confidentiality),
        multiple=True,
        help="Only documents that so many may see; repeatable.",
    ),
    click.option(
        "--cited",
        type=click.Choice(_STANCES),
        help="Only passages cited for the claim with this stance, with any, or with none yet.",
    ),
    click.option(
        "--own-outlet", is_flag=True, help="Suggest documents of the outlet whose article is checked too."
    ),
)  # fmt: skip


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator that adds the options; `chosen_filter` reads them."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def chosen_filter(
    from_sources: tuple[str, ...] = (),
    after: date | None = None,
    before: date | None = None,
    languages: tuple[str, ...] = (),
    confidentialities: tuple[Confidentiality, ...] = (),
    cited: str | None = None,
    own_outlet: bool = False,
) -> Filter:
    """The filter that the options make. Raises InputRefused where nothing can meet it."""
    stances = () if cited in (None, "none") else tuple(Stance) if cited == "any" else (Stance(cited),)
    return Filter(
        sources=from_sources,
        after=after,
        before=before,
        languages=languages,
        confidentialities=confidentialities,
        stances=stances,
        uncited=cited == "none",
        own_outlet=own_outlet,
    )


def without_claim(wanted: Filter) -> Filter:
    """The filter for a search that is about no claim. Raises Misuse where it asks about citations."""
    if wanted.stances or wanted.uncited or wanted.own_outlet:
        raise Misuse("--cited and --own-outlet are about a claim.", "Name a claim, or leave them out.")
    return wanted
