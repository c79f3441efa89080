"""What a wave keeps of its questions and measures: plain values that no later edit can change."""

import json

import pytest

from pulse.domain.instrument import Pair, StageRule, freeze_item, freeze_items, freeze_measures
from tests.domain.test_instrument import both_sides, make_index, make_item, make_library, messages


def test_a_frozen_question_is_plain_json_and_offers_does_not_apply_only_where_flagged() -> None:
    library = make_library(
        make_item(na=True), make_item("Q-2", reverse=True, text="{it} works."), terms={"it": "Tea"}
    )

    frozen = freeze_items(library, ["Q-2", "Q-1"])

    assert json.loads(json.dumps(frozen)) == frozen
    assert [each["id"] for each in frozen] == ["Q-2", "Q-1"]
    assert frozen[0]["text"] == "Tea works."
    assert frozen[0]["reverse"] is True
    assert frozen[0]["options"][4] == [5, "Strongly agree"]
    assert frozen[0]["nonsubstantive"] == [["pns", "Prefer not to say"]]
    assert frozen[1]["nonsubstantive"] == [["na", "Does not apply to me"], ["pns", "Prefer not to say"]]


def test_a_frozen_open_question_carries_its_limit_and_its_warning() -> None:
    frozen = freeze_item(make_library(make_item(scale="open")), "Q-1")

    assert (frozen["kind"], frozen["max_chars"], frozen["help"]) == ("text", 1000, "No names, please.")
    assert frozen["options"] == []


def test_freezing_an_unknown_question_raises() -> None:
    with pytest.raises(KeyError):
        freeze_item(make_library(), "Q-9")


def test_a_frozen_measure_keeps_only_what_is_asked_and_says_if_a_person_can_be_scored() -> None:
    items = (make_item("Q-1"), make_item("Q-2"), make_item("Q-3"))
    library = make_library(*items, indices=(make_index(sections=("one",), need=2),))

    assert freeze_measures(library, ["Q-3", "Q-1"])[0]["items"] == ["Q-1", "Q-3"]
    assert freeze_measures(library, ["Q-3", "Q-1"])[0]["person_score"] is True
    assert freeze_measures(library, ["Q-3"])[0]["person_score"] is False
    assert freeze_measures(library, []) == []


def test_a_frozen_measure_by_facets_names_every_facet_even_one_not_asked() -> None:
    items = (make_item("Q-1"), make_item("Q-2", section="two"))
    index = make_index(method="mean_of_facets", sections=("one", "two"), need_facets=2)

    frozen = freeze_measures(make_library(*items, indices=(index,)), ["Q-2"])[0]

    assert [(facet["id"], facet["items"]) for facet in frozen["facets"]] == [("one", []), ("two", ["Q-2"])]
    assert frozen["person_score"] is False


def test_a_frozen_stage_measure_carries_its_rule() -> None:
    index = make_index(method="stage", sections=("one",), stage=StageRule(62.5, 0.8, 0.2, 10))

    frozen = freeze_measures(make_library(indices=(index,)), ["Q-1"])[0]

    assert frozen["stage"] == {"threshold": 62.5, "in_place": 0.8, "not_yet": 0.2, "min_n": 10}


def test_a_pair_is_frozen_only_when_both_sides_are_asked() -> None:
    index = make_index(method="griffin", pairs=("P",))
    library = make_library(*reversed(both_sides()), pairs=(Pair("P", "Pair"),), indices=(index,))

    assert freeze_measures(library, ["Q-1"]) == []
    frozen = freeze_measures(library, ["Q-1", "Q-2"])[0]
    assert frozen["pairs"] == [{"id": "P", "label": "Pair", "sides": {"positive": "Q-1", "negative": "Q-2"}}]
    assert list(frozen["pairs"][0]["sides"]) == ["positive", "negative"]


def test_a_leaders_gap_is_frozen_with_the_staff_question_it_mirrors() -> None:
    mirror = make_item("L-1", section="two", audience="leaders", partner="Q-1")
    index = make_index(method="leader_gap", sections=("two",))
    library = make_library(make_item(), mirror, indices=(index,))

    assert messages(library) == []
    assert freeze_measures(library, ["Q-1"]) == []
    assert freeze_measures(library, ["Q-1", "L-1"])[0]["pairs"] == [
        {"id": "L-1", "label": "I am heard.", "sides": {"leaders": "L-1", "staff": "Q-1"}}
    ]
