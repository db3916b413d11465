"""What an article leaves open, as services hand it to the front doors."""

from dataclasses import dataclass

from db.tables import Article, Resolution


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """Words of an article at [start, end) that need something outside their sentence, and what was chosen for them.

    `number` counts from 1 in the article. `claims` are the claims whose words hold them, the whole sentence first.
    `message` says more where there is more to say, as of an office that does not fit the date. A conflict between desks
    shows as a `resolution` that is conflicted.
    """

    number: int
    start: int
    end: int
    text: str
    type: str
    candidates: tuple[str, ...]
    resolution: Resolution | None
    claims: tuple[str, ...]
    message: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody has said yet what they stand for, or desks differ on it."""
        return self.resolution is None or self.resolution.conflicted


@dataclass(frozen=True, slots=True)
class ArticleReferences:
    """What the text of an article, or one claim of it, leaves open. `undated` are the words that wait for the date."""

    article: Article
    references: tuple[ReferenceView, ...]
    undated: tuple[str, ...]
    language: str

    def of(self, claim_id: str) -> tuple[ReferenceView, ...]:
        """Those in the words of one claim."""
        return tuple(one for one in self.references if claim_id in one.claims)
