"""What became of a claim's words in the latest version of its article."""

from dataclasses import dataclass

from workbench.text.anchors import Anchor, AnchorState, same_words


@dataclass(frozen=True, slots=True)
class Anchored:
    """What became of a claim in the latest version of its article.

    `made_in` is the number of the version it was made in (0 where that was withdrawn), `made_words` what it stood on
    there. `quote` is where it stands, or for an orphan where it last stood, in the version `last_in`. `placed_by` is
    the person who placed it or, with the reason, declared it gone; empty where it was found by the words.
    """

    state: AnchorState
    made_in: int
    made_start: int
    made_end: int
    made_words: str
    last_in: int
    quote: Anchor | None
    placed_by: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """The article's words that it stands on, or last stood on."""
        return self.quote.exact if self.quote else self.made_words

    @property
    def last_start(self) -> int:
        """Where those words begin."""
        return self.quote.start if self.quote else self.made_start

    @property
    def orphan(self) -> bool:
        """Whether it is not in the latest version."""
        return self.state is AnchorState.ORPHAN

    @property
    def changed(self) -> bool:
        """Whether its words are not those it was made on."""
        return not same_words(self.words, self.made_words)
