"""A long article stays workable: the work grows with its length, not with its square."""

from sqlalchemy import event
from sqlalchemy.engine import Engine

from workbench.app import Workbench


def statements(workbench: Workbench, sentences: int) -> tuple[int, int]:
    """SQL statements for bringing in an article of so many sentences, and for reading its Desk."""
    counted = [0]

    def count(*_: object) -> None:
        counted[0] += 1

    text = "Long\n\n" + " ".join(
        f"District {number} lost {number} percent of its income." for number in range(sentences)
    )
    event.listen(Engine, "before_cursor_execute", count)
    try:
        article = workbench.articles.add(text.encode(), "long.txt")
        added = counted[0]
        workbench.articles.desk(article.id)
        return added, counted[0] - added
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def test_statements_do_not_grow_with_the_claims(workbench: Workbench) -> None:
    short_add, short_desk = statements(workbench, 20)
    long_add, long_desk = statements(workbench, 400)
    assert long_add < short_add + 40
    assert long_desk < short_desk + 20
