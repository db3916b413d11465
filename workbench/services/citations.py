"""Citing: tying a claim to the exact words of a document."""

from db import evidence
from db.identity import uuid7
from db.store import Store
from db.tables import Citation, Claim, Document, Passage
from db.tables.verdicts import CitationData
from db.vocabulary import Kind, Role, Stance
from workbench.errors import InputRefused
from workbench.matching.wording import agreement, find_quotation
from workbench.services import keys


class CitationService:
    """Making, changing and withdrawing citations."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def cite(
        self,
        claim_key: str,
        document_key: str,
        *,
        stance: Stance,
        role: Role,
        start: int | None = None,
        end: int | None = None,
        quote: str | None = None,
        note: str = "",
    ) -> Citation:
        """Cite the stretch [start, end) of a document's text, or a verbatim quote from it, or else the passage nearest the claim.

        Raises InputRefused where the quote is not in the document (showing the nearest words) or the stretch is empty.
        """
        with self._store.write("cite a passage") as unit:
            session = unit.session
            claim = keys.claim(session, claim_key)
            document = keys.document(session, document_key)
            passages = evidence.passages_of(session, document.id or 0)
            text = "".join(passage.text for passage in passages)
            if quote is not None:
                start, end = locate(text, quote, document)
            elif start is None or end is None:
                best = max(
                    passages, key=lambda passage: (len(agreement(claim.wording, passage.text).passage), -passage.start)
                )
                start, end = best.start, best.end
            data = _data(claim, document, passages, text, start, end)
            data.stance, data.role, data.note = stance, role, keys.bounded(note, "note")
            identity = uuid7()
            unit.journal.record(Kind.CITATION, identity, data)
            return session.get_one(Citation, identity)

    def edit(
        self,
        key: str,
        *,
        stance: Stance | None = None,
        role: Role | None = None,
        start: int | None = None,
        end: int | None = None,
        quote: str | None = None,
        note: str | None = None,
    ) -> Citation:
        """Change a citation: what the passage does to the claim, its role, its note, or the exact words.

        The words are given as a stretch [start, end) of the document's text, or as a verbatim quote from it. Raises
        InputRefused as `cite` does.
        """
        with self._store.write("edit a citation") as unit:
            session = unit.session
            citation = keys.citation(session, key)
            values = {name: getattr(citation, name) for name in CitationData.model_fields}
            data = CitationData.model_validate(values)
            if quote is not None or (start is not None and end is not None):
                document = evidence.by_hash(session, citation.document)
                if document is None:
                    raise InputRefused("The cited document is not in this database.", "Merge a share that holds it.")
                passages = evidence.passages_of(session, document.id or 0)
                text = "".join(passage.text for passage in passages)
                claim = session.get_one(Claim, citation.claim_id)
                first, last = locate(text, quote, document) if quote is not None else (start or 0, end or 0)
                narrowed = _data(claim, document, passages, text, first, last)
                data.start, data.end, data.quote, data.locator = (
                    narrowed.start,
                    narrowed.end,
                    narrowed.quote,
                    narrowed.locator,
                )
            data.stance = data.stance if stance is None else stance
            data.role = data.role if role is None else role
            data.note = data.note if note is None else keys.bounded(note, "note")
            unit.journal.record(Kind.CITATION, citation.id, data)
            return citation

    def withdraw(self, key: str) -> None:
        """Take a citation back; history keeps it."""
        with self._store.write("withdraw a citation") as unit:
            unit.journal.record(Kind.CITATION, keys.citation(unit.session, key).id, None)


def locate(text: str, quote: str, document: Document) -> tuple[int, int]:
    """Where a verbatim quote stands in a document's text, white space aside. Raises InputRefused, showing the nearest words."""
    words = quote.split()
    if not words:
        raise InputRefused("The quote is empty.", "Give the words, or leave the quote out to cite the whole passage.")
    start = text.find(quote)
    if start >= 0:
        return start, start + len(quote)
    hit = find_quotation(quote, text)
    if hit is not None and text[hit.span.start : hit.span.end].split() == words:
        return hit.span.start, hit.span.end
    nearest = f" The nearest words there: “{text[hit.span.start : hit.span.end][:200]}”." if hit else ""
    raise InputRefused(
        f"The quote does not stand word for word in “{document.title[:80]}”.{nearest}",
        "Copy it from the document; nothing was cited.",
    )


def _data(claim: Claim, document: Document, passages: list[Passage], text: str, start: int, end: int) -> CitationData:
    if not 0 <= start < end <= len(text):
        raise InputRefused(
            f"[{start}, {end}) is no stretch of “{document.title[:80]}”, which has {len(text):,} characters.",
            "Choose words of the document.",
        )
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise InputRefused("The chosen stretch holds no words.", "Choose words of the document.")
    touched = [passage.locator for passage in passages if passage.end > start and passage.start < end]
    return CitationData(
        claim_id=claim.id,
        document=document.content_hash,
        start=start,
        end=end,
        quote=text[start:end],
        locator=" – ".join(dict.fromkeys((touched[0], touched[-1]))),
        stance=Stance.CONTEXT,
        role=Role.SECONDARY,
        accessed_on=document.added_at.date(),
    )
