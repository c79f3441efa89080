"""What the benchmark's visitors read in a page."""

import csv
import io

import pytest

from tools.bench_place import roster_of
from tools.bench_weight import linked
from tools.visitor import JourneyFailed, read_csrf


def test_a_browser_fetches_styles_scripts_icons_and_pictures_each_once() -> None:
    page = (
        '<link rel="icon" href="/i.svg" type="image/svg+xml"><link rel="stylesheet" href="/s.css">'
        '<a href="/elsewhere">x</a><script src="/s.js" defer></script><img alt="" src="data:,x">'
        '<img alt="" src="/i.svg">'
    )

    assert linked(page) == ["/i.svg", "/s.css", "/s.js"]


def test_the_form_token_is_read_from_its_field() -> None:
    assert read_csrf(b'<input type="hidden" name="csrf_token" value="abc.def"> <p>') == "abc.def"


def test_a_form_without_its_token_ends_the_journey() -> None:
    with pytest.raises(JourneyFailed, match="without its token"):
        read_csrf(b"<form></form>")


def test_the_invented_roster_has_a_row_for_everybody_and_one_leader_a_team() -> None:
    _, top, *people = csv.reader(io.StringIO(roster_of(31).decode()))

    assert top[3] == "TOP"
    assert len(people) == 31
    assert [row[3] for row in people if row[6] == "yes"] == ["T0", "T1", "T2"]
