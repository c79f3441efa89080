"""Attribute tables: what a cell shows, what it does not, and that a gate that fails releases nothing."""

from collections.abc import Callable
from math import sqrt
from typing import Any

import pytest
from scipy import stats

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure import cells as cells_module
from pulse.results import attribute_families
from pulse.results.attribute_tables import RESPONSES, nearest
from tests.results.counting import InMemory, count_in_memory, leaning, make_plan

ITEMS = ["PTA-01", "PTA-06", "PTA-09", "AMB-P1", "AMB-N1", "TAA-G1", "POW-01", "LET-01"]
UNITS = {"A": 90, "B": 110}
GRADES = {"grade": ["G1", "G2", "G3"], "service": ["Long", "Short", ""]}


def about(unit: str, number: int) -> dict[str, str]:
    """Half are G1, a third G2, the others G3; of every fifth the length of service is not recorded."""
    grade = "G1" if number % 6 < 3 else "G2" if number % 6 < 5 else "G3"
    return {"grade": grade, "service": ["Long", "Short", "Long", "Short", ""][number // 6 % 5]}


def counted(
    items: list[str] = ITEMS, about: Callable[[str, int], dict[str, str]] = about, **plan: Any
) -> InMemory:
    declared = {"attributes": GRADES} | plan
    return count_in_memory(make_plan(items, **declared), UNITS, leaning(), about=about)


def points_of(found: InMemory, item: str, of: Callable[[str, int], bool]) -> list[float]:
    """The points of some people from what they said, reversed items turned round."""
    frozen = next(one for one in found.context.plan["items"] if one["id"] == item)
    people = [(unit, number) for unit, n in UNITS.items() for number in range(n)]
    codes = [int(code) for code, _ in frozen["options"]]
    given = [int(leaning()(unit, number, frozen)) for unit, number in people if of(unit, number)]
    return [100 * ((codes[-1] - x) if frozen["reverse"] else (x - codes[0])) / 4 for x in given]


def in_grade(grade: str, units: str = "AB") -> Callable[[str, int], bool]:
    return lambda unit, number: unit in units and about(unit, number)["grade"] == grade


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def test_a_cell_of_a_question_shows_its_mean_and_how_many_on_each_side() -> None:
    found = counted()
    for item in ("POW-01", "PTA-09"):
        cell = found.cells("grade", item)["A", "G1"]
        points = points_of(found, item, in_grade("G1", "A"))
        sides = [sum(x > 50 for x in points), sum(x < 50 for x in points)]
        assert (cell.n, cell.value) == (len(points), round(mean(points), 1))
        assert cell.favourable is not None
        assert cell.unfavourable is not None
        for shown, people in zip((cell.favourable, cell.unfavourable), sides, strict=True):
            assert (shown % 3, abs(shown - people) <= 1) == (0, True)


def test_the_interval_uses_the_spread_of_all_blocks_and_not_the_cells_own() -> None:
    found = counted()
    blocks = [points_of(found, "POW-01", lambda unit, number, u=u: unit == u) for u in UNITS]  # type: ignore[misc]
    squares = sum((x - mean(block)) ** 2 for block in blocks for x in block)
    df = sum(len(block) - 1 for block in blocks)
    for cell in found.cells("grade", "POW-01").values():
        half = stats.t.ppf(0.975, df) * sqrt(squares / df) / sqrt(cell.n)
        assert cell.value is not None
        assert cell.low == pytest.approx(cell.value - half, abs=0.101)
        assert cell.high == pytest.approx(cell.value + half, abs=0.101)


def test_an_index_of_a_cell_is_made_of_the_means_of_its_questions() -> None:
    found = counted()
    items = [found.cells("grade", item)["Whole", "G2"].value for item in ("PTA-01", "PTA-06", "PTA-09")]
    exact = mean([mean(points_of(found, item, in_grade("G2"))) for item in ("PTA-01", "PTA-06", "PTA-09")])
    index = found.cells("grade", "PTA")["Whole", "G2"]
    assert None not in items
    assert (index.value, index.favourable, index.unfavourable) == (round(exact, 1), None, None)


def test_people_and_the_headlines_are_shown_and_of_other_scores_only_questions() -> None:
    measures = {cell.measure for cell in counted().assembled.attributes}
    assert measures == {RESPONSES, "PTA", "AMB", "TAA", *ITEMS}


def test_of_people_only_the_number_is_shown() -> None:
    found = counted()
    cells = found.cells("grade")
    assert {(group, grade): cell.n for (group, grade), cell in cells.items() if group == "A"} == {
        ("A", "G1"): 45
    } | {key: cell.n for key, cell in cells.items() if key[0] == "A"}
    assert {(cell.value, cell.low, cell.favourable) for cell in cells.values()} == {(None, None, None)}


@pytest.mark.parametrize("item", ["AMB-P1", "AMB-N1", "LET-01"])
def test_of_feelings_and_worry_no_side_is_called_favourable(item: str) -> None:
    cells = counted().cells("grade", item).values()
    assert {(cell.favourable, cell.unfavourable) for cell in cells} == {(None, None)}
    assert all(cell.value is not None for cell in cells)


def test_a_cross_and_people_without_a_value_are_named_in_words() -> None:
    found = counted(crosses=[["grade", "service"]])
    names = {category for _, category in found.cells("grade*service")}
    assert {"G1 | Long", "G2 | Short", "G1 | Not recorded"} & names
    assert {category for _, category in found.cells("service")} <= {"Long", "Short", "Not recorded"}
    assert all(cell.n >= 20 for cell in found.assembled.attributes)


def test_categories_that_read_alike_are_one() -> None:
    declared = {"service": ["Not recorded", "Short", ""]}

    def who(_unit: str, number: int) -> dict[str, str]:
        return {"service": ["Not recorded", "Short", ""][number % 3]}

    found = counted(["POW-01"], who, attributes=declared)
    assert found.cells("service")["Whole", "Not recorded"].n > found.cells("service")["Whole", "Short"].n


def test_without_declared_attributes_no_gate_runs_and_there_is_nothing_to_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attribute_families, "gate_cells", lambda *_given, **_named: pytest.fail("ran"))
    assert counted(attributes={}).assembled.attributes == []


def test_a_question_needs_twenty_answers_of_its_own_in_a_cell() -> None:
    def few(unit: str, number: int, item: dict[str, Any]) -> str:
        skips = item["id"] == "POW-01" and about(unit, number)["grade"] == "G2" and number % 4
        return "-" if skips else leaning()(unit, number, item)

    found = count_in_memory(make_plan(ITEMS, attributes=GRADES), UNITS, few, about=about)
    assert ("Whole", "G2") in found.cells("grade", "PTA-01")
    assert ("Whole", "G2") not in found.cells("grade", "POW-01")


def test_what_is_shown_of_a_measure_is_shown_of_people_and_in_groups_that_show_the_measure() -> None:
    found = counted(crosses=[["grade", "service"]])
    for family in ("grade", "service", "grade*service"):
        people = found.cells(family)
        for measure in ("PTA", "AMB", *ITEMS):
            cells = found.cells(family, measure)
            assert cells.keys() <= people.keys()
            assert all(measure in found.figures(group) for group, _ in cells)


def test_the_same_answers_give_the_same_tables_whoever_gave_them() -> None:
    """Which cells are shown depends on who is where, and never on what anybody answered."""

    def shape(seed: int) -> set[tuple[str, str, str, int, int]]:
        found = count_in_memory(make_plan(ITEMS, attributes=GRADES), UNITS, leaning(seed), about=about)
        return {(c.family, c.category, c.measure, c.group, c.n) for c in found.assembled.attributes}

    assert shape(1) == shape(2)


@pytest.mark.parametrize(
    ("people", "n", "shown"), [(0, 20, 0), (1, 20, 0), (2, 20, 3), (15, 20, 15), (20, 20, 15), (90, 100, 84)]
)
def test_counts_are_rounded_to_three_and_never_say_that_nearly_everybody_did(
    people: int, n: int, shown: int
) -> None:
    assert nearest(people, n) == shown


def test_two_families_that_were_not_repaired_are_not_released(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps 3 and 4 went wrong: two attributes that divide people alike, but for two of them."""

    def alike(unit: str, number: int) -> dict[str, str]:
        return {
            "grade": "G1" if number < 50 else "G2",
            "service": "Long" if number < (48 if unit == "A" else 50) else "Short",
        }

    declared = {"grade": ["G1", "G2"], "service": ["Long", "Short"]}
    shown = counted(["POW-01"], alike, attributes=declared)
    assert shown.cells("service")
    for step in ("repair_pairs", "repair_jointly"):
        monkeypatch.setattr(cells_module._Gate, step, lambda *_given: None)
    with pytest.raises(DisclosureError, match="together"):
        counted(["POW-01"], alike, attributes=declared)


def test_people_of_a_category_who_all_stayed_silent_cannot_be_told_by_what_the_others_leave() -> None:
    """Three people of a third grade in unit A, who are the last of it, did not answer."""

    def with_a_third(unit: str, number: int) -> dict[str, str]:
        rare = unit == "A" and number >= UNITS["A"] - 3
        return {"grade": "G3" if rare else f"G{1 + number % 2}", "service": "Long"}

    shown = {}
    for silent in (3, 0):
        found = count_in_memory(
            make_plan(ITEMS, attributes=GRADES),
            UNITS,
            leaning(),
            {"A": UNITS["A"] - silent, "B": UNITS["B"]},
            with_a_third,
        )
        shown[silent] = set(found.cells("grade"))
    assert shown[3] == shown[0]
    assert not {("A", "G1"), ("A", "G2")} <= shown[3]


def test_a_mean_near_either_end_is_not_told_exactly() -> None:
    def all_alike(_unit: str, _number: int, item: dict[str, Any]) -> str:
        return str(item["options"][-1 if item["reverse"] else 0][0])

    found = count_in_memory(make_plan(["POW-01"], attributes=GRADES), UNITS, all_alike, about=about)
    assert {cell.value for cell in found.cells("grade", "POW-01").values()} == {15.0}
