"""How many attribute cells could be large enough, by expected counts."""

from pulse.domain.disclosure.reach import Reach, reach_of
from tests.domain.disclosure.organisations import make_unit

#: a council with two directorates, one of them with a service that has a team
UNITS = [make_unit(1), make_unit(2, 1), make_unit(3, 1), make_unit(4, 2), make_unit(5, 4)]


def test_people_count_in_every_unit_above_them_down_to_the_third_level() -> None:
    people = {(5, "G5"): 40, (3, "G5"): 30, (3, "G9"): 50}
    assert reach_of(UNITS, people, 0.5, 10) == (
        Reach(cells=2, enough=2),  # 35 and 25 expected in all
        Reach(cells=3, enough=2),  # 20 in one directorate; 15 and 25 in the other
        Reach(cells=1, enough=1),  # the team's people, in its service
    )


def test_twenty_expected_answers_are_enough_and_a_higher_k_asks_for_more() -> None:
    people = {(1, "G5"): 40}
    assert reach_of(UNITS, people, 0.5, 10)[0] == Reach(1, 1)
    assert reach_of(UNITS, people, 0.49, 10)[0] == Reach(1, 0)
    assert reach_of(UNITS, people, 0.5, 21)[0] == Reach(1, 0)


def test_a_small_tree_has_fewer_levels_and_empty_cells_do_not_count() -> None:
    assert reach_of([make_unit(1)], {(1, "G5"): 40, (1, ""): 0}, 1.0, 10) == (Reach(1, 1),)
