"""Arrays that grow at their end without being copied each time."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST = 1024


class Growing:
    """A plain array [n], or rows [width, n]. numpy is imported on first use: most commands never search."""

    def __init__(self, dtype: str, width: int | None = None) -> None:
        self._dtype = dtype
        self._shape = () if width is None else (width,)
        self._room: NDArray[Any] | None = None
        self._filled = 0

    def __len__(self) -> int:
        return self._filled

    @property
    def values(self) -> "NDArray[Any]":
        """What was added so far: a view, which the next `extend` may leave behind."""
        return self._made()[..., : self._filled]

    def reserve(self, total: int) -> None:
        """Make room for so many at once: loading a large store then allocates once."""
        import numpy as np

        before = self._made()
        if total > before.shape[-1]:
            self._room = np.empty((*self._shape, total), dtype=self._dtype)
            self._room[..., : self._filled] = before[..., : self._filled]

    def extend(self, more: "NDArray[Any]") -> None:
        """Add at the end."""
        end = self._filled + more.shape[-1]
        if end > self._made().shape[-1]:
            self.reserve(max(end + end // 8, _FIRST))
        self._made()[..., self._filled : end] = more
        self._filled = end

    def _made(self) -> "NDArray[Any]":
        import numpy as np

        if self._room is None:
            self._room = np.empty((*self._shape, 0), dtype=self._dtype)
        return self._room
