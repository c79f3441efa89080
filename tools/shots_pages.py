"""Which pages have their picture taken, and what a visitor does on the way to each. The list is data."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: what a visitor does once the address is open
Steps = Callable[["Page"], None]

_BAD_ROSTER = (
    "staff number,name,email,unit code\n"
    "S90001,Ada Newcomer,ada.newcomer@brackenmere.example,NO-SUCH-TEAM\n"
    "S90002,Bea Newcomer,bea.newcomer,BT\n"
    "S90003,Cal Newcomer,cal.newcomer@brackenmere.example,BT\n"
    "S90003,Cal Newcomer,cal.newcomer@brackenmere.example,NO-SUCH-TEAM\n"
    ",Dee Newcomer,dee.newcomer@brackenmere.example,BT\n"
)
_GOOD_ROSTER = "staff number,name,email,unit code\nS90001,Ada Newcomer,ada.newcomer@brackenmere.example,BT\n"


@dataclass(frozen=True)
class Shot:
    """One page. `path` may hold {link}, {results}, {part}, {hidden}, {programme} and {wave}.

    `role` signs in first. `dark` takes a second picture in the dark scheme.
    """

    name: str
    path: str
    role: str = ""
    steps: Steps | None = None
    javascript: bool = True
    dark: bool = False


def _begin(page: "Page") -> None:
    page.get_by_role("button", name="Start").click()
    page.wait_for_load_state()


def _begin_and_send_nothing(page: "Page") -> None:
    _begin(page)
    page.get_by_role("button", name="Send my answers").click()


def _answer_and_send(page: "Page") -> None:
    _begin(page)
    for question in page.locator("fieldset").all():
        question.locator("input[type=radio]").nth(3).check()
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/survey/thanks**")


def _choose_first(page: "Page") -> None:
    _begin(page)
    page.locator("input[type=radio]:visible").nth(3).check()


def _go_on(page: "Page") -> None:
    page.get_by_role("button", name="Continue").click()
    page.wait_for_load_state()


def _set_dates(page: "Page") -> None:
    """The first step of the wizard filled in, and the second with its dates shown."""
    page.locator("#name").fill("Staff voice")
    page.locator("#purpose").fill("So that what is strong here can grow.")
    page.locator("#organisation").fill("Example Council")
    page.locator("input[name=question_set]").first.check()
    _go_on(page)
    page.locator("#starts_on").fill("2027-02-01")
    page.locator("#quiet_periods").fill("24 August to 31 August")
    page.get_by_role("button", name="Show the dates").click()
    page.wait_for_load_state()


def _search(page: "Page") -> None:
    page.locator("input[type=search], input[name=q]").first.fill("permission")
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def _open_first_mail(page: "Page") -> None:
    page.locator("main a[href*='/mailbox/']").first.click()
    page.wait_for_load_state()


def _upload(content: str) -> Steps:
    def steps(page: "Page") -> None:
        file = {"name": "roster.csv", "mimeType": "text/csv", "buffer": content.encode()}
        page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()

    return steps


#: in this order: a link is good until its answers are sent
SHOTS = (
    Shot("survey-start", "{link}", dark=True),
    Shot("survey-form", "{link}", steps=_begin, dark=True),
    Shot("survey-form-chosen", "{link}", steps=_choose_first),
    Shot("survey-form-without-javascript", "{link}", steps=_begin, javascript=False),
    Shot("survey-errors", "{link}", steps=_begin_and_send_nothing, javascript=False),
    Shot("survey-thanks", "{link}", steps=_answer_and_send, javascript=False),
    Shot("survey-used-link", "{link}"),
    Shot("survey-no-form", "/survey"),
    Shot("sign-in", "/sign-in"),
    Shot("results", "{results}", role="hr_analyst", dark=True),
    Shot("results-directorate", "{part}", role="hr_analyst"),
    Shot("results-hidden-team", "{hidden}", role="hr_analyst"),
    Shot("results-leader", "/results", role="leader"),
    Shot("results-union-observer", "/results", role="union_observer"),
    Shot("answers", "{results}/answers", role="hr_analyst"),
    Shot("attributes", "{results}/attributes", role="hr_analyst", dark=True),
    Shot("teams", "{results}/teams", role="hr_analyst"),
    Shot("comments", "{results}/comments", role="hr_analyst"),
    Shot("comments-to-read", "/comments", role="hr_analyst"),
    Shot("technical", "{results}/technical", role="hr_analyst"),
    Shot("technical-directorate", "{part}/technical", role="hr_analyst"),
    Shot("surveys", "/programmes/", role="od_editor"),
    Shot("survey-detail", "{programme}", role="od_editor"),
    Shot("survey-edit", "{programme}/edit", role="od_editor"),
    Shot("survey-new", "/programmes/new", role="od_editor"),
    Shot("survey-new-dates", "/programmes/new", role="od_editor", steps=_set_dates),
    Shot("survey-change-check", "{programme}/edit/reach", role="od_editor", steps=_go_on),
    Shot("surveys-burden", "/programmes/burden/", role="administrator"),
    Shot("wave", "{wave}", role="od_editor"),
    Shot("wave-preview", "{wave}/preview", role="od_editor"),
    Shot("questions", "/questions/", role="od_editor"),
    Shot("questions-search", "/questions/", role="od_editor", steps=_search),
    Shot("questions-bank", "/questions/weir_six", role="od_editor"),
    Shot("roster", "/roster/", role="administrator"),
    Shot("roster-bad-rows", "/roster/", role="administrator", steps=_upload(_BAD_ROSTER)),
    Shot("roster-preview", "/roster/", role="administrator", steps=_upload(_GOOD_ROSTER)),
    Shot("actions", "/actions", role="od_editor"),
    Shot("accounts", "/accounts", role="administrator"),
    Shot("account-new", "/accounts/new", role="administrator"),
    Shot("own-account", "/account", role="leader"),
    Shot("mailbox", "/mailbox"),
    Shot("mailbox-letter", "/mailbox", steps=_open_first_mail),
    Shot("method", "/method"),
    Shot("privacy", "/privacy"),
    Shot("cookies", "/cookies"),
    Shot("accessibility", "/accessibility"),
    Shot("not-found", "/no-such-page"),
)


def first_path(pattern: str, addresses: list[str]) -> str:
    """The first address that matches whole; raises LookupError when none does."""
    found = next((address for address in addresses if re.fullmatch(pattern, address)), None)
    if found is None:
        raise LookupError(f"no link on the page matches {pattern}")
    return found


def fill_in(path: str, places: dict[str, str]) -> str:
    """The address of a shot; raises KeyError for a place that is not known."""
    return path.format_map(places)
