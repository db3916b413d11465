"""What makes passages findable: computed from them, never shared, and made anew where it is missing."""

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

MODEL_SHIFT = 40
"""An embedding's number is its model's number times 2**40 plus its passage's, so that it is found without an index."""


class EncoderModel(SQLModel, table=True):
    """A sentence encoder whose vectors are in this file."""

    __tablename__ = "encoder_model"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, description="name and beginning of the hash of the weights")
    dimensions: int
    generation: int = Field(default=0, description="grows whenever vectors are taken away or replaced")


class Embedding(SQLModel, table=True):
    """A passage's vector under one model: float16, little-endian, unit length. Never compared across models."""

    __tablename__ = "embedding"

    id: int | None = Field(default=None, primary_key=True, description="model_id * 2**40 + passage_id")
    model_id: int = Field(foreign_key="encoder_model.id")
    passage_id: int = Field(foreign_key="passage.id")
    text_hash: bytes = Field(sa_type=LargeBinary, description="the first 16 bytes of the SHA-256 of what was encoded")
    vector: bytes = Field(sa_type=LargeBinary)


class VectorSegment(SQLModel, table=True):
    """The signs of many vectors of one model, in the order in which they were added: 8 bytes for 64 dimensions."""

    __tablename__ = "vector_segment"
    __table_args__ = (Index("ix_vector_segment_model_id_first", "model_id", "first", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    model_id: int = Field(foreign_key="encoder_model.id")
    first: int = Field(description="how many vectors come before")
    count: int
    passages: bytes = Field(sa_type=LargeBinary, description="passage numbers, 4 bytes each, little-endian")
    signs: bytes = Field(
        sa_type=LargeBinary, description="the first 64 signs of every vector, then the next 64 of every"
    )


class WordSegment(SQLModel, table=True):
    """The words of the passages first..last: for each stem, in which of them it stands and how often.

    Arrays are little-endian. This is what ranking reads; the full-text index is there for looking up words by hand.
    """

    __tablename__ = "word_segment"

    first: int = Field(primary_key=True, description="the number of its first passage")
    last: int = Field(description="the number of its last passage, at most 65,535 above the first")
    lengths: bytes = Field(
        sa_type=LargeBinary, description="how many words a passage has, title included, 2 bytes each"
    )
    stems: bytes = Field(sa_type=LargeBinary, description="the CRC-32 of each stem, ascending, 4 bytes each")
    ends: bytes = Field(sa_type=LargeBinary, description="where the postings of each stem end, 4 bytes each")
    passages: bytes = Field(sa_type=LargeBinary, description="the postings: passage numbers less `first`, 2 bytes each")
    counts: bytes = Field(
        sa_type=LargeBinary, description="how often, 1 byte each: 7 bits for the text, the highest for the title"
    )
