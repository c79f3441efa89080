"""What identifies, in Welsh: the same traits, as a translation would ask for them.

Matched without accents, and with the mutated forms that stand after "dy", "eich" and "fy".
"""

from pulse.domain.wording.masking import any_of
from pulse.domain.wording.traits import Trait

_ASK = any_of(
    """
    beth (?:yw|ydy|ydi|oedd)|be '?di|pa (?:un|rai) (?:yw|ydy)|pwy (?:yw|ydy|ydi)
    (?:nodwch|noda|rhowch|rho|ysgrifennwch|ysgrifenna|teipiwch|teipia|cofnodwch|cofnoda|gadewch|dewiswch\
    |dewisa)
    (?:dywedwch|dwedwch|dywed|rhannwch|llenwch|ticiwch)(?: wrthym)?(?: ni)?(?: beth (?:yw|ydy))?
    disgrifiwch|dwedwch wrthym|dywedwch wrthym
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
    h?enw(?: llawn| cyntaf| olaf| bedydd| defnyddiwr)?|[cg]yfenw|llythrennau (?:cyntaf|blaen)|ll?ofnod
    llysenw
    [cg]yfeiriad(?: e-?bost| ebost| cartref)?|e-?bost|[cg]od post|dd?yddiad geni
    (?:manylion|fanylion) cyswllt
    """
)
_UNIT = any_of(
    """
    th?im|dim|adran|ward|uned|g?yfarwyddiaeth|cyfarwyddiaeth|g?wasanaeth|swyddfa|safle|ysgol|llawr|lawr
    clinig
    glinig
    ganolfan|canolfan|depo|ddepo|cangen|gangen|desg|ddesg
    """
)
_PERSON = any_of(
    """
    rh?eolwr(?: llinell)?|g?oruchwylydd|bos|fos|arweinydd|cydweithiwr|g?ydweithiwr|aelod|nyrs|metron
    fetron|prifathro
    pennaeth|bennaeth
    """
)
_ROLE = any_of("rheolwr|nyrs|feddyg|athro|athrawes|weithiwr cymdeithasol|gynorthwyydd|brentis|ofalwr")
_PERSONAL = any_of(
    """
    rh?ywedd|rh?yw|[cg]refydd|ethnigrwydd|(?:grwp|cefndir|gefndir) ethnig|[cg]yfeiriadedd rhywiol|hil
    [cg]enedligrwydd|anabledd|statws priodasol|iaith gyntaf
    """
)
_ARE_YOU = "(?:a )?(?:ydych|ydach|dych|dach|wyt) (?:chi|ti)(?:'n| yn)"
_END = (
    r"(?!')(?! (?!(?:a|ac|yma|isod|os gwelwch|yn (?:y cyngor|y tim|y bwrdd|yr ymddiriedolaeth|y sefydliad)"
    r"|er mwyn|fel|yn llawn|gwladol|gwaith|i|chi|di)\b)\w)"
)
WELSH: dict[Trait, str] = {
    "name": rf"""
        \b(?:{_ASK}) (?:{_WHOSE})(?:{_DETAIL})\b
        \b(?:{_ASK}) (?:{_NUMBER}|enw llawn|cyfeiriad e-?bost|dyddiad geni|enw eich)\b
        \beich (?:h?enw(?! (?:da|yn)\b)|llofnod|llythrennau blaen|[cg]yfeiriad e-?bost|rhif ff?on\
        |rhif staff|dyddiad geni)\b
        ^(?:i )?(?:pwy|bwy) (?:ydych|wyt|(?:yw|ydy|ydi) (?:eich|dy)|sy'n llenwi|rydych chi'n (?:adrodd\
        |atebol))\b
        ^pwy sy'n (?:eich|dy) (?:rheoli|goruchwylio|arwain|bwlio)\b
        ^pwy sydd wedi (?:eich|dy) (?:bwlio|aflonyddu|cam-?drin)\b
        \b(?:dywedwch|dwedwch|nodwch|dangoswch|esboniwch)\
        (?: wrthym)?(?: ni)? pwy (?:ydych|wyt|ydy|yw)\b
        ^pwy (?:yn|o|ar) (?:eich|dy)\b
        \bsut (?:gallwn|allwn|gallen|mae|y gallwn|gallaf|gellir)(?: ni| i)? (?:gysylltu\
        |cysylltu) [aâ] (?:chi|ti|thi)\b
        \bbeth (?:mae|y mae|ddylai|ddylem|ddylwn) (?:\w+ ){{1,3}}(?:yn )?(?:eich|dy) (?:galw|alw)\b
        \beich galw chi'n beth
        \bpedwar (?:digid|rhif) olaf (?:eich|dy)\b|\brhif (?:sydd )?ar (?:eich|dy) [bf]athodyn\b
        ^llofnodwch (?:yma|isod)\b|^enwch (?:y|yr|eich|un) (?:{_PERSON})\b
        ^pa (?:{_PERSON}) (?:sydd|sy'n|oedd)\b
        \bcyflwynwch eich hun\b(?! i)|\benw (?:eich|dy) (?:{_PERSON})\b
        """,
    "unit": rf"""
        \b(?:ym? mha|o ba|ar ba|i ba|pa|mewn pa) (?:un o'r )?(?:{_UNIT})\b(?! (?:y|yr) )(?!.*\b(?:angen\
        |meddwl|g?werthfawrogi|hoffi))\
        .*\b(?:ydych|rydych|wyt|gweithio|gweithiwch|eistedd|perthyn|eich)\b
        \b(?:ble|lle|ym mhle) (?:ydych|rydych|ydach|dach|dych|wyt|mae) (?:chi|ti|eich|dy)?(?:'n\
        | yn)? ?(?:gweithio|eistedd|swyddfa|d?desg)\b\
        (?! (?:orau|hapusaf))
        \bgweithio (?:ar ba|ym mha|yn ba|mewn pa) (?:{_UNIT})\b
        \b(?:{_ASK}|beth (?:yw|ydy) enw) (?:enw )?(?:{_WHOSE})(?:{_UNIT})\b{_END}
        """,
    "grade": rf"""
        \b(?:pa|ar ba) (?:fand|raddfa|radd|gradd)\b.*\b(?:ydych|wyt|eich)\b
        ^(?:ar )?(?:pa|ba) (?:fand|radd)(?: cyflog)?[ ?.]*$
        \b(?:{_ASK}) (?:{_WHOSE})(?:band|fand|gradd|radd|graddfa|raddfa|[cg]yflog)\b{_END}
        \bfaint (?:ydych|rydych|wyt) (?:chi|ti)(?:'n| yn) (?:ei )?ennill\b
        """,
    "age": rf"""
        \bfaint oed (?:ydych|wyt|yw|ydy)\b|\bfaint (?:yw|ydy|ydi) (?:{_WHOSE})(?:oed|hoed)
        \b(?:{_ASK}) (?:{_WHOSE})(?:grwp )?h?oed(?:ran)?\b
        \b(?:pryd|ym mha flwyddyn|pa flwyddyn) (?:y )?(?:cawsoch|gawsoch|ganwyd|ganed) (?:chi|eich)
        """,
    "service": r"""
        \b(?:ers pryd|ers faint|am faint|faint o flynyddoedd|sawl blwyddyn) (?:o amser )?(?:ydych|rydych\
        |wyt|y buoch|buoch)\b.*\b\
        (?:gweithio|gweithiwch|swydd|yma)\b(?! (?:heb|_))
        \b(?:pryd|ym mha flwyddyn|pa flwyddyn|pa ddiwrnod|ba ddiwrnod) (?:y |wnaethoch )?(?:chi )?\
        (?:ymunoch|ymuno|ddechreuoch|ddechrau|dechreuoch)\b
        """,
    "role": rf"""
        \b(?:{_ASK}) (?:(?:{_WHOSE})(?:[td]eitl swydd|swydd|rol|proffesiwn|galwedigaeth)\
        |teitl eich swydd)\b{_END}
        \bpa swydd (?:ydych|rydych|sydd)\b
        \bbeth (?:ydych|rydych|wyt) (?:chi|ti)(?:'n| yn) (?:ei )?wneud (?:yma|yn eich swydd)\b
        ^{_ARE_YOU} (?:{_ROLE})\b
        """,
    "hours": r"""
        ^(?:a )?(?:ydych|wyt) (?:chi|ti)(?:'n| yn) gweithio'n (?:rhan|llawn)[- ]amser\b
        """,
    "personal": rf"""
        \b(?:{_ASK}) (?:{_WHOSE})(?:{_PERSONAL})\b
        ^(?:a )?oes gennych (?:chi )?(?:anabledd|blant|[cg]yfrifoldebau gofalu)\b(?! sy)
        \b(?:ble|lle) (?:ydych|rydych|ydach|dach|dych|wyt) (?:chi|ti)?(?:'n| yn)? ?byw\b
        ^{_ARE_YOU} (?:anabl|feichiog|hoyw|ddyn|fenyw|briod|drawsryweddol|fyddar|ddall)\b
        """,
}
_POLITE = r"(?: \(?(?:dewisol|os gwelwch yn dda)\)?)?[ .:?*]*$"
#: such a detail or fact, and nothing else
ALONE_WELSH: dict[Trait, str] = {
    "name": rf"""
        ^(?:{_WHOSE})?(?:{_DETAIL})(?: gwladol| gwaith)?{_POLITE}
        ^h?enw (?:eich |dy |y )?(?:{_PERSON}){_POLITE}
        ^(?:eich |dy )(?:rheolwr|bos|fos)(?: llinell)?{_POLITE}
        """,
    "unit": rf"^(?:{_WHOSE})?(?:tim|adran|ward|uned|swyddfa|safle){_POLITE}",
    "age": rf"^(?:{_WHOSE})?(?:oed|oedran|grwp oedran){_POLITE}",
    "role": rf"^(?:{_WHOSE})?(?:teitl swydd|swydd|proffesiwn|rol){_POLITE}",
    "personal": rf"^(?:{_WHOSE})?(?:{_PERSONAL}){_POLITE}",
}
