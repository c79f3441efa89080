"""Charts: dicts that Plotly takes as they are, on fixed axes, with holes where there is nothing."""

from typing import Any

import plotly.graph_objects as go
import pytest

from pulse.dashboards import figures, figures_people, figures_trend
from pulse.results.released_tables import ReleasedTable, ReleasedTallies
from tests.dashboards.factories import make_points, make_rows
from tests.results.stored import make_table, make_tallies


def gaps(*sides: tuple[str, float, float]) -> ReleasedTable:
    """(question, staff, leaders)."""
    return make_table(
        *((text, {"detail": {"staff": staff, "leaders": leaders}}) for text, staff, leaders in sides)
    )


def given(*rows: tuple[str, list[int]]) -> ReleasedTallies:
    """(question, people by option from the lowest on)."""
    counts = ((text, {str(code): n for code, n in enumerate(people, 1)}) for text, people in rows)
    return make_tallies(*counts).ordered(lambda *_: "12345")


ROWS = make_rows(("People", 70.0), ("Power", 55.4), ("Assets", 30.0))
FACETS = make_rows(("licence", 70.0), ("trust", 55.4), ("room", 30.0))
CHARTS: dict[str, dict[str, Any]] = {
    "a trend": figures_trend.trend(make_points(50, 55, 61), (25, 75)),
    "a trend with a hole and a flag": figures_trend.trend(make_points(50, None, 61), (0, 100), {1: "1"}),
    "a trend of one wave": figures_trend.trend(make_points(50), (25, 75)),
    "a trend without a figure": figures_trend.trend(make_points(None, None), (25, 75)),
    "dots": figures.dots(ROWS, 1),
    "dots without a divide": figures.dots(ROWS),
    "dots with hidden rows": figures.dots(ROWS, 1, ["Role", "Learning"]),
    "bars with a hidden part": figures.bars(FACETS, 1, ["learning"]),
    "answers with a hidden question": figures_people.answers(given(("A question", [1, 2, 3, 4, 9])), ["B"]),
    "bars": figures.bars(FACETS, 1),
    "a dumbbell": figures_people.dumbbell(gaps(("A question", 60.0, 72.5), ("Another", 60.0, 40.0))),
    "answers": figures_people.answers(given(("A question", [1, 2, 3, 4, 10]), ("Another", [0, 0, 0, 0, 5]))),
}


@pytest.mark.parametrize("chart", CHARTS)
def test_plotly_takes_every_chart_as_it_is(chart: str) -> None:
    """`Figure` refuses any property that Plotly does not know."""
    assert len(go.Figure(CHARTS[chart]).data) == len(CHARTS[chart]["data"])


def test_that_check_can_fail() -> None:
    with pytest.raises(ValueError, match="colour"):
        go.Figure({"data": [{"type": "bar", "colour": "red"}]})


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ([27, 73], (25, 75)),
        ([50], (25, 75)),
        ([], (25, 75)),
        ([26.9, 50], (20, 80)),
        ([50, 73.1], (20, 80)),
        ([78.1], (10, 90)),
        ([11.9], (0, 100)),
        ([0.0], (0, 100)),
    ],
)
def test_a_trend_is_on_one_of_four_axes_around_the_middle_never_zoomed_to_fit(
    values: list[float], limits: tuple[int, int]
) -> None:
    assert figures_trend.trend_range(make_rows(*((f"{n}", x) for n, x in enumerate(values))).cells) == limits


def test_a_wave_without_a_figure_is_a_hole_in_line_and_band() -> None:
    low, high, alone, line = figures_trend.trend(make_points(50, 52, None, 61), (25, 75))["data"]

    assert (line["y"], line["connectgaps"]) == ([50, 52, None, 61], False)
    assert (low["x"], low["y"]) == ([0, 1], [46, 48])
    assert (high["x"], high["y"], high["fill"]) == ([0, 1], [54, 56], "tonexty")
    assert (alone["x"], alone["y"]) == ([3, 3], [57, 65])  # a wave by itself has an upright bar
    assert line["text"] == [
        "Wave 1: 50, between 46 and 54",
        "Wave 2: 52, between 48 and 56",
        "Wave 3: no result of their own",
        "Wave 4: 61, between 57 and 65",
    ]


def test_an_action_is_marked_before_the_wave_after_it() -> None:
    layout = figures_trend.trend(make_points(50, 55, 61), (25, 75), {2: "1"})["layout"]
    assert [(mark["x"], mark["text"]) for mark in layout["annotations"]] == [(1.5, "1")]
    assert [(line["x0"], line["y1"]) for line in layout["shapes"]] == [(1.5, 75)]


def test_dots_carry_their_interval_and_run_from_top_to_bottom() -> None:
    chart = figures.dots(ROWS, 1)
    (trace,) = chart["data"]

    assert trace["x"] == [70.0, 55.4, 30.0]
    assert trace["error_x"]["array"] == trace["error_x"]["arrayminus"] == [4.0, 4.0, 4.0]
    assert chart["layout"]["yaxis"]["ticktext"] == ["People", "Power", "Assets"]
    assert chart["layout"]["yaxis"]["range"] == [2.6, -0.6]
    assert chart["layout"]["xaxis"]["tickvals"] == [0, 25, 50, 75, 100]


def test_only_a_part_that_is_clearly_weakest_has_another_colour() -> None:
    apart, alike = (figures.bars(FACETS, accent)["data"][0]["marker"]["color"] for accent in (True, 0))
    assert apart == [figures.BRAND, figures.BRAND, figures.ACCENT]
    assert alike == [figures.BRAND] * 3


def test_stacked_answers_make_a_hundred_with_the_neutral_apart() -> None:
    chart = figures_people.answers(given(("A question", [1, 1, 1, 0, 0])))
    shares = [abs(trace["x"][0]) for trace in chart["data"]]

    assert sum(shares) == 100
    assert [trace["xaxis"] for trace in chart["data"]] == ["x", "x", "x", "x", "x2"]
    assert [trace["x"][0] < 0 for trace in chart["data"][:4]] == [True, True, False, False]


def test_a_hidden_row_keeps_its_place_hatched_and_without_a_number() -> None:
    shown, hidden = figures.dots(ROWS, hidden=["Role"]), figures.dots(ROWS)
    place = shown["data"][1]

    assert (place["y"], place["x"], place["base"]) == ([3], [100], [0])
    assert place["marker"]["pattern"]["shape"] == "/"
    assert place["text"] == ["hidden to protect people"]
    assert shown["layout"]["yaxis"]["ticktext"] == ["People", "Power", "Assets", "Role"]
    assert shown["layout"]["height"] > hidden["layout"]["height"]
    assert len(hidden["data"]) == 1


def test_a_break_is_marked_where_the_line_has_a_hole() -> None:
    layout = figures_trend.trend(make_points(50, None, 61), (25, 75))["layout"]
    assert [(line["x0"], line["x1"], line["line"]["dash"]) for line in layout["shapes"]] == [(1, 1, "dot")]
    assert figures_trend.trend(make_points(50, 55), (25, 75))["layout"]["shapes"] == []
