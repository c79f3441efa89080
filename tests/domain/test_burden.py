"""Minutes a person in any 12 weeks: worked out by hand for small cases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pulse.domain.burden import Asking, Gap, Load, Quarter, closest_waves, heaviest_quarter

FIRST = date(2027, 1, 4)
EVERYWHERE = frozenset({1, 2})
NOBODY: frozenset[int] = frozenset()


def make_load(
    name: str = "Pulse", *, every: int = 30, waves: int = 12, minutes: int = 4, **more: object
) -> Load:
    """Waves of `minutes` every so many days from FIRST on, of everybody; of leaders one minute more."""
    starts = more.pop("starts", FIRST)
    assert isinstance(starts, date)
    askings = tuple(
        Asking(number, starts + timedelta(days=every * (number - 1)), minutes, minutes + 1)
        for number in range(1, waves + 1)
    )
    return Load(**({"name": name, "units": EVERYWHERE, "waves": askings} | more))  # type: ignore[arg-type]


def heaviest(*loads: Load, led: frozenset[int] = NOBODY, including: str = "") -> Quarter:
    found = heaviest_quarter(loads, staffed=EVERYWHERE, led=led, including=including)
    assert found is not None
    return found


@pytest.mark.parametrize(("every", "waves"), [(28, 3), (27, 4), (84, 1), (83, 2), (7, 12)])
def test_a_quarter_holds_the_waves_that_open_within_its_12_weeks(every: int, waves: int) -> None:
    found = heaviest(make_load(every=every, waves=20))

    assert (found.starts, found.minutes, found.parts[0].waves) == (FIRST, 4 * waves, waves)
    assert found.everywhere
    assert found.ends == FIRST + timedelta(days=83)


def test_the_quarter_is_the_heaviest_wherever_it_begins() -> None:
    light = make_load("Light", every=91, waves=4, minutes=2)
    late = make_load("Heavy", every=14, waves=3, minutes=5, starts=date(2027, 6, 1))

    found = heaviest(light, late)

    assert found.minutes == 15 + 2
    assert date(2027, 3, 1) < found.starts <= date(2027, 6, 1)


def test_surveys_add_up_only_where_the_same_people_are_asked() -> None:
    here = make_load("Here", every=91, minutes=5, units=frozenset({1}))
    there = make_load("There", every=91, minutes=7, units=frozenset({2}))
    both = make_load("Both", every=91, minutes=2)

    found = heaviest(here, there, both)

    assert (found.minutes, found.units, found.everywhere) == (9, frozenset({2}), False)
    assert [part.name for part in found.parts] == ["There", "Both"]
    assert heaviest(here, there, both, including="Here").minutes == 7


def test_cohorts_take_turns_within_a_survey_and_meet_by_chance_across_two() -> None:
    thirds = make_load("Thirds", every=28, waves=13, cohorts=3)
    halves = make_load("Halves", every=28, waves=13, cohorts=2)

    assert heaviest(thirds).minutes == 4
    assert heaviest(halves).minutes == 2 * 4  # the first and third of three waves
    assert heaviest(thirds, halves).minutes == 3 * 4


def test_people_who_lead_are_asked_for_more_where_there_are_any() -> None:
    load = make_load(every=91)

    assert (heaviest(load).minutes, heaviest(load).leads) == (4, False)
    found = heaviest(load, led=frozenset({2}))
    assert (found.minutes, found.leads, found.units) == (5, True, frozenset({2}))


def test_units_without_people_bear_nothing() -> None:
    load = make_load(units=frozenset({9}))

    assert heaviest_quarter([load], staffed=EVERYWHERE, led=NOBODY) is None
    assert heaviest_quarter([], staffed=EVERYWHERE, led=NOBODY) is None


def test_waves_that_opened_count_beside_one_to_come_and_alone_are_over() -> None:
    had = make_load("Had", every=20, waves=2, minutes=5)
    had = replace(had, waves=tuple(wave._replace(opened=True) for wave in had.waves))
    soon = make_load("Soon", waves=1, starts=FIRST + timedelta(days=83), minutes=2)
    late = make_load("Late", waves=1, starts=FIRST + timedelta(days=104), minutes=2)

    assert heaviest_quarter([had], staffed=EVERYWHERE, led=NOBODY) is None
    assert heaviest(had, soon).minutes == 5 + 5 + 2
    assert heaviest(had, late).minutes == 2
    assert heaviest(had, soon, late, including="Late").minutes == 2 + 2


def test_loads_of_one_survey_share_their_cohorts_while_it_has_as_many() -> None:
    [first, second] = make_load("Halves", every=20, waves=2, cohorts=2).waves
    had = Load("Halves", EVERYWHERE, (first._replace(opened=True),), cohorts=2)
    comes = Load("Halves", EVERYWHERE, (second,), cohorts=2)

    assert heaviest(had, comes).minutes == 4
    assert heaviest(replace(had, cohorts=3), comes).minutes == 4 + 4
    assert heaviest(replace(had, units=frozenset({9})), comes).minutes == 4


def closest(*loads: Load, including: str = "") -> Gap | None:
    return closest_waves(loads, staffed=EVERYWHERE, including=including)


def test_four_weeks_between_two_waves_are_enough_and_a_day_less_is_told() -> None:
    assert closest(make_load(every=28)) is None
    assert closest(make_load(every=27)) == Gap(27, FIRST + timedelta(days=27), "Pulse", "Pulse")


def test_a_cohort_that_waits_its_turn_is_not_asked_too_soon() -> None:
    assert closest(make_load(every=14, cohorts=2)) is None
    assert closest(make_load(every=13, cohorts=2)) == Gap(26, FIRST + timedelta(days=26), "Pulse", "Pulse")


def test_a_gap_counts_only_up_to_a_wave_to_come() -> None:
    [first, second] = make_load(every=20, waves=2).waves

    had = Load("Pulse", EVERYWHERE, (first._replace(opened=True), second._replace(opened=True)))
    comes = Load("Pulse", EVERYWHERE, (first._replace(opened=True), second))
    assert closest(had) is None
    assert closest(comes) == Gap(20, second.day, "Pulse", "Pulse")


def test_two_surveys_of_the_same_people_can_come_too_close() -> None:
    quarterly = make_load("Quarterly", every=91, waves=4)
    yearly = make_load("Yearly", every=365, waves=1, starts=FIRST + timedelta(days=100))

    assert closest(quarterly, yearly) == Gap(9, FIRST + timedelta(days=100), "Quarterly", "Yearly")
    assert closest(quarterly, make_load("Weekly", every=7), including="Quarterly") == Gap(
        0, FIRST, "Quarterly", "Weekly"
    )
    assert closest(quarterly, make_load("Elsewhere", every=365, units=frozenset({9}))) is None
