"""Lists of words as patterns, and fixed phrases, in which "and" and "or" join nothing."""

import re
from collections.abc import Iterable


def any_of(block: str) -> str:
    """The alternatives of a block of text, one or more a line; a line that ends in a backslash goes on."""
    lines = re.sub(r"\\\n\s*", "", block.strip()).splitlines()
    return "|".join(line.strip() for line in lines)


def pattern(block: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern that finds any of the alternatives of a block."""
    return re.compile(any_of(block), flags)


def mask(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """The text with each match blotted out by as many low lines, so that spans still fit."""
    for blotted in patterns:
        text = blotted.sub(lambda found: "_" * len(found.group()), text)
    return text


_PAIRS = any_of(
    """
    health and safety|terms and conditions|ups and downs|pros and cons|give and take|trial and error
    black and white|peace and quiet|ins and outs|bits and pieces|nuts and bolts|first and foremost
    up and running|back and forth|by and large|through and through|time and again|now and then|now and again
    day and night|night and day|nights and weekends|evenings and weekends|in and out|out and about
    safe and sound
    loud and clear|far and wide|wear and tear|hire and fire|rank and file|odds and ends|once and for all
    each and every|one and all|do'?s and don'ts|live and learn|lunch and learn|questions and answers
    accident and emergency|research and development|learning and development|search and rescue
    bed and breakfast|arts and crafts|food and drink|supply and demand|cause and effect|law and order
    pen and paper|husband and wife|men and women|women and men|boys and girls|mums and dads|friends and family
    family and friends|tea and coffee|heating and lighting|cut and paste|copy and paste|hit (?:and|or) miss
    more or less|sooner or later|one or two|two or three|three or four
    an? (?:hour|day|week|month) or (?:two|so)
    one way or another|one reason or another|for better or worse|rightly or wrongly|all or nothing
    whether or not|or not|or so|or other|last but not least|nothing but|anything but|all but|no choice but
    equality and diversity|diversity and inclusion|equality, diversity and inclusion|command and control
    pick and choose|wait and see|profit and loss|lost and found|read and write|mental and physical health
    physical and mental health|roles and responsibilities|health and social care|adults and children
    children and adults|children and young people|children and families|families and carers
    patients and carers|carers and families|right (?:and|or) wrong|good and bad|strengths and weaknesses
    winter and \\w+ in summer|(?:at )?home (?:and|or) (?:at )?work|work and home
    short and (?:to the point|sweet|simple)
    plain and simple|nice and \\w+|good and \\w+|salt and grit
    salt and pepper|bricks and mortar|hustle and bustle|leaps and bounds|checks and balances|flesh and blood
    dribs and drabs|fair and square|free and easy|here and there|there and then|hands and feet|rich and poor
    young and old|old and young|pay and display|park and ride|drop and go|stop and search|mix and match
    touch and go|come and go|toing and froing|to and fro|of every \\w+ and none
    """
)
#: a verb of going or trying, joined to what one goes for: one deed
_SERIAL = (
    r"\b(?:go|goes|going|went|come|comes|coming|came|try|tries|trying|stop|stops|sit|sits|wait|waits|stay|stays"
    r"|(?:step|steps|stepping) back|stand up)(?: (?:out|in|back|down|over|along|up))? and\b"
)
FIXED = [
    re.compile(r"\([^()]*\)"),
    re.compile(rf"\b(?:{_PAIRS})\b", re.IGNORECASE),
    re.compile(_SERIAL, re.IGNORECASE),
    # "more and more", "again and again"; "at scale and at pace"; "Children and Families", a department
    re.compile(r"\b(\w+) and \1\b", re.IGNORECASE),
    re.compile(r"\bfirst and \w+ second\b|\bat (?:\w+ )?\w+ and at \w+", re.IGNORECASE),
    re.compile(r"(?<!^)(?<![.?!] )\b[A-Z]\w+(?:, [A-Z]\w+)* and [A-Z]\w+"),
    # what is weighed, set apart or shared out has two ends
    re.compile(r"\b(?:between|balance[sd]?|mix of|blend of)\b[^,.?;]*?\band\b", re.IGNORECASE),
    re.compile(r"\b(?:s?he/s?he|his/her|her/his|him/her|s/he|they/them|n/a|24/7|\d+/\d+)\b", re.IGNORECASE),
    re.compile(r"\b(?:agree|disagree|yes) (?:or|and|nor) (?:agree|disagree|no)\b", re.IGNORECASE),
    re.compile(r"\bor (?:over|under|above|below|older|younger|fewer)\b", re.IGNORECASE),
    re.compile(r"\b(?:if|as|when|where) and (?:when|if|where)\b", re.IGNORECASE),
]
