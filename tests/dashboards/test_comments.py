"""Comments on pages: who reads what before and after it is shown, and that nothing else leaks."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from pulse.accounts.models import Account
from pulse.dashboards import comments_page
from pulse.db import db, writing
from pulse.results import comment_queries
from pulse.results.models import Comment
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.results.factories import Released, make_council, make_released_wave, make_site
from tests.results.test_comments import ASKED, OPEN, OTHER, TREE, writes

MODERATORS = ("od_editor", "hr_analyst")
OTHERS = ("administrator", "union_observer", "leader of A", "leader of A1", "leader of B")
#: what each may open of the groups that exist
READABLE = {
    "od_editor": {"Unit C", "Unit A", "Unit A1", "Unit A2", "Unit B", "Unit B1"},
    "administrator": {"Unit C"},
    "union_observer": {"Unit C"},
    "leader of A": {"Unit C", "Unit A", "Unit A1", "Unit A2"},
    "leader of A1": {"Unit C", "Unit A1"},
    "leader of B": {"Unit C", "Unit B", "Unit B1"},
}


class Place(NamedTuple):
    """A released wave with eight comments of A1 with A1, nine with the whole, and its accounts."""

    app: Flask
    wave: Released
    accounts: dict[str, Account]

    def browser(self, who: str) -> FlaskClient:
        return sign_in(self.app.test_client(), self.accounts[who])

    def address(self, name: str = "Unit C") -> str:
        return f"/results/{self.wave.wave.id}/{self.wave.group(name).number}/comments"

    @property
    def to_read(self) -> str:
        return f"/comments/{self.wave.wave.id}/{OPEN}"

    def text(self, who: str, name: str = "Unit C") -> str:
        """What the page of a group says to somebody, without what is different each time."""
        page = self.browser(who).get(self.address(name))
        assert page.status_code == 200
        return re.sub(r'value="[^"]+"', "", unescape(page.text))


@pytest.fixture(scope="module")
def scene(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Place:
    council = make_council(TREE)
    wave = make_released_wave(make_site(tmp_path_factory.mktemp("comments")), council, writes=writes, **ASKED)
    accounts = {role.value: make_account(role) for role in Role if role is not Role.LEADER}
    for unit in ("A", "A1", "B"):
        accounts[f"leader of {unit}"] = make_account(Role.LEADER, unit_id=council.units[unit])
    return Place(shared_app, wave, accounts)


@pytest.fixture
def place(scene: Place) -> Iterator[Place]:
    """The same wave with every comment waiting again."""
    yield scene
    db.session.rollback()
    with writing():
        db.session.execute(update(Comment).values(status="waiting"))


def press(browser: FlaskClient, place: Place, status: str, value: str) -> int:
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(place.to_read).text)
    assert csrf
    data = {"csrf_token": csrf[1], status: value}
    return browser.post(place.to_read, data=data).status_code


def show_all(place: Place) -> None:
    assert press(place.browser("od_editor"), place, "shown", "all") == 303


def first_id(browser: FlaskClient, place: Place) -> str:
    found = re.search(r'name="shown" value="([0-9a-f]{32})"', browser.get(place.to_read).text)
    assert found
    return found[1]


def comments_on(page: str) -> list[str]:
    return re.findall(r'<blockquote class="said">\s*<p>(.*?)</p>', page, re.DOTALL)


@pytest.mark.parametrize("who", READABLE)
def test_each_reader_opens_the_comments_of_the_groups_that_they_may_open(who: str, place: Place) -> None:
    browser = place.browser(who)
    names = {group.name for group in place.wave.groups}
    assert {name for name in names if browser.get(place.address(name)).status_code == 200} == READABLE[
        who
    ] & names
    assert browser.get(f"/results/{place.wave.wave.id}/99/comments").status_code == 404


@pytest.mark.parametrize("who", MODERATORS)
def test_who_reads_first_sees_each_comment_with_its_group_and_how_many_wait(who: str, place: Place) -> None:
    browser = place.browser(who)
    overview = browser.get("/comments").text
    assert "Comments to read (17)" in overview
    page = unescape(browser.get(place.to_read).text)
    assert page.count("Words of A1, number ") == 8
    assert page.count('<p class="said__about">Unit A1</p>') == 8
    assert page.count('<p class="said__about">Unit C</p>') == 9


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_what_waits_or_was_withheld_nor_that_there_is_any(who: str, place: Place) -> None:
    browser = place.browser(who)
    assert browser.get("/comments").status_code == browser.get(place.to_read).status_code == 403
    assert browser.post(place.to_read, data={"shown": "all"}).status_code in (400, 403)
    waiting = {name: place.text(who, name) for name in READABLE[who] & {"Unit C", "Unit A1", "Unit B"}}
    assert press(place.browser("hr_analyst"), place, "withheld", "all") == 303
    withheld = {name: place.text(who, name) for name in waiting}
    with writing():
        db.session.execute(update(Comment).where(Comment.item == OPEN).values(item="OPEN-09"))
    try:
        none = {name: place.text(who, name) for name in waiting}
    finally:
        with writing():
            db.session.execute(update(Comment).values(item=OPEN))
    assert waiting == withheld == none
    assert not any("Words of" in page for page in waiting.values())


def test_a_comment_that_is_shown_stands_with_its_group_and_with_no_other(place: Place) -> None:
    show_all(place)
    shown = {
        name: comments_on(place.text("od_editor", name)) for name in ("Unit C", "Unit A", "Unit A1", "Unit B")
    }
    assert {name: len(texts) for name, texts in shown.items()} == {
        "Unit C": 9,
        "Unit A": 0,
        "Unit A1": 8,
        "Unit B": 0,
    }
    assert all("A1" in text for text in shown["Unit A1"])


def test_comments_stand_in_the_order_of_their_random_ids(place: Place) -> None:
    show_all(place)
    group = place.wave.group("Unit C").id
    rows = db.session.query(Comment).filter_by(group_id=group).all()
    assert comments_on(place.text("od_editor")) == [row.text for row in sorted(rows, key=lambda row: row.id)]


def test_smaller_groups_are_linked_only_for_those_who_may_open_them(place: Place) -> None:
    assert "With smaller groups" not in place.text("od_editor")
    show_all(place)
    link = place.address("Unit A1")
    for who, readable in READABLE.items():
        assert (link in place.text(who)) is ("Unit A1" in readable)
    assert link in place.text("leader of A", "Unit A")


def test_one_comment_is_shown_and_may_be_withheld_again(place: Place) -> None:
    browser = place.browser("hr_analyst")
    one = first_id(browser, place)
    assert press(browser, place, "shown", one) == 303
    assert "The comment is shown." in browser.get(f"{place.to_read}?status=shown").text
    assert comment_queries.count_shown(place.wave.release.id).keys() <= {
        (place.wave.group(name).id, OPEN) for name in ("Unit A1", "Unit C")
    }
    assert sum(comment_queries.count_shown(place.wave.release.id).values()) == 1
    assert press(browser, place, "withheld", one) == 303
    assert comment_queries.count_shown(place.wave.release.id) == {}
    assert press(browser, place, "withheld", one) == 303
    assert "Nothing was changed" in browser.get(place.to_read).text


def test_all_at_once_leaves_what_was_decided_before(place: Place) -> None:
    browser = place.browser("od_editor")
    assert press(browser, place, "withheld", first_id(browser, place)) == 303
    show_all(place)
    standing = comment_queries.list_standing()
    assert [(one.waiting, one.shown, one.withheld) for one in standing] == [(0, 16, 1)]


@pytest.mark.parametrize(
    "data",
    [{}, {"shown": "1"}, {"shown": "zz" * 16}, {"shown": "all", "withheld": "all"}, {"deleted": "all"}],
)
def test_a_form_that_is_not_the_pages_changes_nothing(data: dict[str, str], place: Place) -> None:
    browser = place.browser("od_editor")
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(place.to_read).text)
    assert csrf
    assert browser.post(place.to_read, data={"csrf_token": csrf[1]} | data).status_code == 400
    assert browser.post(place.to_read, data={"shown": "all"}).status_code == 400  # without the page's code
    assert comment_queries.count_shown(place.wave.release.id) == {}


def test_a_comment_is_decided_only_on_the_page_of_its_own_question(place: Place) -> None:
    browser = place.browser("od_editor")
    one = first_id(browser, place)
    with writing():
        assert comment_queries.set_status(place.wave.wave.id, OTHER, "shown", bytes.fromhex(one)) == 0
        assert comment_queries.set_status(4711, OPEN, "shown", bytes.fromhex(one)) == 0


@pytest.mark.parametrize("address", ["/comments/4711/OPEN-01", "/comments/1/PTA-01", "/comments/1/nothing"])
def test_a_question_without_comments_has_no_page_to_read(address: str, place: Place) -> None:
    assert place.browser("od_editor").get(address).status_code == 404
    assert place.browser("od_editor").get(f"{place.to_read}?status=odd").status_code == 404


def test_many_comments_are_read_page_by_page(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    show_all(place)
    monkeypatch.setattr(comments_page, "PAGE", 4)
    browser, seen = place.browser("od_editor"), []
    for number in (1, 2, 3):
        page = browser.get(f"{place.address()}?page={number}").text
        assert f"Page {number} of 3" in page
        seen += comments_on(page)
    assert len(set(seen)) == len(seen) == 9
    assert "Page 3 of 3" in browser.get(f"{place.address()}?page=99").text


def test_the_results_lead_to_what_people_wrote_whether_there_is_any_or_not(place: Place) -> None:
    for name in ("Unit C", "Unit B"):
        home = place.browser("od_editor").get(place.address(name).removesuffix("/comments")).text
        assert f'href="{place.address(name)}"' in home


def test_what_people_type_is_text_and_never_markup(place: Place) -> None:
    with writing():
        row = db.session.query(Comment).first()
        assert row is not None
        before, row.text, row.status = row.text, "<b>bold</b>\n<script>x()</script>", "shown"
        group, key = row.group_id, row.id
    try:
        name = next(one.name for one in place.wave.groups if one.id == group)
        page = place.browser("od_editor").get(place.address(name)).text
        assert "&lt;b&gt;bold&lt;/b&gt;<br>&lt;script&gt;" in page
    finally:
        with writing():
            db.session.get_one(Comment, key).text = before
