"""Behind the numbers: each table is there with its figures, in plain words, and never without them."""

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask import Flask

from pulse.dashboards import technical_page
from pulse.dashboards.reading import Result, read_result
from pulse.db import db, writing
from pulse.results.models import Figure
from pulse.results.released import read_groups
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.dashboards.factories import fields_of, with_figures
from tests.dashboards.technical_figures import PLAN, blocks_of, every_figure, make_stages, row_of
from tests.results.factories import Released, make_council, make_quarterly, make_released_wave, make_site
from tests.results.stored import Fields


@pytest.fixture(scope="module")
def found(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Released:
    return make_released_wave(make_site(tmp_path_factory.mktemp("tech")), make_council(), make_quarterly())


@pytest.fixture(scope="module")
def bare(found: Released) -> Result:
    """The whole organisation, as a wave would leave it that has none of these figures."""
    return replace(with_figures(read_result(found.wave, 0)), plan=PLAN)


def missing(result: Result) -> str:
    return technical_page.build(result, []).missing


def test_without_its_figures_there_is_no_table_and_one_sentence_says_which_survey_gives_them(
    bare: Result,
) -> None:
    page = technical_page.build(bare, [])
    assert page.blocks == []
    assert page.missing == (
        "How well the questions of a scale hang together, what goes together, the gap between what is "
        "expected and experienced and the stages of change come from a survey that asks whole scales, "
        "such as a baseline."
    )


def test_with_every_figure_nothing_is_said_to_be_missing(bare: Result) -> None:
    full = with_figures(bare, *every_figure())
    assert missing(full) == ""


def test_a_part_is_told_what_is_shown_for_the_whole_organisation_only(bare: Result, found: Released) -> None:
    part = replace(bare, group=read_result(found.wave, found.group("Unit A").number).group)
    with_stages = with_figures(part, make_stages())
    assert missing(with_stages).startswith(
        "The gap between what is expected and experienced comes from a survey"
    )
    assert "what goes together are shown for the whole organisation only." in missing(part)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("reliability", ["People", "0.84", "0.81 to 0.87", "0.84", "2", "1,204", "Well"]),
        ("validity", ["Mixed feelings and feeling torn", "+0.45", "0.35 to 0.55", "40"]),
        ("goes-pta", ["People", "5.7", "1.0 to 12.3", "6.0"]),
        ("bridges", ["PEO-03 became PEO-06", "+1.2", "\N{MINUS SIGN}0.8 to +3.2", "352", "341", "Yes"]),
        ("units", ["Permission to act", "0.08", "0.62", "12", "4.3", "With care"]),
        ("beside", ["Permission to act", "60", "57", "Outside 95 %, above the rest"]),
        ("agreement", ["Permission to act", "0.92", "0.80", "3"]),
        ("stages", ["Reframing", "74", "71 to 77", "+3.8", "In place"]),
        ("saydo", ["All together", "", "", "+31", "+27 to +35", "40"]),
        ("weighted", ["Permission to act", "60", "58", "50 to 66", "40", "64"]),
        ("bounds", ["Permission to act", "60", "26 to 66", "40"]),
        (
            "trends",
            [
                "Permission to act",
                "\N{MINUS SIGN}1.3",
                "\N{MINUS SIGN}2.0 to \N{MINUS SIGN}0.5",
                "6",
                "Spring 2025",
                "Falling: more than noise",
            ],
        ),
    ],
)
def test_each_table_shows_its_figure_rounded_last(name: str, row: list[str], bare: Result) -> None:
    assert row_of(bare, name, *every_figure()) == row
    block = blocks_of(bare, *every_figure())[name]
    assert len(row) == len(block.text.headers)


def test_parts_are_named_after_the_whole_and_in_the_order_of_the_questions(bare: Result) -> None:
    line = {"slope": 1.0, "low": -1.0, "high": 3.0, "waves": 4, "since": "Spring 2025"}
    names = ("PEO", "PTA.room", "PTA", "AMB.least", "SAYDO", "SAYDO.TAA-1")
    block = blocks_of(bare, *(fields_of(measure=name, detail={"trend": line}) for name in names))["trends"]
    assert [(row[0], row[-1]) for row in block.table["rows"]] == [
        ("Permission to act", "Too few surveys to say"),
        ("Permission to act: Room", "Too few surveys to say"),
        ("People", "Too few surveys to say"),
        ("Say-do gap", "Too few surveys to say"),
    ]
    gaps = blocks_of(bare, *every_figure())["saydo"].table["rows"]
    assert [row[0] for row in gaps] == ["All together", "Power", "People"]


def test_what_goes_together_is_never_called_a_cause(bare: Result) -> None:
    block = blocks_of(bare, *every_figure())["goes-pta"]
    assert block.chart is not None
    assert block.text.title == "No principle clearly goes more closely with permission to act than the others"
    assert "This cannot show cause." in block.chart.note
    assert block.chart.note.startswith(
        "Together the principles go with 71.0 % of the differences between people (n = 640)."
    )


def test_a_table_whose_chart_cannot_be_drawn_stands_alone(bare: Result) -> None:
    drawn = blocks_of(bare, *every_figure())
    assert {name for name, block in drawn.items() if block.chart is not None} == {"goes-pta", "stages"}
    share = {"id": "PEO", "label": "People", "share": 0.1, "johnson": 0.1}
    alone = blocks_of(bare, fields_of(0.7, measure="GOES:PTA", detail={"shares": [share]}))["goes-pta"]
    assert (alone.chart, alone.text.title) == (None, "What goes together with “Permission to act”")


@pytest.mark.parametrize(
    ("alpha", "words"), [(0.8, "Well"), (0.796, "Well"), (0.79, "Well enough"), (0.69, "Loosely")]
)
def test_alpha_is_put_in_words(alpha: float, words: str, bare: Result) -> None:
    assert row_of(bare, "reliability", fields_of(alpha, measure="ALPHA:PEO"))[-1] == words


def test_bounds_tell_no_response_rate_of_a_handful(bare: Result, found: Released) -> None:
    small = replace(bare, group=read_result(found.wave, found.group("Unit A2").number).group)
    assert small.group.headcount < 20
    assert "bounds" in blocks_of(bare, *every_figure())
    assert "bounds" not in blocks_of(small, *every_figure())
    assert missing(small).endswith("What those who did not answer could change is shown from 20 people on.")
    assert "from 20 people on" not in missing(bare)


@pytest.mark.parametrize("name", [one["measure"] for one in every_figure()])
def test_a_figure_without_its_detail_breaks_nothing(name: str, bare: Result) -> None:
    whole = next(one for one in every_figure() if one["measure"] == name)
    kept = {key: {} if isinstance(value, dict) else value for key, value in whole["detail"].items()}
    emptied: list[dict[str, Any]] = [{}, kept, {"shares": [{}]}, {"stages": [{}], "labelled": True}]
    for detail in [*emptied, {"bounds": []}]:
        blocks_of(bare, fields_of(None, measure=name, detail=detail))


def drawn_in(markup: str) -> str:
    """The chart's JSON, from a page as it was read."""
    return markup.partition('data-figure="')[2].partition('">')[0]


def test_the_page_shows_every_table_and_leads_back(found: Released, shared_app: Flask) -> None:
    group = found.groups[0]
    with writing():
        for fields in every_figure():
            plain: Fields = dict.fromkeys(("change", "change_low", "change_high", "q", "detectable"))
            db.session.merge(Figure(group_id=group.id, flagged=False, **(plain | fields | {"n": group.n})))
    browser = sign_in(shared_app.test_client(), make_account(Role.UNION_OBSERVER))
    start = f"/results/{found.wave.id}/0"
    page = unescape(browser.get(f"{start}/technical").text)

    for block in technical_page.build(read_result(found.wave), read_groups(found.wave)).blocks:
        section = page.partition(f'<section id="{block.id}"')[2].partition("</section>")[0]
        assert block.text.title in section
        assert f">{block.text.caption}</p>" in section
        assert len(re.findall(r"<caption[^>]*>[^<]+</caption>", section)) == 1
        assert f'href="/method#{block.text.method}"' in section
        assert f'href="{start}/tables/{block.file}.csv"' in section
        assert browser.get(f"{start}/tables/{block.file}.csv").status_code == 200
        if block.chart is not None:
            assert json.loads(drawn_in(section)) == json.loads(block.chart.chart)
    for address in (start, f"{start}/answers"):
        assert f'href="{address}"' in page
        assert f'href="{start}/technical"' in browser.get(address).text


def test_a_leader_sees_no_dot_of_a_team_outside_the_own_part(found: Released, shared_app: Flask) -> None:
    inside, outside = found.group("Unit A"), found.group("Unit B")
    account = make_account(Role.LEADER, unit_id=inside.unit_id)
    assert {group.unit_id for group in found.groups} >= {inside.unit_id, outside.unit_id}
    browser = sign_in(shared_app.test_client(), account)
    page = browser.get(f"/results/{found.wave.id}/{inside.number}").text
    chart = json.loads(unescape(drawn_in(page.partition('id="funnel-pta"')[2])))
    shown = [one for one in chart["data"] if one["mode"] == "markers"]
    dots = {pair for one in shown for pair in zip(one["x"], one["y"], strict=True)}
    own = {
        (figure.n, round(figure.value or 0.0, 1))
        for group in found.groups
        if group.name.startswith("Unit A") and group.parent is not None
        for figure in (found.figures(group.name)["PTA"],)
        if figure.detail.get("unit")
    }
    assert dots == own != set()
    assert f"the {len(own)} teams that you may open" in page
