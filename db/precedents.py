"""What was judged before: claims with verdicts, fact-checks of others, and the vectors of their wordings."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from db.revisions import batched, data_of
from db.tables import Article, ArticleVersion, Claim, Document, FactCheck, Revision, Verdict, WordingVector
from db.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Judged:
    """The wording of a claim that has a verdict, in the language of its article."""

    claim_id: str
    wording: str
    language: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A verdict that a later one has replaced. `level` is None where it was withdrawn in between."""

    level: str | None
    scale_version: str
    author: str


def last_decision(session: Session) -> int:
    """A number that grows with every decision that comes into this file."""
    return session.exec(select(func.max(Revision.number))).one() or 0


def judged(session: Session) -> list[Judged]:
    """Every claim that has a verdict, withdrawn claims too."""
    rows = session.connection().execute(
        text(
            "SELECT claim.id, claim.wording, article_version.language FROM claim "
            "LEFT JOIN article_version ON article_version.id = claim.version_id "
            "WHERE claim.id IN (SELECT claim_id FROM verdict)"
        )
    )
    return [Judged(identity, wording, language or "und") for identity, wording, language in rows]


def claims(session: Session, identities: Sequence[str]) -> dict[str, tuple[Claim, Article | None]]:
    """Claims with the articles that they stand in, by id."""
    found: dict[str, tuple[Claim, Article | None]] = {}
    for chunk in batched(identities, 500):
        query = (
            select(Claim, Article)
            .outerjoin(ArticleVersion, col(ArticleVersion.id) == col(Claim.version_id))
            .outerjoin(Article, col(Article.id) == col(ArticleVersion.article_id))
            .where(col(Claim.id).in_(chunk))
        )
        for claim, article in session.exec(query):
            found[claim.id] = (claim, article)
    return found


def verdicts_before(session: Session, verdicts: Collection[Verdict]) -> dict[str, list[Earlier]]:
    """What these verdicts said before, the oldest first, by verdict id; restatements by undo and resolving do not count."""
    standing = {verdict.id: verdict.decision for verdict in verdicts}
    found: dict[str, list[Earlier]] = {}
    for chunk in batched(sorted(standing), 500):
        query = select(Revision).where(
            col(Revision.entity).in_(chunk), Revision.kind == Kind.VERDICT, col(Revision.restates).is_(None)
        )
        for revision in session.exec(query.order_by(col(Revision.number))):
            if revision.rid == standing[revision.entity]:
                continue
            data = data_of(revision)
            found.setdefault(revision.entity, []).append(
                Earlier(
                    str(data["level"]) if data else None, str(data["scale_version"]) if data else "", revision.author
                )
            )
    return found


def fact_checks(session: Session, numbers: Sequence[int]) -> dict[int, tuple[FactCheck, Document]]:
    """Fact-checks of others with their documents, by document number."""
    found: dict[int, tuple[FactCheck, Document]] = {}
    for chunk in batched(numbers, 500):
        query = (
            select(FactCheck, Document)
            .join(Document, col(Document.id) == col(FactCheck.document_id))
            .where(col(FactCheck.document_id).in_(chunk))
        )
        for checked, document in session.exec(query):
            found[checked.document_id] = (checked, document)
    return found


def last_fact_check(session: Session) -> int:
    """The highest document number of a fact-check."""
    return session.exec(select(func.max(FactCheck.document_id))).one() or 0


def count_fact_checks(session: Session) -> int:
    """How many fact-checks of others there are."""
    return session.exec(select(func.count()).select_from(FactCheck)).one()


def count_unencoded_fact_checks(session: Session, model: str) -> int:
    """How many fact-checks have no vector of this model."""
    rows = session.connection().execute(
        text("SELECT count(*) FROM wording_vector WHERE model = :model AND length(subject) < 36"), {"model": model}
    )
    return max(0, count_fact_checks(session) - int(rows.scalar_one()))


def unencoded_fact_checks(
    session: Session, model: str, *, after: int = 0, limit: int = 256
) -> list[tuple[int, str, str]]:
    """Fact-checks without a vector of this model: number, title, claim reviewed."""
    rows = session.connection().execute(
        text(
            "SELECT words.id, words.title, words.claim FROM fact_check_words AS words WHERE words.id > :after "
            "AND NOT EXISTS (SELECT 1 FROM wording_vector AS known "
            "WHERE known.subject = CAST(words.id AS TEXT) AND known.model = :model) ORDER BY words.id LIMIT :limit"
        ),
        {"model": model, "after": after, "limit": limit},
    )
    return [(int(number), title, claim) for number, title, claim in rows]


def encoded_claims(session: Session, model: str) -> set[tuple[str, bytes]]:
    """The claims that have vectors of this model, each with the hash of the wording that was encoded."""
    query = select(col(WordingVector.subject), col(WordingVector.text_hash)).where(
        WordingVector.model == model, func.length(WordingVector.subject) == 36
    )
    return {(subject, digest) for subject, digest in session.exec(query)}


def add_vectors(session: Session, model: str, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
    """Store vectors: (subject, first 16 bytes of the hash of what was encoded, float16 bytes)."""
    session.connection().execute(
        text(
            "INSERT INTO wording_vector(subject, model, text_hash, vector) "
            "VALUES (:subject, :model, :text_hash, :vector) ON CONFLICT DO NOTHING"
        ),
        [
            {"subject": subject, "model": model, "text_hash": digest, "vector": vector}
            for subject, digest, vector in rows
        ],
    )
