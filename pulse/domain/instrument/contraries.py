"""Words that say the contrary of each other: one in place of the other asks the contrary."""

import re

_PAIRS = """
easy hard|easy difficult|good bad|good poor|well badly|better worse|best worst|high low|higher lower
strong weak|strength weakness|open closed|early late|first last|before after|here elsewhere|here there
start stop|begin end|love hate|hope worry|hope fear|hopeful worried|hopeful afraid|up down|in out
inside outside|increase decrease|rise fall|grow shrink|gain lose|win lose|accept refuse|accept reject
allow forbid|allow prevent|include exclude|help hinder|help hamper|encourage discourage|praise blame
praise criticise|right wrong|true false|positive negative|safe dangerous|safe afraid|happy sad
calm anxious|clear confusing|simple complicated|quick slow|fast slow|quickly slowly|support oppose
keep lose|keep leave|stay leave|give take|get give|ask tell|same different|near far|rich poor|full empty
long short|large small|big small|new old|proud ashamed|free forced|welcome rejected|trust doubt
confident doubtful|able unable|pull push|build destroy|succeed fail|success failure|friend enemy
always never|often rarely|often seldom|everybody nobody|everyone nobody|something nothing|can cannot
advantage disadvantage|over under|above below|expected experienced|give receive|lead follow|speak listen
"""
_OPPOSITE = frozenset(
    frozenset(pair.split()) for line in _PAIRS.strip().splitlines() for pair in line.split("|")
)
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly")
#: put before a word, they say its contrary, or that there is too much or too little of it
_PREFIXES = (
    *("un", "in", "im", "il", "ir", "dis", "de", "non", "mis", "anti", "counter"),
    *("over", "under", "ill"),
)
#: beginnings that say the contrary of each other before the same word
_BEGINNINGS = [
    *(("over", "under"), ("up", "de"), ("up", "un"), ("up", "down"), ("up", "out")),
    *(("re", "de"), ("re", "un")),
    *(("on", "off"), ("in", "out"), ("in", "de"), ("pre", "post"), ("pre", "de"), ("hyper", "hypo")),
    *(("micro", "macro"), ("inter", "intra"), ("inter", "in"), ("pro", "anti"), ("low", "high")),
    *(("long", "short"), ("better", "worse"), ("over", "well"), ("under", "well"), ("well", "ill")),
    *(("well", "badly"), ("well", "poorly")),
]
#: who does something, and to whom it is done
_DOES, _IS_DONE_TO = re.compile("[eo]rs?$"), re.compile("ees?$")
#: letters that two words must share for their beginnings or endings to be what parts them
_LEAST_STEM = 4
#: what parts of a word are joined by
JOINTS = str.maketrans("", "", "-'")


def are_contrary(one: str, other: str) -> bool:
    """Of two words in small letters: "fair" and "unfair", "careful" and "careless", "helps" and "hinders".

    So are "well-led" and "badly-led", and "mentor" and "mentee". However they are joined: "un-fair".
    """
    one, other = (word.translate(JOINTS) for word in (one, other))
    short, long = sorted((one, other), key=len)
    if len(short) > 2 and any(long == f"{prefix}{short}" for prefix in _PREFIXES):
        return True
    if {one[-3:], other[-3:]} == {"ful", "ess"} and one.removesuffix("ful").removesuffix("less") == (
        other.removesuffix("ful").removesuffix("less")
    ):
        return True
    if any(_begin_otherwise(*words) or _are_two_sides(*words) for words in ((one, other), (other, one))):
        return True
    return any(frozenset((mine, its)) in _OPPOSITE for mine in _bases(one) for its in _bases(other))


def _begin_otherwise(one: str, other: str) -> bool:
    return any(
        one.startswith(first) and other.startswith(second) and rest == other.removeprefix(second)
        for first, second in _BEGINNINGS
        if len(rest := one.removeprefix(first)) >= _LEAST_STEM
    )


def _are_two_sides(one: str, other: str) -> bool:
    stem = _DOES.sub("", one)
    return len(stem) >= _LEAST_STEM and stem not in (one, other) and stem == _IS_DONE_TO.sub("", other)


def _bases(word: str) -> list[str]:
    """The word, and what it may be a form of: "increases" of "increase"."""
    return [word, *(word.removesuffix(ending) for ending in _ENDINGS[1:] if word.endswith(ending))]
