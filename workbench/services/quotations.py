"""Where a quotation stands in the evidence, perhaps altered or spliced: earliest first, with every difference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from sqlmodel import Session

from db import evidence
from db.search import vocabulary
from db.store import Store
from db.tables import Document, Passage
from workbench.errors import InputRefused
from workbench.matching.query import folded_words, query_words
from workbench.matching.quoting import clauses
from workbench.matching.tracing import Standing, trace
from workbench.services.filters import EVERYTHING, Filter
from workbench.services.finding import Finder, Question
from workbench.services.sources import Resolver
from workbench.services.views import SourceView
from workbench.text.folding import fold
from workbench.text.spans import Span

if TYPE_CHECKING:
    from workbench.services.filters import Mask

WHOLE = 100
"""Passages that the words of the whole quotation bring in."""
EACH = 30
"""Passages that each of its clauses brings in: where it was spliced they stand apart."""
MOST_CLAUSES = 12
SHORTEST = 3
LIKELY = 0.5
"""Share of the words of a quotation, or of one of its clauses, that a text must hold to be looked at closely."""
TRACED = 60
"""Texts that are looked at closely."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A place where quotation and document differ: spans of both, and the words; either may be empty."""

    quote: Span
    document: Span
    quoted: str
    found: str


@dataclass(frozen=True, slots=True)
class QuotationVersion:
    """A quotation as one document has it. `span` is in the document's text, `rest` how the sentence goes on there.

    `state` is verbatim, trimmed, altered, partial or spliced. `longest` marks the version that says most.
    """

    document: Document
    passage: Passage
    source: SourceView | None
    external_id: str
    span: Span
    text: str
    rest: str
    state: str
    differences: tuple[Spelling, ...]
    said: tuple[str, ...]
    found: tuple[Span, ...]
    covered: float
    longest: bool = False


@dataclass(frozen=True, slots=True)
class QuotationReport:
    """All versions of a quotation, the earliest first, undated ones last. `answer` is what they come to, in plain words."""

    quote: str
    answer: str
    versions: tuple[QuotationVersion, ...]
    filters: tuple[str, ...] = ()


class QuotationService:
    """Looking for quotations."""

    def __init__(self, store: Store, finder: Finder) -> None:
        self._store = store
        self._finder = finder

    def find(self, quote: str, *, wanted: Filter = EVERYTHING, top: int = 50) -> QuotationReport:
        """Where a quotation stands, clause by clause; wrong letters on either side do no harm.

        Raises InputRefused for a quotation under three words.
        """
        quote = quote.strip().strip("“”„«»\"'‘’ ")
        if len(folded_words(quote)) < SHORTEST:
            raise InputRefused(f"A quotation of under {SHORTEST} words stands everywhere.", "Give more of it.")
        with self._store.read() as session:
            narrowed = self._finder.narrowed(session, Question(quote), wanted)
            versions: list[QuotationVersion] = []
            for doubted in (False, True):
                candidates = self._candidates(session, quote, narrowed.mask, every=doubted)
                versions = self._versions(session, quote, candidates, doubted=doubted) or versions
                if any(version.state != "partial" for version in versions):
                    break
            versions, answer = _settled(quote, versions)
            return QuotationReport(quote, answer, tuple(versions[:top]), narrowed.words)

    def _candidates(self, session: Session, quote: str, mask: "Mask | None", *, every: bool) -> list[int]:
        """Passages that hold words of the quotation, misspelt ones put right; with `every` all of them are doubted."""
        found: dict[int, None] = {}
        pieces = [(quote, WHOLE)]
        parts = clauses(quote)
        if len(parts) > 1:
            pieces += [(part.of(quote), EACH) for part in parts[:MOST_CLAUSES]]
        words = query_words(quote)
        counts = self._finder.frequencies(session, words)
        doubted = [word for word in words if every or not counts[word]]
        corrected = vocabulary.near(session, doubted) if doubted else {}
        for piece, limit in pieces:
            here = query_words(piece)
            stems = [stem for word in here for stem in corrected.get(word, ())]
            found.update(dict.fromkeys(self._finder.by_words(session, here, limit, stems, mask)))
        return list(found)

    def _versions(
        self, session: Session, quote: str, numbers: Sequence[int], *, doubted: bool
    ) -> list[QuotationVersion]:
        around = {near for number in numbers for near in (number - 1, number, number + 1)}
        passages = evidence.passages_by_id(session, sorted(around))
        candidates = {passages[number][1].id for number in numbers if number in passages}
        resolver = Resolver(session)
        externals = evidence.external_ids(session, [number for number in candidates if number])
        best: dict[int, QuotationVersion] = {}
        likely = _Likely(quote, doubted=doubted)
        runs = [(document, run) for document, run in _runs(passages.values()) if document.id in candidates]
        for document, run, text in likely.first(runs):
            standing = trace(quote, text)
            if standing is None:
                continue
            version = _version(quote, document, run, text, standing, resolver, externals)
            known = best.get(document.id or 0)
            if known is None or _rank(version) > _rank(known):
                best[document.id or 0] = version
        return list(best.values())


class _Likely:
    """Tells by the words alone which texts may hold a quotation or a clause of it; tracing all of them would be slow."""

    def __init__(self, quote: str, *, doubted: bool) -> None:
        self._letters = fold(quote).casefold() if doubted else ""
        parts = [part.of(quote) for part in clauses(quote)]
        self._pieces = [words for part in (quote, *parts) if (words := _content(part))]

    def first(self, runs: Sequence[tuple[Document, list[Passage]]]) -> list[tuple[Document, list[Passage], str]]:
        """The likeliest, with their texts."""
        likely = []
        for document, run in runs:
            text = "".join(piece.text for piece in run)
            share = self._share(text)
            if share >= LIKELY:
                likely.append((share, document, run, text))
        likely.sort(key=lambda item: -item[0])
        return [(document, run, text) for _, document, run, text in likely[:TRACED]]

    def _share(self, text: str) -> float:
        if self._letters:
            # Every word may be misspelt: then the letters in a row decide.
            return fuzz.partial_ratio(self._letters, fold(text).casefold()) / 100
        words = set(folded_words(text))
        return max((len(piece & words) / len(piece) for piece in self._pieces), default=0.0)


def _content(piece: str) -> set[str]:
    return {word for each in query_words(piece) for word in folded_words(each)}


def _runs(found: Iterable[tuple[Passage, Document]]) -> Iterable[tuple[Document, list[Passage]]]:
    """Passages that follow each other, joined, so that a quotation may reach over their edge."""
    ordered = sorted(found, key=lambda pair: (pair[1].id or 0, pair[0].start))
    for _, pairs in groupby(ordered, key=lambda pair: pair[1].id):
        run: list[Passage] = []
        document: Document | None = None
        for passage, document in pairs:
            if run and run[-1].end != passage.start:
                yield document, run
                run = []
            run.append(passage)
        if run and document is not None:
            yield document, run


def _version(
    quote: str,
    document: Document,
    run: Sequence[Passage],
    text: str,
    standing: Standing,
    resolver: Resolver,
    externals: dict[int, str],
) -> QuotationVersion:
    base = run[0].start
    span = standing.span.shift(base)
    return QuotationVersion(
        document=document,
        passage=next(piece for piece in run if span.start < piece.end),
        source=resolver.of(document),
        external_id=externals.get(document.id or 0, ""),
        span=span,
        text=standing.span.of(text),
        rest=standing.rest.of(text),
        state=standing.state,
        differences=tuple(
            Spelling(one.quote, one.text.shift(base), one.quote.of(quote), one.text.of(text))
            for one in standing.differences
        ),
        said=standing.said,
        found=standing.found,
        covered=standing.covered,
    )


_STATES = ("partial", "spliced", "altered", "trimmed", "verbatim")


def _rank(version: QuotationVersion) -> tuple[int, float, int]:
    return _STATES.index(version.state), version.covered, -len(version.differences)


def _settled(quote: str, versions: Sequence[QuotationVersion]) -> tuple[list[QuotationVersion], str]:
    """The versions that tell something, in order, the longest marked, and what they come to."""
    whole = [version for version in versions if version.state != "partial"]
    parts = [version for version in versions if version.state == "partial"]
    spliced = not whole and _together(quote, parts)
    kept = sorted(whole or parts, key=lambda one: (one.document.published_at or "9999", one.document.id or 0))
    if whole:
        longest = max(kept, key=lambda one: len(one.text) + len(one.rest))
        kept = [replace(version, longest=True) if version is longest else version for version in kept]
    return kept, _answer(kept, spliced=spliced)


def _together(quote: str, parts: Sequence[QuotationVersion]) -> bool:
    """Whether clauses from different documents make up the quotation."""
    wanted = clauses(quote)
    held = [
        frozenset(clause for clause in wanted if any(_covers(span, clause) for span in part.found)) for part in parts
    ]
    return len(wanted) > 1 and len(set(held)) > 1 and frozenset[Span]().union(*held) == frozenset(wanted)


def _covers(span: Span, clause: Span) -> bool:
    return min(span.end, clause.end) - max(span.start, clause.start) >= 0.8 * clause.length


def _answer(kept: Sequence[QuotationVersion], *, spliced: bool) -> str:
    if not kept:
        return "It is not found here."
    count = {state: sum(version.state == state for version in kept) for state in _STATES}
    if count["verbatim"]:
        said = f"It stands word for word in {_documents(count['verbatim'])}"
        others = len(kept) - count["verbatim"]
        return f"{said}, otherwise in {others}." if others else f"{said}."
    if spliced:
        return "No document has it whole; its clauses stand in different documents: it may be spliced."
    if count["trimmed"] or count["altered"]:
        return f"It stands nowhere word for word; otherwise, altered or trimmed, in {_documents(len(kept))}."
    if count["spliced"]:
        return f"Its clauses stand apart in {_documents(count['spliced'])}: it may be spliced."
    return f"Only parts of it stand in {_documents(len(kept))}."


def _documents(number: int) -> str:
    return f"{number:,} document{'s' if number != 1 else ''}"
