"""What the next wave would show: the audience of a programme as it is today, at an expected response and a k.

Reads headcounts, and of the last release its groups and its response rate. No answer is read.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pulse.directory import queries as directory
from pulse.directory.queries import PersonRow
from pulse.domain.disclosure import PROFILES
from pulse.domain.disclosure.tree import Unit
from pulse.domain.rotation import cohort_of_wave
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
from pulse.surveys import queries, waves
from pulse.surveys.declared import value_of
from pulse.surveys.models import Programme
from pulse.surveys.programme_checks import HIGHEST_K

if TYPE_CHECKING:
    from pulse.domain.disclosure.forecast import Forecast
    from pulse.domain.disclosure.reach import Reach

#: percent expected of a programme without a wave to go by
USUAL_RESPONSE = 55
#: thresholds to compare
OTHER_KS = (10, 11, 15, 20)
#: the page of a programme tells the forecast of so many units; of more, which takes seconds, it only links to
SUMMARY_MOST = 500
#: stands above several top units, which then make one tree, as in a release
EVERYONE = 0
#: the same question gets the same figures, whoever asks and however often
_SEED = 11


class Before(NamedTuple):
    """What the last release tells: of which wave, percent who answered (None: not shown), and its groups."""

    wave: str
    response: int | None
    groups: tuple[frozenset[int], ...]


NOTHING_BEFORE = Before("", None, ())


class Turn(NamedTuple):
    """The cohort that is asked next, from 1, and how many people it has of all whose turn comes."""

    cohort: int
    cohorts: int
    asked: int
    everybody: int


class ForecastError(Exception):
    """One sentence that says what to do; `field` is "response", "k", or "" where neither is at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Asked:
    """What is asked of the forecast: an expected response in percent, and a threshold."""

    response: int
    k: int


@dataclass(frozen=True)
class Family:
    """A declared attribute, or two together, with how many of its cells would be large enough by level."""

    label: str
    levels: "tuple[Reach, ...]"


def usual_response(before: Before) -> int:
    """The percent to expect."""
    return before.response or USUAL_RESPONSE


def least_k(programme: Programme) -> int:
    """The least threshold that the programme may have."""
    return min(PROFILES[programme.profile], programme.k)


def read_asked(
    programme: Programme, before: Before, response: str | None = None, k: str | None = None
) -> Asked:
    """What was typed, None or nothing being the usual; raises ForecastError."""
    return Asked(
        _read("response", N_("the expected response"), response or str(usual_response(before)), 1, 100),
        _read("k", "k", k or str(programme.k), least_k(programme), HIGHEST_K),
    )


def _read(field: str, name: str, typed: str, low: int, high: int) -> int:
    text = typed.strip().removesuffix("%").rstrip()
    if not re.fullmatch("[0-9]{1,6}", text) or not low <= int(text) <= high:
        raise ForecastError(
            field,
            _("Write %(name)s as a whole number from %(low)s to %(high)s.", name=_(name), low=low, high=high),
        )
    return int(text)


def forecast_programme(
    programme: Programme,
    asked: Asked,
    before: Before,
    *,
    compare: bool = True,
    people: Sequence[PersonRow] | None = None,
) -> "Forecast":
    """The forecast of the next wave; raises ForecastError when nobody would be asked.

    Where cohorts take turns, only the people of the next one count. The combined groups of the last release
    are kept while they can be. compare: also the totals at OTHER_KS, as far as the programme may have them.
    people: those of `list_asked_next`, where they have been read already.
    """
    units = audience_tree(programme)
    headcounts = _headcounts(programme, units, people)
    others = [k for k in OTHER_KS if k != asked.k and k >= least_k(programme)] if compare else []
    return _work_out(
        tuple(units),
        tuple(sorted(headcounts.items())),
        tuple(sorted(before.groups, key=sorted)),
        asked,
        tuple(others),
    )


def _headcounts(
    programme: Programme, units: list[Unit], people: Sequence[PersonRow] | None
) -> dict[int, int]:
    """Unit id -> people directly in it whom the next wave asks; raises ForecastError if it asks nobody."""
    inside = {unit.id for unit in units}
    if programme.cohorts > 1:
        asked = list_asked_next(programme) if people is None else people
        counted: Mapping[int, int] = Counter(person.unit_id for person in asked)
    else:
        counted = directory.count_people_by_unit()
    headcounts = {unit_id: people for unit_id, people in counted.items() if people and unit_id in inside}
    if headcounts:
        return headcounts
    if waves.count_audience(programme.audience_unit_id):
        raise ForecastError("", _("Nobody is in the cohort whose turn it is: ask in fewer cohorts."))
    raise ForecastError(
        "", _("Nobody is in the audience of this survey: import the staff list, or change who is asked.")
    )


def list_asked_next(programme: Programme) -> list[PersonRow]:
    """Whom the next wave would ask today; of a large staff list it takes a second: a page reads it once."""
    return waves.list_asked_of(programme, number_of_next(programme))


def number_of_next(programme: Programme) -> int:
    """The number of the wave that opens next; 1 for a programme that is not saved."""
    last = queries.find_last_wave(programme.id)
    if last is None:
        return 1
    return last.number if last.state == "planned" else last.number + 1


def find_turn(programme: Programme, people: Sequence[PersonRow] | None = None) -> Turn | None:
    """Whose turn it is next; None where everybody is asked every time."""
    number = number_of_next(programme)
    cohort = cohort_of_wave(number, programme.cohorts)
    if cohort is None:
        return None
    asked = len(list_asked_next(programme) if people is None else people)
    everybody = waves.count_audience(programme.audience_unit_id)
    return Turn(cohort + 1, programme.cohorts, asked, everybody)


def summarise(programme: Programme, before: Before) -> "Forecast | None":
    """The forecast for the page of a programme, as usual; None where there is none, or it would take long."""
    if len(audience_tree(programme)) > SUMMARY_MOST:
        return None
    try:
        return forecast_programme(programme, read_asked(programme, before), before, compare=False)
    except ForecastError:
        return None


def audience_tree(programme: Programme) -> list[Unit]:
    """The units that a wave would freeze if it opened now, for the disclosure code; one top at most."""
    units = waves.list_audience(programme.audience_unit_id)
    inside = {unit.id for unit in units}
    tops = [unit for unit in units if unit.parent_id not in inside]
    above = EVERYONE if len(tops) > 1 else None
    tree = [Unit(unit.id, unit.parent_id if unit.parent_id in inside else above, unit.name) for unit in units]
    return tree if above is None else [Unit(EVERYONE, None, programme.organisation), *tree]


def list_families(
    programme: Programme, asked: Asked, people: Sequence[PersonRow] | None = None
) -> list[Family]:
    """The declared attributes and crosses, with how many categories would be large enough at each level."""
    if not programme.attributes:
        return []
    # numpy, which no other page of this package needs
    from pulse.domain.disclosure.reach import reach_of  # noqa: PLC0415

    units = audience_tree(programme)
    people = list_asked_next(programme) if people is None else people
    labels = {attribute.code: attribute.label for attribute in directory.list_attributes()}
    found = []
    for codes in [*([code] for code in programme.attributes), *programme.crosses]:
        cells = Counter(
            (person.unit_id, " | ".join(value_of(person, code) for code in codes)) for person in people
        )
        label = _(" and ").join(labels.get(code, code) for code in codes)
        found.append(Family(label, reach_of(units, cells, asked.response / 100, asked.k)))
    return found


@lru_cache(maxsize=8)
def _work_out(
    units: tuple[Unit, ...],
    headcounts: tuple[tuple[int, int], ...],
    previous: tuple[frozenset[int], ...],
    asked: Asked,
    others: tuple[int, ...],
) -> "Forecast":
    """Worked out once: a large tree takes seconds, and its pages are turned one after the other."""
    # numpy, which no other page of this package needs
    import numpy as np  # noqa: PLC0415

    from pulse.domain.disclosure.forecast import draws_for, forecast  # noqa: PLC0415

    return forecast(
        units,
        dict(headcounts),
        asked.response / 100,
        asked.k,
        draws=draws_for(len(units)),
        rng=np.random.default_rng(_SEED),
        previous=previous,
        others=others,
    )
