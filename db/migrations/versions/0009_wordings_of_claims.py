"""What precedents are found by: the words of others' fact-checks, and vectors of the wordings of judged claims."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "wording_vector",
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "model", "text_hash", name=op.f("pk_wording_vector")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIEW fact_check_words AS SELECT fact_check.document_id AS id, document.title AS title, "
            "fact_check.claim_reviewed AS claim FROM fact_check JOIN document ON document.id = fact_check.document_id"
        )
        op.execute(
            "CREATE VIRTUAL TABLE fact_check_fts USING fts5(title, claim, content='fact_check_words', "
            "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
        )
        op.execute("INSERT INTO fact_check_fts(fact_check_fts) VALUES ('rebuild')")
