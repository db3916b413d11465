"""Commands that are at hand in every pane, in every list and in every long text."""

from workbench.tui.commands.model import Command, Scope

E, ROWS, TEXT = Scope.EVERYWHERE, Scope.LIST, Scope.READER

EVERYWHERE: tuple[Command, ...] = (
    Command("app.help", "Help", "Lists the keys of this pane.", "question_mark,f1", E, "Help"),
    Command(
        "app.palette", "All commands", "Finds any command by its name.", "ctrl+p", E, "Commands", "command_palette"
    ),
    Command(
        "go.articles",
        "Go to Articles",
        "The articles on this desk, with their progress.",
        "1,f2",
        E,
        "",
        "go('articles')",
    ),
    Command(
        "go.desk", "Go to the Desk", "The open article: its claims, matches and verdicts.", "2,f3", E, "", "go('desk')"
    ),
    Command(
        "go.evidence", "Go to Evidence", "The documents that claims are held against.", "3,f4", E, "", "go('evidence')"
    ),
    Command(
        "go.sources",
        "Go to Sources",
        "Who the documents come from, and what is known of them.",
        "4,f5",
        E,
        "",
        "go('sources')",
    ),
    Command(
        "go.reports",
        "Go to Reports",
        "The report on an article, to read and to export.",
        "5,f6",
        E,
        "",
        "go('reports')",
    ),
    Command("go.history", "Go to History", "Every decision, who took it and when.", "6,f7", E, "", "go('history')"),
    Command(
        "go.share",
        "Go to Share",
        "Pack, inspect and merge what desks exchange; check and back up the file.",
        "7,f8",
        E,
        "",
        "go('share')",
    ),
    Command("app.undo", "Undo", "Takes your last action back; it works after a restart too.", "u", E, "Undo"),
    Command("app.redo", "Redo", "Does again what was undone last.", "U", E),
    Command("app.back", "Back", "One level back; it never quits.", "escape", E, "", "one_back"),
    Command(
        "app.embedding", "Pause or go on embedding", "Stops or continues making passages findable by meaning.", "E", E
    ),
    Command(
        "app.offices",
        "Table of offices",
        "Who held which office when: what is shipped, and what the desk adds.",
        "O",
        E,
    ),
    Command("app.reload", "Read again", "Reads this pane again from the file.", "ctrl+l", E),
    Command("app.settings", "Settings", "Every setting with its meaning, value and origin; keys too.", "comma", E),
    Command("app.tour", "Take the tour, or leave it", "Shows round on the sample article, step by step.", "f12", E),
    Command("app.tour-next", "Next step of the tour", "Goes on without trying it.", "f9", E),
    Command("app.dark", "Theme: dark", "Light text on a dark ground.", "", E, "", "theme('workbench-dark')"),
    Command("app.light", "Theme: light", "Dark text on a light ground.", "", E, "", "theme('workbench-light')"),
    Command(
        "app.contrast", "Theme: high contrast", "White and yellow on black.", "", E, "", "theme('workbench-contrast')"
    ),
    Command(
        "app.quit", "Quit", "Leaves from the top level; in a document it only closes the document.", "q", E, "", "leave"
    ),
    Command(
        "app.quit-now", "Quit from anywhere", "Leaves at once; drafts are kept.", "ctrl+q", E, "", "quit", priority=True
    ),
    Command("list.down", "Down", "The next row.", "j,down", ROWS, "", "cursor_down"),
    Command("list.up", "Up", "The row before.", "k,up", ROWS, "", "cursor_up"),
    Command("list.top", "First", "The first row.", "g,home", ROWS, "", "cursor_top"),
    Command("list.bottom", "Last", "The last row.", "G,end", ROWS, "", "cursor_bottom"),
    Command("list.page-down", "A page down", "A screenful down.", "pagedown,ctrl+d", ROWS, "", "cursor_page_down"),
    Command("list.page-up", "A page up", "A screenful up.", "pageup,ctrl+u", ROWS, "", "cursor_page_up"),
    Command("list.open", "Open", "Opens the row.", "enter", ROWS, "", "open_row"),
    Command("reader.down", "Down", "A line down.", "j,down", TEXT, "", "line_down"),
    Command("reader.up", "Up", "A line up.", "k,up", TEXT, "", "line_up"),
    Command("reader.top", "Beginning", "To the beginning.", "g,home", TEXT, "", "text_top"),
    Command("reader.bottom", "End", "To the end.", "G,end", TEXT, "", "text_bottom"),
    Command(
        "reader.page-down", "A page down", "A screenful down.", "pagedown,ctrl+d,space", TEXT, "", "text_page_down"
    ),
    Command("reader.page-up", "A page up", "A screenful up.", "pageup,ctrl+u", TEXT, "", "text_page_up"),
    Command("reader.next", "Next hit", "The next place with the words you looked for.", "n", TEXT, "", "next_hit"),
    Command(
        "reader.previous",
        "Previous hit",
        "The place before with the words you looked for.",
        "N",
        TEXT,
        "",
        "previous_hit",
    ),
)
