"""Origins in words, the same on the screen and on the command line."""

from collections.abc import Sequence

from db.tables import OriginLink
from workbench.credibility.origins import Confidence, Sign
from workbench.services.origin_views import OriginView, Tie

_LONGEST = 90


def root_line(view: OriginView) -> str:
    """Where the story probably began, and how sure that is."""
    if view.chain.confidence is Confidence.NONE:
        return f"where it began is not known: {view.chain.reason}"
    root = view.root
    place = root.place if root else 0
    sure = "probably began" if view.chain.confidence is Confidence.LIKELY else "may have begun"
    return f"{sure} with {place}: {view.chain.reason}" if len(view.documents) > 1 else "no other document has it"


def circle_line(circle: Sequence[int]) -> str:
    """That documents refer to each other."""
    named = " and ".join([", ".join(map(str, circle[:-1])), str(circle[-1])])
    return f"circular reporting: {named} each give another one of them as the source; none has it from elsewhere"


def tie_words(tie: Tie) -> str:
    """Why a document is tied to another one, with the words that they share."""
    edge = tie.edge
    to = "" if tie.place is None else f" {tie.place}"
    if edge.sign is Sign.ATTRIBUTION:
        lead = f"refers to{to}" if tie.refers else f"is referred to by{to}"
        return f"{lead}: “{_short(edge.detail)}”"
    if edge.sign is Sign.COPY and tie.count:
        return f"shares {counted_words(tie.count)}{' with' if to else ''}{to}: “{_short(tie.words)}”"
    if edge.sign is Sign.QUOTATION and tie.words:
        return f"quotes the same words{' as' if to else ''}{to}: “{_short(tie.words)}”"
    lead = f"as{to}, " if tie.place is not None else ""
    return f"{lead}{edge.sign.value}: {edge.detail}"


def counted_words(count: int) -> str:
    """`212 words`."""
    return f"{count:,} word{'' if count == 1 else 's'}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def decision_words(view: OriginView, link: OriginLink) -> str:
    """What somebody decided about two documents, and why."""
    places = {item.document.content_hash: f"document {item.document.id}" for item in view.documents}
    one, two = (places.get(key, f"document {key[:8]}") for key in (link.document, link.other))
    what = "joined to" if link.joined else "split from"
    conflict = " (desks differ, so it is not in force)" if link.conflicted else ""
    return f"{one} {what} {two}{conflict}: {link.reason} · {link.author}, {link.decided_at:%Y-%m-%d %H:%M} UTC"
