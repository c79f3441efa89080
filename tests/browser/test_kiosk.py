"""A kiosk in a real browser, on the browser's own clock: it forgets in a minute, and warns in time."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pulse.config import Settings
from pulse.db import db, writing
from pulse.directory.models import Person
from pulse.invitations.codes import make_code
from pulse.invitations.paper import enter_codes
from pulse.surveys.keyring import Keyring
from tests.browser import council
from tests.browser.looking import look, title
from tests.support.browser import LiveServer, OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WARNING = "[data-kiosk-warning]"
TABLET = (1024, 768)


@pytest.fixture(scope="module")
def codes(scene: LiveServer) -> list[str]:
    """On the slips of three people in a wave that is open."""
    settings: Settings = scene.app.config["PULSE"]
    council.import_staff()
    on_paper = [council.address("PARKS", number) for number in (3, 4, 5)]
    with writing():
        people = db.session.scalars(select(Person).where(Person.email.in_(on_paper))).all()
        for person in people:
            person.email = None
        person_ids = [person.id for person in people]
    wave_id = council.open_next_wave(council.make_survey(), settings).id
    token_key = Keyring(settings.key_dir).token_key()
    enter_codes(wave_id, token_key)
    return [make_code(token_key, wave_id, person_id) for person_id in person_ids]


@pytest.fixture
def code(codes: list[str]) -> str:
    """One that is never used up."""
    return codes[0]


@pytest.fixture
def kiosk(open_page: OpenPage) -> "Page":
    page = open_page(TABLET)
    page.clock.install()
    page.goto("/kiosk")
    return page


@pytest.fixture
def plain(open_page: OpenPage) -> "Page":
    """A kiosk whose browser runs no scripts."""
    page = open_page(TABLET, javascript=False)
    page.goto("/kiosk")
    return page


def begin(page: "Page", code: str) -> None:
    """Up to the first question, with the first answer chosen."""
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Start").click()
    page.locator("[data-screen]:visible label").first.click()


def send_too_much(page: "Page") -> None:
    """What the form refuses: it comes back with what was typed, by a request that the browser keeps."""
    page.locator("textarea").evaluate(
        "box => { box.removeAttribute('maxlength'); box.value = 'x'.repeat(5000) }"
    )
    page.get_by_role("button", name="Send my answers").click()
    page.locator(".govuk-error-summary").wait_for()


def seconds_later(page: "Page", seconds: float) -> None:
    """What the page's own timers, which no clock of a test moves, make of it."""
    page.evaluate("at => document.getAnimations().forEach(one => { one.currentTime = at * 1000 })", seconds)


def test_after_a_minute_without_a_touch_nothing_of_the_last_person_is_left(kiosk: "Page", code: str) -> None:
    begin(kiosk, code)
    kiosk.clock.run_for(38_000)
    assert not kiosk.locator(WARNING).is_visible()
    kiosk.clock.run_for(2_000)
    assert "This screen clears itself in 20 seconds" in kiosk.locator(WARNING).inner_text()
    assert "Press any key to stay." in kiosk.get_by_role("status").last.inner_text()
    look(kiosk)

    with kiosk.expect_navigation(url="**/kiosk"):
        kiosk.clock.run_for(20_000)
    assert title(kiosk) == "Type your code"
    assert kiosk.locator("input:checked").count() == 0
    assert kiosk.get_by_label("Your code").input_value() == ""
    assert kiosk.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert {cookie["name"] for cookie in kiosk.context.cookies()} <= {"kiosk", "pulse"}

    seen = []
    for _ in range(2):
        kiosk.go_back()
        seen.append(title(kiosk))
        assert kiosk.locator("input:checked, [data-screen]").count() == 0
    assert seen == ["This code does not open a survey", "Type your code"]


def test_whoever_touches_the_screen_goes_on_and_escape_asks_first(kiosk: "Page", code: str) -> None:
    begin(kiosk, code)
    for _ in range(3):
        kiosk.clock.run_for(45_000)
        kiosk.get_by_role("button", name="I am still here").click()
        assert not kiosk.locator(WARNING).is_visible()
    assert kiosk.locator("input:checked").count() == 1
    kiosk.keyboard.press("Escape")
    assert "Press Escape again" in kiosk.locator(WARNING).inner_text()
    with kiosk.expect_navigation(url="**/kiosk"):
        kiosk.keyboard.press("Escape")
    assert title(kiosk) == "Type your code"


def test_the_thank_you_page_clears_itself_in_15_seconds_and_the_first_page_a_half_typed_code(
    kiosk: "Page",
) -> None:
    kiosk.goto("/survey/thanks")
    look(kiosk)
    with kiosk.expect_navigation(url="**/kiosk"):
        kiosk.clock.run_for(15_000)
    look(kiosk)
    kiosk.get_by_label("Your code").fill("7K3M")
    with kiosk.expect_navigation(url="**/kiosk"):
        kiosk.clock.run_for(60_000)
    assert kiosk.get_by_label("Your code").input_value() == ""


def test_back_from_a_whole_answer_shows_nothing_of_it(plain: "Page", codes: list[str]) -> None:
    begin(plain, codes[1])
    plain.get_by_role("button", name="Send my answers").click()
    assert title(plain) == "Thank you. Your answers are in."
    for expected in ("Open your link again", "This code does not open a survey", "Type your code"):
        plain.go_back()
        assert title(plain) == expected
        assert plain.locator("input:checked, [data-screen]").count() == 0


def send_again(page: "Page") -> None:
    """Reload a form that was sent: the browser shows a page of its own first, which comes when it likes."""
    from playwright.sync_api import Error

    while True:
        try:
            page.reload()
        except Error as error:
            if "Not attached" not in error.message:
                raise
            page.wait_for_timeout(50)
        else:
            return


def test_a_refused_form_of_one_person_is_not_sent_again_with_the_code_of_the_next(
    plain: "Page", codes: list[str]
) -> None:
    begin(plain, codes[0])
    send_too_much(plain)
    plain.goto("/kiosk")
    begin(plain, codes[2])
    protocol = plain.context.new_cdp_session(plain)
    entries = protocol.send("Page.getNavigationHistory")["entries"]
    refused = [entry["id"] for entry in entries if entry["url"].rstrip("?").endswith("/survey")][1]
    with plain.expect_event("framenavigated"):
        protocol.send("Page.navigateToHistoryEntry", {"entryId": refused})
    send_again(plain)
    assert title(plain) == "This page had been open too long"
    assert "Press “Clear this screen”" in plain.locator("main").inner_text()
    assert plain.locator("input:checked, textarea").count() == 0


def test_without_scripts_the_answers_are_covered_a_minute_after_the_last_press(
    plain: "Page", code: str
) -> None:
    cover = plain.get_by_role("link", name="Press here to begin")
    begin(plain, code)
    assert not cover.is_visible()
    seconds_later(plain, 57)
    plain.mouse.click(900, 400)
    assert plain.evaluate("document.getAnimations().map(one => one.currentTime < 30e3)") == [True, True]
    assert plain.locator("input:checked").first.is_visible()

    seconds_later(plain, 58)
    assert not plain.locator("input:checked").first.is_visible()
    assert plain.locator("main").evaluate("main => getComputedStyle(main).visibility") == "hidden"
    cover.click()
    assert title(plain) == "Type your code"


def test_a_clock_that_is_set_back_or_a_sleeping_tablet_keeps_no_answers(kiosk: "Page", code: str) -> None:
    begin(kiosk, code)
    kiosk.evaluate("() => { const at = Date.now(); Date.now = () => at - 3600e3 }")
    with kiosk.expect_navigation(url="**/kiosk"):
        kiosk.clock.run_for(1_000)

    begin(kiosk, code)  # asleep: one clock stood still, and the first touch is what wakes it
    kiosk.evaluate("() => { const at = Date.now(); Date.now = () => at + 61e3 }")
    with kiosk.expect_navigation(url="**/kiosk"):
        kiosk.locator("[data-screen]:visible label").last.dispatch_event("pointerdown")
    assert kiosk.locator("input:checked").count() == 0
    assert title(kiosk) == "Type your code"


def test_a_page_that_the_browser_puts_aside_holds_nothing_any_more(kiosk: "Page", code: str) -> None:
    begin(kiosk, code)
    kiosk.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert kiosk.locator("main *").count() == 0
    with kiosk.expect_navigation(url="**/kiosk"):
        kiosk.evaluate("() => { dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})) }")
