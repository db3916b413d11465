"""The table of what one can do at the prompt, and the loop that asks for it."""

from collections.abc import Callable
from dataclasses import dataclass

from db.errors import StoreError
from workbench.cli.plain import judging, saying, wording
from workbench.cli.plain.asking import GoneBack, InputEnded
from workbench.cli.plain.desk import PlainDesk
from workbench.errors import ExitCode, WorkbenchError
from workbench.services.views import OPEN, WORDS, Order


@dataclass(frozen=True, slots=True)
class Deed:
    """Something one can do: its word, the letter that the Desk has for it, what it does."""

    word: str
    letter: str
    title: str
    do: Callable[[PlainDesk], None]


def _show(desk: PlainDesk) -> None:
    desk.introduce()
    for line in (*saying.around(desk.view, desk.desk), *saying.why(desk.view)):
        desk.tell(line)
    for one in desk.references():
        desk.tell(f"Left open: {saying.reference(one)}" if one.open else f"Resolved: {saying.reference(one)}")
    for item in desk.offers():
        desk.tell(f"On offer: {saying.offer(item)}")


def _listed(desk: PlainDesk) -> None:
    for view in desk.claims:
        under = "sub-claim, " if view.depth else ""
        desk.tell(f"{view.number}. {under}{WORDS[view.status]}: {view.claim.wording}")


def _goto(desk: PlainDesk) -> None:
    typed = desk.asker.need("Which number?")
    if not typed.isdecimal() or len(typed) > 9:
        desk.tell(f"{typed} is no number.")
        raise GoneBack
    desk.go(int(typed))


def _undo(desk: PlainDesk) -> None:
    desk.tell(f"Undone: {desk.workbench.history.undo()}.")
    desk.read()


def _redo(desk: PlainDesk) -> None:
    desk.tell(f"Done again: {desk.workbench.history.redo()}.")
    desk.read()


def _order(desk: PlainDesk) -> None:
    by_place = desk.order is Order.CHECKWORTHINESS
    desk.order = Order.POSITION if by_place else Order.CHECKWORTHINESS
    desk.tell("In the order of the article." if by_place else "Most worth checking first.")


def _help(desk: PlainDesk) -> None:
    desk.tell("Type a number, a word or a letter, then Enter. Letters are those of the Desk; capitals count.")
    for number, deed in enumerate(DEEDS, 1):
        desk.tell(f"{number}. {deed.word}, {deed.letter}: {deed.title}")
    desk.tell("quit, q: Leave. Everything is saved as it is done; end of input leaves too.")


DEEDS: tuple[Deed, ...] = (
    Deed("show", "i", "the claim with its context, its kinds, what is left open and what is on offer", _show),
    Deed("matches", "w", "passages that may bear on it, with what differs", judging.matches),
    Deed("cite", "c", "tie words of a match to the claim", judging.cite),
    Deed("verdict", "v", "level, rationale, what is missing", judging.verdict),
    Deed("aside", "x", "put the claim aside with a reason", wording.aside),
    Deed("next", "j", "the next claim", lambda desk: desk.move(1)),
    Deed("previous", "k", "the claim before", lambda desk: desk.move(-1)),
    Deed("open", "n", "the next claim that still asks for work", lambda desk: desk.next_open()),
    Deed("back", "N", "the claim before that still asks for work", lambda desk: desk.next_open(-1)),
    Deed("goto", "g", "a claim by its number", _goto),
    Deed("list", "L", "all claims with their states", _listed),
    Deed("references", "r", "what the text leaves open", wording.references),
    Deed("offers", "a", "sub-claims on offer", wording.offers),
    Deed("edit", "e", "another wording", wording.edit),
    Deed("split", "s", "cut the claim in two", wording.split),
    Deed("merge", "m", "join it with the sentence after it", wording.merge),
    Deed("part", "p", "add a claim inside it", wording.part),
    Deed("drop", "D", "drop the sub-claim", wording.drop),
    Deed("citations", "l", "change or withdraw a citation", judging.citations),
    Deed("dismiss", "d", "do not suggest a match again", judging.dismiss),
    Deed("search", "f", "passages for words of your own", judging.search),
    Deed("reopen", "o", "take up a claim that was set aside", wording.reopen),
    Deed("withdraw", "V", "take the newest verdict back", judging.withdraw),
    Deed("review", "R", "agree or disagree as a second checker", judging.review),
    Deed("conflicts", "!", "choose between decisions of different desks", judging.conflicts),
    Deed("aside-rest", "X", "put aside what was not proposed for checking", wording.aside_rest),
    Deed("accept-reliable", "A", "make claims of all reliable sub-claims", wording.accept_reliable),
    Deed("date", "t", "the article's date of publication", wording.published),
    Deed("sourcing", "S", "how the article sources itself", wording.sourcing),
    Deed("order", "z", "by place, or most worth checking first", _order),
    Deed("helper", "H", "ask the optional helper", judging.helper),
    Deed("undo", "u", "take your last action back", _undo),
    Deed("redo", "U", "do again what was undone", _redo),
    Deed("help", "?", "this list", _help),
)


def named(typed: str) -> Deed | None:
    """The deed that a number, a letter, a word or the beginning of one word names."""
    if typed.isdecimal():
        return DEEDS[int(typed) - 1] if len(typed) < 4 and 1 <= int(typed) <= len(DEEDS) else None
    exact = [deed for deed in DEEDS if typed == deed.letter or typed.casefold() == deed.word]
    begun = [deed for deed in DEEDS if len(typed) > 1 and deed.word.startswith(typed.casefold())]
    found = exact or begun
    return found[0] if len(found) == 1 else None


def run(desk: PlainDesk) -> int:
    """Ask until one leaves; returns the exit code."""
    desk.tell(f"{desk.desk.article.title}.")
    desk.tell(saying.progress(desk.desk, sum(view.status in OPEN for view in desk.desk.claims)))
    desk.tell("Everything you do is saved at once. help lists what you can do, quit leaves.")
    try:
        desk.introduce()
        while True:
            desk.tell()
            typed = desk.asker.ask(f"Claim {desk.view.number}. What now?")
            if typed in ("q", "quit", "exit"):
                desk.tell("Left. Everything is saved.")
                return int(ExitCode.DONE)
            if typed:
                _do(desk, typed)
    except (InputEnded, GoneBack):
        desk.tell("Left. Everything is saved.")
        return int(ExitCode.DONE)


def _do(desk: PlainDesk, typed: str) -> None:
    deed = named(typed)
    if deed is None:
        desk.tell(f"There is no {typed} here. help lists what you can do.")
        return
    try:
        deed.do(desk)
    except GoneBack:
        desk.tell("Nothing was recorded.")
    except KeyboardInterrupt:
        desk.tell("Stopped. Nothing was recorded; what you typed of a verdict is kept as a draft.")
    except (WorkbenchError, StoreError) as error:
        desk.tell(f"Not done. {error.message} {error.hint}")
        desk.read()
