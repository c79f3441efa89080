"""The results page of staff: the leaders' figures at the leaders' moment, and nothing that leads to a few."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask

from pulse.dashboards import staff_words
from pulse.dashboards.words import shown
from pulse.dashboards.words_seen import interval, spoken
from pulse.db import db, writing
from pulse.results.models import Group
from pulse.results.released import Unsafe
from pulse.surveys.models import Wave
from tests.dashboards.stored_survey import SAID, TEAMS, K, Survey, release, store_survey
from tests.support.reading_age import grade
from tests.web.test_service import plain_text


@pytest.fixture(scope="module")
def place(shared_app: Flask) -> Survey:
    return store_survey(shared_app)


def words_of(page: str) -> str:
    """What stands on a page, without its pictures' own words."""
    body = re.sub(r"<(svg|script|style)\b.*?</\1>", " ", page[page.index("<h1") :], flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def both(place: Survey) -> tuple[str, str]:
    """The staff's page of wave 2 and the leaders'."""
    leaders = place.browser("leader of Parks").get(f"/results/{place.waves[2]}/0")
    return words_of(place.visit("/2")), words_of(leaders.text)


def test_every_headline_figure_is_the_one_on_the_leaders_page(place: Survey) -> None:
    staff, leaders = both(place)
    for measure in ("PTA", "AMB", "TAA"):
        figure = place.result().trend_figure(measure)
        assert figure is not None
        said = f"{shown(figure.value)} of 100, {spoken(figure)}"
        assert said in staff
        assert said in leaders
    for label, figure in place.result().dimensions():
        row = f"{label} {shown(figure.value)} {interval(figure)}"
        assert row in staff
        assert row in leaders


def test_whether_something_changed_is_said_as_on_the_leaders_page(place: Survey) -> None:
    staff, leaders = both(place)
    for measure in ("PTA", "AMB", "TAA"):
        figure = place.result().trend_figure(measure)
        assert figure is not None
        assert staff_words.change(figure) in staff
        assert "No change beyond noise" in leaders
        assert figure.flagged == ("more than chance" in staff_words.change(figure))


def test_the_order_is_what_was_done_what_is_strong_the_scores_and_who_answered(place: Survey) -> None:
    page = place.visit()
    heads = [unescape(head) for head in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]
    assert heads[:2] == ["You said, we did", "What is strong here"]
    assert heads[2:5] == ["Permission to act", "Mixed feelings", "Treated as assets"]
    assert heads[-3:] == ["Who answered", "How your answers stay safe", "Other surveys"]
    assert SAID in page
    assert "say that something has changed because of an earlier survey" in page
    assert page.count("<svg") >= 4


def test_no_team_no_attribute_and_no_script_is_on_it(place: Survey) -> None:
    for more in ("", "/1", "/2", "/3"):
        page = place.visit(more)
        assert "<script" not in page
        assert [team for team in (*TEAMS, "Everything") if team in page] == []
        assert not re.search(r"\b9[0-9]\b", page.partition("<svg")[0])  # the teams' scores
        assert 'href="/results' not in page
        assert "no-store" in place.app.test_client().get(place.link).headers["Cache-Control"]


def test_it_is_a_light_page(place: Survey) -> None:
    assert (
        len(place.visit().encode()) < 45_000
    )  # with the stylesheets below 60 KB even uncompressed by a proxy


def test_it_reads_like_a_text_for_twelve_year_olds(place: Survey) -> None:
    page = re.sub(r"<(svg|table)\b.*?</\1>", " ", place.visit(), flags=re.DOTALL)
    story = plain_text(page[page.index("<h1") : page.index('id="older"')])
    assert len(story.split()) > 150
    assert grade(story) <= 6


def test_an_older_survey_keeps_its_address_and_the_newest_has_the_short_one(place: Survey) -> None:
    assert "Wave 2: results" in place.visit()
    older = place.visit("/1")
    assert "Wave 1: results" in older
    assert f'href="{place.link}/2"' in older
    assert place.visit("/2") == place.visit()


@pytest.mark.parametrize("link", ["/r/nothing", "/r/AAAAAAAAAAAAAAAAAAAAAA", "/r/AAAAAAAAAAAAAAAAAAAAAA/1"])
def test_an_unknown_key_leads_nowhere(link: str, place: Survey) -> None:
    assert place.app.test_client().get(link).status_code == 404


def test_a_number_that_the_survey_never_had_leads_nowhere(place: Survey) -> None:
    place.visit("/99", 404)


def test_before_a_release_neither_page_has_a_number_and_after_it_both_have(place: Survey) -> None:
    leader = place.browser("leader of Parks")
    address = f"/results/{place.waves[3]}/0"
    before = words_of(place.visit("/3"))
    assert "results are not out yet" in before
    assert not re.search(r"\d+ of 100, |people answered", before)
    assert "Wave 2. 123 of 164 people answered" in words_of(place.visit())
    assert leader.get(address).status_code == 404

    release(place, 3)
    after = words_of(place.visit("/3"))
    assert "not out yet" not in after
    assert leader.get(address).status_code == 200
    figure = place.result(3).trend_figure("PTA")
    assert figure is not None
    assert f"{shown(figure.value)} of 100" in after
    assert place.visit() == place.visit("/3")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("planned", "It is planned for"),
        ("open", "It is open until"),
        ("closing", "It has closed. The results are not out yet."),
        ("held", "The results are not out yet."),
        ("cancelled", "There are no results of it."),
    ],
)
def test_where_a_survey_stands_is_said_and_never_more_than_is_sure(state: str, said: str) -> None:
    opened = datetime(2026, 10, 5, 8, tzinfo=UTC)
    values: dict[str, Any] = {
        "label": "Autumn",
        "opens_at": opened,
        "closes_at": opened + timedelta(days=14),
        "k": 10,
    }
    wave = Wave(programme_id=1, number=1, state=state, **values)
    assert said in staff_words.coming(wave, opened + timedelta(days=3))
    if state == "open":
        assert "has closed" in staff_words.coming(wave, opened + timedelta(days=15))


def test_where_too_few_answered_the_page_says_so_and_shows_nothing(place: Survey) -> None:
    few = store_survey(place.app, "Too few", groups=False)
    page = few.visit()
    assert "Too few answered to show a result" in page
    assert f"Fewer than {K} people answered" in page
    assert "<svg" not in page
    assert not re.search(r"\d+ of 100|people answered \(", page)


def test_a_survey_of_one_part_alone_is_read_by_its_people_too(place: Survey) -> None:
    part = store_survey(place.app, "One part", audience="Everything")
    figure = part.result().trend_figure("PTA")
    assert figure is not None
    assert f"{shown(figure.value)} of 100, {spoken(figure)}" in words_of(part.visit())
    outside = part.browser("leader of Parks").get(f"/results/{part.waves[2]}/0")
    assert outside.status_code == 404  # the leaders' page keeps to its own rule


def test_a_release_that_breaks_a_rule_shows_nothing(place: Survey) -> None:
    unsafe = store_survey(place.app, "Unsafe")
    parks = unsafe.result(2, 1).group.id
    with writing():
        db.session.get_one(Group, parks).n = K - 1
    with pytest.raises(Unsafe):
        place.app.test_client().get(unsafe.link)


def test_the_link_is_shown_to_those_who_run_the_survey(place: Survey) -> None:
    browser = place.browser("od_editor")
    link = f"{place.app.config['PULSE'].base_url}{place.link}"
    assert link in browser.get(f"/programmes/{place.programme.id}").text
    assert link in browser.get(f"/results/{place.waves[2]}/0").text
