"""Comments on pages: who reads what once it is shown, where it stands, and that it stays text."""

import pytest

from pulse.dashboards import comments_page
from pulse.db import db, writing
from pulse.results.models import Comment
from tests.dashboards.commented import READABLE, Place, comments_on, show_all


@pytest.mark.parametrize("who", READABLE)
def test_each_reader_opens_the_comments_of_the_groups_that_they_may_open(who: str, place: Place) -> None:
    browser = place.browser(who)
    names = {group.name for group in place.wave.groups}
    assert {name for name in names if browser.get(place.address(name)).status_code == 200} == READABLE[
        who
    ] & names
    assert browser.get(f"/results/{place.wave.wave.id}/99/comments").status_code == 404


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
    show_all(place)
    typed = '<b>bold</b>\n<script>x()</script> {{ 7 * 7 }} &amp; "quoted"'
    with writing():
        row = db.session.query(Comment).filter_by(group_id=place.wave.group("Unit C").id).first()
        assert row is not None
        before, row.text, key = row.text, typed, row.id
    try:
        page = place.browser("od_editor").get(place.address()).text
        first_read = place.browser("od_editor").get(f"{place.to_read}?status=shown").text
        for text in (page, first_read):
            assert (
                "<p>&lt;b&gt;bold&lt;/b&gt;<br>&lt;script&gt;x()&lt;/script&gt; {{ 7 * 7 }} &amp;amp;" in text
            )
    finally:
        with writing():
            db.session.get_one(Comment, key).text = before
