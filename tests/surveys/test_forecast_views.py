"""The page of the forecast, as each role meets it, for organisations of any size."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.directory import queries as directory
from pulse.surveys import queries
from pulse.surveys.forecast_views import ROWS
from pulse.surveys.models import Programme
from pulse.web.access import Role
from tests.directory.factories import make_attribute, make_org, make_person, make_unit
from tests.surveys.browsing import EDITORS, READERS, as_role, page
from tests.surveys.factories import make_programme


def visit(client: FlaskClient, programme: Programme, asked: str = "", role: Role = Role.OD_EDITOR) -> str:
    as_role(client, role)
    return text_of(page(client, f"/programmes/{programme.id}/forecast{asked}"))


def text_of(html: str) -> str:
    """What is on the page, each element on a line of its own."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^>]+>", "\n", html.replace("\N{NO-BREAK SPACE}", " ")))


def make_large_org() -> None:
    """A council with two directorates of 70 teams of one person each."""
    tree: dict[str, str | None] = {"C": None, "A": "C", "B": "C"}
    make_org(tree | {f"{top}{i}": top for top in "AB" for i in range(70)}, people_each=1)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_but_leaders_reads_it(role: Role, client: FlaskClient) -> None:
    make_org(people_each=14)
    programme = make_programme()
    as_role(client, role)
    code = client.get(f"/programmes/{programme.id}/forecast").status_code
    assert code == (200 if role in READERS else 403)


@pytest.mark.parametrize("role", READERS)
def test_only_editors_are_sent_to_change_the_survey(role: Role, client: FlaskClient) -> None:
    make_org(people_each=14)
    said = visit(client, make_programme(), role=role)
    assert ("Change this survey" in said) == (role in EDITORS)


def test_it_tells_the_whole_the_other_ks_and_every_unit(client: FlaskClient) -> None:
    make_org(people_each=14)
    said = visit(client, make_programme())

    assert "At 55% response and k = 10, about 3 of 7 units would have their own result, 0 be" in said
    assert [line for line in said.splitlines() if line in ("10", "11", "15", "20")] == [
        "10",
        "11",
        "15",
        "20",
    ]
    assert re.search(r"\nUnit A1 \(14\)\nLarger unit\n(very likely|almost certain), .*\nUnit A\n", said)
    assert "There is no wave to go by yet, so 55 is a guess." in said


def test_another_response_and_k_give_another_forecast(client: FlaskClient) -> None:
    make_org(people_each=30)
    programme = make_programme()
    assert "At 90% response and k = 11, about 7 of 7 units would" in visit(
        client, programme, "?response=90&k=11"
    )
    assert "At 10% response and k = 20, about 0 of 7 units would" in visit(
        client, programme, "?response=10&k=20"
    )


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ("response=0&k=10", "response", "Write the expected response as a whole number from 1 to 100."),
        ("response=101", "response", "Write the expected response as a whole number from 1 to 100."),
        ("response=half", "response", "Write the expected response as a whole number from 1 to 100."),
        ("response=55&k=4", "k", "Write k as a whole number from 10 to 100."),
        ("k=%3Cb%3E", "k", "Write k as a whole number from 10 to 100."),
    ],
)
def test_bad_input_gets_one_sentence_beside_its_field_and_no_forecast(
    client: FlaskClient, asked: str, field: str, sentence: str
) -> None:
    make_org(people_each=14)
    programme = make_programme()
    as_role(client, Role.OD_EDITOR)

    response = client.get(f"/programmes/{programme.id}/forecast?{asked}")

    assert response.status_code == 422
    assert f'href="#{field}">{sentence}<' in response.text
    assert re.search(rf'id="{field}-error">.*{re.escape(sentence)}', response.text)
    assert response.text.count(sentence) == 2
    assert "What another k would do" not in response.text
    assert "<b>" not in response.text


def test_an_empty_audience_is_one_sentence_and_no_table(client: FlaskClient) -> None:
    make_unit()
    said = visit(client, make_programme())
    assert said.count("Nobody is in the audience of this survey: import the staff list, or change who") == 1
    assert "What another k would do" not in said


def test_an_unknown_survey_or_unit_is_told_as_such(client: FlaskClient) -> None:
    make_org(people_each=14)
    programme = make_programme()
    as_role(client, Role.OD_EDITOR)
    for address in ("/programmes/999/forecast", f"/programmes/{programme.id}/forecast?unit=999"):
        response = client.get(address)
        assert response.status_code == 404
        assert "There is no such page" in response.text


def test_one_unit_alone_is_told_in_words(client: FlaskClient) -> None:
    unit = make_unit(name="Archive")
    for _ in range(40):
        make_person(unit=unit)
    said = visit(client, make_programme())
    assert "the one unit that is asked would probably have its own result (almost certain, 99%)." in said


def test_a_large_organisation_is_shown_part_by_part_and_page_by_page(client: FlaskClient) -> None:
    make_large_org()
    programme = make_programme()

    first = visit(client, programme)
    second = text_of(page(client, f"/programmes/{programme.id}/forecast?page=2"))
    branch = text_of(page(client, f"/programmes/{programme.id}/forecast?unit={unit_id('B')}"))

    assert "Part by part, the largest first" in first
    assert re.search(r"\nUnit A\n71\n", first)
    assert len(re.findall(r"\nUnit [AB]\d+ \(1\)\n", first)) == ROWS - 3
    assert len(re.findall(r"\nUnit [AB]\d+ \(1\)\n", second)) == 140 - (ROWS - 3)
    assert "1 of 2" in first
    assert "Part by part" not in branch
    assert len(re.findall(r"\nUnit B\d+ \(1\)\n", branch)) == 70
    assert not re.search(r"\nUnit A\d+ \(1\)\n", branch)


@pytest.mark.parametrize("number", ["0", "-3", "99", "x"])
def test_a_page_that_is_not_there_is_the_nearest(client: FlaskClient, number: str) -> None:
    make_large_org()
    assert re.search(r"\n[12] of 2\n", visit(client, make_programme(), f"?page={number}"))


def test_declared_attributes_tell_how_many_categories_would_be_large_enough(client: FlaskClient) -> None:
    make_attribute(code="grade", label="Grade")
    unit = make_unit()
    for number in range(60):
        make_person(unit=unit, attributes={"grade": "G5" if number < 50 else "G9"})

    said = visit(client, make_programme(attributes=["grade"]))

    assert "A category of a unit is shown from 20 answers on." in said
    assert re.search(r"\nGrade\n1 of 2\n", said)
    assert "Declared attributes" not in visit(client, make_programme())


def test_the_page_of_the_survey_has_the_headline_and_leads_here(client: FlaskClient) -> None:
    make_org(people_each=14)
    programme = make_programme()
    as_role(client, Role.UNION_OBSERVER)

    html = page(client, f"/programmes/{programme.id}")

    assert "At 55% response and k = 10, about 3 of 7 units would have their own result" in html
    assert f'href="/programmes/{programme.id}/forecast"' in html


def test_the_page_of_a_survey_that_asks_nobody_leads_here_all_the_same(
    app: Flask, client: FlaskClient
) -> None:
    programme = make_programme()
    as_role(client, Role.OD_EDITOR)
    html = page(client, f"/programmes/{programme.id}")
    assert "Before it opens, see which units would have their own result." in html
    assert queries.list_waves(programme.id) == []


def unit_id(code: str) -> int:
    return next(unit.id for unit in directory.list_units() if unit.code == code)
