"""The fixtures themselves: a test that fails to notice a fault is worse than none."""

import json
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import func, select

from pulse.db import db, writing
from pulse.directory.models import Unit
from tests.support.browser import LiveServer, OpenPage, Watch, axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = "data:text/html,<html lang=en><title>A page</title><main><h1>A page</h1>{}</main>"


@pytest.mark.parametrize("attempt", ["first", "second"])
def test_each_test_finds_an_empty_database_whose_ids_start_at_one(app: Flask, attempt: str) -> None:
    with writing():
        council = Unit(code=attempt, name="Council")
        db.session.add(council)
        db.session.flush()
        db.session.add(Unit(code=f"{attempt}-child", name="Parks", parent_id=council.id))
    assert council.id == 1
    assert db.session.scalar(select(func.count()).select_from(Unit)) == 2


@pytest.mark.browser
def test_axe_finds_a_picture_without_words(page: "Page") -> None:
    page.goto(PAGE.format("<img src='data:,'>"))
    assert [line for line in axe(page) if line.startswith("image-alt")]


@pytest.mark.browser
def test_axe_finds_nothing_wrong_with_a_plain_page(page: "Page") -> None:
    page.goto(PAGE.format("<p>Some words</p>"))
    assert axe(page) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("<script>console.error('planted')</script>", "console: planted"),
        ("<script>planted()</script>", "script error"),
        ("<img src='http://127.0.0.1:9/x.png' alt=x>", "request to another site"),
        (
            "<meta http-equiv='Content-Security-Policy' content='script-src none'><script>1</script>",
            "Content Security Policy",
        ),
    ],
)
def test_a_fault_of_a_page_is_noticed(
    browser: "Browser", live_server: LiveServer, fault: str, said: str
) -> None:
    with browser.new_context() as context:
        watch = Watch(context, live_server.url)
        page = context.new_page()
        page.goto(PAGE.format(fault))
        page.wait_for_load_state("networkidle")
        assert said in json.dumps(watch.problems())


@pytest.mark.browser
def test_a_page_that_is_not_there_is_no_fault_of_the_page(page: "Page") -> None:
    response = page.goto("/there/is/no/such/page")
    assert response is not None
    assert response.status == 404


@pytest.mark.browser
def test_without_javascript_no_script_runs(open_page: OpenPage) -> None:
    page = open_page(javascript=False)
    page.goto(PAGE.format("<p>as sent</p><script>document.body.textContent = 'changed'</script>"))
    assert "as sent" in page.inner_text("main")
