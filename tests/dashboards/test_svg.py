"""Pictures drawn by the server: what they show, that nothing leaves them, and that text stays large."""

import re
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from pulse.dashboards import svg, svg_people, svg_trend
from pulse.dashboards.svg_marks import WIDTH
from tests.dashboards.factories import fields_of, make_points, make_rows
from tests.results.stored import make_map, make_table, make_tallies

LONG = "A question whose words are so many that one line of a picture on a phone can never hold them all"
GAP = {"leaders": 70.4, "leaders_n": 12, "staff": 55.2, "staff_n": 80, "text": LONG}


def every_picture() -> dict[str, Markup]:
    gaps = make_table((LONG, fields_of(15.2, detail=GAP)))
    tallies = make_tallies(("Q1", {"1": 5, "2": 5, "3": 10, "4": 15, "5": 5}))
    found = make_map({f"{hope}{worry}": 10 for hope in range(5) for worry in range(5)} | {"40": 2})
    assert found is not None
    return {
        "dots": svg.dots(make_rows(("People", 70.0), (LONG, 40.4)), ["Power"], weakest=1, divide_after=1),
        "dumbbell": svg.dumbbell(gaps),
        "pairs": svg.pairs(make_rows(("People", 70.0)), make_rows(("People", 50.0)), ("Is", "Should be")),
        "trend": svg_trend.trend(make_points(60.0, None, 64.0), (25, 75), {2: "1"}),
        "stacked": svg_people.stacked(
            tallies.ordered(lambda *_: "12345").relabelled(lambda *_: LONG), ["A hidden question"]
        ),
        "map": svg_people.feelings_map(found),
    }


@pytest.fixture(scope="module")
def pictures() -> dict[str, Markup]:
    return every_picture()


NAMES = ["dots", "dumbbell", "pairs", "trend", "stacked", "map"]


def texts(picture: Markup) -> list[str]:
    return [one.text or "" for one in ET.fromstring(picture).iter() if one.tag.endswith("text")]


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_has_a_title_and_says_its_numbers_to_those_who_cannot_see_it(
    name: str, pictures: dict[str, Markup]
) -> None:
    root = ET.fromstring(pictures[name])
    assert root.get("role") == "img"
    assert [one.tag.rpartition("}")[2] for one in root][:2] == ["title", "desc"]
    assert len(root[0].text or "") > 5
    assert re.search(r"\d", root[1].text or "")


@pytest.mark.parametrize("name", NAMES)
def test_no_picture_needs_a_script_or_a_style_and_its_text_is_large_enough(
    name: str, pictures: dict[str, Markup]
) -> None:
    assert not re.search(r"<script|<style| style=|href|url\(| on\w+=", pictures[name])
    sizes = [int(size) for size in re.findall(r'<text[^>]*font-size="(\d+)"', pictures[name])]
    on_a_card = 390 - 2 * 16 - 2 * 13  # a phone, the page's edges, a card's
    assert min(sizes) * on_a_card / WIDTH >= 14


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_and_every_line_of_text_stays_inside(name: str, pictures: dict[str, Markup]) -> None:
    root = ET.fromstring(pictures[name])
    height = float((root.get("viewBox") or "").split()[3])
    for one in root.iter():
        x, y = (float(one.get(side, one.get(f"c{side}", "0"))) for side in "xy")
        assert -1 <= x + float(one.get("width", 0) if one.tag.endswith("rect") else 0) <= WIDTH + 1
        assert -1 <= y + float(one.get("height", 0) if one.tag.endswith("rect") else 0) <= height + 1
        if one.tag.endswith("text"):
            assert len(one.text or "") * 0.56 * float(one.get("font-size", 0)) < WIDTH * 1.02, one.text


def test_a_label_is_escaped() -> None:
    drawn = svg.dots(make_rows(("<b>People & power</b>", 70.0)))
    assert "<b>" not in drawn
    assert "<b>People & power</b>" in texts(drawn)


def test_a_score_stands_where_the_axis_says() -> None:
    (circle,) = re.findall(r'<circle[^>]* cx="([\d.]+)"', svg.dots(make_rows(("People", 50.0))))
    ticks = {
        one.text: float(one.get("x", 0)) for one in ET.fromstring(svg.dots(make_rows(("P", 1.0)))).iter()
    }
    assert float(circle) == ticks["50"]
    assert ticks["25"] - ticks["0"] == ticks["100"] - ticks["75"]


def test_a_hidden_row_is_hatched_and_says_why_without_a_number() -> None:
    drawn = svg.dots(make_rows(("People", 70.0)), ["Power"])
    assert {"Power", "hidden to protect people"} <= set(texts(drawn))
    assert [text for text in texts(drawn) if text.isdigit()] == ["0", "25", "50", "75", "100", "70"]
    assert drawn.count("<line") > svg.dots(make_rows(("People", 70.0), ("Power", 1.0))).count("<line") + 10


def test_a_trend_breaks_where_there_is_no_figure() -> None:
    whole, broken = (
        svg_trend.trend(make_points(*values), (25, 75)) for values in ((60.0, 61.0, 64.0), (60.0, None, 64.0))
    )
    assert (whole.count("<polyline"), broken.count("<polyline")) == (1, 0)
    assert broken.count("stroke-dasharray") == whole.count("stroke-dasharray") + 1


def test_the_weakest_are_squares_and_not_only_of_another_colour() -> None:
    plain, weak = (svg.dots(make_rows(("A", 70.0), ("B", 40.0)), weakest=many) for many in (0, 1))
    assert (plain.count("<circle"), weak.count("<circle"), weak.count("<rect")) == (2, 1, 1)
