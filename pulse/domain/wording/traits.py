"""What identifies, in English: what questions ask for and how they ask it, by trait."""

from typing import Literal

from pulse.domain.wording.masking import any_of

#: what the staff list may know of a person; "personal" is what it never does, "name" is a person outright
Trait = Literal["name", "unit", "grade", "age", "service", "role", "hours", "personal", "alone"]

_WHAT = any_of(
    """
    what(?:'s| is| was| are| were)|which(?: of these)?(?: best)?(?: is| describes| matches| shows)?
    (?:please )?(?:give|enter|state|write|type|select|choose|tick|add|include|provide|confirm|say
    tell us|leave|put|supply|share|insert|quote|specify|fill in|key in|list|submit
    describe|record|print|spell)(?: us)?|how would you describe
    (?:may|can|could|shall) (?:we|i) have|can you (?:give|tell) us
    """
)
#: not "I give" or "we list", which are statements
_ASK = (
    rf"(?<!\bi )(?<!\bwe )(?:{_WHAT}) "
    r"(?:(?:the|a|one) (?:box|option|answer|one) (?:for|with|next to|that (?:matches|shows)) )?"
)
_UNIT = any_of(
    """
    team|ward|unit|department|directorate|service|office|site|building|depot|school|care home|location
    hospital|library|college|yard
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
    first language|country of birth|home ?town|caring responsibilities|date of birth
    """
)
#: a number or a code that one person has
_NUMBER = any_of(
    r"""
    (?:staff|payroll|employee|personnel|assignment|ni|n\.i\.|national insurance|reg|registration|badge|nhs\
    |pass\
    |pension|passport|card|hr|esr|professional|pin|gmc|nmc|hcpc|licence|account|locker|user|id|bleep|pager|payslip)\
    [ ](?:number|no\.?|id|code|pin|reference|ref)
    (?:car|vehicle|van|number|registration|licence)[ -]?(?:plate|registration|reg)s?(?: number)?
    """
)
#: where one person is reached, and what only they sign or log in with
_CONTACT = any_of(
    r"""
    (?:phone|mobile|telephone|landline|extension|home|work|contact|direct|best)(?: phone)? (?:number|no\.?)
    extension|mobile|phone|telephone|landline|e-?mail(?: address)?|contact details|user ?name|log-?in
    signature|nickname|(?:twitter|social media|teams|instagram) (?:handle|name)|best (?:number|address)
    """
)
#: what needs no "your" to ask for it
_DETAIL = any_of(
    rf"""
    {_NUMBER}
    (?:full|first|last|family|maiden|middle|user|your)[ -]?names?|names?|surname|initials|signature|nickname
    date of birth|birth ?(?:day|date)|home address|post ?code|national insurance|nino|contact details
    (?:phone|mobile|telephone) (?:number|no\.?)|e-?mail address
    """
)
#: what one person has to themselves
_CARRIED = "badge|name badge|pass|lanyard|id card|id|door|payslip|uniform|desk"
_PLACE = any_of(
    """
    desk|seat|chair|locker|bay|car|van|vehicle|lorry|bus|round|route|counter|pod
    workstation|parking space|room
    """
)
_WHOSE = "your (?:own |full )?|their |the |his |her "
#: the question ends here, or goes on to say what for
_CLOSE = (
    r"(?! (?!(?:and|or|here|below|first|then|now|too|clearly|please|so|in case|if|to|for|at|number"
    r"|in the box|on)\b)\w)"
)
#: the question ends here, or goes on to ask for more: "What is your team?", not "What is your team good at?"
_END = r"(?! (?!(?:and|or|are|do|did|were|have|name|title|code|number|group|from|below|in|here|at)\b)\w)"
#: each block is one alternative or more a line
ENGLISH: dict[Trait, str] = {
    "name": rf"""
        \b{_ASK}(?:your |their |his |her |the |whose )?(?:own |full |first |last |user ?)?(?:names?|initials)\
        [ ]of (?:the|your|a|any|one) (?:{_PERSON})
        \b{_ASK}(?:your |their |his |her |the |whose )?(?:own |full |first |last |user ?)?\
        (?:names?|initials)\b(?! of)
        ^(?:please )?name (?:the|your|a|any|one|two)?(?: of your)? ?(?:{_PERSON})\b\
        |^whose\b(?! \w+ (?:it|this|that) (?:is|was)\b)
        ^(?:in your view, )?who(?:'s| is| are| was| were) (?:your|the (?:best|worst|most|least))
        ^who (?:in|on|from|at) (?:your|the|this|our)\b
        ^who do you (?:report|answer|work|look|trust|like|avoid|sit|share)
        ^who (?:line )?(?:manages|supervises|leads|runs) (?:you|your)\b
        \bwhich (?:one )?(?:of (?:these|the|our) )?(?:\w+ )?(?:people|person|staff|colleagues)\
        [ ](?:are you|you are|is you)\b
        \b(?:what|which|by what) name (?:do you|are you|is on your|do people)\b
        \bwhat (?:does your (?:{_CARRIED}) say|is (?:written |printed |shown )?on your (?:{_CARRIED}))\b
        \b(?:what(?:'s| is) your|on what|what) number(?: (?:can|should|do|may) (?:we|i) (?:call|ring|text\
        |reach)|[ .?]*$)
        \bhow do you sign\b|\bletters? (?:of your (?:first |last )?name|(?:does|is) your (?:\w+ )?name)\b
        ^which (?:one )?(?:of (?:your|the|our) )?(?:{_PERSON})\b
        (?<!able to )(?<!safe to )\bsay(?:ing)? who\b(?! (?:i am|we are)\b)
        \b{_ASK}(?:your |their )?(?:\w+ )?(?:e-?mail(?: address)?|(?:phone|mobile|telephone) number)
        (?:\b{_ASK}(?:{_WHOSE})(?:\w+ )?|^{_ASK}(?:the )?)(?:{_NUMBER})\b
        \b{_ASK}(?:{_WHOSE})(?:{_CONTACT})\b{_CLOSE}
        \b{_ASK}(?:the |any )?(?:number|digits?|code|letters?) (?:that is |that's |printed |shown |written )?\
        (?:on|of|from) (?:the back of )?your\b
        \b(?:last|first|final|middle) (?:few |\w+ |\d+ )?(?:digits?|numbers?|letters?|characters?|figures?)\
        [ ](?:of|in|on|from) your\b
        \b{_ASK}(?:the )?(?:first|last|second) (?:part|half) of your post ?code\b
        \b{_ASK}(?:your|the|a|any|one) (?:\w+ )?(?:{_PERSON})'s (?:full |first |last )?\
        (?:names?|initials|e-?mail)\b
        \b(?:what|how) (?:is|are|was|were) (?:your|the|this|that) (?:\w+ )?(?:{_PERSON})\
        [ ](?:called|known as|named)\b
        ,? and who (?:it|that|they|he|she) (?:was|is|were|are)\b
        \bwhat (?:are|were) you (?:called|known as|named)\b|\bhow (?:are|should|may) you (?:be )?(?:called\
        |known|addressed)\b
        \bwhat (?:do|does|did|should|can|may|shall|would) (?:(?:\w+ ){{1,3}}call you\
        |you (?:go by|answer to))\b(?! about| for| to| when)
        \b(?:tell \w+|state|write|show \w+|let \w+ know|explain|reveal|confirm|give away|describe)\
        (?: \w+)? who you are\b
        ^who (?:are|am) (?:you|i)\b|\bidentify yourself\b|\bintroduce yourself\b
        ^who (?:is |has |are )?(?:fill|complet|answer|writ|typ|wrot)(?:s|es|e|ed|ing|ten)?(?: in)?\
        (?: this| these| it)(?: in)?(?: form| survey| questionnaire| answers?)?[ .?!]*$
        , who (?:did|was|is) (?:it|this|that)\?
        \b(?:how|where|when|on what number|at what address) (?:can|could|may|should|do|would|might|will\
        |shall) (?:we|i|they|someone|somebody|the \w+|our \w+) (?:best )?(?:reach|contact|find|ring|phone\
        |call|e-?mail|text|get hold of|get in touch with|get back to|write to) you\b(?! with| about)
        \b(?:how|where|when) (?:can|could|may|should|will) you (?:best )?be (?:reached|contacted|found|rung\
        |phoned|called|e-?mailed)\b
        \bbest (?:way|time|place|number|address) (?:(?:to|for us to) )?(?:reach|contact|find|ring|phone|call\
        |e-?mail|get hold of) you\b
        \bsign (?:your name|here|below)\b|^(?:please )?sign off with|\byour signature (?:here|below)\b
        \b(?-i:[A-Z][a-z]+ [A-Z][a-z]+) as an? \w+\?
        """,
    "unit": rf"""
        \b(?:which|what) (?:\w+ )?(?:{_UNIT}) (?:do|are|did|were|is|have) (?:you|your)\b
        \b{_ASK}(?:your|the name of your) (?:own |current |main |usual )?(?:{_UNIT})\b{_END}
        \bwhere (?:do you work|are you based|is your (?:office|desk|base|workplace))
        \bwhich (?:one )?(?:of (?:the|these|those|our) )?(?:\w+ ){{0,3}}(?:{_UNIT})(?:e?s)? \
        (?:is (?:yours|your own)|are you (?:in|on|at|from)|do you (?:work|belong|sit|serve|report))\b
        \bwhich (?:one )?(?:of (?:the|these|those|our) )?(?:\w+ ){{0,3}}is your (?:{_UNIT})\b
        ^(?:please )?name (?:your (?:{_UNIT})\b{_END}|the (?:{_UNIT}) (?:that )?you (?:are|work|belong))
        \b(?:say|tell \w+|state|write|show) (?:which|what) (?:\w+ )?(?:{_UNIT}) you (?:are|work|belong)\b
        \b(?:say|tell \w+|state|write|show) where you (?:work|sit|are based)(?=[.?!,]|$| and\b)
        \bwhere (?:in the (?:building|office) )?do you (?:usually |normally )?(?:sit|park)\b(?! on)
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
        \b(?:when|what (?:day|date|month)) is your birthday\b|\bstar sign\b|\bhow tall are you\b
        \bhow old are you\b|\b(?:were you|you were) born\b|^(?:i am|are you) (?:aged|over|under|between) \d+
        """,
    "service": rf"""
        \bhow (?:long|many (?:years|months)) (?:have you|has it been|ago)\b.*\
        \b(?:work|been|join|start|post|job|role)
        \b(?:when|in which year|what year|which year) did you (?:first )?(?:join|start)\b\
        (?! to (?!work))(?! (?!work)\w+ing)
        \b(?:which|what) (?:day|month|date|week|season|spring|summer|autumn|winter|quarter)\
        [ ](?:did|was it that) (?:you|did you) (?:first )?\
        (?:join|begin work|start(?: here| work| with us| your|[.?]*$))
        \b{_ASK}(?:your )?(?:start|starting|joining) (?:date|day)\b{_CLOSE}
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
        \bare you (?:on )?an? (?:permanent|fixed-term|temporary|zero-hours)\b\
        |^is your (?:contract|post) (?!(?:with (?!an? agency)|clear|fair|right)\b)\w+
        \b(?:what|which) (?:shift|contract|working pattern)\b.*\b(?:do|are|is) you
        """,
    "personal": rf"""
        \bwhere do you live\b|\b(?:which|what) (?:street|road|village|town|estate) do you (?:live|come from)\b
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
        \b(?:which|what) (?:of (?:the|these|our) )?(?:\w+ )?(?:{_PLACE})s? (?:number )?\
        (?:do you (?:usually |normally )?(?:sit|work|drive|stand|clean|cover)\
        |are you (?:at|in|on|given)|is (?:yours|your own))\b
        \b{_ASK}your (?:own |usual )?(?:{_PLACE})(?: number)?\b{_CLOSE}
        \b(?:i am|as) (?:one of )?the (?:only|few|first|youngest|oldest|newest\
        |longest|most (?:junior|senior))\b
        \bi am one of (?:the )?(?:few|two|three)\b
        \bthe only (?:\w+ ){{1,4}}in (?:my|our|the) (?:{_UNIT})\b
        """,
}
#: such a detail, and nothing else
ALONE = rf"""
    ^(?:(?:{_WHOSE})?(?:{_DETAIL})|(?:{_WHOSE})(?:\w+ )?(?:{_CONTACT}|address|name)\
    |(?:your|the) (?:\w+ )?(?:{_PERSON})'s (?:full )?(?:name|e-?mail))\
    (?: of (?:the|your|a) \w+(?: \w+)?)?(?:(?:,| and| or|/)(?: \w+){{1,3}})?\
    (?: \(?(?:optional|required|please|if you like)\)?)?[ .:?*]*$
    """
