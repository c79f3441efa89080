"""What identifies, in Welsh: the same traits, as a translation would ask for them.

Matched without accents, and with the mutated forms that stand after "dy", "eich" and "fy".
"""

from pulse.domain.wording.masking import any_of
from pulse.domain.wording.traits import Trait

_ASK = any_of(
    """
    beth (?:yw|ydy|ydi|oedd)|pa (?:un|rai) (?:yw|ydy)|pwy (?:yw|ydy|ydi)
    (?:nodwch|noda|rhowch|rho|ysgrifennwch|ysgrifenna|teipiwch|teipia|cofnodwch|cofnoda|gadewch|dewiswch|dewisa)
    (?:dywedwch|dwedwch|dywed|rhannwch|llenwch|ticiwch)(?: wrthym)?(?: ni)?(?: beth (?:yw|ydy))?
    disgrifiwch
    """
)
_WHOSE = "eich |dy |ei |enw a'ch |a'ch "
_NUMBER = any_of(
    r"""
    rh?if(?:au)? (?:ff?on|symudol|estyniad|staff|gweithiwr|gweithwyr|cyflogai|cyflogres|aelod|bathodyn\
    |adnabod|yswiriant|gig|pasbort|cofrestru|personel|cyswllt)
    [pb]lat(?:iau)? (?:rhif|cofrestru)|estyniad(?: ff?on)?
    """
)
_DETAIL = any_of(
    rf"""
    {_NUMBER}
    enw(?: llawn| cyntaf| olaf| bedydd| defnyddiwr)?|[cg]yfenw|llythrennau (?:cyntaf|blaen)|ll?ofnod|llysenw
    [cg]yfeiriad(?: e-?bost| ebost| cartref)?|e-?bost|[cg]od post|dd?yddiad geni|(?:manylion|fanylion) cyswllt
    """
)
_UNIT = any_of(
    """
    th?im|dim|adran|ward|uned|g?yfarwyddiaeth|cyfarwyddiaeth|g?wasanaeth|swyddfa|safle|ysgol|llawr|lawr|clinig
    glinig
    ganolfan|canolfan|depo|ddepo|cangen|gangen|desg|ddesg
    """
)
_PERSONAL = any_of(
    """
    rh?ywedd|rh?yw|[cg]refydd|ethnigrwydd|(?:grwp|cefndir|gefndir) ethnig|[cg]yfeiriadedd rhywiol|hil
    [cg]enedligrwydd|anabledd|statws priodasol|iaith gyntaf
    """
)
_END = r"(?! (?!(?:a|ac|yma|isod|os gwelwch|er mwyn|fel|yn llawn|gwladol|gwaith|i)\b)\w)"
WELSH: dict[Trait, str] = {
    "name": rf"""
        \b(?:{_ASK}) (?:{_WHOSE})(?:{_DETAIL})\b
        \b(?:{_ASK}) (?:{_NUMBER}|enw llawn|cyfeiriad e-?bost|dyddiad geni|enw eich)\b
        ^pwy (?:ydych|wyt|(?:yw|ydy|ydi) (?:eich|dy)|sy'n llenwi)\b
        \b(?:dywedwch|dwedwch|nodwch|dangoswch|esboniwch)\
        (?: wrthym)?(?: ni)? pwy (?:ydych|wyt|ydy|yw)\b
        ^pwy (?:yn|o|ar) (?:eich|dy)\b
        \bsut (?:gallwn|allwn|gallen|mae|y gallwn|gallaf)(?: ni| i)? (?:gysylltu|cysylltu)
        \bbeth (?:mae|y mae|ddylai|ddylem|ddylwn) (?:\w+ ){{1,3}}(?:yn )?eich galw\b|\beich galw chi'n beth
        \bpedwar (?:digid|rhif) olaf (?:eich|dy)\b|\brhif (?:sydd )?ar (?:eich|dy) [bf]athodyn\b
        """,
    "unit": rf"""
        \b(?:ym? mha|o ba|ar ba|i ba|pa|mewn pa) (?:un o'r )?(?:{_UNIT})\b.*\b(?:ydych|rydych|wyt|gweithio\
        |gweithiwch|eistedd|perthyn|eich)\b
        \bble (?:ydych|rydych|wyt|mae) (?:chi|ti|eich|dy)(?:'n| yn)? ?(?:gweithio|eistedd|swyddfa|d?desg)\b
        \b(?:{_ASK}) (?:{_WHOSE})(?:{_UNIT})\b{_END}
        """,
    "grade": rf"""
        \b(?:pa|ar ba) (?:fand|raddfa|radd|gradd)\b.*\b(?:ydych|wyt|eich)\b
        \b(?:{_ASK}) (?:{_WHOSE})(?:band|fand|gradd|radd|graddfa|raddfa|[cg]yflog)\b{_END}
        """,
    "age": rf"""
        \bfaint (?:yw|ydy|ydi) (?:{_WHOSE})(?:oed|hoed)|\b(?:{_ASK}) (?:{_WHOSE})(?:grwp )?h?oed(?:ran)?\b
        \b(?:pryd|ym mha flwyddyn|pa flwyddyn) (?:y )?(?:cawsoch|gawsoch|ganwyd|ganed) (?:chi|eich)
        """,
    "service": r"""
        \b(?:ers pryd|ers faint|am faint|faint o flynyddoedd|sawl blwyddyn) .*\b\
        (?:gweithio|gweithiwch|swydd)\b
        \b(?:pryd|ym mha flwyddyn|pa flwyddyn|pa ddiwrnod|ba ddiwrnod) (?:y |wnaethoch )?(?:chi )?\
        (?:ymunoch|ymuno|ddechreuoch|ddechrau|dechreuoch)\b
        """,
    "role": rf"""
        \b(?:{_ASK}) (?:{_WHOSE})(?:[td]eitl swydd|swydd|rol|proffesiwn|galwedigaeth)\b{_END}
        \bpa swydd (?:ydych|rydych|sydd)\b
        ^(?:ydych chi'n|a ydych chi'n|wyt ti'n) (?:rheolwr|nyrs|feddyg|athro)\b
        """,
    "personal": rf"""
        \b(?:{_ASK}) (?:{_WHOSE})(?:{_PERSONAL})\b
        ^(?:a )?oes gennych (?:chi )?(?:anabledd|blant|[cg]yfrifoldebau gofalu)\b
        """,
}
ALONE_WELSH = rf"""
    ^(?:{_WHOSE})?(?:{_DETAIL})(?: gwladol| gwaith)?(?: \(?(?:dewisol|os gwelwch yn dda)\)?)?[ .:?*]*$
    """
