"""Verdicts: rating scales as data, what a verdict still needs, and how far two checkers agree.

Everything here is pure: values in, values out. A level of one scale is never turned into a level of another.
"""

from workbench.verdicts.agreement import Agreement, Disagreement, agreement
from workbench.verdicts.parsing import parse_scale
from workbench.verdicts.scales import Level, RatingScale, Tone, load_scales, scale
from workbench.verdicts.sufficiency import CitationFacts, Role, Rule, RuleState, Stance, VerdictFacts, check, gaps

__all__ = [
    "Agreement",
    "CitationFacts",
    "Disagreement",
    "Level",
    "RatingScale",
    "Role",
    "Rule",
    "RuleState",
    "Stance",
    "Tone",
    "VerdictFacts",
    "agreement",
    "check",
    "gaps",
    "load_scales",
    "parse_scale",
    "scale",
]
