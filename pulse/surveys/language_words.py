"""In which languages a survey is offered, and what still keeps it from another, in words for its pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pulse.directory import queries as directory
from pulse.domain.sheets import Plan
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.languages.saying import ngettext
from pulse.languages.texts import Text
from pulse.surveys import queries
from pulse.surveys.ahead import plan_ahead
from pulse.surveys.languages import (
    freeze_languages,
    languages_with_actions,
    missing_in,
    own_texts,
    texts_done,
    texts_of_plan,
    texts_of_wave,
)
from pulse.surveys.models import Programme, Wave

#: code -> what the language is called in English
NAMES = {"cy": N_("Welsh")}
#: what is ticked for it where a survey is set up
TICKS = {"cy": N_("Also in Welsh")}
#: of the texts that are missing, so many are named
NAMED = 12


@dataclass(frozen=True)
class Standing:
    """A language beside English, and the texts that keep a survey from being offered in it."""

    language: str
    sentence: str
    missing: Sequence[Text]

    @property
    def named(self) -> list[str]:
        """The first of them, each where it stands and in its English words."""
        return [f"{text.context}: {text.source}" for text in self.missing[:NAMED]]


def describe_languages(languages: Iterable[str]) -> str:
    """Which languages are wanted: "English and Welsh"."""
    more = ", ".join(_(NAMES[language]) for language in languages)
    return _("English and %(others)s", others=more) if more else _("English")


# --- a programme -------------------------------------------------------------------------------------------


def standing_ahead(programme: Programme) -> list[Standing]:
    """Of each language that is wanted, what of any wave to come is not reviewed."""
    return [ahead_in(programme, language) for language in programme.languages]


def ahead_in(programme: Programme, language: str) -> Standing:
    """The same of one language, wanted or not; also of a programme that is not saved."""
    missing = missing_in(language, _texts_ahead(programme))
    return Standing(language, _sentence_ahead(_(NAMES[language]), len(missing)), missing)


def _sentence_ahead(name: str, missing: int) -> str:
    if not missing:
        return _(
            "Everything that staff see is reviewed: the next wave is offered in %(language)s.", language=name
        )
    return ngettext(
        "Staff are offered %(language)s only once everything that they see is reviewed: %(num)s text is not "
        "yet.",
        "Staff are offered %(language)s only once everything that they see is reviewed: %(num)s texts are "
        "not yet.",
        missing,
        language=name,
    )


def _texts_ahead(programme: Programme) -> list[Text]:
    """What all its waves would show until the questions come round again."""
    plans = [plan_ahead(programme, number)[0] for number in range(1, len(programme.rotation) + 1)]
    asked = [text for plan in plans for text in texts_of_plan(plan)]
    found = [*typed_texts(programme), *texts_done(programme), *asked]
    return list({text.key: text for text in found}.values())


def typed_texts(programme: Programme, reason: str = "") -> list[Text]:
    """What people typed of a survey itself, with the attributes that its next wave would name."""
    labels = {one.code: one.label for one in directory.list_attributes()}
    return own_texts(programme, [labels[code] for code in programme.attributes if code in labels], reason)


# --- a wave ------------------------------------------------------------------------------------------------


def describe_wave(wave: Wave, plan: Plan, opened: bool) -> str:
    """In which languages it opened, or would open today."""
    return describe_languages(plan.get("languages", {}) if opened else _would(wave, plan))


def standing_of_wave(wave: Wave, plan: Plan, opened: bool) -> list[Standing]:
    """Of each language that is wanted and in which it is not, or would not be, offered: why."""
    if wave.state not in ("planned", "open") or "measures" not in plan:
        return []
    offered = languages_with_actions(wave.programme, plan) if opened else _would(wave, plan)
    wanted = dict.fromkeys([*plan.get("languages", {}), *wave.programme.languages])
    return [_why_not(wave, plan, language, opened) for language in wanted if language not in offered]


def _would(wave: Wave, plan: Plan) -> list[str]:
    return list(freeze_languages(wave, plan).get("languages", {})) if "measures" in plan else []


def _why_not(wave: Wave, plan: Plan, language: str, opened: bool) -> Standing:
    name = _(NAMES[language])
    missing = missing_in(language, texts_of_wave(wave.programme, plan, wave.opens_unanswered or ""))
    if not opened:
        return Standing(language, _sentence_ahead(name, len(missing)), missing)
    if language not in plan.get("languages", {}):
        sentence = _(
            "It opened without %(language)s, because not everything that staff see was reviewed. It stays as "
            "it opened.",
            language=name,
        )
    else:
        sentence = _(
            "It opened in %(language)s, and is not offered in it now: words that staff see have changed "
            "since, and are not reviewed.",
            language=name,
        )
    return Standing(language, sentence, missing)


def list_typed() -> list[tuple[str, list[Text]]]:
    """For the pages of translations: what people typed of each survey that runs, under the survey's name."""
    found = []
    for programme in queries.list_active_programmes():
        planned = queries.list_waves(programme.id)[-1:]
        reason = next((wave.opens_unanswered or "" for wave in planned if wave.state == "planned"), "")
        found.append((programme.name, [*typed_texts(programme, reason), *texts_done(programme)]))
    return found
