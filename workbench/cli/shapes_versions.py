"""The JSON shapes of versions and their differences; fields are only ever added."""

from workbench.cli.shapes import Shape, moment, unit
from workbench.services.versions import Difference, Update, VersionView
from workbench.services.views import UnitView


def with_reason(item: UnitView, reason: str, text: str) -> Shape:
    """A unit with its state and why it was set aside."""
    return unit(item, text) | {"reason": reason}


def version(item: VersionView) -> Shape:
    """A version without its text."""
    record = item.version
    return {
        "id": record.id,
        "number": record.ordinal,
        "latest": item.latest,
        "length": len(record.text),
        "text_hash": record.text_hash,
        "language": record.language,
        "claims_made": item.claims,
        "author": record.author,
        "brought_in_at": moment(record.decided_at),
    }


def update_shape(done: Update) -> Shape:
    """What became of the claims when a text was brought in."""
    return {
        "version": done.version.ordinal,
        "same": done.same,
        "found": done.found,
        "drifted": done.drifted,
        "orphans": done.orphans,
        "new": done.new,
        "text_changed_since": done.changed,
        "lost": done.lost,
    }


def difference(found: Difference) -> Shape:
    """What changed between two versions; spans count code points of the old and of the new text."""
    rows = []
    for change, words in zip(found.changes, found.words, strict=True):
        old, new = change.old, change.new
        row: Shape = {
            "kind": change.kind.value,
            "old": {"start": old.start, "end": old.end, "text": old.of(found.old.text)},
            "new": {"start": new.start, "end": new.end, "text": new.of(found.new.text)},
        }
        if words:
            row["words"] = [
                {
                    "kind": run.op.value,
                    "old": run.old.shift(old.start).as_list(),
                    "new": run.new.shift(new.start).as_list(),
                }
                for run in words
            ]
        rows.append(row)
    return {"from": found.old.ordinal, "to": found.new.ordinal, "changes": rows}
