"""Which table is the projection of which kind of revision, and which data class checks its content."""

from db.tables import (
    Anchor,
    Article,
    ArticleVersion,
    Assessment,
    Attestation,
    Citation,
    Claim,
    Coefficients,
    Confirmation,
    Cut,
    Decided,
    Dismissal,
    DroppedOffer,
    Handling,
    OfficeTerm,
    OriginLink,
    Resolution,
    Review,
    Source,
    Verdict,
)  # fmt: skip
from db.tables.articles import (
    AnchorData,
    ArticleData,
    ClaimData,
    CoefficientsData,
    CutData,
    DroppedOfferData,
    VersionData,
)
from db.tables.base import Data
from db.tables.copies import OriginLinkData
from db.tables.evidence import HandlingData
from db.tables.references import ResolutionData, TermData
from db.tables.sources import AssessmentData, AttestationData, SourceData
from db.tables.verdicts import CitationData, ConfirmationData, DismissalData, ReviewData, VerdictData
from db.vocabulary import Kind

KINDS: dict[Kind, tuple[type[Data], type[Decided]]] = {
    Kind.ARTICLE: (ArticleData, Article),
    Kind.VERSION: (VersionData, ArticleVersion),
    Kind.CUT: (CutData, Cut),
    Kind.CLAIM: (ClaimData, Claim),
    Kind.ANCHOR: (AnchorData, Anchor),
    Kind.DROPPED_OFFER: (DroppedOfferData, DroppedOffer),
    Kind.COEFFICIENTS: (CoefficientsData, Coefficients),
    Kind.CITATION: (CitationData, Citation),
    Kind.VERDICT: (VerdictData, Verdict),
    Kind.REVIEW: (ReviewData, Review),
    Kind.CONFIRMATION: (ConfirmationData, Confirmation),
    Kind.DISMISSAL: (DismissalData, Dismissal),
    Kind.HANDLING: (HandlingData, Handling),
    Kind.SOURCE: (SourceData, Source),
    Kind.ASSESSMENT: (AssessmentData, Assessment),
    Kind.ATTESTATION: (AttestationData, Attestation),
    Kind.ORIGIN_LINK: (OriginLinkData, OriginLink),
    Kind.RESOLUTION: (ResolutionData, Resolution),
    Kind.TERM: (TermData, OfficeTerm),
}


def data_class(kind: Kind) -> type[Data]:
    """The class that checks the data of a kind."""
    return KINDS[kind][0]


def table_class(kind: Kind) -> type[Decided]:
    """The table that shows a kind."""
    return KINDS[kind][1]
