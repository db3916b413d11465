"""An article's text into units and suggested claims."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date

from workbench.splitting.antecedents import with_candidates
from workbench.splitting.blocks import Block, find_blocks
from workbench.splitting.checkworthiness import Model
from workbench.splitting.claims import claims_of
from workbench.splitting.details import LONGEST_STATED, Context, too_long
from workbench.splitting.lexicon import KNOWN, Lexicon, lexicon
from workbench.splitting.lines import is_boilerplate
from workbench.splitting.model import SplitResult, SplitWarning, Unit, UnitKind
from workbench.splitting.office_table import OfficeTable
from workbench.splitting.presuppositions import with_presuppositions
from workbench.splitting.quotes import Quote, find_quotes, join_paired_marks
from workbench.splitting.references import DATE_TYPES
from workbench.splitting.sentences import sentence_spans
from workbench.splitting.speakers import Piece, find_speakers
from workbench.text.blocks import BlockHint
from workbench.text.folding import fold
from workbench.text.language import UNDETERMINED, detect_language

_SHORT_TEXT = 400
_PIECES_A_STEP = 200


def split(
    text: str,
    *,
    language: str | None = None,
    blocks: Sequence[BlockHint] = (),
    published: date | None = None,
    offices: OfficeTable | None = None,
    fitted: Model | None = None,
    progress: Callable[[int], object] | None = None,
) -> SplitResult:
    """Units that tile `text` exactly, with the claims suggested under each.

    `text` is taken as stored (NFC, newlines as \\n) and may be anything; no text raises an error. `language` is a
    two-letter code, guessed when None; a language without a rules file gets units only, and a warning says so. `blocks`
    are hints from markup. `published` dates words like "Sunday" and tells whether an office that is named was held then;
    without it warnings ask for it. `offices` is the shipped table of office-holders, or one a desk has extended,
    `fitted` the shipped model of check-worthiness, or a desk's own. `progress` is called now and then with the number of
    code points that are done, for texts as long as a book.
    White space after a unit belongs to it, white space before the first to the first. The same text always gives
    the same result.
    """
    if not text:
        return SplitResult(language or UNDETERMINED, 0)
    code, warnings = _language(text, language)
    rules = lexicon(code)
    read = join_paired_marks(text)
    folded = fold(read)
    pieces, quotes = _pieces(read, folded, find_blocks(text, folded, rules, blocks), rules)
    if too_long(text):
        message = (
            f"Longer than {LONGEST_STATED:,} characters: no sub-claims were suggested. Split it into its articles."
        )
        warnings.append(SplitWarning("too_long_for_sub_claims", 0, len(text), message))
    if not pieces:
        return SplitResult(code, len(text), (Unit(0, len(text), UnitKind.BOILERPLATE),), tuple(warnings))
    speakers = find_speakers(folded, pieces, quotes, rules)
    units: list[Unit] = []
    context = Context(text, folded, rules, fitted)
    for i, piece in enumerate(pieces):
        start = piece.start if i else 0
        end = pieces[i + 1].start if i + 1 < len(pieces) else len(text)
        units.append(Unit(start, end, piece.kind, claims_of(piece, speakers[i], quotes[i], context)))
        if progress is not None and (i % _PIECES_A_STEP == 0 or end == len(text)):
            progress(end)
    warnings.extend(_date_warnings(units, published))
    referred = with_candidates(units, folded, rules, published)
    if rules.data:
        referred, asked = with_presuppositions(referred, text, published, offices)
        warnings.extend(asked)
    return SplitResult(code, len(text), referred, tuple(warnings))


def language_of(text: str, asked: str | None = None) -> str:
    """The code of the rules that `split` reads a text by."""
    return _language(text, asked)[0]


def _language(text: str, asked: str | None) -> tuple[str, list[SplitWarning]]:
    code = asked.lower().replace("_", "-").split("-")[0] if asked else detect_language(text)
    if code in KNOWN:
        return code, []
    if asked is None and code == UNDETERMINED and len(text) <= _SHORT_TEXT and text.isascii():
        return "en", [
            SplitWarning("language_assumed", 0, len(text), "Too short to tell the language; read as English.")
        ]
    message = f"There are no rules for the language “{code}”: sentences only, no attributions, kinds or references."
    return code, [SplitWarning("language_unknown", 0, len(text), message)]


def _pieces(
    text: str, folded: str, blocks: Sequence[Block], rules: Lexicon
) -> tuple[list[Piece], list[tuple[Quote, ...]]]:
    """The trimmed pieces in order, and for each the quoted stretches that touch it."""
    pieces: list[Piece] = []
    touching: list[tuple[Quote, ...]] = []
    for block in blocks:
        spans = (
            [(block.start, block.end)] if block.whole else sentence_spans(text, folded, block.start, block.end, rules)
        )
        quoted = find_quotes(text, block.start, block.end)
        ends = [quote.end for quote in quoted]
        for start, end in spans:
            mine: list[Quote] = []
            at = bisect_right(ends, start)
            while at < len(quoted) and quoted[at].start < end:
                mine.append(quoted[at])
                at += 1
            pieces.append(Piece(start, end, _kind(folded, block, start, end, mine, rules), block.paragraph))
            touching.append(tuple(mine))
    return pieces, touching


def _kind(folded: str, block: Block, start: int, end: int, quotes: Sequence[Quote], rules: Lexicon) -> UnitKind:
    if block.kind is not UnitKind.SENTENCE:
        return block.kind
    if len(quotes) == 1 and quotes[0].start <= start + 1 and quotes[0].end >= end - 2:
        return UnitKind.QUOTATION
    at_border = start == block.start or end == block.end
    if at_border and end - start < 200 and is_boilerplate(folded[start:end], rules):
        return UnitKind.BOILERPLATE
    return UnitKind.SENTENCE


def _date_warnings(units: Sequence[Unit], published: date | None) -> list[SplitWarning]:
    if published is not None:
        return []
    return [
        SplitWarning(
            "publication_date_missing",
            reference.start,
            reference.end,
            f"“{reference.text}” cannot be dated: give the article's publication date.",
        )
        for unit in units
        for claim in unit.claims[:1]
        for reference in claim.references
        if reference.type in DATE_TYPES
    ]
