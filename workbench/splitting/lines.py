"""What one line looks like: a date, a byline, a caption, boilerplate, a heading. All on folded text."""

import re
from functools import cache

from workbench.splitting.lexicon import Lexicon

_TOKEN = re.compile(r"[^\W\d_]+(?:[.'][^\W\d_]+)*|\d+")
_ISO_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_WORD = re.compile(r"\w[\w'.&-]*")
_TRAILING_MARKS = "\"')]*_ "
_HEADING_WORDS, _HEADING_LENGTH = 14, 110
_TITLE_WORDS, _TITLE_LENGTH = 32, 220
_BOILERPLATE_WORDS, _ANYWHERE_WORDS = 30, 14
_CREDIT_LENGTH = 80
_FEWEST_CELLS = 3
_ADDRESS_OR_TAG = re.compile(r"://|(?<!\S)[@#]\w")


@cache
def date_tokens(lexicon: Lexicon) -> frozenset[str]:
    """Every word that may stand in a line which is only a date."""
    return lexicon.months | lexicon.weekdays | lexicon.words("blocks", "date_words")


def is_dateline(line: str, lexicon: Lexicon) -> bool:
    """Whether the line holds nothing but a date, perhaps with a time and "Published" or "Updated"."""
    if len(line) > 120:
        return False
    tokens = [token.lower() for token in _TOKEN.findall(line)]
    if not tokens or not all(token.isdigit() or token in date_tokens(lexicon) for token in tokens):
        return False
    has_month = any(token in lexicon.months for token in tokens)
    return bool(_ISO_DATE.search(line)) or (has_month and any(token.isdigit() for token in tokens))


def is_byline(line: str, lexicon: Lexicon) -> bool:
    """Whether the line is "By Jane Doe", perhaps with a second name, an agency or a date after it."""
    lowered = line.lower()
    lead = next((b for b in lexicon.phrases("blocks", "bylines") if lowered.startswith((b + " ", b + ": "))), None)
    if (
        lead is None
        or len(line) > 120
        or (line.rstrip().endswith((".", "!", "?")) and not line.rstrip().endswith("Jr."))
    ):
        return False
    words = _WORD.findall(line[len(lead) :])
    joiners = lexicon.words("blocks", "byline_joiners")
    return 0 < len(words) <= 14 and words[0][0].isupper() and all(not w[0].islower() or w in joiners for w in words)


def is_caption(line: str, lexicon: Lexicon) -> bool:
    """Whether the line is a picture's caption or credit."""
    lowered = line.lower()
    label, colon, _ = lowered.partition(":")
    if colon and label.strip("([ ") in lexicon.phrases("blocks", "captions"):
        return True
    if len(line) < _CREDIT_LENGTH and lowered.lstrip("([ ").startswith(lexicon.phrases("blocks", "credit_leads")):
        return True
    return len(line) < 300 and any(credit in lowered[-60:] for credit in lexicon.phrases("blocks", "credits"))


def is_boilerplate(line: str, lexicon: Lexicon) -> bool:
    """Whether a short line belongs to the page and not to the article."""
    lowered = line.lower().lstrip("*[(-> ")
    if lowered.count(" ") >= _BOILERPLATE_WORDS:
        return False
    if any(lowered.startswith(phrase) for phrase in lexicon.phrases("blocks", "boilerplate")):
        return True
    short = lowered.count(" ") < _ANYWHERE_WORDS
    first = lowered.split(". ", maxsplit=1)[0]
    return short and any(phrase in first for phrase in lexicon.phrases("blocks", "boilerplate_anywhere"))


def is_table_row(line: str) -> bool:
    """Whether the line holds three or more cells parted by bars or tabs."""
    return any(line.strip(f"{mark} ").count(mark) >= _FEWEST_CELLS - 1 for mark in "|\t")


def _title_cased(words: list[str]) -> bool:
    long_words = [word for word in words if len(word) > 3 and not word.isdigit()]
    if len(words) > 1 and all(not any(c.islower() for c in word) for word in words):
        return bool(long_words)
    return len(long_words) >= 3 and sum(word[0].isupper() for word in long_words) >= 0.8 * len(long_words)


def looks_like_heading(line: str, lexicon: Lexicon, *, as_title: bool = False) -> bool:
    """Whether a line of its own is a heading: short, begun like one, without the punctuation of a sentence.

    The first line of an article may be longer, may ask a question, and may even end in a full stop when it is
    written in title case.
    """
    bare = line.rstrip(_TRAILING_MARKS)
    most_words, most_length = (_TITLE_WORDS, _TITLE_LENGTH) if as_title else (_HEADING_WORDS, _HEADING_LENGTH)
    if not bare or len(line) > most_length:
        return False
    words = _WORD.findall(line)
    if not 0 < len(words) <= most_words or (words[0][0].islower() and not any(c.isupper() for c in words[0])):
        return False
    if line[0] == "-" or line.lstrip("\"'").startswith("...") or _ADDRESS_OR_TAG.search(line):
        return False
    last = bare[-1]
    if last in ",;-…" or bare.endswith("..."):
        return False
    if last == ":":
        return len(words) <= 4 and _capitalised(words, lexicon)
    if last == ".":
        return (as_title and _title_cased(words)) or (len(words) > 2 and _capitalised(words, lexicon))
    if last in "!?":
        return (as_title and len(words) > 3) or _title_cased(words)
    return True


def _capitalised(words: list[str], lexicon: Lexicon) -> bool:
    joiners = lexicon.words("blocks", "byline_joiners")
    return all(word[0].isupper() or word.lower() in joiners for word in words)
