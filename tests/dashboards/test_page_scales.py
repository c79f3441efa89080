"""A survey of one scale leads with that scale, and never says that nothing stands out."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from pulse.dashboards import home, page_facets, page_scales
from pulse.dashboards.flags import Done
from pulse.dashboards.page_cards import Card
from pulse.dashboards.reading import Result, read_result
from pulse.results.released import read_groups
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.dashboards.factories import fields_of, make_figure, make_points, moved, with_figures
from tests.results.factories import Released, make_council, make_quarterly, make_released_waves, make_site

LETTING_GO = [f"LET-0{n}" for n in range(1, 7)]
NOTHING_DONE = Done([], {}, frozenset({None}), True)


@pytest.fixture(scope="module")
def waves(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> list[Released]:
    site = make_site(tmp_path_factory.mktemp("scales"))
    return make_released_waves(site, make_council(), make_quarterly(rotation=[LETTING_GO]), 2)


@pytest.fixture(scope="module")
def result(waves: list[Released]) -> Result:
    return read_result(waves[1].wave)


def test_a_survey_of_one_scale_leads_with_it(result: Result, waves: list[Released]) -> None:
    built = home.build(result, read_groups(waves[1].wave))
    (card,) = built.cards
    assert (card.id, card.label) == ("let", "Worry about letting go")
    assert card.figure is not None
    assert card.chart
    assert "Worry about letting go" in built.headline
    assert "stands out" not in built.headline
    assert built.others == {}
    assert not card.file


def test_the_page_of_such_a_survey_opens(waves: list[Released], shared_app: Flask) -> None:
    page = sign_in(shared_app.test_client(), make_account(Role.UNION_OBSERVER)).get(
        f"/results/{waves[1].wave.id}/0"
    )
    assert page.status_code == 200
    assert "Worry about letting go" in page.text
    assert "did not ask" not in page.text


def card(label: str, direction: str, value: float | None = 41.0) -> Card:
    """Only what the headline reads."""
    more: dict[str, Any] = dict.fromkeys(
        ("id", "why", "range", "change", "chart", "summary", "about", "more"), ""
    )
    figure = None if value is None else with_value(value)
    return Card(
        label=label, direction=direction, figure=figure, hidden=value is None, table={}, method="", **more
    )


def with_value(value: float) -> Any:
    return make_figure(value)


@pytest.mark.parametrize(
    ("cards", "said"),
    [
        ([card("Worry", "none")], "Worry: 41 of 100"),
        ([card("Worry", "up"), card("Hope", "none")], "Worry rose: more than noise"),
        ([card("Worry", "down"), card("Hope", "down")], "Worry and hope fell: more than noise"),
        ([card("Worry", "none"), card("Hope", "none")], "Worry and hope did not change beyond noise"),
        ([card("Worry", "first"), card("Hope", "first")], "Measured here: worry and hope"),
        ([card("Worry", "", None)], ""),
        ([], ""),
    ],
)
def test_its_headline_says_what_moved_or_what_was_measured(cards: list[Card], said: str) -> None:
    assert page_scales.headline(cards) == said


def test_beside_the_headlines_other_scores_stand_in_a_table(result: Result) -> None:
    seen = page_scales.others(with_figures(result, fields_of(41.0, measure="LET")))
    assert seen["rows"][0][:3] == ["Worry about letting go", "41", "37 to 45"]
    assert seen["rows"][0][4] == "nothing to compare"
    fell = page_scales.others(with_figures(result, moved(-9.0, flagged=True, measure="LET")))
    assert fell["rows"][0][4] == "fell"
    assert seen["note"] == "Information, not good or bad marks."
    turning = page_scales.others(with_figures(result, fields_of(41.0, measure="LET:level")))
    assert turning["rows"][0][4] == "its questions take turns"
    hidden = page_scales.others(with_figures(result))
    assert hidden["rows"][0][1:] == [{"hidden": result.why_hidden}] * 4
    assert page_scales.others(replace(result, plan=result.plan | {"measures": []})) == {}


def parts_of(result: Result, lines: dict[str, list[float | None]], *figures: dict[str, Any]) -> Any:
    asked = [{"id": "PTA", "bank": "permission_to_act", "label": "", "method": "mean_of_facets"}]
    trends = {part: make_points(*lines.get(part, [])) if part in lines else EMPTY for part in MEASURES}
    plan = result.plan | {"measures": [one | NO_PARTS for one in asked]}
    return page_facets.facets_trend(replace(with_figures(result, *figures), plan=plan), trends, NOTHING_DONE)


MEASURES = ("PTA", *page_facets.PARTS)
NO_PARTS: dict[str, Any] = {"items": [], "facets": [], "pairs": [], "need": 1, "need_facets": 0}
EMPTY = make_points(None, None)


def test_parts_of_permission_to_act_are_followed_beside_the_short_score(result: Result) -> None:
    found = parts_of(
        result,
        {"PTA": [50.0, 55.0], "PTA.room": [40.0, 41.0], "PTA.trust": [50.0, 60.0]},
        fields_of(55.0),
        moved(1.0, flagged=False, measure="PTA.room"),
        moved(10.0, flagged=True, measure="PTA.trust"),
    )
    assert found.title == "Trust rose: more than noise"
    assert [part.name for part in found.parts] == ["Permission to act", "Room", "Trust"]
    assert all(part.chart for part in found.parts)
    assert "Licence and Learning: the questions take turns" in found.lede
    assert "The smallest change that could have been seen: about 8 points." in found.parts[1].says
    assert found.table["headers"] == ["Survey", "Permission to act", "Room", "Trust"]
    assert [row[0] for row in found.table["rows"]] == ["Wave 2", "Wave 1"]


def test_where_no_part_has_a_line_there_is_no_such_section(result: Result) -> None:
    assert parts_of(result, {"PTA": [50.0, 55.0], "PTA.room": [40.0]}) is None


def test_where_no_part_moved_it_says_so(result: Result) -> None:
    lines: dict[str, list[float | None]] = {"PTA.room": [40.0, 41.0]}
    still = parts_of(result, lines, moved(1.0, flagged=False, measure="PTA.room"))
    assert still.title == "No part of permission to act changed beyond noise"
    first = parts_of(result, lines, fields_of(41.0, measure="PTA.room"))
    assert first.title == "The parts of permission to act over the surveys"
