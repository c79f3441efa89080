"""The rules of wording by id: name, reason, example and level, as pages and reports print them."""

from collections.abc import Mapping
from types import MappingProxyType

from pulse.domain.wording.parts import Finding, Level, Rule, RuleId
from pulse.domain.words import N_

_RULES: dict[RuleId, Rule] = {
    "double_barrelled": Rule(
        N_("Two questions in one"),
        N_("Somebody may agree with one part and not with the other, so the answer cannot be read."),
        N_('Ask two questions: "My manager is fair." and "My manager is easy to talk to."'),
        "warn",
    ),
    "two_referents": Rule(
        N_("Two people or groups in one"),
        N_("People may think well of one and badly of the other, so the answer belongs to neither."),
        N_('Ask of each by itself: "My manager supports me." and "My team supports me."'),
        "warn",
    ),
    "negation": Rule(
        N_("Says what is not"),
        N_("Disagreeing with a negative is easy to misread, most of all in a hurry."),
        N_('Say what is: "I am told when plans change." instead of "I am not told when plans change."'),
        "info",
    ),
    "double_negation": Rule(
        N_("Two negatives"),
        N_("People lose track of which answer means yes."),
        N_('Say it straight: "I am happy with my rota." instead of "I am not unhappy with my rota."'),
        "error",
    ),
    "leading": Rule(
        N_("Leads to an answer"),
        N_("It tells people what they ought to think, so the result shows the wording and not their view."),
        N_('Stay neutral: "The new office suits my work." instead of "Surely the new office is better?"'),
        "warn",
    ),
    "absolutes": Rule(
        N_("All or nothing"),
        N_("Hardly anybody can honestly agree with always, never, all or only."),
        N_('Leave room: "My manager listens to me." instead of "My manager always listens to me."'),
        "warn",
    ),
    "vague_frequency": Rule(
        N_("Vague about how often"),
        N_("Often means once a day to one person and once a month to another."),
        N_(
            'Name a time: "I had useful feedback in the past month." instead of '
            '"I often get useful feedback."'
        ),
        "info",
    ),
    "reading_grade": Rule(
        N_("Hard to read together"),
        N_("Read together, these questions need more schooling than a 13-year-old has had."),
        N_('Use short words and one idea a sentence: "We are told what is planned, and why."'),
        "warn",
    ),
    "rare_word": Rule(
        N_("A word few people use"),
        N_("Some people will not know the word and will guess what is asked."),
        N_('Use an everyday word: "I find the paperwork hard." instead of "I find the paperwork onerous."'),
        "warn",
    ),
    "length": Rule(
        N_("Long"),
        N_("In a long question the beginning is forgotten before the end is read."),
        N_("Keep it to 18 words: take out what the answer does not depend on."),
        "error",
    ),
    "jargon": Rule(
        N_("Jargon or capitals"),
        N_("Words of an office or a trade, and letters for words, are not read alike by all."),
        N_('Say it as people speak: "We use what people are good at." instead of "We leverage our assets."'),
        "warn",
    ),
    "identifying": Rule(
        N_("Could tell who answered"),
        N_("It asks for something that few people share, so an answer could be traced to one person."),
        N_("Leave it out: results by team, grade or age come from the staff list, never of too few."),
        "error",
    ),
    "scale_mismatch": Rule(
        N_("Does not fit its answers"),
        N_("The answers on offer do not answer what is asked, so people choose something near it."),
        N_('To agree with, write a statement: "I feel listened to." instead of "Do you feel listened to?"'),
        "warn",
    ),
    "presupposes": Rule(
        N_("Takes something for granted"),
        N_("People whom it does not concern have no answer to give, and give one all the same."),
        N_('Offer "Does not apply to me".'),
        "info",
    ),
    "near_duplicate": Rule(
        N_("Almost the same as another"),
        N_("Two questions that say the same cost people time, and split one trend in two."),
        N_("Use the other question, or make this one a new wording of it."),
        "info",
    ),
}

RULES: Mapping[RuleId, Rule] = MappingProxyType(_RULES)


def finding(
    rule: RuleId,
    span: tuple[int, int] | None = None,
    *,
    why: str = "",
    example: str = "",
    level: Level | None = None,
) -> Finding:
    """A finding of this rule; in the rule's own words where nothing more special is said."""
    about = RULES[rule]
    return Finding(rule, level or about.level, why or about.reason, example or about.example, span)
