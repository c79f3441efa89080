"""Mixed feelings on a page: the map, its words, and its place where too few felt the same."""

import json
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from flask import Flask

from pulse.dashboards import figures_feelings, page_feelings, words, words_feelings
from pulse.dashboards.reading import Result, read_result
from pulse.results.released_maps import ReleasedMap
from tests.results.factories import (
    Released,
    Voter,
    make_council,
    make_quarterly,
    make_released_wave,
    make_site,
)
from tests.results.stored import make_map

EVEN = {f"{hope}{worry}": 10 for hope in range(5) for worry in range(5)}


@pytest.fixture(scope="module")
def found(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Released:
    """Everybody in Unit A2 is torn; elsewhere some are, some feel little, hope alone or worry alone."""

    def answers(voter: Voter, item: dict[str, object]) -> str:
        hope, worry = (4, 4) if voter.unit == "A2" else divmod(voter.number % 4, 2)
        return {"AMB-P1": "04"[hope > 0], "AMB-N1": "04"[worry > 0]}.get(str(item["id"]), "3")

    site = make_site(tmp_path_factory.mktemp("feelings"))
    return make_released_wave(site, make_council(), make_quarterly(), answers=answers)


@pytest.fixture(scope="module")
def whole(found: Released) -> Result:
    return read_result(found.wave)


def made(people: dict[str, int]) -> ReleasedMap:
    one = make_map(people)
    assert one is not None
    return one


def test_the_map_is_captioned_by_the_index_its_companion_and_the_agreement(whole: Result) -> None:
    section = page_feelings.feelings(whole)
    assert section is not None
    index, least = whole.figures.find("AMB"), whole.figures.find("AMB.least")
    assert index is not None
    assert least is not None
    assert section.title == words_feelings.feelings_title(index)
    assert f"Mixed feelings {words.shown(index.value)} of 100" in section.note
    assert f"weaker of a person's two feelings is {words.shown(least.value)} of 100" in section.note
    assert f"Agreement between people {index.detail['agreement']:.2f}" in section.note
    assert section.note.startswith("n = 35 on this map; the numbers are people.")
    assert "Outlined: both at once." in section.lede


def test_without_its_companion_the_caption_leaves_it_out(whole: Result) -> None:
    alone = page_feelings.feelings(replace(whole, figures=whole.figures.picked(["AMB"])))
    assert alone is not None
    assert "weaker" not in alone.note


def test_a_map_of_too_few_keeps_its_place_and_its_words(found: Released) -> None:
    team = read_result(found.wave, found.group("Unit A2").number)
    section = page_feelings.feelings(team)
    assert section is not None
    assert section.chart == ""
    assert section.hidden.startswith("This map would show or tell of fewer than 5 people who feel the same")
    assert "answers page" in section.hidden
    assert section.title
    assert "Agreement between people" in section.note


def test_tiles_are_counted_shaded_and_hatched_where_blank() -> None:
    chart = figures_feelings.feelings_map(made({**EVEN, "22": 60, "40": 2, "none": 40}))
    go.Figure(chart)
    (tiles,) = chart["data"]
    places = dict(zip(zip(tiles["x"], tiles["base"], strict=True), range(25), strict=True))
    middle, few = places[2, 2 - 0.47], places[4, -0.47]

    assert (tiles["text"][middle], tiles["marker"]["color"][middle]) == ("60", "#12436D")
    assert tiles["textfont"]["color"][middle] == "#FFFFFF"
    assert (tiles["text"][few], tiles["marker"]["pattern"]["shape"][few]) == ("", "/")
    assert "hidden to protect people" in tiles["hovertext"][few]
    assert set(tiles["marker"]["color"]) <= {*figures_feelings.SEQUENTIAL, "#F4F7FA"}
    (outline,) = chart["layout"]["shapes"]
    assert (outline["x0"], outline["y0"], outline["x1"]) == (1.5, 1.5, 4.5)


def test_quadrants_have_two_rows_and_their_own_words() -> None:
    chart = figures_feelings.feelings_map(
        made({"44": 6, "33": 4, "40": 3, "31": 3, "00": 3, "11": 2, "13": 3, "04": 4})
    )
    go.Figure(chart)
    assert chart["data"][0]["text"] == ["5", "6", "7", "10"]
    assert chart["layout"]["yaxis"]["ticktext"] == list(figures_feelings.HALVES)
    assert chart["layout"]["shapes"][0]["x0"] == 0.5


@pytest.mark.parametrize(("share", "shade"), [(1.9, 0), (2, 1), (4, 2), (8, 3), (12, 4), (100, 4)])
def test_a_tile_is_one_of_five_shades(share: float, shade: int) -> None:
    found = made(dict.fromkeys(EVEN, 40))
    assert figures_feelings.shade(found, round(share * 10)) == shade
    assert figures_feelings.shade(found, None) is None


def test_the_table_has_the_strongest_worry_first_and_says_what_is_hidden(
    whole: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    blanked = made({**EVEN, "40": 2})
    monkeypatch.setattr(page_feelings, "read_feelings_map", lambda _: blanked)
    section = page_feelings.feelings(whole)
    assert section is not None
    rows = section.table["rows"]
    assert rows[0][0] == "Worried: a great deal"
    hidden = [cell for row in rows for cell in row[1:] if isinstance(cell, dict)]
    (tiles,) = json.loads(section.chart)["data"]
    assert len(hidden) == tiles["text"].count("") == blanked.blanks > 0
    assert "Hatched: fewer than 5 people" in section.note
    assert section.summary.startswith(f"Of {blanked.n} people ")
