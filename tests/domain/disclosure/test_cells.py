"""Which attribute cells may be shown: the rules one by one, and what happens when one is broken."""

import numpy as np
import pytest

from pulse.domain.disclosure import DisclosureError, cells
from pulse.domain.disclosure.cells import gate_cells
from pulse.domain.disclosure.families import FamilyCells
from tests.domain.disclosure.cells_of import Ints, make_flat, make_random, repeated

SHARES = ((0.5, 0.48, 0.02), (0.3, 0.3, 0.2, 0.15, 0.05), (0.6, 0.3, 0.1))


def gate(*sizes: int, grade: Ints, **more: object) -> set[tuple[int, int]]:
    """Cells of one family over teams of these sizes; group 0 is the council, then the teams in order."""
    blocks, where = make_flat(*sizes)
    found = gate_cells(blocks, where, {"grade": grade}, rng=np.random.default_rng(1), **more)  # type: ignore[arg-type]
    return set(found["grade"])


def test_cells_of_twenty_are_shown_for_the_organisation_and_its_teams() -> None:
    grade = repeated((0, 20), (1, 25), (0, 30), (1, 30))
    assert gate(45, 60, grade=grade) == {(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)}


def test_a_cell_under_twenty_is_hidden_and_the_hidden_of_a_group_are_k_or_more() -> None:
    """Team 1 hides 12 people of grade 0; nothing else has to go, since nobody finds fewer than 12."""
    grade = repeated((0, 12), (1, 40), (0, 40), (1, 40))
    assert gate(52, 80, grade=grade) == {(0, 0), (0, 1), (1, 1), (2, 0), (2, 1)}


def test_hidden_categories_of_too_few_take_the_smallest_shown_one_with_them() -> None:
    grade = repeated((0, 9), (1, 40), (2, 30), (0, 40), (1, 40), (2, 40))
    assert gate(79, 120, grade=grade) == {(0, 0), (0, 1), (0, 2), (1, 1), (2, 1)}


def test_what_the_organisation_has_beyond_its_teams_is_k_or_more_too() -> None:
    """Nine people of grade 1 in a small team: grade 1 of the council less that of the others would be theirs.

    A third team hides its grade 1 as well, and its grade 0, which it would give away.
    """
    grade = repeated((0, 40), (1, 9), (0, 40), (1, 40), (0, 50), (1, 30))
    assert gate(49, 80, 80, grade=grade) == {(0, 0), (0, 1), (2, 0), (2, 1)}


def test_a_group_that_does_not_show_the_measure_shows_no_cell_of_it() -> None:
    grade = repeated((0, 20), (1, 25), (0, 30), (1, 30))
    assert gate(45, 60, grade=grade, shown=[0, 2]) <= {(0, 0), (0, 1), (2, 0), (2, 1)}


def test_only_cells_allowed_for_people_as_a_whole_are_chosen_from() -> None:
    grade = repeated((0, 20), (1, 25), (0, 30), (1, 30))
    assert gate(45, 60, grade=grade, allowed={"grade": {(0, 0), (0, 1)}}) == {(0, 0), (0, 1)}


def test_people_in_no_result_are_in_no_cell() -> None:
    blocks, where = make_flat(45, 60)
    grade = repeated((0, 20), (1, 25), (0, 30), (1, 30))
    where[:5] = -1
    found = gate_cells(blocks, where, {"grade": grade}, rng=np.random.default_rng(1))
    assert (1, 0) not in found["grade"]


def test_a_category_of_which_nobody_answered_is_not_told_by_what_the_others_leave() -> None:
    """Team 1 has three people of grade 2 who stayed silent: grades 0 and 1 beside the whole would say so."""
    blocks, where = make_flat(45, 60)
    grade = repeated((0, 20), (1, 25), (0, 30), (1, 30))
    everybody = np.concatenate([where, np.zeros(3, dtype=np.int64)])
    silent = np.arange(everybody.size) >= where.size
    grades = np.concatenate([grade, np.full(3, 2)])
    found = gate_cells(blocks, everybody, {"g": grades}, silent=silent, rng=np.random.default_rng(1))["g"]
    assert not {(1, 0), (1, 1)} <= found
    assert not {(0, 0), (0, 1)} <= found
    other = np.concatenate([grade, np.zeros(3, dtype=np.int64)])
    found = gate_cells(blocks, everybody, {"g": other}, silent=silent, rng=np.random.default_rng(1))["g"]
    assert len(found) == 6


def test_two_attributes_that_differ_by_a_few_people_are_not_both_shown() -> None:
    """All of grade 0 but three are of length 0, so the difference of the two is three people."""
    grade, length = repeated((0, 50), (1, 50)), repeated((0, 47), (1, 53))
    blocks, where = make_flat(100)
    rng = np.random.default_rng(1)
    alone = gate_cells(blocks, where, {"grade": grade}, rng=rng)
    both = gate_cells(blocks, where, {"grade": grade, "length": length}, rng=rng)
    assert len(alone["grade"]) == 4
    assert len(both["grade"]) == 0 or len(both["length"]) == 0


def test_three_attributes_that_only_together_give_away_a_few_are_not_all_shown() -> None:
    """One family counts who has exactly one, or both, of two things, but for four people whom it leaves out.

    Any two of the three pass; from all three the four come out.
    """
    rng = np.random.default_rng(4)
    one, other = rng.integers(0, 2, 600), rng.integers(0, 2, 600)
    both = one + other
    both[np.flatnonzero(both == 1)[:4]] = 0
    blocks, where = make_flat(300, 300)
    families = {"one": one, "other": other, "both": both}
    for left in families:
        two = {name: values for name, values in families.items() if name != left}
        kept = gate_cells(blocks, where, two, rng=np.random.default_rng(1), restarts=0)
        assert {name: len(found) for name, found in kept.items()} == {
            name: 3 * len(set(values.tolist())) for name, values in two.items()
        }
    pairs_only = gate_cells(blocks, where, families, rng=np.random.default_rng(1), restarts=0)
    all_three = gate_cells(blocks, where, families, rng=np.random.default_rng(1))
    assert sum(map(len, all_three.values())) < sum(map(len, pairs_only.values()))


def test_the_shape_depends_on_who_is_there_and_not_on_the_order_of_people() -> None:
    rng = np.random.default_rng(7)
    blocks, where, families = make_random(rng, 60, SHARES)
    mixed = rng.permutation(where.size)
    again = {name: values[mixed] for name, values in families.items()}
    first = gate_cells(blocks, where, families, rng=np.random.default_rng(1))
    assert gate_cells(blocks, where[mixed], again, rng=np.random.default_rng(1)) == first


def test_an_organisation_that_shows_nothing_shows_no_cell() -> None:
    blocks, where = make_flat(4, 3)
    assert gate_cells(blocks, where, {"grade": repeated((0, 7))}, rng=np.random.default_rng(1)) == {
        "grade": frozenset()
    }


@pytest.mark.parametrize("step", ["families", "pairs"])
def test_a_step_that_does_not_do_its_work_stops_the_release(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks, where = make_flat(49, 80, 80)
    grade = repeated((0, 40), (1, 9), (0, 40), (1, 40), (0, 50), (1, 30))
    if step == "families":
        monkeypatch.setattr(FamilyCells, "settle", lambda self: None)
    monkeypatch.setattr(cells._Gate, "repair_pairs", lambda self: None)
    families = {"grade": grade, "other": np.where(np.arange(grade.size) < 3, 1 - grade, grade)}
    with pytest.raises(DisclosureError, match="this wave cannot be released"):
        gate_cells(blocks, where, families, rng=np.random.default_rng(1), restarts=0)


def test_groups_that_show_too_few_of_those_who_answered_stop_the_release() -> None:
    """The caller names the groups that may show the measure; all of them may not, where many skipped it."""
    blocks, where = make_flat(12, 60)
    answered = np.arange(72) % 12 > 3
    where, grade = where[answered], repeated((0, 48))
    with pytest.raises(DisclosureError, match="The groups themselves show too few people"):
        gate_cells(blocks, where, {"grade": grade}, rng=np.random.default_rng(1))


@pytest.mark.parametrize("shown", [[], None])
def test_a_measure_that_no_group_shows_has_no_cell(shown: list[int] | None) -> None:
    """Twenty answered it, and k is higher; or those who answered it are in no result."""
    blocks, where = make_flat(45, 60, k=25)
    families = {"grade": repeated((0, 50), (1, 55)), "length": repeated((0, 30), (1, 75))}
    where = where if shown is not None else np.full_like(where, -1)
    found = gate_cells(blocks, where, families, shown, rng=np.random.default_rng(1))
    assert found == {"grade": frozenset(), "length": frozenset()}
