"""The pages and the command of bridges: how many people it takes, planned, taken back, and linked to."""

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from pulse.surveys import queries
from pulse.surveys.models import Programme
from pulse.web.access import Role
from tests.surveys.browsing import as_role, page
from tests.surveys.changed_questions import become_another
from tests.surveys.crowds import make_crowd
from tests.surveys.factories import make_programme


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def programme(app: Flask) -> Programme:
    return make_programme(name="Staff pulse")


def bridges_of(programme: Programme) -> list[list[str]]:
    return queries.get_programme(programme.id).bridges


def test_an_editor_plans_a_bridge_and_takes_it_back(programme: Programme, client: FlaskClient) -> None:
    make_crowd({"North": 700})
    new, place = become_another("PTA-06"), f"/programmes/{programme.id}/bridges"
    as_role(client, Role.OD_EDITOR)
    assert "332 answers on each side, 664 in all" in page(client, place)
    assert f'href="{place}"' in client.get(f"/programmes/{programme.id}").text
    assert "Staff pulse" in page(client, "/programmes/bridges")

    assert client.post(f"{place}/plan", data={"new": new}).status_code == 303
    assert bridges_of(programme) == [["PTA-06", new]]
    assert "asks half the people each" in page(client, place)

    client.post(f"{place}/remove", data={"new": new})
    assert bridges_of(programme) == []
    assert "Plan a bridge" in page(client, place)


def test_where_people_are_too_few_the_page_says_how_many_it_takes_and_has_no_button(
    programme: Programme, client: FlaskClient
) -> None:
    make_crowd({"North": 214})
    new, place = become_another("PTA-06"), f"/programmes/{programme.id}/bridges"
    as_role(client, Role.ADMINISTRATOR)
    shown = page(client, place)
    assert "This survey asks 214 people: take the break instead." in shown
    assert "Plan a bridge" not in shown

    refused = client.post(f"{place}/plan", data={"new": new}, follow_redirects=True)

    assert "take the break instead" in refused.text
    assert bridges_of(programme) == []


def test_a_reader_sees_what_is_planned_and_cannot_change_it(
    programme: Programme, client: FlaskClient
) -> None:
    make_crowd({"North": 700})
    become_another("PTA-06")
    as_role(client, Role.UNION_OBSERVER)
    shown = page(client, f"/programmes/{programme.id}/bridges")
    assert "No bridge is planned." in shown
    assert "Plan a bridge" not in shown


def test_the_command_tells_plans_and_takes_back(programme: Programme, app: Flask) -> None:
    make_crowd({"North": 700})
    new, runner = become_another("PTA-06"), app.test_cli_runner()

    def said(*args: str, code: int = 0) -> str:
        done = runner.invoke(args=["programme", "bridge", "Staff pulse", *args])
        assert done.exit_code == code
        return str(done.output)

    assert isinstance(runner, FlaskCliRunner)
    assert f"PTA-06 became {new}: No bridge is planned." in said()
    assert "is planned." in said(new)
    assert "A bridge is planned." in said()
    assert "planned already" in said(new, code=1)
    assert "everybody is asked the same" in said(new, "--take-back")
    assert "stands in place of no question" in said("SUR-01", code=1)
