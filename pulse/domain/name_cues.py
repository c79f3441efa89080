"""What stands beside a name and shows that a person is meant (Grace, Mark), or is not (Albert Street)."""

import re
from collections.abc import Collection

from pulse.domain.ordinary_words import PLACES
from pulse.domain.typed_names import TITLES, Folded

#: written with a capital whoever is called so; the seasons by many people
MONTHS = frozenset({"april", "may", "june", "august", "friday", "christmas", "easter"})
MONTHS |= {"spring", "summer", "autumn", "winter"}
_IN_A_MONTH = re.compile(
    r"(?:\b(?:in|of|since|by|until|till|from|to|before|after|during|last|next|this|every|early|mid|late)"
    r"|\d[a-z]*) $"
)
_TITLE_BEFORE = re.compile(
    rf"\b(?:{TITLES}|sister|nurse|matron|doctor|auntie|uncle)\.? $|(?<![\w.])[a-z]\. $"
)
#: words of asking and leading: what follows is a person, be it called like a month or a town
_ASKING = (
    "manager|boss|supervisor|colleague|director|leader|deputy|foreman|mentor|lead|ask|asked|asking|told"
    "|told by|tell|telling|thank|thanks|thanked|called|named|by name|spoke to|speak to|talk to|talked to"
    "|led by|run by|managed by|work for|works for"
)
_ASKING_BEFORE = re.compile(rf"\b(?:{_ASKING}),? $")
#: these go with things as well: "thanks to April's weather"
_DEALING_BEFORE = re.compile(r"\b(?:let|give|gave|thanks to|trust|trusts|trusted) $")
#: what only a person does; "sent", "cancelled" or "gets" would go with a grant, a post or a page as well
_DOES = (
    "said|says|told|asked|tells|asks|thinks|thought|knows|knew|wants|wanted|believes|hates|loves|likes|cares"
    "|cried|cries|laughs|laughed|shouts|shouted|swears|swore|moans|complains|complained|talks|talked|speaks"
    "|spoke|listens|listened|decides|decided|refuses|refused|promises|blames|bullies|bullied|ignores|treats"
    "|rings|rang|phoned|emails|emailed|replies|replied|answers|signs|apologised|lied|insists|insisted|pretends"
    "|tries|tried|forgets|forgot|remembers|understands|understood|deserves|micromanages|resigned|resigns"
    "|retired|retires|supervises|trains|teaches|taught|wrote|writes|turned up|turns up|walked (?:in|out|off)"
    "|works|who|himself|herself|and i|never|always|goes on about|gets away with|went (?:off|home|on leave)"
    "|(?:promised|helped|ignored|blamed|treated|trained|called|sent|gave|made|showed|took|let) (?:me|us)"
    "|(?:gets?|got|takes|took) (?:all )?(?:the|a) (?:credit|blame|job|post|promotion|warning|pay rise)"
    "|(?:needs|has|ought) to (?:go|retire|resign|step down|listen|learn|stop|be told)|needs training"
    "|(?:should|must) (?:go|retire|resign|listen|apologise|be (?:sacked|promoted|disciplined|thanked))"
    "|has (?:no idea|worked|told|asked|resigned|retired|left)"
)
_IS = (
    "brilliant|great|lovely|rude|leaving|amazing|kind|patient|helpful|approachable|supportive|aggressive|lazy"
    "|retiring|pregnant|(?:off )?sick|off (?:with|ill|work)"
    "|on (?:leave|nights|days|shift|holiday|maternity|his|her)|acting up|working|waiting|promoted|sacked"
    "|suspended|dismissed|bullied|told|asked|interviewed|spoken to|treated"
    "|promised an?|refused an?|made (?:to|redundant|permanent)|in charge"
    "|a (?:star|legend|saint|bully|hero)"
    "|(?:an?|the|my|our) (?:[a-z-]+ ){0,3}(?:manager|boss|leader|supervisor|nurse|sister|colleague|person|man"
    "|woman|worker|officer|director|deputy|foreman|mentor|doctor|consultant|one (?:who|that))"
)
_DOING_AFTER = re.compile(
    rf" (?:{_DOES}"
    rf"|(?:is|was|isn't|wasn't|gets?|got|ha[sd] been) (?:always |so |very |really |too |still )?(?:{_IS})"
    r"|(?:is|was|has|had|does|did|never|always|got|gets)\b[^.!?;:\n]{0,25}\bh(?:is|er)(?:self)?)\b"
)
#: "Will never change" leaves "it" out; "Will never listens" does not
_MODAL = re.compile(r"(?:will|may) (?:never|always) (?![a-z]+s\b)")
_WORKPLACES = (
    "hr|i?c?t|payroll|finance|reception|kitchens?|canteen|catering|estates|facilities|highways|housing|planning"
    "|legal|procurement|comms|admin|transport|fleet|stores|post ?room|depot|yard|labs?|theatres?|wards?"
    "|nights|days|a&e|front desk|switchboard|(?:call|contact|day) centre|social care|security|parks|library"
    "|pharmacy"
)
_FROM_A_TEAM = re.compile(rf" from (?:the )?(?:{_WORKPLACES})\b")
_IN_A_TEAM = re.compile(rf" (?:in|on|at) (?:the )?(?:{_WORKPLACES})\b")
_POSSESSIVE = re.compile(r"'s\b")
#: a capital in mid-sentence with no other beside it, and not after an article ("the Price Review")
_MID_SENTENCE = re.compile(
    r"(?<![\w'-])(?!(?:the|an?|our|your|this|that|each|every|my|their|no)\b)[a-z']+,? $"
)
#: or after a capital that only opens the sentence
_OPENING = re.compile(
    r"(?<![\w'-])(?:If|When|Whenever|While|Since|Because|Although|But|And|As|Until|Unless|Once|Whether|Neither"
    r"|Either|Both|Poor|Only|Even|Under|With|Without|Between|Like|Why does|Why is|Hi|Hello|Dear) $"
)
_ALONE = re.compile(r"(?!(?: |-)[A-Z]| \d)")
#: "N Banks", but not "A Day"
_INITIAL_BEFORE = re.compile(r"(?<![\w.'-])[B-HJ-Z] $")
_INITIAL_AFTER = re.compile(r" (?:[A-Z]\.|[B-HJ-Z])(?![\w'])")
_PLACE_AFTER = re.compile(
    r" (Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Crescent|Terrace|Square|Close|Court|Way|Gardens|House"
    r"|Building|Hospital|Infirmary|Hospice|Centre|Clinic|Surgery|School|College|Library|Lodge|Hall|Ward|Suite|Wing"
    r"|Park|Depot)\b(?!')"
)
_WARD_AFTER = re.compile(r" ward (?:is|was|has|had|needs|gets|got|staff)\b")
_ROOM_AFTER = re.compile(r" (?:ward|suite|wing|building|theatre|library|hospital|school|estate|clinic)\b")
#: "at St Helens", but not "in Dock St Helen said"
_SAINT_BEFORE = re.compile(r"(?:^|[^\w ] |\b[a-z']+ )St $")
_LAWS = re.compile(r"(?:awaab|clare|helen|martha|martin|natasha|sarah)'?s (?:law|rule)\b")
#: the longest run of letters that a pattern for what stands before looks back over
_BACK = 24


def points_at_a_person(text: Folded, start: int, end: int, *, first: bool, last: bool) -> bool:
    """Whether a person is meant by the ordinary word text.plain[start:end], which is somebody's name.

    `first`, `last`: as which name the roster has it.
    """
    before = text.plain[max(0, start - _BACK) : start]
    if _TITLE_BEFORE.search(before):
        return True
    begins, ends = text.places[start], text.places[end - 1] + 1
    if not text.typed[begins].isupper():
        return False
    alone = _ALONE.match(text.typed, ends)
    if (alone and _ASKING_BEFORE.search(before)) or _does_something(text.plain, start, end):
        return True
    if first and _INITIAL_AFTER.match(text.typed, ends):
        return True
    typed_before = text.typed[max(0, begins - _BACK) : begins]
    if last and _INITIAL_BEFORE.search(typed_before):
        return True
    word = text.plain[start:end]
    if word in PLACES or word in MONTHS:
        return False
    if _POSSESSIVE.match(text.plain, end):
        return True
    if first and _IN_A_TEAM.match(text.plain, end):
        return True
    amid = _MID_SENTENCE.search(typed_before) or _OPENING.search(typed_before)
    return bool(alone and (_DEALING_BEFORE.search(before) or amid))


def _does_something(plain: str, start: int, end: int) -> bool:
    """Whether what follows is done by people only, and is not said of a month ("in May and I ...")."""
    if plain[start:end] in MONTHS and _IN_A_MONTH.search(plain[max(0, start - _BACK) : start]):
        return False
    if _MODAL.match(plain, start):
        return False
    return bool(_DOING_AFTER.match(plain, end) or _FROM_A_TEAM.match(plain, end))


def is_asked(text: Folded, start: int) -> bool:
    """Whether what begins here, in lower case, follows a word of asking or leading: "ask walker"."""
    return bool(_ASKING_BEFORE.search(text.plain[max(0, start - _BACK) : start]))


def names_a_place(text: Folded, start: int, end: int, surnames: Collection[str]) -> bool:
    """Whether a name alone is that of a street, a building, a saint's town or a law: "Albert Street".

    Not if a surname of the roster follows, for "Albert Street" may work here; nor after a title.
    """
    plain, begins, ends = text.plain, text.places[start], text.places[end - 1] + 1
    before = plain[max(0, start - _BACK) : start]
    if _TITLE_BEFORE.search(before) or _ASKING_BEFORE.search(before):
        return False
    if _SAINT_BEFORE.search(text.typed[max(0, begins - _BACK) : begins]) or _LAWS.match(plain, start):
        return True
    place = _PLACE_AFTER.match(text.typed, ends)
    if place:
        return place[1].lower() not in surnames
    return bool(_WARD_AFTER.match(plain, end) or (before.endswith("the ") and _ROOM_AFTER.match(plain, end)))
