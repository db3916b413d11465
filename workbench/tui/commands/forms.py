"""Commands of forms and panels."""

from workbench.tui.commands.model import Command, Scope

F, P, W, C, N, V, S, M, T, K, B, H = (
    Scope.FORM,
    Scope.PANEL,
    Scope.WORDS,
    Scope.CITE,
    Scope.PART,
    Scope.LEVELS,
    Scope.SPLIT,
    Scope.COMPARE,
    Scope.CITATIONS,
    Scope.PICK,
    Scope.OFFERS,
    Scope.HELPER,
)

FORMS: tuple[Command, ...] = (
    Command("form.save", "Save", "Records what the form says.", "f10,ctrl+r", F, "Save", "save", priority=True),
    Command("form.next", "Next field", "To the next field.", "tab", F, "Next field", "next_field"),
    Command("form.previous", "Previous field", "To the field before.", "shift+tab", F, "", "previous_field"),
    Command(
        "form.leave",
        "Leave",
        "Back without recording; what you typed is kept as a draft.",
        "escape",
        F,
        "Back",
        "leave_form",
    ),
    Command("panel.close", "Close", "Closes the panel.", "escape,q,enter", P, "Close"),
    Command(
        "words.mark", "Choose words", "Begins choosing; moving takes words in. Again: begins anew.", "space", W, "Words"
    ),
    Command("words.right", "A word right", "To the next word.", "w", W, "", "cursor_word_right"),
    Command("words.left", "A word left", "To the word before.", "b", W, "", "cursor_word_left"),
    Command("cite.supports", "Supports", "Cites the passage as support.", "s", C, "Supports", "stance('supports')"),
    Command("cite.refutes", "Refutes", "Cites the passage against the claim.", "r", C, "Refutes", "stance('refutes')"),
    Command("cite.context", "Context", "Cites the passage as context.", "x", C, "Context", "stance('context')"),
    Command("cite.primary", "Primary source", "A document, record, data or eyewitness.", "p", C, "", "role('primary')"),
    Command("cite.secondary", "Secondary source", "Reports what others found.", "d", C, "", "role('secondary')"),
    Command("cite.claimant", "The claimant", "The one who makes the claim.", "l", C, "", "role('claimant')"),
    Command("cite.expert", "Expert", "Speaks from knowledge of the field.", "e", C, "", "role('expert')"),
    Command("cite.note", "Note", "To the note, and back to the passage.", "n", C, "Note", "note"),
    Command("cite.leave", "Back", "Leaves without citing.", "escape", C, "Back", "leave_form"),
    Command(
        "part.presupposed",
        "Taken for granted",
        "Saves the wording as what the sentence takes for granted, not as what it implies.",
        "f9,ctrl+t",
        N,
        "Taken for granted",
        "presupposed",
        priority=True,
    ),
    Command("levels.next-scale", "Next scale", "The next rating scale.", "right", V, "", "next_scale"),
    Command("levels.previous-scale", "Previous scale", "The rating scale before.", "left", V, "", "previous_scale"),
    Command("split.left", "Left", "One character to the left.", "left,h", S, "", "move('left')"),
    Command("split.right", "Right", "One character to the right.", "right,l", S, "", "move('right')"),
    Command(
        "split.word-left", "A word left", "To the word before.", "ctrl+left,b,up", S, "Word left", "move('word_left')"
    ),
    Command(
        "split.word-right",
        "A word right",
        "To the next word.",
        "ctrl+right,w,down",
        S,
        "Word right",
        "move('word_right')",
    ),
    Command("split.start", "Start", "To the start of the sentence.", "home", S, "", "move('start')"),
    Command("split.end", "End", "To the end of the sentence.", "end", S, "", "move('end')"),
    Command("split.commit", "Split here", "Makes two claims.", "enter,f10,ctrl+r", S, "Split here", "save"),
    Command("split.leave", "Back", "Leaves the sentence whole.", "escape", S, "Back", "leave_form"),
    Command("versions.close", "Close", "Back to the Desk.", "escape,q,enter", Scope.VERSIONS, "Close", "close"),
    Command(
        "versions.previous", "Versions before", "The two versions before.", "left", Scope.VERSIONS, "Before", "step(-1)"
    ),
    Command("versions.next", "Versions after", "The two versions after.", "right", Scope.VERSIONS, "After", "step(1)"),
    Command("compare.close", "Close", "Back to the Desk.", "escape,q,enter", M, "Close", "close"),
    Command("compare.cite", "Cite", "Cites the passage.", "c", M, "Cite"),
    Command("compare.next", "Next match", "The next passage for this claim.", "n", M, "Next", "step(1)"),
    Command("compare.previous", "Previous match", "The passage before.", "N", M, "", "step(-1)"),
    Command("citations.supports", "Supports", "The passage supports the claim.", "s", T, "", "stance('supports')"),
    Command("citations.refutes", "Refutes", "The passage refutes the claim.", "r", T, "", "stance('refutes')"),
    Command("citations.context", "Context", "The passage is context.", "x", T, "", "stance('context')"),
    Command(
        "citations.primary", "Primary source", "The source is primary for this claim.", "p", T, "", "role('primary')"
    ),
    Command(
        "citations.secondary",
        "Secondary source",
        "The source is secondary for this claim.",
        "d",
        T,
        "",
        "role('secondary')",
    ),
    Command("citations.claimant", "The claimant", "The source makes the claim.", "l", T, "", "role('claimant')"),
    Command("citations.expert", "Expert", "The source is an expert.", "e", T, "", "role('expert')"),
    Command(
        "citations.words",
        "Words and note",
        "Narrows the cited words, or changes the note.",
        "enter",
        T,
        "Words and note",
    ),
    Command("citations.withdraw", "Withdraw", "Withdraws the citation; undo brings it back.", "W", T, "Withdraw"),
    Command("citations.close", "Close", "Back to the Desk.", "escape,q", T, "Close", "close"),
    Command(
        "offers.accept", "Accept", "Makes a claim of it; also takes back what was dropped.", "enter,a", B, "Accept"
    ),
    Command("offers.reword", "Reword and accept", "Makes a claim of it in your own wording.", "e", B, "Reword"),
    Command("offers.drop", "Drop", "Drops it for good; an accepted one goes as a claim too.", "d", B, "Drop"),
    Command("offers.every", "Show all", "Also what was accepted or dropped, or only what is on offer.", "t", B, "All"),
    Command("offers.next", "Next sentence", "The next sentence with something on offer.", "n", B, "Next", "step(1)"),
    Command(
        "offers.previous", "Previous sentence", "The sentence before with something on offer.", "N", B, "", "step(-1)"
    ),
    Command("offers.helper", "Ask the helper", "Shows what would be sent to the optional helper.", "H", B),
    Command("offers.undo", "Undo", "Takes your last action back.", "u", B),
    Command("offers.close", "Close", "Back to the Desk.", "escape,q", B, "Close", "close"),
    Command("helper.send", "Send", "Sends the sentence and nothing else.", "s", H, "Send"),
    Command(
        "helper.insist",
        "Send all the same",
        "Also where the article must not leave this machine.",
        "S",
        H,
        "",
        "insist",
    ),
    Command("helper.close", "Back", "Sends nothing, or no longer waits.", "escape,q", H, "Back", "close"),
    Command(
        "references.resolve",
        "What it stands for",
        "Picks a candidate, or takes your own words.",
        "enter",
        Scope.REFERENCES,
        "Choose",
    ),
    Command(
        "references.leave-open", "Leave it open", "Takes back what was chosen.", "W", Scope.REFERENCES, "Leave open"
    ),
    Command(
        "references.whole",
        "Claim or article",
        "Shows the whole article, or only the claim.",
        "a",
        Scope.REFERENCES,
        "All",
    ),
    Command("references.close", "Close", "Back to the Desk.", "escape,q", Scope.REFERENCES, "Close", "close"),
    Command("offices.add", "Add a term", "A term of office that the table lacks.", "a", Scope.OFFICES, "Add"),
    Command(
        "offices.correct", "Put right", "Another end, name or source for the entry.", "enter", Scope.OFFICES, "Correct"
    ),
    Command("offices.drop", "Drop", "Takes the entry out of use; undo brings it back.", "D", Scope.OFFICES, "Drop"),
    Command("offices.import", "Import", "Takes in a JSON file of offices.", "I", Scope.OFFICES, "Import"),
    Command("offices.filter", "Filter", "Shows only entries with these words.", "slash", Scope.OFFICES, "Filter"),
    Command("offices.close", "Close", "Closes the table.", "escape,q", Scope.OFFICES, "Close", "close"),
    Command("pick.close", "Back", "Leaves without choosing.", "escape", K, "Back", "close"),
)
