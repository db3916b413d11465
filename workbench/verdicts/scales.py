"""The rating scales that come with the program."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from workbench.errors import InputRefused
from workbench.verdicts.model import Level, RatingScale, Tone
from workbench.verdicts.parsing import parse_scale

__all__ = ["Level", "RatingScale", "Tone", "load_scales", "scale"]


@cache
def load_scales() -> Mapping[str, RatingScale]:
    """Every scale in the package by its id, in order of id; read-only, read once."""
    folder = files("workbench.verdicts") / "data"
    found = (
        parse_scale(entry.read_text(encoding="utf-8"), entry.name)
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )
    return MappingProxyType({item.id: item for item in sorted(found, key=lambda item: item.id)})


def scale(scale_id: str) -> RatingScale:
    """The packaged scale with this id. Raises InputRefused, listing the scales there are."""
    scales = load_scales()
    if scale_id not in scales:
        raise InputRefused(f"There is no rating scale {scale_id!r}.", f"Use one of: {', '.join(scales)}.")
    return scales[scale_id]
