"""Who answered: the share and what the others could change, never for few people."""

import json
import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from flask import Flask

from pulse.dashboards import figures_response, page_response
from pulse.dashboards.page import Section
from pulse.dashboards.reading import Result, read_result
from tests.dashboards.factories import DETAIL, fields_of, make_figure
from tests.results.factories import make_council, make_quarterly, make_released_wave, make_site
from tests.results.stored import make_figures, make_group


@pytest.fixture(scope="module")
def result(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Result:
    site = make_site(tmp_path_factory.mktemp("response"))
    return read_result(make_released_wave(site, make_council(), make_quarterly()).wave)


def answered(result: Result, n: int, headcount: int, value: float | None = 60.0) -> Section:
    group = make_group(n=n, headcount=headcount)
    rows = [] if value is None else [fields_of(value, n=n, detail=DETAIL | {"stands_for": headcount})]
    return page_response.response(replace(result, group=group, figures=make_figures(*rows)))


def test_the_rate_stands_beside_the_widest_that_the_score_could_be(result: Result) -> None:
    section = answered(result, 40, 80)
    assert section.lede == (
        "40 of 80 answered (50 %). If all the others had answered at one end or the other, permission to act "
        "would lie between 30 and 80."
    )
    assert section.title == "Of every 100 people asked, 50 answered"
    assert [row[2] for row in section.table["rows"]] == ["", "56 to 64", "30 to 80"]
    whole, rate, _, widest, inside, *ends = json.loads(section.chart)["data"]
    assert (whole["x"], rate["x"]) == ([100], [50])
    assert (widest["base"], widest["x"]) == ([30], [50])
    assert (inside["base"], inside["x"]) == ([56], [8])
    assert [(end["text"], end["textposition"]) for end in ends] == [
        (["30"], "middle left"),
        (["80"], "middle right"),
    ]


def test_where_nobody_kept_silent_nothing_is_left_open(result: Result) -> None:
    section = answered(result, 40, 40)
    assert section.lede == "40 of 40 answered (100 %)."
    assert section.title == "Everybody who was asked answered"
    assert len(section.table["rows"]) == 1


def test_without_the_score_the_rate_stands_alone(result: Result) -> None:
    section = answered(result, 10, 80, value=None)
    assert section.lede == "10 of 80 answered (13 %)."
    assert section.title == "Of every 100 people asked, 13 answered"
    assert section.note == ""


def test_of_fewer_than_twenty_people_there_is_no_rate(result: Result) -> None:
    section = answered(result, 12, 19)
    assert (section.chart, section.table) == ("", {})
    assert re.findall(r"\d+", section.lede) == ["12", "20"]


@pytest.mark.parametrize("rate", [5.0, 50.0, 90.0, 100.0])
def test_the_number_of_a_long_bar_stands_within_it(rate: float) -> None:
    chart = figures_response.response(rate, make_figure(60.0), (30.0, 95.0))
    go.Figure(chart)
    number, *ends = (trace for trace in chart["data"] if trace.get("mode") == "text")
    assert number["textposition"] == ("middle left" if rate > 78 else "middle right")
    assert [end["textposition"] for end in ends] == ["middle left", "middle left"]
