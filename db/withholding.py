"""What may not leave this desk: confidential documents, every decision that mentions one, and who quotes them elsewhere.

The one place that knows. Packing leaves out what this module names; a complete copy of a store leaves out nothing.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from db.kinds import KINDS
from db.revisions import batched, data_of
from db.tables import Document, Head, Passage, Revision
from db.vocabulary import Confidentiality, Kind

RUN = 8
"""This many words in a row are taken for a quotation, not for chance."""

TITLE_WORDS = 4
QUOTE_WORDS = 5

_ORDER = list(Confidentiality)
_WORD = re.compile(r"\w+")
_MENTIONING = [kind for kind, (data, _) in KINDS.items() if "document" in data.model_fields]


@dataclass(frozen=True, slots=True, order=True)
class Quoting:
    """Where words of a withheld document stand outside it. For a document, `kind` is None and `entity` its content hash."""

    kind: Kind | None
    entity: str
    what: str


def strictest(values: Iterable[Confidentiality]) -> Confidentiality:
    """The one of the values that lets the fewest people see it; public where there is none."""
    return max(values, key=_ORDER.index, default=Confidentiality.PUBLIC)


def confidentialities(session: Session, contents: Iterable[str] | None = None) -> dict[str, Confidentiality]:
    """How confidential documents are now, by content hash; of these documents, or of all that are here or were decided about.

    A person's decision overrides what the import said. Where decisions stand side by side the strictest counts, and a
    withdrawn one among them counts as what the import said.
    """
    query = select(col(Document.content_hash), col(Document.confidentiality))
    wanted = None if contents is None else set(contents)
    found: dict[str, Confidentiality] = {}
    if wanted is None:
        found.update(session.exec(query).all())
    else:
        for chunk in batched(sorted(wanted), 500):
            found.update(session.exec(query.where(col(Document.content_hash).in_(chunk))).all())
    for content, decided in _decided(session).items():
        if wanted is None or content in wanted:
            imported = found.get(content, Confidentiality.PUBLIC)
            found[content] = strictest(imported if value is None else value for value in decided)
    return found


def _decided(session: Session) -> dict[str, list[Confidentiality | None]]:
    """The decisions that stand about each document; None for a withdrawn one beside others."""
    query = select(Revision).join(Head, col(Head.rid) == col(Revision.rid)).where(Revision.kind == Kind.HANDLING)
    by_entity: dict[str, list[dict[str, Any] | None]] = {}
    for revision in session.exec(query):
        by_entity.setdefault(revision.entity, []).append(data_of(revision))
    decided: dict[str, list[Confidentiality | None]] = {}
    for several in by_entity.values():
        live = [data for data in several if data is not None]
        for data in live:
            decided.setdefault(data["document"], []).append(Confidentiality(data["confidentiality"]))
        if len(live) < len(several):
            for content in {data["document"] for data in live}:
                decided[content].append(None)
    return decided


def withheld_documents(session: Session) -> set[str]:
    """The content hashes of the documents that must not leave, whether their text is in this file or not."""
    return {content for content, value in confidentialities(session).items() if value is Confidentiality.CONFIDENTIAL}


def withheld_entities(session: Session) -> set[str]:
    """Every entity that mentions a withheld document in any of its revisions: citations, dismissals, handlings.

    Verdicts and reviews stay, also where they rest on a withheld citation.
    """
    withheld = withheld_documents(session)
    return {entity for entity, _ in _mentions(session, withheld)}


def _mentions(session: Session, withheld: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not withheld:
        return
    query = select(col(Revision.entity), col(Revision.body)).where(col(Revision.kind).in_(_MENTIONING))
    for entity, body in session.exec(query):
        data = json.loads(body)["data"]
        if data is not None and data["document"] in withheld:
            yield entity, data


def quoted_elsewhere(session: Session) -> list[Quoting]:
    """Decisions, past ones too, and documents that would leave and that repeat words of a withheld document.

    Told by its title (from 4 words), by the quotation of a withheld citation (from 5 words), or by any 8 words in a row
    of its text; case and punctuation make no difference. A document counts only where its text is the same as a whole.
    """
    withheld = withheld_documents(session)
    if not withheld:
        return []
    entities = {entity for entity, _ in _mentions(session, withheld)}
    needles = _needles(session, withheld)
    found: set[Quoting] = set()
    query = select(col(Revision.kind), col(Revision.entity), col(Revision.body))
    for kind, entity, body in session.exec(query):
        if entity not in entities:
            found |= {Quoting(Kind(kind), entity, what) for what in _hits(json.loads(body)["data"], needles)}
    decisions = sorted(found, key=lambda one: (str(one.kind), one.entity, one.what))
    return [*decisions, *_same_text(session, withheld)]


def _needles(session: Session, withheld: set[str]) -> dict[int, dict[int, str]]:
    """Hashes of the runs of words to look for, by length of the run, each with what it was taken from."""
    needles: dict[int, dict[int, str]] = {}
    for content in sorted(withheld):
        document = session.exec(select(Document).where(Document.content_hash == content)).first()
        if document is None:
            continue
        passages = select(col(Passage.text)).where(Passage.document_id == document.id).order_by(col(Passage.start))
        _add(needles, "".join(session.exec(passages)), RUN, "text")
        _add(needles, document.title, TITLE_WORDS, "title")
    for _, data in _mentions(session, withheld):
        _add(needles, data.get("quote", ""), QUOTE_WORDS, "quotation")
    return needles


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: list[str], length: int) -> Iterator[int]:
    return (hash(run) for run in zip(*(words[start:] for start in range(length)), strict=False))


def _add(needles: dict[int, dict[int, str]], text: str, least: int, what: str) -> None:
    words = _words(text)
    if len(words) >= least:
        length = min(len(words), RUN)
        needles.setdefault(length, {}).update(dict.fromkeys(_runs(words, length), what))


def _hits(value: object, needles: Mapping[int, Mapping[int, str]]) -> set[str]:
    if isinstance(value, Mapping):
        return {what for part in value.values() for what in _hits(part, needles)}
    if isinstance(value, list):
        return {what for part in value for what in _hits(part, needles)}
    words = _words(value) if isinstance(value, str) else []
    return {runs[run] for length, runs in needles.items() for run in _runs(words, length) if run in runs}


def _same_text(session: Session, withheld: set[str]) -> list[Quoting]:
    texts: set[str] = set()
    for chunk in batched(sorted(withheld), 500):
        texts.update(session.exec(select(col(Document.text_hash)).where(col(Document.content_hash).in_(chunk))))
    found: set[str] = set()
    for chunk in batched(sorted(texts), 500):
        found.update(session.exec(select(col(Document.content_hash)).where(col(Document.text_hash).in_(chunk))))
    return [Quoting(None, content, "text") for content in sorted(found - withheld)]
