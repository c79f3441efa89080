"""The results page of staff on a phone: without JavaScript, light and dark, large enough to read."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.looking import look
from tests.dashboards.stored_survey import Survey, store_survey
from tests.support.browser import PHONE, LiveServer, OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

#: the height of each text of a picture as it is on the screen, in pixels
_TEXTS = """all => all.map(one => [one.textContent,
    parseFloat(one.getAttribute('font-size')) * one.ownerSVGElement.getScreenCTM().a])"""


@pytest.fixture(scope="module")
def survey(scene: LiveServer) -> Survey:
    return store_survey(scene.app)


def test_the_page_is_whole_without_javascript(phone_without_javascript: "Page", survey: Survey) -> None:
    page = phone_without_javascript
    page.goto(survey.link)
    assert page.locator("svg").count() == 4
    assert page.locator(".staff-card").count() == 3
    page.locator("details summary").first.click()
    assert page.locator("table").first.is_visible()
    page.goto(f"{survey.link}/3")
    assert "results are not out yet" in page.locator("h1").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_everybody(scheme: str, open_page: OpenPage, survey: Survey) -> None:
    page = open_page(PHONE)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(survey.link)
    look(page)
    sizes = page.locator("svg text").evaluate_all(_TEXTS)
    assert len(sizes) > 20
    assert [text for text, size in sizes if size < 14] == []
    page.goto(f"{survey.link}/3")
    look(page)
