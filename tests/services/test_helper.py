"""The optional helper: off by default, warns, refuses, and takes nothing but words of the sentence from any server."""

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

# Tests are imported one by one, without their folders; this makes the server that they share importable.
sys.path.append(str(Path(__file__).parents[1]))

from helper_server import Server, drip, reply, running

from db.identity import utc_now
from db.revisions import Actor
from db.store import Store
from db.vocabulary import Confidentiality
from workbench.app import Workbench
from workbench.errors import InputRefused
from workbench.helper import MOST_BYTES, Helper, ask, helper_of
from workbench.matching.encoder_process import EncoderProcess
from workbench.services.offers import OfferState
from workbench.settings import Settings

ARTICLE = "The Fire\n\nMayor Poe, a former baker, said that the quay burned and the port shut.\n"
MESSAGES = [{"role": "user", "content": "hello"}]


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as state:
        yield state


@pytest.fixture
def desk_with(tmp_path: Path) -> Iterator[Callable[..., Workbench]]:
    opened: list[Workbench] = []

    def open_desk(**settings: str) -> Workbench:
        store = Store.open(tmp_path / "desk.db", Actor("00000000-0000-4000-8000-000000000001", "Ada"), create=True)
        opened.append(Workbench(store, Settings(name="Ada", **settings), EncoderProcess()))  # type: ignore[arg-type]
        return opened[-1]

    yield open_desk
    for workbench in opened:
        workbench.close()


def asking(desk_with: Callable[..., Workbench], server: Server, **given: object) -> tuple[Workbench, str]:
    workbench = desk_with(helper_url=server.url, helper_model="tiny")
    article = workbench.articles.add(ARTICLE.encode(), "fire.txt", **given)
    claim = next(view.claim for view in workbench.articles.desk(article.id).claims if "Poe" in view.claim.wording)
    return workbench, claim.id


def test_it_is_off_until_somebody_sets_it_up(desk_with: Callable[..., Workbench]) -> None:
    workbench = desk_with()
    article = workbench.articles.add(ARTICLE.encode(), "fire.txt")
    key = workbench.articles.desk(article.id).claims[1].claim.id
    for use in (workbench.helper.preview, workbench.helper.ask):
        with pytest.raises(InputRefused, match="off"):
            use(key)


def test_a_preview_sends_nothing_and_says_what_would_go_where(
    desk_with: Callable[..., Workbench], server: Server
) -> None:
    workbench, key = asking(desk_with, server)
    sending = workbench.helper.preview(key)
    assert sending.text == "Mayor Poe, a former baker, said that the quay burned and the port shut."
    assert (sending.host, sending.model) == (server.url.split("/")[2], "tiny")
    assert sending.warnings
    assert server.asked == []


def test_words_of_the_sentence_are_offered_marked_and_the_invented_counted(
    desk_with: Callable[..., Workbench], server: Server
) -> None:
    workbench, key = asking(desk_with, server)
    server.claims(["Mayor Poe", "a former baker"], ["the quay sank"], ["the port shut"])
    before = workbench.sharing.info().revisions
    answer = workbench.helper.ask(key)
    assert (answer.model, len(answer.rejected), answer.offered + answer.known) == ("tiny", 1, 2)
    assert workbench.sharing.info().revisions == before, "nothing is decided by an answer"
    (sent,) = server.asked
    assert sent["model"] == "tiny"
    assert "The Fire" not in str(sent), "only the sentence is sent"
    assert server.paths == ["/v1/chat/completions"]
    assert "authorization" not in server.headers[0]
    mine = [offer for offer in workbench.offers.of_claim(key) if offer.helper]
    assert mine
    assert {offer.helper for offer in mine} == {"tiny"}
    (claim,) = workbench.offers.accept(mine[0].sentence, [mine[0].id])
    assert claim.helper == "tiny"
    workbench.claims.edit_wording(claim.id, "In other words.")
    assert workbench.claims.get(claim.id).claim.helper == "tiny"
    workbench.claims.drop(claim.id)
    workbench.helper.ask(key)
    states = {offer.id: offer.state for offer in workbench.offers.of_claim(key, every=True)}
    assert states[mine[0].id] is OfferState.DROPPED


def test_the_key_comes_from_the_variable_and_is_stored_nowhere(
    desk_with: Callable[..., Workbench], server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HELPER_KEY", "sesame-4711")
    server.content = '{"claims": []}'
    workbench = desk_with(helper_url=server.url, helper_model="tiny", helper_key="HELPER_KEY")
    article = workbench.articles.add(ARTICLE.encode(), "fire.txt")
    workbench.helper.ask(workbench.articles.desk(article.id).claims[1].claim.id)
    assert server.headers[0]["authorization"] == "Bearer sesame-4711"
    assert b"sesame" not in (tmp_path / "desk.db").read_bytes()
    monkeypatch.delenv("HELPER_KEY")
    with pytest.raises(InputRefused, match="holds no key"):
        workbench.helper.ask(workbench.articles.desk(article.id).claims[1].claim.id)
    assert len(server.asked) == 1


def test_an_embargoed_article_is_refused_unless_somebody_insists(
    desk_with: Callable[..., Workbench], server: Server
) -> None:
    workbench, key = asking(desk_with, server, published_on=utc_now().date() + timedelta(days=2))
    server.content = '{"claims": []}'
    assert "embargoed" in workbench.helper.preview(key).refusals[0]
    with pytest.raises(InputRefused, match="embargoed"):
        workbench.helper.ask(key)
    assert server.asked == []
    workbench.helper.ask(key, insist=True)
    assert len(server.asked) == 1


def test_an_article_that_repeats_a_confidential_document_is_refused(
    desk_with: Callable[..., Workbench], server: Server, tmp_path: Path
) -> None:
    workbench, key = asking(desk_with, server, published_on=date(2020, 1, 1))
    paper = tmp_path / "memo.txt"
    paper.write_text("Mayor Poe, a former baker, said that the quay burned and the port shut. Do not pass on.")
    assert workbench.helper.preview(key).refusals == ()
    workbench.evidence.add_paths([paper], confidentiality=Confidentiality.CONFIDENTIAL)
    with pytest.raises(InputRefused, match="confidential document"):
        workbench.helper.ask(key)
    assert server.asked == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda handler: reply(handler, 401, b'{"error": {"message": "key sesame"}}'), "did not accept the key"),
        (lambda handler: reply(handler, 302, Location="http://127.0.0.1:9/"), "redirects are not followed"),
        (lambda handler: reply(handler, 500, b"oops"), "answered 500"),
        (lambda handler: reply(handler, 200, b"<html>"), "OpenAI-compatible"),
        (lambda handler: reply(handler, 200, b'{"choices": []}'), "OpenAI-compatible"),
        (lambda handler: reply(handler, 200, b"\xff\xfe"), "OpenAI-compatible"),
        (lambda handler: reply(handler, 200, b"[" * 100_000), "OpenAI-compatible"),
        (lambda handler: reply(handler, 200, b'{"choices": [{"message": {"content": null}}]}'), "without words"),
        (lambda handler: reply(handler, 200, b" " * (MOST_BYTES + 1)), "more than 256 KB"),
        (lambda handler: reply(handler, 200, b"{}", Content_Encoding="gzip"), "compressed"),
        (lambda handler: handler.connection.close(), "cannot be reached"),
    ],
)
def test_a_bad_answer_is_one_plain_refusal(server: Server, answer: object, words: str) -> None:
    server.answer = answer  # type: ignore[assignment]
    with pytest.raises(InputRefused, match=words) as refusal:
        ask(Helper(server.url, "tiny", seconds=20), MESSAGES)
    assert "sesame" not in str(refusal.value)
    assert len(server.asked) == 1


def test_broken_json_in_the_answer_takes_nothing(desk_with: Callable[..., Workbench], server: Server) -> None:
    workbench, key = asking(desk_with, server)
    server.content = "Sure, here are the claims: …"
    with pytest.raises(InputRefused, match="did not answer in JSON"):
        workbench.helper.ask(key)
    assert not [offer for offer in workbench.offers.of_claim(key, every=True) if offer.helper]


def test_a_server_that_drips_is_given_up_in_time(server: Server) -> None:
    server.answer = drip(server)
    with pytest.raises(InputRefused, match=r"within 0\.3 seconds"):
        ask(Helper(server.url, "tiny", seconds=0.3), MESSAGES)


def test_nobody_waits_for_a_server_once_a_person_has_left(server: Server) -> None:
    server.answer = drip(server)
    with pytest.raises(InputRefused, match="Nobody waited"):
        ask(Helper(server.url, "tiny", seconds=60), MESSAGES, stopped=lambda: True)


def test_no_proxy_of_the_environment_is_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.content = "fine"
    assert ask(Helper(server.url, "tiny", seconds=20), MESSAGES) == "fine"


def test_nobody_there_is_said() -> None:
    with pytest.raises(InputRefused, match="cannot be reached"):
        ask(Helper("http://127.0.0.1:9/v1", "tiny", seconds=20), MESSAGES)


@pytest.mark.parametrize(
    ("url", "model", "key"),
    [
        ("http://127.0.0.1/v1", "", ""),
        ("", "tiny", ""),
        ("ftp://127.0.0.1/v1", "tiny", ""),
        ("127.0.0.1:80/v1", "tiny", ""),
        ("http:///v1", "tiny", ""),
        ("http://[::1/v1", "tiny", ""),
        ("http://host.example:99999/v1", "tiny", ""),
        ("http://me:secret@host.example/v1", "tiny", ""),
        ("http://host.example/v1?key=secret", "tiny", ""),
        ("http://host.example/v1\nX: y", "tiny", ""),
        ("http://host.example/v1", "tiny", "sk-secret"),
    ],
)
def test_settings_that_cannot_be_a_helper_are_refused_without_repeating_secrets(url: str, model: str, key: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        helper_of(url, model, key)
    assert "secret" not in str(refusal.value)


def test_what_travels_in_the_open_is_told() -> None:
    assert helper_of("http://host.example/v1", "tiny").open_to_others
    assert not helper_of("https://host.example/v1", "tiny").open_to_others
    for local in ("http://localhost:11434/v1", "http://127.0.0.1/v1", "http://[::1]:80/v1"):
        assert helper_of(local, "tiny").on_this_machine
    assert not helper_of("http://127.0.0.1.example/v1", "tiny").on_this_machine
