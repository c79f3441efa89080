"""Softening in the count: tables agree, the right side is softened, and a failed step holds a wave."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pulse.domain.disclosure import DisclosureError
from pulse.domain.disclosure.softening import Softened
from pulse.results import assembly, softening
from pulse.results.assembly import assemble
from pulse.results.attribute_families import Declared
from pulse.results.counting import Sheets
from pulse.results.drafting import Context
from tests.results.closes import assert_held, close
from tests.results.counting import InMemory, count_in_memory, make_context, make_plan, make_sheets
from tests.results.factories import Site, Voter, answer_all, make_council, make_released_wave, make_sent_wave
from tests.support.rows import all_rows

UNITS = {"A": 12, "B": 30}
ITEMS = ["PTA-01", "PTA-09", "LET-01", "AMB-P1", "AMB-N1", "POW-01"]


def everybody(**said: str) -> Callable[..., str]:
    """In unit A everybody says the same; in unit B people differ."""

    def answer(unit: str, number: int, item: dict[str, Any]) -> str:
        codes = [str(code) for code, _ in item["options"]]
        return said.get(item["id"].replace("-", "_"), codes[2]) if unit == "A" else codes[number % 5]

    return answer


def options(counted: InMemory, unit: str, item: str) -> dict[str, int]:
    block = next(group.block_ids[0] for group in counted.assembled.blocks.groups if group.name == unit)
    found = {option: n for (b, i, option), n in counted.assembled.tallies.items() if (b, i) == (block, item)}
    return {option: n for option, n in found.items() if n}


def declared_in(sheets: Sheets, context: Context) -> Declared:
    """As the count makes it, where everybody is in the block of their unit."""
    blocks = assemble(sheets, context).blocks
    homes = blocks.block_of_unit()
    where = np.array([homes[unit] for unit in sheets.unit_ids.tolist()], dtype=np.int64)
    return Declared(context.plan, sheets, blocks, where)


def test_a_team_that_disagrees_to_a_man_is_shown_with_two_in_the_middle() -> None:
    counted = count_in_memory(make_plan(ITEMS), UNITS, everybody(PTA_01="1"))
    assert options(counted, "A", "PTA-01") == {"1": 10, "3": 2}
    assert counted.assembled.softened == 2
    assert counted.figures("A")["PTA-01"].value == pytest.approx(100 / 12)


def test_of_a_question_that_is_turned_round_agreeing_is_unfavourable() -> None:
    against = count_in_memory(make_plan(ITEMS), UNITS, everybody(PTA_09="5"))
    in_favour = count_in_memory(make_plan(ITEMS), UNITS, everybody(PTA_09="1"))
    assert options(against, "A", "PTA-09") == {"5": 10, "3": 2}
    assert options(in_favour, "A", "PTA-09") == {"1": 12}


SIDES = [("LET-01", "15", "3"), ("AMB-N1", "04", "2"), ("AMB-P1", "04", "2")]


@pytest.mark.parametrize(("item", "ends", "middle"), SIDES)
def test_of_worry_and_mixed_feelings_neither_side_may_be_all_there_is(
    item: str, ends: str, middle: str
) -> None:
    for option in ends:
        counted = count_in_memory(make_plan(ITEMS), UNITS, everybody(**{item.replace("-", "_"): option}))
        assert options(counted, "A", item) == {option: 10, middle: 2}


def test_every_table_counts_the_same_softened_answers() -> None:
    counted = count_in_memory(make_plan(ITEMS), UNITS, everybody(AMB_P1="0", AMB_N1="4"))
    figures, pairs = counted.figures("A"), options(counted, "A", "AMB:map")
    hope = sum(25 * int(pair[0]) * n for pair, n in pairs.items()) / 12
    worry = sum(25 * int(pair[1]) * n for pair, n in pairs.items()) / 12

    assert sum(pairs.values()) == 12
    assert figures["AMB-P1"].value == pytest.approx(hope)
    assert figures["AMB-N1"].value == pytest.approx(worry)
    assert options(counted, "A", "AMB-P1") == {"0": 10, "2": 2}
    block = next(group.block_ids[0] for group in counted.assembled.blocks.groups if group.name == "A")
    assert counted.assembled.moments[block, "AMB-P1"].s1 == 100


def test_a_release_is_the_same_whether_two_were_moved_or_two_were_there() -> None:
    """Otherwise the release would tell what softening hides."""
    plan = make_plan(["PTA-01", "POW-01"])
    moved = count_in_memory(plan, UNITS, everybody(PTA_01="1"))
    context = make_context(plan, UNITS)
    softened, _ = softening.soften_sheets(moved.sheets, declared_in(moved.sheets, context), plan)
    there = assemble(softened, context)

    assert (softened.codes != moved.sheets.codes).sum() == 2
    assert there.softened == moved.assembled.softened == 2
    assert (there.tallies, there.moments, there.figures) == (
        moved.assembled.tallies,
        moved.assembled.moments,
        moved.assembled.figures,
    )


def test_a_category_is_softened_within_each_group_of_the_top_levels() -> None:
    plan = make_plan(["POW-01"], attributes={"grade": ["G1", "G2"]})

    def answer(_unit: str, number: int, _item: dict[str, Any]) -> str:
        return "1" if number % 2 else "5"

    def about(_unit: str, number: int) -> dict[str, str]:
        return {"grade": "G1" if number % 2 else "G2"}

    counted = count_in_memory(plan, {"A": 60, "B": 60}, answer, about=about)
    cells = counted.cells("grade", "POW-01")
    assert [options(counted, unit, "POW-01") for unit in "AB"] == [{"1": 28, "3": 2, "5": 30}] * 2
    assert (cells["Whole", "G1"].n, cells["Whole", "G1"].unfavourable) == (
        60,
        51,
    )  # 51 or more: it is 58 of 60
    assert counted.assembled.softened == 4


def test_people_in_no_result_are_not_softened() -> None:
    plan = make_plan(["POW-01"])
    units = {"A": 200, "B": 3}
    context = make_context(plan, units)
    sheets = make_sheets(context, lambda unit, number, item: "1" if unit == "B" else str(1 + number % 5))
    found = assemble(sheets, context)
    assert sum(found.tallies.values()) == found.answered


def one_mind(voter: Voter, item: dict[str, Any]) -> str:
    """Everybody is against everything; people who lead, too."""
    codes = [str(code) for code, _ in item["options"]]
    return codes[-1] if item["reverse"] else codes[0]


def test_leaders_and_staff_are_softened_apart_as_the_gap_tells_them_apart(site: Site) -> None:
    council = make_council({"C": (None, 0), "A": ("C", 30), "B": ("C", 30)}, leaders_each=6)
    found = make_released_wave(site, council, answers=one_mind, ask_leaders=True)
    figures = found.figures("Unit C")
    gaps = [figure for measure, figure in figures.items() if measure.startswith("GAP")]

    assert gaps
    for gap in gaps:
        said = gap.detail
        assert said["staff"] * said["staff_n"] >= 100  # two of each in the middle
        assert said["leaders"] * said["leaders_n"] >= 100
    assert found.release.softened > 0


def make_wave_of_one_mind(site: Site) -> int:
    council = make_council({"C": (None, 0), "A": ("C", 8), "B": ("C", 8)})
    wave_id = make_sent_wave(site)
    answer_all(site, wave_id, council, answers=one_mind)
    return wave_id


def test_a_wave_of_one_mind_is_released_softened(site: Site) -> None:
    wave_id = make_wave_of_one_mind(site)
    assert close(wave_id, site)
    counts: dict[tuple[int, str], dict[str, int]] = {}
    for row in all_rows()["tally"]:
        counts.setdefault((row["block_id"], row["item"]), {})[row["option"]] = row["n"]
    middles = [found for (_, item), found in counts.items() if item.startswith(("PTA", "TAA", "POW"))]
    assert middles
    assert all(found["3"] == 2 for found in middles)
    assert all_rows()["release"][0]["softened"] >= 2 * len(middles)


def unmoved(scores: Any, *_given: object, **_named: object) -> Softened:
    nobody = np.zeros(scores.size, dtype=bool)
    return Softened(nobody, nobody)


def test_a_softening_that_moves_nobody_holds_the_wave(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    wave_id = make_wave_of_one_mind(site)
    monkeypatch.setattr(softening, "soften", unmoved)
    assert_held(wave_id, site, "all of one mind")


def test_a_softening_that_is_left_out_is_noticed_in_the_rows_themselves(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id = make_wave_of_one_mind(site)
    monkeypatch.setattr(assembly, "soften_sheets", lambda sheets, *given: (sheets, 0))
    monkeypatch.setattr(assembly, "require_softened", lambda *given: None)
    assert_held(wave_id, site, "all of one mind")


def test_a_category_of_one_mind_is_noticed_though_its_block_is_not() -> None:
    plan = make_plan(["POW-01"], attributes={"grade": ["G1", "G2"]})
    context = make_context(plan, {"A": 60})
    sheets = make_sheets(
        context,
        lambda unit, number, item: "1" if number % 2 else "5",
        about=lambda unit, number: {"grade": "G1" if number % 2 else "G2"},
    )
    with pytest.raises(DisclosureError, match="all of one mind"):
        softening.require_softened(sheets, declared_in(sheets, context), plan)


def test_a_scale_without_a_middle_is_not_softened() -> None:
    plan = make_plan(["POW-01"])
    item = plan["items"][0]
    item["options"] = item["options"][:4]
    counted = count_in_memory(plan, {"A": 12}, lambda *given: "1")
    assert options(counted, "A", "POW-01") == {"1": 12}


def test_a_plain_fact_about_oneself_is_not_kept_of_fewer_than_thirty() -> None:
    """No page shows such a question, and no bank asks staff one; whoever adds one has this rule."""
    plan = make_plan(["POW-01", "LDP-01"])
    counted = count_in_memory(plan, {"A": 29, "B": 30}, lambda _unit, number, _item: str(1 + number % 4))
    assert options(counted, "A", "LDP-01") == {}
    assert sum(options(counted, "B", "LDP-01").values()) == 30
    assert sum(options(counted, "A", "POW-01").values()) == 29


def test_chance_is_another_for_each_key_and_the_same_for_the_same() -> None:
    plan = make_plan(["POW-01"])
    context = make_context(plan, {"A": 40})

    def moved(chance: int) -> list[int]:
        sheets = make_sheets(context, lambda *given: "1")
        known = Sheets(sheets.items, sheets.codes, sheets.unit_ids, chance=chance)
        after, _ = softening.soften_sheets(known, declared_in(known, context), plan)
        return np.flatnonzero(after.codes[:, 0] != known.codes[:, 0]).tolist()

    assert moved(2**100) == moved(2**100)
    assert len({tuple(moved(chance)) for chance in range(20)}) > 10
