"""Behind the numbers, in words: stages, trends, a team's place, both sides of a gap."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from pulse.dashboards.page_units import telling_apart
from pulse.dashboards.reading import Result, read_advice, read_result
from tests.dashboards.factories import fields_of, with_figures
from tests.dashboards.technical_figures import PLAN, blocks_of, every_figure, make_stages, row_of
from tests.results.factories import Released, make_council, make_quarterly, make_released_wave, make_site

LADDER = "Reframing is in place; Recognising is emerging; Mobilising and Sustaining are not yet in place"


@pytest.fixture(scope="module")
def found(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Released:
    return make_released_wave(make_site(tmp_path_factory.mktemp("words")), make_council(), make_quarterly())


@pytest.fixture(scope="module")
def bare(found: Released) -> Result:
    """The whole organisation, as a wave would leave it that has none of these figures."""
    return replace(with_figures(read_result(found.wave, 0)), plan=PLAN)


@pytest.mark.parametrize(
    ("detail", "title", "says"),
    [
        ({}, LADDER, "The teams' stages fit one order (reproducibility 0.95). One survey cannot show"),
        ({}, LADDER, "nothing validates it yet"),
        ({"uneven": True}, f"Uneven: {LADDER}", "Uneven: a later stage"),
        ({"reproducibility": None}, LADDER, "too few teams"),
        (
            {"labelled": False, "reproducibility": 0.8},
            "The stages of change follow no one order here",
            "because the teams' stages do not fit one order (reproducibility 0.80)",
        ),
    ],
)
def test_a_stage_is_named_only_where_the_stages_form_a_ladder(
    detail: dict[str, Any], title: str, says: str, bare: Result
) -> None:
    block = blocks_of(bare, make_stages(**detail))["stages"]
    assert block.chart is not None
    assert block.text.title == block.chart.title == title
    assert says in " ".join([*block.text.words, block.chart.note])


@pytest.mark.parametrize(
    ("standings", "title"),
    [
        ("iinn", "Reframing and Recognising are in place; Mobilising and Sustaining are not yet"),
        ("iiin", "Reframing, Recognising and Mobilising are in place; Sustaining is not yet"),
        ("inin", "Reframing and Mobilising are in place; Recognising and Sustaining are not yet"),
        ("iiee", "Reframing and Recognising are in place; Mobilising and Sustaining are emerging"),
        ("ennn", "Reframing is emerging; Recognising, Mobilising and Sustaining are not yet in place"),
        ("iiii", "Reframing, Recognising, Mobilising and Sustaining are in place"),
        ("nnnn", "No stage of change is in place yet"),
    ],
)
def test_the_title_says_how_each_stage_stands(standings: str, title: str, bare: Result) -> None:
    figure, names = make_stages(), {"i": "in place", "e": "emerging", "n": "not yet"}
    for stage, standing in zip(figure["detail"]["stages"], standings, strict=True):
        stage["standing"] = names[standing]
    assert blocks_of(bare, figure)["stages"].text.title == title


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"flagged": True, "rise": 9.0}, "Rising: more than noise"),
        ({"flagged": True, "slope": -1.0, "low": -1.5, "high": -0.5}, "Falling: more than noise"),
        ({"rise": 4.9}, "Slight, under 5 points so far"),
        ({"rise": -2.0, "low": -1.5, "high": -0.5}, "Slight, under 5 points so far"),
        ({"rise": 5.0}, "Not beyond noise with all the trends tested here"),
        ({"rise": 9.0, "low": -0.1}, "No trend beyond noise"),
        ({"rise": 9.0, "low": 0.0}, "No trend beyond noise"),
        ({"rise": 9.0, "waves": 5}, "Too few surveys to say"),
    ],
)
def test_a_trend_is_put_in_words_that_fit_its_interval(line: dict[str, Any], said: str, bare: Result) -> None:
    trend = {"slope": 1.0, "low": 0.5, "high": 1.5, "waves": 6, "since": "Spring 2025", "flagged": False}
    assert row_of(bare, "trends", fields_of(detail={"trend": trend | line}))[-1] == said


@pytest.mark.parametrize(
    ("own", "funnel", "place"),
    [
        (60.0, "outside 95", "Outside 95 %, above the rest"),
        (40.0, "outside 99.8", "Outside 99.8 %, below the rest"),
        (50.0, "outside 95", "Outside 95 %"),
        (60.0, "inside", "Within chance"),
        (60.0, "elsewhere", ""),
    ],
)
def test_a_place_outside_chance_says_on_which_side(own: float, funnel: str, place: str, bare: Result) -> None:
    unit = {"shrunk": 50.0, "funnel": funnel}
    assert row_of(bare, "beside", fields_of(own, detail={"unit": unit}))[-1] == place


def test_beside_the_others_says_how_far_teams_can_be_told_apart(bare: Result) -> None:
    block = blocks_of(bare, *every_figure())["beside"]
    advice = read_advice(with_figures(bare, *every_figure()))["PTA"]
    assert advice != "compare"
    assert block.text.words[-1] == telling_apart({"PTA": advice})[0]
    assert [section for _, section in block.text.columns] == ["shrinkage", "funnel"]


def test_both_sides_of_a_gap_stand_beside_it_where_they_may_be_shown(bare: Result) -> None:
    gap = fields_of(25.0, measure="SAYDO.TAA-5", detail={"items": ["TAA-X5", "TAA-E5"]})
    sides = [fields_of(81.4, measure="TAA-X5"), fields_of(56.0, measure="TAA-E5")]
    assert row_of(bare, "saydo", gap, *sides)[1:4] == ["81", "56", "+25"]
    assert row_of(bare, "saydo", gap, sides[1])[1:4] == [bare.why_hidden, "56", "+25"]
