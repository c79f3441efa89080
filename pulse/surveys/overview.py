"""What the pages and commands tell of programmes and waves: read, never written, and no person in it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from pulse.directory import queries as directory
from pulse.domain.key_text import fingerprint_of
from pulse.domain.measurement.response import RATE_SHOWN_FROM
from pulse.domain.sheets import Plan
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys import language_words, planning, queries, waves
from pulse.surveys.ahead import minutes_of, next_number, plan_ahead
from pulse.surveys.declared import describe_declared, describe_frozen
from pulse.surveys.guardians import awaits_key
from pulse.surveys.models import GUARDIAN, WORKER, Programme, Wave, WaveUnit
from pulse.surveys.planning import Opening, list_openings
from pulse.surveys.question_sets import find_set_of

#: state -> (word, colour of its tag); the word carries the meaning
STATES = {
    "planned": (N_("Planned"), "grey"),
    "open": (N_("Open"), "green"),
    "closing": (N_("Being counted"), "yellow"),
    "held": (N_("Held"), "red"),
    "released": (N_("Results are out"), ""),
    "cancelled": (N_("Cancelled"), "grey"),
}
_WAITS_FOR_KEY = (N_("Waits for its key"), "yellow")
KEY_MODES = {
    WORKER: N_(
        "Sheets are sealed as they arrive. The key that opens them is a file that only the worker of this "
        "service can read, outside the database and its backups. It is destroyed when the wave closes."
    ),
    GUARDIAN: N_(
        "Sheets are sealed as they arrive. The key that opens them is held by one or two guardians, and "
        "nowhere in this service. They bring it when the wave has closed. If they lose it, the wave is lost."
    ),
}
#: how far the guardians' key of a wave is, in words
KEY_STAGES = {
    "to_make": N_("Not made, and not tested"),
    "to_test": N_("Made, not tested yet"),
    "ready": N_("Made and tested"),
    "in_use": N_("In use: answers are sealed to it"),
    "awaited": N_("Awaited: the wave has closed"),
    "handed": N_("Handed in, or being counted"),
    "over": N_("Over: this key opens nothing any more"),
}
#: which wave of a programme is the one to show first
_FIRST_SHOWN = ("held", "closing", "open", "planned")
_DATES_SHOWN = 12


@dataclass(frozen=True)
class ProgrammePage:
    """All that the page of a programme shows. `waves` are newest first; `headcount` counts people, today."""

    programme: Programme
    waves: list[Wave]
    number: int
    plan: Plan
    #: why there is no plan, in words; empty when there is
    problem: str
    minutes: int
    leader_minutes: int
    questions: str
    audience: str
    headcount: int
    #: the next 12, with why a date moved
    openings: list[Opening]
    counts_from: str
    #: what results are shown by beside teams, in words
    shown_by: str

    @property
    def standings(self) -> list[language_words.Standing]:
        """What keeps it from each language that is wanted."""
        return language_words.standing_ahead(self.programme)


@dataclass(frozen=True)
class WavePage:
    """All that the pages of a wave show. `plan` is what was frozen, or what would be asked now."""

    wave: Wave
    plan: Plan
    problem: str
    frozen: bool
    minutes: int
    audience: str
    headcount: int
    #: what results are shown by beside teams, in words
    shown_by: str

    @property
    def languages(self) -> str:
        """In which languages it is offered, or would be, in words."""
        return language_words.describe_wave(self.wave, self.plan, self.frozen)

    @property
    def standings(self) -> list[language_words.Standing]:
        """Why not in every language that is wanted."""
        return language_words.standing_of_wave(self.wave, self.plan, self.frozen)

    @property
    def shows_rate(self) -> bool:
        """Whether a running response rate may be shown at all: enough invited, and still open."""
        return self.wave.state == "open" and self.headcount >= self.rate_shown_from

    @property
    def rate_shown_from(self) -> int:
        return max(RATE_SHOWN_FROM, self.wave.k)


def list_overview() -> list[tuple[Programme, Wave | None]]:
    """Every programme with the wave that matters now."""
    standing: dict[int, list[Wave]] = defaultdict(list)
    for wave in queries.list_waves_in(*_FIRST_SHOWN):
        standing[wave.programme_id].append(wave)
    return [(programme, _foremost(standing[programme.id])) for programme in queries.list_programmes()]


def state_of(wave: Wave) -> tuple[str, str]:
    """Where a wave stands: the word, and the colour of its tag."""
    waits = awaits_key(wave) or planning.waits_for_guardians(wave)
    word, colour = _WAITS_FOR_KEY if waits else STATES[wave.state]
    return _(word), colour


def who_opens(wave: Wave, opened: bool) -> str:
    """Who can open the answers of a wave, now or, if it never opened (`opened`), had it been."""
    if wave.state == "released":
        return _("Nobody any more: they were counted, and then destroyed.")
    if wave.state == "cancelled" and opened:
        return _("Nobody: they were deleted unread.")
    return _(KEY_MODES[wave.key_mode])


def key_stage(wave: Wave) -> str:
    """How far the guardians' key of a wave is: one of KEY_STAGES."""
    if wave.state == "planned":
        return "ready" if wave.key_tested else "to_test" if wave.key_test else "to_make"
    if wave.state == "closing":
        return "awaited" if awaits_key(wave) else "handed"
    return "in_use" if wave.state in ("open", "held") else "over"


def key_state(wave: Wave) -> str:
    """The same in words."""
    return _(KEY_STAGES[key_stage(wave)])


def key_mark(wave: Wave) -> str:
    """The fingerprint of the key that answers of a wave are sealed to; empty before there is one."""
    return fingerprint_of(wave.public_key) if wave.public_key else ""


def _foremost(found: list[Wave]) -> Wave | None:
    return min(found, key=lambda wave: (_FIRST_SHOWN.index(wave.state), wave.number), default=None)


def get_programme_page(programme_id: int, now: datetime) -> ProgrammePage:
    """The programme as it stands; raises NotFound."""
    programme = queries.get_programme(programme_id)
    past = queries.list_waves(programme_id)
    number = next_number(past)
    plan, problem = plan_ahead(programme, number)
    return ProgrammePage(
        programme=programme,
        waves=past[::-1],
        number=number,
        plan=plan,
        problem=problem,
        minutes=minutes_of(plan),
        leader_minutes=minutes_of(plan, leads=True),
        questions=describe_questions(programme),
        audience=describe_audience(programme),
        headcount=waves.count_audience(programme.audience_unit_id),
        openings=list(list_openings(programme, now, _DATES_SHOWN)) if programme.active else [],
        counts_from=describe_change(programme, past),
        shown_by=describe_declared(programme.attributes, programme.crosses),
    )


def get_wave_page(wave_id: int) -> WavePage:
    """The wave as frozen, or as planned; raises NotFound."""
    wave = queries.get_wave(wave_id)
    found = queries.find_plan(wave_id)
    plan, problem = (found.plan, "") if found else plan_ahead(wave.programme, wave.number)
    units = queries.list_wave_units(wave_id)
    invited = sum(unit.headcount for unit in units)
    return WavePage(
        wave=wave,
        plan=plan,
        problem=problem,
        frozen=found is not None,
        minutes=minutes_of(plan),
        audience=_describe_asked(units) if found else describe_audience(wave.programme),
        headcount=invited if found else waves.count_audience(wave.programme.audience_unit_id),
        shown_by=describe_frozen(plan)
        if found
        else describe_declared(wave.programme.attributes, wave.programme.crosses),
    )


def _describe_asked(units: list[WaveUnit]) -> str:
    """Who was asked, from the tree as it was frozen: the programme may ask others by now."""
    tops = [unit.name for unit in units if unit.parent_id is None]
    return _("%(unit)s, with every team below", unit=", ".join(tops))


def describe_questions(programme: Programme) -> str:
    """The question set in words."""
    found, turns = find_set_of(programme.rotation), len(programme.rotation)
    own = _("Own list: %(count)s questions", count=len(programme.rotation[0]))
    asked = found.label if found else own
    if turns > 1:
        return _("%(asked)s a wave, the same again after %(turns)s waves", asked=asked, turns=turns)
    return _("%(asked)s, every wave the same", asked=asked)


def describe_audience(programme: Programme) -> str:
    """Who is asked, in words."""
    if programme.audience_unit_id is None:
        return _("Everyone in the staff list")
    name = directory.get_unit(programme.audience_unit_id).name
    return _("%(unit)s, with every team below", unit=name)


def describe_change(programme: Programme, past: list[Wave]) -> str:
    """From when a change counts, given the programme's waves, oldest first."""
    running = [wave for wave in past if wave.state in ("open", "closing", "held")]
    said = (
        _("A change counts from wave %(number)s, the next to open.", number=next_number(past))
        if programme.active
        else _("A change counts once the survey is resumed.")
    )
    kept = _("%(wave)s stays exactly as it opened.", wave=running[-1].label) if running else ""
    return f"{kept} {said}".strip()
