"""What stands around every results page: the line to the team, its pages, other surveys, and all teams."""

import re
from html import unescape
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.db import db, writing
from pulse.surveys.models import Wave, WaveUnit
from pulse.web.access import Role
from tests.accounts.factories import make_account, make_unit, sign_in
from tests.results.counting import make_plan
from tests.results.stored import store_group, store_programme, store_wave

ASKED = make_plan(["PTA-01", "PTA-06", "AMB-P1", "AMB-N1", "TAA-G1"])
BY_GRADE = make_plan(["PTA-01", "PTA-06"], attributes={"grade": ["Low", "High"]})
PARTS, TEAMS = 8, 300


class Place(NamedTuple):
    """Three waves of one survey, the last of 300 teams; one of another survey; a leader of two teams."""

    app: Flask
    waves: list[Wave]
    other: Wave
    part: int

    def read(self, path: str, role: Role = Role.HR_ANALYST) -> str:
        account = make_account(role, unit_id=self.part if role is Role.LEADER else None)
        answer = sign_in(self.app.test_client(), account).get(path)
        assert answer.status_code == 200, path
        return unescape(answer.text)

    @property
    def last(self) -> str:
        return f"/results/{self.waves[-1].id}"


@pytest.fixture(scope="module")
def place(shared_app: Flask) -> Place:
    unit = make_unit("part")
    with writing():
        survey = store_programme("Staff survey")
        waves = [store_wave(number, survey, plan=ASKED) for number in (1, 2)]
        waves.append(store_wave(3, survey, plan=BY_GRADE))
        other = store_wave(4, store_programme("Pulse of Parks"), label="Only once", plan=ASKED)
        for wave in (*waves, other):
            store_group(wave)
        _fill(waves[-1], unit.id)
    return Place(shared_app, waves, other, unit.id)


def _fill(wave: Wave, unit_id: int) -> None:
    """Parts below the whole and teams below them; a unit of the reader's own is the first part."""
    for number in range(1, PARTS + 1):
        named = {"name": f"Part {number}", "unit_id": unit_id if number == 1 else None}
        store_group(wave, number=number, parent=0, key=f"p{number}", kind="unit", depth=1, **named)
    for number in range(TEAMS):
        inside = {"parent": number % PARTS + 1, "unit_id": unit_id if number in (0, 8) else None}
        name = f"Team {number:03}"
        store_group(wave, number=PARTS + 1 + number, key=name, name=name, kind="unit", depth=2, **inside)
    frozen = {"unit_id": unit_id, "parent_id": None, "name": "Part 1", "headcount": 60}
    db.session.add(WaveUnit(wave_id=wave.id, **frozen))  # type: ignore[arg-type]


def links(text: str, inside: str) -> list[tuple[str, str]]:
    """Address and words of every link in the first element that starts so."""
    block = text.partition(inside)[2].partition("</nav>")[0]
    return re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>([^<]+)', block)


def test_the_line_leads_from_the_whole_to_the_team_on_the_same_page(place: Place) -> None:
    text = place.read(f"{place.last}/20/technical")
    line = links(text, '<nav class="frame__line"')
    assert line == [(f"{place.last}/0/technical", "Council"), (f"{place.last}/4/technical", "Part 4")]
    assert '<li aria-current="location">Team 011</li>' in text
    assert "frame__line" not in place.read(f"{place.last}/0/technical")


@pytest.mark.parametrize("page", ["", "/answers", "/technical", "/attributes"])
def test_the_pages_of_a_team_stand_together_and_the_current_one_is_marked(page: str, place: Place) -> None:
    text = place.read(f"{place.last}/20{page}")
    shown = dict(links(text, '<nav class="frame__pages"'))
    assert list(shown.values())[:4] == ["Results", "Answers", "Different people", "Behind the numbers"]
    assert re.findall(r'href="([^"]+)" aria-current="page"', text.partition("frame__pages")[2]) == [
        f"{place.last}/20{page}"
    ]


def test_a_page_with_nothing_on_it_is_not_offered(place: Place) -> None:
    shown = [words for _, words in links(place.read(f"/results/{place.waves[0].id}/0"), "frame__pages")]
    assert "Different people" not in shown
    assert "Comments" not in shown


def test_surveys_stand_newest_first_with_their_dates_and_other_surveys_apart(place: Place) -> None:
    text = place.read(f"/results/{place.waves[1].id}/0/answers")
    panel = text.partition(">Survey</span>")[2].partition("</details>")[0]
    own, others = panel.split("Pulse of Parks</h2>")
    assert re.findall(r"Wave \d", own.partition("</h2>")[2]) == ["Wave 3", "Wave 2", "Wave 1"]
    assert '<strong aria-current="true">Wave 2</strong>' in own
    assert own.count("closed ") == 3
    assert re.findall(r">([^<]+)</a>", others) == ["Only once"]


def test_the_survey_before_and_the_one_after_are_one_press_away(place: Place) -> None:
    texts = [place.read(f"/results/{wave.id}/0") for wave in (*place.waves, place.other)]
    found = [dict(re.findall(r'rel="(prev|next)" href="[^"]+">([^<]+)<', text)) for text in texts]
    assert found == [
        {"next": "Survey after: Wave 2"},
        {"prev": "Survey before: Wave 1", "next": "Survey after: Wave 3"},
        {"prev": "Survey before: Wave 2"},
        {},
    ]


def test_a_page_holds_few_of_three_hundred_teams_and_says_where_all_are(place: Place) -> None:
    text = place.read(f"{place.last}/20/answers")
    tree = text.partition('<ul class="teams"')[2].partition("All 309 teams")[0]
    assert 20 <= tree.count("<a ") <= 30
    assert (
        f'href="{place.last}/20/teams?page=answers">All 309 teams with a result, and those without<' in text
    )


def test_a_reader_of_one_team_is_offered_no_other(place: Place) -> None:
    text = place.read(f"{place.last}/0", Role.UNION_OBSERVER)
    assert 'class="switch switch--one"><span class="switch__label">Team</span>' in text
    assert "Find a team" not in text


def test_every_team_is_on_the_page_of_teams_and_leads_to_the_kind_of_page_one_came_from(place: Place) -> None:
    text = place.read(f"{place.last}/20/teams?page=technical")
    there = re.findall(rf'<a class="govuk-link" href="{place.last}/(\d+)/technical"', text)
    assert sorted({int(number) for number in there}) == list(range(PARTS + TEAMS + 1))
    assert f'<a class="govuk-link" href="{place.last}/20"' in place.read(f"{place.last}/20/teams?page=/evil")


def test_a_leader_finds_teams_of_their_own_part_alone(place: Place) -> None:
    text = place.read(f"{place.last}/1/teams?find=team", Role.LEADER)
    assert re.findall(r">(Team \d+)</a>", text) == ["Team 000", "Team 008"]
    assert "2 teams found." in text


def test_what_is_looked_for_is_found_or_said_not_to_be_there(place: Place) -> None:
    assert "10 teams found." in place.read(f"{place.last}/0/teams?find=+TEAM++01+")
    text = place.read(f"{place.last}/0/teams?find=<b>nobody")
    assert "No team has “<b>nobody” in its name: try a part of the name." in text
    assert place.read(f"{place.last}/0/teams?find={'x' * 5000}").count("x" * 101) == 0


def test_teams_of_a_group_that_is_closed_to_the_reader_are_not_found(place: Place) -> None:
    browser: FlaskClient = sign_in(place.app.test_client(), make_account(Role.UNION_OBSERVER))
    pages = [browser.get(f"{place.last}/{number}/teams") for number in (20, 4711)]
    assert [page.status_code for page in pages] == [404, 404]
    assert browser.get("/results/4711/0/teams").status_code == 404
