"""Discrepancies between a claim and a passage: figures, dates, names, negation, speakers, units, quotations."""

from typing import TYPE_CHECKING

from workbench.matching.discrepancies.model import Finding, FindingKind, FindingSide, Relation, findings_to_json
from workbench.ondemand import on_demand

if TYPE_CHECKING:
    from workbench.matching.discrepancies.comparing import compare
else:
    __getattr__ = on_demand(__name__, {"compare": "comparing"})

__all__ = ["Finding", "FindingKind", "FindingSide", "Relation", "compare", "findings_to_json"]
