"""Leaders beside staff: who leads is one more table, and may not give away the few whom it parts."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pytest

from pulse.banks.loading import freeze_items, freeze_measures, get_supplied
from pulse.results.assembly import assemble
from pulse.results.counting import NO_CHARACTER, Sheets
from tests.results.counting import InMemory, make_context, make_plan

PAIR = ["PTA-01", "LDR-PTA-01"]
GAP = "GAP:LDR-PTA-01"


def counted(
    units: dict[str, int], leaders: Collection[int], managers: Collection[int] | None = None
) -> InMemory:
    """People in the order of their units; leaders, and managers of a declared grade, by their place."""
    plan: dict[str, Any] = make_plan(
        PAIR[:1], attributes={"grade": ["Manager", "Other"]} if managers else None
    )
    plan["leader_items"] = freeze_items(get_supplied(), PAIR[1:])
    plan["measures"] = freeze_measures(get_supplied(), PAIR)
    context = make_context(plan, units, leaders=len(leaders))
    people = [unit.unit_id for unit in context.units[1:] for _ in range(unit.headcount)]
    leads = np.isin(np.arange(len(people)), list(leaders))
    chosen = np.random.default_rng(4).integers(ord("1"), ord("6"), (len(people), 2))
    codes = np.where(np.column_stack([np.ones_like(leads), leads]), chosen, NO_CHARACTER)
    grades = np.where(np.isin(np.arange(len(people)), list(managers or [])), 0, 1)
    sheets = Sheets(
        PAIR,
        codes.astype(np.uint8),
        np.array(people, dtype=np.int64),
        attributes={"grade": grades} if managers else {},
    )
    return InMemory(assemble(sheets, context), sheets, context)


def test_leaders_of_all_teams_are_set_beside_staff() -> None:
    found = counted({"A": 30, "B": 30}, [*range(12), *range(30, 42)])
    assert found.figures()[GAP].n == 24


def test_one_leader_outside_a_team_of_leaders_is_not_what_is_left_of_all_leaders() -> None:
    """Everybody's total less staff's is that of all leaders, and less the Board's that of the one."""
    assert GAP not in counted({"Board": 12, "A": 30, "B": 30}, range(13)).figures()
    assert GAP in counted({"Board": 12, "A": 30, "B": 30}, range(12)).figures()
    assert GAP in counted({"Board": 12, "A": 30, "B": 30}, range(22)).figures()


@pytest.mark.parametrize(("others", "shown"), [([50], False), (range(50, 62), True)])
def test_the_one_manager_who_leads_nobody_is_not_what_is_left_of_staff(
    others: Collection[int], shown: bool
) -> None:
    """Staff's total less that of those who are no managers would be one person's."""
    found = counted({"A": 40, "B": 40}, range(22), [*range(22), *others])
    assert found.cells("grade", "PTA-01")
    assert (GAP in found.figures()) is shown


def test_fewer_than_k_leaders_are_not_shown() -> None:
    assert GAP not in counted({"A": 30, "B": 30}, range(9)).figures()
