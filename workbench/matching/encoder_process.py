"""The encoder in a process of its own, so that neither its loading nor its work ever holds up the screen."""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

import workbench
from workbench.matching.encoder import (
    BATCH,
    BUNDLED,
    PACKAGE,
    SWITCH,
    EncoderState,
    EncoderUnavailable,
    Model,
    Status,
    model_folder,
    model_in,
    quiet_environment,
    read_frame,
    write_frame,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 4_000
_TAIL = 400
_GRACE = 2.0


class EncoderProcess:
    """Keeps one child process with the model; satisfies the `Encoder` protocol.

    Safe to use from several threads: one request is answered at a time. A child that dies, hangs or cannot load the
    model gives EncoderUnavailable with the reason, never a wait without end; `start()` may then be called again.
    `folder` and `package` name another place of the same weights; `model` is the folder of another model. Where there is
    none, that is told when the encoder is started.
    """

    def __init__(self, folder: Path | None = None, package: str = PACKAGE, *, model: Path | None = None) -> None:
        self._folder = folder
        self._package = package
        self._refused: EncoderUnavailable | None = None
        self._model = self._named(model)
        self._way = ""
        self._slower = ""
        self._request = threading.Lock()
        self._changed = threading.Condition()
        self._state = EncoderState.STOPPED
        self._reason = "the encoder was not started."
        self._child: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue()

    @property
    def model_id(self) -> str:
        """Id of the model whose vectors this gives."""
        return self._model.id

    @property
    def dimensions(self) -> int:
        """Length of every vector: 384 for the bundled model."""
        return self._model.dimensions

    @property
    def way(self) -> str:
        """What computes the vectors now, such as numpy or torch with bfloat16; empty while nothing does."""
        return self._way if self._state is EncoderState.READY else ""

    @property
    def slower(self) -> str:
        """Why a slower way than usual is used; empty where it is not."""
        return self._slower if self._state is EncoderState.READY else ""

    @property
    def state(self) -> EncoderState:
        """stopped, starting, ready or failed."""
        return self._state

    @property
    def reason(self) -> str:
        """Why there are no vectors, in plain words; empty while starting or ready."""
        return self._reason

    @property
    def pid(self) -> int | None:
        """Process id of the child, None when there is none."""
        return self._child.pid if self._child is not None else None

    def start(self) -> None:
        """Begin to load the model; returns at once. Does nothing when it is starting or ready."""
        with self._changed:
            if self._state in (EncoderState.STARTING, EncoderState.READY):
                return
            if os.environ.get(SWITCH, "").strip().lower() == "off":
                self._turn(EncoderState.FAILED, f"it is switched off by {SWITCH}=off.")
                return
            try:
                if self._refused is not None:
                    raise self._refused
                self._spawn(self._model.folder or self._folder or model_folder(self._package))
            except EncoderUnavailable as refused:
                self._turn(EncoderState.FAILED, refused.reason)
            except OSError as error:
                self._turn(EncoderState.FAILED, f"the encoder process cannot be started ({error.strerror}).")

    def wait_ready(self, timeout: float) -> None:
        """Wait until the model is loaded, at most `timeout` seconds; raises EncoderUnavailable otherwise."""
        with self._changed:
            self._changed.wait_for(lambda: self._state is not EncoderState.STARTING, timeout)
            if self._state is EncoderState.STARTING:
                raise EncoderUnavailable(f"the model was not loaded within {timeout:g} seconds.")
            if self._state is not EncoderState.READY:
                raise EncoderUnavailable(self._reason)

    def encode(
        self, texts: Sequence[str], timeout: float, cancelled: Callable[[], bool] | None = None
    ) -> "NDArray[np.float32]":
        """Vectors [len(texts), dimensions] in float32, each of length 1; `timeout` in seconds covers loading too.

        `cancelled` is asked between batches of 64 texts. Raises EncoderUnavailable when it answers yes, when there
        is no model, and when the child dies or does not answer in time (it is then ended).
        """
        import numpy as np

        deadline = time.monotonic() + timeout
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        # Texts of one batch are padded to the longest, so texts of like length go together.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        if not self._request.acquire(timeout=max(timeout, 0)):
            raise EncoderUnavailable(f"the encoder was busy for {timeout:g} seconds.")
        try:
            self.wait_ready(max(deadline - time.monotonic(), 0))
            for at in range(0, len(order), BATCH):
                if cancelled is not None and cancelled():
                    raise EncoderUnavailable("encoding was cancelled.")
                batch = order[at : at + BATCH]
                request = json.dumps([texts[i][:_LONGEST] for i in batch]).encode()
                answer = self._ask(request, deadline, timeout)
                vectors[batch] = np.frombuffer(answer, dtype="<f4").reshape(len(batch), self.dimensions)
        finally:
            self._request.release()
        return vectors

    def close(self) -> None:
        """End the child and wait for it; may be called more than once, and while another thread encodes."""
        with self._changed:
            child, reader = self._child, self._reader
            self._child = self._reader = None
            self._turn(EncoderState.STOPPED, "the encoder was stopped.")
        if child is None:
            return
        if child.stdin is not None:
            _close_quietly(child.stdin)
        try:
            child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if reader is not None and reader is not threading.current_thread():
            reader.join(_GRACE)

    def _turn(self, state: EncoderState, reason: str = "") -> None:
        with self._changed:
            self._state, self._reason = state, reason
            self._changed.notify_all()

    def _spawn(self, folder: Path) -> None:
        self._release()
        root = str(Path(workbench.__file__).resolve().parent.parent)
        environment = os.environ | quiet_environment()
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        complaints = tempfile.TemporaryFile()  # noqa: SIM115 - the listening thread closes it
        # -P keeps a folder the program happens to be started in from offering modules; a process group of its own
        # keeps Ctrl-C in the terminal from reaching the child.
        self._child = subprocess.Popen(  # noqa: S603 - this interpreter, this package
            self._command(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=environment,
            process_group=0,
        )
        self._answers = queue.Queue()
        self._turn(EncoderState.STARTING)
        self._reader = threading.Thread(
            target=self._listen, args=(self._child, self._answers, complaints), name="encoder-answers", daemon=True
        )
        self._reader.start()

    def _command(self, folder: Path) -> list[str]:
        other = ["other"] if self._model.folder is not None else []
        return [sys.executable, "-P", "-m", "workbench.matching.encoder", *other, str(folder)]

    def _named(self, model: Path | None) -> Model:
        try:
            return model_in(model) if model is not None else BUNDLED
        except EncoderUnavailable as refused:
            # Nothing has vectors of a model that is not there, so none are ever compared with it.
            self._refused = refused
            return Model(f"{model}@missing", BUNDLED.dimensions)

    def _release(self) -> None:
        """Let go of what a child that failed has left."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            if child.stdin is not None:
                _close_quietly(child.stdin)

    def _listen(
        self, child: "subprocess.Popen[bytes]", answers: "queue.Queue[bytes | None]", complaints: IO[bytes]
    ) -> None:
        """Take the child's frames in until it ends, and say why it ended."""
        stream = cast(BinaryIO, child.stdout)
        reason = ""
        with stream, complaints:
            while (frame := read_frame(stream)) is not None:
                status, payload = frame
                if status in (Status.READY, Status.WAY) and payload:
                    told = json.loads(payload)
                    self._way, self._slower = str(told["way"]), str(told["reason"])
                if status is Status.WAY:
                    continue
                if status is Status.READY:
                    self._turn_if_current(child, EncoderState.READY)
                elif status is Status.FAILED:
                    reason = payload.decode(errors="replace")
                else:
                    answers.put(payload)
            reason = reason or _last_words(child.wait(), complaints)
        self._turn_if_current(child, EncoderState.FAILED, reason)
        answers.put(None)

    def _turn_if_current(self, child: "subprocess.Popen[bytes]", state: EncoderState, reason: str = "") -> None:
        with self._changed:
            if self._child is child and self._state is not EncoderState.FAILED:
                self._turn(state, reason)

    def _ask(self, request: bytes, deadline: float, timeout: float) -> bytes:
        """One request and its answer; a child that does not answer until `deadline` is ended."""
        child, answers = self._child, self._answers
        if child is None or child.stdin is None:
            raise EncoderUnavailable(self._reason)
        late = threading.Timer(max(deadline - time.monotonic(), 0.01), self._give_up, args=(child, timeout))
        late.daemon = True
        late.start()
        try:
            write_frame(cast(BinaryIO, child.stdin), Status.ENCODE, request)
            answer = answers.get()
        except (OSError, ValueError):
            answer = answers.get()
        finally:
            late.cancel()
        if answer is None:
            raise EncoderUnavailable(self._reason)
        return answer

    def _give_up(self, child: "subprocess.Popen[bytes]", timeout: float) -> None:
        self._turn_if_current(child, EncoderState.FAILED, f"the encoder did not answer within {timeout:g} seconds.")
        child.kill()


def _close_quietly(stream: IO[bytes]) -> None:
    """Close a pipe whose other end may be gone."""
    try:
        stream.close()
    except OSError:
        return


def _last_words(code: int, complaints: IO[bytes]) -> str:
    """Why the child ended, from its exit status and the end of what it wrote."""
    how = f"signal {-code}" if code < 0 else f"exit status {code}"
    size = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, size - _TAIL))
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return f"the encoder process ended unexpectedly ({how}{': ' + lines[-1] if lines else ''})."
