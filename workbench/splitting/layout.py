"""What is run together in one block though it is not one sentence: datelines, photo credits, lists on one line."""

import itertools
import re
from functools import cache

from workbench.splitting.lexicon import Lexicon
from workbench.splitting.model import UnitKind

Piece = tuple[int, int, UnitKind | None]

_PLACE = r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3}"
_DATELINE_PREFIX = re.compile(
    rf"(?:[A-Z][A-Z.'-]{{2,}}(?: [A-Z][A-Z.'-]+){{0,4}}(?:, {_PLACE}){{0,2}}(?: \d{{1,2}})?(?:,? \([^()\n]{{2,40}}\))?"
    rf"|{_PLACE}(?:, {_PLACE}){{0,3}} \([^()\n]{{2,40}}\)"
    rf"|{_PLACE}(?:, {_PLACE}){{1,3}})"
    r" ?-{1,2} (?=[\"'\[A-Z])"
)
_MARK = re.compile(r"(?<!\S)(?:(\d{1,3})(\.\)|[.)])|([a-z])([.)]))\s++(?=[\"'\[(]*+[A-Z0-9])")
_BULLET = re.compile(r"(?<!\S)[•‣⁃◦▪●]")
_STANDALONE_KINDS = (UnitKind.SENTENCE, UnitKind.LIST_ITEM)
_LOOKED_AT = 2_000


def cut_block(folded: str, start: int, end: int, kind: UnitKind, lexicon: Lexicon) -> list[Piece]:
    """The pieces of the block [start, end), each trimmed, with a kind where it differs from the block's own."""
    if kind in (UnitKind.TITLE, UnitKind.HEADING):
        credit = _credit_start(folded, start, end, lexicon)
        if kind is UnitKind.HEADING and start < credit < end:
            return [_trim(folded, start, credit, UnitKind.CAPTION), _trim(folded, credit, end, UnitKind.CAPTION)]
        return _dated_tail(folded, start, end, lexicon)
    if kind not in (*_STANDALONE_KINDS, UnitKind.CAPTION):
        return [(start, end, None)]
    cuts = _list_cuts(folded, start, end)
    if cuts:
        bounds = [start, *cuts, end]
        return [_trim(folded, a, b, UnitKind.LIST_ITEM) for a, b in itertools.pairwise(bounds)]
    pieces: list[Piece] = []
    head = _dateline_end(folded, start, end, lexicon) if kind is UnitKind.SENTENCE else start
    if head > start:
        pieces.append(_trim(folded, start, head, UnitKind.DATELINE))
    tail = _credit_start(folded, head, end, lexicon)
    if head < tail < end:
        body = _trim(folded, head, tail, None)
        bare = folded[body[1] - 1] not in ".!?\"')"
        pieces.append((body[0], body[1], UnitKind.CAPTION if bare else None))
        pieces.append(_trim(folded, tail, end, UnitKind.CAPTION))
    else:
        pieces.append(_trim(folded, head, end, None))
    return pieces


def _trim(folded: str, start: int, end: int, kind: UnitKind | None) -> Piece:
    piece = folded[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()), kind


@cache
def _full_date(lexicon: Lexicon) -> re.Pattern[str]:
    """A date with weekday, month, day and year, as it stands above an article."""
    if not lexicon.months:
        return re.compile(r"(?!)")
    months = "|".join(sorted((m for m in lexicon.months if len(m) > 3 or m == "may"), key=len, reverse=True))
    weekdays = "|".join(sorted((w for w in lexicon.weekdays if len(w) > 4), key=len, reverse=True))
    day_first = rf"\d{{1,2}}(?: de)? (?:{months})(?:,| de)? \d{{4}}"
    return re.compile(rf"(?:{weekdays}),? (?:(?:{months}) \d{{1,2}}, \d{{4}}|{day_first})", re.IGNORECASE)


def _dated_tail(folded: str, start: int, end: int, lexicon: Lexicon) -> list[Piece]:
    for found in _full_date(lexicon).finditer(folded, start, end):
        if found.end() == end and found.start() > start:
            return [_trim(folded, start, found.start(), None), (found.start(), end, UnitKind.DATELINE)]
    return [(start, end, None)]


def _dateline_end(folded: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the text proper begins after "WASHINGTON (AP) - " or a full date at the head of the block."""
    stop = min(end, start + 160)
    dated = _full_date(lexicon).match(folded, start, stop)
    if dated and dated.end() < end and re.match(r"\s+[A-Z\"]", folded[dated.end() : dated.end() + 3]):
        return dated.end()
    placed = _DATELINE_PREFIX.match(folded, start, stop)
    if placed and placed.end() < end and _is_place(placed.group(), lexicon):
        return placed.end()
    return start


def _is_place(prefix: str, lexicon: Lexicon) -> bool:
    first = prefix.split(maxsplit=1)[0].strip(",.").lower()
    return first not in lexicon.openers


@cache
def _credit(lexicon: Lexicon) -> re.Pattern[str]:
    labels = sorted((c for c in lexicon.phrases("blocks", "captions") if c not in ("map", "above")), key=len)
    if not labels:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<=\s)(?:{'|'.join(map(re.escape, reversed(labels)))}): (?=\S)", re.IGNORECASE)


def _credit_start(folded: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where a photo credit begins at the end of a short block ("… Image: Jane Doe."), or `end`."""
    found = _credit(lexicon).search(folded, max(start, end - 120), end)
    if found is None:
        return end
    # "(Photo credit: …" is one label and not a caption with a credit after it.
    before = folded[start : found.start()].strip("([ ").lower()
    return found.start() if before and before not in lexicon.phrases("blocks", "captions") else end


def _list_cuts(folded: str, start: int, end: int) -> list[int]:
    """Starts of the second and further items of a list that was written on one line."""
    stop = min(end, start + _LOOKED_AT)
    bullet = _BULLET.match(folded, start)
    if bullet:
        mark = bullet.group()
        return [f.start() for f in _BULLET.finditer(folded, start + 1, end) if f.group() == mark]
    first = _MARK.match(folded, start, stop)
    if first is None or (first.group(1) or first.group(3)) not in ("1", "a"):
        return []
    style = first.group(2) or first.group(4)
    expected, cuts = 2, []
    for found in _MARK.finditer(folded, first.end(), end):
        value = int(found.group(1)) if found.group(1) else ord(found.group(3)) - ord("a") + 1
        same = (found.group(1) is None) == (first.group(1) is None) and (found.group(2) or found.group(4)) == style
        if same and value == expected:
            cuts.append(found.start())
            expected += 1
    return cuts
