"""Rules of tone and fit: leading, all or nothing, vague, not fitting the answers, taken for granted."""

import re
from collections.abc import Iterable, Iterator

from pulse.domain.sentences import Sentence
from pulse.domain.wording.masking import any_of, mask, pattern
from pulse.domain.wording.parts import Finding, Question
from pulse.domain.wording.rules import finding
from pulse.domain.words import N_

_LOADED = any_of(
    """
    excellent|outstanding|wonderful|fantastic|amazing|brilliant|superb|great|world-class|award-winning
    terrific
    marvellous|inspiring|inspirational|exciting|much-loved|hard-working|hardworking|impressive|splendid
    state-of-the-art|first-class|improved|enhanced|upgraded|dedicated|tireless|generous|caring|sensible
    failed|failing|disastrous|shocking|terrible|awful|appalling|broken|so-called|pointless|useless|chaotic
    ridiculous|outdated|unpopular|hated|dreadful|endless|wasteful|heavy-handed
    """
)
_WHOSE = "our|the|this|these|its|their|your"
_LEADING = pattern(
    rf"""
    \bsurely\b|\bobviously\b|\bof course\b|\bneedless to say\b|\bundoubtedly\b|^naturally\b|^clearly\b
    \bclearly (?:is|are|was|were|the|our)\b|\bit is (?:clear|obvious|plain|well known) that\b
    \bit (?:goes without saying|makes sense (?:for|to|that))\b
    \bit is (?:only )?(?:right|natural|fair|sensible|understandable|reasonable) (?:that|to|for)\b
    \bas (?:we all|everyone|everybody) (?:knows?|agrees?)\b|\b(?:everyone|everybody) (?:knows|agrees) that\b
    \b(?:we all|everyone|everybody) (?:can see|is delighted|loves?|accepts?|agrees?)\b
    \bas (?:you|we) (?:will |all )?(?:know|agree|see)\b|\byou will (?:have noticed|agree|know)\b
    \bplain to see\b
    \bit(?:'s| is) (?:about |high )?time (?:that|we|they|leaders|managers|for)\b|\bbreath of fresh air\b
    \bdeserves? (?:more|better|credit|thanks|our)\b
    \bwhat do you (?:most )?(?:like|dislike|enjoy|hate) (?:most )?about\b
    \b(?:do|would) you (?:support|back|favour) our\b|\b(?:better|worse) than the old\b|\bour hard work\b
    \b(?:sensible|right-minded|reasonable) people\b|\byou must (?:be|feel|agree|have)\b
    \b(?:i am|we are) (?:so )?lucky\b
    \b(?:do|would|don't|wouldn't) you (?:not )?agree that\b
    \b(?:do|would|should|could|can|are) (?:you|we) not\b
    (?:^|[.!] )(?:don|wouldn|isn|aren|shouldn|didn|doesn|won|can|haven|hasn|couldn)'t\b
    , (?:is|are|do|does|did|was|were|would|wo|have|has|should|ca|could)n't (?:it|they|you|we|he|she)\?
    \b(?:most|many|other|all) (?:of )?(?:our |your )?(?:people|staff|colleagues|teams|councils|trusts)\
    (?: here)? (?:say|think|agree|believe|find|feel|would)\b
    \blike (?:most|many|other) (?:people|staff|colleagues|of us|of my)\b
    \b(?:research|evidence|experts?|studies) (?:has |have )?(?:shows?n?|says?|suggests?|agrees?|proves?)\b
    \bthanks to (?:our|the|its|good|strong|hard)\b|^given (?:that|how|all)\b|^despite\b|^even though\b
    \b(?:{_WHOSE}) (?:new |most |very |really |truly )?(?:{_LOADED}) (?!than\b)\w+
    \bhow (?:much|far) (?:do|did) you (?:love|enjoy|like|hate|dislike|appreciate|welcome)\b
    \bhow (?:badly|great|good|excellent|terrible|bad|poor)\b|\bhow much (?:better|worse|easier|harder)\b
    \b(?:any|every) (?:sensible|right-minded|reasonable|good|decent|caring) \w+ (?:would|should|knows)\b
    ^as (?:a|an) (?:caring|good|loyal|responsible|professional|dedicated|committed|sensible)\b
    \b(?:chaos|fiasco|shambles|disaster|catastrophe|red tape|scandal|wasting|squander\w*|tirelessly)\b
    """
)
_ABSOLUTES = pattern(
    r"""
    \balways\b|\bnever\b|\bevery(?:one|body|thing|where)?\b|\ball\b|\bonly\b|\bnobody\b|\bno[- ]one\b|\bnone\b
    \bnothing\b|\bcompletely\b|\btotally\b|\bentirely\b|\babsolutely\b|\butterly\b|\bwholly\b|\bperfectly\b
    \bconstantly\b|\binvariably\b|\bforever\b|\bat all times\b|\bwithout (?:exception|fail)\b|\b100 ?%
    \b100 per ?cent\b|\beach and every\b|\b(?:complete|total|utter|absolute) \w+|^any (?!other\b)\w+
    ^no (?!longer|doubt|matter|one)\w+|\bperfect\b|\bzero\b|\bany (?:problem|mistake|question|issue|task)\b
    """
)
_NOT_ABSOLUTE = pattern(
    r"""
    \b(?:not )?at all\b(?! times)|\b(?:after|above|first of|best of|for|in) all\b|\ball in all\b
    \ball[- ]round\b
    \ball (?:right|day|night|morning|afternoon|week|year|kinds?|sorts?|but|hands|along|of a sudden)\b
    \bonce and for all\b|\bnot (?:always|all|every|only)\b|\bas always\b|\bof every \w+|\band none\b
    \bevery (?:now|so often|other|week|month|quarter|year|few|two|three|four|six)\b|\bnone the less\b
    \bonly (?:recently|just|when|if|after|once|right|fair|natural)\b|\bif only\b|\bread[- ]only\b
    \b(?:as|i am|i'm|are you) the only\b
    \bthat we all\b|\bas every(?:one|body) (?:knows|agrees)\b|\bconsidering everything\b
    \beverything considered\b|\ball things considered\b|\btaking everything into account\b
    \bnothing (?:but|like)\b
    """
)
_VAGUE = pattern(
    r"""
    \boften\b|\bregular(?:ly)?\b|\bsometimes\b|\brarely\b|\bfrequent(?:ly)?\b|\busually\b
    \boccasional(?:ly)?\b
    \bseldom\b|\bgenerally\b|\bmostly\b|\bnormally\b|\btypically\b|\bcommonly\b|\bperiodically\b
    \brepeatedly\b|\broutinely\b|\bcontinually\b|\b(?:every )?now and (?:then|again)\b|\bevery so often\b
    \bonce in a while\b|\bfrom time to time\b|\bat times\b|\bon occasion\b|\bhardly ever\b|\bas a rule\b
    \b(?:much|most|some|a lot) of the time\b|(?<!how )\bmany times\b|\btime and again\b|\btends? to\b
    \ba (?:lot|bit|great deal)(?=\W*$)|\bonce in a blue moon\b|\bon the odd occasion\b|\bout of (?:ten|10)\b
    \bkeep having to\b|\bmost days\b|\bon and off\b|\boff and on\b|\bday in,? day out\b
    """
)
_ASKS_FREQUENCY = pattern(r"\b(?:how|as|less|too) (?:often|frequently|regularly)\b")
_ASKS_AMOUNT = pattern(r"^(?:how (?!often|frequently|regularly|many times)\w+|to what (?:extent|degree))\b")
_ASKS_ELSE = pattern(r"^(?:which|what|who|when (?!you|i|we)|where|why|how (?:many|long)|yes or no)\b")
_ASKS_AGREEMENT = pattern(r"\bagree or disagree\b|^do you (?:strongly )?agree\b")
_ASKS_AT_ALL = pattern(
    r"""
    \?\W*$|^(?:please )?(?:rate|choose|select|tick|describe|tell us|say (?:how|what|which)|list)\b
    ^(?:please )?(?:rank|name|give) (?:the|these|your|our|one|two|three)\b
    """
)
_FREQUENCY_LABEL = pattern(r"\b(?:never|rarely|sometimes|often|always|daily|weekly|monthly|times)\b")

#: what some of any staff do not have, so nothing can be asked about it as if all did
_NOT_ALL_HAVE = any_of(
    """
    appraisal|mentor|coach|induction(?: pack)?|one-to-one|supervision|secondment|apprenticeship|complaint
    grievance
    sick leave|maternity leave|parental leave|return to work|promotion|interview|buddy|probation
    exit interview
    trainer|night shift|shift|uniform|work (?:car|van|phone|laptop)|disciplinary|children|partner|pay review
    flexible working|counselling
    """
)
_PRESUPPOSES = pattern(
    rf"""
    \b(?:my|your|the) (?:last |latest |most recent |first |annual |yearly |new )?(?:{_NOT_ALL_HAVE})\b\
    (?! (?:of|for|staff))
    \b(?:my|your) (?:last|latest|most recent|new|previous)(?! (?:year|month|week|few|12)\b) \w+
    \b(?:my|your) \w+ training\b|\bthe e-learning\b
    \bthe (?:\w+ ){{1,2}}(?:that )?(?:i|you) (?:went|attended|had|was|were|took|completed|got|received)\b
    \b(?:people|staff|team) (?:that |who )?(?:(?:i|you) (?:line )?(?:manage|lead|supervise)\
    |report to (?:me|you))\b
    \bmy (?:direct |line )?reports\b|\bmy move\b|\bthe (?:\w+ )?scheme\b
    \b(?:the|our|my) (?:uniform|pool cars?|gym)\b|\b(?:your|my) staff\b(?! number)
    \bwhen (?:i|you) (?:was|were) last\b
    \bhow (?:\w+ )?(?:did you find|was it|was your|was the|were your|were the|did (?:the|your|flexible)\b)
    ^(?:why|when) (?:did|do|have) you\b|\bwhat did you (?:like|enjoy|dislike|learn|think)\b
    ^what (?:put you off|made you)\b|^why don't you\b
    \bwhen (?:i|you) (?:came|come|went|go) back\b|\bon (?:my|your) return\b|\bdid you feel when\b
    """
)


def leading(text: str, _: Question) -> Iterator[Finding]:
    """Words that tell what to think: everybody knows, surely, our excellent, don't you."""
    found = _LEADING.search(text)
    if found:
        why = Sentence(
            N_('"%(said)s" tells people what they ought to think, so the result shows the wording.'),
            said=_said(found),
        )
        yield finding("leading", found.span(), why=why)


def absolutes(text: str, _: Question) -> Iterator[Finding]:
    """Always, never, all, only and the like, where they mean it."""
    found = _ABSOLUTES.search(mask(text, [_NOT_ABSOLUTE]))
    if found:
        why = Sentence(N_('Hardly anybody can honestly agree with "%(word)s".'), word=found.group().lower())
        yield finding("absolutes", found.span(), why=why)


def vague_frequency(text: str, question: Question) -> Iterator[Finding]:
    """Often, regularly and the like; on a scale of frequencies the scale rule speaks instead."""
    found = _VAGUE.search(mask(text, [_ASKS_FREQUENCY]))
    if found and not _offers_frequency(question.options):
        why = Sentence(
            N_('"%(word)s" means once a day to one person and once a month to another.'), word=found.group()
        )
        yield finding("vague_frequency", found.span(), why=why)


def scale_mismatch(text: str, question: Question) -> Iterator[Finding]:
    """A question to agree with; how often with amounts; how much or a frequency with frequencies."""
    if why := _misfit(text, question):
        yield finding("scale_mismatch", why=why)


def _misfit(text: str, question: Question) -> str:
    if question.kind in ("text", "choice"):
        return ""
    if _offers_agreement(question.options):
        if _ASKS_AT_ALL.search(text):
            return N_("The answers run from disagree to agree, and nobody can agree with a question.")
        return ""
    if _ASKS_AGREEMENT.search(text):
        return N_("It asks whether people agree, and the answers on offer are others.")
    if _offers_frequency(question.options):
        if _ASKS_AMOUNT.search(text):
            return N_("It asks how much, and the answers say how often.")
        if _VAGUE.search(mask(text, [_ASKS_FREQUENCY])):
            return N_(
                "The question and the answers both say how often, so people answer how often it is often."
            )
        return ""
    if _ASKS_ELSE.search(text) or _ASKS_FREQUENCY.match(text):
        return N_("The answers say how much, which is not what it asks.")
    return ""


def presupposes(text: str, question: Question) -> Iterator[Finding]:
    """Something that not all have or did, where "does not apply" is not on offer."""
    found = _PRESUPPOSES.search(text)
    if found and not question.na:
        why = Sentence(
            N_('"%(said)s" takes for granted what not all have or did, and there is no way to say so.'),
            said=_said(found),
        )
        yield finding("presupposes", found.span(), why=why)


def _said(found: re.Match[str]) -> str:
    return found.group().strip(" ,?.!")


def _offers_agreement(options: Iterable[str]) -> bool:
    return any("agree" in label.lower() for label in options)


def _offers_frequency(options: Iterable[str]) -> bool:
    return sum(bool(_FREQUENCY_LABEL.search(label)) for label in options) >= 2
