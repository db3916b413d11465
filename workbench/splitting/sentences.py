"""Sentence boundaries inside one block, by rules with exact offsets. Everything here reads folded text.

The rules run once over the candidates (terminal punctuation followed by white space), so the time is linear in
the text whatever it holds.
"""

import re

from workbench.splitting.lexicon import Lexicon

# Terminal marks with spaced dots ("said. . . ."), then the quotes, brackets and footnote numbers that close with them.
_CANDIDATE = re.compile(
    r"(?P<marks>[.!?…]++(?:\ \.(?!\w))*+)(?P<closers>[\"')\]}]*+(?:\[\d{1,3}\])*+)(?=\s|\Z)"
    r"|(?P<wide>[。！？।؟]++[\"')\]」』”]*+)"
)
_NEXT = re.compile(r"\s*+(?P<openers>[\"'(\[{¿¡*_\-…. ©]*+)(?P<word>\w[\w'.-]*+)?")
_PREVIOUS_WORD = re.compile(r"[^\s\"'(\[{]*\Z")
_INNER_DOTS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_ENUMERATOR = re.compile(r"[•‣⁃◦▪●]?\s*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\.?\)?\Z")
_WORDS = re.compile(r"\S+")
# A source given after the full stop or the quotation belongs to it: "…" (Smith 55).  "…" - Jane Doe
_CITATION = re.compile(r"\s\((?:[^\W\d_][\w .,&'-]{0,60}[ ,])?\d{1,4}(?:-\d{1,4})?[a-z]?\)\.?(?=\s|\Z)")
_SIGNED = re.compile(r"\s--? ?(?:[A-Z][\w.'-]*+,? ?){1,6}\Z")
_NAME_AND_VERB = re.compile(r"\s+(?:[A-Z][\w.'-]*\s+){1,4}?(?P<verb>[a-z]+)\b")
_ADDRESS = re.compile(r"https?:|www\.")
_LONGEST_WORD = 60
_FEWEST_WORDS_BEFORE_TITLE = 5
_CLOSING = "”’»"


def sentence_spans(text: str, folded: str, start: int, end: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Trimmed spans of the sentences in [start, end), in order; together they cover all but white space.

    `folded` is `text` folded (workbench.text.fold); only the direction of curly quotes is read from `text`.
    """
    spans: list[tuple[int, int]] = []
    sentence = start
    for found in _CANDIDATE.finditer(folded, start, end):
        if found.end() <= sentence:
            continue
        stop = _stop(text, folded, found, sentence, end, lexicon)
        if stop is None or stop >= end:
            continue
        spans.append((sentence, stop))
        sentence = stop
        while sentence < end and folded[sentence].isspace():
            sentence += 1
    if sentence < end:
        spans.append((sentence, end))
    return spans


def _stop(text: str, folded: str, found: re.Match[str], sentence: int, end: int, lexicon: Lexicon) -> int | None:
    """Where the sentence stops, or None when the candidate does not end one."""
    if found.group("wide"):
        return found.end()
    stop = found.end()
    # A closing curly quote set off by a space still belongs to what it closes.
    if (
        stop + 1 < end
        and text[stop + 1] in _CLOSING
        and folded[stop] == " "
        and (stop + 2 >= end or folded[stop + 2].isspace())
    ):
        stop += 2
    cited = _CITATION.match(folded, stop, end)
    if cited:
        stop = cited.end()
    if _SIGNED.match(folded, stop, end):
        return None
    following = _NEXT.match(folded, stop, end)
    word = (following.group("word") or "") if following else ""
    openers = (following.group("openers") or "") if following else ""
    if not word or not _may_open(word, openers):
        return None
    marks = found.group("marks")
    before = folded[max(sentence, found.start() - _LONGEST_WORD) : found.start()]
    if marks.strip(". …") == "":
        return _after_dots(folded, found, sentence, stop, word, before, lexicon)
    if found.group("closers") and _reports(folded, stop, end, word, lexicon):
        return None
    previous = _previous(before).lower()
    if not found.group("closers") and previous in lexicon.exclaimed_names and word.lower() not in lexicon.openers:
        return None
    return stop


def _may_open(word: str, openers: str) -> bool:
    first = word[0]
    if not first.islower():
        return True
    # iPhone, wikiHow: a capital inside the word makes it a name.
    if any(letter.isupper() for letter in word):
        return True
    return "¿" in openers or "¡" in openers or ("(" in openers and _ADDRESS.match(word) is not None)


def _previous(before: str) -> str:
    found = _PREVIOUS_WORD.search(before)
    return found.group() if found else ""


def _after_dots(
    folded: str, found: re.Match[str], sentence: int, stop: int, word: str, before: str, lexicon: Lexicon
) -> int | None:
    marks, closers = found.group("marks"), found.group("closers")
    opens = word.lower().rstrip(".") in lexicon.openers or word.split("'", maxsplit=1)[0].lower() in lexicon.openers
    if len(marks) > 1 or "…" in marks:
        return _after_ellipsis(folded, found, sentence, stop, word)
    if closers and not closers.startswith((")", "]")):
        return stop
    previous = _previous(before).rstrip()
    bare = previous.lower().rstrip(".")
    return (
        stop if _full_stop_ends(folded, found.start(), sentence, previous, bare, word, lexicon, opens=opens) else None
    )


def _after_ellipsis(folded: str, found: re.Match[str], sentence: int, stop: int, word: str) -> int | None:
    marks = found.group("marks")
    if marks.startswith(". . . .") and found.start() > sentence and not folded[found.start() - 1].isspace():
        return found.start() + 1
    if found.start() == sentence:
        return None
    if marks.count(".") == 3 or marks == "…":
        return stop if word.split("'", maxsplit=1)[0] != "I" or found.group("closers") else None
    return stop


def _full_stop_ends(
    folded: str, at: int, sentence: int, previous: str, bare: str, word: str, lexicon: Lexicon, *, opens: bool
) -> bool:
    """Whether a single full stop after `previous` ends a sentence, given the `word` that follows."""
    if _ENUMERATOR.match(folded[sentence:at]) if at - sentence < 8 else False:
        return False
    if not previous:
        return True
    if bare in lexicon.numbered:
        return not word[0].isdigit() and (bare in lexicon.words("abbreviations", "also_words") or opens)
    if bare in lexicon.never_end:
        return False
    if bare in lexicon.times:
        return opens or (
            _is_title(word, lexicon) and _words_between(folded, sentence, at) >= _FEWEST_WORDS_BEFORE_TITLE
        )
    if bare in lexicon.sometimes_end or _INNER_DOTS.search(previous):
        return opens and not (word[0].isdigit() and bare in lexicon.months)
    if len(previous) == 1 and previous.isalpha() and previous.isupper():
        # Another initial goes on with the name: "S. A.", "W. A. Poe".
        return opens and not (len(word) == 2 and word.endswith("."))
    return True


def _is_title(word: str, lexicon: Lexicon) -> bool:
    return word.lower().rstrip(".") in lexicon.never_end


def _words_between(folded: str, start: int, end: int) -> int:
    return len(_WORDS.findall(folded[max(start, end - 400) : end]))


def _reports(folded: str, stop: int, end: int, word: str, lexicon: Lexicon) -> bool:
    """Whether a name with a reporting verb follows a quoted question or exclamation ("Why?" Smith asked.)."""
    if word.lower() in lexicon.openers:
        return False
    found = _NAME_AND_VERB.match(folded, stop, min(end, stop + 120))
    return bool(found and found.group("verb") in lexicon.reporting)
