"""Splitting a file without a database: what `workbench split` and the first step of bringing in an article share."""

from workbench.intake import IncomingArticle
from workbench.intake.articles import read_article_file
from workbench.splitting import SplitResult, split


def split_file(data: bytes, name: str, media_type: str | None = None) -> tuple[IncomingArticle, SplitResult]:
    """Read and split an article without a database. Raises InputRefused."""
    incoming = read_article_file(data, name, media_type)
    result = split(incoming.text, language=incoming.language, blocks=incoming.blocks, published=incoming.published)
    return incoming, result
