"""What all surveys together ask of a person's time, held against what was agreed: told, warned, refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pulse.db import writing
from pulse.directory import queries as directory
from pulse.domain.burden import Asking, Gap, Load, Quarter, closest_waves, heaviest_quarter
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys import burden_queries, queries
from pulse.surveys.burden_loads import far_enough, loads_of, loads_of_all
from pulse.surveys.details import Details, ProgrammeError, programme_like
from pulse.surveys.models import Programme, Wave

#: minutes a person in any 12 weeks, as long as nobody has agreed on others
USUAL_WARN, USUAL_MOST = 10, 20
#: nobody agrees on more than this
HIGHEST_MINUTES = 240


class Agreement(NamedTuple):
    """Minutes a person in any 12 weeks: from `warn` on the wizard warns, above `most` nothing is saved."""

    warn: int
    most: int


class AgreementError(Exception):
    """One sentence that says what to do; `field` is "warn" or "most"."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Burden:
    """What the unluckiest person meets in a quarter with a wave to come."""

    agreement: Agreement
    loads: tuple[Load, ...]
    #: None where nobody is asked anything
    worst: Quarter | None
    #: None where nobody is asked twice within four weeks
    gap: Gap | None

    @property
    def minutes(self) -> int:
        return self.worst.minutes if self.worst else 0

    @property
    def is_over(self) -> bool:
        return self.minutes > self.agreement.most

    @property
    def is_high(self) -> bool:
        return self.minutes >= self.agreement.warn


def get_agreement() -> Agreement:
    """What was agreed, or what is usual."""
    found = burden_queries.find_agreement()
    return Agreement(found.warn_minutes, found.most_minutes) if found else Agreement(USUAL_WARN, USUAL_MOST)


def agree(warn: int, most: int) -> Agreement:
    """Agree on these minutes; raises AgreementError. What runs already goes on."""
    if not 1 <= warn <= HIGHEST_MINUTES:
        raise AgreementError("warn", _("Warn from 1 to %(most)s minutes.", most=HIGHEST_MINUTES))
    if not warn <= most <= HIGHEST_MINUTES:
        raise AgreementError(
            "most",
            _(
                "Refuse above %(warn)s to %(most)s minutes: not below the warning.",
                warn=warn,
                most=HIGHEST_MINUTES,
            ),
        )
    with writing():
        burden_queries.lock_burden()
        burden_queries.set_agreement(warn, most)
    return Agreement(warn, most)


def burden_of_all(now: datetime) -> Burden:
    """Over every programme that runs, and every wave that opened in the last 12 weeks."""
    until = far_enough(queries.list_active_programmes(), now)
    return _measure(loads_of_all(now, until), "")


def burden_with(
    details: Details, rotation: list[list[str]], programme: Programme | None, now: datetime
) -> Burden:
    """For the people of one programme as these details would make it; `programme`: the one changed."""
    like = programme_like(details, rotation)
    past = queries.list_waves(programme.id) if programme else []
    until = far_enough([like, *queries.list_active_programmes()], now)
    others = (
        load
        for other in queries.list_programmes()
        if other is not programme
        for load in loads_of(other, queries.list_waves(other.id), now, until)
    )
    return _measure([*loads_of(like, past, now, until), *others], like.name)


def check_burden(
    details: Details, rotation: list[list[str]], programme: Programme | None, now: datetime
) -> None:
    """Raise ProgrammeError if somebody would be asked for more than was agreed.

    A survey that is over it already, because less was agreed since, may be changed as long as it takes no
    more than before. Whoever saves what is checked takes `burden_queries.lock_burden` first: of two at once
    each could fit, and both together not.
    """
    burden = burden_with(details, rotation, programme, now)
    if not burden.is_over:
        return
    if programme is not None and programme.active:
        until = far_enough(queries.list_active_programmes(), now)
        if burden.minutes <= _measure(loads_of_all(now, until), programme.name).minutes:
            return
    raise ProgrammeError("rule", refusal(burden, details.name))


def why_not_now(wave: Wave, now: datetime) -> str:
    """Why a planned wave may not open before its date: people would be asked for more than was agreed.

    "" where they would not, or for no more than if it kept its date.
    """
    programme = wave.programme
    until = far_enough(queries.list_active_programmes(), now)
    burden = _measure(loads_of_all(now, until, opens=wave), programme.name)
    if not burden.is_over or burden.minutes <= _measure(loads_of_all(now, until), programme.name).minutes:
        return ""
    others = _which_can_be_paused(burden, programme.name)
    if others:
        return _(
            "%(how_much)s: leave the wave to its date, or pause or shorten %(survey)s.",
            how_much=_how_much(burden, programme.name),
            survey=others[0],
        )
    return _("%(how_much)s: leave the wave to its date.", how_much=_how_much(burden, programme.name))


def refusal(burden: Burden, name: str) -> str:
    """Why it is too much, which other surveys take part in it, and what to do; in one sentence."""
    others = _which_can_be_paused(burden, name)
    said = _TO_DO[any(wave.opened for _name, wave in _in_quarter(burden)), bool(others)]
    return _(said, how_much=_how_much(burden, name), survey=others[0] if others else "")


#: (whether a later start helps, whether another survey can be paused) -> what to do
_TO_DO = {
    (False, False): N_("%(how_much)s: ask fewer questions, less often or by cohorts."),
    (True, False): N_("%(how_much)s: ask fewer questions, less often or by cohorts, or start later."),
    (False, True): N_(
        "%(how_much)s: ask fewer questions, less often or by cohorts, or pause or shorten %(survey)s."
    ),
    (True, True): N_(
        "%(how_much)s: ask fewer questions, less often or by cohorts, or start later, or pause or shorten "
        "%(survey)s."
    ),
}


def _how_much(burden: Burden, name: str) -> str:
    others = [f"“{part.name}”" for part in burden.worst.parts if part.name != name] if burden.worst else []
    said = _WITH_OTHERS if others else _ALONE
    return _(said, others=_(" and ").join(others), minutes=burden.minutes, most=burden.agreement.most)


_ALONE = N_(
    "A person would be asked for %(minutes)s minutes in 12 weeks, and %(most)s is the most that was agreed"
)
_WITH_OTHERS = N_(
    "With %(others)s, the same person would be asked for %(minutes)s minutes in 12 weeks, and %(most)s is "
    "the most that was agreed"
)


def _which_can_be_paused(burden: Burden, name: str) -> list[str]:
    """The other surveys that have a wave to come in the heaviest quarter; the heaviest first."""
    coming = {its for its, wave in _in_quarter(burden) if not wave.opened} - {name}
    parts = burden.worst.parts if burden.worst else ()
    return [f"“{part.name}”" for part in parts if part.name in coming]


def _in_quarter(burden: Burden) -> list[tuple[str, Asking]]:
    """The waves of the heaviest quarter, each with the name of its survey."""
    worst = burden.worst
    waves = ((load.name, wave) for load in burden.loads for wave in load.waves)
    return [(name, wave) for name, wave in waves if worst and worst.starts <= wave.day <= worst.ends]


def _measure(loads: Iterable[Load], including: str) -> Burden:
    found = tuple(loads)
    staffed = frozenset(directory.count_people_by_unit())
    led = frozenset(directory.list_led_units())
    worst = heaviest_quarter(found, staffed=staffed, led=led, including=including)
    gap = closest_waves(found, staffed=staffed, including=including)
    return Burden(get_agreement(), found, worst, gap)
