"""The words that changed inside one changed stretch."""

from workbench.text.folding import fold
from workbench.text.spans import Span
from workbench.text.versions.alignment import Block, aligned, numbered, words_in
from workbench.text.versions.model import ChangeKind, WordChange

# A kept run of no more letters than this, between larger changes, only breaks the picture ("a", "of", a comma).
_SCRAP = 3


def _kept_runs(words: tuple[list[Span], list[Span]], blocks: list[Block]) -> list[Block]:
    """`blocks` without scraps of a letter or two that stand between larger changes."""
    kept: list[Block] = []
    at_old, at_new = 0, 0
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else Block(len(words[0]), len(words[1]), 0)
        letters = sum(word.length for word in words[0][block.old : block.old + block.length])
        gaps = [
            max(block.old - at_old, block.new - at_new),
            max(after.old - block.old - block.length, after.new - block.new - block.length),
        ]
        at_old, at_new = block.old + block.length, block.new + block.length
        if letters > _SCRAP or min(gaps) < block.length + 1:
            kept.append(block)
    return kept


def word_changes(old: str, new: str) -> tuple[WordChange, ...]:
    """The changes from `old` to `new` by runs of words, in order; their spans tile both texts.

    Meant for the two sides of one "changed" stretch, whose spans are counted from its own beginning. White space
    belongs to the run before it.
    """
    folded = fold(old), fold(new)
    words = words_in(folded[0], Span(0, len(old))), words_in(folded[1], Span(0, len(new)))
    numbers = numbered(*[[w.of(text) for w in found] for text, found in zip(folded, words, strict=True)])
    blocks = _kept_runs(words, list(aligned(*numbers)))

    def stop(side: int, index: int) -> int:
        """Where the run that takes the words up to number `index` ends."""
        text, found = (old, new)[side], words[side]
        if index < len(found):
            return found[index].start if index else 0
        return len(text)

    result: list[WordChange] = []
    at_old, at_new = 0, 0
    ended = Span(0, 0), Span(0, 0)
    for block in [*blocks, Block(len(words[0]), len(words[1]), 0)]:
        gone, come = block.old - at_old, block.new - at_new
        op = ChangeKind.CHANGED if gone and come else ChangeKind.DELETED if gone else ChangeKind.INSERTED
        at_old, at_new = block.old + block.length, block.new + block.length
        for kind, old_end, new_end in ((op, block.old, block.new), (ChangeKind.SAME, at_old, at_new)):
            ended = Span(ended[0].end, stop(0, old_end)), Span(ended[1].end, stop(1, new_end))
            if ended[0].length or ended[1].length:
                result.append(WordChange(kind, *ended))
    return tuple(result)
