"""What goes with what: released parts with their intervals, for the whole organisation, and never a cause."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from pulse.dashboards.page import Section
from pulse.dashboards.page_drivers import drivers
from tests.dashboards.baseline import make_result
from tests.dashboards.factories import fields_of
from tests.results.stored import Fields

#: principle, part, half of its interval
Part = tuple[str, float, float]


def goes(*parts: Part, outcome: str = "PTA", label: str = "Permission to act") -> Fields:
    shares = [
        {"id": name[:3].upper(), "label": name, "share": part, "low": part - half, "high": part + half}
        | {"johnson": part}
        for name, part, half in parts
    ]
    detail = {"label": label, "shares": shares}
    return fields_of(0.697, measure=f"GOES:{outcome}", n=1019, detail=detail)


def section_of(*parts: Part) -> Section:
    (found,) = drivers(make_result(goes(*parts)))
    return found


def chart_of(section: Section) -> dict[str, Any]:
    return dict(json.loads(section.chart))


def test_every_part_is_drawn_with_its_interval_in_the_released_order() -> None:
    chart = chart_of(section_of(("Development", 0.134, 0.02), ("Power", 0.125, 0.017)))
    (dots,) = chart["data"]
    assert dots["x"] == [13.4, 12.5]
    assert (dots["error_x"]["array"], dots["error_x"]["arrayminus"]) == ([2.0, 1.7], [2.0, 1.7])
    assert dots["text"] == ["13 %", "12 %"]
    assert chart["layout"]["yaxis"]["ticktext"] == ["Development", "Power"]
    assert len(go.Figure(chart).data) == 1


@pytest.mark.parametrize(("high", "end"), [(0.15, 25), (0.23, 25), (0.24, 50), (0.5, 100), (0.95, 100)])
def test_the_axis_starts_at_nothing_and_ends_at_one_of_three_places(high: float, end: int) -> None:
    section = section_of(("Power", high - 0.05, 0.05), ("People", 0.05, 0.01))
    axis = chart_of(section)["layout"]["xaxis"]
    assert (axis["range"][0], axis["tickvals"][0]) == (0, 0)
    assert axis["range"][1] == pytest.approx(end * 1.04)
    assert f"The axis ends at {end} %." in section.lede


@pytest.mark.parametrize(
    ("parts", "title"),
    [
        (
            [("Power", 0.3, 0.02), ("People", 0.2, 0.02), ("Passion", 0.1, 0.02)],
            "Power goes most closely with permission to act",
        ),
        (
            [("Power", 0.3, 0.02), ("People", 0.29, 0.02), ("Passion", 0.1, 0.02)],
            "Power and people go most closely with permission to act",
        ),
        (
            [("Power", 0.3, 0.1), ("People", 0.29, 0.1), ("Passion", 0.2, 0.1)],
            "No principle clearly goes more closely with permission to act than the others",
        ),
    ],
)
def test_the_title_names_what_stands_out_or_says_that_nothing_does(parts: list[Part], title: str) -> None:
    assert section_of(*parts).title == title


def test_nothing_is_called_a_cause() -> None:
    section = section_of(("Power", 0.3, 0.02), ("People", 0.2, 0.02))
    assert section.note.startswith(
        "Together the principles go with 69.7 % of the differences between people (n = 1,019). "
        "This cannot show cause."
    )
    text = " ".join([section.title, section.lede, section.summary]).lower()
    assert not any(word in text for word in ("cause", "lead to", "driver", "because", "effect"))


def test_the_table_has_the_same_parts_and_a_second_way_of_sharing_out() -> None:
    table = section_of(("Development", 0.134, 0.02), ("Power", 0.125, 0.017)).table
    row = [str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in table["rows"][0]]
    assert row == ["Development", "13.4", "11.4 to 15.4", "13.4"]
    assert len(row) == len(table["headers"])


def test_each_outcome_has_a_chart_of_its_own_and_other_words_than_its_question() -> None:
    parts = (("Power", 0.3, 0.02), ("People", 0.2, 0.02))
    asked = goes(*parts, outcome="TAA", label="Are staff treated as assets?")
    found = drivers(make_result(goes(*parts), asked))
    assert [section.id for section in found] == ["goes-pta", "goes-taa"]
    assert found[1].title == "Power goes most closely with being treated as an asset"


def test_only_the_whole_organisation_is_told() -> None:
    whole = goes(("Power", 0.3, 0.02), ("People", 0.2, 0.02))
    assert drivers(make_result(whole, kind="unit", number=1)) == []
    assert drivers(make_result()) == []
    assert drivers(make_result(fields_of(0.7, measure="GOES:PTA", detail={"shares": [{"id": "POW"}]}))) == []
