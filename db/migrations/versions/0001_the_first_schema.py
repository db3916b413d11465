"""The first schema."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "article",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("byline", sa.String(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_table(
        "article_version",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("article_id", sa.String(36), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("received_sha256", sa.String(64), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_version")),
    )
    op.create_index(op.f("ix_article_version_article_id"), "article_version", ["article_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.String(36), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "met",
                "partly",
                "not_met",
                "unknown",
                "not_applicable",
                name="criterionstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("assessor", sa.String(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_source_id_criterion", "assessment", ["source_id", "criterion"], unique=False)

    op.create_table(
        "attestation",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.String(36), nullable=False),
        sa.Column("rater", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("derives_from", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
    )
    op.create_index(op.f("ix_attestation_source_id"), "attestation", ["source_id"], unique=False)

    op.create_table(
        "citation",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "supports", "refutes", "context", name="stance", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "primary",
                "secondary",
                "claimant",
                "expert",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("accessed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
    )
    op.create_index(op.f("ix_citation_claim_id"), "citation", ["claim_id"], unique=False)
    op.create_index(op.f("ix_citation_document"), "citation", ["document"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.String(36), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("fragments", sa.JSON(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "sentence",
                "act",
                "content",
                "part",
                "implied",
                "presupposed",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.String(36), nullable=True),
        sa.Column("replaces", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "set_aside", name="claimstatus", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("checkworthiness", sa.Integer(), nullable=False),
        sa.Column("suggested", sa.Boolean(), nullable=False),
        sa.Column("attribution", sa.JSON(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index("ix_claim_version_id_start_offset", "claim", ["version_id", "start_offset"], unique=False)

    op.create_table(
        "cut",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.String(36), nullable=False),
        sa.Column("at_offset", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "title",
                "heading",
                "byline",
                "dateline",
                "sentence",
                "quotation",
                "list_item",
                "caption",
                "boilerplate",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cut")),
    )
    op.create_index(op.f("ix_cut_version_id"), "cut", ["version_id"], unique=False)

    op.create_table(
        "dismissal",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissal")),
    )
    op.create_index(op.f("ix_dismissal_claim_id"), "dismissal", ["claim_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source_name", sa.String(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("published_at", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column(
            "confidentiality",
            sa.Enum(
                "public",
                "internal",
                "confidential",
                name="confidentiality",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_document_content_hash")),
    )
    op.create_index(op.f("ix_document_domain"), "document", ["domain"], unique=False)
    op.create_index(op.f("ix_document_text_hash"), "document", ["text_hash"], unique=False)

    op.create_table(
        "draft",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
    )
    op.create_table(
        "exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
    )
    op.create_table(
        "handling",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column(
            "confidentiality",
            sa.Enum(
                "public",
                "internal",
                "confidential",
                name="confidentiality",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling")),
    )
    op.create_index(op.f("ix_handling_document"), "handling", ["document"], unique=False)

    op.create_table(
        "head",
        sa.Column("entity", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("entity", "rid", name=op.f("pk_head")),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("verdict_id", sa.String(36), nullable=False),
        sa.Column("verdict_rid", sa.String(64), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("agrees", "disagrees", name="reviewoutcome", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_claim_id"), "review", ["claim_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "article",
                "version",
                "cut",
                "claim",
                "citation",
                "verdict",
                "review",
                "dismissal",
                "handling",
                "source",
                "assessment",
                "attestation",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("entity", sa.String(36), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("prev", sa.String(64), nullable=True),
        sa.Column("action", sa.String(36), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("undoes", sa.String(36), nullable=True),
        sa.Column("redoes", sa.String(36), nullable=True),
        sa.Column("restates", sa.String(64), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("data_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_revision")),
        sa.UniqueConstraint("rid", name=op.f("uq_revision_rid")),
    )
    op.create_index(op.f("ix_revision_action"), "revision", ["action"], unique=False)
    op.create_index(op.f("ix_revision_entity"), "revision", ["entity"], unique=False)
    op.create_index("ix_revision_device_seq", "revision", ["device", "seq"], unique=False)

    op.create_table(
        "revision_parent",
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("parent", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("rid", "parent", name=op.f("pk_revision_parent")),
    )
    op.create_index(op.f("ix_revision_parent_parent"), "revision_parent", ["parent"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "outlet",
                "agency",
                "institution",
                "person",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_name"), "source", ["name"], unique=False)

    op.create_table(
        "unit",
        sa.Column("version_id", sa.String(36), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "title",
                "heading",
                "byline",
                "dateline",
                "sentence",
                "quotation",
                "list_item",
                "caption",
                "boilerplate",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("start_offset < end_offset", name=op.f("ck_unit_not_empty")),
        sa.PrimaryKeyConstraint("version_id", "start_offset", name=op.f("pk_unit")),
    )
    op.create_table(
        "verdict",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("scale_version", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("missing", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
    )
    op.create_index(op.f("ix_verdict_claim_id"), "verdict", ["claim_id"], unique=False)
    op.create_index("ix_verdict_claim_id_scale", "verdict", ["claim_id", "scale"], unique=False)

    op.create_table(
        "document_external",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_external_document_id_document")
        ),
        sa.PrimaryKeyConstraint("document_id", "external_id", name=op.f("pk_document_external")),
    )
    op.create_index(op.f("ix_document_external_external_id"), "document_external", ["external_id"], unique=False)

    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("start_offset < end_offset", name=op.f("ck_passage_not_empty")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_passage_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
    )
    op.create_index("ix_passage_document_id_start_offset", "passage", ["document_id", "start_offset"], unique=False)

    op.create_table(
        "embedding",
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_embedding_passage_id_passage")),
        sa.PrimaryKeyConstraint("passage_id", "model", name=op.f("pk_embedding")),
    )

    if op.get_bind().dialect.name == "sqlite":
        _full_text()


def _full_text() -> None:
    """Words of title and passage, stored once: the index reads its text through a view."""
    op.execute(
        "CREATE VIEW passage_words AS SELECT passage.id AS id, document.title AS title, passage.text AS text "
        "FROM passage JOIN document ON document.id = passage.document_id"
    )
    op.execute(
        "CREATE VIRTUAL TABLE passage_fts USING fts5(title, text, content='passage_words', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2')"
    )
