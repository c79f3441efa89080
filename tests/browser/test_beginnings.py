"""The pages of an installation on its first day: nothing is there yet, and each says what comes next."""

import pytest

from pulse.web.access import Role
from tests.browser.conftest import SignIn
from tests.browser.looking import look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("role", "path", "sentence"),
    [
        (Role.ADMINISTRATOR, "/roster/", "Nobody is in the roster yet. Upload a file to begin."),
        (Role.OD_EDITOR, "/programmes/", "No survey is set up yet."),
        (Role.HR_ANALYST, "/results", "No results yet"),
        (Role.UNION_OBSERVER, "/actions", "There is no survey yet."),
    ],
)
def test_an_empty_page_says_what_comes_next(sign_in: SignIn, role: Role, path: str, sentence: str) -> None:
    page = sign_in(role)
    page.goto(path)
    assert sentence in page.inner_text("main")
    look(page)


def test_a_one_time_password_opens_nothing_but_its_own_change(sign_in: SignIn) -> None:
    page = sign_in(Role.HR_ANALYST, password_is_temporary=True)
    page.goto("/results")
    assert page.locator("h1").inner_text() == "Your password"
    assert "Choose your own to go on." in page.inner_text("main")
    look(page)
