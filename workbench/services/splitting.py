"""Splitting a file without a database: what `workbench split` and the first step of bringing in an article share."""

from workbench import splitting
from workbench.intake import IncomingArticle
from workbench.splitting import SplitResult


def split_file(data: bytes, name: str, media_type: str | None = None) -> tuple[IncomingArticle, SplitResult]:
    """Read and split an article without a database. Raises InputRefused."""
    from workbench.intake.articles import read_article_file

    incoming = read_article_file(data, name, media_type)
    result = splitting.split(
        incoming.text, language=incoming.language, blocks=incoming.blocks, published=incoming.published
    )
    return incoming, result
