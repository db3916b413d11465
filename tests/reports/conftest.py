"""A small fictional report: three claims in three states, a withheld citation, a source and a second conflict."""

from datetime import UTC, date, datetime

import pytest

from workbench.credibility import Assessment, Attestation, State, load_criteria, profile
from workbench.credibility.sourcing import Particular, Quotation, SourcedBy, SourcedClaim, Sourcing, UnnamedSource
from workbench.reports import (
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
from workbench.text.anchors import AnchorState
from workbench.text.spans import Span
from workbench.verdicts import CitationFacts, Role, Stance, VerdictFacts, check, gaps, scale

WHEN = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
PREPUBLICATION = scale("prepublication")
POLITIFACT = scale("politifact")


def entry(level: str, rationale: str, author: str = "Ana Brook", scale_id: str = "prepublication") -> VerdictEntry:
    found = scale(scale_id).level(level)
    return VerdictEntry(
        level_id=found.id,
        label=found.label,
        glyph=found.glyph,
        tone=found.tone,
        rationale=rationale,
        author=author,
        recorded_at=WHEN,
        final=found.final,
    )


def verdict(*entries: VerdictEntry, scale_id: str = "prepublication") -> ReportVerdict:
    return ReportVerdict(scale_id, "1", entries)


def citation() -> ReportCitation:
    return ReportCitation(
        stance=Stance.SUPPORTS,
        role=Role.PRIMARY,
        quote="The footbridge over the Lenn was opened on 4 May 2019.",
        locator="p. 12, paragraph 3",
        document_title="Annual report of the Harbour Office",
        document_id="0197-doc-1",
        document_hash="sha256:6f1e",
        source="Harbour Office",
        authors=("M. Ordway", "T. Quill"),
        published=date(2020, 2, 1),
        address="https://harbour.example/reports/2019?page=12&view=full",
        archive="https://archive.example/2026/harbour",
        accessed_on=WHEN.date(),
        source_summary="2 of 11 assessed",
        discrepancies=("Date: the claim says 3 May, the passage 4 May.",),
    )


@pytest.fixture(scope="session")
def model() -> ReportModel:
    withheld = ReportCitation(
        stance=Stance.REFUTES,
        role=Role.EXPERT,
        quote="SEALED the figure was never measured",
        locator="SEALED minute 4",
        document_title="SEALED conversation",
        source="SEALED name",
        withheld=True,
        withheld_reason="The person asked not to be named.",
        public_description="An engineer who worked on the bridge",
    )
    claims = (
        ReportClaim(
            number=1,
            id="claim-a",
            span=Span(20, 75),
            quoted="It opened on 3 May 2019, the Harbour Office said.",
            wording="The footbridge over the Lenn opened on 3 May 2019.",
            status=ClaimStatus.CHECKED,
            attribution="Harbour Office",
            kinds=("date", "event"),
            verdicts=(
                verdict(entry("needs-change", "The opening was one day later.\n\nThe report gives the date twice.")),
                verdict(entry("mostly-true", "One day off.", scale_id="politifact"), scale_id="politifact"),
            ),
            citations=(citation(),),
        ),
        ReportClaim(
            number=2,
            id="claim-b",
            span=Span(76, 130),
            quoted="Some 4,000 people cross it every day.",
            wording="Some 4,000 people cross it every day.",
            status=ClaimStatus.CHECKED,
            kinds=("figure",),
            verdicts=(verdict(entry("confirmed", "The count agrees."), entry("wrong", "No count exists.", "Bo Reed")),),
            citations=(withheld,),
        ),
        ReportClaim(
            number=3,
            id="claim-c",
            span=Span(131, 170),
            quoted="It cost $5 million [sic].",
            wording="It cost $5 million [sic].",
            status=ClaimStatus.OPEN,
            anchor=ReportAnchor(
                AnchorState.DRIFTED,
                2,
                1,
                "It cost $4 million [sic].",
                None,
            ),
            gaps=gaps(check(VerdictFacts("", (CitationFacts(Stance.SUPPORTS, None, address="x", quote="y"),)))),
            resolutions=(
                ReportResolution(Span(131, 133), "It", "pronoun", "the footbridge", "Ana Brook", WHEN, "see [1]"),
                ReportResolution(Span(134, 138), "cost", "marked", "", "Bo Reed", WHEN),
            ),
            left_open=("these <costs>",),
        ),
    )
    source = ReportSource(
        name="Harbour Office",
        domain="harbour.example",
        profile=profile(
            load_criteria(),
            (
                Assessment("ownership", State.MET, "Imprint names the city", "", "Ana Brook", WHEN),
                Assessment("headlines", State.NOT_APPLICABLE, "Publishes reports, no news", "", "Ana Brook", WHEN),
                Assessment("bylines", State.PARTLY, "", "", "Bo Reed", WHEN),
            ),
        ),
        attestations=(
            Attestation("Lantern Index", "B", "A to E", date(2025, 6, 1)),
            Attestation("Open Ledger", "dependable", "three words", date(2025, 9, 1), ("Lantern Index",)),
            Attestation("Weir Desk", "reliable", "yes or no", date(2026, 1, 1)),
        ),
    )
    return ReportModel(
        article=ReportArticle(
            title="A footbridge for Lenn",
            length=240,
            version_hash="sha256:a1b2",
            byline="J. Vale",
            outlet="The Lenn Courier",
            published=date(2026, 10, 30),
            url="https://courier.example/footbridge",
            language="en",
            version=2,
            versions=2,
        ),
        generated_at=WHEN,
        database="desk.db",
        tool_name="Claim Workbench",
        tool_version="0.1.0",
        coverage=Coverage(110, 20, 110, 2, 1, 2),
        claims=claims,
        set_aside=(ReportUnit(Span(0, 20), "title", "A footbridge for Lenn", "No claim in it"),),
        not_checked=(
            ReportUnit(Span(131, 170), "sentence", "It cost $5 million [sic]."),
            ReportUnit(Span(171, 240), "list_item", "A second bridge is planned."),
        ),
        scales=(PREPUBLICATION, POLITIFACT),
        sources=(source,),
        units=(
            MappedUnit(Span(0, 20), CoverageState.SET_ASIDE),
            MappedUnit(Span(20, 130), CoverageState.CHECKED),
            MappedUnit(Span(130, 171), CoverageState.IN_WORK),
            MappedUnit(Span(171, 240), CoverageState.TO_CHECK),
        ),
        gone=(GoneClaim(4, "The bridge is red.", 1, "Taken out after a reader wrote"),),
        conflicts=(ReportConflict("the wording", ("4,000 people", "4,000 crossings"), 2),),
        sourcing=Sourcing(
            (Particular("byline", "J. Vale"), Particular("links", "")),
            (SourcedClaim(20, 75, SourcedBy.NAMED, "Harbour Office"), SourcedClaim(76, 130, SourcedBy.NONE, "")),
            (UnnamedSource(171, 179, "experts | <b>"),),
            (Quotation(80, 99, "people cross it", ""),),
            (),
        ),
    )
