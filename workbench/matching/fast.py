"""The forward pass of the bundled model on torch and oneDNN, several times as fast as sentence-transformers runs it.

What pays: weights laid out once for the processor, bfloat16 where it has instructions for it, the activation computed
inside the matrix product, and no padding beyond texts of like length. The two operations used for that are torch's
own but not documented, so they are tried first and their result is held against numpy; without them everything is
computed by documented ones.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.matching.bundled import EPSILON, HEAD, HEADS, LAYERS, SIZE, layer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


class TorchForward:
    """Computes on one thread. Raises ImportError where torch is missing or damaged."""

    def __init__(self, tensors: "dict[str, Floats]", *, half: bool | None = None, packed: bool = True) -> None:
        import torch

        self._torch = torch
        torch.set_num_threads(1)
        torch.set_grad_enabled(False)
        wanted = has_bfloat16(torch) if half is None else half
        self._type = torch.bfloat16 if wanted else torch.float32
        self._packed = packed and _can_pack(torch)
        self.name = f"torch, {'bfloat16' if wanted else 'float32'}{'' if self._packed else ', plain'}"
        tensor = torch.from_numpy
        self._words = tensor(tensors["embeddings.word_embeddings.weight"].copy())
        places = (
            tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self._places = tensor(places)
        self._normal = tuple(tensor(tensors[f"embeddings.LayerNorm.{part}"].copy()) for part in ("weight", "bias"))
        self._layers = [self._prepared(layer(tensors, number)) for number in range(LAYERS)]

    def _prepared(self, own: "dict[str, Floats]") -> tuple[Any, ...]:
        torch = self._torch
        names = ("attention", "attention.output.dense", "intermediate.dense", "output.dense")
        linear = [(self._matrix(own[f"{name}.weight"]), self._small(own[f"{name}.bias"])) for name in names]
        norms = [
            tuple(torch.from_numpy(own[f"{name}.LayerNorm.{part}"].copy()) for part in ("weight", "bias"))
            for name in ("attention.output", "output")
        ]
        return (*linear, *norms)

    def _small(self, values: "Floats") -> Any:
        return self._torch.from_numpy(values.copy()).to(self._type)

    def _matrix(self, values: "Floats") -> Any:
        matrix = self._torch.from_numpy(values.copy()).to(self._type)
        return self._torch.ops.mkldnn._reorder_linear_weight(matrix, None) if self._packed else matrix

    def _linear(self, rows: Any, weight: Any, bias: Any, *, after: str = "none") -> Any:
        if self._packed:
            return self._torch.ops.mkldnn._linear_pointwise(rows, weight, bias, after, [], "none")
        product = self._torch.nn.functional.linear(rows, weight, bias)
        return self._torch.nn.functional.gelu(product) if after == "gelu" else product

    def __call__(self, tokens: Sequence[Sequence[int]]) -> "Floats":
        """Unit vectors of token lists; the shorter ones are padded to the longest."""
        torch, functional = self._torch, self._torch.nn.functional
        count, longest = len(tokens), max(len(piece) for piece in tokens)
        numbers = np.zeros((count, longest), dtype=np.int64)
        for row, piece in zip(numbers, tokens, strict=True):
            row[: len(piece)] = piece
        lengths = torch.tensor([len(piece) for piece in tokens])
        there = torch.arange(longest)[None, :] < lengths[:, None]
        unseen = None
        if int(lengths.min()) < longest:
            unseen = torch.zeros(count, 1, 1, longest, dtype=self._type).masked_fill_(
                ~there[:, None, None, :], -torch.inf
            )
        filled = count * longest
        state = torch.zeros(rounded(filled), SIZE)
        state[:filled] = (self._words[torch.from_numpy(numbers)] + self._places[:longest]).view(-1, SIZE)
        # What the layers add up stays float32: rounding it at each would show in texts of a few words.
        state = functional.layer_norm(state, (SIZE,), *self._normal, EPSILON)
        seen = torch.zeros(len(state), SIZE, dtype=self._type)
        for joined, mixed, inner, outer, after_mixing, after_all in self._layers:
            parts = self._linear(state.to(self._type), *joined)[:filled]
            parts = parts.view(count, longest, 3, HEADS, HEAD).permute(2, 0, 3, 1, 4)
            heads = functional.scaled_dot_product_attention(*parts, attn_mask=unseen, scale=1.0)
            seen[:filled] = heads.transpose(1, 2).reshape(-1, SIZE)
            state = functional.layer_norm(state + self._linear(seen, *mixed), (SIZE,), *after_mixing, EPSILON)
            more = self._linear(self._linear(state.to(self._type), *inner, after="gelu"), *outer)
            state = functional.layer_norm(state + more, (SIZE,), *after_all, EPSILON)
        shares = there.unsqueeze(-1).float()
        mean = (state[:filled].view(count, longest, SIZE) * shares).sum(1) / lengths[:, None]
        vectors: Floats = functional.normalize(mean, dim=1).numpy()
        return vectors


def rounded(rows: int) -> int:
    """As many rows or a few more: oneDNN keeps a program for every size, so there should be few of them."""
    step = 16 if rows <= 128 else 128 if rows <= 1024 else 256
    return -(-rows // step) * step


def has_bfloat16(torch: Any) -> bool:
    """Whether this processor multiplies bfloat16 itself; elsewhere it would be slower than float32."""
    asked = (getattr(torch.cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return any(ask() for ask in asked if ask is not None)


def _can_pack(torch: Any) -> bool:
    operations = torch.ops.mkldnn
    return (
        torch.backends.mkldnn.is_available()
        and hasattr(operations, "_reorder_linear_weight")
        and hasattr(operations, "_linear_pointwise")
    )
