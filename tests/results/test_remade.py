"""A measure that is made otherwise between two waves is compared with no earlier one, and marked."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from pulse.banks.creating import copy_bank
from pulse.banks.measures import Shape, get_measure, save_measure
from pulse.banks.revising import Editor, fingerprint
from pulse.banks.store import get_library
from pulse.results.figures import Earlier
from pulse.results.remade import of_same_make
from pulse.surveys.models import Wave
from pulse.surveys.plans import plan_of
from pulse.surveys.rewordings import Remade, list_remade
from tests.results.factories import NOW, make_council, make_quarterly, make_site
from tests.results.test_bridging import by_chance, run_wave, whole

BANK, MEASURE = "treated_as_assets", "TAA"
ED = Editor(NOW, "It takes more to say so.")
ITEMS = [f"TAA-E{number}" for number in range(1, 7)]


@pytest.fixture
def waves(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> list[Wave]:
    """Three of them; the measure needs one answer more from the second on."""
    site = make_site(tmp_path_factory.mktemp("keys"))
    council = make_council({"C": (None, 0), "A": ("C", 16), "B": ("C", 14)})
    programme = make_quarterly(rotation=[ITEMS])
    copy_bank(BANK, ED)
    first, _said = run_wave(site, council, programme, NOW, by_chance)
    before = get_measure(get_library().bank(BANK), MEASURE)
    other = Shape(before.label, before.direction, before.sections, before.need + 1, before.method)
    save_measure(BANK, MEASURE, other, fingerprint(before), ED)
    rest = [
        run_wave(site, council, programme, NOW + timedelta(days=days), by_chance)[0] for days in (100, 200)
    ]
    return [first, *rest]


def change_of(wave: Wave) -> object:
    figure = whole(wave).find(MEASURE)
    assert figure is not None
    return figure.change


def test_no_change_is_worked_out_from_a_wave_that_scored_by_other_rules(waves: list[Wave]) -> None:
    assert change_of(waves[1]) is None
    assert change_of(waves[2]) is not None
    assert whole(waves[1]).find("TAA-E1").change is not None  # type: ignore[union-attr]


def test_the_wave_that_scores_by_other_rules_is_marked_and_no_other(waves: list[Wave]) -> None:
    assert list_remade(waves, []) == [Remade(waves[1].label, MEASURE)]


def test_a_question_that_asks_something_else_is_compared_with_no_earlier_one(waves: list[Wave]) -> None:
    plan = deepcopy(plan_of(waves[2]))
    [turned] = [item for item in plan["items"] if item["id"] == "TAA-E1"]
    turned["text"] = "My manager never listens."
    one = Earlier(waves[1].number, "", 30, 50.0, 10.0, list(ITEMS))
    history = {
        ("g", MEASURE): [one],
        ("g", "TAA-E1"): [replace(one, items=["TAA-E1"])],
        ("g", "TAA-E2"): [replace(one, items=["TAA-E2"])],
    }

    kept = of_same_make(history, plan, waves[2].programme_id, waves[2].number)

    assert [name for (_key, name), listed in kept.items() if listed] == ["TAA-E2"]


def test_parts_and_levels_are_left_out_with_their_measure(waves: list[Wave]) -> None:
    one = Earlier(waves[0].number, "", 30, 50.0, 10.0, list(ITEMS))
    history = {("g", name): [one] for name in (MEASURE, f"{MEASURE}.part", f"{MEASURE}:level", "TAA-E1")}

    kept = of_same_make(history, plan_of(waves[1]), waves[1].programme_id, waves[1].number)

    assert {name: bool(listed) for (_key, name), listed in kept.items()} == {
        MEASURE: False, f"{MEASURE}.part": False, f"{MEASURE}:level": False, "TAA-E1": True
    }  # fmt: skip
