"""The invented people, and the roster file they arrive in."""

from collections import Counter

import numpy as np

from pulse.demo.people import ATTRIBUTES, Staff, invent_people, roster_csv
from pulse.demo.place import ORGANISATION, Size, list_places
from pulse.directory.roster_file import read_roster


def make_people(seed: int = 3) -> list[Staff]:
    return invent_people(Size(), np.random.default_rng(seed))


def test_the_tree_has_120_units_on_four_levels_below_one_top() -> None:
    places = list_places(Size())
    assert (
        len(places) == len({place.code for place in places}) == len({place.name for place in places}) == 120
    )
    assert Counter(place.level for place in places) == {0: 1, 1: 7, 2: 27, 3: 85}
    assert [place.name for place in places if not place.parent_code] == [ORGANISATION]


def test_there_are_1800_people_of_whom_about_one_in_twelve_leads() -> None:
    people = make_people()
    assert len(people) == 1800
    assert 0.07 < sum(one.leads for one in people) / 1800 < 0.09
    assert 0.94 < sum(bool(one.email) for one in people) / 1800 < 0.99


def test_every_team_has_one_who_leads() -> None:
    leads = Counter(one.at.code for one in make_people() if one.leads)
    assert {leads[place.code] for place in list_places(Size()) if place.level == 3} == {1}


def test_the_same_seed_gives_the_same_people() -> None:
    assert make_people() == make_people()
    assert make_people() != make_people(seed=4)


def test_the_roster_file_is_read_without_a_bad_row() -> None:
    people = make_people()
    roster = read_roster(roster_csv(people, Size()).encode())
    assert roster.bad_rows == ()
    assert roster.units is not None
    assert (len(roster.people), len(roster.units)) == (1800, 120)
    assert [label for _, label in roster.attributes] == list(ATTRIBUTES)


def test_a_corner_of_the_place_has_the_people_asked_for() -> None:
    size = Size(people=340, past_waves=3, directorates=4, services=2, teams=2)
    assert len(list_places(size)) == 29
    assert len(invent_people(size, np.random.default_rng(1))) == 340
