"""Who reads comments first: what they see and decide, and what nobody else learns of it."""

from html import unescape

import pytest
from sqlalchemy import update

from pulse.db import db, writing
from pulse.results import comment_queries, moderation
from pulse.results.models import Comment
from tests.dashboards.commented import READABLE, Place, comments_on, csrf_of, listed, press, show_all
from tests.results.test_comments import OPEN, OTHER

#: what is decided here is written, and then read by everybody
pytestmark = pytest.mark.both_databases

MODERATORS = ("od_editor", "hr_analyst")
OTHERS = ("administrator", "union_observer", "leader of A", "leader of A1", "leader of B")


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


def below_the_frame(place: Place) -> str:
    """The page itself: the switcher above it leads to every team."""
    return place.text("od_editor").partition("<h1")[2]


def test_a_groups_comments_are_read_from_the_fifth_that_is_shown_and_never_fewer(place: Place) -> None:
    """One withheld of five is withheld with its company: readers are promised five or none."""
    browser, group = place.browser("hr_analyst"), place.wave.group("Unit A1").id
    *four, fifth = [row.id.hex() for row in db.session.query(Comment).filter_by(group_id=group).limit(5)]
    none = place.text("leader of A1", "Unit A1")
    for one in four:
        assert press(browser, place, "shown", one) == 303
    assert "The comment is shown." in browser.get(f"{place.to_read}?status=shown").text
    assert place.text("leader of A1", "Unit A1") == none
    assert place.address("Unit A1") not in below_the_frame(place)
    assert press(browser, place, "shown", fifth) == 303
    assert len(comments_on(place.text("leader of A1", "Unit A1"))) == 5
    assert place.address("Unit A1") in below_the_frame(place)
    assert press(browser, place, "withheld", four[0]) == 303
    assert place.text("leader of A1", "Unit A1") == none
    assert press(browser, place, "withheld", four[0]) == 303
    assert "Nothing was changed" in browser.get(place.to_read).text


def test_a_question_with_comments_to_read_comes_first(place: Place) -> None:
    show_all(place)
    group = place.wave.group("Unit A1").id
    with writing():
        db.session.execute(
            update(Comment).where(Comment.group_id == group).values(item=OTHER, status="waiting")
        )
    try:
        assert [one.item for one in moderation.list_questions()] == [OTHER, OPEN]
        assert "Comments to read (8)" in place.browser("od_editor").get("/comments").text
    finally:
        with writing():
            db.session.execute(update(Comment).values(item=OPEN))


def test_all_at_once_is_for_those_on_the_page_and_can_be_taken_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moderation, "PAGE", 6)
    browser = place.browser("od_editor")
    assert "Page 1 of 3" in browser.get(place.to_read).text
    on_page = listed(browser, place)
    assert press(browser, place, "withheld", on_page[0]) == 303
    assert len(on_page) == len(listed(browser, place)) == 6
    show_all(place)
    assert standing() == (10, 6, 1)
    assert browser.get(f"{place.to_read}?page=99").text.count('class="said"') == 4
    data = {"csrf_token": csrf_of(browser, place), "withheld": "all", "listed": " ".join(on_page)}
    assert browser.post(f"{place.to_read}?status=shown", data=data).status_code == 303
    assert standing() == (10, 1, 6)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"shown": "1"},
        {"shown": "zz" * 16},
        {"shown": "all"},
        {"shown": "all", "listed": "odd"},
        {"shown": "all", "withheld": "all", "listed": "00" * 16},
        {"deleted": "all"},
    ],
)
def test_a_form_that_is_not_the_pages_changes_nothing(data: dict[str, str], place: Place) -> None:
    browser = place.browser("od_editor")
    code = {"csrf_token": csrf_of(browser, place)}
    assert browser.post(place.to_read, data=code | data).status_code == 400
    assert browser.post(place.to_read, data={"shown": "all"}).status_code == 400  # without the page's code
    assert comment_queries.count_shown(place.wave.release.id) == {}


def test_a_comment_is_decided_only_on_the_page_of_its_own_question(place: Place) -> None:
    browser = place.browser("od_editor")
    one = bytes.fromhex(listed(browser, place)[0])
    with writing():
        assert comment_queries.set_status(place.wave.wave.id, OTHER, "shown", [one]) == 0
        assert comment_queries.set_status(4711, OPEN, "shown", [one]) == 0


@pytest.mark.parametrize("address", ["/comments/4711/OPEN-01", "/comments/1/PTA-01", "/comments/1/nothing"])
def test_a_question_without_comments_has_no_page_to_read(address: str, place: Place) -> None:
    assert place.browser("od_editor").get(address).status_code == 404
    assert place.browser("od_editor").get(f"{place.to_read}?status=odd").status_code == 404


def standing() -> tuple[int, int, int]:
    """How many wait, are shown, are withheld."""
    (one,) = comment_queries.list_standing()
    return one.waiting, one.shown, one.withheld
