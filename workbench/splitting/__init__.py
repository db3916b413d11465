"""Splitting: a text into units that tile it, and claims suggested under each."""

from typing import TYPE_CHECKING

from workbench.ondemand import on_demand
from workbench.splitting.model import (
    Attribution,
    ClaimKind,
    ClaimRelation,
    Mention,
    Reference,
    SplitResult,
    SplitWarning,
    SuggestedClaim,
    Unit,
    UnitKind,
)

if TYPE_CHECKING:
    from workbench.splitting.serial import to_json
    from workbench.splitting.splitter import language_of, split
else:
    __getattr__ = on_demand(__name__, {"language_of": "splitter", "split": "splitter", "to_json": "serial"})

__all__ = [
    "Attribution",
    "ClaimKind",
    "ClaimRelation",
    "Mention",
    "Reference",
    "SplitResult",
    "SplitWarning",
    "SuggestedClaim",
    "Unit",
    "UnitKind",
    "language_of",
    "split",
    "to_json",
]
