"""Differences between versions and the coverage of an article as text for people."""

from db.vocabulary import UnitState
from workbench.cli.layout import counted, wrap
from workbench.services.status import strip_of
from workbench.services.versions import Difference
from workbench.services.views import Desk
from workbench.text.versions import ChangeKind, WordChange


def difference_lines(found: Difference, columns: int) -> str:
    """What changed between two versions: the marks say what, so that no colour is needed."""
    counts = {kind: found.count(kind) for kind in ChangeKind}
    lines = [
        f"version {found.old.ordinal} to {found.new.ordinal}: {counts[ChangeKind.CHANGED]} changed, "
        f"{counts[ChangeKind.INSERTED]} added, {counts[ChangeKind.DELETED]} taken out, {counts[ChangeKind.SAME]} the same",
        "",
    ]
    skipped = 0
    for change, words in zip(found.changes, found.words, strict=True):
        if change.kind is ChangeKind.SAME:
            skipped += 1
            continue
        if skipped:
            lines.append(f"  … {counted(skipped, 'sentence')} the same")
            skipped = 0
        old, new = change.old.of(found.old.text), change.new.of(found.new.text)
        if change.kind is ChangeKind.DELETED:
            lines.append(wrap(old, columns, "- "))
        elif change.kind is ChangeKind.INSERTED:
            lines.append(wrap(new, columns, "+ "))
        else:
            lines.append(wrap("".join(_run(run, old, new) for run in words), columns, "~ "))
    if skipped:
        lines.append(f"  … {counted(skipped, 'sentence')} the same")
    return "\n".join(lines)


def _run(run: WordChange, old: str, new: str) -> str:
    if run.op is ChangeKind.SAME:
        return run.new.of(new)
    went, came = run.old.of(old), run.new.of(new)
    space = " " if (came or went)[-1:].isspace() else ""
    marked = (f"[-{went.strip()}-]" if went.strip() else "") + (f"{{+{came.strip()}+}}" if came.strip() else "")
    return marked + space


_STRIP = {
    UnitState.CHECKED: ("█", "#"),
    UnitState.SET_ASIDE: ("▒", "-"),
    UnitState.IN_WORK: ("▄", "o"),
    UnitState.TO_CHECK: ("·", "."),
}


def coverage_strip(desk: Desk, columns: int, *, plain: bool) -> str:
    """The whole article in one line, each cell a stretch of it, over what the signs mean."""
    cells = "".join(_STRIP[state][plain] for state in strip_of(desk.units, min(columns, 72)))
    return f"{cells}\n" + "  ".join(
        f"{signs[plain]} {state.value.replace('_', ' ')}" for state, signs in _STRIP.items()
    )
