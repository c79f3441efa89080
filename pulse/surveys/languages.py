"""Which languages besides English a wave is offered in, and what it says in them.

A wave freezes a language when it opens, if by then everything that it shows is reviewed; its own words stand
in its plan. The strings of the pages around them, and what was done since the last survey, may change while
it is open: as long as one of these is not reviewed, the wave is offered in English alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app

from pulse.domain.instrument.translating import texts_of_items, words_of_item
from pulse.domain.sheets import Plan, all_items
from pulse.languages import queries as translations
from pulse.languages.catalogue import staff_texts
from pulse.languages.standing import find_words, not_reviewed
from pulse.languages.texts import ENGLISH, PAGE, Text
from pulse.surveys import queries, staff_link_queries
from pulse.surveys.models import Programme, Wave
from pulse.surveys.plans import plan_of

_KNOWN = "pulse.pages_reviewed"
#: as many as the results page of staff shows; the first page of a survey shows fewer
_ACTIONS = 5


@dataclass(frozen=True)
class OwnWords:
    """A programme as a page for staff says it: with these words in place of its own."""

    name: str
    purpose: str
    organisation: str
    results_key: str


# --- what there is to translate ----------------------------------------------------------------------------


def own_texts(programme: Programme, labels: Iterable[str] = (), reason: str = "") -> list[Text]:
    """What people typed of a survey and staff read. `labels`: of declared attributes; `reason`: why a wave
    opens without a response to the last one.
    """
    typed = (programme.name, programme.purpose, programme.organisation, *labels, reason)
    return [Text(_place(programme), words) for words in dict.fromkeys(typed) if words]


def own_texts_of(programme: Programme, plan: Plan, reason: str) -> list[Text]:
    """The same of a wave with this plan, whose attributes are frozen."""
    return own_texts(programme, [str(one["label"]) for one in plan.get("attributes", ())], reason)


def texts_done(programme: Programme) -> list[Text]:
    """What was done about earlier surveys, as staff read it; actions lie above this package, and are lent."""
    if not programme.id:
        return []
    found = current_app.extensions["pulse.latest_actions"](programme.id, _ACTIONS)
    typed = dict.fromkeys(words for action in found for words in (action.said, action.did))
    return [Text(_place(programme), words) for words in typed if words]


def _place(programme: Programme) -> str:
    return f"programme {programme.id or 'new'}"


def texts_of_plan(plan: Plan) -> list[Text]:
    """The questions with their answers and lead-ins."""
    found = [Text(*needed) for needed in texts_of_items(all_items(plan))]
    if plan["leader_items"]:
        found.append(Text(PAGE, str(plan["leader_lead_in"])))
    return found


def texts_of_wave(programme: Programme, plan: Plan, reason: str = "") -> list[Text]:
    """Everything that a wave with this plan shows, each text once."""
    found = [*own_texts_of(programme, plan, reason), *texts_done(programme), *texts_of_plan(plan)]
    return list({text.key: text for text in found}.values())


# --- frozen with a wave ------------------------------------------------------------------------------------


def freeze_languages(wave: Wave, plan: Plan) -> dict[str, Any]:
    """What the plan keeps of the languages in which nothing is missing: {"languages": {code: its words}}.

    Words of a language: items (item id -> what is read of the question), leader_lead_in, and own (English ->
    words, of what people typed). Empty, with no key at all, where there is no such language.
    """
    frozen, wanted = {}, wave.programme.languages
    reason = wave.opens_unanswered or ""
    texts = texts_of_wave(wave.programme, plan, reason) if wanted else []
    own = own_texts_of(wave.programme, plan, reason)
    for language in wanted:
        if not missing_in(language, texts):
            frozen[language] = _words_of(plan, own, find_words(language, texts))
    return {"languages": frozen} if frozen else {}


def missing_in(language: str, texts: Iterable[Text]) -> list[Text]:
    """What of these texts, and of the pages around every survey, is not reviewed."""
    return not_reviewed(language, [*texts, *staff_texts(language)])


def _words_of(plan: Plan, own: Iterable[Text], words: dict[tuple[str, str], str]) -> dict[str, Any]:
    return {
        "items": {item["id"]: words_of_item(item, words) for item in all_items(plan)},
        "leader_lead_in": words.get((PAGE, plan["leader_lead_in"]), plan["leader_lead_in"]),
        "own": {text.source: words[text.key] for text in own},
    }


def plan_in(plan: Plan, language: str) -> Plan:
    """The plan as people read it in a language; the plan itself where it is not frozen in that one."""
    words = plan.get("languages", {}).get(language)
    if words is None:
        return plan
    return (
        plan
        | {
            name: [item | words["items"].get(item["id"], {}) for item in plan[name]]
            for name in ("items", "leader_items")
        }
        | {"leader_lead_in": words["leader_lead_in"]}
    )


def programme_in(programme: Programme, plan: Plan, language: str) -> OwnWords:
    """What people typed of a survey, in a language that the plan has; else as it was typed."""
    return OwnWords(
        name=say(plan, language, programme.name),
        purpose=say(plan, language, programme.purpose),
        organisation=say(plan, language, programme.organisation),
        results_key=programme.results_key,
    )


def say(plan: Plan, language: str, words: str) -> str:
    """Words that people typed, as the plan has them in a language; English if it does not."""
    found = plan.get("languages", {}).get(language, {}).get("own", {})
    return str(found.get(words, words))


# --- offered now -------------------------------------------------------------------------------------------


def languages_of(plan: Plan, live: Iterable[Text] = ()) -> list[str]:
    """In which languages besides English a wave with this plan can be read now.

    `live`: texts that the page shows and that no plan keeps, such as what was done since the last survey.
    """
    frozen, live = plan.get("languages", {}), list(live)
    return [code for code in frozen if pages_reviewed(code) and not (live and not_reviewed(code, live))]


def languages_with_actions(programme: Programme, plan: Plan) -> list[str]:
    """The same for a page that also shows what was done about earlier surveys."""
    return languages_of(plan, texts_done(programme)) if plan.get("languages") else []


def newest_plan(programme: Programme) -> Plan:
    """The plan of the wave of a survey that opened last; an empty one before any has."""
    wave = staff_link_queries.find_newest_opened(programme.id)
    return plan_of(wave) if wave is not None else {}


def languages_anywhere() -> list[str]:
    """The same of any wave that is open: where a code is typed, its survey is not known yet."""
    found = [code for wave in queries.list_waves_in("open") for code in languages_of(plan_of(wave))]
    return list(dict.fromkeys(found))


def pages_reviewed(language: str) -> bool:
    """Whether every string of the pages around a survey is reviewed; looked up anew after any change."""
    known: dict[str, tuple[int, bool]] = current_app.extensions.setdefault(_KNOWN, {})
    change = translations.last_change(language)
    if language not in known or known[language][0] != change:
        known[language] = (change, not not_reviewed(language, staff_texts(language)))
    return known[language][1]


def version_of(language: str) -> int:
    """Tells pages that were drawn before a change of the language's words from those drawn after it."""
    known = current_app.extensions.get(_KNOWN, {})
    return int(known[language][0]) if language in known else 0


def find_said(language: str, texts: Iterable[Text]) -> dict[str, str]:
    """English -> reviewed words of texts that no plan keeps; nothing in English."""
    if language == ENGLISH:
        return {}
    return {english: words for (_place, english), words in find_words(language, texts).items()}
