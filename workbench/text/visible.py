"""Text from outside, made safe to look at: no raw control, bidirectional or zero-width character is left."""

import re
import unicodedata

_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_BLACK_FLAG, _TAG_END = "\U0001f3f4", "\U000e007f"
# Scripts whose spelling needs the two joiners: Arabic (with Persian and Urdu), Syriac to Mandaic, the Indic block of
# scripts from Devanagari to Sinhala, Tibetan, Myanmar, Khmer, Mongolian.
_JOINING_SCRIPTS = re.compile(
    "[\u0600-\u060b\u060d-\u061b\u061d-\u085f\u0860-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17b3\u17b6-\u17ff"
    "\u1800-\u180a\u1810-\u18af\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]"
)
_EMOJI = re.compile("[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]")
_REPLACEMENT_CHARACTERS = "\ufffc\ufffd"


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_tag(character: str) -> bool:
    return "\U000e0020" <= character <= _TAG_END


def _takes_selector(base: str) -> bool:
    return unicodedata.category(base)[0] in "SNP" or unicodedata.category(base) == "Lo"


def _kept(text: str, at: int, trusted: bool) -> bool:
    """Whether the suspect at `at` is ordinary spelling; `trusted` says that the character before it is shown as is."""
    character = text[at]
    if character in _REPLACEMENT_CHARACTERS:
        return True
    if at == 0 or not trusted:
        return False
    before, after = text[at - 1], text[at + 1 : at + 2]
    if character in (_NON_JOINER, _JOINER):
        if _JOINING_SCRIPTS.match(before) and _JOINING_SCRIPTS.match(after):
            return True
        emoji_before = _EMOJI.match(before) or before == "\ufe0f"
        return character == _JOINER and bool(emoji_before and _EMOJI.match(after))
    if _is_variation_selector(character):
        return _takes_selector(before)
    return False


def _flag_length(text: str, at: int) -> int:
    """Length of the tag sequence at `at` that completes a regional flag, 0 when it is none."""
    if at == 0 or text[at - 1] != _BLACK_FLAG:
        return 0
    end = at
    while end < len(text) and end - at < 8 and _is_tag(text[end]):
        end += 1
        if text[end - 1] == _TAG_END:
            return end - at
    return 0


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"‹U+{code:04X}›"


def visible(text: str) -> str:
    """`text` for screen, command line and logs, with nothing left that acts on a terminal or hides.

    C0 controls and DEL become their pictures (␛), C1 controls, bidirectional marks, zero-width and other invisible
    characters become ‹U+202E›; newline and tab stay. Joiners stay inside emoji and in scripts spelled with them
    (Persian, Indic), variation selectors after a symbol. Applying it twice changes nothing more. The stored text
    is never changed by it.
    """
    pieces: list[str] = []
    copied, kept_end, spelled_until = 0, -1, 0
    replaced_end = -1
    for found in _SUSPECT.finditer(text):
        at = found.start()
        if at < spelled_until:
            continue
        flag = _flag_length(text, at)
        if flag:
            spelled_until = at + flag
            continue
        if _kept(text, at, trusted=replaced_end != at) and not (kept_end == at and text[at] != _JOINER):
            kept_end = at + 1
            continue
        pieces.append(text[copied:at])
        pieces.append(_shown(text[at]))
        copied = replaced_end = at + 1
    if not pieces:
        return text
    pieces.append(text[copied:])
    return "".join(pieces)


def has_hidden(text: str) -> bool:
    """Whether `text` holds characters that a reader would not see as they are (the reason for a badge)."""
    return visible(text) != text
