"""What must hold for any answers at all: the invariants of the measures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.domain.measurement.agreement import van_der_eijk
from pulse.domain.measurement.assets import say_do_gap
from pulse.domain.measurement.change import Change, benjamini_hochberg, change, flag
from pulse.domain.measurement.griffin import ambivalence, feeling_pattern, griffin100, mixed_map
from pulse.domain.measurement.intervals import level_mean, now_mean
from pulse.domain.measurement.items import UNIPOLAR5, favourable, score100
from pulse.domain.measurement.moments import EMPTY, Moment
from pulse.domain.measurement.permission import faceted_scores
from pulse.domain.measurement.scales import person_scores

settings.register_profile("measurement", deadline=None, max_examples=50)
few = settings(settings.get_profile("measurement"))

code = st.sampled_from([1, 2, 3, 4, 5, -1])
answers = st.lists(code, min_size=1, max_size=40)
pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)
Table = list[list[int]]


@st.composite
def tables(draw: st.DrawFn, least_items: int = 2) -> Table:
    """Answer codes of people by items."""
    items = draw(st.integers(least_items, 8))
    return draw(st.lists(st.lists(code, min_size=items, max_size=items), min_size=2, max_size=15))


def mirrored(codes: list[int]) -> list[int]:
    return [6 - one if one > 0 else one for one in codes]


@few
@given(answers)
def test_reversing_an_item_and_its_answers_changes_no_score(codes: list[int]) -> None:
    np.testing.assert_array_equal(score100(codes), score100(mirrored(codes), reverse=True))
    np.testing.assert_array_equal(favourable(codes), favourable(mirrored(codes), reverse=True))


@few
@given(tables(), st.data())
def test_reversing_some_items_and_their_answers_changes_no_persons_score(
    table: Table, data: st.DataObject
) -> None:
    codes = np.array(table)
    turned = data.draw(st.lists(st.booleans(), min_size=codes.shape[1], max_size=codes.shape[1]))
    plain = np.column_stack([score100(item) for item in codes.T])
    other = np.column_stack(
        [
            score100(mirrored(item.tolist()), reverse=True) if reverse else score100(item)
            for item, reverse in zip(codes.T, turned, strict=True)
        ]
    )
    np.testing.assert_array_equal(person_scores(plain), person_scores(other))


def changes_and_flags(before: Table, after: Table, order: list[int]) -> list[tuple[Change, bool]]:
    """Each item's change and flag in the item's own place, worked out in the order given."""
    first, second = score100(before), score100(after)
    seen: dict[int, Change] = {}
    for item in order:
        waves = Moment.from_values(first[:, item]), Moment.from_values(second[:, item])
        if min(wave.n for wave in waves) >= 2:
            seen[item] = change(*waves)
    q_values = benjamini_hochberg([found.p for found in seen.values()])
    flags = {item: flag(seen[item], float(q)) for item, q in zip(seen, q_values, strict=True)}
    return [(seen[item], flags[item]) for item in sorted(seen)]


@few
@given(st.data())
def test_the_order_of_rotating_items_changes_no_score_and_no_flag(data: st.DataObject) -> None:
    rows = st.lists(st.lists(code, min_size=5, max_size=5), min_size=8, max_size=15)
    before, after = data.draw(rows), data.draw(rows)
    order = data.draw(st.permutations(range(5)))
    assert changes_and_flags(before, after, [0, 1, 2, 3, 4]) == changes_and_flags(before, after, order)
    scores = score100(after)
    np.testing.assert_allclose(person_scores(scores), person_scores(scores[:, order]))
    facets = {"licence": [0, 1], "room": [2], "learning": [3], "trust": [4]}
    moved = {name: [order.index(item) for item in items] for name, items in facets.items()}
    np.testing.assert_allclose(
        faceted_scores(scores, facets).index, faceted_scores(scores[:, order], moved).index
    )


def test_the_order_of_items_is_tried_on_changes_that_are_flagged_and_some_that_are_not() -> None:
    """Otherwise the property above might never have met a flag."""
    before = [[1, 3, 1, 3, 3]] * 6 + [[2, 3, 2, 4, 2]] * 6
    after = [[5, 3, 4, 3, 3]] * 6 + [[4, 3, 5, 4, 2]] * 6
    found = changes_and_flags(before, after, [4, 2, 0, 1, 3])
    assert [flagged for _, flagged in found] == [True, False, True, False, False]


@few
@given(answers)
def test_one_to_five_and_nought_to_four_give_the_same_scores(codes: list[int]) -> None:
    shifted = [one - 1 if one > 0 else -1 for one in codes]
    np.testing.assert_array_equal(score100(codes), score100(shifted, UNIPOLAR5))


@few
@given(pairs)
def test_one_to_five_and_nought_to_four_give_the_same_index_of_mixed_feelings(
    people: list[tuple[int, int]],
) -> None:
    p, n = np.array(people).T
    np.testing.assert_allclose(griffin100(p, n), griffin100(p + 1, n + 1, low=1, high=5), atol=1e-9)


def in_range(values: np.ndarray, low: float, high: float) -> bool:
    scored = values[~np.isnan(values)]
    return bool(((scored >= low - 1e-9) & (scored <= high + 1e-9)).all())


@few
@given(tables(least_items=4), st.booleans())
def test_every_score_of_a_person_stays_in_its_range(table: Table, reverse: bool) -> None:
    scores = score100(table, reverse=reverse)
    facets = {str(item): [item] for item in range(scores.shape[1])}
    assert in_range(scores, 0, 100)
    assert in_range(person_scores(scores), 0, 100)
    assert in_range(faceted_scores(scores, facets).index, 0, 100)
    assert in_range(say_do_gap(scores[:, :2], scores[:, 2:4]), -100, 100)


@few
@given(pairs)
def test_every_number_on_mixed_feelings_stays_in_its_range(people: list[tuple[int, int]]) -> None:
    p, n = np.array(people).T
    found = ambivalence(p, n)
    assert in_range(found.griffin100, 0, 100)
    assert in_range(found.minimum100, 0, 100)
    assert in_range(found.net, -4, 4)
    assert in_range(van_der_eijk(mixed_map(p, n)), -1, 1)


@few
@given(pairs)
def test_swapping_hope_and_worry_swaps_the_pattern(people: list[tuple[int, int]]) -> None:
    p, n = np.array(people).T
    swapped = {"hopeful": "worried", "worried": "hopeful"}
    found = feeling_pattern(mixed_map(p, n), "unclear")
    assert feeling_pattern(mixed_map(n, p), "unclear") == swapped.get(found, found)


scores = st.lists(st.floats(0, 100, allow_nan=False), max_size=40)


@few
@given(scores, st.data())
def test_moments_add_up_in_any_split_and_any_order(values: list[float], data: st.DataObject) -> None:
    homes = data.draw(st.lists(st.integers(0, 4), min_size=len(values), max_size=len(values)))
    blocks = [[v for v, home in zip(values, homes, strict=True) if home == block] for block in range(5)]
    moments = [Moment.from_values(block) for block in data.draw(st.permutations(blocks))]
    added, together = Moment.total(moments), Moment.from_values(values)
    assert added.n == together.n
    assert (added.s1, added.s2) == pytest.approx((together.s1, together.s2))
    assert added + EMPTY == added


@few
@given(scores.filter(lambda values: len(values) >= 2), st.integers(0, 200))
def test_a_known_headcount_never_widens_an_interval(values: list[float], silent: int) -> None:
    moment = Moment.from_values(values)
    now, level = now_mean(moment, moment.n + silent), level_mean(moment)
    assert level.low - 1e-9 <= now.low <= now.value <= now.high <= level.high + 1e-9


@few
@given(tables(), st.integers(1, 30))
def test_people_who_answered_nothing_change_no_number(table: Table, silent: int) -> None:
    scores = score100(table)
    joined = np.vstack([scores, np.full((silent, scores.shape[1]), np.nan)])
    assert Moment.from_values(person_scores(scores)) == Moment.from_values(person_scores(joined))
