"""Bad input by browser: one clear sentence each, on a page as good as any other, and nothing changed."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from pulse.config import Settings
from pulse.db import db
from pulse.directory.models import Person
from pulse.invitations.codes import make_token
from pulse.surveys.models import Wave
from pulse.web.access import Role
from tests.browser import council, people_at_work
from tests.browser.conftest import SignIn
from tests.browser.looking import look, title
from tests.support.browser import LiveServer, OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

USED, FOREIGN = council.address("NORTH", 2), council.address("NORTH", 3)


@pytest.fixture(scope="module")
def wave(scene: LiveServer) -> Wave:
    """An open wave in which one person has answered."""
    council.import_staff()
    settings: Settings = scene.app.config["PULSE"]
    wave = council.open_next_wave(council.make_survey(), settings)
    council.answer_all(wave, settings)
    return wave


def code(kind: str, server: LiveServer, wave: Wave) -> str:
    settings: Settings = server.app.config["PULSE"]
    own = council.link_code(wave, USED, settings)
    return {
        "used": own,
        "foreign": make_token(b"the key of some other installation", wave.id, 2),
        "cut off": own[:-3],
        "with a full stop": f"{own}.",
        "shouted": own.upper(),
    }[kind]


@pytest.mark.parametrize(
    ("kind", "status", "heading"),
    [
        ("used", 200, "Your answers are in"),
        ("foreign", 404, "This link does not open a survey"),
        ("cut off", 404, "This link does not open a survey"),
        ("with a full stop", 404, "This link does not open a survey"),
        ("shouted", 404, "This link does not open a survey"),
    ],
)
def test_a_link_that_opens_no_form_says_so(
    phone: "Page", live_server: LiveServer, wave: Wave, kind: str, status: int, heading: str
) -> None:
    response = phone.goto(f"/a/{code(kind, live_server, wave)}")
    assert response is not None
    assert (response.status, title(phone)) == (status, heading)
    assert phone.locator("form").count() == 0
    if kind in ("used", "foreign"):
        look(phone)


@pytest.mark.parametrize("path", ["/survey", "/sign-in", "/a/{}"])
def test_a_form_without_its_token_is_refused(
    page: "Page", live_server: LiveServer, wave: Wave, path: str
) -> None:
    unused = council.link_code(wave, council.address("NORTH", 14), live_server.app.config["PULSE"])
    page.goto(f"/a/{unused}")
    response = page.request.post(path.format(unused), form={"PTA-01": "4"})
    assert response.status == 400
    assert "Go back, reload it and send it again." in response.text()
    page.reload()
    assert page.get_by_role("button", name="Start").count() == 1


MISSING = b"staff number,name,unit code\n1,Ann Able,N\n"
LOOP = council.roster(",,,COUNCIL,Council,ADULTS,,")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Choose the roster file."),
        (MISSING, "email"),
        ("staff number,name\n1,Zoë".encode("utf-16"), "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "CSV"),
        (LOOP, "COUNCIL"),
    ],
    ids=["none", "missing-column", "utf-16", "picture", "loop"],
)
def test_a_wrong_roster_says_what_to_put_right_and_changes_nothing(
    sign_in: SignIn, wave: Wave, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    page = sign_in(Role.ADMINISTRATOR)
    file = tmp_path / "roster.csv"
    if content is None:
        page.goto("/roster/")
        page.get_by_role("button", name="Preview the changes").click()
    else:
        file.write_bytes(content)
        people_at_work.upload_roster(page, file)
    page.wait_for_load_state()
    assert page.title().startswith("Error: ")
    assert sentence in page.inner_text("main")
    assert page.get_by_role("button", name="Apply these changes").count() == 0
    assert db.session.scalar(select(func.count()).select_from(Person)) == council.HEADCOUNT
    if content in (MISSING, LOOP):
        look(page)


def test_a_wrong_password_says_one_thing_only(page: "Page") -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("guess after guess")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".govuk-error-summary:focus-within, .govuk-error-summary:focus").wait_for()
    assert page.title().startswith("Error: ")
    look(page)


def test_a_survey_form_with_nothing_in_it_names_every_field(sign_in: SignIn, wave: Wave) -> None:
    page = sign_in(Role.OD_EDITOR)
    page.goto("/programmes/new")
    page.get_by_role("button", name="Continue").click()
    page.locator(".govuk-error-summary:focus").wait_for()
    assert page.title().startswith("Error: ")
    for link in page.locator(".govuk-error-summary a").all():
        assert page.locator(link.get_attribute("href") or "").count() == 1
    assert page.locator(".govuk-error-message").count() == page.locator(".govuk-error-summary a").count() == 4
    look(page)


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/roster/", "This page is not open to you"), ("/no/such/page", "There is no such page")],
)
def test_an_error_page_says_what_to_do(sign_in: SignIn, path: str, heading: str) -> None:
    page = sign_in(Role.UNION_OBSERVER)
    page.goto(path)
    assert title(page) == heading
    look(page)


def test_what_needs_an_account_leads_to_the_sign_in_page_and_back(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")
    assert title(page) == "Sign in"
    look(page)
