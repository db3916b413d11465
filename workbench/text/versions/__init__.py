"""Two versions of a text compared, by sentence and by word, for the screen, for reports and for anchors."""

from workbench.text.versions.model import Change, ChangeKind, WordChange
from workbench.text.versions.sentences import compare_versions
from workbench.text.versions.words import word_changes

__all__ = ["Change", "ChangeKind", "WordChange", "compare_versions", "word_changes"]
