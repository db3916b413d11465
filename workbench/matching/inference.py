"""What an NLI cross-encoder would say of passage and claim: a suggestion under the model's name, never a stance.

Off unless a folder with such a model is set. The model runs in a process of its own (`python -m
workbench.matching.inference FOLDER`), which ends with its parent. Frames are those of `encoder`; a request is a JSON list
of [passage, claim], an answer a JSON list with a label for each.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import workbench
from workbench.errors import InputRefused, WorkbenchError
from workbench.matching.encoder import Status, quiet_environment, read_frame, write_frame

SECONDS = 120.0
LONGEST = 4_000
"""Characters of a passage that are looked at; the model itself cuts at its own length."""
_WORDS = {"entail": "supports", "contradict": "contradicts", "neutral": "says neither"}


class InferenceUnavailable(WorkbenchError):
    """There are no suggestions now; everything else goes on."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a model says of a passage and a claim: "supports", "contradicts" or "says neither"."""

    model: str
    label: str

    def __str__(self) -> str:
        return f"suggestion of {self.model}: {self.label}"


@dataclass(frozen=True, slots=True)
class NliModel:
    """A model on this disk; `labels` are what its outputs mean, in its own order."""

    folder: Path
    name: str
    labels: tuple[str, ...]


def nli_model(folder: Path) -> NliModel:
    """The model in a folder, its labels read from its config. Raises InputRefused where it is no NLI cross-encoder."""
    file = folder / "config.json"
    try:
        config = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputRefused(f"{folder} holds no model: there is no config.json.", _HINT) from error
    except (OSError, ValueError) as error:
        raise InputRefused(f"{file} cannot be read ({error}).", _HINT) from error
    named = config.get("id2label") if isinstance(config, Mapping) else None
    labels = _labels(named) if isinstance(named, Mapping) else ()
    if {*labels} != {*_WORDS.values()} or len(labels) != len(_WORDS):
        given = ", ".join(str(value) for value in named.values()) if isinstance(named, Mapping) else "none"
        raise InputRefused(
            f"The model in {folder} is no NLI cross-encoder: its labels ({given[:100]}) are not entailment, neutral and "
            "contradiction.",
            _HINT,
        )
    return NliModel(folder, folder.resolve().name, labels)


_HINT = "Name a folder with an NLI cross-encoder: workbench settings set nli FOLDER, or leave it empty."


def _labels(named: Mapping[object, object]) -> tuple[str, ...]:
    """The meaning of each output, in the order of its number."""
    try:
        ordered = [str(named[key]).lower() for key in sorted(named, key=lambda key: int(str(key)))]
    except ValueError:
        return ()
    return tuple(next((word for start, word in _WORDS.items() if label.startswith(start)), label) for label in ordered)


class InferenceProcess:
    """Asks the model; its process is started at the first question. May be used from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._model: NliModel | None = None

    def suggest(self, claim: str, passages: Sequence[str], timeout: float = SECONDS) -> list[Suggestion]:
        """What the model says of each passage and the claim; `timeout` in seconds covers loading.

        Raises InputRefused where the folder holds no such model, InferenceUnavailable where it does not answer.
        """
        if not passages:
            return []
        with self._lock:
            model = self._model = self._model or nli_model(self._folder)
            child = self._child = self._child or _spawn(model)
            late = threading.Timer(timeout, child.kill)
            late.daemon = True
            late.start()
            try:
                request = json.dumps([[passage[:LONGEST], claim[:LONGEST]] for passage in passages]).encode()
                with contextlib.suppress(BrokenPipeError):
                    write_frame(cast(BinaryIO, child.stdin), Status.ENCODE, request)
                answer = read_frame(cast(BinaryIO, child.stdout))
            finally:
                late.cancel()
            if answer is None or answer[0] is not Status.DONE:
                self._end()
                reason = answer[1].decode(errors="replace") if answer else "its process ended or took too long"
                raise InferenceUnavailable(f"{model.name} gives no suggestions: {reason}.", _HINT)
            return [Suggestion(model.name, model.labels[index]) for index in json.loads(answer[1])]

    def close(self) -> None:
        """End the process; may be called more than once."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _spawn(model: NliModel) -> "subprocess.Popen[bytes]":
    root = str(Path(workbench.__file__).resolve().parent.parent)
    environment = os.environ | quiet_environment()
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    try:
        return subprocess.Popen(  # noqa: S603 - this interpreter, this package
            [sys.executable, "-P", "-m", "workbench.matching.inference", str(model.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            process_group=0,
        )
    except OSError as error:
        raise InferenceUnavailable(f"The process of {model.name} cannot be started ({error.strerror}).") from error


def main(arguments: Sequence[str]) -> int:
    """The child: answers on its first standard output until input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints must not get between the frames.
    outbox = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.environ.update(quiet_environment())
    try:
        import torch
        from sentence_transformers import CrossEncoder

        torch.set_num_threads(1)
        model = CrossEncoder(arguments[0], local_files_only=True, device="cpu", trust_remote_code=False)
    except (ImportError, OSError, ValueError, KeyError, RuntimeError) as error:
        write_frame(outbox, Status.FAILED, f"the model in {arguments[0]} cannot be loaded ({error})".encode())
        return 1
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        pairs = [(passage, claim) for passage, claim in json.loads(frame[1])]
        scores = model.predict(pairs, show_progress_bar=False, convert_to_numpy=True)
        write_frame(outbox, Status.DONE, json.dumps([int(place) for place in scores.argmax(axis=1)]).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
