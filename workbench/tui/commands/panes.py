"""Commands of the other panes."""

from workbench.tui.commands.model import Command, Scope

A, E, ONE, S, R, H, X = (
    Scope.ARTICLES,
    Scope.EVIDENCE,
    Scope.DOCUMENT,
    Scope.SOURCES,
    Scope.REPORTS,
    Scope.HISTORY,
    Scope.SHARE,
)

PANES: tuple[Command, ...] = (
    Command("articles.open", "Open on the Desk", "Takes the article up where you left it.", "enter", A, "Open"),
    Command("articles.add", "Add an article", "From a file, or from text that you paste.", "a", A, "Add"),
    Command("articles.sample", "Try the sample article", "A fictional article with its evidence, to learn on.", "t", A),
    Command("articles.edit", "Edit the description", "Title, byline, outlet, address and date.", "e", A, "Edit"),
    Command("articles.update", "Bring in a changed text", "Becomes the article's next version.", "c", A),
    Command(
        "articles.withdraw",
        "Take off the desk",
        "Withdraws the article and all that was decided; undo brings it back.",
        "W",
        A,
    ),
    Command(
        "articles.sourcing",
        "How the article sources itself",
        "Byline, date, links, unnamed sources, quotations.",
        "S",
        A,
    ),
    Command("articles.merge", "Merge a shared database", "Takes in what another desk packed.", "M", A),
    Command("articles.filter", "Filter the articles", "Shows only articles with these words.", "slash", A, "Filter"),
    Command(
        "evidence.open", "Read the document", "Its passages, its source, and where it is cited.", "enter", E, "Read"
    ),
    Command("evidence.add", "Add evidence", "Files, a folder, a web address or a text that you paste.", "a", E, "Add"),
    Command("evidence.filter", "Find documents", "Shows only documents with these words.", "slash", E, "Find"),
    Command("evidence.cancel", "Stop the import", "Stops between two batches; what came in stays.", "escape", E),
    Command(
        "evidence.mark", "Who may see it", "Public, internal, or confidential: never in a share.", "b", E, "Who may see"
    ),
    Command("evidence.copy", "Copy the reference", "Copies title, source, date and address.", "y", E),
    Command("document.find", "Find in the text", "Looks for words in this document.", "slash", ONE, "Find"),
    Command(
        "document.mark",
        "Who may see it",
        "Public, internal, or confidential: never in a share.",
        "b",
        ONE,
        "Who may see",
    ),
    Command(
        "document.origin", "Where it comes from", "The chain of documents that have its origin.", "W", ONE, "Origin"
    ),
    Command(
        "document.original",
        "Save the original",
        "Writes the file or page that the document came from to a file that you name.",
        "x",
        ONE,
        "Original",
    ),
    Command("document.copy", "Copy the reference", "Copies title, source, date and address.", "y", ONE, "Copy"),
    Command("document.close", "Back to the list", "Closes the document.", "escape,q", ONE, "Back"),
    Command(
        "sources.open",
        "Read the profile",
        "Criteria with their evidence, ratings by others, documents.",
        "enter",
        S,
        "Read",
    ),
    Command("sources.add", "Add a source", "An outlet, agency, institution or person.", "a", S, "Add"),
    Command("sources.edit", "Edit the source", "Name, domains, other names, owner, note.", "e", S),
    Command(
        "sources.assess",
        "Assess a criterion",
        "What you found, with the evidence; without evidence it is unknown.",
        "A",
        S,
        "Assess",
    ),
    Command(
        "sources.attest", "Add a rating by others", "In the rater's own scale, with where it was taken from.", "T", S
    ),
    Command("sources.withdraw", "Withdraw the source", "Undo brings it back.", "W", S),
    Command("sources.import", "Import sources", "A JSON file of sources with their profiles.", "I", S),
    Command("sources.filter", "Filter the sources", "Shows only sources with these words.", "slash", S, "Filter"),
    Command("sources.next-pane", "Other pane", "List or profile.", "tab,shift+tab", S),
    Command("reports.choose", "Choose the article", "Which article the report is on.", "a", R, "Article"),
    Command("reports.export", "Export", "As Markdown, HTML or JSON, to a file you name.", "x", R, "Export"),
    Command("reports.find", "Find in the report", "Looks for words in the report.", "slash", R, "Find"),
    Command("reports.copy", "Copy the report", "Copies the Markdown.", "y", R, "Copy"),
    Command("history.entity", "What this touched", "The earlier states of what the step changed.", "enter", H, "Open"),
    Command(
        "share.pack",
        "Pack a share",
        "Writes a file for another desk; confidential documents stay here.",
        "p",
        X,
        "Pack",
    ),
    Command(
        "share.inspect",
        "Inspect a share",
        "Says what a file from another desk holds; nothing is written.",
        "i",
        X,
        "Inspect",
    ),
    Command("share.merge", "Merge a share", "Shows what would change, then takes it in.", "m", X, "Merge"),
    Command(
        "share.conflicts", "Conflicts", "Where two desks decided differently; choose a side.", "exclamation_mark", X
    ),
    Command("share.backup", "Back up the file", "Writes a copy of this database.", "b", X, "Back up"),
    Command("share.check", "Check the file", "Looks for damage and disagreement in this database.", "C", X),
)
