"""Reports: one model of what was found, spelled as Markdown, HTML or JSON, and checked before it leaves the house."""

from workbench.reports.claimreview import lint_claimreview, to_claimreview
from workbench.reports.data import to_json
from workbench.reports.html import to_html
from workbench.reports.lint import Lint, lint
from workbench.reports.markdown import to_markdown
from workbench.reports.model import (
    ClaimStatus,
    Coverage,
    CoverageState,
    GoneClaim,
    MappedUnit,
    ReportAnchor,
    ReportArticle,
    ReportCitation,
    ReportClaim,
    ReportConflict,
    ReportModel,
    ReportResolution,
    ReportSource,
    ReportUnit,
    ReportVerdict,
    VerdictEntry,
)
from workbench.reports.naming import filename
from workbench.reports.summary import LevelCount, Standing, Summary, standing, summarise

__all__ = [
    "ClaimStatus",
    "Coverage",
    "CoverageState",
    "GoneClaim",
    "LevelCount",
    "Lint",
    "MappedUnit",
    "ReportAnchor",
    "ReportArticle",
    "ReportCitation",
    "ReportClaim",
    "ReportConflict",
    "ReportModel",
    "ReportResolution",
    "ReportSource",
    "ReportUnit",
    "ReportVerdict",
    "Standing",
    "Summary",
    "VerdictEntry",
    "filename",
    "lint",
    "lint_claimreview",
    "standing",
    "summarise",
    "to_claimreview",
    "to_html",
    "to_json",
    "to_markdown",
]
