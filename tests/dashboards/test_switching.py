"""The switchers: another survey shows the same people, on the same page, or says whom it shows instead."""

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qs

import pytest
from flask import Flask

from pulse.accounts.models import Account
from pulse.dashboards.scope import in_tree_order
from pulse.results.released import read_groups
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.results.factories import (
    Released,
    Voter,
    make_council,
    make_quarterly,
    make_released_wave,
    make_released_waves,
    make_site,
)


def few_in_a2_later(voter: Voter) -> bool:
    return voter.wave == 1 or voter.unit != "A2" or voter.number < 4


class Place(NamedTuple):
    """Two waves of one survey, in the second of which A1 has A2's number, and a wave of part A alone."""

    app: Flask
    first: Released
    second: Released
    part: Released
    accounts: dict[str, Account]

    def choose(self, who: str, name: str, chosen_in: Released, wanted: Released, **more: object) -> str:
        """Where the switcher leads from the page of the group `name`."""
        sent = {"group": chosen_in.group(name).number, "from": chosen_in.wave.id, "wave": wanted.wave.id}
        browser = sign_in(self.app.test_client(), self.accounts[who])
        answer = browser.get("/results", query_string=sent | more)
        return answer.location if answer.status_code == 302 else str(answer.status_code)


@pytest.fixture(scope="module")
def place(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Place:
    site, council = make_site(tmp_path_factory.mktemp("switching")), make_council()
    first, second = make_released_waves(site, council, make_quarterly(), 2, turnout=few_in_a2_later)
    of_a = make_quarterly(name="Part A", audience_unit_id=council.units["A"])
    part = make_released_wave(site, council, of_a, turnout=lambda voter: voter.unit.startswith("A"))
    accounts = {role.value: make_account(role) for role in Role if role is not Role.LEADER}
    accounts |= {f"leader of {u}": make_account(Role.LEADER, unit_id=council.units[u]) for u in ("A", "A2")}
    return Place(shared_app, first, second, part, accounts)


def address(found: Released, name: str, more: str = "") -> str:
    return f"/results/{found.wave.id}/{found.group(name).number}{more}"


@pytest.mark.parametrize("name", ["Unit C", "Unit A", "Unit B", "Unit B1", "Unit B2 + Unit B3"])
def test_people_with_a_result_of_their_own_are_found_again_under_whatever_number(
    name: str, place: Place
) -> None:
    assert place.choose("hr_analyst", name, place.first, place.second) == address(place.second, name)
    assert place.choose("hr_analyst", name, place.second, place.first) == address(place.first, name)


@pytest.mark.parametrize(
    ("page", "more"),
    [
        ("results", ""),
        ("answers", "/answers"),
        ("technical", "/technical"),
        ("attributes", "/attributes"),
        ("comments", "/comments"),
        ("unheard of", ""),
        ("", ""),
    ],
)
def test_the_reader_stays_on_the_same_page(page: str, more: str, place: Place) -> None:
    there = place.choose("hr_analyst", "Unit A", place.first, place.second, page=page)
    assert there == address(place.second, "Unit A", more)


@pytest.mark.parametrize("name", ["Unit A2", "Unit A1 + Unit A3"])
def test_people_without_a_result_are_told_whose_result_they_see_and_only_once(
    name: str, place: Place
) -> None:
    assert place.first.group("Unit A2").number == place.second.group("Unit A1").number
    browser = sign_in(place.app.test_client(), place.accounts["od_editor"])
    sent = {"group": place.first.group(name).number, "from": place.first.wave.id, "page": "technical"}
    answer = browser.get("/results", query_string=sent | {"wave": place.second.wave.id})

    assert answer.location == address(place.second, "Unit A", "/technical")
    said = f"{name} has no result of its own in this survey: this is Unit A."
    assert said in browser.get(answer.location).text
    assert said not in browser.get(answer.location).text


def test_a_leader_of_that_team_alone_lands_on_the_whole(place: Place) -> None:
    landed = place.choose("leader of A2", "Unit A2", place.first, place.second)
    assert landed == address(place.second, "Unit C")


def test_a_survey_of_one_part_and_one_of_everybody_meet_at_that_part(place: Place) -> None:
    to_part, back = (place.first, place.part), (place.part, place.first)
    assert place.choose("hr_analyst", "Unit A", *to_part) == address(place.part, "Unit A")
    assert place.choose("hr_analyst", "Unit A", *back) == address(place.first, "Unit A")
    assert place.choose("hr_analyst", "Unit B1", *to_part) == address(place.part, "Unit A")
    assert place.choose("leader of A2", "Unit C", *to_part) == address(place.part, "Unit A2")


def test_a_choice_that_one_may_not_open_leads_nowhere_and_names_nobody(place: Place) -> None:
    assert place.choose("leader of A", "Unit B", place.first, place.second) == "404"
    assert place.choose("union_observer", "Unit A2", place.first, place.second) == "404"
    assert place.choose("leader of A", "Unit A", place.first, place.second) == address(place.second, "Unit A")


@pytest.mark.parametrize(
    ("more", "leads_to"),
    [
        ({"group": 99}, "404"),
        ({"group": -1}, "404"),
        ({"group": 2**63}, "404"),
        ({"from": 4711}, "404"),
        ({"from": 10**30}, "404"),
        ({"from": -1}, "404"),
        ({"wave": 4711}, "404"),
        ({"wave": 2**63}, "404"),
        ({"group": "x"}, "Unit C"),
        ({"from": "x"}, "Unit A"),
        ({"from": ""}, "Unit A"),
        ({"page": "../../accounts"}, "Unit A"),
    ],
)
def test_what_no_switcher_sends_is_not_there_or_the_plain_page(
    more: dict[str, object], leads_to: str, place: Place
) -> None:
    there = leads_to if leads_to.isdigit() else address(place.second, leads_to)
    assert place.choose("hr_analyst", "Unit A", place.second, place.second, **more) == there


@pytest.mark.parametrize("page", ["results", "answers", "technical"])
def test_every_link_to_another_survey_says_where_the_reader_is(page: str, place: Place) -> None:
    browser = sign_in(place.app.test_client(), place.accounts["hr_analyst"])
    here = place.second.group("Unit A2 + Unit A3").number
    more = "" if page == "results" else f"/{page}"
    text = unescape(browser.get(address(place.second, "Unit A2 + Unit A3", more)).text)
    links = re.findall(r'href="/results\?([^"]+)"', text)

    assert {parse_qs(link)["wave"][0] for link in links} == {
        str(place.first.wave.id),
        str(place.part.wave.id),
    }
    sent = {"group": [str(here)], "from": [str(place.second.wave.id)], "page": [page]}
    assert all(parse_qs(link).items() >= sent.items() for link in links)
    assert browser.get(f"/results?{links[0]}").status_code == 302


def test_a_team_whose_parent_is_not_open_keeps_its_place(place: Place) -> None:
    known = {group.name: group for group in read_groups(place.first.wave)}
    some = [known[name] for name in ("Unit B2 + Unit B3", "Unit A2", "Unit C", "Unit B1")]
    names = [group.name for group in in_tree_order(some)]
    assert names == ["Unit C", "Unit A2", "Unit B1", "Unit B2 + Unit B3"]
    assert in_tree_order([]) == []


@pytest.mark.parametrize("more", ["", "/answers", "/technical"])
def test_with_several_surveys_the_title_names_the_survey(more: str, place: Place) -> None:
    browser = sign_in(place.app.test_client(), place.accounts["hr_analyst"])
    text = unescape(browser.get(address(place.part, "Unit A", more)).text)
    named = f"Unit A, Part A, {place.part.wave.label}"
    assert f"<title>{named} - Pulse</title>" in text
    assert 'switch__value">Part A, ' in text
