"""Words that say the contrary of each other: one in place of the other asks the contrary."""

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
#: put before a word, they say its contrary
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "de", "non", "mis", "anti")


def are_contrary(one: str, other: str) -> bool:
    """Of two words in small letters: "fair" and "unfair", "careful" and "careless", "helps" and "hinders"."""
    short, long = sorted((one, other), key=len)
    if any(long == f"{prefix}{short}" for prefix in _PREFIXES):
        return True
    if {one[-3:], other[-3:]} == {"ful", "ess"} and one.removesuffix("ful").removesuffix("less") == (
        other.removesuffix("ful").removesuffix("less")
    ):
        return True
    return any(frozenset((mine, its)) in _OPPOSITE for mine in _bases(one) for its in _bases(other))


def _bases(word: str) -> list[str]:
    """The word, and what it may be a form of: "increases" of "increase"."""
    return [word, *(word.removesuffix(ending) for ending in _ENDINGS[1:] if word.endswith(ending))]
