"""Discrepancies between a claim and a passage: figures, dates, names, negation, speakers, units, quotations."""

from workbench.matching.discrepancies.compare import compare
from workbench.matching.discrepancies.model import Finding, FindingKind, FindingSide, Relation, findings_to_json

__all__ = ["Finding", "FindingKind", "FindingSide", "Relation", "compare", "findings_to_json"]
