"""Folding of typographic variants, one character to one character, so that offsets survive."""

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u2035\u00b4\uff07"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\u301d\u301e\u301f\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_TABLE = {
    ord(character): plain
    for characters, plain in ((_SINGLE_QUOTES, "'"), (_DOUBLE_QUOTES, '"'), (_DASHES, "-"), (_SPACES, " "))
    for character in characters
}


def fold(text: str) -> str:
    """`text` with curly quotes, guillemets, dashes and unusual spaces made plain.

    The result has the same length and every offset means the same place in both; used before matching with
    regular expressions, never stored. Newlines and tabs stay as they are.
    """
    return text.translate(_TABLE)


def same_words(one: str, other: str) -> bool:
    """Whether two stretches say the same; white space and the style of quotes and dashes are not looked at."""
    return words_of(one) == words_of(other)


def words_of(text: str) -> str:
    """A stretch of text as it is compared with another version of it."""
    return " ".join(fold(text).split())
