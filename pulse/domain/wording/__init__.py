"""The wording linter: what makes a question hard to answer, misleading or telling of who answered. Pure.

Rules and their evidence: measurement design, section 5; how often they are right: `make validate-wording`.
"""

from pulse.domain.wording.checking import check_scale, check_wording, fill
from pulse.domain.wording.identity import COUNTED, asks_about, blocking
from pulse.domain.wording.jargon import JARGON
from pulse.domain.wording.parts import AGREEMENT, Context, Finding, Level, Question, Rule, RuleId
from pulse.domain.wording.reading import reading_grade
from pulse.domain.wording.rules import RULES
from pulse.domain.wording.traits import Trait

__all__ = [
    "AGREEMENT",
    "COUNTED",
    "JARGON",
    "RULES",
    "Context",
    "Finding",
    "Level",
    "Question",
    "Rule",
    "RuleId",
    "Trait",
    "asks_about",
    "blocking",
    "check_scale",
    "check_wording",
    "fill",
    "reading_grade",
]
