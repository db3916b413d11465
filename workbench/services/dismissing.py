"""What a person does not want to see again for a claim: dismissing, listing, taking back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db import evidence, verdicts
from db.identity import derived
from db.store import Store
from db.tables import Claim, Dismissal, Document, Passage
from db.tables.verdicts import DismissalData
from db.vocabulary import Kind
from workbench.errors import NotFound
from workbench.services import keys


@dataclass(frozen=True, slots=True)
class DismissalView:
    """A dismissal with what was dismissed; document and passage are None where they were withheld from this file."""

    dismissal: Dismissal
    document: Document | None
    passage: Passage | None


class DismissalCommands:
    """Dismissing suggestions. What is dismissed is a place in a document, so that neither new vectors nor a new version of
    the article bring it back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def dismiss(
        self,
        claim_key: str,
        document_hash: str,
        start: int,
        reason: str = "",
        *,
        also: Sequence[tuple[str, int]] = (),
    ) -> None:
        """Do not suggest a passage for a claim again; `also` names others, such as its copies, by document and start."""
        with self._store.write("dismiss a match") as unit:
            claim = keys.claim(unit.session, claim_key)
            words = keys.bounded(" ".join(reason.split()), "reason", 1000)
            for content, place in dict.fromkeys([(document_hash, start), *also]):
                data = DismissalData(claim_id=claim.id, document=content, start=place, reason=words)
                unit.journal.record(Kind.DISMISSAL, derived("dismissal", claim.id, content, place), data)

    def dismissed(self, claim_key: str) -> list[DismissalView]:
        """What was dismissed for a claim, the latest first, also for the claims that it was split or merged from."""
        with self._store.read() as session:
            claim = keys.claim(session, claim_key)
            found = [item for one in lineage(session, claim) for item in verdicts.dismissals(session, one)]
            documents = evidence.by_hashes(session, [item.document for item in found])
            views = []
            for item in sorted(found, key=lambda one: one.decided_at, reverse=True):
                document = documents.get(item.document)
                passages = evidence.passages_of(session, document.id or 0) if document else []
                passage = next((piece for piece in passages if piece.start == item.start), None)
                views.append(DismissalView(item, document, passage))
            return views

    def undismiss(self, claim_key: str, document_hash: str, start: int | None = None) -> int:
        """Suggest a dismissed passage again, or all of a document's; returns how many. Raises NotFound where none was."""
        with self._store.write("suggest a dismissed match again") as unit:
            claim = keys.claim(unit.session, claim_key)
            found = [
                item
                for one in lineage(unit.session, claim)
                for item in verdicts.dismissals(unit.session, one)
                if item.document == document_hash and start in (None, item.start)
            ]
            if not found:
                raise NotFound(
                    "No passage of this document is dismissed for this claim.", "See match CLAIM --dismissed."
                )
            for item in found:
                unit.journal.record(Kind.DISMISSAL, item.id, None)
            return len(found)


def dismissed(session: Session, claim: Claim | None) -> set[tuple[str, int]]:
    """The places that are not suggested for a claim: content hash of the document, start of the passage."""
    if claim is None:
        return set()
    return {
        (item.document, item.start) for one in lineage(session, claim) for item in verdicts.dismissals(session, one)
    }


def lineage(session: Session, claim: Claim) -> list[str]:
    """A claim and those that it was split or merged from: what was dismissed for them is still known."""
    found: dict[str, None] = {}
    waiting = [claim.id]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found[one] = None
        record = claim if one == claim.id else session.get(Claim, one)
        waiting.extend(record.replaces if record is not None else ())
    return list(found)
