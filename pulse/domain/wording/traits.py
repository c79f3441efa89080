"""Words of questions that identify, in English: what they ask for, of whom, and how."""

from typing import Literal

from pulse.domain.wording.masking import any_of

#: what the staff list may know of a person; "personal" is what it never does, "name" is a person outright
Trait = Literal["name", "unit", "grade", "age", "service", "role", "hours", "personal", "alone"]

_WHAT = any_of(
    r"""
    what(?:'s| is| was| are| were)|which(?: of these| of the following)?(?: best)?(?: is| describes\
    | matches| shows)?
    (?:please )?(?:give|enter|state|write|type|select|choose|tick|add|include|provide|confirm|say
    tell us|leave|put|supply|share|insert|quote|specify|fill in|key in|list|submit
    describe|record|print|spell|jot down|pop|note|write down|set down
    tell me)(?: us)?|how would you describe
    (?:may|can|could|shall) (?:we|i) have|can you (?:give|tell) us
    """
)
#: not "I give" or "we list", which are statements
ASK = (
    rf"(?<!\bi )(?<!\bwe )(?:{_WHAT}) "
    r"(?:(?:the|a|one) (?:box|option|answer|one) (?:for|with|next to|that (?:matches|shows)) )?"
)
UNIT = any_of(
    """
    team|ward|unit|department|directorate|service|office|site|building|depot|school|care home|location
    hospital|library|college|yard
    division
    section|branch|clinic|surgery|base|workplace|place of work|locality|floor|station|hub|area|union
    """
)
PERSON = any_of(
    """
    person|people|colleagues?|(?:line )?managers?|leaders?|directors?|supervisors?|members? of staff|staff
    team-?mates?|team members?|boss|team leaders?|individuals?|councillors?|someone|somebody|anyone|anybody
    """
)
ROLE = any_of(
    """
    manager|nurse|doctor|social worker|teacher|leader|supervisor|director|clinician|apprentice|administrator
    contractor|trainee|student|consultant|porter|cleaner|carer|councillor|trade union rep|union rep
    agency worker|team leader|head of \\w+|volunteer|midwife|planner|engineer|care worker|new starter|parent
    """
)
PERSONAL = any_of(
    """
    gender(?: identity)?|sex|sexual (?:orientation|identity|preference)|sexuality|religion|faith
    ethnic(?:ity| group| background| origin)|race
    nationality|disability|disabilities|marital status|(?:health|medical) conditions?|impairment
    medication|pronouns
    (?:immigration|visa) status|home address|address|post ?code
    (?:first|native) language|mother tongue|country of birth|home ?town|caring responsibilities
    date of birth
    """
)
#: names of single posts, of which a place of work has one or a few
OFFICE = any_of(
    """
    (?:shift |team |service )?lead|matron|sister|charge nurse|head(?: ?teacher)?
    chief executive|clerk|foreman|coordinator|mentor|buddy
    """
)
#: a number or a code that one person has
NUMBER = any_of(
    r"""
    (?:staff|payroll|employee|personnel|assignment|ni|n\.i\.|national insurance|reg|registration|badge|nhs\
    |pass\
    |pension|passport|card|hr|esr|professional|pin|gmc|nmc|hcpc|licence|account|locker|user|id|bleep
    pager|payslip|smart ?card|permit|collar|shoulder|warrant|membership)\
    [ ](?:number|no\.?|id|code|pin|reference|ref)
    (?:car|vehicle|van|number|registration|licence)[ -]?(?:plate|registration|reg)s?(?: number)?
    """
)
#: where one person is reached, and what only they sign or log in with
CONTACT = any_of(
    r"""
    (?:phone|mobile|telephone|landline|extension|home|work|contact|direct|best)(?: phone)? (?:number|no\.?)
    extension|(?:\w+ )?user ?name|(?:\w+ )?profile|mobile|phone|telephone|landline
    e[- ]?mail(?: address)?|contact details|user ?name|log-?in
    signature|nickname|(?:twitter|social media|teams|instagram) (?:handle|name)|best (?:number|address)
    """
)
#: what needs no "your" to ask for it
DETAIL = any_of(
    rf"""
    {NUMBER}
    (?:full|first|last|family|maiden|middle|user|your)[ -]?names?|names?|surname|initials|signature|nickname
    date of birth|birth ?(?:day|date)|home address|post ?code|national insurance|nino|contact details
    (?:phone|mobile|telephone) (?:number|no\.?)|e[- ]?mail address
    """
)
#: what one person has to themselves
CARRIED = "badge|name badge|pass|lanyard|id card|id|door|payslip|uniform|desk"
PLACE = any_of(
    """
    desk|seat|chair|locker|bay|car|van|vehicle|lorry|bus|round|route|counter|pod
    workstation|parking space|room
    """
)
WHOSE = "your (?:own |full )?|their |the |his |her "
#: the question ends here, or goes on to say what for
CLOSE = (
    r"(?!')(?! (?!(?:and|or|here|below|first|then|now|too|clearly|please|so|in case|if|to|for|at|number"
    r"|in the box|on)\b)\w)"
)
#: the question ends here, or goes on to ask for more: "What is your team?", not "What is your team good at?"
END = (
    r"(?!')(?! (?!(?:and|or|are|do|did|were|have|name|title|code|number|group|from|below|in|here|at"
    r"|to the nearest)\b)\w)"
)
