"""What must not matter does not: the order of items, turning one round, or people who are hidden."""

from dataclasses import asdict
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pulse.results.figures import Draft, Earlier
from tests.results.counting import InMemory, count_in_memory, leaning, make_plan

ITEMS = ["PTA-01", "PTA-06", "PTA-09", "POW-01", "POW-05", "AMB-P1", "AMB-N1", "TAA-G1"]
UNITS = {"A": 14, "B": 25, "C": 18}
FEW = settings(max_examples=20, deadline=None)


def figures_of(counted: InMemory, name: str) -> dict[str, dict[str, Any]]:
    return {measure: comparable(draft) for measure, draft in counted.figures(name).items()}


def comparable(draft: Draft, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A figure as plain rounded values; `items` in one order."""

    def plain(value: Any) -> Any:
        if isinstance(value, float):
            return round(value, 6)
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if key not in without}
        if isinstance(value, list):
            return sorted(map(plain, value), key=str)
        return value

    return {key: plain(value) for key, value in asdict(draft).items() if key not in without}


def moved(before: InMemory, amount: float) -> dict[tuple[str, str], list[Earlier]]:
    """A wave before in which every figure lay lower by so much."""
    keys = before.assembled.keys
    return {
        (keys[group], draft.measure): [
            Earlier(
                0, "before", draft.n, draft.detail["mean"] - amount, draft.detail["sd"], draft.detail["items"]
            )
        ]
        for group, drafts in before.assembled.figures.items()
        for draft in drafts
        if "items" in draft.detail and "mean" in draft.detail
    }


@FEW
@given(st.permutations(ITEMS), st.floats(-20, 20))
def test_the_order_of_items_changes_no_figure_and_no_flag(order: list[str], rise: float) -> None:
    first = count_in_memory(make_plan(ITEMS), UNITS, leaning())
    history = moved(first, rise)
    straight = count_in_memory(make_plan(ITEMS), UNITS, leaning(), history=history)
    turned = count_in_memory(make_plan(order), UNITS, leaning(), history=history)

    for name in ("Whole", "A", "B", "C"):
        assert figures_of(straight, name) == figures_of(turned, name)
        flags = {m: d.flagged for m, d in straight.figures(name).items()}
        assert flags == {m: d.flagged for m, d in turned.figures(name).items()}
    assert any(d.change is not None for d in straight.figures("A").values())


@FEW
@given(st.sampled_from(["PTA-01", "PTA-06", "POW-01", "TAA-G1"]), st.integers(0, 50))
def test_turning_an_item_and_its_answers_round_changes_no_figure(item: str, seed: int) -> None:
    plain = make_plan(ITEMS)
    turned = make_plan(ITEMS)
    for frozen in turned["items"]:
        if frozen["id"] == item:
            frozen["reverse"] = not frozen["reverse"]
    # `leaning` answers a reversed question the other way round
    for name in ("Whole", "B"):
        assert figures_of(count_in_memory(plain, UNITS, leaning(seed)), name) == figures_of(
            count_in_memory(turned, UNITS, leaning(seed)), name
        )


@FEW
@given(st.integers(1, 9), st.integers(0, 50))
def test_people_too_few_to_be_shown_change_no_number_of_another_unit(few: int, seed: int) -> None:
    """What compares a unit with all others may move; its own figures may not."""
    without = count_in_memory(make_plan(ITEMS), UNITS, leaning(seed))
    with_few = count_in_memory(make_plan(ITEMS), UNITS | {"D": few}, leaning(seed))

    about_others = frozenset({"unit", "q"})
    assert "D" not in with_few.names
    still_alone = set(UNITS) & with_few.names & without.names
    assert len(still_alone) >= 2
    for name in still_alone:
        mine = {m: comparable(d, about_others) for m, d in without.figures(name).items()}
        theirs = {m: comparable(d, about_others) for m, d in with_few.figures(name).items()}
        assert mine == theirs


@FEW
@given(st.integers(0, 500))
def test_every_figure_lies_on_its_scale(seed: int) -> None:
    rng = np.random.default_rng(seed)

    def anything(unit: str, number: int, item: dict[str, Any]) -> str:
        codes = [str(code) for code, _ in item["options"]]
        return str(rng.choice([*codes, "-", "p"]))

    counted = count_in_memory(make_plan(ITEMS), UNITS, anything)
    for drafts in counted.assembled.figures.values():
        for draft in drafts:
            if draft.value is not None and ":" not in draft.measure:
                assert draft.low is not None
                assert draft.high is not None
                assert 0 <= draft.low <= draft.value <= draft.high <= 100
