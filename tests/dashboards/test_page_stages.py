"""The profile of the stages of change: four bars in their own order, a label, and "uneven" when it is."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from pulse.dashboards.figures import BRAND
from pulse.dashboards.page import Section
from pulse.dashboards.page_stages import stages
from pulse.domain.disclosure.wording import hidden_measure
from tests.dashboards.baseline import make_result
from tests.dashboards.factories import fields_of
from tests.dashboards.technical_figures import make_stages
from tests.results.stored import Fields


def section_of(*figures: Fields) -> Section:
    found = stages(make_result(*figures, asked=(), stages=True))
    assert found is not None
    return found


def chart_of(section: Section) -> dict[str, Any]:
    return dict(json.loads(section.chart))


def test_each_stage_has_a_bar_with_its_released_score_and_interval_in_the_order_of_the_theory() -> None:
    chart = chart_of(section_of(make_stages()))
    bars, edge, interval = chart["data"]
    assert bars["x"] == edge["x"] == interval["x"] == [74, 62, 50, 41]
    for drawn in (edge["error_x"], interval["error_x"]):
        assert (drawn["array"], drawn["arrayminus"]) == ([3] * 4, [3] * 4)
    assert chart["layout"]["yaxis"]["ticktext"] == [
        "Reframing<br>in\N{NO-BREAK SPACE}place",
        "Recognising<br>emerging",
        "Mobilising<br>not\N{NO-BREAK SPACE}yet",
        "Sustaining<br>not\N{NO-BREAK SPACE}yet",
    ]
    assert bars["marker"]["color"] == [BRAND, "#7FA7D6", "#D8D8D8", "#D8D8D8"]
    assert chart["layout"]["xaxis"]["range"] == [0, 104]
    assert len(go.Figure(chart).data) == 3


def test_the_line_is_the_one_of_the_survey_and_said_to_be_a_judgement() -> None:
    section = section_of(make_stages())
    (line,) = chart_of(section)["layout"]["shapes"]
    assert (line["x0"], line["x1"], line["line"]["dash"]) == (62.5, 62.5, "dot")
    assert "Dotted: 62.5, half-way from neutral to agree." in section.lede
    assert "nothing validates it yet" in section.lede


@pytest.mark.parametrize(
    ("detail", "title", "label"),
    [
        (
            {},
            "Reframing is in place; Recognising is emerging; Mobilising and Sustaining are not yet in place",
            "The stage worked on now is Recognising.",
        ),
        ({"now": None}, "Reframing is in place; Recognising is emerging", "All of them are in place."),
        ({"uneven": True}, "Uneven: Reframing is in place", "The stage worked on now is Recognising."),
        ({"labelled": False}, "The stages of change follow no one order here", ""),
    ],
)
def test_one_label_is_given_only_where_the_stages_form_a_ladder(
    detail: dict[str, Any], title: str, label: str
) -> None:
    section = section_of(make_stages(**detail))
    assert section.title.startswith(title)
    assert label in section.lede
    assert ("worked on now" in section.lede) == label.startswith("The stage worked on now")


def test_an_uneven_profile_is_a_finding_and_no_error() -> None:
    note = section_of(make_stages(uneven=True)).note
    assert "Uneven: a later stage is in place before an earlier one. That is a finding, no error." in note


def test_n_and_what_changed_come_from_the_scores_of_the_stages() -> None:
    detail = {"items": ["TOC-R1"], "everyone": False, "since": "Spring 2026"}
    compared: Fields = {"change": 1.0, "flagged": False, "detectable": 6.2, "detail": detail}
    levels = [
        fields_of(74.0, measure="TOC.reframing", n=36, **compared),
        fields_of(62.0, measure="TOC.recognising", **(compared | {"detectable": 5.4})),
    ]
    note = section_of(make_stages(), *levels).note
    assert note.startswith("n = 36 to 40.")
    assert "No change beyond noise since Spring 2026 (we could have seen 7)." in note


def test_the_table_has_the_numbers_of_the_chart() -> None:
    table = section_of(make_stages()).table
    rows = [[str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in table["rows"]]
    assert rows[0] == ["Reframing", "74", "71 to 77", "+3.8", "In place"]
    assert [row[0] for row in rows] == ["Reframing", "Recognising", "Mobilising", "Sustaining"]


def test_a_profile_that_was_asked_for_and_may_not_be_shown_keeps_its_place() -> None:
    section = stages(make_result(asked=(), stages=True))
    assert section is not None
    # a profile needs ten people, where this survey shows other scores from five on
    assert (section.chart, section.hidden) == ("", hidden_measure(10))


def test_a_survey_that_did_not_ask_every_stage_has_no_such_chart() -> None:
    assert stages(make_result(asked=(1,))) is None
    emptied = make_stages(stages=[{"id": "reframing", "label": "Reframing"}])
    assert stages(make_result(emptied, asked=(), stages=True)) is None
