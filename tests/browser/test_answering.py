"""Answering: by keyboard, with a slip, by a second try, with and without JavaScript."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from pulse.config import Settings
from pulse.surveys.models import Wave
from tests.browser import council, people_at_work
from tests.browser.looking import colour_of, contrast, look, title
from tests.support.browser import PHONE, LiveServer, OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

QUESTIONS = "[data-screen]"
SUMMARY = ".govuk-error-summary"


@pytest.fixture(scope="module")
def wave(scene: LiveServer) -> Wave:
    """A wave that is open, of a survey never asked before."""
    council.import_staff()
    return council.open_next_wave(council.make_survey(), settings_of(scene))


@pytest.fixture(scope="module")
def links(scene: LiveServer, wave: Wave) -> Iterator[str]:
    """A link that nobody has used yet, each time one is taken."""
    people = [
        council.address(team, number) for team in ("NORTH", "SOUTH", "PARKS") for number in range(2, 15)
    ]
    return iter([f"/a/{council.link_code(wave, one, settings_of(scene))}" for one in people])


def settings_of(server: LiveServer) -> Settings:
    settings: Settings = server.app.config["PULSE"]
    return settings


def open_form(page: "Page", link: str) -> "Page":
    page.goto(link)
    people_at_work.start(page)
    return page


def spoil(page: "Page", question: int) -> None:
    """Give the first answer of a question (0 is the first) a code that no scale has, and choose it."""
    radio = page.locator(QUESTIONS).nth(question).locator("input").first
    radio.evaluate("one => { one.value = '99'; one.checked = true }")


def go_to_the_end(page: "Page") -> None:
    """Press Continue as often as it is there; by script, for 24 real clicks take seconds."""
    page.get_by_role("button", name="Continue").evaluate("one => { while (!one.hidden) one.click() }")
    page.get_by_role("button", name="Send my answers").wait_for()


def test_each_question_is_a_fieldset_with_a_legend_and_nothing_is_chosen(
    phone_without_javascript: "Page", links: Iterator[str]
) -> None:
    page = open_form(phone_without_javascript, next(links))
    count = page.locator(QUESTIONS).count() - page.locator("textarea").count()
    assert count == 26
    assert page.locator(f"{QUESTIONS} > fieldset > legend").count() == count
    assert page.locator("fieldset legend").all_inner_texts() == list(
        dict.fromkeys(page.locator("fieldset legend").all_inner_texts())
    )
    assert page.locator("input:checked").count() == 0
    assert page.locator("fieldset label").count() == page.locator("input[type=radio]").count()


def test_a_text_box_says_what_it_is_for_how_much_it_takes_and_what_wording_may_give_away(
    phone_without_javascript: "Page", links: Iterator[str]
) -> None:
    page = open_form(phone_without_javascript, next(links))
    box = page.get_by_label("What do you care enough about to change?")
    assert box.get_attribute("maxlength") == "1000"
    described = str(box.get_attribute("aria-describedby")).split()
    told = " ".join(page.locator(f"#{one}").inner_text() for one in described)
    assert "Your wording may identify you." in told
    assert "Up to 1,000 characters." in told
    box.fill("More time for each visit.")
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/survey/thanks**")


def test_people_who_lead_are_asked_more(
    phone: "Page", scene: LiveServer, wave: Wave, links: Iterator[str]
) -> None:
    code = council.link_code(wave, council.address("PARKS", 1), settings_of(scene))
    page = open_form(phone, f"/a/{code}")
    assert page.locator(QUESTIONS).count() == 31


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_outline_of_every_answer_can_be_seen(phone: "Page", links: Iterator[str], scheme: str) -> None:
    phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = open_form(phone, next(links))
    label = page.locator(".govuk-radios__label").first
    outline, ground = (
        colour_of(label, "borderTopColor", "::before"),
        colour_of(page.locator("body"), "backgroundColor"),
    )
    assert contrast(outline, ground) >= 3
    look(page)


def test_the_keyboard_alone_gets_through_the_first_questions(page: "Page", links: Iterator[str]) -> None:
    page.goto(next(links))
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    page.wait_for_url("**/survey")
    page.get_by_text("Question 1 of 27").wait_for()
    tab_to(page, "Strongly disagree")
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Disagree", exact=True).locator("visible=true").is_checked()
    page.keyboard.press("Enter")
    page.get_by_text("Question 2 of 27").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    page.get_by_text("Questions 3 and 4 of 27").wait_for()
    assert page.locator("input:checked").count() == 2


def tab_to(page: "Page", label: str) -> None:
    """Press Tab until what has this label, or these words, has the focus."""
    for _ in range(10):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.labels?.[0] || document.activeElement).textContent.trim()"
        )
        if focused == label:
            return
    raise AssertionError(f"ten times Tab does not reach “{label}”")


def test_back_and_forward_go_through_the_questions_and_keep_what_was_chosen(
    phone: "Page", links: Iterator[str]
) -> None:
    page = open_form(phone, next(links))
    page.get_by_text("Agree", exact=True).locator("visible=true").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Question 2 of 27").wait_for()
    page.go_back()
    page.get_by_text("Question 1 of 27").wait_for()
    assert page.get_by_label("Agree", exact=True).locator("visible=true").is_checked()


def test_questions_left_out_are_listed_and_one_press_away(phone: "Page", links: Iterator[str]) -> None:
    page = open_form(phone, next(links))
    page.get_by_text("Agree", exact=True).locator("visible=true").click()
    go_to_the_end(page)
    assert "You have left out 26 of 27 questions" in page.inner_text("form")
    look(page)
    page.locator("[data-survey-missed] button").first.click()
    page.get_by_text("Question 2 of 27").wait_for()
    go_to_the_end(page)
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/survey/thanks**")


def test_sending_nothing_at_all_is_refused_in_one_sentence(phone: "Page", links: Iterator[str]) -> None:
    page = open_form(phone, next(links))
    go_to_the_end(page)
    page.get_by_role("button", name="Send my answers").click()
    page.locator(SUMMARY).wait_for()
    assert page.title().startswith("Error: ")
    assert page.locator(f"{SUMMARY}:focus").count() == 1
    assert page.locator(f"{SUMMARY} li").all_inner_texts() == [
        "Answer at least one question, then send your answers."
    ]
    look(page)


def test_an_answer_outside_the_scale_is_shown_where_it_is_and_the_others_are_kept(
    phone: "Page", links: Iterator[str]
) -> None:
    page = open_form(phone, next(links))
    page.get_by_text("Agree", exact=True).locator("visible=true").click()
    spoil(page, 5)
    go_to_the_end(page)
    page.get_by_role("button", name="Send my answers").click()
    page.locator(f"{SUMMARY}:focus").wait_for()
    assert page.title().startswith("Error: ")
    look(page)
    page.locator(f"{SUMMARY} a").click()
    page.get_by_text("Question 6 of 27").wait_for()
    assert page.locator(".govuk-error-message:visible").count() == 1
    assert page.locator("input:checked").count() == 1
    go_to_the_end(page)
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/survey/thanks**")


def test_without_javascript_the_same_slip_is_told_the_same_way(
    open_page: OpenPage, links: Iterator[str]
) -> None:
    page = open_form(open_page(PHONE, javascript=False), next(links))
    page.get_by_role("radio", name="Agree", exact=True).first.check()
    spoil(page, 5)
    page.get_by_role("button", name="Send my answers").click()
    page.locator(SUMMARY).wait_for()
    assert page.title().startswith("Error: ")
    target = page.locator(f"{SUMMARY} a").get_attribute("href")
    assert target is not None
    assert page.locator(f"input{target}").count() == 1
    assert page.locator("input:checked").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/survey/thanks**")
    assert title(page).startswith("Thank you")
