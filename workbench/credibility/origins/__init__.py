"""How many independent origins documents have: ten outlets with one agency text are one."""

from workbench.credibility.origins.chains import Chain, Confidence, Link, chain, find_circles
from workbench.credibility.origins.clustering import Origins, cluster, numbered
from workbench.credibility.origins.model import Decision, Edge, Sign, Text
from workbench.credibility.origins.overlap import Overlap, is_copy, overlap, shared_quotation
from workbench.credibility.origins.signs import signs

__all__ = [
    "Chain",
    "Confidence",
    "Decision",
    "Edge",
    "Link",
    "Origins",
    "Overlap",
    "Sign",
    "Text",
    "chain",
    "cluster",
    "find_circles",
    "is_copy",
    "numbered",
    "overlap",
    "shared_quotation",
    "signs",
]
