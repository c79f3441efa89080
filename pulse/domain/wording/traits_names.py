"""What identifies outright, in English: who somebody is, or where one person is reached."""

from pulse.domain.wording.masking import any_of
from pulse.domain.wording.traits import (
    ASK,
    CARRIED,
    CLOSE,
    CONTACT,
    DETAIL,
    NUMBER,
    OFFICE,
    PERSON,
    ROLE,
    WHOSE,
)

_HARMED = any_of(
    """
    bull(?:ied|ies|ying)|harass\\w*|abus\\w*|mistreat\\w*|discriminat\\w*|hurts?|hits?|threat\\w*
    humiliat\\w*
    ignor\\w*|exclud\\w*|undermin\\w*|assault\\w*|upsets?|shout(?:s|ed)? at|(?:is|was) (?:rude|unkind) to
    """
)
#: what one is or does rather than who it is: "Which manager behaviour helps you?"
_OF_THEM = any_of(
    """
    behaviours?|skills?|styles?|meetings?|messages?|actions?|habits?|training|qualit(?:y|ies)|support
    decisions?
    groups?|roles?|levels?|networks?|surveys?|forums?|briefings?|benefits?|events?
    """
)
#: whose it is to do, which names nobody who did
_TO_DO = any_of(
    """
    ideas?|job|role|task|responsibility|duty|business|turn|decision|voices?|views?|needs?|interests?
    """
)
_ANY = rf"{PERSON}|{ROLE}|{OFFICE}|respondent|participant|employee|worker"
_OWN = any_of(
    """
    own|full|first|last|real|true|proper|legal|preferred|given|family|maiden|middle|work|home|private
    personal
    contact|mobile|direct|correct|complete|first and last
    """
)
#: one alternative or more a line
NAME = rf"""
    \b{ASK}(?:your |their |his |her |the |whose |a )?(?:own |full |first |last |user ?)?(?:names?|initials)\
    [ ]of (?:the |your |a |any |one |each )?(?:\w+ )?(?:{_ANY})\b
    \b{ASK}(?:your |their |his |her |the |whose )?(?:own |full |first |last |user ?)?\
    (?:names?|initials)\b(?! of)
    \b{ASK}a (?:full |first |last )?names?\b(?! (?:for|to|of|that)\b)
    ^(?:please )?name (?:the|your|a|any|one|two)?(?: of your)? ?(?:{PERSON})\b(?!')
    ^whose\b(?! (?:{_TO_DO})\b)(?! \w+ (?:it|this|that) (?:is|was)\b)
    ^(?:in your view, )?who(?:'s| is| are| was| were) (?:your|the (?:best|worst|most|least))
    ^who (?:in|on|from|at) (?:your|the|this|our)\b(?!.*\b(?:should|could|needs?|ought)\b)
    ^(?:to )?who do you (?:report|answer|work|look|trust|like|avoid|sit|share)
    ^who (?:line )?(?:manages|supervises|leads|runs) (?:you|your)\b
    ^who (?:sits|works|stands) (?:next|near|beside|with)\b
    ^who (?:has |have |had |is |was )?(?:{_HARMED})
    ^who (?:has |have )?treat(?:s|ed)? you (?:\w+ )?(?:badly|worst|unfairly|ill|poorly)\b
    \bnames? of (?:any|some)(?:one|body) who\b|\bname and shame\b
    \bwhich (?:one )?(?:of (?:these|the|our) )?(?:\w+ )?(?:people|person|staff|colleagues)\
    [ ](?:are you|you are|is you)\b
    \b(?:what|which|by what) (?:name|initials) (?:do you|are you|(?:is|appears|goes|stands) on your\
    |do people)\b
    \bdo you have a name (?:that )?(?:we|i) (?:can|could|may) (?:use|call)\b
    \bwhat (?:does your (?:{CARRIED}) say|is (?:written |printed |shown )?on your (?:{CARRIED}))\b(?! that)
    \b(?:what(?:'s| is) your|on what|what) number(?: (?:can|should|do|may) (?:we|i) (?:call|ring|text\
    |reach)|[ .?]*$)
    \bhow do you sign\b(?! (?:in|on|up|off|into|out|for)\b)\
    |\bletters? (?:of your (?:first |last )?name|(?:does|is) your (?:\w+ )?name)\b
    ^which (?:one )?(?:of (?:your|the|our) )?(?:{PERSON})\b(?!')(?! (?:{_OF_THEM})\b)(?! do you find)
    (?<!to )(?<!can )\bsay(?:ing)? who (?:you are|your|it|they|he|she|did|said|was|has|is)\b
    \b(?:say|tell \w+|write|state) who (?:your|the) (?:\w+ )?(?:{_ANY})\b
    \bidentify (?:the|any|an?|your) (?:{_ANY})\b
    \bwhich (?:{ROLE}|{OFFICE}) (?:do|did|are) you (?:work|report|shadow)
    \b(?:say|tell \w+|write|state) which (?:{PERSON}|{ROLE})\b(?!')(?! (?:{_OF_THEM})\b)
    \b{ASK}(?:your |their )?(?:\w+ )?(?:e-?mail(?: address)?|(?:phone|mobile|telephone) number)
    (?:\b{ASK}(?:{WHOSE})(?:\w+ )?|^{ASK}(?:the )?)(?:{NUMBER})\b
    \b{ASK}(?:{WHOSE})(?:{CONTACT})\b{CLOSE}
    \b{ASK}(?:{WHOSE})(?:personal )?(?:details|pin|registration)\b{CLOSE}
    \b{ASK}(?:the |any )?(?:\w+ )?(?:number|digits?|code|letters?) (?:that is |that's |printed |shown \
    |written )?\
    (?:on|of|from) (?:the back of )?your\b
    \b(?:last|first|final|middle) (?:few |\w+ |\d+ )?(?:digits?|numbers?|letters?|characters?|figures?)\
    [ ](?:of|in|on|from) your\b
    \b{ASK}(?:the )?(?:first|last|second) (?:part|half) of your post ?code\b
    \b{ASK}(?:your|the|a|any|one) (?:\w+ )?(?:{_ANY})'s (?:full |first |last )?\
    (?:names?|initials|e-?mail)\b(?! for)
    \b(?:what|how) (?:is|are|was|were) (?:your|the|this|that) (?:\w+ )?(?:{_ANY})\
    [ ](?:called|known as|named)\b
    ,? and who (?:it|that|they|he|she) (?:was|is|were|are)\b
    \bwhat (?:are|were) you (?:called|known as|named)\b|\bhow (?:are|should|may) you (?:be )?(?:called\
    |known|addressed)\b
    \bhow (?:might|would|should|may|do) (?:\w+ ){{1,3}}address you\b
    \bwhat (?:do|does|did|should|can|may|shall|would) (?:(?:\w+ ){{1,3}}call you\
    |you (?:go by|answer to))\b(?! about| for| to| when| in)
    \b(?:tell \w+|state|write|show \w+|let \w+ know|explain|reveal|confirm|give away|describe)\
    (?: \w+)? who you are\b
    \byourself:? (?:your )?name\b|\bwho (?:we are|i am) (?:speaking|talking)\b|\bdescribe yourself so\b
    ^who (?:are|am) (?:you|i)\b(?! (?:most |more |least )?(?:likely|able|free|expected|thinking))
    \bname yourself\b|\bonly your own[ .]*$|\bidentify yourself\b
    \bintroduce yourself\b(?! to (?!us\b|me\b))
    ^who (?:is |has |are )?(?:fill|complet|answer|writ|typ|wrot)(?:s|es|e|ed|ing|ten)?(?: in)?\
    (?: this| these| it)(?: in)?(?: form| survey| questionnaire| answers?)?[ .?!]*$
    , who (?:did|was|is) (?:it|this|that)\?
    \b(?:how|where|when|on what number|at what address) (?:can|could|may|should|do|would|might|will\
    |shall) (?:we|i|they|someone|somebody|the \w+|our \w+) (?:best )?(?:reach|contact|find|ring|phone\
    |call|e-?mail|text|get hold of|get in touch with|get back to|write to) you\b(?! with| about| an?\b)
    \b(?:how|where|when) (?:can|could|may|should|will) you (?:best )?be (?:reached|contacted|found|rung\
    |phoned|called|e-?mailed)\b
    \bbest (?:way|time|place|number|address) (?:(?:to|for us to) )?(?:reach|contact|find|ring|phone|call\
    |e-?mail|get hold of) you\b(?! with| about (?!your|this|it\b))
    (?<!to )\b(?:sign|initial)(?: and date)? (?:your name|here|below)\b|^(?:please )?sign off with\
    |\byour signature (?:here|below)\b
    ^(?:my (?:\w+ )?(?:name|number|address|extension|initials) is|i am called)[ .:_]*$
    \b(?-i:[A-Z][a-z]+ [A-Z][a-z]+) as an? \w+\?
    """
#: such a detail alone, or what is yours of it wherever it stands
ALONE = rf"""
    \byour (?:(?:{_OWN}) )*(?:{DETAIL}|d\.?o\.?b\b\.?)(?!')\b(?! for the | reads| tag| badge)
    ^(?:(?:{WHOSE})?(?:{DETAIL}|e[- ]?mail|d\.?o\.?b)|(?:{WHOSE})(?:\w+ )?(?:{CONTACT}|address|name\
    |details)\
    |(?:(?:your|the) )?(?:\w+ )?(?:{_ANY})(?:'s)? (?:full )?(?:name|e-?mail)\
    |(?:completed|filled in|signed|submitted|written) by)\
    (?: of (?:(?:the|your|a) \w+(?: \w+)?|(?:the )?(?:{_ANY})(?: \w+){{0,3}}))?(?:(?:,| and| or|/\
    | &)(?: \w+){{1,3}})?\
    (?: \(?(?:optional|required|please|if you like)\)?)?[ .:?*_]*$
    """
