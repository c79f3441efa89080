"""What identifies where few share it, in English, by trait."""

from pulse.domain.wording.masking import any_of
from pulse.domain.wording.traits import (
    ASK,
    CLOSE,
    END,
    PERSONAL,
    PLACE,
    ROLE,
    UNIT,
    Trait,
)

_CONDITION = any_of(
    """
    adhd|autism|dyslexia|diabetes|asthma|cancer|epilepsy|hiv|depression|anxiety|a hearing loss|an impairment
    """
)
_BEING = any_of(
    """
    disabled|pregnant|married|single|gay|lesbian|bisexual|trans|transgender|heterosexual|autistic
    neurodivergent|dyslexic|deaf|blind|a wheelchair user|christian|muslim|jewish|hindu|sikh|buddhist
    a carer for|a man|a woman|divorced|widowed
    """
)
_PEOPLE = any_of("black|white|asian|mixed race|chinese|arab|roma|a traveller")
_GRADE = any_of(
    """
    (?:pay )?(?:band|grade|scale|point)|salary|spine point|earnings|hourly rate|rate of pay|wages?|rank
    (?:annual )?pay
    """
)
#: in a post, and for how long
_HERE = any_of(
    r"""
    here|in (?:this|my|the|our|post)(?: \w+)?|for (?:this|the|our) \w+|at (?:the|this) \w+
    with (?:the|this|us)(?: \w+)?
    """
)
_WHERE = any_of(
    r"""
    here|work\w*|in(?! with)|less|more|within|under|over|as|between|with us
    (?:this|the) (?:council|trust|organisation|team|service|post|job|year|month|nhs|board|school|company)
    """
)
_PERIOD = r"(?:years?|months?|weeks?|days?)"
#: each block is one alternative or more a line
FACTS: dict[Trait, str] = {
    "unit": rf"""
        \b(?:which|what) (?:\w+ )?(?:{UNIT}) (?:do|are|did|were|is|have) (?:you|your)\b\
        (?! (?:most|best|least|enjoy|like|need|value|prefer|trust|find|admire|think|want)\b)
        \b{ASK}(?:your|the name of your) (?:own |current |main |usual )?(?:{UNIT})\b{END}
        \bwhere (?:do you work(?! best| well| hardest)|are you (?:\w+ly )?(?:based|located)\
        |is your (?:office|desk|base|workplace))
        \bwhich (?:one )?(?:of (?:the|these|those|our) )?(?:\w+ ){{0,3}}(?:{UNIT})(?:e?s)? \
        (?:is (?:yours|your own)|are you (?:in|on|at|from)|do you (?:work|belong|sit|serve|report))\b
        \bwhich (?:one )?(?:of (?:the|these|those|our) )?(?:\w+ ){{0,3}}is your (?:{UNIT})\b
        ^(?:please )?name (?:your (?:{UNIT})\b{END}|the (?:{UNIT}) (?:that )?you (?:are|work|belong))
        \b(?:say|tell \w+|state|write|show) (?:which|what) (?:\w+ )?(?:{UNIT}) you (?:are|work|belong)\b
        \b(?:say|tell \w+|state|write|show) where you (?:work|sit|are based)(?=[.?!,]|$| and\b)
        \bwhere (?:in the (?:building|office) )?do you (?:usually |normally )?(?:sit|park)\b(?! on)
        ^i (?:work|am based) (?:in|at|on|for) (?!an? )(?:the )?[\w ]*(?:{UNIT})\b(?= ?(?:\d+)?\.?$)
        ^(?:which|what) (?:{UNIT})[ ?.]*$
        \b(?:which|what) part of the \w+ (?:do|are) you (?:work|based|in)\b
        ^i work\b.*\b(?:on|in|at) (?:{UNIT}) \w?\d
        """,
    "grade": rf"""
        \b{ASK}(?!an? |the pay (?:rise|increase))(?:your )?(?:\w+ )?(?:{_GRADE})\b{END}
        \b(?:grade|band|pay point) are you\b|\bhow much (?:do you earn|(?:are|do) you (?:get )?paid)
        ^i am (?:on|in|at) (?:the )?(?:\w+ )?(?:pay )?(?:grade|band|scale) \d
        ^i am (?:on|in|at) (?:the )?(?:top|bottom|lowest|highest) (?:pay )?(?:grade|band|scale)\b
        ^(?:are you|i am) (?:an? |on |in |at )?(?:pay )?(?:band|grade) (?:\d|\w\b)
        ^(?:which|what) (?:pay )?(?:band|grade)[ ?.]*$|^i earn\b.*\d
        """,
    "age": rf"""
        \b{ASK}(?:your )?(?:\w+ )?(?:age(?:[ -](?:group|band|range|bracket)s?)?+|year of birth\
        |birthday)\b(?!-| friendly)\
        (?! do you (?:serve|support|teach|see|help|work with|care))
        \b(?:when|what (?:day|date|month)) is your birthday\b|\bstar sign\b|\bhow tall are you\b
        \bhow old are you\b|\b(?:were you|you were) born\b
        ^(?:i am|are you) (?:aged (?:over |under )?\d+|(?:over |under )?[1-9]\d\
        |between [1-9]\d and [1-9]\d)\
        (?: (?:or|and) (?:over|under|older|younger))?(?: years?(?: old| of age)?)?[ .?!]*$
        """,
    "service": rf"""
        \bhow (?:long|many (?:years|months)) (?:have you|has it been|ago)\b(?! been (?:waiting|asking\
        |left|off))\
        .*\
        \b(?:work|been|join|start|post|job|role)
        \b(?:when|in which year|what year|which year) did you (?:first )?(?:join|start|begin)\b\
        (?! in\b)(?! to (?!work))(?! (?!work)\w+ing)
        \b(?:which|what) (?:day|month|date|week|season|spring|summer|autumn|winter|quarter)\
        [ ](?:did|was it that) (?:you|did you) (?:first )?\
        (?:join|begin (?:here|work)|start(?: here| work| with us| your|[.?]*$))
        \bsince (?:when|(?:what|which) year) (?:have|did) you\b|\bhow long is your service\b
        \buntil you retire\b|\bdid you qualify\b
        \b{ASK}(?:your )?(?:(?:start|starting|joining) (?:date|day)|date of joining)\b{CLOSE}
        \b(?:length|years) of service\b
        ^i (?:joined|started) (?:{_WHERE})\b.*\b(?:{_PERIOD}|(?:19|20)\d\d)\b
        ^i have been an? (?:\w+ ){{0,2}}(?:{ROLE}) (?:for|since)\b
        ^i have (?:only )?(?:worked|been(?: working| employed)?) (?:{_HERE})\b.*\b{_PERIOD}\b
        """,
    "role": rf"""
        \b{ASK}(?:your )?(?:\w+ )?(?:job(?: title| role| family)?|occupation|profession|role|post|position\
        |staff group|title of your (?:job|post))\b{END}(?! in (?:\w+ing|(?:the|this) change)\b)
        ^are you (?:currently )?(?:working as )?(?:an?|the) (?:\w+ )?(?:{ROLE})\b(?! you)
        ^do you work as\b|^are you (?:bank|agency) staff\b|^tick if you are an? (?:{ROLE})\b
        ^as (?:an?|the) (?!new )(?:\w+ )?(?:{ROLE})\b(?! of my own)
        ^i am (?:an?|the) (?:\w+ ){{0,2}}(?:{ROLE})\b(?! (?:who|that|to|for|with))
        ^do you (?:line )?(?:manage|supervise|lead) (?:people|staff|a team|other|anyone)\b(?! (?:well\
        |through)\b)
        \bhow many people report to
        """,
    "hours": r"""
        \bhow many hours (?:(?:a|per|each) (?:week|day|month) )?(?:do you work(?=[ ?.]*$| (?:a|per|each\
        |in)\b)\
        |are you (?:contracted|paid|employed))|\b(?:what are )?your contracted hours\b
        ^(?:i|do you) work (?:(?:full|part)[- ]time|nights)(?: here| now| at present)?[ .?]*$
        ^are you (?:full|part)[- ]time\b|\bwhen does your contract end\b
        \bare you (?:on )?an? (?:permanent|fixed-term|temporary|zero-hours)\b(?= contract| post| job\
        |[ ?.]*$)\
        |^is your (?:contract|post) (?!(?:with (?!an? agency)|clear|fair|right)\b)\w+
        \b(?:what|which) (?:shift|rota|contract|working pattern)\b.*\b(?:do|are|is) you\
        (?! (?:prefer|find|like|feel|want))
        """,
    "personal": rf"""
        \bwhere do you live\b|\b(?:which|what) (?:street|road|village|town|estate|borough|county)\
        [ ]do you (?:live|come from)\b
        \b{ASK}(?:your )?(?:\w+ )?(?:{PERSONAL})\b(?! in the)\
        (?! (?:of|equality|relations|plan|action|means|pay|network|training|policy|do|does)\b)\
        |^do you identify as\b
        \bhave you been (?:off )?(?:sick|ill)\b(?! of\b)
        ^do you (?:have|consider yourself to have) (?:a |any )?\
        (?:(?:{PERSONAL})(?! that)|children(?!')|dependants|mental health(?! first| champion| train| support\
        | lead| polic))
        ^do you (?:have|live with) (?:(?:a |any )?long-term (?:illness|condition)|(?:{_CONDITION})\b)
        ^(?:are you|i am) (?:\w+ )?(?:{_BEING})\b(?![ -](?:to|with|about|minded|handed)\b)
        ^(?:are you|i am) (?:{_PEOPLE})[ ?.]*$
        \bhow many (?:children (?:do|have) you|sick days did you)\b
        \bare you in a same-sex\b|^are you (?:male|female)\b
        \bunion are you (?:a member|in)\b
        \bare you (?:an? )?(?:member of (?:a|the|any) (?:trade )?union|(?:trade )?union member|in a union)\b
        \bwhich (?:church|mosque|temple|synagogue|gurdwara)\b[^.?!]* do you\b
        \bdo you (?:go to|attend) (?:a |the )?(?:church|mosque|temple|synagogue|gurdwara)\b
        \bwhere (?:were|are) your parents\b|\bpolitical party\b.*\b(?:vote|you)\b|\bsex you were registered\b
        \b(?:have you (?:ever )?been|were you) (?:diagnosed|convicted|arrested)\b
        \bwhat (?:health|medical) conditions do you\b|\bwhat medication do you\b|\bdays were you off sick\b
        \bwhich gp (?:practice|surgery)\b|\bnature of your (?:impairment|disability|condition)\b
        """,
    "alone": rf"""
        \b(?:which|what) (?:of (?:the|these|our) )?(?:\w+ )?(?:{PLACE})s? (?:number )?\
        (?:do you (?:usually |normally )?(?:sit|work|drive|stand|clean|cover)\b(?! best)\
        |are you (?:at|in|on|given)|is (?:yours|your own))\b
        \b{ASK}your (?:own |usual )?(?:{PLACE})(?: number)?\b{CLOSE}
        \b(?:i am|are you|as) (?:one of )?the (?:only|few|first|youngest|oldest|newest\
        |longest|most (?:junior|senior))\b(?! (?:person|one) (?:here )?who (?:knows|can|does|has to)\b)
        \bi am one of (?:the )?(?:few|two|three)\b
        \bthe only (?:\w+ ){{1,4}}in (?:my|our|the) (?:{UNIT})\b(?! who\b)
        """,
}
_POLITE = r"(?:,? please)?(?: \(?(?:optional|required|if you like)\)?)?[ .:?*]*$"
#: by trait, such a fact and nothing else
FACTS_ALONE: dict[Trait, str] = {
    "unit": rf"^(?:your )?(?:{UNIT})(?: name)?{_POLITE}",
    "grade": rf"^(?:your )?(?:pay )?(?:grade|band|salary)(?: number)?{_POLITE}",
    "age": rf"^(?:your )?(?:age(?: group| band| range)?|how old|year of birth){_POLITE}",
    "service": rf"^(?:years|months|time) (?:in|of) (?:this |your )?(?:post|role|job|service){_POLITE}",
    "role": rf"^(?:your )?(?:job(?: title| role)?|occupation|profession|staff group|post|role){_POLITE}",
    "personal": rf"^(?:your )?(?:{PERSONAL}){_POLITE}",
}
