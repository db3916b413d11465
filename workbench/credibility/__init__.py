"""Source credibility as a profile: criteria with evidence, others' ratings with their lineage, and address matching.

Nothing here sums a source up in a number. A profile sets priorities and warnings; it never feeds a verdict.
"""

from workbench.credibility.attestations import Attestation, LineageGroup, Ratings, SharedValue, roots
from workbench.credibility.criteria import Criteria, Criterion, load_criteria
from workbench.credibility.domains import ascii_host, domain_of, matches
from workbench.credibility.profile import Assessment, Profile, ProfileItem, State, profile

__all__ = [
    "Assessment",
    "Attestation",
    "Criteria",
    "Criterion",
    "LineageGroup",
    "Profile",
    "ProfileItem",
    "Ratings",
    "SharedValue",
    "State",
    "ascii_host",
    "domain_of",
    "load_criteria",
    "matches",
    "profile",
    "roots",
]
