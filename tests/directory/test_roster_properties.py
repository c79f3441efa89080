"""Whatever tree a file describes, that tree is in the database afterwards."""

import random

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulse.directory.queries import list_subtree_ids, list_units
from tests.directory.rosters import import_rows


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Code -> parent's code, blank at a top: any forest of up to 25 units, deep or broad."""
    size = draw(st.integers(1, 25))
    return {
        f"u{number}": f"u{parent}" if (parent := draw(st.integers(-1, number - 1))) >= 0 else ""
        for number in range(size)
    }


def _stored() -> dict[str, str]:
    units = list_units()
    codes: dict[int | None, str] = {unit.id: unit.code for unit in units}
    return {unit.code: codes.get(unit.parent_id, "") for unit in units}


def _depth_below(tree: dict[str, str], code: str) -> set[str]:
    """The unit and all below it, the slow and plain way."""
    found = {code}
    while len(grown := found | {child for child, parent in tree.items() if parent in found}) > len(found):
        found = grown
    return found


@given(first=trees(), second=trees(), seed=st.integers(0, 2**32))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tree_in_any_order_is_stored_as_it_was_given(
    app: Flask, first: dict[str, str], second: dict[str, str], seed: int
) -> None:
    for tree in (first, second):
        rows = [f",,,{code},Unit {code},{parent},," for code, parent in tree.items()]
        random.Random(seed).shuffle(rows)
        import_rows(*rows, "1,Ann,,u0,,,,")
        assert _stored() == tree
        ids = {unit.id: unit.code for unit in list_units()}
        for unit_id, code in ids.items():
            below = {ids[found] for found in list_subtree_ids(unit_id) if found in ids}
            assert below == _depth_below(tree, code)
