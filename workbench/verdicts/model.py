"""A rating scale and its levels as plain values."""

from dataclasses import dataclass
from enum import StrEnum

from workbench.errors import InputRefused


class Tone(StrEnum):
    """How a level is coloured; always shown beside its glyph and label, never in their place."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    MIXED = "mixed"
    UNPROVEN = "unproven"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a rating scale.

    `letter` is the key that picks it on screen. `truth` grows with truth (1 or more) and is None for a level that
    is not about truth. `final` is False for a level that says the work is not finished. `rests_on_evidence` is False
    for a level that says evidence is missing or was not sought; such a verdict is judged by what was looked for.
    """

    id: str
    label: str
    definition: str
    letter: str
    order: int
    truth: float | None
    glyph: str
    ascii: str
    tone: Tone
    final: bool = True
    rests_on_evidence: bool = True


@dataclass(frozen=True, slots=True)
class RatingScale:
    """A published scale in one version; `levels` are in the order in which the publisher lists them."""

    id: str
    version: str
    name: str
    publisher: str
    language: str
    note: str
    levels: tuple[Level, ...]

    @property
    def key(self) -> str:
        """Names this scale in this version, as in `politifact@1`."""
        return f"{self.id}@{self.version}"

    @property
    def truth_range(self) -> tuple[float, float] | None:
        """The lowest and the highest truth value, or None where no level carries one."""
        values = [level.truth for level in self.levels if level.truth is not None]
        return (min(values), max(values)) if values else None

    def level(self, id_or_letter_or_label: str) -> Level:
        """The level with this id, letter or label; letter case and outer white space do not matter.

        Raises InputRefused, listing the levels there are.
        """
        wanted = id_or_letter_or_label.strip().casefold()
        for level in self.levels:
            if wanted in (level.id.casefold(), level.letter.casefold(), level.label.casefold()):
                return level
        known = ", ".join(f"{level.id} ({level.letter})" for level in self.levels)
        raise InputRefused(
            f"The scale {self.name} ({self.key}) has no level {id_or_letter_or_label!r}.", f"Its levels are: {known}."
        )
