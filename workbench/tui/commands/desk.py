"""Commands of the Desk, where an article is checked."""

from workbench.tui.commands.model import Command, Scope

D = Scope.DESK

DESK: tuple[Command, ...] = (
    Command(
        "desk.cite",
        "Cite the passage",
        "Ties the passage to the claim: c, then s supports, r refutes or x context.",
        "c",
        D,
        "Cite",
    ),
    Command("desk.verdict", "Verdict", "Opens the verdict form: level, rationale, what is missing.", "v", D, "Verdict"),
    Command(
        "desk.set-aside",
        "Set aside",
        "Puts the claim aside with a reason; nothing is left in silence.",
        "x",
        D,
        "Set aside",
    ),
    Command("desk.next-open", "Next open claim", "The next claim that still asks for work.", "n", D, "Next open"),
    Command("desk.previous-open", "Previous open claim", "The claim before that still asks for work.", "N", D),
    Command(
        "desk.compare",
        "Side by side",
        "Claim and passage beside each other, with every difference.",
        "enter,space",
        D,
        "Compare",
    ),
    Command("desk.why", "Why this match", "Says why the passage was found.", "w", D, "Why"),
    Command(
        "desk.copies",
        "Copies of the passage",
        "Unfolds passages that only repeat this one, or folds them again.",
        "M",
        D,
        "",
        "fold",
    ),
    Command("desk.origin", "Where it comes from", "The chain of documents that have the passage's origin.", "W", D),
    Command("desk.filter", "Filter the claims", "Shows only claims with these words.", "slash", D, "Filter"),
    Command("desk.edit", "Edit the wording", "Gives the claim a wording that stands alone.", "e", D),
    Command("desk.split", "Split the claim", "Cuts the sentence in two at a place you choose.", "s", D),
    Command("desk.merge", "Merge with the next", "Joins the sentence with the one after it.", "m", D),
    Command(
        "desk.part",
        "Add a claim inside",
        "Adds a part of the sentence, or what it implies, as a claim of its own.",
        "p",
        D,
    ),
    Command(
        "desk.drop", "Drop the sub-claim", "Removes a claim inside a sentence; its words are not offered again.", "D", D
    ),
    Command("desk.offers", "Offered sub-claims", "What else the sentence says, to accept, reword or drop.", "a", D),
    Command(
        "desk.accept-reliable",
        "Accept what is reliable",
        "Makes claims of all reliable sub-claims of the article, as one action.",
        "A",
        D,
    ),
    Command(
        "desk.about", "About the claim", "Who said it, its kinds, why it is worth checking, its first wording.", "i", D
    ),
    Command("desk.order", "Order of the claims", "By place in the article, or the most worth checking first.", "z", D),
    Command("desk.helper", "Ask the helper", "Shows what would be sent to the optional helper, and where.", "H", D),
    Command(
        "desk.set-aside-rest",
        "Set aside what was not suggested",
        "Puts aside every open claim that was not proposed for checking, as one action.",
        "X",
        D,
    ),
    Command("desk.reopen", "Reopen", "Takes a claim that was set aside up again.", "o", D),
    Command(
        "desk.citations", "Citations of the claim", "Lists them, to change stance or role or to withdraw one.", "l", D
    ),
    Command(
        "desk.dismiss",
        "Dismiss the match",
        "Hides the passage for this claim, with a reason.",
        "d",
        D,
        "",
        "dismiss_match",
    ),
    Command(
        "desk.search", "Search in your own words", "Finds passages for words you type instead of the claim's.", "f", D
    ),
    Command(
        "desk.narrow",
        "Narrow the passages",
        "Only some sources, days, languages, or passages cited or not; the heading says what is in force.",
        "F",
        D,
    ),
    Command("desk.clear-filter", "Clear the filter", "Lets everything be found again.", "C", D),
    Command(
        "desk.match-short",
        "Match all the same",
        "Looks for passages for a claim of under eight words, which is not matched by itself.",
        "B",
        D,
    ),
    Command(
        "desk.quotation",
        "Where the quotation stands",
        "Looks for the claim’s quotation in every document, earliest first, also altered or spliced.",
        "Q",
        D,
    ),
    Command(
        "desk.dismissed", "What was dismissed", "Lists the passages dismissed for the claim, to take one back.", "L", D
    ),
    Command("desk.copy", "Copy", "Copies the citation of the passage, or the claim's wording.", "y", D),
    Command(
        "desk.conflicts", "Conflicts", "Where two desks decided differently; choose a side.", "exclamation_mark", D
    ),
    Command("desk.review", "Review the verdict", "As a second checker: agree, or say what you would give.", "R", D),
    Command(
        "desk.withdraw-verdict",
        "Withdraw the verdict",
        "Takes the claim's newest verdict back; the history keeps it.",
        "V",
        D,
    ),
    Command(
        "desk.update",
        "Bring in a changed text",
        "The article's next version; every claim is found again or marked.",
        "b",
        D,
    ),
    Command("desk.versions", "What changed", "Two versions beside each other, sentence by sentence.", "T", D),
    Command(
        "desk.confirm",
        "It still holds",
        "Says that the verdict holds for the changed text of the claim too.",
        "h",
        D,
    ),
    Command(
        "desk.place",
        "Place the claim",
        "Puts a claim whose text changed or went on words of the article.",
        "P",
        D,
    ),
    Command(
        "desk.gone", "No longer in the article", "Says, with a reason, that the text makes the claim no more.", "Z", D
    ),
    Command(
        "desk.references",
        "What the text leaves open",
        "Pronouns, “this admission”, date words, offices: pick what they stand for.",
        "r",
        D,
    ),
    Command("desk.date", "Date of the article", "Opens the date of publication, which dates “Sunday”.", "t", D),
    Command(
        "desk.sourcing", "How the article sources itself", "Byline, date, links, unnamed sources, quotations.", "S", D
    ),
    Command(
        "desk.precedents",
        "Precedents",
        "How claims like this one were judged before, by the desk and by others.",
        "I",
        D,
    ),
    Command("desk.next-pane", "Next pane", "Article, claims, matches.", "tab", D),
    Command("desk.previous-pane", "Previous pane", "Matches, claims, article.", "shift+tab", D),
)
