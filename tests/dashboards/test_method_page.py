"""The method page, for everybody; and the way to it from every chart and headline."""

import re
from html import unescape
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.dashboards.method_reading import list_chapters
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.results.factories import (
    Released,
    Voter,
    at_random,
    make_council,
    make_quarterly,
    make_released_waves,
    make_site,
)

PUBLIC_PAGES = ("/privacy", "/cookies", "/accessibility", "/sign-in", "/survey", "/method")


def anchors(page: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', page))


def method_links(page: str) -> list[str]:
    return re.findall(r'href="/method#([^"]+)"', page)


def test_anybody_reads_how_every_number_is_worked_out(client: FlaskClient) -> None:
    answer = client.get("/method")
    page = unescape(answer.text)

    assert answer.status_code == 200
    for subject in (subject for chapter in list_chapters() for subject in chapter.subjects):
        section = page.partition(f'<section id="{subject.name}"')[2].partition("</section>")[0]
        assert subject.title in section
        assert subject.cannot_say in section.partition("What it cannot say")[2]
        assert subject.source in section.partition("Where it comes from")[2]
        assert all(f"<code>{line}</code>" in section for line in subject.formula)


def test_every_link_within_the_page_leads_somewhere(client: FlaskClient) -> None:
    page = client.get("/method").text
    wanted = set(re.findall(r'href="#([^"]+)"', page))
    assert len(wanted) > 20
    assert wanted <= anchors(page)


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_the_foot_of_every_page_leads_to_it(address: str, client: FlaskClient) -> None:
    assert '<a href="/method">How we measure</a>' in client.get(address).text


class Walk(NamedTuple):
    """Every results page that an analyst may open of a second wave, and the anchors of the method page."""

    pages: dict[str, str]
    anchors: set[str]


@pytest.fixture(scope="module")
def walk(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    site = make_site(tmp_path_factory.mktemp("method"))
    waves = make_released_waves(site, make_council(), make_quarterly(ask_leaders=True), 2, answers=shyly)
    browser = sign_in(shared_app.test_client(), make_account(Role.HR_ANALYST))
    pages = {address: browser.get(address).text for address in addresses(waves[1])}
    return Walk(pages, anchors(browser.get("/method").text))


def shyly(voter: Voter, item: dict[str, Any]) -> str:
    """Few of one team say what they hope, so that its mixed feelings are hidden."""
    shy = item["id"] == "AMB-P1" and voter.unit == "A2" and voter.number > 2
    return "-" if shy else at_random(voter, item)


def addresses(found: Released) -> list[str]:
    start = f"/results/{found.wave.id}"
    return [
        f"{start}/{group.number}{more}" for group in found.groups for more in ("", "/answers", "/technical")
    ]


def drawn(page: str) -> list[str]:
    """Every card and every chart outside a card."""
    cards = re.findall(r'<section class="card".*?</section>', page, re.DOTALL)
    rest = re.sub(r'<section class="card".*?</section>', "", page, flags=re.DOTALL)
    return cards + re.findall(r'<figure class="chart.*?</figure>', rest, re.DOTALL)


def test_every_chart_and_headline_links_to_the_section_that_explains_it(walk: Walk) -> None:
    seen = 0
    for address, page in walk.pages.items():
        for one in drawn(page):
            (anchor,) = method_links(one)
            assert anchor in walk.anchors, address
            assert "How this is worked out" in one or "hidden to protect people" in one
            seen += 1
    assert seen > 40


def test_every_table_behind_the_numbers_and_that_of_the_teams_has_such_a_link(walk: Walk) -> None:
    for address, page in walk.pages.items():
        assert set(method_links(page)) <= walk.anchors, address
        if address.endswith("/technical"):
            blocks = re.findall(r'<section id=".*?</section>', page, re.DOTALL)
            assert len(blocks) == page.count('<table class="govuk-table"')
            assert all(method_links(block) for block in blocks)
    whole = next(page for page in walk.pages.values() if 'id="teams"' in page)
    assert {"funnel", "response"} <= set(method_links(whole))


def test_what_is_hidden_says_why_one_click_away(walk: Walk) -> None:
    hidden = [one for page in walk.pages.values() for one in drawn(page) if "hidden-cell--" in one]
    assert hidden
    assert all(method_links(one) == ["hidden"] for one in hidden)
