"""A wording that says what a reference stands for: a suggestion to confirm, the words of the article stay as they are."""

import re

_REPLACED = frozenset({"pronoun", "possessive"})


def with_choice(wording: str, words: str, kind: str, choice: str, language: str = "en") -> str | None:
    """`wording` with the reference `words` made plain by `choice`; None where the words are not in it.

    A pronoun gives way to the choice and an English possessive to its genitive; any other words stay, with the choice in
    brackets after them. The first place where the words stand alone is taken.
    """
    chosen = " ".join(choice.split())
    place = re.search(rf"(?<![\w'’-]){re.escape(words)}(?![\w-])", wording, re.IGNORECASE)
    if place is None or not chosen:
        return None
    english = language == "en"
    if kind == "possessive" and english:
        said = chosen + ("’" if chosen.endswith("s") else "’s")
    elif kind in _REPLACED and (english or kind == "pronoun"):
        said = chosen
    else:
        said = f"{place.group()} ({chosen})"
    if not wording[: place.start()].strip(" “\"'(["):
        said = said[:1].upper() + said[1:]
    return wording[: place.start()] + said + wording[place.end() :]
