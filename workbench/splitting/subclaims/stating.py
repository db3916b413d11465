"""From clauses to statements: each clause whole, and one for every coordinated member and every detail."""

from collections.abc import Iterable, Sequence

from workbench.splitting.subclaims.clauses import ClauseReader
from workbench.splitting.subclaims.parts import Clause, Complement, Part, Phrase, Piece, Range
from workbench.splitting.subclaims.phrases import DESCRIBING
from workbench.splitting.tagging import BE, DET, NAME, NN, VBN

_MOST = 30


def parts_of(reader: ClauseReader) -> list[Part]:
    """The statements of a sentence that was read, without repetitions."""
    found: list[Part] = []
    for clause in reader.clauses:
        if clause.subject is not None and clause.relation != "open":
            found.extend(_statements(clause, clause.subject, reader))
    found.extend(reader.parts)
    unique: dict[tuple[Range, ...], Part] = {}
    for part in found:
        key = _words(part.ranges)
        if key not in unique or (part.whole and not unique[key].whole):
            unique[key] = part
    return list(unique.values())[:_MOST]


def _words(ranges: Iterable[Range]) -> tuple[Range, ...]:
    return tuple(sorted({(k, k + 1) for start, end in ranges for k in range(start, end)}))


def _statements(clause: Clause, subject_phrase: Phrase, reader: ClauseReader) -> list[Part]:
    if clause.glue:
        clause.glue = "were" if reader.is_plural(subject_phrase) else "was"
    verb: tuple[Piece, ...] = (
        *((clause.glue,) if clause.glue and clause.auxiliary is None else ()),
        *((clause.auxiliary,) if clause.auxiliary else ()),
        clause.verb,
    )
    items = subject_phrase.items
    subject = items[0] if len(items) == 1 else subject_phrase.range
    complements = list(clause.complements)
    if clause.object_before is not None and _complete(clause, reader):
        # "The fear that the wall fails": the noun is no part of a clause that lacks nothing.
        clause.object_before, clause.relation = None, "clause"
    if clause.object_before is not None:
        at = clause.object_before
        complements.insert(0, Complement("object", None, [at.range], at.start, at.end))
    parts = [_whole(clause, subject, verb, complements, reader)]
    details = [c for c in complements if c.kind != "adverb"]
    core = details.pop(0) if details else None
    extra = [c for c in details if c.kind == "clause"] if core and core.kind == "object" else []
    details = [c for c in details if c not in extra]
    tail = tuple(_solid(c) for c in extra[:1])
    for who in subject_phrase.items:
        if core is None:
            parts.append(Part(_fine(clause, len(subject_phrase.items)), (who, *verb)))
            continue
        options = core.options()
        if clause.copula and core.kind == "object":
            options = [option for whole in options for option in _origin(whole, reader)]
        many = len(options) * len(subject_phrase.items)
        parts.extend(
            Part(
                _fine(clause, many),
                (
                    who,
                    *verb,
                    *option[:-1],
                    *_article(core, option[-1], reader),
                    option[-1],
                    *_head(core, option[-1], reader),
                    *tail,
                ),
            )
            for option in options
        )
    base: tuple[Piece, ...] = (subject, *verb)
    if core is not None and core.kind != "time":
        head = _head(core, core.items[0], reader)
        with_core = (*base, *((core.lead,) if core.lead else ()), core.items[0], *head)
    else:
        with_core = base
    for detail in (*details, *clause.fronted):
        start = with_core if _keeps_core(core, detail) else base
        parts.extend(
            Part("prepositional", (*start, *option, *_head(detail, option[-1], reader))) for option in detail.options()
        )
    return parts


def _complete(clause: Clause, reader: ClauseReader) -> bool:
    """Whether the clause has its object, or is a passive that takes none."""
    passive = reader.tag(clause.verb[1] - 1) is VBN and any(reader.tag(k) is BE for k in range(*clause.verb))
    return passive or any(c.kind == "object" for c in clause.complements)


def _whole(
    clause: Clause, subject: Range, verb: tuple[Piece, ...], complements: Sequence[Complement], reader: ClauseReader
) -> Part:
    """The clause with all that belongs to it, in one stretch from its verb on where no other clause stands inside."""
    start, end = clause.verb[0], max([clause.verb[1], *(c.end for c in clause.complements)])
    inner = any(start < other.verb[0] < end for other in reader.clauses if other is not clause)
    fronted = tuple(_solid(c) for c in clause.fronted)
    sure = clause.object_before is None or all(c.kind in ("time", "adverb") for c in clause.complements)
    if inner or clause.object_before is not None:
        return Part(clause.relation, (subject, *verb, *(_solid(c) for c in complements), *fronted), whole=sure)
    return Part(clause.relation, (subject, *verb[:-1], (start, end), *fronted), whole=True)


def _keeps_core(core: Complement | None, detail: Complement) -> bool:
    """Whether a detail is stated together with the first complement: "played for Mexico in the final", "was born in May"."""
    return core is not None and (core.kind in ("object", "clause") or core.kind == detail.kind == "phrase")


def _fine(clause: Clause, many: int) -> str:
    return "conjunct" if many > 1 else clause.relation


def _solid(complement: Complement) -> Range:
    return complement.start, complement.end


def _origin(option: tuple[Range, ...], reader: ClauseReader) -> Sequence[tuple[Range, ...]]:
    """ "an American actress" once as "an American" and once as "an … actress"."""
    start, end = option[-1]
    if reader.tag(start) is DET and reader.text(start) in ("a", "an") and reader.tag(start + 1) is NAME:
        k = start + 1
        while k < end and reader.tag(k) is NAME:
            k += 1
        if k < end and reader.tag(k) is NN and k == start + 2:
            return [(*option[:-1], (start, k)), (*option[:-1], (k, end))]
    return [option]


def _head(complement: Complement, item: Range, reader: ClauseReader) -> tuple[Range, ...]:
    """The noun that "dramatic" shares with the last member in "dramatic and comic roles"."""
    last = complement.items[-1]
    if item == last or len(complement.items) < 2 or last[1] - last[0] < 2 or item[1] <= item[0]:
        return ()
    if any(reader.text(k) == "of" for k in range(*last)):
        return ()
    word = reader.text(item[1] - 1)
    describing = reader.tag(item[1] - 1) is NN and word.endswith(DESCRIBING)
    first = complement.items[0]
    if (
        not describing
        and reader.text(first[0]) in ("the", "a", "an", "this")
        and first[1] - first[0] == 2
        and item[1] - item[0] < 3
    ):
        bare = reader.tag(last[0]) is NN and reader.tag(item[1] - 1) is NN
        describing = bare and not any(reader.names_a_kind(reader.text(end - 1)) for _, end in complement.items[:-1])
    return ((last[1] - 1, last[1]),) if describing and reader.tag(last[1] - 1) is NN else ()


def _article(core: Complement, item: Range, reader: ClauseReader) -> tuple[Piece, ...]:
    """The article that a later member of "a poet, novelist and critic" shares with the first."""
    shared = reader.text(core.items[0][0]) in ("a", "an")
    plain = reader.tag(item[0]) is NN and reader.tag(item[1] - 1) is NN and not reader.text(item[1] - 1).endswith("s")
    if not (shared and plain):
        return ()
    return ("an" if reader.text(item[0])[:1] in "aeiou" else "a",)
