"""Every page of signed-in people, with something on it: what each role reads, and that it can be read."""

import re
from typing import TYPE_CHECKING

import pytest

from pulse.config import Settings
from pulse.results import queries as results
from pulse.surveys import queries
from pulse.surveys.models import Wave
from pulse.web.access import Role
from tests.browser import council
from tests.browser.conftest import SignIn
from tests.browser.looking import draw_all, look
from tests.support.browser import PHONE, LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

#: a card, and the small charts of teams, have one table for all they show
_WITHOUT_TABLE = """all => all
    .filter(one => !(one.closest('.card, section') || one).querySelector('table'))
    .map(one => one.id)"""


@pytest.fixture(scope="module")
def wave(scene: LiveServer) -> Wave:
    """The third wave, released, with a promise as after each wave; a fourth is open."""
    settings: Settings = scene.app.config["PULSE"]
    council.import_staff()
    survey = council.make_survey(attributes=("length_of_service",))
    for seed in (1, 2):
        council.promise(council.run_wave(survey, settings, seed))
    third = council.run_wave(survey, settings, seed=3)
    council.promise(third)
    council.open_next_wave(survey, settings)
    return third


def visit(page: "Page", *paths: str) -> None:
    for path in paths:
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, path
        look(page)


def test_administrators_pages(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.ADMINISTRATOR)
    visit(page, "/roster/?unit=2", "/accounts", "/accounts/new", "/accounts/1", "/account")
    page.goto("/accounts/1")
    page.get_by_role("button", name="Make a one-time password").click()
    page.locator("code").wait_for()
    look(page)


def test_editors_pages(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.OD_EDITOR)
    visit(page, "/programmes/", "/programmes/1", "/programmes/1/edit", f"/programmes/waves/{wave.id}")
    visit(page, f"/programmes/waves/{wave.id + 1}/preview")
    assert page.locator("form").count() == 0
    visit(page, "/questions/", "/questions/?q=time")
    page.goto("/questions/")
    page.locator("main li a").first.click()
    page.get_by_role("link", name="Back to questions").wait_for()
    look(page)


def test_pages_of_actions(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.HR_ANALYST)
    visit(page, "/actions", "/actions/1/edit", "/actions/programmes/1/add")
    page.get_by_role("button", name="Add action").click()
    page.locator(".govuk-error-summary:focus").wait_for()
    assert page.title().startswith("Error: ")
    look(page)


def test_comments_are_read_shown_and_withheld_and_then_read_with_the_results(
    sign_in: SignIn, wave: Wave
) -> None:
    page = sign_in(Role.HR_ANALYST)
    page.get_by_role("link", name="Comments to read").click()
    look(page)
    page.locator("main tbody a").first.click()
    look(page)
    assert "Ask me on [phone number]" in page.locator(".said").first.inner_text()
    page.get_by_role("button", name="Withhold comment 1", exact=True).click()
    page.get_by_text("The comment is withheld.").wait_for()
    page.get_by_role("button", name=re.compile("^Show these")).click()
    page.get_by_text("comments are shown.").wait_for()
    look(page)
    page.get_by_role("link", name="Withheld (1)").click()
    assert page.locator(".said").count() == 1
    look(page)
    page.goto(f"/results/{wave.id}/0")
    page.get_by_role("link", name="Comments", exact=True).click()
    page.wait_for_url("**/comments")
    look(page)
    assert page.locator("blockquote").count() + page.locator("main li a").count() > 0


def test_pages_that_anybody_may_read(page: "Page", scene: LiveServer, wave: Wave) -> None:
    visit(page, "/method", "/privacy", "/accessibility", "/cookies", "/mailbox")
    following = queries.get_wave(wave.id + 1)
    visit(page, f"/a/{council.link_code(following, council.address('PARKS', 2), scene.app.config['PULSE'])}")
    assert "Every team has half a day a month" in page.inner_text("section[aria-labelledby=did]")


def test_every_chart_is_drawn_and_has_its_numbers_as_a_table(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.HR_ANALYST)
    page.goto(f"/results/{wave.id}/0")
    assert draw_all(page) >= 7
    assert page.locator("figure[data-chart]").evaluate_all(_WITHOUT_TABLE) == []
    assert page.locator(".card .card__change").count() == 3
    assert "n = 56" in page.inner_text("main")
    look(page)


def test_results_in_the_dark_and_question_by_question(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.HR_ANALYST)
    page.emulate_media(color_scheme="dark")
    page.goto(f"/results/{wave.id}/0")
    draw_all(page)
    look(page)
    page.get_by_role("link", name="Answers", exact=True).click()
    page.wait_for_url("**/answers")
    assert draw_all(page) == 1
    look(page)


def test_kinds_of_people_side_by_side(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.HR_ANALYST, size=PHONE)
    page.goto(f"/results/{wave.id}/0")
    page.get_by_role("link", name="Different people", exact=True).click()
    page.wait_for_url("**/attributes")
    look(page)
    shown = page.locator("section#by-length_of_service")
    assert shown.locator("svg circle").count() == shown.locator("tbody tr").count() == 6
    page.goto(f"/results/{wave.id}/{number_of(wave, 'Places')}/attributes")
    assert shown.locator("svg circle").count() == 0
    shown.locator("details summary").first.click()
    assert "Hidden to protect people" in shown.locator("details[open]").first.inner_text()
    look(page)


def test_the_page_behind_the_numbers_links_each_table_to_its_method(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.HR_ANALYST)
    page.goto(f"/results/{wave.id}/0")
    page.get_by_role("link", name="Behind the numbers", exact=True).click()
    page.wait_for_url("**/technical")
    look(page)
    links = page.locator("main a[href*='/method#']")
    assert links.count() == page.locator("main table").count() > 0
    anchor = str(links.first.get_attribute("href")).partition("#")[2]
    links.first.click()
    page.wait_for_url(f"**/method#{anchor}")
    assert page.locator(f"#{anchor}").is_visible()


def test_results_can_be_read_without_javascript(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.HR_ANALYST, size=PHONE, javascript=False)
    page.goto(f"/results/{wave.id}/0")
    twins = page.locator("details", has_text="As a table")
    assert twins.count() >= 5
    for twin in twins.all():
        twin.locator("summary").first.click()
        assert twin.locator("table").is_visible()
        assert twin.locator("tbody tr").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.locator("summary", has_text="Change the team").click()
    page.get_by_label("Find a team by its name").fill("plac")
    page.get_by_role("button", name="Find").click()
    page.get_by_text("1 team found.").wait_for()
    page.get_by_role("link", name="Places", exact=True).click()
    page.locator("[aria-current=location]", has_text="Places").wait_for()


def test_another_team_is_found_with_the_keyboard_alone(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.HR_ANALYST)
    page.goto(f"/results/{wave.id}/0/technical")
    switcher = page.locator("details.switch").first
    switcher.locator("summary").first.focus()
    page.keyboard.press("Enter")
    switcher.get_by_text("Wardens", exact=True).wait_for(state="attached")  # the whole tree has come
    look(page)
    page.keyboard.press("Tab")
    page.keyboard.type("ward")
    page.get_by_text("2 teams found.").wait_for()  # those shown together, and why they are not alone
    assert switcher.get_by_text("Wardens", exact=True).is_visible()
    assert switcher.get_by_role("link", name="Adult services").count() == 0
    look(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Places"
    page.keyboard.press("Escape")
    assert switcher.get_attribute("open") is None
    page.keyboard.press("Enter")
    switcher.get_by_role("link", name="Places", exact=True).press("Enter")
    page.wait_for_url(f"**/{number_of(wave, 'Places')}/technical")


def test_a_table_wider_than_a_phone_says_so_and_keeps_the_names_of_its_rows(
    sign_in: SignIn, wave: Wave
) -> None:
    page = sign_in(Role.HR_ANALYST, size=PHONE)
    page.goto(f"/results/{wave.id}/0/technical")
    box = page.locator(".table-box--wide[aria-describedby]").first
    box.wait_for()
    assert page.locator(f"#{box.get_attribute('aria-describedby')}").inner_text().startswith("Wider than")
    box.focus()
    name, before = box.locator("[scope=row]").first, box.locator("td").first.bounding_box()
    left = name.bounding_box()
    box.evaluate("one => { one.scrollLeft = 80 }")
    after = box.locator("td").first.bounding_box()
    assert left == name.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] < before["x"] - 20
    page.set_viewport_size({"width": 2400, "height": 900})
    page.locator(".table-box--wide, .table-box[tabindex]").first.wait_for(state="detached")


def number_of(wave: Wave, name: str) -> int:
    groups = results.list_groups(results.get_release(wave.id).id)
    return next(group.number for group in groups if group.name == name)


def test_small_teams_are_named_and_their_place_says_why_nothing_is_shown(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.OD_EDITOR)
    page.goto(f"/results/{wave.id}/{number_of(wave, 'Places')}")
    page.locator("summary", has_text="Teams shown only together").click()
    told = page.locator(".govuk-details[open] li").all_inner_texts()
    assert [line.partition(":")[0] for line in told] == ["Street cleaning", "Wardens"]
    assert all("fewer than 10" in line for line in told)
    draw_all(page)
    look(page)


def test_a_leader_cannot_open_a_part_that_is_not_theirs(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.LEADER, unit_id=2)  # Adult services
    for name, status in (("Adult services", 200), ("Brook Valley Council", 200), ("Places", 404)):
        response = page.goto(f"/results/{wave.id}/{number_of(wave, name)}")
        assert response is not None
        assert response.status == status, name
