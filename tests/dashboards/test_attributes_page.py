"""The page of attribute tables: every declared category has its place, and every number is a released one."""

from html import unescape
from typing import NamedTuple

import pytest
from flask import Flask

from pulse.accounts.models import Account
from pulse.db import db, writing
from pulse.directory.models import Attribute, Person
from pulse.domain.disclosure.wording import HIDDEN_CELL
from pulse.results.released import read_attributes
from pulse.surveys.plans import plan_of
from pulse.web.access import Role
from tests.accounts.factories import make_account, sign_in
from tests.dashboards.attribute_cells import cell, make_page
from tests.dashboards.factories import fields_of
from tests.results.factories import (
    Released,
    Voter,
    at_random,
    make_council,
    make_quarterly,
    make_released_wave,
    make_site,
)
from tests.results.stored import PLAN

WHY = HIDDEN_CELL % {"k": 5, "least": 20}
HIDDEN = {"hidden": WHY}


def test_every_category_has_its_place_in_each_headline_score() -> None:
    page = make_page(cell("service", "Short"), cell("service", "Short", "RESPONSES", None, n=44))
    section = page.sections[0]
    lines = section.headlines[0].lines

    assert [line.label for line in lines] == ["Long", "Short", "Not recorded"]
    assert [line.score for line in lines] == ["", "60 (56 to 64)", ""]
    assert [line.cell is None for line in lines] == [True, False, True]
    assert section.answered == "Answered: Short 44. Hidden: Long and Not recorded."
    assert section.headlines[0].title == "Permission to act"
    assert section.title == "Too little may be shown to compare people by length of service"
    assert page.why_hidden == WHY


def test_two_attributes_together_are_a_table_of_rows_and_columns() -> None:
    page = make_page(cell("service*grade", "Short | Band 6", n=1234))
    table = page.sections[2].headlines[0].table
    assert table is not None
    assert table["headers"] == ["Length of service", "Band 5", "Band 6"]
    assert table["rows"] == [
        ["Long", HIDDEN, HIDDEN],
        ["Short", HIDDEN, "60 (56 to 64), n\xa0=\xa01,234"],
        ["Not recorded", HIDDEN, HIDDEN],
    ]


def test_questions_are_shown_most_favourable_first_with_shares_to_the_nearest_three() -> None:
    counts = {"favourable": 21, "unfavourable": 6, "n": 50}
    page = make_page(
        *(cell("grade", band, "P1", at, **counts) for band, at in (("Band 5", 85.0), ("Band 6", 35.0))),
        cell("grade", "Band 6", "P3", 75.0, **counts),
        cell("grade", "Band 6", "P2", 95.0),
        figures=[
            fields_of(measure=name, value=at) for name, at in (("P1", 55.0), ("P2", 95.0), ("P3", 75.0))
        ],
    )
    assert [one.id for one in page.questions] == ["p3", "p1", "p2"]
    assert page.questions_title == "1 of 3 questions is clearly answered differently by different people"
    assert page.questions[1].says == "By NHS band: more favourable for “Band 5” than for “Band 6”."
    table = page.questions[1].table
    assert table["headers"] == ["Who", "n", "Favourable", "Unfavourable", "Score"]
    assert table["rows"][0] == ["Length of service: Long", *[HIDDEN] * 4]
    assert table["rows"][3] == ["NHS band: Band 5", "50", "about 42 %", "about 12 %", "85 or more"]
    assert page.questions[2].table["headers"] == ["Who", "n", "Score"]


def test_where_nothing_may_be_shown_places_stay_and_questions_give_one_reason() -> None:
    page = make_page()
    assert [len(section.headlines[0].lines) for section in page.sections[:2]] == [3, 2]
    assert all(section.title.startswith("Too little may be shown") for section in page.sections)
    assert (page.questions, page.caution) == ([], "")
    assert page.questions_title == "Too little may be shown to compare people question by question"


def test_a_question_that_stands_alone_is_shown_though_there_is_nothing_to_compare() -> None:
    page = make_page(cell("grade", "Band 5", "P1", favourable=21, unfavourable=6))
    assert [one.says for one in page.questions] == ["Too little may be shown to compare."] * 3


def test_a_wave_that_declared_nothing_and_a_group_that_is_too_deep_have_no_tables() -> None:
    assert (make_page(plan=PLAN).frame.by, make_page(plan=PLAN).sections) == ("", [])
    deep = make_page(depth=3)
    assert (deep.deep, deep.sections, deep.around) == (True, [], None)
    assert not make_page(depth=2).deep


#: k = 5: A12 is three levels below the organisation
TREE = {
    "C": (None, 0),
    "A": ("C", 0),
    "A1": ("A", 0),
    "A11": ("A1", 36),
    "A12": ("A1", 36),
    "A2": ("A", 36),
    "B": ("C", 72),
}


def service(voter: Voter) -> str:
    """Twelve people of B are new: too few to be shown, and enough not to hide another category with them."""
    return "New" if voter.unit == "B" and voter.number > 60 else ("Short", "Long")[voter.number % 2]


def long_is_high(voter: Voter, item: dict[str, object]) -> str:
    """Who is here long agrees fully with what is not reversed; the others answer at random."""
    if service(voter) == "Long" and item["kind"] == "bipolar" and not item["reverse"]:
        return "5"
    return at_random(voter, item)


class Place(NamedTuple):
    """A wave by service and grade, one of another survey that declared nothing, and accounts."""

    app: Flask
    wave: Released
    bare: Released
    accounts: dict[str, Account]

    def read(self, path: str, who: str = "analyst") -> str:
        page = sign_in(self.app.test_client(), self.accounts[who]).get(path)
        assert page.status_code == 200
        return unescape(page.text)

    def address(self, name: str) -> str:
        return f"/results/{self.wave.wave.id}/{self.wave.group(name).number}"


@pytest.fixture(scope="module")
def place(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Place:
    site, council = make_site(tmp_path_factory.mktemp("attributes")), make_council(TREE)
    with writing():
        db.session.add_all(
            Attribute(code=code, label=label, position=place)
            for place, (code, label) in enumerate(
                [("service", "Length of service"), ("grade", "NHS band")], 1
            )
        )
        for person_id, voter in council.people.items():
            band = f"Band {5 + voter.number // 2 % 2}"
            db.session.get_one(Person, person_id).attributes = {"service": service(voter), "grade": band}
    declared = {"attributes": ["service", "grade"], "crosses": [["service", "grade"]]}
    wave = make_released_wave(site, council, make_quarterly(**declared), answers=long_is_high)
    bare = make_released_wave(site, council, make_quarterly(name="Another"))
    accounts = {
        "analyst": make_account(Role.HR_ANALYST),
        "observer": make_account(Role.UNION_OBSERVER),
        "leader of A12": make_account(Role.LEADER, unit_id=council.units["A12"]),
    }
    return Place(shared_app, wave, bare, accounts)


def test_the_page_holds_what_was_released_and_says_what_stands_out(place: Place) -> None:
    text = place.read(place.address("Unit C") + "/attributes")
    cells = read_attributes(place.wave.wave, 0).of("service", "PTA")
    assert set(cells.labels) == {"Long", "Short"}
    for _, one in cells:
        assert f'cx="{one.value}%"' in text
        assert f'x1="{one.low}%" x2="{one.high}%"' in text
    assert "Permission to act: higher for “Long” than for “Short”" in text
    assert "No clear difference by NHS band<" in text
    assert ">New</th>" in text
    assert WHY in text


def test_questions_without_a_clear_difference_stand_behind_one_line(place: Place) -> None:
    text = place.read(place.address("Unit C") + "/attributes")
    apart, _, alike = text.partition(" without a clear difference</span>")
    names = [item["text"] for item in plan_of(place.wave.wave)["items"]]
    differing = [name for name in names if f'<h3 class="govuk-heading-s">{name}</h3>' in apart]
    same = [name for name in names if f'<h3 class="govuk-heading-s">{name}</h3>' in alike]
    assert differing
    assert same
    assert set(differing).isdisjoint(same)
    assert "No clear difference." not in apart.partition('id="questions"')[2]


def test_a_group_too_deep_names_the_one_around_it_that_a_reader_may_open(place: Place) -> None:
    path = place.address("Unit A12") + "/attributes"
    assert f'href="{place.address("Unit A1")}/attributes">See these tables for Unit A1<' in place.read(path)
    whole = f'href="{place.address("Unit C")}/attributes">See these tables for Unit C<'
    assert whole in place.read(path, "leader of A12")


def test_results_and_answers_lead_here_only_where_something_was_declared(place: Place) -> None:
    link = f'href="{place.address("Unit C")}/attributes"'
    for more in ("", "/answers"):
        assert link in place.read(place.address("Unit C") + more, "observer")
        assert "/attributes" not in place.read(f"/results/{place.bare.wave.id}/0{more}")
    assert "by team only" in place.read(f"/results/{place.bare.wave.id}/0/attributes")


def test_the_switchers_stay_on_this_page(place: Place) -> None:
    page = place.read(place.address("Unit A") + "/attributes")
    assert f'href="{place.address("Unit B")}/attributes">Unit B<' in page
    assert "page=attributes" in page
    browser = sign_in(place.app.test_client(), place.accounts["analyst"])
    number = place.wave.group("Unit B").number
    led = browser.get(f"/results?wave={place.wave.wave.id}&group={number}&page=attributes")
    assert led.location == place.address("Unit B") + "/attributes"


def test_what_one_may_not_open_is_not_found(place: Place) -> None:
    browser = sign_in(place.app.test_client(), place.accounts["observer"])
    assert browser.get(place.address("Unit A") + "/attributes").status_code == 404
