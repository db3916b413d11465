"""`workbench share`: exchanging work between desks as files."""

from collections.abc import Mapping
from pathlib import Path

import click

from db.vocabulary import Kind
from workbench.cli.context import Call, StoreGroup, pass_call
from workbench.cli.layout import counted, fields
from workbench.cli.output import out, out_json, say, width
from workbench.cli.render import conflict_block
from workbench.cli.shapes import Shape
from workbench.cli.shapes import conflict as conflict_shape
from workbench.cli.types import FILE, format_option
from workbench.services.sharing import ForeignSummary


@click.group("share", cls=StoreGroup, short_help="Pack a share, look into one, merge one.")
def share() -> None:
    """Exchange work with another desk: each packs a file, the other merges it; in any order, as often as you like."""


@share.command("pack", short_help="Write what may leave this desk to a new file.")
@click.argument("path", type=FILE)
@click.option("--even-quoting", is_flag=True, help="Even if texts that remain quote a document that stays.")
@click.option("--no-snapshots", is_flag=True, help="Without the files and pages that documents came from.")
@format_option("text", "json")
@pass_call
def pack(call: Call, path: Path, even_quoting: bool, no_snapshots: bool, spelling: str) -> None:
    """Write what may leave this desk to a new file, while the database may be in use.

    Confidential documents, what they came from, what was cited from them, and drafts stay.
    """
    summary = call.workbench().sharing.pack(path, even_quoting=even_quoting, with_snapshots=not no_snapshots)
    if spelling == "json":
        out_json(
            {
                "path": str(summary.target),
                "share": summary.share,
                "sha256": summary.sha256,
                "size": summary.size,
                "documents": summary.documents,
                "passages": summary.passages,
                "snapshots": summary.snapshots,
                "revisions": summary.revisions,
                "by_kind": _kinds(summary.by_kind),
                "withheld_documents": summary.withheld_documents,
                "withheld_revisions": summary.withheld_revisions,
            }
        )
        return
    say(
        f"packed {counted(summary.documents, 'document')} and {counted(summary.revisions, 'decision')} "
        f"into {summary.target} ({_size(summary.size)})"
    )
    if summary.withheld_documents or summary.withheld_revisions:
        say(
            f"held back {counted(summary.withheld_documents, 'confidential document')} "
            f"and {counted(summary.withheld_revisions, 'decision')} about them"
        )
    out(f"{summary.sha256}  {summary.target}")


@share.command("inspect", short_help="Look into a file from another desk.")
@click.argument("path", type=FILE)
@format_option("text", "json")
def inspect(path: Path, spelling: str) -> None:
    """Look into a file from another desk, without taking anything in. What it says of itself is hearsay."""
    from workbench.services.sharing import look_into

    found = look_into(path)
    if spelling == "json":
        out_json(_foreign_shape(found))
        return
    contents = found.contents
    facts = [
        ("file", f"{found.name}, {_size(found.size)}"),
        ("sha256", found.sha256),
        ("is", "a share" if contents.is_pack else "a complete copy of a database"),
        ("from", contents.desk),
        ("packed", contents.packed_at),
        ("by", ", ".join(contents.authors)),
        ("documents", f"{contents.documents:,} with {counted(contents.passages, 'passage')}"),
        ("snapshots", f"{contents.snapshots:,}" if contents.snapshots else ""),
        ("decisions", f"{contents.revisions:,}: {_spoken(_kinds(contents.by_kind))}"),
        ("held back", f"{counted(contents.withheld_documents, 'document')}" if contents.withheld_documents else ""),
        ("warning", f"an identity was copied: {', '.join(contents.forked)}" if contents.forked else ""),
    ]
    out(fields(facts, width()))


def _foreign_shape(found: ForeignSummary) -> Shape:
    contents = found.contents
    return {
        "name": found.name,
        "size": found.size,
        "sha256": found.sha256,
        "is_pack": contents.is_pack,
        "desk": contents.desk,
        "packed_at": contents.packed_at,
        "release": contents.release,
        "authors": list(contents.authors),
        "devices": list(contents.devices),
        "forked": list(contents.forked),
        "documents": contents.documents,
        "passages": contents.passages,
        "snapshots": contents.snapshots,
        "revisions": contents.revisions,
        "by_kind": _kinds(contents.by_kind),
        "withheld_documents": contents.withheld_documents,
        "withheld_revisions": contents.withheld_revisions,
    }


@share.command("merge", short_help="Take in what another desk packed.")
@click.argument("path", type=FILE)
@click.option("--preview", is_flag=True, help="Only say what it would do.")
@format_option("text", "json")
@pass_call
def merge(call: Call, path: Path, preview: bool, spelling: str) -> None:
    """Take in what another desk packed, whole or not at all.

    Nothing that anybody decided is lost: where desks decided differently both decisions stand, as a conflict to be
    resolved with `verdict resolve`.
    """
    workbench = call.workbench(create=not preview)
    report = workbench.sharing.merge(path, preview=preview)
    entities = {entity for _, entity in report.new_conflicts}
    new = [] if preview else [view for view in workbench.verdicts.conflicts() if view.entity in entities]
    shape: Shape = {
        "preview": preview,
        "desk": report.desk,
        "sha256": report.sha256,
        "new_revisions": _kinds(report.new_revisions),
        "known_revisions": report.known_revisions,
        "new_documents": report.new_documents,
        "known_documents": report.known_documents,
        "new_conflicts": [{"kind": kind.value, "entity": entity} for kind, entity in report.new_conflicts],
        "resolved_conflicts": [{"kind": kind.value, "entity": entity} for kind, entity in report.resolved_conflicts],
        "orphaned": [{"claim": item.claim, "kind": item.kind.value, "entity": item.entity} for item in report.orphaned],
        "forked_devices": list(report.forked_devices),
        "citations_without_document": list(report.citations_without_document),
        "withheld_documents": report.withheld_documents,
        "new_snapshots": report.new_snapshots,
        "changes_nothing": report.changes_nothing,
    }
    if spelling == "json":
        out_json(shape | {"conflicts": [conflict_shape(view) for view in new]})
        return
    out(fields(_merged_facts(shape), width()))
    for view in new:
        out(f"\n{conflict_block(view, width())}")
    if new:
        say("choose with: workbench verdict resolve ENTITY NUMBER")


def _merged_facts(report: Shape) -> list[tuple[str, str]]:
    decisions = sum(report["new_revisions"].values())
    orphans, lost = len(report["orphaned"]), len(report["citations_without_document"])
    new, resolved = len(report["new_conflicts"]), len(report["resolved_conflicts"])
    forked, withheld = report["forked_devices"], report["withheld_documents"]
    verb = "would take in" if report["preview"] else "took in"
    return [
        (verb, "nothing, all of it was known" if report["changes_nothing"] else "what follows"),
        ("from", report["desk"]),
        ("documents", f"{report['new_documents']:,} new, {report['known_documents']:,} known before"),
        ("decisions", f"{decisions:,} new, {report['known_revisions']:,} known before"),
        ("snapshots", f"{report['new_snapshots']:,} new" if report["new_snapshots"] else ""),
        ("kinds", _spoken(report["new_revisions"])),
        ("conflicts", f"{new} new, {resolved} resolved"),
        ("orphaned", f"{counted(orphans, 'decision')} about claims that are withdrawn here" if orphans else ""),
        ("held back", counted(withheld, "document") if withheld else ""),
        ("without text", f"{counted(lost, 'citation')} of documents that are in neither file" if lost else ""),
        ("warning", f"an identity was copied: {', '.join(forked)}" if forked else ""),
    ]


def _kinds(counts: Mapping[Kind, int]) -> dict[str, int]:
    return {kind.value: number for kind, number in sorted(counts.items())}


def _spoken(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {kind}" for kind, number in counts.items() if number)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size:,} bytes"
