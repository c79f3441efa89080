"""The rule that blocks: questions whose answer could tell who gave it, or name somebody else."""

from collections.abc import Iterator
from typing import Literal

from pulse.domain.sentences import Sentence
from pulse.domain.wording.masking import any_of, pattern
from pulse.domain.wording.parts import Context, Finding, Question
from pulse.domain.wording.rules import finding
from pulse.domain.words import N_

#: what the staff list may know of a person; "personal" is what it never does, "name" is a person outright
Trait = Literal["name", "unit", "grade", "age", "service", "role", "hours", "personal", "alone"]

_WHAT = any_of(
    """
    what(?:'s| is| was| are| were)|which(?: of these)?(?: best)?(?: is| describes| matches| shows)?
    (?:please )?(?:give|enter|state|write|type|select|choose|tick|add|include|provide|confirm|say
    tell us|leave
    describe|record)|how would you describe
    """
)
_ASK = (
    rf"(?:{_WHAT}) (?:(?:the|a|one) (?:box|option|answer|one) (?:for|with|next to|that (?:matches|shows)) )?"
)
_UNIT = any_of(
    """
    team|ward|unit|department|directorate|service|office|site|building|depot|school|care home|location
    division
    section|branch|clinic|surgery|base|workplace|place of work|locality|floor|station|hub|area|union
    """
)
_PERSON = any_of(
    """
    person|people|colleagues?|(?:line )?managers?|leaders?|directors?|supervisors?|members? of staff|staff
    team-?mates?|team members?|boss|team leaders?|individuals?|councillors?|someone|somebody|anyone|anybody
    """
)
_ROLE = any_of(
    """
    manager|nurse|doctor|social worker|teacher|leader|supervisor|director|clinician|apprentice|administrator
    contractor|trainee|student|consultant|porter|cleaner|carer|councillor|trade union rep|union rep
    agency worker|team leader|volunteer|midwife|planner|engineer|care worker|new starter|parent
    """
)
_PERSONAL = any_of(
    """
    gender|sex|sexual orientation|sexuality|religion|faith|ethnic(?:ity| group| background| origin)|race
    nationality|disability|disabilities|marital status|health condition|home address|address|post ?code
    first language|country of birth|caring responsibilities|date of birth
    """
)
#: the question ends here, or goes on to ask for more: "What is your team?", not "What is your team good at?"
_END = r"(?! (?!(?:and|or|are|do|did|were|have|name|title|code|number|group|from|below|in|here|at)\b)\w)"
#: each block is one alternative or more a line
_TRAITS: dict[Trait, str] = {
    "name": rf"""
        \b{_ASK}(?:your |their |his |her |the |whose )?(?:own |full |first |last |user ?)?(?:names?|initials)\
        [ ]of (?:the|your|a|any|one) (?:{_PERSON})
        \b{_ASK}(?:your |their |his |her |the |whose )?(?:own |full |first |last |user ?)?\
        (?:names?|initials)\b(?! of)
        ^(?:please )?name (?:the|your|a|any|one|two)?(?: of your)? ?(?:{_PERSON})\b|^whose\b
        ^(?:in your view, )?who (?:is|are|was|were) (?:your|the (?:best|worst|most|least))
        ^who (?:in|on|from|at) (?:your|the|this|our)\b
        ^who do you (?:report|answer|work|look|trust|like|avoid)
        ^which (?:one )?(?:of (?:your|the|our) )?(?:{_PERSON})\b|\bsay(?:ing)? who\b
        \b{_ASK}(?:your |their )?(?:\w+ )?(?:e-?mail(?: address)?|(?:phone|mobile|telephone) number)
        \b(?:staff|payroll|employee|personnel|assignment|national insurance|registration|badge) number\b
        \bsign (?:your name|here|below)\b|\b(?-i:[A-Z][a-z]+ [A-Z][a-z]+) as an? \w+\?
        """,
    "unit": rf"""
        \b(?:which|what) (?:\w+ )?(?:{_UNIT}) (?:do|are|did|were|is|have) (?:you|your)\b
        \b{_ASK}(?:your|the name of your) (?:own |current |main |usual )?(?:{_UNIT})\b{_END}
        \bwhere (?:do you work|are you based|is your (?:office|desk|base|workplace))
        ^i (?:work|am based) (?:in|at|on|for) (?:the |a )?[\w ]*(?:{_UNIT})\b(?= ?\.?$)
        """,
    "grade": rf"""
        \b{_ASK}(?:your )?(?:\w+ )?(?:(?:pay )?(?:band|grade|scale|point)|salary|spine point|earnings\
        |(?:annual )?pay)\b{_END}
        \b(?:grade|band|pay point) are you\b|\bhow much (?:do you earn|are you paid)
        ^i am (?:on|in|at) (?:the )?(?:\w+ )?(?:pay )?(?:grade|band|scale)\b
        """,
    "age": rf"""
        \b{_ASK}(?:your )?(?:\w+ )?(?:age(?: group| band| range)?|year of birth|birthday)\b
        \bhow old are you\b|\b(?:were you|you were) born\b|^(?:i am|are you) (?:aged|over|under|between) \d+
        """,
    "service": r"""
        \bhow (?:long|many (?:years|months)) (?:have you|has it been|ago)\b.*\
        \b(?:work|been|join|start|post|job|role)
        \b(?:when|in which year|what year|which year) did you (?:first )?(?:join|start)
        \b(?:length|years) of service\b
        ^i (?:have worked|joined|have been)\b.*\b(?:less than|more than|fewer than|over|under|in the last\
        |within)\b.*\b(?:years?|months?|weeks?)\b
        """,
    "role": rf"""
        \b{_ASK}(?:your )?(?:\w+ )?(?:job(?: title| role| family)?|occupation|profession|role|post|position\
        |staff group)\b{_END}
        ^are you (?:currently )?(?:an?|the) (?:\w+ )?(?:{_ROLE})\b
        ^as (?:an?|the) (?:\w+ )?(?:{_ROLE})\b
        ^i am an? (?:\w+ )?(?:{_ROLE})\b(?! (?:who|that|to|for|with))
        ^do you (?:line )?(?:manage|supervise|lead) (?:people|staff|a team|other|anyone)
        \bhow many people report to
        """,
    "hours": r"""
        \bhow many hours (?:a|per|each) (?:week|day|month) do you\b
        ^(?:i|do you) work (?:(?:full|part)[- ]time|nights)
        \bare you (?:on )?an? (?:permanent|fixed-term|temporary|zero-hours)\b|^is your (?:contract|post) \w+
        \b(?:what|which) (?:shift|contract|working pattern)\b.*\b(?:do|are|is) you
        """,
    "personal": rf"""
        \b{_ASK}(?:your )?(?:\w+ )?(?:{_PERSONAL})\b|^do you identify as\b
        \bhave you been (?:off )?(?:sick|ill)\b
        ^do you (?:have|consider yourself to have) (?:a |any )?\
        (?:{_PERSONAL}|children|dependants|mental health)
        ^do you (?:have|live with) (?:a |any )?long-term (?:illness|condition)
        ^(?:are you|i am) (?:\w+ )?(?:disabled|pregnant|married|single|gay|lesbian|bisexual|trans\
        |transgender)\b
        ^(?:are you|i am) (?:\w+ )?(?:christian|muslim|jewish|hindu|sikh|a carer for|a man|a woman)\b
        ^are you (?:male|female)\b|\bunion are you a member\b
        """,
    "alone": rf"""
        \b(?:i am|as) (?:one of )?the (?:only|few|first|youngest|oldest|newest\
        |longest|most (?:junior|senior))\b
        \bi am one of (?:the )?(?:few|two|three)\b
        \bthe only (?:\w+ ){{1,4}}in (?:my|our|the) (?:{_UNIT})\b
        """,
}
_PATTERNS = {trait: pattern(block) for trait, block in _TRAITS.items()}
#: of these the staff list can say how many people share an answer
COUNTED: frozenset[Trait] = frozenset({"unit", "grade", "age", "service", "role", "hours"})
_WORDS: dict[Trait, str] = {
    "name": N_("who somebody is"),
    "unit": N_("where somebody works"),
    "grade": N_("grade or pay"),
    "age": N_("age"),
    "service": N_("length of service"),
    "role": N_("a job or post"),
    "hours": N_("hours or contract"),
    "personal": N_("a personal detail"),
    "alone": N_("something that few people share"),
}


_OPINION = any_of(
    """
    want|think|feel|know|like|agree|disagree|support|find|believe|trust|understand|get|need|expect|hope|prefer
    mind
    enjoy|see|hear|read|plan|intend|look forward|recommend|value
    have (?:what|the|enough|time|access|a say|ideas?)
    have any (?:ideas?|other|comments?|suggestions?|concerns?|questions?)
    """
)
_STATE = any_of(
    """
    happy|satisfied|able|aware|willing|clear|sure|confident|ready|proud|told|asked|given|treated|helped|kept
    safe
    comfortable|worried|interested|planning|likely|free|encouraged|listened|allowed|supported|thanked|trusted
    valued
    tired|stressed|busy|involved|consulted|informed|made|getting|going|looking|hoping|thinking|pleased|glad
    afraid
    invited|offered|shown|taught|trained|paid fairly|well|too|still|being
    """
)
#: beginnings of questions of fact, which ask for no opinion and no state of mind
_FACT = pattern(
    rf"""
    ^(?:are|were) you (?!(?:\w+ly )?(?:{_STATE})\b)\w+
    ^do you (?!(?:ever |really |still )?(?:{_OPINION})\b)\w+
    ^(?:which|what) (?:\w+ ){{1,3}}(?:are|do|did|were|have) you (?:\w+ )?(?:based|belong|in|on|at|work|live\
    |report|hold|sit|attend|come from|join|fall|identify|practise|speak)\b
    ^what do you do\b
    ^how (?:far|long|many|much)\b.*\b(?:you live|you earn|children|years|you paid|do you own)\b
    ^what (?:is|are|was|were) your (?!(?:\w+ ){{0,2}}(?:views?|opinions?|ideas?|experiences?|reasons?\
    |feelings?|suggestions?|understanding|hopes?|worry|worries|concerns?|message|advice|thoughts?|impressions?
    priority\
    |priorities|wish|wishes|questions?|favourite|aims?|goals?)\b)
    ^have you (?:ever )?(?:been|had) (?:off|sick|ill|a warning|warned|disciplined|suspended|pregnant\
    |a baby|promoted)\b
    ^who\b(?! else)|\band who\b|\bwho (?:it|they|he|she) (?:is|was|were|are)\b|\bcalled\?|\binitials\b
    """
)

#: the same as a statement to agree with
_FACT_SAID = pattern(
    r"""
    ^as an? (?!(?:rule|result|team|whole|service|group|council|matter|trust|school|employer)\b)\w+
    ^i (?:joined|started|transferred|came)\b.*\b(?:years?|months?|weeks?|ago|recently|20\d\d)\b
    ^i am new (?:to|in|here)
    ^i am an? (?:\w+ )?(?:man|woman|parent|mother|father|carer|veteran|refugee|migrant\
    |graduate|widow|widower)\b
    """
)


def asks_about(text: str) -> frozenset[Trait]:
    """What a question asks people to say of themselves or of others that could tell who they are."""
    return frozenset(trait for trait, asks in _PATTERNS.items() if asks.search(text))


def identifying(text: str, question: Question, context: Context) -> Iterator[Finding]:
    """An error for what is known to identify, unless the staff list counts it and no group is too small.

    A warning for any other fact about a person: whether few share it, only the editor knows.
    """
    for trait, asks in _PATTERNS.items():
        if found := asks.search(text):
            yield _found(trait, found.span(), context)
            return
    if found := (_FACT if question.kind in ("choice", "text") else _FACT_SAID).search(text):
        why = N_(
            "It asks for a fact about a person; if few people share it, an answer could be traced to one."
        )
        yield finding("identifying", found.span(), why=why, level="warn")


def _found(trait: Trait, span: tuple[int, int], context: Context) -> Finding:
    what = Sentence(_WORDS[trait])
    cell = context.smallest_cell if trait in COUNTED else None
    if cell is None:
        why = Sentence(N_("It asks for %(what)s, so an answer could be traced to one person."), what=what)
        return finding("identifying", span, why=why)
    if cell < context.k:
        return finding("identifying", span, why=_too_few(what, cell, context.k))
    few = N_("It asks for %(what)s; the smallest group in the staff list has 1 person.")
    more = N_("It asks for %(what)s; the smallest group in the staff list has %(people)s people.")
    why = Sentence(few if cell == 1 else more, what=what, people=cell)
    return finding("identifying", span, why=why, level="info")


def _too_few(what: Sentence, cell: int, k: int) -> Sentence:
    few = N_(
        "It asks for %(what)s; the smallest group in the staff list has 1 person, and nothing is shown of "
        "fewer than %(k)s."
    )
    more = N_(
        "It asks for %(what)s; the smallest group in the staff list has %(people)s people, and nothing is "
        "shown of fewer than %(k)s."
    )
    return Sentence(few if cell == 1 else more, what=what, people=cell, k=k)
