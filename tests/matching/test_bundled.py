"""The bundled model's own forward passes: the same vectors as sentence-transformers gives, however they are computed."""

import json
import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.matching import bundled
from workbench.matching.encoder import (
    AGREEMENT,
    BUNDLED,
    EncoderState,
    EncoderUnavailable,
    model_folder,
    model_in,
    quiet_environment,
)
from workbench.matching.encoder_process import EncoderProcess
from workbench.matching.fast import TorchForward, rounded

TEXTS = [
    "",
    "31",
    "x",
    "The ferry Hestia left Nordhaven at noon.",
    "La ministra negó que hubiera 1.200 heridos; «no es cierto», dijo.",
    "日本語のニュース и русский текст, naïve façade – “quoted” 🙂\x00\ud7ff",
    "word " * 400,
    *(f"Sentence {number} speaks of {number * 7} boats and their crews. " * (1 + number % 6) for number in range(12)),
]


@pytest.fixture(scope="module")
def reference() -> Iterator[NDArray[np.float32]]:
    """What sentence-transformers gives."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in quiet_environment().items():
            patch.setenv(name, value)
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)
        yield model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)


@pytest.fixture(scope="module")
def tensors() -> dict[str, NDArray[np.float32]]:
    return bundled.weights(model_folder())


def least(tensors: object, forward: bundled.Forward, reference: NDArray[np.float32]) -> float:
    vectors = bundled.encode(TEXTS, bundled.Tokens(model_folder()), forward)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    return float((vectors * reference).sum(axis=1).min())


def test_numpy_gives_the_same(tensors: dict[str, NDArray[np.float32]], reference: NDArray[np.float32]) -> None:
    assert least(tensors, bundled.NumpyForward(tensors), reference) > 0.99999


@pytest.mark.parametrize("half", [True, False])
@pytest.mark.parametrize("packed", [True, False])
def test_torch_gives_the_same(
    tensors: dict[str, NDArray[np.float32]], reference: NDArray[np.float32], *, half: bool, packed: bool
) -> None:
    forward = TorchForward(tensors, half=half, packed=packed)
    assert least(tensors, forward, reference) >= (AGREEMENT if half else 0.99999)


def test_gelu_is_that_of_the_error_function() -> None:
    values = np.linspace(-8, 8, 2001, dtype=np.float32)
    exact = [0.5 * value * (1 + math.erf(value / math.sqrt(2))) for value in values.tolist()]
    assert np.allclose(bundled.gelu(values), exact, atol=2e-6)


@given(st.lists(st.integers(0, 300), max_size=80))
def test_batches_hold_every_text_once_and_are_bounded(lengths: list[int]) -> None:
    found = list(bundled.batches(lengths, most=512))
    assert sorted(place for batch in found for place in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * max(lengths[place] for place in batch) <= 512 for batch in found)


@given(st.integers(1, 5000))
def test_sizes_are_rounded_up_a_little(rows: int) -> None:
    assert rows <= rounded(rows) < rows + 256


def test_a_large_request_goes_over_to_torch_and_says_so() -> None:
    process = EncoderProcess()
    process.start()
    try:
        first = process.encode(["The ferry left."], 90.0)[0]
        assert process.way == "numpy"
        many = process.encode(["The ferry left."] * 10, 90.0)
        assert process.way.startswith("torch")
        assert process.slower == ""
        assert float(first @ many[5]) >= AGREEMENT
    finally:
        process.close()
    assert process.way == ""


def test_another_model_goes_through_sentence_transformers_under_an_id_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "other"
    shutil.copytree(model_folder(), folder)
    assert model_in(folder) == BUNDLED
    from safetensors.numpy import load_file, save_file

    tensors = load_file(folder / "model.safetensors")
    save_file({name: tensor.copy() for name, tensor in tensors.items()}, folder / "model.safetensors", {"made": "anew"})
    process = EncoderProcess(model=folder)
    assert process.model_id.startswith("other@")
    assert process.model_id != BUNDLED.id
    process.start()
    try:
        assert process.encode(["The ferry left."], 90.0).shape == (1, process.dimensions) == (1, 384)
        assert process.way == "sentence-transformers"
    finally:
        process.close()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "no usable model"),
        ({"config.json": "["}, "how long its vectors are"),
        ({"config.json": "{}"}, "how long its vectors"),
    ],
)
def test_a_folder_without_a_model_is_refused_by_name(tmp_path: Path, files: dict[str, str], words: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(EncoderUnavailable, match=words):
        model_in(tmp_path)
    process = EncoderProcess(model=tmp_path)
    process.start()
    assert process.state is EncoderState.FAILED
    assert str(tmp_path) in process.reason


def test_a_changed_tokenizer_is_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_folder(), folder)
    table = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    (folder / "tokenizer.json").write_text(json.dumps(table), encoding="utf-8")
    process = EncoderProcess(folder=folder)
    process.start()
    try:
        with pytest.raises(EncoderUnavailable, match=r"tokenizer\.json is not the expected one"):
            process.wait_ready(90.0)
    finally:
        process.close()
