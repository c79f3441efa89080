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
def code(scene: LiveServer) -> str:
    """On the slip of somebody in a wave that is open."""
    settings: Settings = scene.app.config["PULSE"]
    council.import_staff()
    with writing():
        person = db.session.scalars(select(Person).where(Person.email == council.address("PARKS", 3))).one()
        person.email = None
        person_id = person.id
    wave_id = council.open_next_wave(council.make_survey(), settings).id
    token_key = Keyring(settings.key_dir).token_key()
    enter_codes(wave_id, token_key)
    return make_code(token_key, wave_id, person_id)


@pytest.fixture
def kiosk(open_page: OpenPage) -> "Page":
    page = open_page(TABLET)
    page.clock.install()
    page.goto("/kiosk")
    return page


def begin(page: "Page", code: str) -> None:
    """Up to the first question, with the first answer chosen."""
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Start").click()
    page.locator("[data-screen]:visible label").first.click()


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
