"""Rules of sense: two questions in one, two people in one, negatives, and almost the same as another."""

import re
from collections import Counter
from collections.abc import Iterator

from pulse.domain.wording.masking import FIXED, mask
from pulse.domain.wording.parts import Finding, Question
from pulse.domain.wording.reading import words_of
from pulse.domain.wording.rules import finding

_JOIN = r"(?:and/or|and|or|as well as|along with)"
_REFERENT = (
    r"(?:(?:line|senior|top|middle|service|general) )?"
    r"(?:managers?|leaders?|supervisors?|boss(?:es)?|directors?|heads? of \w+|chief executive|councillors"
    r"|team leaders?|leadership team|leadership|management|teams?|colleagues|co-?workers|departments?"
    r"|directorate|wards?|employers?|organisation|council|company|hospital|board|union|unit|service)"
)
_TRUST = r"(?:the|our|my|this|each) trust"
_TWO_REFERENTS = re.compile(
    rf"\b(?:{_REFERENT}|{_TRUST})(?:,? {_JOIN} |/)(?:(?:my|our|the|its|his|her|their|your|this) )?"
    rf"(?:\w+ )?(?:{_REFERENT}|trust)\b",
    re.IGNORECASE,
)
#: what two do to each other is one thing
_TOGETHER = re.compile(r"\b(?:each other|one another|together|between|get on|agree with)\b", re.IGNORECASE)
_TWO_PARTS = re.compile(
    rf"\b{_JOIN}\b|\bbut\b|(?<=[a-z])/(?=[a-z])|;(?= )|, (?:which|so) (?!far\b)", re.IGNORECASE
)

_STRONG = re.compile(
    r"\b(?:not|cannot|\w+n['’]t|never|no|nobody|none|nothing|nowhere|neither|without|fail(?:s|ed)? to"
    r"|lack(?:s|ed|ing)?"
    r"|un(?!i(?!n|m|d)|der|til|less|cle|do\b|does|lock|load|fold|wind|learn|veil|dertak|cover)\w{3,}"
    r"|dis(?:satisf|agree|approv|believ|comfort|connect|courag|engag|honest|like|order|organis|respect|trust)\w*"
    r"|in(?:accura|adequa|appropria|capab|complet|consisten|correct|effective|efficien|flexib|secur|sensitiv"
    r"|suffic)\w*|im(?:possib|pati|poli|practic)\w*|ir(?:regular|relevan|responsib)\w*|il(?:legal|legib|logic)\w*"
    r"|non-\w+)\b",
    re.IGNORECASE,
)
#: negative in meaning: one of these is a plain word, but with a negative beside it people lose the thread
_WEAK = re.compile(
    r"\b(?:ignor\w+|prevent\w*|avoid\w*|stop(?:s|ped)?|refus\w+|den(?:y|ies|ied)|doubt\w*|neglect\w*|forbid\w*"
    r"|power|help|use|point|hope|worth)less\b|\b(?:ignor(?:e|es|ed)|prevent(?:s|ed)?|avoid(?:s|ed)?"
    r"|refus(?:e|es|ed)|den(?:y|ies|ied)|neglect(?:s|ed)?|stop(?:s|ped)?|hardly|barely|seldom|rarely"
    r"|saying no)\b",
    re.IGNORECASE,
)
_NO_NEGATIVE = re.compile(
    r"\b(?:not only|not just|or not|no matter|no doubt|whether or not|why not|don['’]t know|no\. ?\d"
    r"|last but not least|not long ago|not least)\b",
    re.IGNORECASE,
)

#: similarity from which two questions are told to be almost the same (measurement design, section 5)
LEAST_SIMILARITY = 0.8
_FILLERS = frozenset("a an the that which very really these those this of".split())  # noqa: SIM905
_ONE = re.compile(rf"^(?:{_REFERENT}|trust|staff|people)$")


def double_barrelled(text: str, question: Question) -> Iterator[Finding]:
    """A word that joins two parts, outside of fixed phrases; in a text box there is room to answer both."""
    rest = mask(mask(text, FIXED), [_TWO_REFERENTS])
    found = _TWO_PARTS.search(rest)
    if found:
        level = "info" if question.kind == "text" else "warn"
        joined = found.group().strip(" ,")
        why = f'"{joined}" may join two questions: somebody may agree with one part and not with the other.'
        yield finding("double_barrelled", found.span(), why=why, level=level)  # type: ignore[arg-type]


def two_referents(text: str, question: Question) -> Iterator[Finding]:
    """Two of manager, team, employer and the like, joined; not what they do with each other."""
    found = _TWO_REFERENTS.search(text)
    if found and not _TOGETHER.search(text):
        why = f'"{found.group()}" are two: people may think well of one and badly of the other.'
        yield finding("two_referents", found.span(), why=why)
