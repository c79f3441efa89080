"""The whole story on the real application: from a staff list to results that the right people read.

Released waves and results are looked at by `test_reading`; here they are only read.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pulse.db import db
from pulse.directory.models import Unit
from pulse.invitations.standing import Standing, find_entry, standing_of
from pulse.surveys import queries
from pulse.web.access import Role
from tests.browser import council, people_at_work
from tests.browser.conftest import SignIn
from tests.browser.looking import draw_all, look, title
from tests.support.browser import PHONE, LiveServer, OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ON_THE_PHONE = council.address("NORTH", 2)
WITHOUT_SCRIPTS = council.address("PARKS", 3)
TOO_LATE = council.address("PARKS", 14)


def test_a_survey_from_the_staff_list_to_the_results(
    live_server: LiveServer, open_page: OpenPage, sign_in: SignIn, tmp_path: Path
) -> None:
    the_administrator_imports_the_staff(sign_in(Role.ADMINISTRATOR), tmp_path)
    editor = sign_in(Role.OD_EDITOR)
    the_editor_opens_a_survey(editor, live_server)
    one_answers_on_a_phone(open_page(PHONE))
    link = people_at_work.link_in_mail(live_server, WITHOUT_SCRIPTS)
    one_answers_without_scripts(open_page(PHONE, javascript=False), link)
    assert standing_of(find_entry(link.rpartition("/")[2])) is Standing.SPENT
    wave = queries.get_wave(1)
    settings = live_server.app.config["PULSE"]
    council.answer_all(wave, settings, but=(ON_THE_PHONE, WITHOUT_SCRIPTS))
    late = people_at_work.link_in_mail(live_server, TOO_LATE)
    the_editor_closes_it(editor, live_server)
    one_comes_too_late(open_page(PHONE), late)
    hr_reads_everything(sign_in(Role.HR_ANALYST))
    a_leader_reads_their_own_part(sign_in(Role.LEADER, unit_id=unit_id("ADULTS")))
    the_union_reads_the_whole_and_no_part(sign_in(Role.UNION_OBSERVER))


def unit_id(code: str) -> int:
    return db.session.scalars(select(Unit.id).where(Unit.code == code)).one()


def the_administrator_imports_the_staff(page: "Page", folder: Path) -> None:
    file = folder / "roster.csv"
    file.write_bytes(council.roster())
    people_at_work.upload_roster(page, file)
    assert title(page) == "What this file would change"
    look(page)
    page.get_by_role("button", name="Apply these changes").click()
    page.get_by_text(f"{council.HEADCOUNT} people.").wait_for()
    look(page)


def the_editor_opens_a_survey(page: "Page", server: LiveServer) -> None:
    people_at_work.set_up_survey(page)
    people_at_work.go_to_wave(page)
    look(page)
    people_at_work.press_open_now(page)
    people_at_work.let_the_worker_run(server)
    page.reload()
    page.get_by_text("Open", exact=True).wait_for()
    look(page)


def one_answers_on_a_phone(page: "Page") -> None:
    people_at_work.follow_mail(page, ON_THE_PHONE)
    look(page)
    people_at_work.start(page)
    look(page)
    people_at_work.answer_by_number_keys(page)
    look(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.get_by_role("button", name="Send my answers").dblclick()
    page.wait_for_url("**/survey/thanks**")
    assert sent == ["POST"]
    look(page)
    page.go_back()
    assert page.locator("input[type=radio]").count() == 0
    assert "they are in" in page.inner_text("main")
    look(page)


def one_answers_without_scripts(page: "Page", link: str) -> None:
    page.goto(link)
    people_at_work.start(page)
    asked = people_at_work.answer_by_touch(page)
    assert page.locator("input:checked").count() == asked
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/survey/thanks**")
    assert "Your answers are in" in title(page)
    page.goto(link)
    assert title(page) == "Your answers are in"


def the_editor_closes_it(page: "Page", server: LiveServer) -> None:
    page.reload()
    assert "Fewer than " in page.inner_text("main")  # once a day, at first before anybody answers
    people_at_work.press_close_now(page)
    people_at_work.let_the_worker_run(server)
    page.reload()
    page.get_by_text("Results are out", exact=True).wait_for()


def one_comes_too_late(page: "Page", link: str) -> None:
    response = page.goto(link)
    assert response is not None
    assert response.status == 404
    assert "The survey may have closed" in page.inner_text("main")


def hr_reads_everything(page: "Page") -> None:
    for card in ("Permission to act", "Mixed feelings", "Treated as assets"):
        assert page.locator(".card", has_text=card).locator(".card__number").inner_text().isdigit()
    assert draw_all(page) >= 4
    page.locator("summary", has_text="Change the team").click()
    page.get_by_label("Find a team by its name").fill("reablement n")
    page.get_by_text("2 teams found.").wait_for()
    page.get_by_label("Find a team by its name").fill("")
    page.locator(".teams").get_by_role("link", name="Places", exact=True).click()
    page.wait_for_load_state()
    page.locator("summary", has_text="Teams shown only together with others").click()
    together = page.locator(".govuk-details[open]").inner_text()
    assert "Wardens: " in together
    assert "Street cleaning" in together


def a_leader_reads_their_own_part(page: "Page") -> None:
    groups = page.locator(".switch .teams a").all_text_contents()
    assert {"Brook Valley Council", "Adult services", "Reablement south"} <= set(groups)
    assert not {"Places", "Parks"} & set(groups)
    assert page.locator(".teams a[aria-current]").text_content() == "Adult services"
    assert "Shared lives" in page.inner_text("main")


def the_union_reads_the_whole_and_no_part(page: "Page") -> None:
    assert page.locator(".switch__value").first.inner_text() == "Brook Valley Council"
    assert page.locator(".teams").count() == 0
    response = page.goto("/results/1/1")
    assert response is not None
    assert response.status == 404
    page.goto("/programmes/waves/1")
    assert page.locator("main button").count() == 0
    assert "Fewest answers shown (k)" in page.inner_text("main")
    assert "Who can open the answers" in page.inner_text("main")
