"""What a wave asks: the rotation, its anchors, the leaders' side, and the digest that proves it."""

import json

import pytest

from pulse.surveys.models import Programme
from pulse.surveys.plans import anchors_of, build_plan, digest_of, item_ids_of_wave
from pulse.surveys.question_sets import rotation_of
from tests.surveys.factories import ITEMS, make_details

#: the library is what the database makes of the supplied files
pytestmark = pytest.mark.usefixtures("app")


def make_unsaved(rotation: list[list[str]], **values: object) -> Programme:
    details = make_details()
    return Programme(
        name=details.name,
        purpose=details.purpose,
        organisation=details.organisation,
        rotation=rotation,
        rule=details.rule,
        starts_on=details.starts_on,
        **values,  # type: ignore[arg-type]
    )


def test_waves_go_round_the_rotation_again_and_again() -> None:
    programme = make_unsaved([["PTA-01", "PTA-02"], ["PTA-01", "PTA-03"]])

    asked = [item_ids_of_wave(programme, number) for number in (1, 2, 3)]

    assert asked == [["PTA-01", "PTA-02"], ["PTA-01", "PTA-03"], ["PTA-01", "PTA-02"]]


def test_anchors_are_what_every_wave_asks_in_the_order_of_the_first() -> None:
    assert anchors_of(make_unsaved([["B", "A", "C"], ["A", "D", "B"]])) == ["B", "A"]


def test_the_quarterly_set_has_the_six_anchors_of_the_design() -> None:
    programme = make_unsaved(rotation_of("quarterly"))

    assert anchors_of(programme) == ["PTA-01", "PTA-06", "AMB-P1", "AMB-N1", "TAA-G1", "SUR-01"]


def test_the_digest_of_a_plan_is_the_same_whenever_it_is_built() -> None:
    programme = make_unsaved([ITEMS])

    plan = build_plan(programme, 1)

    assert digest_of(plan) == digest_of(build_plan(programme, 2))
    assert digest_of(json.loads(json.dumps(plan))) == digest_of(plan)
    assert digest_of(dict(reversed(plan.items()))) == digest_of(plan)


def test_the_digest_changes_with_one_word_of_one_question() -> None:
    plan = build_plan(make_unsaved([ITEMS]), 1)
    before = digest_of(plan)

    plan["items"][0]["text"] += "!"

    assert digest_of(plan) != before


def test_leaders_are_asked_their_side_of_at_most_four_questions() -> None:
    programme = make_unsaved(rotation_of("annual_baseline"), ask_leaders=True)

    plan = build_plan(programme, 1)

    partners = [item["partner"] for item in plan["leader_items"]]
    asked = [item["id"] for item in plan["items"]]
    assert len(partners) == 4
    assert set(partners) <= set(asked)
    assert partners == sorted(partners, key=asked.index)


def test_without_leaders_nobody_is_asked_more() -> None:
    assert build_plan(make_unsaved(rotation_of("annual_baseline")), 1)["leader_items"] == []


def test_a_question_that_left_its_bank_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="GONE-01"):
        build_plan(make_unsaved([["PTA-01", "GONE-01"]]), 1)
