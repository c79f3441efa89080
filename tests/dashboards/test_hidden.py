"""Whatever is hidden keeps its place and says why: the same sentence everywhere, and no number but k."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from pulse.dashboards import (
    answers_page,
    downloads,
    home,
    page,
    page_cards,
    page_feelings,
    page_units,
    technical_page,
)
from pulse.dashboards.reading import Inside, Result, read_result, read_trends
from pulse.domain.disclosure.wording import hidden_measure, hidden_turn
from pulse.results.exporting_sheets import AnswerSheet
from pulse.results.released import read_groups
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.dashboards.factories import fields_of, with_figures
from tests.results.factories import (
    Released,
    Voter,
    make_council,
    make_quarterly,
    make_released_wave,
    make_site,
)
from tests.results.stored import make_figures

WHY = hidden_measure(5)
#: answered by three people of A2, and by everybody elsewhere
SHY = ("PTA-06", "AMB-P1", "TAA-G1", "POW-05", "POW-01", "LET-01")


def shy_in_a2(voter: Voter, item: dict[str, object]) -> str:
    return "-" if voter.unit == "A2" and voter.number > 3 and item["id"] in SHY else "4"


@pytest.fixture(scope="module")
def found(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Released:
    site = make_site(tmp_path_factory.mktemp("hidden"))
    return make_released_wave(site, make_council(), make_quarterly(ask_leaders=True), answers=shy_in_a2)


@pytest.fixture(scope="module")
def team(found: Released) -> Result:
    """Unit A2, of whom three answered most questions."""
    return read_result(found.wave, found.group("Unit A2").number)


def test_a_hidden_headline_keeps_its_card_and_says_why(team: Result, found: Released) -> None:
    cards = {card.id: card for card in home.build(team, read_groups(found.wave)).cards}
    for name in ("amb", "taa"):
        assert (cards[name].figure, cards[name].why, cards[name].hidden) == (None, WHY, True)


def test_a_headline_that_was_not_asked_is_not_called_hidden(team: Result) -> None:
    plan = team.plan | {"measures": []}
    bare = replace(with_figures(team), plan=plan)
    cards = page_cards.cards(bare, read_trends(team), page_cards.axis_limits([], []), {})
    assert [card.hidden for card in cards] == [False] * 3
    assert "did not ask" in cards[0].why


def test_a_hidden_principle_and_a_hidden_part_keep_their_rows(team: Result) -> None:
    parts = (
        (page.facets(team), "Learning", ": mistakes are for learning"),
        (page.dimensions(team), "Power", ""),
    )
    for section, label, meaning in parts:
        assert section is not None
        if not section.chart:
            assert section.hidden == WHY
            continue
        assert f"{label}: {WHY[0].lower()}{WHY[1:]}" in section.note
        assert [cell for row in section.table["rows"] for cell in row[1:]].count({"hidden": WHY}) == 3
        chart = json.loads(section.chart)
        assert chart["layout"]["yaxis"]["ticktext"][-1] == f"{label}{meaning}"


def test_a_question_that_only_some_people_were_asked_says_so_and_one_asked_of_all_does_not(
    team: Result, found: Released
) -> None:
    turns = hidden_turn(5)
    everything = [item["id"] for item in team.plan["items"]]
    rest = [item for item in everything if not item.startswith("POW")]
    by_turns = replace(team, plan=team.plan | {"blocks": [everything, rest]})
    answers = answers_page.build(by_turns, read_groups(found.wave))
    texts = {item["id"]: item["text"] for item in team.plan["items"]}
    why = {row[0].split(" (")[0]: row[1] for row in answers.table["rows"]}
    assert (why[texts["POW-05"]], why[texts["PTA-06"]]) == ({"hidden": turns}, {"hidden": WHY})
    assert "Why each hatched question is hidden is said in the table." in answers.note

    principles = page.dimensions(by_turns)
    assert principles is not None
    assert turns in (principles.hidden, *(row[1].get("hidden") for row in principles.table.get("rows", [])))
    sheet = downloads.find_sheet(by_turns, read_groups(found.wave), "answers")
    assert isinstance(sheet, AnswerSheet)
    assert {place.what: place.why for place in sheet.hidden}[texts["POW-05"]] == turns


def test_where_no_part_may_be_shown_its_chart_keeps_its_place(team: Result) -> None:
    bare = with_figures(team)
    for section in (page.facets(bare), page.dimensions(bare), page_feelings.feelings(bare)):
        assert section is not None
        assert (section.chart, section.hidden) == ("", WHY)


def test_leaders_that_were_too_few_are_said_to_be_hidden_on_the_page_of_the_whole(
    team: Result, found: Released
) -> None:
    whole = with_figures(read_result(found.wave))
    section = page.leaders(whole)
    assert section is not None
    assert section.hidden == WHY
    assert page.leaders(team) is None


def test_what_was_not_asked_has_no_place(team: Result) -> None:
    bare = replace(with_figures(team), plan=team.plan | {"measures": []})
    assert [page.facets(bare), page.dimensions(bare), page_feelings.feelings(bare)] == [None] * 3


def test_every_question_that_was_asked_is_on_the_answers_page(team: Result, found: Released) -> None:
    built = answers_page.build(team, read_groups(found.wave))
    rows = [*built.table["rows"], *built.other["rows"]]
    asked = [item for item in team.plan["items"] if item["kind"] != "text"]

    assert len(rows) == len(asked)
    hidden = [row for row in rows if row[1:] == [{"hidden": WHY}] * (len(row) - 1)]
    assert len(hidden) == len(SHY) + 1  # half a pair is no answer, so the other feeling is hidden too
    assert built.note.endswith(f"{WHY[0].lower()}{WHY[1:]}")
    assert json.loads(built.chart)["data"][-1]["marker"]["pattern"]["shape"] == "/"


def test_the_table_of_teams_says_hidden_in_each_cell_that_is(team: Result) -> None:
    figures = make_figures(fields_of(measure="PTA"))
    table = page_units.units_table([Inside(team.group, figures)], [], {"PTA", "AMB"})
    _, _, act, mixed, feeling, assets = table["rows"][0]
    assert (act, mixed, feeling, assets) == (
        "60 (56 to 64)",
        {"hidden": WHY},
        {"hidden": WHY},
        "not asked",
    )


def test_scores_that_are_hidden_are_named_behind_the_numbers(team: Result) -> None:
    missing = technical_page.build(team, []).missing
    assert "Mixed feelings, Treated as assets" in missing
    assert missing.endswith(f": {WHY[0].lower()}{WHY[1:]}")


@pytest.mark.parametrize("more", ["", "/answers", "/technical"])
def test_a_page_gives_nothing_away_beside_the_sentence(more: str, found: Released, shared_app: Flask) -> None:
    """The reason one click away, and hatched where the number would be."""
    browser = sign_in(shared_app.test_client(), make_account(Role.HR_ANALYST))
    text = unescape(browser.get(f"/results/{found.wave.id}/{found.group('Unit A2').number}{more}").text)
    reasons = set(re.findall(r"[Hh]idden to protect people: [^<]+", text))
    assert {reason[0].upper() + reason[1:].strip() for reason in reasons} == {WHY}
    if not more:
        assert 'class="hidden-cell hidden-cell--small"' in text
    if more == "/answers":
        assert text.count('<details class="hidden-cell">') >= len(SHY)
