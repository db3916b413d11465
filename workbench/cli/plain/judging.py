"""Judging at the prompts: matches, citing, verdicts, reviews, conflicts."""

from collections.abc import Sequence

from db.vocabulary import ReviewOutcome, Role, Stance
from workbench.cli.layout import counted
from workbench.cli.plain import saying
from workbench.cli.plain.asking import GoneBack
from workbench.cli.plain.desk import PlainDesk
from workbench.cli.render import level_label
from workbench.errors import InputRefused
from workbench.matching.wording import find_quotation
from workbench.services.store_views import ConflictView
from workbench.services.views import CitationView, Match
from workbench.verdicts import Level, RatingScale, RuleState

_STANCES = {
    Stance.SUPPORTS: "supports: the passage supports the claim",
    Stance.REFUTES: "refutes: the passage speaks against the claim",
    Stance.CONTEXT: "context: the passage is context",
}
_ROLES = {
    Role.PRIMARY: "primary: a document, record, data or eyewitness",
    Role.SECONDARY: "secondary: reports what others found",
    Role.CLAIMANT: "claimant: the one who makes the claim",
    Role.EXPERT: "expert: speaks from knowledge of the field",
}


def matches(desk: PlainDesk) -> None:
    """The passages that may bear on the claim, with what differs."""
    _list(desk, "")


def search(desk: PlainDesk) -> None:
    """Passages for words of one's own."""
    _list(desk, desk.asker.need("Which words?"))


def _list(desk: PlainDesk, words: str) -> None:
    found = desk.matches(words)
    if not found.matches:
        desk.tell("Nothing in the evidence bears on this; add evidence or search in other words.")
        return
    counts = f"{counted(len(found.matches), 'passage')} from {counted(found.origins, 'origin')}, found by {found.mode}"
    desk.tell(saying.sentence(counts, found.note, "The order is a suggestion; being alike is not support"))
    for match in found.matches:
        desk.tell()
        for line in saying.match_lines(match):
            desk.tell(line)


def _match(desk: PlainDesk, verb: str) -> Match:
    found = desk.shown_matches()
    if not found:
        desk.tell("There is no match here.")
        raise GoneBack
    return desk.asker.choose(
        f"{verb} which match?",
        found,
        lambda one: saying.sentence(one.document.title or "No title", one.document.source_name, one.passage.text[:120]),
    )


def cite(desk: PlainDesk) -> None:
    """Tie words of a match to the claim."""
    claim = desk.view.claim
    match = _match(desk, "Cite")
    desk.tell(f"Passage: “{match.passage.text}”")
    stance = _stance(desk)
    role = _role(desk)
    start, end = _narrowed(desk, match.passage.text)
    note = desk.asker.ask("A note? Enter alone leaves it out.")
    made = desk.workbench.verdicts.cite(
        claim.id,
        match.document.content_hash,
        stance=stance,
        role=role,
        start=match.passage.start + start,
        end=match.passage.start + end,
        note=note,
    )
    desk.read()
    desk.tell(f"Cited, {made.stance.value}, {made.role.value}: “{made.quote}”")


def _stance(desk: PlainDesk) -> Stance:
    return desk.asker.choose(
        "What does it do to the claim?", list(_STANCES), _STANCES.__getitem__, lambda one: (one.value, one.value[0])
    )


def _role(desk: PlainDesk) -> Role:
    return desk.asker.choose(
        "What is the source for this claim?", list(_ROLES), _ROLES.__getitem__, lambda one: (one.value, one.value[0])
    )


def _narrowed(desk: PlainDesk, text: str) -> tuple[int, int]:
    """The words to cite as [start, end) of a passage's text."""
    while True:
        typed = desk.asker.ask(
            "Which words? Type them as they stand there, or their beginning, three dots, and their end. "
            "Enter alone takes the whole passage."
        )
        if not typed:
            return 0, len(text)
        found = words_in(text, typed)
        if found is not None:
            desk.tell(f"These words: “{text[found[0] : found[1]]}”")
            return found
        desk.tell("These words do not stand in the passage like that.")


def words_in(text: str, typed: str) -> tuple[int, int] | None:
    """Where typed words stand in a text, white space aside, as [start, end); `first words ... last words` spans all between."""
    first, dots, last = typed.replace("…", "...").partition("...")
    if not dots or not first.strip() or not last.strip():
        return _verbatim(text, typed)
    beginning = _verbatim(text, first)
    if beginning is None:
        return None
    ending = _verbatim(text[beginning[1] :], last)
    return None if ending is None else (beginning[0], beginning[1] + ending[1])


def _verbatim(text: str, words: str) -> tuple[int, int] | None:
    place = text.find(words.strip())
    if place >= 0:
        return place, place + len(words.strip())
    hit = find_quotation(words.strip(), text)
    if hit is not None and text[hit.span.start : hit.span.end].split() == words.split():
        return hit.span.start, hit.span.end
    return None


def dismiss(desk: PlainDesk) -> None:
    """Do not suggest a match for this claim again."""
    claim = desk.view.claim
    match = _match(desk, "Dismiss")
    reason = desk.asker.ask("Why does it not bear on the claim? Enter alone leaves it out.")
    desk.workbench.matching.dismiss(claim.id, match.document.content_hash, match.passage.start, reason)
    desk.read()
    desk.tell("Dismissed; undo brings it back.")


def citations(desk: PlainDesk) -> None:
    """Change or withdraw a citation of the claim."""
    cited = desk.view.citations
    if not cited:
        desk.tell("Nothing is cited for this claim yet.")
        return
    chosen = desk.asker.choose("Which citation?", cited, saying.citation)
    deed = desk.asker.choose(
        "What about it?",
        ("stance", "role", "words", "note", "withdraw"),
        lambda one: "withdraw it" if one == "withdraw" else f"change its {one}",
        lambda one: (one,),
    )
    _amend(desk, chosen, deed)
    desk.read()


def _amend(desk: PlainDesk, chosen: CitationView, deed: str) -> None:
    service, key = desk.workbench.verdicts, chosen.citation.id
    if deed == "withdraw":
        service.withdraw_citation(key)
        desk.tell("Withdrawn; undo brings it back.")
        return
    if deed == "stance":
        service.edit_citation(key, stance=_stance(desk))
    elif deed == "role":
        service.edit_citation(key, role=_role(desk))
    elif deed == "words":
        service.edit_citation(key, quote=desk.asker.need("The words, as they stand in the document?"))
    else:
        service.edit_citation(key, note=desk.asker.ask("The note?"))
    desk.tell("Changed.")


def _scale(desk: PlainDesk) -> RatingScale:
    service = desk.workbench.verdicts
    scales = list(service.scales().values())
    newest = max(desk.view.verdicts, key=lambda one: one.decided_at, default=None)
    usual = newest.scale if newest and newest.scale in service.scales() else service.default_scale()
    return desk.asker.choose(
        "On which scale?",
        scales,
        lambda one: f"{one.name}, {one.publisher}",
        lambda one: (one.id,),
        default=service.scales()[usual],
    )


def _level(desk: PlainDesk, levels: Sequence[Level], default: Level | None) -> Level:
    return desk.asker.choose(
        "Which level?",
        levels,
        lambda one: saying.sentence(f"{one.label}, letter {one.letter}", one.definition),
        lambda one: (one.id, one.letter, one.label),
        default=default,
    )


def verdict(desk: PlainDesk) -> None:
    """Give the claim a level of a scale, with the rationale."""
    view, service = desk.view, desk.workbench.verdicts
    chosen = _scale(desk)
    recorded = next((one for one in view.verdicts if one.scale == chosen.id), None)
    key = f"verdict:{view.claim.id}:{chosen.id}"
    values = {
        "rationale": recorded.rationale if recorded else "",
        "missing": recorded.missing if recorded else "",
        "level": recorded.level if recorded else "",
    }
    draft = desk.draft(key)
    if draft:
        desk.tell("A draft is taken up where it was left.")
        values |= {name: text for name, text in draft.items() if name in values}
    before = next((one for one in chosen.levels if one.id == values["level"]), None)
    level = _level(desk, chosen.levels, before)
    desk.keeping(key, values, "level")(level.id)
    rationale = desk.asker.text("The rationale?", values["rationale"], desk.keeping(key, values, "rationale"))
    missing = desk.asker.text(
        "What is missing, or would settle it?", values["missing"], desk.keeping(key, values, "missing")
    )
    made = service.record(
        view.claim.id,
        chosen.id,
        level.id,
        rationale=rationale,
        missing=missing,
        seen=[recorded.rid] if recorded else None,
    )
    desk.drop_draft(key)
    desk.read()
    desk.tell(f"Recorded: {level.label}, on {chosen.name}, as {made.author}.")
    for rule in service.checklist(view.claim.id, chosen.id):
        if rule.state is not RuleState.MET:
            word = "Still to do" if rule.state is RuleState.UNMET else "Not known"
            desk.tell(saying.sentence(f"{word}: {rule.text}", rule.detail))


def withdraw(desk: PlainDesk) -> None:
    """Take the claim's newest verdict back."""
    view = desk.view
    newest = max(view.verdicts, key=lambda one: one.decided_at, default=None)
    if newest is None:
        desk.tell("This claim has no verdict.")
        return
    desk.workbench.verdicts.withdraw(view.claim.id, newest.scale)
    desk.read()
    desk.tell("Withdrawn; undo brings it back, and the history keeps it.")


def review(desk: PlainDesk) -> None:
    """As a second checker, agree with a verdict or say what one would give."""
    view = desk.view
    if not view.verdicts:
        desk.tell("There is no verdict to review.")
        return
    given = desk.asker.choose(
        "Which verdict?",
        view.verdicts,
        lambda one: saying.sentence(f"{level_label(one)}, on {one.scale}, by {one.author}", one.rationale),
    )
    scale = desk.workbench.verdicts.scales().get(given.scale)
    outcome = desk.asker.choose(
        "Do you agree?", list(ReviewOutcome), lambda one: one.value, lambda one: (one.value, one.value[0])
    )
    level = ""
    if outcome is ReviewOutcome.DISAGREES and scale is not None:
        level = _level(desk, [one for one in scale.levels if one.id != given.level], None).id
    note = desk.asker.text("A note; where you disagree, say why.")
    made = desk.workbench.verdicts.review(view.claim.id, given.scale, outcome, level=level, note=note)
    desk.read()
    desk.tell(f"Recorded: {made.author} {made.outcome.value}.")


def conflicts(desk: PlainDesk) -> None:
    """Choose between decisions of different desks."""
    found = desk.workbench.verdicts.conflicts(desk.article)
    if not found:
        desk.tell("There is no conflict about this article.")
        return
    chosen: ConflictView = desk.asker.choose("Which conflict?", found, lambda one: one.title)
    choice = desk.asker.choose(
        "Which decision stands? The others stay in the history.",
        chosen.choices,
        lambda one: saying.sentence(f"{one.author}: {one.text}"),
    )
    desk.workbench.verdicts.resolve(chosen.entity, choice.rid)
    desk.read()
    desk.tell(f"Chosen as {choice.author} decided.")


def helper(desk: PlainDesk) -> None:
    """Ask the optional helper for sub-claims, after saying what would be sent and where."""
    view = desk.view
    sending = desk.workbench.helper.preview(view.claim.id)
    for warning in (*sending.warnings, *sending.refusals):
        desk.tell(f"Warning: {warning}")
    desk.tell(f"To {sending.host}, model {sending.model}: {sending.text}")
    if not desk.asker.agree("Send it all the same?" if sending.refusals else "Send it?"):
        raise InputRefused("Nothing was sent.")
    answer = desk.workbench.helper.ask(view.claim.id, insist=bool(sending.refusals))
    desk.tell(f"{answer.offered} new on offer, {answer.known} known, {len(answer.rejected)} rejected.")
