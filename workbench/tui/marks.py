"""Marks: every state as glyph, word and tone; the tone is a colour of the theme and never stands alone."""

from dataclasses import dataclass

from db.vocabulary import CriterionState, Stance, UnitState
from db.vocabulary import Relation as ClaimRelation
from workbench.matching import Relation
from workbench.services.views import ASCII_GLYPHS, GLYPHS, WORDS, Status
from workbench.verdicts import Level, RuleState

_TONES = {
    Status.TODO: "$tone-todo",
    Status.IN_WORK: "$tone-work",
    Status.SUPPORTED: "$tone-supported",
    Status.REFUTED: "$tone-refuted",
    Status.MIXED: "$tone-mixed",
    Status.UNPROVEN: "$tone-unproven",
    Status.NEUTRAL: "$tone-neutral",
    Status.CONFLICT: "$tone-conflict",
    Status.COVERED: "$tone-aside",
    Status.SET_ASIDE: "$tone-aside",
    Status.WITHDRAWN: "$tone-aside",
    Status.CHANGED: "$tone-conflict",
    Status.LOST: "$tone-conflict",
    Status.GONE: "$tone-aside",
}
_STANCES = {Stance.SUPPORTS: ("✓", "v"), Stance.REFUTES: ("✗", "x"), Stance.CONTEXT: ("◦", "o")}
_STANCE_TONES = {
    Stance.SUPPORTS: "$tone-supported",
    Stance.REFUTES: "$tone-refuted",
    Stance.CONTEXT: "$tone-neutral",
}
_RELATIONS = {
    Relation.CONFLICT: ("≠", "!="),
    Relation.CONSISTENT: ("=", "="),
    Relation.SCOPE_DIFFERS: ("≈", "~"),
    Relation.DATE_DIFFERS: ("≈", "~"),
    Relation.MISSING: ("∅", "-"),
}
_RELATION_TONES = {
    Relation.CONFLICT: "$tone-refuted",
    Relation.CONSISTENT: "$tone-supported",
    Relation.SCOPE_DIFFERS: "$tone-mixed",
    Relation.DATE_DIFFERS: "$tone-mixed",
    Relation.MISSING: "$tone-unproven",
}
_SHORT = {
    ClaimRelation.CONTENT: "said",
    ClaimRelation.SUBORDINATE: "subord",
    ClaimRelation.RELATIVE: "relat",
    ClaimRelation.COORDINATION: "coord",
    ClaimRelation.PARTICIPLE: "partic",
    ClaimRelation.APPOSITION: "appos",
    ClaimRelation.PARENTHESIS: "paren",
    ClaimRelation.PREPOSITIONAL: "detail",
    ClaimRelation.CONJUNCT: "one of",
    ClaimRelation.EXAMPLE: "e.g.",
    ClaimRelation.PRESUPPOSED: "presup",
}
_CRITERIA = {
    CriterionState.MET: ("✓", "v"),
    CriterionState.PARTLY: ("~", "~"),
    CriterionState.NOT_MET: ("✗", "x"),
    CriterionState.UNKNOWN: ("?", "?"),
    CriterionState.NOT_APPLICABLE: ("–", "-"),
}
_CRITERION_TONES = {
    CriterionState.MET: "$tone-supported",
    CriterionState.PARTLY: "$tone-mixed",
    CriterionState.NOT_MET: "$tone-refuted",
    CriterionState.UNKNOWN: "$tone-unproven",
    CriterionState.NOT_APPLICABLE: "$tone-aside",
}
_RULES = {RuleState.MET: ("✓", "v"), RuleState.UNMET: ("✗", "x"), RuleState.UNKNOWN: ("?", "?")}
_RULE_TONES = {
    RuleState.MET: "$tone-supported",
    RuleState.UNMET: "$tone-refuted",
    RuleState.UNKNOWN: "$tone-unproven",
}
_COVERAGE = {
    UnitState.CHECKED: ("█", "#"),
    UnitState.SET_ASIDE: ("▒", "-"),
    UnitState.IN_WORK: ("▄", "o"),
    UnitState.TO_CHECK: ("·", "."),
}
_COVERAGE_TONES = {
    UnitState.CHECKED: "$tone-supported",
    UnitState.SET_ASIDE: "$tone-aside",
    UnitState.IN_WORK: "$tone-work",
    UnitState.TO_CHECK: "$tone-todo",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A glyph, the word for it, and its tone as a style."""

    glyph: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks, in Unicode or in plain ASCII."""

    ascii: bool = False

    def status(self, status: Status) -> Mark:
        """How far a claim has come."""
        return Mark((ASCII_GLYPHS if self.ascii else GLYPHS)[status], WORDS[status], _TONES[status])

    @staticmethod
    def claim_relation(relation: ClaimRelation) -> str:
        """How a sub-claim hangs together with its sentence, in at most seven letters."""
        return _SHORT.get(relation, relation.value)

    @property
    def edited(self) -> str:
        """Stands before a wording that a person has edited."""
        return "(e)" if self.ascii else "✎"

    def level(self, level: Level) -> Mark:
        """A level of a rating scale."""
        return Mark(level.ascii if self.ascii else level.glyph, level.label, f"$tone-{level.tone.value}")

    def stance(self, stance: Stance) -> Mark:
        """What a citation does to a claim."""
        return Mark(_STANCES[stance][self.ascii], stance.value, _STANCE_TONES[stance])

    def relation(self, relation: Relation) -> Mark:
        """How a claim and a passage compare at one place."""
        return Mark(_RELATIONS[relation][self.ascii], relation.value.replace("_", " "), _RELATION_TONES[relation])

    def criterion(self, state: CriterionState) -> Mark:
        """How a source meets a criterion."""
        return Mark(_CRITERIA[state][self.ascii], state.value.replace("_", " "), _CRITERION_TONES[state])

    def rule(self, state: RuleState) -> Mark:
        """A line of the checklist."""
        return Mark(_RULES[state][self.ascii], state.value, _RULE_TONES[state])

    def coverage(self, state: UnitState) -> Mark:
        """A stretch of the article in the coverage strip."""
        return Mark(_COVERAGE[state][self.ascii], state.value.replace("_", " "), _COVERAGE_TONES[state])

    def pick(self, fancy: str, simple: str) -> str:
        """One of two spellings of a sign."""
        return simple if self.ascii else fancy

    @property
    def draft(self) -> str:
        """Beside a claim about which something was typed and not recorded."""
        return "&" if self.ascii else "✎"

    @property
    def cursor(self) -> str:
        """Stands before the row that keys act on."""
        return ">" if self.ascii else "▸"

    def bar(self, done: int, total: int, width: int) -> str:
        """A bar of `width` cells, full only when everything is done."""
        cells = 0 if total <= 0 else min(width, done * width // total)
        full, empty = ("#", ".") if self.ascii else ("█", "░")
        return full * cells + empty * (width - cells)
