"""No small group's running rate follows from two that are shown."""

from collections.abc import Mapping
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pulse.domain.disclosure.running_rates import count_cautiously, may_show_rates

LEAST = 20


def test_a_small_unit_is_hidden_and_its_smallest_sibling_with_it() -> None:
    parents = {1: None, 2: 1, 3: 1, 4: 1}
    assert may_show_rates(parents, {1: 100, 2: 50, 3: 45, 4: 5}, LEAST) == {1, 2}


def test_units_that_make_up_the_whole_are_all_shown() -> None:
    assert may_show_rates({1: None, 2: 1, 3: 1}, {1: 60, 2: 40, 3: 20}, LEAST) == {1, 2, 3}


def test_a_few_people_directly_in_a_unit_hide_what_lies_inside_it() -> None:
    assert may_show_rates({1: None, 2: 1}, {1: 43, 2: 40}, LEAST) == {1}


def test_of_several_tops_a_small_one_hides_another_because_the_whole_is_told() -> None:
    assert may_show_rates({1: None, 2: None, 3: None}, {1: 60, 2: 30, 3: 4}, LEAST) == {1}


def test_below_a_hidden_unit_others_may_be_shown() -> None:
    """The hidden one's two halves are all of it, so hiding it alone would hide nothing."""
    parents = {1: None, 2: 1, 3: 1, 4: 2, 5: 2}
    assert may_show_rates(parents, {1: 91, 2: 50, 3: 40, 4: 25, 5: 25}, LEAST) == {1, 2, 4, 5}


@st.composite
def organisations(draw: st.DrawFn) -> tuple[dict[int, int | None], dict[int, int]]:
    size = draw(st.integers(1, 12))
    parents: dict[int, int | None] = {
        unit: draw(st.one_of(st.none(), st.integers(1, unit - 1))) if unit > 1 else None
        for unit in range(1, size + 1)
    }
    asked = {unit: draw(st.integers(0, 45)) for unit in parents}
    for unit in sorted(parents, reverse=True):
        above = parents[unit]
        if above is not None:
            asked[above] += asked[unit]
    return parents, asked


@given(organisations())
def test_no_difference_of_shown_units_is_a_small_group(
    organisation: tuple[dict[int, int | None], dict[int, int]],
) -> None:
    parents, asked = organisation
    whole = 0
    parents = {whole: None} | {unit: parent if parent else whole for unit, parent in parents.items()}
    asked = {whole: sum(asked[unit] for unit, parent in parents.items() if parent == whole)} | asked
    tree = {unit: parent or None for unit, parent in parents.items() if unit != whole}
    shown = may_show_rates(tree, {unit: asked[unit] for unit in tree}, LEAST)

    assert all(asked[unit] >= LEAST for unit in shown)
    for unit in [*shown, whole]:
        inside = [other for other in shown if other != unit and unit in _above(other, parents)]
        for count in range(1, len(inside) + 1):
            for some in combinations(inside, count):
                if all(one not in _above(two, parents) for one in some for two in some):
                    rest = asked[unit] - sum(asked[one] for one in some)
                    assert rest == 0 or rest >= LEAST or asked[whole] < LEAST


@given(organisations(), st.randoms(use_true_random=False))
def test_no_part_is_counted_as_if_all_or_none_of_it_had_answered(
    organisation: tuple[dict[int, int | None], dict[int, int]], random: Random
) -> None:
    parents, asked = organisation
    answered = {unit: random.choice((0, asked[unit])) for unit in asked}
    shown = may_show_rates(parents, asked, LEAST)
    whole, told = count_cautiously(parents, asked, answered, shown)
    everybody = sum(asked[unit] for unit, parent in parents.items() if parent is None)
    for unit, count in [*told.items(), (None, whole)]:
        people = everybody if unit is None else asked[unit]
        inside = [
            other for other in shown if other != unit and (unit is None or unit in _above(other, parents))
        ]
        outermost = [one for one in inside if not _above(one, parents) & set(inside)]
        rest = people - sum(asked[one] for one in outermost)
        if rest > 1:
            assert 0 < count - sum(told[one] for one in outermost) < rest


def _above(unit: int, parents: Mapping[int, int | None]) -> set[int]:
    found, here = set(), parents[unit]
    while here is not None:
        found.add(here)
        here = parents[here]
    return found
