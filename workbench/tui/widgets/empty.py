"""What an empty pane says: what belongs there, and the keys that fill it."""

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static


class Doors(Static):
    """A sentence and a few keys. `doors` are (key, what it does, action)."""

    DEFAULT_CSS = """
    Doors { height: 1fr; content-align: center middle; text-align: left; background: $background; }
    """

    def __init__(self, sentence: str, doors: Sequence[tuple[str, str, str]], *, identifier: str) -> None:
        super().__init__(markup=False, id=identifier)
        self.auto_links = False
        lines = [Content.styled(sentence, "bold"), Content("")]
        for key, words, action in doors:
            door = Content.assemble((f"  {key}  ", "$footer-key-foreground bold"), words)
            lines.append(door.stylize(Style.from_meta({"@click": action})))
        self.update(Content("\n").join(lines))
