"""The language between the workbench and the child: frames of a kind, a length and bytes, over two pipes."""

import struct
from enum import IntEnum
from typing import BinaryIO

_HEAD = struct.Struct(">BI")


class Frame(IntEnum):
    """What a frame holds: a request's description and its bytes, or a document, the end, or a refusal."""

    ASK = 1
    BYTES = 2
    DOCUMENT = 3
    DONE = 4
    REFUSED = 5
    READY = 6


def write_frame(stream: BinaryIO, kind: Frame, payload: bytes) -> None:
    """Send one frame."""
    stream.write(_HEAD.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def head_of(data: bytes) -> tuple[Frame, int]:
    """Kind and length from the 5 bytes that begin a frame. Raises ValueError for a kind that is none."""
    kind, length = _HEAD.unpack(data)
    return Frame(kind), length


HEAD_SIZE = _HEAD.size


def read_frame(stream: BinaryIO) -> tuple[Frame, bytes] | None:
    """The next frame, None where the other side has closed."""
    head = stream.read(HEAD_SIZE)
    if len(head) < HEAD_SIZE:
        return None
    kind, length = head_of(head)
    payload = stream.read(length)
    return (kind, payload) if len(payload) == length else None
