"""Splitting: a text into units that tile it, and claims suggested under each."""

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
from workbench.splitting.serial import to_json
from workbench.splitting.splitter import split

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
    "split",
    "to_json",
]
