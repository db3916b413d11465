"""A stored version read again with what is known of it by now: its publication date and the desk's table of offices."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlmodel import Session

from db import references as stored
from db.tables import Article, ArticleVersion, OfficeTerm
from workbench import splitting
from workbench.splitting import SplitResult
from workbench.text.blocks import BlockHint, BlockKind

if TYPE_CHECKING:
    from workbench.credibility.sourcing import Sourcing
    from workbench.splitting.checkworthiness import Model
    from workbench.splitting.office_table import OfficeTable, Term

_HINTS = frozenset({"title", "heading", "list_item", "caption", "byline", "dateline", "boilerplate"})


def reread(
    session: Session, article: Article, version: ArticleVersion, *, fitted: "Model | None" = None
) -> SplitResult:
    """The version split with the article's publication date as it stands now; the kinds of its units stay.

    `fitted` are the desk's own coefficients of check-worthiness, where it has any.
    """
    units = tuple((int(start), str(kind)) for start, kind in version.units)
    known = version.text, version.language, units, article.published_on, table_of(session)
    return _split_by_shipped(*known) if fitted is None else _split(*known, fitted)


@lru_cache(maxsize=4)
def _split_by_shipped(
    text: str, language: str, units: tuple[tuple[int, str], ...], published: date | None, table: "OfficeTable"
) -> SplitResult:
    return _split(text, language, units, published, table, None)


def _split(
    text: str,
    language: str,
    units: tuple[tuple[int, str], ...],
    published: date | None,
    table: "OfficeTable",
    fitted: "Model | None",
) -> SplitResult:
    ends = [start for start, _ in units[1:]] + [len(text)]
    hints = [
        BlockHint(start, start + len(text[start:end].rstrip()), BlockKind(kind))
        for (start, kind), end in zip(units, ends, strict=True)
        if kind in _HINTS
    ]
    return splitting.split(text, language=language, blocks=hints, published=published, offices=table, fitted=fitted)


def table_of(session: Session) -> "OfficeTable":
    """The shipped table of offices with the desk's own entries."""
    from workbench.splitting.office_table import shipped

    rows = stored.terms(session)
    terms = [(row, term_of(row)) for row in rows]
    dropped = [term.key for row, term in terms if row.dropped]
    return shipped().with_terms((term for row, term in terms if not row.dropped), dropped) if terms else shipped()


def term_of(row: OfficeTerm) -> "Term":
    """An entry of the desk's as the engine takes it. It was checked when it was decided or merged."""
    from workbench.splitting.office_table import one_term

    return one_term(
        country=row.country,
        office=row.office,
        titles=row.titles,
        person=row.person,
        family=row.family,
        also=row.also,
        first=row.first,
        last=row.last,
        as_of=row.as_of,
        source=row.source,
    )


def sourcing_of(session: Session, article: Article, version: ArticleVersion) -> "Sourcing":
    """How the article sources itself, by its text and by what is recorded of it."""
    from workbench.credibility.sourcing import sourcing

    return sourcing(
        version.text,
        reread(session, article, version),
        title=article.title,
        byline=article.byline,
        published=article.published_on,
        outlet=article.outlet,
        url=article.url,
        links=version.links,
    )
