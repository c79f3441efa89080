"""Say and do: both sides of every principle as they were released, widest gap first, both directions."""

import json
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from pulse.dashboards import figures_gaps
from pulse.dashboards.page import Section
from pulse.dashboards.page_gaps import pairs, say_do
from pulse.dashboards.reading import Result
from pulse.web.formatting import MINUS
from tests.dashboards.baseline import fields_of_gaps, make_result
from tests.dashboards.factories import fields_of, with_figures
from tests.results.stored import Fields

Pair = tuple[int, float, float]


def section_of(*gaps: Pair, spread: float = 3.0) -> Section:
    found = say_do(make_result(*fields_of_gaps(*gaps, spread=spread)))
    assert found is not None
    return found


def chart_of(section: Section) -> dict[str, Any]:
    return dict(json.loads(section.chart))


def marks(section: Section) -> dict[str, list[float]]:
    """The two sides as drawn, by what their hover says first."""
    drawn = (one for one in chart_of(section)["data"] if one.get("mode") == "markers")
    return {one["hovertext"][0].split(":")[0]: one["x"] for one in drawn}


def in_pairs(*principles: str) -> list[str]:
    """Rows that nobody takes for the scores of the principles."""
    return [f"{one} (this pair of questions)" for one in principles]


def test_both_sides_are_drawn_as_they_were_released_the_widest_gap_first() -> None:
    section = section_of((1, 60.0, 58.0), (2, 81.44, 50.0), (5, 40.0, 52.0))
    assert marks(section) == {"Expected": [81.4, 40.0, 60.0], "Experienced": [50.0, 52.0, 58.0]}
    layout = chart_of(section)["layout"]
    assert layout["yaxis"]["ticktext"] == in_pairs("Development", "Power", "People")
    assert layout["xaxis"]["tickvals"] == [0, 25, 50, 75, 100]
    texts = [one["text"] for one in chart_of(section)["data"] if "text" in one]
    assert texts == [["+31", f"{MINUS}12", "+2"]]


def test_plotly_takes_the_chart_as_it_is() -> None:
    chart = chart_of(section_of((1, 60.0, 58.0), (2, 81.0, 50.0)))
    assert len(go.Figure(chart).data) == len(chart["data"])


def test_the_table_has_the_same_numbers_with_the_interval_of_each_gap() -> None:
    rows = section_of((1, 60.0, 58.0), (2, 81.44, 50.0)).table["rows"]
    said = [[str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in rows]
    assert said == [
        ["Development", "81", "50", "+31", "+28 to +34", "40"],
        ["People", "60", "58", "+2", f"{MINUS}1 to +5", "40"],
    ]


@pytest.mark.parametrize(
    ("gaps", "title"),
    [
        ([(1, 80, 50), (2, 70, 45)], "Staff are expected to treat local people better than they are treated"),
        (
            [(1, 60, 50), (5, 90, 50)],
            "Staff are expected to treat local people better than they are treated, most of all on power",
        ),
        (
            [(1, 40, 60), (5, 40, 55)],
            "Staff experience more than they are expected to do for local people",
        ),
        (
            [(1, 20, 60), (5, 40, 55)],
            "Staff experience more than they are expected to do for local people, most of all on people",
        ),
        (
            [(1, 80, 50), (5, 40, 60)],
            "More is expected of staff than they experience in some principles, and less in others",
        ),
        (
            [(1, 52, 50), (5, 50, 52)],
            "No gap between what is expected of staff and what they experience, beyond what shows here",
        ),
    ],
)
def test_the_title_says_which_way_the_gaps_run(gaps: list[Pair], title: str) -> None:
    assert section_of(*gaps).title == title


def test_n_the_gap_over_all_and_what_moved_stand_below_the_chart() -> None:
    overall = fields_of(23.4, 0.6, measure="SAYDO", n=47)
    moved: Fields = {"change": 8.0, "flagged": True, "detectable": 6.1}
    gaps = fields_of_gaps((1, 80.0, 55.0), (2, 70.0, 50.0))
    gaps[0] |= moved | {"detail": gaps[0]["detail"] | {"since": "Spring 2026"}, "n": 36}
    section = say_do(make_result(overall, *gaps))
    assert section is not None
    note = section.note.replace("\N{NO-BREAK SPACE}", " ")
    assert "n = 36 to 40 who answered both sides." in note
    assert "All together, the gap is +23 (+23 to +24)." in note
    assert "People: up 8 since Spring 2026: more than noise." in note
    assert "The smallest change that could have been seen: about 7 points." in note
    assert section.table["rows"][0][:4] == ["All together", "", "", "+23"]


def test_a_principle_that_was_asked_and_is_hidden_keeps_its_place_hatched() -> None:
    result = make_result(*fields_of_gaps((1, 80.0, 55.0)), asked=(1, 5))
    section = say_do(result)
    assert section is not None
    chart = chart_of(section)
    assert chart["layout"]["yaxis"]["ticktext"] == in_pairs("People", "Power")
    assert chart["data"][-1]["text"] == ["hidden to protect people"]
    assert section.table["rows"][-1] == ["Power", *[{"hidden": result.why_hidden}] * 5]
    assert "Power: " in section.note


def test_a_gap_of_which_one_side_is_hidden_is_hatched_too() -> None:
    gap, _expected, experienced = fields_of_gaps((5, 90.0, 50.0))
    result = make_result(gap, experienced, *fields_of_gaps((1, 80.0, 55.0)), asked=(1, 5))
    section = say_do(result)
    assert section is not None
    assert marks(section) == {"Expected": [80.0], "Experienced": [55.0]}
    assert chart_of(section)["layout"]["yaxis"]["ticktext"] == in_pairs("People", "Power")
    with pytest.raises(ValueError, match="both of its sides"):
        figures_gaps.say_do(pairs(result), result.figures)


def test_where_nothing_may_be_shown_the_whole_chart_keeps_its_place() -> None:
    hidden = make_result(asked=(1, 5))
    section = say_do(hidden)
    assert section is not None
    assert (section.id, section.chart, section.hidden) == ("saydo", "", hidden.why_hidden)


def test_a_survey_that_asked_one_side_has_no_such_chart() -> None:
    asked_nothing: Result = make_result(asked=())
    assert say_do(asked_nothing) is None
    assert say_do(replace(with_figures(asked_nothing), plan={**asked_nothing.plan, "measures": []})) is None
