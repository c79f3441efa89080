"""What people are told to leave out, or told that nobody asks for: it is not asked for."""

import re

from pulse.domain.wording.masking import any_of

_VERB = any_of(
    """
    give|write|type|tell|put|enter|say|state|name|add|include|leave|provide|sign|let|use|share|fill|print
    spell|supply|record|describe|identify|submit|show
    """
)
#: where a sentence turns to what is wanted after all
_TURNS = any_of(
    rf"""
    (?:,| and| then| or| so)* (?:then |please )*(?:(?:{_VERB}) (?:your\b|us\b|me\b|yourself\b|the name\
    |it with)\
    |your (?:name|full|real) (?:please|here|goes)|tell us)
    ,? (?:please|but|instead|rather|unless|until|except|only|just|we need|other than|apart from|more than\
    |anything (?:but|except)|beyond)\b
    [ ]-+ |, (?:we|it|they) (?:need|want|ask)\b
    (?:,? and|,)? (?:what (?:is|are|was|'s)|(?:which|what) (?:\w+ ){{1,3}}(?:do|are|did|have) you\
    |where (?:do|are|did) you|who (?:is|are|was) your|how (?:do|are|can|old|many|long have))\b
    """
)
#: to forget a thing, or to send something without it, is what one is warned of: the thing is wanted
_WARNED_OF = any_of(
    """
    forget|skip|omit|miss(?: out)?|fail|hesitate|be (?:shy|afraid)
    leave (?:out|off|it|this|blank|empty)
    (?:submit|send|hand|return|finish|proceed|continue|go)\\b(?! us| anything)
    """
)
_NEVER = any_of(
    """
    (?:do|does|did|will|would|need|must|should|could|can|are|is|was|were|have|has)(?: not|n't)(?! you\\b)
    (?<!why )(?<!you )not(?! you\\b)|never|cannot|nothing|nobody|no one|none|neither|nor|no need
    without|avoid|leave out|keep out
    """
)
_FORBIDDEN = re.compile(
    rf"\b(?P<warned>(?:{_NEVER}) (?:\w+ )?(?:{_WARNED_OF})[^.!?\n]*)"
    rf"|\b(?:{_NEVER})\b(?: (?:please|ever|us|to|\w+ly))*(?: \w+)?(?:(?<! to)(?!{_TURNS})[^.!?;:\n(/]"
    rf"|(?<= to)[ ](?:\w+))*"
    # what happens to a name that is known already
    r"|(?<!us )(?<!me )(?<!to )\b(?:know|use|remember|pronounce|spell|learn|hear|mention)(?:s|ed)? your \w+"
    r"|\b(?:give|say) your \w+ if you (?:spoke|raised|reported|complained)\b"
    r"|\b(?:keep|keeps|kept) your \w+ (?:apart|safe|secret|separate|out|from)\b[^.!?\n]*"
    r"|\byour (?:\w+ )?(?:names?|initials|address|number)(?:[\w ,'-]{0,40})? (?:is|are|will|can|does|stays?)"
    r" (?:not|never|removed|kept|hidden|deleted|safe|separate|only|be)\b[^.!?\n]*",
    re.IGNORECASE,
)
_WELSH_TURNS = any_of(
    """
    ,? (?:ond|yna|yn hytrach)\\b
    ,?(?: a| ac)? (?:rhowch|nodwch|ysgrifennwch|dwedwch|dywedwch|teipiwch|gadewch)\\b
    [ ]-+[ ]
    """
)
_WELSH_FORBIDDEN = re.compile(
    r"\b(?P<warned>peidiwch [aâ]g? (?:anghofio|hepgor|gadael (?:\w+ ){1,3}allan)[^.!?\n]*)"
    r"|\b(?:peidiwch(?: [aâ]g?)?|heb|nid|na(?='|d )|ni (?:fydd|ofyn|chaiff|welir)\w*"
    r"|does (?:dim|neb)|dim angen)"
    rf"(?: \w+)?(?:(?!{_WELSH_TURNS})[^.!?;:\n(/])*",
    re.IGNORECASE,
)


def without_forbidden(text: str) -> str:
    """With low lines, as many, in place of what the text tells people not to give."""
    for forbidden in (_FORBIDDEN, _WELSH_FORBIDDEN):
        text = forbidden.sub(lambda found: found[0] if found["warned"] else "_" * len(found[0]), text)
    return text
