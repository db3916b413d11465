"""The encoder in its process: the real model once, and every way it can fail."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from workbench.matching.encoder import (
    SWITCH,
    Encoder,
    EncoderState,
    EncoderUnavailable,
    model_folder,
    model_id,
    verify,
)
from workbench.matching.encoder_process import EncoderProcess

PATIENCE = 90.0


@pytest.fixture(scope="module")
def encoder() -> Iterator[EncoderProcess]:
    """One process with the real model."""
    process = EncoderProcess()
    process.start()
    process.wait_ready(PATIENCE)
    yield process
    process.close()


def test_the_model_gives_vectors_of_length_one(encoder: EncoderProcess) -> None:
    told: Encoder = encoder
    vectors = told.encode(["The bridge was closed.", "They closed the bridge.", "Bread is dear."], PATIENCE)
    assert vectors.shape == (3, told.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.8 > vectors[0] @ vectors[2]
    assert told.state is EncoderState.READY
    assert told.model_id == model_id() == "all-MiniLM-L6-v2@53aa5117"


def test_order_is_kept_over_batches(encoder: EncoderProcess) -> None:
    texts = [f"Sentence number {number} speaks of {number} boats." for number in range(70)]
    together = encoder.encode(texts, PATIENCE)
    assert together.shape == (70, 384)
    assert np.allclose(together[65], encoder.encode([texts[65]], PATIENCE)[0], atol=1e-4)


def test_nothing_and_very_long_texts(encoder: EncoderProcess) -> None:
    assert encoder.encode([], PATIENCE).shape == (0, 384)
    assert encoder.encode(["", "word " * 50_000, "\x00\ud7ff🙂"], PATIENCE).shape == (3, 384)


def test_threads_get_their_own_answers(encoder: EncoderProcess) -> None:
    texts = [f"Claim {number} about harbour {number * 7}" for number in range(8)]
    alone = encoder.encode(texts, PATIENCE)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda text: encoder.encode([text], PATIENCE)[0], texts))
    assert np.allclose(alone, np.stack(answers), atol=1e-4)


def test_cancelling_stops_between_batches(encoder: EncoderProcess) -> None:
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 1

    with pytest.raises(EncoderUnavailable, match="cancelled"):
        encoder.encode(["text"] * 100, PATIENCE, cancelled)
    assert len(asked) == 2
    assert encoder.encode(["still there"], PATIENCE).shape == (1, 384)


def test_starting_again_changes_nothing(encoder: EncoderProcess) -> None:
    pid = encoder.pid
    encoder.start()
    assert encoder.pid == pid


def test_a_stopped_child_is_given_up_and_can_be_started_again(encoder: EncoderProcess) -> None:
    own = EncoderProcess()
    own.start()
    try:
        assert own.state is EncoderState.STARTING
        assert own.pid is not None
        with pytest.raises(EncoderUnavailable, match=r"not loaded within 0\.01 seconds"):
            own.wait_ready(0.01)
        os.kill(own.pid, signal.SIGKILL)
        with pytest.raises(EncoderUnavailable, match=r"ended unexpectedly \(signal 9"):
            own.wait_ready(PATIENCE)
        assert own.state is EncoderState.FAILED
        own.start()
        assert own.state is EncoderState.STARTING
    finally:
        own.close()
    assert own.state is EncoderState.STOPPED
    with pytest.raises(EncoderUnavailable, match="stopped"):
        own.encode(["text"], 1.0)


def test_ctrl_c_does_not_reach_the_child(encoder: EncoderProcess) -> None:
    assert encoder.pid is not None
    os.kill(encoder.pid, signal.SIGINT)
    assert encoder.encode(["still there"], PATIENCE).shape == (1, 384)
    assert os.getpgid(encoder.pid) != os.getpgid(0)


class _Played(EncoderProcess):
    """A child that says it is ready and then does what the test says."""

    def __init__(self, then: str) -> None:
        super().__init__()
        self._then = then

    def _command(self, folder: Path) -> list[str]:
        ready = "import sys, os; os.write(1, bytes([2, 0, 0, 0, 0])); "
        return [sys.executable, "-c", ready + self._then]


@pytest.mark.parametrize("texts", [["short"], ["long " * 800] * 32])
def test_a_child_that_hangs_is_ended_after_the_timeout(texts: list[str]) -> None:
    own = _Played("import signal; signal.pause()")
    own.start()
    try:
        own.wait_ready(PATIENCE)
        with pytest.raises(EncoderUnavailable, match=r"did not answer within 0\.2 seconds"):
            own.encode(texts, 0.2)
        assert own.state is EncoderState.FAILED
    finally:
        own.close()


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("sys.stdin.buffer.read(1); sys.exit('the disk is full')", r"exit status 1: the disk is full"),
        ("sys.stdin.buffer.read(1); os.kill(os.getpid(), 11)", r"signal 11"),
        ("sys.stdin.buffer.read(1); os.write(1, bytes([0, 0, 0]))", r"exit status 0"),
    ],
)
def test_a_child_that_ends_while_asked_says_why(then: str, words: str) -> None:
    own = _Played(then)
    own.start()
    try:
        with pytest.raises(EncoderUnavailable, match=words):
            own.encode(["text"], PATIENCE)
    finally:
        own.close()


def test_weights_that_are_not_the_expected_ones_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the model")
    own = EncoderProcess(folder=tmp_path)
    own.start()
    try:
        with pytest.raises(EncoderUnavailable, match="not the expected one") as refused:
            own.wait_ready(PATIENCE)
        assert "not loaded" in refused.value.reason
    finally:
        own.close()


def test_missing_weights_and_a_missing_package_say_so(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="cannot be read"):
        verify(tmp_path)
    own = EncoderProcess(package="no_such_model_package")
    own.start()
    assert own.state is EncoderState.FAILED
    assert "no_such_model_package is not installed" in own.reason
    own.close()


def test_a_changed_file_is_hashed_again(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.symlink_to(model_folder() / "model.safetensors")
    verify(tmp_path)
    weights.unlink()
    weights.write_bytes(b"changed")
    with pytest.raises(EncoderUnavailable, match="not the expected one"):
        verify(tmp_path)


def test_the_switch_turns_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "off")
    own = EncoderProcess()
    own.start()
    assert own.state is EncoderState.FAILED
    assert own.pid is None
    with pytest.raises(EncoderUnavailable, match="CLAIM_WORKBENCH_ENCODER=off"):
        own.encode(["text"], 1.0)


def test_importing_loads_no_torch_and_not_even_numpy() -> None:
    code = (
        "import sys, workbench.matching.encoder, workbench.matching.encoder_process;"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers', 'numpy') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs pidfd_open to wait for a process that is not its own")
def test_a_killed_parent_leaves_no_child_behind() -> None:
    code = (
        "import os, signal, sys\n"
        "from workbench.matching.encoder_process import EncoderProcess\n"
        "own = EncoderProcess(); own.start(); print(own.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdin is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    parent.stdin.close()
    try:
        handle = os.pidfd_open(child)
    except ProcessLookupError:
        return
    try:
        ended, _, _ = select.select([handle], [], [], PATIENCE)
    finally:
        os.close(handle)
    assert ended
