"""Working on claims at the prompts: setting aside, wording, splitting, parts, offers, what the text leaves open."""

from datetime import date

from db.vocabulary import ClaimStatus, Relation
from workbench.cli.commands.claim import located
from workbench.cli.layout import counted
from workbench.cli.plain import saying
from workbench.cli.plain.asking import GoneBack
from workbench.cli.plain.desk import PlainDesk
from workbench.cli.render_references import SOURCED
from workbench.errors import InputRefused
from workbench.services.reference_views import ReferenceView


def aside(desk: PlainDesk) -> None:
    """Put the claim aside with a reason."""
    claim = desk.view.claim
    desk.workbench.claims.set_aside(claim.id, desk.asker.need("Why need it not be checked?"))
    desk.read()
    desk.tell("Set aside; reopen takes it up again.")


def aside_rest(desk: PlainDesk) -> None:
    """Put every open claim aside that was not proposed for checking."""
    reason = desk.asker.need("Why need they not be checked?")
    count = desk.workbench.claims.set_aside_unsuggested(desk.article, reason)
    desk.read()
    desk.tell(f"Set {counted(count, 'claim')} aside; one undo brings them back.")


def reopen(desk: PlainDesk) -> None:
    """Take a claim that was set aside up again."""
    claim = desk.view.claim
    if claim.status is ClaimStatus.OPEN and not claim.withdrawn:
        desk.tell("This claim is not set aside.")
        return
    desk.workbench.claims.reopen(claim.id)
    desk.read()
    desk.tell("Open again.")


def edit(desk: PlainDesk) -> None:
    """Give the claim a wording that stands alone."""
    claim, key = desk.view.claim, f"wording:{desk.view.claim.id}"
    desk.tell(f"It reads: {claim.wording}")
    typed = desk.asker.need("The new wording? A minus restores the article's words, e opens your editor.")
    words = "" if typed == "-" else desk.asker.edit(claim.wording) if typed == "e" else typed
    changed = desk.workbench.claims.edit_wording(claim.id, words)
    desk.drop_draft(key)
    desk.read()
    desk.tell(f"It now reads: {changed.wording}")


def split(desk: PlainDesk) -> None:
    """Cut the claim in two before some of its words."""
    view = desk.view
    desk.tell(f"In the article: {view.anchor.words}")
    words = desk.asker.need("Which words begin the second half?")
    first, second = desk.workbench.claims.split(view.claim.id, located(view, words)[0])
    desk.tell(f"First: {first.wording}")
    desk.tell(f"Second: {second.wording}")
    desk.go_to(first)


def merge(desk: PlainDesk) -> None:
    """Join the sentence with the one after it."""
    desk.go_to(desk.workbench.claims.merge(desk.view.claim.id))


def part(desk: PlainDesk) -> None:
    """Add a claim inside the claim."""
    view, service = desk.view, desk.workbench.claims
    kind = desk.asker.choose(
        "What is it?",
        ("words", "implied", "presupposed"),
        {
            "words": "some of its words, to be checked by themselves",
            "implied": "what it implies without saying it",
            "presupposed": "what it takes for granted",
        }.__getitem__,
        lambda one: (one, one[0]),
    )
    if kind == "words":
        start, end = located(view, desk.asker.need("Which words of the claim?"))
        made = service.add_part(view.claim.id, start, end)
    else:
        relation = Relation.IMPLIED if kind == "implied" else Relation.PRESUPPOSED
        made = service.add_implied(view.claim.id, desk.asker.need("In your own words?"), relation)
    desk.go_to(made)


def drop(desk: PlainDesk) -> None:
    """Drop the sub-claim; its words are not offered again."""
    desk.workbench.claims.drop(desk.view.claim.id)
    desk.read()
    desk.tell("Dropped; undo brings it back.")
    desk.introduce()


def offers(desk: PlainDesk) -> None:
    """Accept, reword or drop what else the sentence says."""
    found, service, claim = desk.offers(), desk.workbench.offers, desk.view.claim
    if not found:
        desk.tell("Nothing is on offer under this sentence.")
        return
    chosen = desk.asker.choose("Which sub-claim?", found, saying.offer)
    deed = desk.asker.choose(
        "What about it?",
        ("accept", "reword", "drop"),
        {
            "accept": "accept it as a claim",
            "reword": "accept it in your own wording",
            "drop": "drop it; it is not offered again",
        }.__getitem__,
        lambda one: (one, one[0]),
    )
    if deed == "drop":
        service.drop(claim.id, [chosen.id])
        desk.read()
        desk.tell("Dropped; undo brings it back.")
        return
    wording = desk.asker.need("In which words?") if deed == "reword" else None
    made = service.accept(claim.id, [chosen.id], wording)
    desk.read()
    desk.tell(f"A claim now: {made[0].wording}")


def accept_reliable(desk: PlainDesk) -> None:
    """Make claims of all reliable sub-claims of the article."""
    made = desk.workbench.offers.accept_reliable(desk.article)
    desk.read()
    desk.tell(f"Accepted {counted(len(made), 'sub-claim')}; one undo takes them back.")


def references(desk: PlainDesk) -> None:
    """Say what pronouns, date words and the like stand for."""
    found = desk.references()
    if not found:
        desk.tell("The words of this claim leave nothing open.")
        return
    _resolve(desk, desk.asker.choose("Which words?", found, saying.reference))


_OWN, _CANNOT, _OPEN = "my own words", "it cannot be resolved", "leave it open"


def _resolve(desk: PlainDesk, one: ReferenceView) -> None:
    service, claim, resolution = desk.workbench.references, desk.view.claim, one.resolution
    options = [*one.candidates, _OWN, _CANNOT, *([_OPEN] if resolution is not None else [])]
    picked = options.index(desk.asker.choose(f"What does “{one.text}” stand for?", options, str))
    last = picked - len(one.candidates)
    if last == 2:
        service.withdraw(claim.id, one.start, one.end)
        desk.read()
        desk.tell("Left open again.")
        return
    choice = "" if last == 1 else desk.asker.need("In your own words?") if last == 0 else options[picked]
    wording = service.suggestion(claim.id, one.start, one.end, choice) if choice else None
    if wording is not None:
        desk.tell(f"The claim could read: {wording}")
        wording = wording if desk.asker.agree("Put it into the claim's wording?") else None
    seen = None if resolution is not None and resolution.conflicted else [resolution.rid] if resolution else []
    service.resolve(claim.id, one.start, one.end, choice=choice, unresolvable=not choice, wording=wording, seen=seen)
    desk.read()
    desk.tell("Recorded.")


def published(desk: PlainDesk) -> None:
    """Give the article's date of publication."""
    now = desk.desk.article.published_on
    typed = desk.asker.need(f"Published on {now or 'no known date'}. The date, such as 2026-03-17?")
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise InputRefused(f"{typed} is no date.", "Write it as in 2026-03-17.") from error
    desk.workbench.articles.edit(desk.article, published_on=day)
    desk.read()
    desk.tell(f"Published on {day.isoformat()}.")


def sourcing(desk: PlainDesk) -> None:
    """How the article sources itself."""
    found = desk.workbench.articles.sourcing(desk.article)
    for fact in found.particulars:
        desk.tell(f"{fact.name}: {fact.value if fact.present else 'missing'}")
    for by, count in found.counts.items():
        desk.tell(f"{counted(count, 'claim')} go back {SOURCED[by]}.")
    for quoted in found.quotations:
        desk.tell(f"Quotation by {quoted.by}: “{quoted.text}”")
    if not found.particulars:
        raise GoneBack
