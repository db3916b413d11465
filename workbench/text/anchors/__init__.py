"""Anchors: how a claim keeps its place in an article whose text is edited while it is being checked.

The two selectors of the W3C Web Annotation Data Model, a position and a quotation with its surroundings, and the
finding of the place again. A sentence that was deleted is reported as such; it never moves to a look-alike.
"""

from typing import TYPE_CHECKING

from workbench.ondemand import on_demand
from workbench.text.anchors.model import Anchor, AnchorState, How, Resolved, anchor, from_selectors, to_selectors
from workbench.text.anchors.places import Edition, Place, Standing
from workbench.text.folding import same_words, words_of

if TYPE_CHECKING:
    from workbench.text.anchors.many import resolve_all
    from workbench.text.anchors.placing import place_all
    from workbench.text.anchors.resolving import resolve
else:
    __getattr__ = on_demand(
        __name__,
        {
            "resolve_all": "many",
            "place_all": "placing",
            "resolve": "resolving",
        },
    )

__all__ = [
    "Anchor",
    "AnchorState",
    "Edition",
    "How",
    "Place",
    "Resolved",
    "Standing",
    "anchor",
    "from_selectors",
    "place_all",
    "resolve",
    "resolve_all",
    "same_words",
    "to_selectors",
    "words_of",
]
