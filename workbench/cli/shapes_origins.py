"""The JSON shapes of origins: an interface that scripts rely on, so fields are only ever added."""

from workbench.cli.shapes import Shape, moment
from workbench.services.origin_views import OriginSummary, OriginView, Tie
from workbench.services.origin_words import tie_words


def origin(view: OriginView) -> Shape:
    """One origin with its chain."""
    root = view.root
    return {
        "root": root.place if root else None,
        "confidence": view.chain.confidence.value,
        "reason": view.chain.reason,
        "circular": [list(circle) for circle in view.circles],
        "documents": [
            {
                "place": item.place,
                "number": item.document.id,
                "hash": item.document.content_hash,
                "title": item.document.title,
                "source": item.source,
                "published_at": item.document.published_at,
                "ties": [tie(one) for one in item.ties],
            }
            for item in view.documents
        ],
        "related": [tie(one) for one in view.related],
        "decisions": [
            {
                "document": link.document,
                "other": link.other,
                "joined": link.joined,
                "reason": link.reason,
                "author": link.author,
                "at": moment(link.decided_at),
                "conflicted": link.conflicted,
            }
            for link in view.decisions
        ],
    }


def tie(one: Tie) -> Shape:
    """What ties a document to another one."""
    return {
        "to": one.place,
        "number": one.other.id,
        "hash": one.other.content_hash,
        "sign": one.edge.sign.value,
        "joins": one.edge.joins,
        "shared_words": one.count,
        "words": one.words,
        "text": tie_words(one),
    }


def summary(item: OriginSummary) -> Shape:
    """An origin in a list."""
    return {
        "documents": item.documents,
        "first": {"number": item.first.id, "hash": item.first.content_hash, "title": item.first.title},
        "sources": list(item.sources),
    }
