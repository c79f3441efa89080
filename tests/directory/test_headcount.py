"""Headcounts over the tree."""

import pytest
from flask import Flask

from pulse.directory.headcount import get_branch, list_unit_counts
from tests.directory.factories import make_org, make_person, make_unit


def test_each_unit_counts_its_own_people_and_those_below(app: Flask) -> None:
    org = make_org()
    make_person(unit=org.units["A"])
    counts = {count.unit.code: (count.depth, count.own, count.total) for count in list_unit_counts()}
    assert counts["C"] == (0, 0, 9)
    assert counts["A"] == (1, 1, 5)
    assert counts["B2"] == (2, 2, 2)
    assert list(counts) == ["C", "A", "A1", "A2", "B", "B1", "B2"]


def test_a_chain_deeper_than_the_stack_is_counted(app: Flask) -> None:
    tree: dict[str, str | None] = {"0": None} | {str(n): str(n - 1) for n in range(1, 1_200)}
    make_org(tree, people_each=1)
    assert {count.total for count in list_unit_counts()} == {1}


def test_an_open_unit_below_a_closed_one_stands_at_the_top(app: Flask) -> None:
    closed = make_unit(active=False)
    make_unit(code="N", parent=closed)
    assert [(count.unit.code, count.depth) for count in list_unit_counts()] == [("N", 0)]


def test_a_branch_shows_the_way_down_and_two_levels(app: Flask) -> None:
    units = make_org().units
    branch = get_branch(units["A"].id)
    assert [count.unit.code for count in branch.path] == ["C", "A"]
    assert [count.unit.code for count, _ in branch.below] == ["A1", "A2"]
    top = get_branch(None)
    assert [(count.unit.code, [low.unit.code for low in below]) for count, below in top.below] == [
        ("C", ["A", "B"])
    ]
    with pytest.raises(LookupError):
        get_branch(10**6)
