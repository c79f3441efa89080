"""What the wording rules read and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pulse.domain.disclosure import DEFAULT_K
from pulse.domain.instrument.parts import Audience, Kind
from pulse.domain.wording.jargon import JARGON

Level = Literal["info", "warn", "error"]
RuleId = Literal[
    "double_barrelled",
    "two_referents",
    "negation",
    "double_negation",
    "leading",
    "absolutes",
    "vague_frequency",
    "reading_grade",
    "rare_word",
    "length",
    "jargon",
    "identifying",
    "scale_mismatch",
    "presupposes",
    "near_duplicate",
]

AGREEMENT = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")


@dataclass(frozen=True)
class Question:
    """One question as people read it, or with `{term}` placeholders that `Context.terms` fills."""

    text: str
    #: of its answer scale
    kind: Kind = "bipolar"
    #: labels of the scale, low to high; what they say tells agreement from amounts and frequencies
    options: tuple[str, ...] = AGREEMENT
    #: whether "does not apply" is offered
    na: bool = False
    audience: Audience = "staff"
    #: other questions that the same people are asked; without its pair, which is meant to be alike
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What the rules must know of the organisation."""

    #: placeholder -> the words that stand there; these words are settled, so no rule calls them jargon
    terms: Mapping[str, str] = field(default_factory=dict)
    #: word or phrase -> plain words for it, or "" where there are none
    jargon: Mapping[str, str] = field(default_factory=lambda: JARGON)
    #: fewest people that the staff list puts in one group of what this question asks (unit, grade, age);
    #: None when that is not known
    smallest_cell: int | None = None
    #: fewest people of whom anything is shown
    k: int = DEFAULT_K


@dataclass(frozen=True)
class Finding:
    """One thing that a rule noticed. `span`: where in the filled text, end exclusive; None for all of it."""

    rule: RuleId
    level: Level
    #: one plain sentence
    why: str
    #: a better wording
    example: str
    span: tuple[int, int] | None = None

    @property
    def is_blocking(self) -> bool:
        """Whether the question may not be asked; anything else may be overridden with a reason."""
        return self.rule == "identifying" and self.level == "error"


class Rule(NamedTuple):
    """What a page says of a rule. `level` is the most serious that its findings have."""

    label: str
    reason: str
    example: str
    level: Level
