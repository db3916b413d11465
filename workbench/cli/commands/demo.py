"""`workbench demo`: the sample case, on the screen, or from article to report where there is no terminal."""

import contextlib
import secrets
from pathlib import Path

import click

from db.tables import Article
from workbench import paths
from workbench.app import Workbench, open_workbench
from workbench.cli.context import Call, on_terminal, open_screen, refuse_without_terminal
from workbench.cli.encoding import load_encoder
from workbench.cli.layout import counted
from workbench.cli.output import OutputLost, out, say
from workbench.cli.progress import ProgressLine
from workbench.matching.encoder import EncoderUnavailable
from workbench.services import sample


@click.command("demo", short_help="Work on the sample case, in a database of its own.")
@click.option("--fresh", is_flag=True, help="Start over; what was done in the demo so far is gone.")
@click.pass_obj
def demo(call: Call, fresh: bool) -> int | None:
    """Work on the sample case, a fictional article with its evidence, in a database of its own.

    With no terminal attached, do the whole job instead: article, evidence, sources, verdicts, and the report on
    standard output.
    """
    if on_terminal():
        refuse_without_terminal()
        place = _folder() / "demo.db"
        new = fresh or not place.exists()
        if new:
            say("making the demo's database")
            _make(place, call, whole=False)
        call.db = place
        call.read_only = False
        return open_screen(call, first_article=True, tour=new)
    place = _folder() / "report.db"
    _make(place, call, whole=True)
    even = call.even_shared_folder
    with open_workbench(place, create=False, read_only=True, even_shared_folder=even) as workbench:
        out(workbench.reports.render(workbench.articles.list()[0].article.id, "markdown").rstrip("\n"))
    say(f"the database of this demo: {place}")
    return None


def _folder() -> Path:
    folder = paths.data_dir() / "demo"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputLost(f"{folder} cannot be made: {error.strerror}.", "Set CLAIM_WORKBENCH_HOME.") from error
    return folder


def _make(place: Path, call: Call, *, whole: bool) -> None:
    """Make the demo's database under a name of its own and give it `place` when it is complete."""
    part = place.with_name(f"{place.stem}-{secrets.token_hex(4)}.part.db")
    try:
        even = call.even_shared_folder
        with (
            open_workbench(part, as_name=call.name, even_shared_folder=even) as workbench,
            ProgressLine() as progress,
        ):
            article = sample.load(workbench, progress)
            info = workbench.sharing.info()
            say(
                f"loaded “{article.title}”: {counted(info.claims, 'claim')}, "
                f"{counted(info.documents, 'document')}, {counted(info.sources, 'source')}"
            )
            if whole:
                _check(workbench, article, progress)
        part.replace(place)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _check(workbench: Workbench, article: Article, progress: ProgressLine) -> None:
    """Do what a checker would do with the sample case."""
    try:
        load_encoder(workbench)
        say(f"encoded {counted(workbench.evidence.embed(progress=progress), 'passage')}")
    except EncoderUnavailable as error:
        say(f"words only: {error.reason}")
    say(f"recorded the decisions on {counted(sample.replay(workbench, article), 'claim')}")
