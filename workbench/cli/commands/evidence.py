"""`workbench evidence`: bringing documents in, finding them, saying who may see them."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from db.vocabulary import Confidentiality
from workbench.cli.commands.evidence_origins import join, origins, split, unlink
from workbench.cli.commands.evidence_snapshots import snapshot, warc
from workbench.cli.comparing import look_for_copies
from workbench.cli.context import Call, StoreGroup, pass_call
from workbench.cli.encoding import load_encoder, meaning_at_hand
from workbench.cli.fetching import fetching_options, rules
from workbench.cli.filtering import chosen_filter, filter_options, without_claim
from workbench.cli.layout import clip, counted
from workbench.cli.output import out, out_json, read_input, say, width, words_or_input
from workbench.cli.progress import ProgressLine, stoppable
from workbench.cli.render_evidence import document_block, document_lines, matches_text
from workbench.cli.render_search import quotation_text
from workbench.cli.shapes_evidence import detail, document, import_report, matches
from workbench.cli.shapes_search import quotation
from workbench.cli.types import WORDS, Member, format_option
from workbench.errors import ExitCode, InputRefused
from workbench.intake.fetching import fetch, is_address, parse_address
from workbench.matching.query import read_query
from workbench.services.import_views import ImportReport, Refusal

_CONFIDENTIALITY = Member(Confidentiality)
_SHOWN_REFUSALS = 20


@click.group("evidence", cls=StoreGroup, short_help="Add, import, list, search and mark documents.")
def evidence() -> None:
    """The documents that claims are held against.

    DOCUMENT is a document's number in this database, its identifier where it came from, or the beginning of its hash.
    """


for _command in (origins, join, split, unlink):
    evidence.add_command(_command)


evidence.add_command(snapshot)
evidence.add_command(warc)


@evidence.command("add", short_help="Add files, folders or web addresses.")
@click.argument("paths", metavar="PATH|URL...|-", nargs=-1, required=True)
@click.option("--source", type=WORDS, default="", help="Who the documents are from that name nobody.")
@click.option("--confidentiality", type=_CONFIDENTIALITY, help="Who may see them; else what each says of itself.")
@click.option(
    "--column", "columns", metavar="FIELD=COLUMN", multiple=True, help="Which column of a table holds a field."
)
@fetching_options
@format_option("text", "json")
@pass_call
def add(
    call: Call,
    paths: tuple[str, ...],
    source: str,
    confidentiality: Confidentiality | None,
    columns: tuple[str, ...],
    private_network: bool,
    ignore_robots: bool,
    spelling: str,
) -> None:
    """Add files, folders with everything in them, and web addresses as documents; what is known is not added twice.

    Read are plain text, Markdown, HTML, PDF, DOCX, e-mail (.eml), tables (CSV) and JSON Lines row by row, fact-checks
    (ClaimReview), and libraries of references (RIS, BibTeX, CSL-JSON). Naming an address is the only thing that asks the
    network. "-" reads one text from standard input. Exit code 1 when something was refused, 3 when nothing was taken in.
    """
    addresses = [path for path in paths if is_address(path)]
    files = [Path(path) for path in paths if not is_address(path)]
    _refuse_missing(paths, files)
    mapped = _mapped(columns)
    for address in addresses:
        # Refused before a database is made.
        parse_address(address, any_port=True)
    allowed = rules(private_network=private_network, ignore_robots=ignore_robots)
    if paths == ("-",):
        data, name = read_input("-")
        service = call.workbench(create=True).evidence
        _finish(service.add_data(data, name, source_name=source, confidentiality=confidentiality), spelling)
        return
    reports = []
    with ProgressLine() as progress, stoppable() as cancelled:
        if files:
            reports.append(
                call.workbench(create=True).evidence.add_paths(
                    files,
                    source_name=source,
                    confidentiality=confidentiality,
                    columns=mapped,
                    progress=progress,
                    cancelled=cancelled,
                )
            )
        for address in addresses:
            if cancelled():
                break
            try:
                found = fetch(address, allowed, cancelled)
                # Not before something has come: nothing is made for an address that gives nothing.
                service = call.workbench(create=True).evidence
                about = service.add_fetched(
                    found, source_name=source, confidentiality=confidentiality, cancelled=cancelled
                )
            except InputRefused as error:
                about = ImportReport(0, 0, 0, (Refusal(address, None, str(error)),), cancelled=False)
            reports.append(about)
    _finish(_together(reports), spelling)


def _together(reports: Sequence[ImportReport]) -> ImportReport:
    """Several imports as one."""
    return ImportReport(
        sum(one.added for one in reports),
        sum(one.known for one in reports),
        sum(one.passages for one in reports),
        tuple(refusal for one in reports for refusal in one.refused),
        any(one.cancelled for one in reports),
        sum(one.tightened for one in reports),
        tuple(warning for one in reports for warning in one.warnings),
    )


def _refuse_missing(paths: tuple[str, ...], files: list[Path]) -> None:
    missing = next((path for path in files if str(path) != "-" and not os.path.lexists(path)), None)
    if missing is not None:
        raise InputRefused(f"There is nothing at {missing}.", "Check the path; nothing was added.")
    if "-" in paths and len(paths) > 1:
        raise click.UsageError("“-” stands alone.")


def _mapped(columns: tuple[str, ...]) -> dict[str, str]:
    """The pairs of --column, such as text=Statement."""
    pairs = [given.partition("=") for given in columns]
    wrong = next(
        (given for given, (field, mark, column) in zip(columns, pairs, strict=True) if not (field and mark and column)),
        None,
    )
    if wrong is not None:
        raise click.UsageError(f"--column {wrong!r} does not say which column; write it as text=Statement.")
    return {field.strip(): column.strip() for field, _, column in pairs}


@evidence.command("import", short_help="Import documents from JSON Lines.")
@click.argument("file", metavar="FILE.jsonl|-")
@click.option("--confidentiality", type=_CONFIDENTIALITY, help="Who may see them; else what each row says.")
@click.option("--keep-rows", is_flag=True, help="Keep each row as it came, as a snapshot.")
@format_option("text", "json")
@pass_call
def import_rows(call: Call, file: str, confidentiality: Confidentiality | None, keep_rows: bool, spelling: str) -> None:
    """Import documents from JSON Lines, one object a line.

    A row is {"id"?, "title"?, "text", "url"?, "source"?, "authors"?, "published_at"?, "language"?,
    "confidentiality"?}. Ctrl-C keeps what was imported; the same command again goes on from there. Exit code 1 when
    some rows were refused, 3 when nothing was taken in.
    """
    if file != "-":
        # Before a database is made for a file that is not there.
        _readable(file)
    service = call.workbench(create=True).evidence
    with ProgressLine() as progress:
        if file == "-":
            report = service.import_stream(
                sys.stdin.buffer,
                "standard input",
                confidentiality=confidentiality,
                keep_rows=keep_rows,
                progress=progress,
            )
        else:
            with stoppable() as cancelled:
                report = service.import_jsonl(
                    Path(file),
                    confidentiality=confidentiality,
                    keep_rows=keep_rows,
                    progress=progress,
                    cancelled=cancelled,
                )
    _finish(report, spelling)


def _readable(file: str) -> None:
    path = Path(file)
    if path.is_dir():
        raise InputRefused(f"{file} is a folder, not a file.", "Name a file in it, or use evidence add.")
    try:
        path.open("rb").close()
    except FileNotFoundError as error:
        raise InputRefused(f"There is no file {file}.", "Check the path.") from error
    except OSError as error:
        raise InputRefused(f"{file} cannot be read: {error.strerror}.", "Check its permissions.") from error


def _finish(report: ImportReport, spelling: str) -> None:
    """Tell what became of an import, and leave with the exit code that it means."""
    if spelling == "json":
        out_json(import_report(report))
    for refusal in report.refused[:_SHOWN_REFUSALS]:
        say(f"refused {_place(refusal)}: {refusal.message}")
    if len(report.refused) > _SHOWN_REFUSALS:
        say(f"refused {len(report.refused) - _SHOWN_REFUSALS:,} more; --format json lists them all")
    for warning in report.warnings[:_SHOWN_REFUSALS]:
        say(f"note {_place(warning)}: {warning.message}")
    if len(report.warnings) > _SHOWN_REFUSALS:
        say(f"note {len(report.warnings) - _SHOWN_REFUSALS:,} more; --format json lists them")
    if report.tightened:
        say(f"held {counted(report.tightened, 'known document')} more confidential than before")
    say(
        f"added {counted(report.added, 'document')} with {counted(report.passages, 'passage')}, "
        f"{report.known:,} known before, {len(report.refused):,} refused"
    )
    if report.cancelled:
        raise click.Abort
    if report.refused:
        taken = report.added + report.known
        click.get_current_context().exit(ExitCode.NO if taken else ExitCode.INPUT_REFUSED)


def _place(refusal: Refusal) -> str:
    return f"{refusal.name}, line {refusal.line}" if refusal.line is not None else refusal.name


@evidence.command("list", short_help="The documents in this database.")
@click.option("--words", type=WORDS, default="", help="Only those whose title, source or address holds this.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many to pass over.")
@click.option(
    "--limit", type=click.IntRange(min=1, max=10_000), default=50, show_default=True, help="How many to list."
)
@format_option("text", "json")
@pass_call
def list_documents(call: Call, words: str, offset: int, limit: int, spelling: str) -> None:
    """The documents in this database, in the order in which they came."""
    service = call.workbench().evidence
    found = service.list(words=words, offset=offset, limit=limit)
    total = service.count(words)
    if spelling == "json":
        out_json({"count": total, "documents": [document(view) for view in found]})
        return
    if found:
        out("\n".join(document_lines(view, width()) for view in found))
    if not total:
        say("No document holds this." if words else "No document yet. Bring some in: workbench evidence add FOLDER")
    elif offset + len(found) < total:
        say(f"{offset + 1:,} to {offset + len(found):,} of {total:,}; --offset {offset + len(found)} goes on")


@evidence.command("search", short_help="Find passages by words and meaning.")
@click.argument("text", type=WORDS, metavar="QUERY|-")
@click.option("--top", type=click.IntRange(1, 200), default=20, show_default=True, help="How many passages.")
@click.option("--words-only", is_flag=True, help="Do not search by meaning.")
@click.option("--why", is_flag=True, help="Say for each passage why it was found.")
@filter_options
@format_option("text", "json")
@pass_call
def search(call: Call, /, text: str, top: int, words_only: bool, why: bool, spelling: str, **asked: Any) -> None:
    """Find the passages that have to do with a query, by words and, where passages are encoded, by meaning.

    A query holds words that rank; "a phrase" that must stand there in these forms and this order; -word or -"a phrase"
    that must not; harbo* for a word that begins so and must stand there. Capitals and accents make no difference.
    """
    wanted = words_or_input(text)
    query, narrowed = read_query(wanted), without_claim(chosen_filter(**asked))
    workbench = call.workbench()
    meaning = not words_only and meaning_at_hand(workbench)
    look_for_copies(workbench)
    found = workbench.matching.match(query.text or wanted, query=query, wanted=narrowed, top=top, meaning=meaning)
    if spelling == "json":
        out_json(matches(found, wanted, why=why))
    else:
        out(matches_text(found, width(), why=why))


@evidence.command("quote", short_help="Find where a quotation stands, perhaps altered.")
@click.argument("text", type=WORDS, metavar="QUOTATION|-")
@click.option("--top", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many documents.")
@filter_options
@format_option("text", "json")
@pass_call
def quote(call: Call, /, text: str, top: int, spelling: str, **asked: Any) -> None:
    """Find where a quotation stands in all documents, clause by clause, also with wrong letters; the earliest first.

    Says of each document whether it has the quotation word for word, trimmed, altered, spliced from several places or
    only in part, with every difference. Exit code 1 when it is not found.
    """
    narrowed = without_claim(chosen_filter(**asked))
    report = call.workbench().quotations.find(words_or_input(text), wanted=narrowed, top=top)
    if spelling == "json":
        out_json(quotation(report))
    else:
        out(quotation_text(report, width()))
    if not report.versions:
        click.get_current_context().exit(ExitCode.NO)


@evidence.command("show", short_help="A document with its text.")
@click.argument("key", metavar="DOCUMENT")
@format_option("text", "json")
@pass_call
def show(call: Call, key: str, spelling: str) -> None:
    """A document with its text, passage by passage, and where it is cited."""
    found = call.workbench().evidence.show(key)
    if spelling == "json":
        out_json({"document": detail(found)})
    else:
        out(document_block(found, width()))


@evidence.command("embed", short_help="Encode passages, so that they are found by meaning.")
@pass_call
def embed(call: Call) -> None:
    """Encode the passages that have no vector yet, so that they are found by meaning too; and the wordings of precedents.

    Ctrl-C keeps what was encoded; the same command again goes on from there.
    """
    workbench = call.workbench()
    passages, wordings = workbench.evidence.pending(), workbench.precedents.pending()
    if not passages and not wordings:
        say("every passage is encoded")
        return
    say(f"loading the encoder for {_both(passages, wordings)}")
    load_encoder(workbench)
    with ProgressLine() as progress, stoppable() as cancelled:
        words = workbench.precedents.embed(progress=progress, cancelled=cancelled) if wordings else 0
        done = workbench.evidence.embed(progress=progress, cancelled=cancelled)
    say(f"encoded {_both(done, words)}")
    if workbench.evidence.pending() or workbench.precedents.pending():
        raise click.Abort


def _both(passages: int, wordings: int) -> str:
    said = counted(passages, "passage")
    return f"{said} and {counted(wordings, 'wording')} of judged claims and fact-checks" if wordings else said


@evidence.command("mark", short_help="Say who may see a document.")
@click.argument("key", metavar="DOCUMENT")
@click.argument("value", type=_CONFIDENTIALITY)
@pass_call
def mark(call: Call, key: str, value: Confidentiality) -> None:
    """Say who may see a document; a confidential one leaves the desk in no share from then on."""
    marked = call.workbench().evidence.set_confidentiality(key, value)
    say(f"document {marked.document.id}, “{clip(marked.document.title, 60)}”, is now {value.value}")
    if marked.warning:
        say(marked.warning)
