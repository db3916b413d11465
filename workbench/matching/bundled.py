"""The bundled model without a framework: its weights as arrays, its tokenizer, and its forward pass in numpy.

This is BERT (Devlin et al. 2019) with six layers, mean pooling and unit length, as all-MiniLM-L6-v2 declares it. numpy
answers a first query in a sixth of a second after the start of the process, while torch alone takes over a second to
import; `fast` does the same several times faster once it is there. Both are held against sentence-transformers in tests.
"""

import json
import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LAYERS = 6
HEADS = 12
SIZE = 384
HEAD = SIZE // HEADS
LONGEST = 256
"""Tokens of a text that count; sentence-transformers cuts there too."""
EPSILON = 1e-12
TOKENS = 2048
"""Tokens of a batch, padding included."""


class Forward(Protocol):
    """A way to compute vectors of tokens."""

    name: str

    def __call__(self, tokens: Sequence[Sequence[int]]) -> "Floats":
        """Unit vectors [len(tokens), 384] of token lists of like length."""
        ...


def weights(folder: Path) -> "dict[str, Floats]":
    """The tensors in a safetensors file, mapped into memory: 8 bytes of length, a JSON table of contents, then the numbers."""
    with (folder / "model.safetensors").open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = 8 + int.from_bytes(data[:8], "little")
    found: dict[str, Floats] = {}
    for name, entry in json.loads(data[8:start]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            part = np.frombuffer(data, dtype="<f4", count=(end - begin) // 4, offset=start + begin)
            found[name.removeprefix("bert.")] = part.reshape(entry["shape"])
    return found


def layer(tensors: "dict[str, Floats]", number: int) -> "dict[str, Floats]":
    """The tensors of one layer. Query, key and value are one matrix, and queries are scaled beforehand."""
    prefix = f"encoder.layer.{number}."
    own = {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}
    scale = np.float32(HEAD**-0.5)
    for part in ("weight", "bias"):
        query, key, value = (own[f"attention.self.{which}.{part}"] for which in ("query", "key", "value"))
        own[f"attention.{part}"] = np.concatenate([query * scale, key, value])
    return own


class Tokens:
    """Texts as numbers of word pieces."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, at most 256."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]


def encode(texts: Sequence[str], tokens: Tokens, forward: Forward) -> "Floats":
    """Unit vectors of texts, computed in batches of texts of like length."""
    pieces = tokens.of(texts)
    vectors = np.empty((len(texts), SIZE), dtype=np.float32)
    for batch in batches([len(piece) for piece in pieces]):
        vectors[batch] = forward([pieces[place] for place in batch])
    return vectors


def batches(lengths: Sequence[int], most: int = TOKENS) -> Iterator[list[int]]:
    """Places of texts that go together, longest first: their number times the longest is at most `most` where there are several."""
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    start = 0
    while start < len(order):
        size = max(1, most // max(lengths[order[start]], 1))
        yield order[start : start + size]
        start += size


class NumpyForward:
    """The forward pass in numpy: text by text, ready at once, a tenth of a second for the longest."""

    name = "numpy"

    def __init__(self, tensors: "dict[str, Floats]") -> None:
        self._words = tensors["embeddings.word_embeddings.weight"]
        self._places = (
            tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self._normal = (tensors["embeddings.LayerNorm.weight"], tensors["embeddings.LayerNorm.bias"])
        self._layers = [layer(tensors, number) for number in range(LAYERS)]

    def __call__(self, tokens: Sequence[Sequence[int]]) -> "Floats":
        """Unit vectors of token lists."""
        return np.stack([self._vector(list(piece)) for piece in tokens])

    def _vector(self, piece: list[int]) -> "Floats":
        state = _normal(self._words[piece] + self._places[: len(piece)], *self._normal)
        for own in self._layers:
            joined = state @ own["attention.weight"].T + own["attention.bias"]
            query, key, value = joined.reshape(len(piece), 3, HEADS, HEAD).transpose(1, 2, 0, 3)
            seen = _softmax(query @ key.transpose(0, 2, 1)) @ value
            mixed = seen.transpose(1, 0, 2).reshape(len(piece), SIZE)
            mixed = mixed @ own["attention.output.dense.weight"].T + own["attention.output.dense.bias"]
            state = _normal(
                state + mixed, own["attention.output.LayerNorm.weight"], own["attention.output.LayerNorm.bias"]
            )
            inner = gelu(state @ own["intermediate.dense.weight"].T + own["intermediate.dense.bias"])
            outer = inner @ own["output.dense.weight"].T + own["output.dense.bias"]
            state = _normal(state + outer, own["output.LayerNorm.weight"], own["output.LayerNorm.bias"])
        mean: Floats = state.mean(axis=0)
        return mean / np.linalg.norm(mean)


def _normal(rows: "Floats", weight: "Floats", bias: "Floats") -> "Floats":
    centred = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(EPSILON))
    normal: Floats = centred / spread * weight + bias
    return normal


def _softmax(scores: "Floats") -> "Floats":
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def gelu(values: "Floats") -> "Floats":
    """x times the normal distribution at x; its error function by Abramowitz and Stegun (1964), 7.1.26, off by 1.5e-7 at most."""
    size = np.abs(values) * np.float32(0.5**0.5)
    ratio = 1 / (1 + np.float32(0.3275911) * size)
    series = np.float32(1.061405429) * ratio - np.float32(1.453152027)
    for constant in (1.421413741, -0.284496736, 0.254829592):
        series = series * ratio + np.float32(constant)
    error = np.copysign(1 - series * ratio * np.exp(-size * size), values)
    result: Floats = np.float32(0.5) * values * (1 + error)
    return result
