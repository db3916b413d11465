"""`workbench checkworthiness`: the coefficients in force, refitting them to the desk, going back to the shipped ones."""

from collections.abc import Iterator

import click

from workbench.cli.context import Call, StoreGroup, pass_call
from workbench.cli.layout import counted, fields, pad, when
from workbench.cli.output import out, out_json, say, width
from workbench.cli.shapes import Shape, moment
from workbench.cli.types import format_option
from workbench.services.checkworthiness import Examples, ModelView, Refitted

_language = click.option("--language", metavar="CODE", help="In two letters; else the one most judgements are in.")


@click.group(
    "checkworthiness", cls=StoreGroup, short_help="What makes a sentence worth checking; refit it to your desk."
)
def checkworthiness() -> None:
    """What makes a sentence worth checking, as coefficients of named features.

    The shipped ones are learnt from English debates. A desk can fit its own on what it took up and what it set aside;
    later splits use them, and they are shared and undone like every decision.
    """


@checkworthiness.command("show", short_help="The coefficients in force.")
@_language
@format_option("text", "json")
@pass_call
def show(call: Call, language: str | None, spelling: str) -> None:
    """The coefficients in force for a language, where they come from, and what the desk has to refit on."""
    view = call.workbench().checkworthiness.show(language)
    if spelling == "json":
        out_json(_shape(view))
        return
    own = view.own
    out(
        fields(
            [
                ("language", view.language),
                ("in force", "this desk's own" if own is not None and not view.conflicted else "the shipped ones"),
                ("conflict", "desks have fitted differently; refit or reset settles it" if view.conflicted else ""),
                ("fitted by", f"{own.author}, {when(own.decided_at)}" if own else ""),
                ("fitted on", f"{own.accepted} taken up, {own.set_aside} set aside" if own else ""),
                ("method", own.method if own else str(view.fitted.provenance.get("method", ""))),
                ("outdated", "the shipped model has changed since; refit to build on it" if view.outdated else ""),
                ("to refit on", _has(view.examples)),
                ("proposes from", f"{view.fitted.threshold:.2f}"),
                ("intercept", f"{view.fitted.intercept:+.4f}"),
            ],
            width(),
        )
    )
    if own is not None:
        out("\n".join(_measures({name: value / 10_000 for name, value in own.measures.items()})))
    out()
    widest = max(len(name) for name in view.fitted.weights)
    for name, weight in sorted(view.fitted.weights.items(), key=lambda item: (-item[1], item[0])):
        out(f"{pad(name, widest)}  {weight:+.4f}")


@checkworthiness.command("refit", short_help="Fit the desk's own coefficients.")
@_language
@click.option("--dry-run", is_flag=True, help="Only measure what it would be worth.")
@format_option("text", "json")
@pass_call
def refit(call: Call, language: str | None, dry_run: bool, spelling: str) -> None:
    """Fit the desk's own coefficients on the sentences it took up and those it set aside; later splits use them.

    Taken up is what is cited or judged, or has a sub-claim that is or that somebody accepted. Says how well old and new
    tell the two apart, each measured on sentences that the fit had not seen. Undo takes it back.
    """
    done = call.workbench().checkworthiness.refit(language, store=not dry_run)
    if spelling == "json":
        out_json(_refit_shape(done))
        return
    out(f"language {done.examples.language}: {_has(done.examples)}")
    out(
        "\n".join(
            _measures(
                {
                    "f1_before": done.before.f1,
                    "ap_before": done.before.average_precision,
                    "f1_after": done.after.f1,
                    "ap_after": done.after.average_precision,
                }
            )
        )
    )
    if done.after.average_precision < done.before.average_precision:
        say("note: the new coefficients order your sentences worse than the old; “workbench undo” takes them back")
    say("measured only, nothing was changed" if dry_run else "later splits use the new coefficients")


@checkworthiness.command("reset", short_help="Return to the shipped coefficients.")
@_language
@pass_call
def reset(call: Call, language: str | None) -> None:
    """Return to the shipped coefficients; the desk's own stay in the history."""
    say(f"the shipped coefficients are in force again for “{call.workbench().checkworthiness.reset(language)}”")


def _has(examples: Examples) -> str:
    return f"{counted(examples.accepted, 'sentence')} taken up, {examples.set_aside} set aside"


def _measures(values: dict[str, float]) -> Iterator[str]:
    yield f"{'':8}  F1 of proposals  average precision   (cross-validated)"
    for name, label in (("before", "shipped"), ("after", "refitted")):
        yield f"{label:8}  {values[f'f1_{name}']:15.3f}  {values[f'ap_{name}']:17.3f}"


def _shape(view: ModelView) -> Shape:
    own = view.own
    return {
        "language": view.language,
        "own": own is not None and not view.conflicted,
        "conflict": view.conflicted,
        "outdated": view.outdated,
        "author": own.author if own else None,
        "decided_at": moment(own.decided_at) if own else None,
        "accepted": own.accepted if own else None,
        "set_aside": own.set_aside if own else None,
        "measures": {name: value if name == "folds" else value / 10_000 for name, value in own.measures.items()}
        if own
        else None,
        "examples": {"accepted": view.examples.accepted, "set_aside": view.examples.set_aside},
        "threshold": view.fitted.threshold,
        "intercept": view.fitted.intercept,
        "scale": view.fitted.scale,
        "weights": view.fitted.weights,
    }


def _refit_shape(done: Refitted) -> Shape:
    return {
        "language": done.examples.language,
        "accepted": done.examples.accepted,
        "set_aside": done.examples.set_aside,
        "folds": done.folds,
        "stored": done.stored,
        "before": {"f1": round(done.before.f1, 4), "average_precision": round(done.before.average_precision, 4)},
        "after": {"f1": round(done.after.f1, 4), "average_precision": round(done.after.average_precision, 4)},
    }
