"""What people do with the pages, a step a function: import, set up, open, answer, close."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pulse.messages.mailbox import find_letter, list_envelopes
from pulse.messages.mailers import mailbox_folder
from pulse.worker import tick
from tests.browser.council import FIRST_DAY, SURVEY
from tests.browser.looking import look, title
from tests.support.browser import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import Page


def upload_roster(page: "Page", file: Path) -> None:
    """Choose the file on the roster page and ask for its preview."""
    page.goto("/roster/")
    page.get_by_label("Roster file").set_input_files(file)
    page.get_by_role("button", name="Preview the changes").click()


def set_up_survey(page: "Page") -> None:
    """Go through the steps of a new survey, open on every day of the year; ends on its page."""
    page.goto("/programmes/")
    page.get_by_role("link", name="Set up a survey").click()
    page.get_by_label("Name", exact=True).fill(SURVEY)
    page.get_by_label("Why people are asked").fill("We work with what is strong, and ask how that feels.")
    page.get_by_label("Who asks").fill("Brook Valley Council")
    page.get_by_role("radio", name="Quarterly").check()
    _go_on(page)
    page.get_by_label("First day").fill(FIRST_DAY.isoformat())
    page.get_by_label("Bank holidays of").select_option("none")
    page.get_by_label("Saturday").check()
    page.get_by_label("Sunday").check()
    page.get_by_label("Letters leave from").fill("0")
    page.get_by_label("Letters leave until").fill("24")
    page.get_by_role("button", name="Show the dates").click()
    assert page.get_by_role("region", name="The next dates").locator("tbody tr").count() == 12
    look(page)
    _go_on(page)
    page.get_by_label("Ask people who lead").check()
    for _step in ("who", "reach", "protection"):
        _go_on(page)
    assert title(page) == "Check your answers"
    look(page)
    page.get_by_role("button", name="Set up the survey").click()
    assert title(page) == SURVEY


def _go_on(page: "Page") -> None:
    page.get_by_role("button", name="Continue").click()


def go_to_wave(page: "Page") -> None:
    """From a survey's page to its first wave."""
    page.get_by_role("link", name="1. ").click()


def press_open_now(page: "Page") -> None:
    page.get_by_role("button", name="Open now").click()
    page.get_by_text("opens within a minute").wait_for()


def press_close_now(page: "Page") -> None:
    page.locator("summary", has_text="Close now").click()
    page.get_by_role("button", name="Close now").click()
    page.get_by_text("closes within a minute").wait_for()


def let_the_worker_run(server: LiveServer) -> None:
    """Two ticks: what the first one finds done, the second one tidies."""
    for _ in range(2):
        tick(datetime.now(UTC), server.app.config["PULSE"])


def link_in_mail(server: LiveServer, address: str) -> str:
    """The link in the newest mail to somebody, read from the folder."""
    folder = mailbox_folder(server.app.config["PULSE"])
    assert folder is not None
    (envelope,) = list_envelopes(folder, address, 1)
    letter = find_letter(folder, envelope.name)
    assert letter is not None
    (link,) = [piece.text for piece in letter.pieces if piece.is_link and "/a/" in piece.text]
    return link


def follow_mail(page: "Page", address: str) -> None:
    """Find a mail on the mailbox page and press its link, as a visitor of the demo does."""
    page.goto("/mailbox")
    page.get_by_label("Find mails to").fill(address)
    page.get_by_role("button", name="Find").click()
    look(page)
    page.get_by_role("link", name=address).first.click()
    look(page)
    page.get_by_role("link", name="/a/").click()


def start(page: "Page") -> None:
    """From the first page of the survey to its questions."""
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/survey")


def answer_by_number_keys(page: "Page") -> int:
    """Choose the second answer of every question by its key and go on with Enter; how many there were."""
    count = page.locator("[data-screen]").count()
    page.locator("fieldset:visible").first.focus()
    for _ in range(count):
        if page.get_by_role("heading", name="Ready to send").is_visible():
            break
        if page.locator("textarea:visible").count():
            write_something(page)
            continue
        for question in page.locator("[data-screen]:visible fieldset").all():
            question.focus()
            page.keyboard.press("2")
        page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ready to send").wait_for()
    return count


def write_something(page: "Page") -> None:
    """In a text box digits and Enter are text; the page says beside it what wording may give away."""
    assert page.get_by_text("Your wording may identify you.").locator("visible=true").count() == 1
    page.locator("textarea:visible").press_sequentially("2 hours more\nfor each visit")
    page.get_by_role("button", name="Continue").click()


def answer_by_touch(page: "Page") -> int:
    """Choose the first answer of every question on the one long page, and write; how many are chosen."""
    page.locator("textarea").last.fill("More time for each visit.")
    questions = page.locator("[data-screen]:has(fieldset)")
    for question in questions.all():
        question.locator("label").first.click()
    return questions.count()
