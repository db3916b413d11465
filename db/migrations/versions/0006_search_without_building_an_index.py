"""Lists of words, signs of vectors, and embeddings found by their number."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DIMENSIONS = 384
"""Of every vector that the schema before could hold."""


def upgrade() -> None:
    """To this schema. Words and signs are computed at the next opening; vectors are kept."""
    _embeddings()
    op.create_table(
        "word_segment",
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("lengths", sa.LargeBinary(), nullable=False),
        sa.Column("stems", sa.LargeBinary(), nullable=False),
        sa.Column("ends", sa.LargeBinary(), nullable=False),
        sa.Column("passages", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("first", name=op.f("pk_word_segment")),
    )
    op.create_table(
        "vector_segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("passages", sa.LargeBinary(), nullable=False),
        sa.Column("signs", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"], ["encoder_model.id"], name=op.f("fk_vector_segment_model_id_encoder_model")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vector_segment")),
    )
    op.create_index("ix_vector_segment_model_id_first", "vector_segment", ["model_id", "first"], unique=True)


def _embeddings() -> None:
    """The same vectors under one number each, instead of an index over the model's name."""
    op.create_table(
        "encoder_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encoder_model")),
        sa.UniqueConstraint("name", name=op.f("uq_encoder_model_name")),
    )
    filled = op.get_bind().execute(sa.text("SELECT 1 FROM embedding LIMIT 1")).first() is not None
    if filled:
        op.rename_table("embedding", "embedding_before")
    else:
        # First of all, so that a new file keeps no free pages.
        op.drop_table("embedding")
    op.create_table(
        "embedding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["encoder_model.id"], name=op.f("fk_embedding_model_id_encoder_model")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_embedding_passage_id_passage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_embedding")),
    )
    if not filled:
        return
    op.execute(
        "INSERT INTO encoder_model(name, dimensions, generation) "  # noqa: S608
        f"SELECT DISTINCT model, {DIMENSIONS}, 0 FROM embedding_before ORDER BY model"
    )
    op.execute(
        "INSERT INTO embedding(id, model_id, passage_id, text_hash, vector) "  # noqa: S608
        "SELECT encoder_model.id * 1099511627776 + passage_id, encoder_model.id, passage_id, text_hash, vector "
        "FROM embedding_before JOIN encoder_model ON encoder_model.name = embedding_before.model "
        f"WHERE length(vector) = {2 * DIMENSIONS} ORDER BY encoder_model.id, passage_id"
    )
    op.drop_table("embedding_before")
