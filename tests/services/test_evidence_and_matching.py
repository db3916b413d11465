"""Bringing evidence in, and finding it again for a claim."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from db.vocabulary import Confidentiality, Role, Stance
from workbench.app import Workbench
from workbench.errors import InputRefused, NotFound
from workbench.matching.encoder import EncoderState, EncoderUnavailable
from workbench.services.views import Progress

FIRE = (
    "The fire service counted 13 people killed in the harbour fire, and 40 injured. The port stayed closed for a week."
)
COPY = "HARBOUR TOWN (Sample Wire) - " + FIRE
OTHER = (
    "Bread prices rose by four percent in spring, the statistics office of Sampleland wrote in its quarterly bulletin."
)


def rows(path: Path, *texts: Any) -> Path:
    path.write_text("".join(json.dumps(row if isinstance(row, dict) else {"text": row}) + "\n" for row in texts))
    return path


def test_a_folder_is_read_and_what_cannot_be_read_is_refused_by_name(workbench: Workbench, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "fire.txt").write_text(FIRE)
    (folder / "deep" / "bread.md").write_text(f"# Bread\n\n{OTHER}\n")
    (folder / "empty.txt").write_text("")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    (folder / ".hidden.txt").write_text("not read")
    rows(folder / "more.jsonl", COPY)
    report = workbench.evidence.add_paths([folder, tmp_path / "missing.txt"])
    assert (report.added, report.known) == (3, 0)
    assert sorted(Path(refusal.name).name for refusal in report.refused) == ["empty.txt", "missing.txt", "scan.pdf"]
    assert workbench.evidence.count() == 3


def test_the_same_evidence_again_is_known_and_skipped(workbench: Workbench, tmp_path: Path) -> None:
    file = rows(tmp_path / "e.jsonl", {"id": "a", "text": FIRE}, {"id": "b", "text": FIRE}, OTHER)
    first = workbench.evidence.import_jsonl(file)
    again = workbench.evidence.import_jsonl(file)
    assert (first.added, first.known) == (2, 1)
    assert (again.added, again.known) == (0, 3)
    assert workbench.evidence.show("a").view.document.id == workbench.evidence.show("b").view.document.id


def test_bad_rows_are_refused_by_line_and_the_rest_goes_on(workbench: Workbench, tmp_path: Path) -> None:
    file = tmp_path / "e.jsonl"
    file.write_bytes(
        b'{"text": "' + FIRE.encode() + b'"}\n{broken\n\n[1]\n{"title": "no text"}\n{"text": 7}\n\xff\xfe\n'
        b'{"text": "fine words here", "published_at": "yesterday"}\n{"text": "' + OTHER.encode() + b'"}'
    )
    report = workbench.evidence.import_jsonl(file)
    assert report.added == 2
    assert [refusal.line for refusal in report.refused] == [2, 4, 5, 6, 7, 8]


def test_a_cancelled_import_keeps_what_it_did_and_goes_on_when_run_again(workbench: Workbench, tmp_path: Path) -> None:
    file = rows(
        tmp_path / "e.jsonl", *(f"Document number {number} tells about something else." for number in range(450))
    )
    seen: list[Progress] = []
    report = workbench.evidence.import_jsonl(file, progress=seen.append, cancelled=lambda: len(seen) == 1)
    assert report.cancelled
    assert (report.added, seen[0].done, seen[0].total) == (200, 200, 450)
    rest = workbench.evidence.import_jsonl(file)
    assert (rest.added, rest.known, rest.cancelled) == (250, 200, False)


def test_an_import_that_breaks_off_leaves_whole_batches(workbench: Workbench, tmp_path: Path) -> None:
    file = rows(
        tmp_path / "e.jsonl", *(f"Document number {number} tells about something else." for number in range(450))
    )

    def stop(progress: Progress) -> None:
        if progress.done == 400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workbench.evidence.import_jsonl(file, progress=stop)
    assert workbench.evidence.count() == 400
    assert workbench.sharing.check() == []


def test_rows_come_from_a_stream_too(workbench: Workbench) -> None:
    assert workbench.evidence.import_stream(io.BytesIO(json.dumps({"text": FIRE}).encode()), "-").added == 1


def test_a_missing_file_is_refused(workbench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        workbench.evidence.import_jsonl(tmp_path / "none.jsonl")


def test_the_passages_of_a_document_join_to_its_text(workbench: Workbench) -> None:
    text = "\n\n".join(
        f"Paragraph {number} says something. " + "It goes on for a while here. " * 12 for number in range(9)
    )
    workbench.evidence.add_data(text.encode(), "long.txt")
    shown = workbench.evidence.show("1")
    assert shown.text == text
    assert len(shown.passages) > 1
    assert all(passage.locator for passage in shown.passages)


def test_documents_are_listed_filtered_and_paged(workbench: Workbench, tmp_path: Path) -> None:
    made = [
        {"text": f"Text {number} of many.", "title": f"Report {number}%", "source": "The Sample Post"}
        for number in range(7)
    ]
    workbench.evidence.import_jsonl(rows(tmp_path / "e.jsonl", *made))
    assert [view.document.title for view in workbench.evidence.list(offset=2, limit=2)] == ["Report 2%", "Report 3%"]
    assert [view.document.title for view in workbench.evidence.list(words="report 5%")] == ["Report 5%"]
    assert workbench.evidence.count("100%") == 0
    with pytest.raises(NotFound):
        workbench.evidence.show("nothing")


def test_confidentiality_can_be_decided_and_undone(workbench: Workbench) -> None:
    workbench.evidence.add_data(FIRE.encode(), "fire.txt", confidentiality=Confidentiality.INTERNAL)
    workbench.evidence.set_confidentiality("1", Confidentiality.CONFIDENTIAL)
    assert workbench.evidence.show("1").view.confidentiality is Confidentiality.CONFIDENTIAL
    workbench.history.undo()
    assert workbench.evidence.show("1").view.confidentiality is Confidentiality.INTERNAL


def test_a_match_shows_the_figure_that_differs_and_counts_copies_once(workbench: Workbench, tmp_path: Path) -> None:
    workbench.evidence.import_jsonl(
        rows(tmp_path / "e.jsonl", {"id": "f", "text": FIRE}, {"id": "c", "text": COPY}, OTHER)
    )
    found = workbench.matching.match("31 people were killed in the harbour fire, officials said", top=5)
    assert {match.external_id for match in found.matches[:2]} == {"f", "c"}
    assert any("claim 31, passage 13" in finding.message for finding in found.matches[0].findings)
    assert found.matches[0].origin == found.matches[1].origin
    assert found.origins == len(found.matches) - 1
    assert found.mode == "words"
    assert found.note == "no passage has been encoded yet"


def test_meaning_joins_in_once_passages_are_encoded_and_embedding_goes_on_where_it_was(
    workbench: Workbench, tmp_path: Path
) -> None:
    texts = [f"Sentence {number} is about topic {number}." for number in range(150)]
    workbench.evidence.import_jsonl(rows(tmp_path / "e.jsonl", *texts))
    steps: list[Progress] = []
    done = workbench.evidence.embed(progress=steps.append, cancelled=lambda: len(steps) == 1)
    assert (done, workbench.evidence.pending()) == (128, 22)
    partly = workbench.matching.match("topic 3")
    assert partly.note == "22 passages are not encoded yet"
    assert workbench.evidence.embed() == 22
    assert workbench.evidence.embed() == 0
    found = workbench.matching.match("topic 3")
    assert (found.mode, found.note) == ("words and meaning", "")
    assert all(match.signals.meaning is not None for match in found.matches)


def test_without_an_encoder_everything_works_by_words_and_says_so(words_only: Workbench) -> None:
    words_only.evidence.add_data(FIRE.encode(), "fire.txt")
    found = words_only.matching.match("the harbour fire")
    assert [match.document.title for match in found.matches]
    assert found.note == "switched off for this test"
    with pytest.raises(EncoderUnavailable):
        words_only.evidence.embed()
    assert words_only.encoder.state is EncoderState.FAILED


@pytest.mark.parametrize(
    "text", ["", "  ", '"', "* OR -", "NEAR(a b)", "title:x", "AND", "żółć 日本語", "a" * 5000, "%_"]
)
def test_any_text_can_be_looked_for(workbench: Workbench, text: str) -> None:
    workbench.evidence.add_data(FIRE.encode(), "fire.txt")
    assert workbench.matching.match(text).origins <= 1


def test_a_dismissed_passage_stays_away_from_that_claim(workbench: Workbench) -> None:
    article = workbench.articles.add(
        b"The harbour fire killed 31 people, the office said.\n\nThe port was closed.", "a.txt"
    )
    workbench.evidence.add_data(FIRE.encode(), "fire.txt")
    claim = workbench.articles.desk(article.id).claims[0]
    match = workbench.matching.match(claim).matches[0]
    workbench.matching.dismiss(claim.claim.id, match.document.content_hash, match.passage.start, "other fire")
    assert workbench.matching.match(claim).matches == ()
    assert workbench.matching.match(claim.claim.wording).matches
    workbench.history.undo()
    assert workbench.matching.match(claim).matches


def test_a_cited_passage_shows_its_stance(workbench: Workbench) -> None:
    article = workbench.articles.add(b"The harbour fire killed 31 people, the office said.\n", "a.txt")
    workbench.evidence.add_data(FIRE.encode(), "fire.txt")
    claim = workbench.articles.desk(article.id).claims[0]
    workbench.verdicts.cite(claim.claim.id, "1", stance=Stance.REFUTES, role=Role.PRIMARY)
    assert workbench.matching.match(claim).matches[0].cited is Stance.REFUTES


def test_two_passages_of_one_document_have_one_origin(workbench: Workbench) -> None:
    text = "\n\n".join(
        f"The harbour fire on pier {number} was reported late. " + f"Notes on pier {number} follow here. " * 14
        for number in range(3)
    )
    workbench.evidence.add_data(text.encode(), "fire.txt")
    found = workbench.matching.match("the harbour fire on the pier")
    assert len(found.matches) > 1
    assert found.origins == 1


def test_what_is_brought_in_again_as_confidential_is_held_so(workbench: Workbench) -> None:
    workbench.evidence.add_data(FIRE.encode(), "fire.txt")
    again = workbench.evidence.add_data(FIRE.encode(), "fire.txt", confidentiality=Confidentiality.CONFIDENTIAL)
    assert (again.added, again.known, again.tightened) == (0, 1, 1)
    assert workbench.evidence.show("1").view.confidentiality is Confidentiality.CONFIDENTIAL
    looser = workbench.evidence.add_data(FIRE.encode(), "fire.txt", confidentiality=Confidentiality.INTERNAL)
    assert looser.tightened == 0
    assert workbench.evidence.show("1").view.confidentiality is Confidentiality.CONFIDENTIAL


def test_a_given_source_is_for_documents_that_name_none(workbench: Workbench, tmp_path: Path) -> None:
    file = rows(tmp_path / "e.jsonl", {"text": FIRE, "source": "The Sample Post"}, OTHER)
    workbench.evidence.import_jsonl(file, source_name="Our archive")
    assert [view.document.source_name for view in workbench.evidence.list()] == ["The Sample Post", "Our archive"]


def test_what_intake_had_to_guess_is_told(workbench: Workbench) -> None:
    report = workbench.evidence.add_data(
        "Die Brücke über den Fluß ist geöffnet, sagt die Behörde.".encode("latin-1"), "b.txt"
    )
    assert report.added == 1
    assert report.warnings[0].name == "b.txt"
