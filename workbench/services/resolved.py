"""What people chose for words of a text, in its latest version too."""

from sqlmodel import Session

from db import references
from db.tables import Claim, Resolution
from workbench.services.placing import Placed


def holds(claim: Claim, one: Resolution) -> bool:
    """Whether the words that were resolved are among those that carry the claim."""
    return claim.version_id == one.version_id and in_fragments(claim, one.start, one.end)


def in_fragments(claim: Claim, start: int, end: int) -> bool:
    """Whether the stretch [start, end) of the version lies in the words that carry the claim."""
    return any(first <= start and end <= last for first, last in claim.fragments)


def carried_resolutions(session: Session, places: Placed) -> list[Resolution]:
    """The resolutions of an article, as copies with their place in its latest version.

    One that was made in an earlier version goes along where its words stand once in the sentence that it is about; what was
    chosen in the latest version goes before it. One whose words are gone is left to the history.
    """
    latest = places.version
    every = references.resolutions(session, [version.id for version in places.versions])
    found = {(one.start, one.end): one for one in every if one.version_id == latest.id}
    claims = {claim.id: claim for claim in places.claims}
    order = {version.id: number for number, version in enumerate(places.versions)}
    for one in sorted(every, key=lambda one: (-order[one.version_id], one.id)):
        claim = claims.get(one.claim_id)
        if one.version_id == latest.id or claim is None or places.anchors[claim.id].orphan:
            continue
        words = latest.text[claim.start : claim.end]
        if words.count(one.text) == 1:
            start = claim.start + words.index(one.text)
            values = {name: getattr(one, name) for name in Resolution.model_fields}
            place = {"version_id": latest.id, "start": start, "end": start + len(one.text)}
            found.setdefault((start, start + len(one.text)), Resolution(**values | place))
    return [found[place] for place in sorted(found)]
