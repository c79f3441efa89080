"""The forecast of standings: what `form_blocks` would do, how often, and how right it is."""

from collections import Counter

import numpy as np
import pytest

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.blocks import Unit, form_blocks
from pulse.domain.disclosure.forecast import (
    STANDINGS,
    Forecast,
    Totals,
    draws_for,
    forecast,
    totals_of,
)
from tests.domain.disclosure.organisations import make_unit


def make_council(*sizes: int) -> tuple[list[Unit], dict[int, int]]:
    """A top unit (1) with teams 2, 3, ... of these sizes."""
    units = [make_unit(1), *(make_unit(2 + i, 1) for i in range(len(sizes)))]
    return units, {2 + i: n for i, n in enumerate(sizes)}


def make_tree(rng: np.random.Generator) -> tuple[list[Unit], dict[int, int]]:
    """Directorates with services and teams, most teams of 4 to 25 people."""
    units, heads = [make_unit(1)], {1: int(rng.integers(0, 6))}

    def add(parent: int, people: int) -> int:
        units.append(make_unit(len(units) + 1, parent))
        heads[len(units)] = people
        return len(units)

    for _ in range(int(rng.integers(2, 5))):
        directorate = add(1, int(rng.integers(0, 8)))
        for _ in range(int(rng.integers(1, 5))):
            service = add(directorate, int(rng.integers(0, 6)))
            for _ in range(int(rng.integers(0, 6))):
                add(service, int(rng.integers(4, 26)))
    return units, heads


def make_forecast(
    units: list[Unit], heads: dict[int, int], response: float = 0.55, k: int = 10, **more: object
) -> Forecast:
    settings: dict[str, object] = {"draws": 100, "rng": np.random.default_rng(1)}
    return forecast(units, heads, response, k, **(settings | more))  # type: ignore[arg-type]


def standings(found: Forecast) -> dict[int, str]:
    return {one.unit.id: one.standing for one in found.units}


def test_when_everybody_answers_the_forecast_is_what_the_blocks_are() -> None:
    units, heads = make_tree(np.random.default_rng(5))
    blocks = form_blocks(units, heads, 10)

    found = make_forecast(units, heads, response=1.0)

    assert standings(found) == {
        unit: status.standing for unit, status in blocks.statuses.items() if unit in standings(found)
    }
    assert all(one.chance == 1 for one in found.units)
    assert {one.unit.id: one.group for one in found.units if one.standing == "combined"} == {
        unit: blocks.groups[status.group_id].name
        for unit, status in blocks.statuses.items()
        if status.standing == "combined" and status.group_id is not None
    }


def test_a_large_team_has_its_own_result_and_two_small_ones_are_named_together() -> None:
    found = make_forecast(*make_council(60, 11, 12, 60))

    assert standings(found) == {1: "own", 2: "own", 3: "combined", 4: "combined", 5: "own"}
    assert found.units[2].group == "Unit 3 + Unit 4"
    assert found.units[1].chance > 0.8
    assert 0.6 < found.units[2].group_share < 1
    assert [one.depth for one in found.units] == [0, 1, 1, 1, 1]
    assert [one.people for one in found.units] == [143, 60, 11, 12, 60]


def test_a_team_that_may_just_reach_k_is_not_told_as_certain() -> None:
    found = make_forecast(*make_council(60, 18, 60))

    [own, *others] = found.units[2].shares
    assert 0.2 < own < 0.8
    assert own + sum(others) == pytest.approx(1)


def test_everybody_is_left_out_where_too_few_would_answer() -> None:
    found = make_forecast(*make_council(4, 4))
    assert standings(found) == {1: "left_out", 2: "left_out", 3: "left_out"}
    assert [one.group for one in found.units] == ["", "", ""]
    assert found.totals.rounded() == {"own": 0, "combined": 0, "higher": 0, "left_out": 3}
    assert found.totals.people == (0, 0, 0, 1)


def test_a_single_unit_stands_by_how_many_it_has() -> None:
    assert standings(make_forecast([make_unit(1)], {1: 40})) == {1: "own"}
    assert standings(make_forecast([make_unit(1)], {1: 9})) == {1: "left_out"}


def test_units_with_nobody_in_or_below_them_are_not_counted() -> None:
    units, heads = make_council(60, 0, 60)
    found = make_forecast(units, heads)
    assert [one.unit.id for one in found.units] == [1, 2, 4]
    assert sum(found.totals.units) == pytest.approx(3)


def test_the_same_rng_gives_the_same_forecast_and_another_one_nearly_so() -> None:
    units, heads = make_tree(np.random.default_rng(8))
    once, again, other = (make_forecast(units, heads, rng=np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert once == again
    assert once != other
    assert once.totals.units[0] == pytest.approx(other.totals.units[0], abs=0.1 * len(units))


def test_a_higher_k_never_shows_more_and_is_the_same_whichever_was_asked_for() -> None:
    units, heads = make_tree(np.random.default_rng(9))

    found = make_forecast(units, heads, others=(11, 15, 20))

    own = [totals.units[0] for totals in (found.totals, *found.others.values())]
    assert own == sorted(own, reverse=True)
    assert own[0] > own[-1]
    assert found.others[15] == make_forecast(units, heads, k=15).totals


def test_more_answers_show_more() -> None:
    units, heads = make_tree(np.random.default_rng(9))
    few, many = (make_forecast(units, heads, response).totals for response in (0.3, 0.8))
    assert few.units[0] < many.units[0]
    assert few.people[0] < many.people[0]


def test_last_waves_groups_are_kept() -> None:
    units, heads = make_council(60, 11, 12, 13, 14)
    together = [frozenset({3, 4}), frozenset({5, 6})]

    free = make_forecast(units, heads, response=1.0, k=20)
    kept = make_forecast(units, heads, response=1.0, k=20, previous=together)

    assert free.units[2].group != kept.units[2].group
    assert kept.units[2].group == "Unit 3 + Unit 4"


def test_rounded_totals_add_up_to_all_units() -> None:
    rng = np.random.default_rng(2)
    for _ in range(50):
        whole = int(rng.integers(1, 90))
        own, combined, higher, left_out = (whole * rng.dirichlet([1, 1, 1, 1])).tolist()
        units = (own, combined, higher, left_out)
        rounded = Totals(units, units).rounded()
        assert sum(rounded.values()) == whole
        assert all(abs(rounded[s] - n) < 1 for s, n in zip(STANDINGS, units, strict=True))


def test_a_branch_has_totals_of_its_own() -> None:
    found = make_forecast(*make_council(60, 60))
    assert totals_of(found.units[1:2]).units == (1, 0, 0, 0)
    assert totals_of(found.units[1:2]).people == (1, 0, 0, 0)


@pytest.mark.parametrize("units", [1, 84, 1_000, 10_000, 100_000])
def test_the_larger_the_tree_the_fewer_waves_are_invented(units: int) -> None:
    assert 8 <= draws_for(units) <= 200
    assert draws_for(units) >= draws_for(units * 2)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"heads": {}}, "nobody to ask"),
        ({"response": 0.0}, "above 0 and at most 1"),
        ({"response": 1.01}, "above 0 and at most 1"),
        ({"k": 4}, "set it to 5 or more"),
        ({"heads": {7: 3}}, "not in the organisation"),
    ],
)
def test_what_cannot_be_forecast_is_refused(changes: dict[str, object], sentence: str) -> None:
    units, heads = make_council(60, 4)
    values: dict[str, object] = {"heads": heads} | changes
    with pytest.raises(DisclosureError, match=sentence):
        make_forecast(units, **values)  # type: ignore[arg-type]


def test_chances_come_true_about_as_often_as_they_say() -> None:
    """Fresh waves, drawn by numbers that the forecast never saw, of twelve invented organisations."""
    rng = np.random.default_rng(20)
    said: Counter[str] = Counter()
    came: Counter[str] = Counter()
    for _ in range(12):
        units, heads = make_tree(rng)
        found = make_forecast(units, heads)
        for _ in range(6):
            statuses = form_blocks(units, answered_by(heads, rng), 10, asked=heads).statuses
            for one in found.units:
                own = one.shares[0]
                part = "likely" if own >= 0.8 else "unlikely" if own <= 0.2 else "open"
                said[part] += 1
                came[part] += statuses[one.unit.id].standing == "own"

    assert min(said.values()) > 100
    assert came["likely"] / said["likely"] > 0.9
    assert came["unlikely"] / said["unlikely"] < 0.1
    assert 0.3 < came["open"] / said["open"] < 0.7


def answered_by(heads: dict[int, int], rng: np.random.Generator) -> dict[int, int]:
    """A wave at 55 %: each unit's people answer by a rate of its own, 11 points around it."""
    return {
        unit: int(rng.binomial(n, min(1.0, max(0.0, rng.normal(0.55, 0.11))))) for unit, n in heads.items()
    }
