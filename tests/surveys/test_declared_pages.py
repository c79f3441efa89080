"""Declaring attributes, and setting k, by page and by command; and what staff read of it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from pulse.db import db
from pulse.invitations.codes import make_token
from pulse.surveys import queries
from pulse.surveys.keyring import Keyring
from pulse.web.access import Role
from tests.directory.factories import Org, make_attribute, make_org
from tests.surveys.browsing import as_role, make_current_wave, page
from tests.surveys.factories import make_open_wave, make_programme
from tests.surveys.wizarding import change, make_draft, of_step, set_up, typed


@pytest.fixture(autouse=True)
def org(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Org:
    """Eight people of two grades, each with a length of service of two."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    org = make_org()
    make_attribute(code="grade", label="Grade (NHS)", position=1)
    make_attribute(code="service", label="Length of service", position=2)
    for number, person in enumerate(org.people.values()):
        person.attributes = {"grade": f"G{number % 2}", "service": "Long" if number < 4 else "Short"}
    db.session.commit()
    return org


def run(runner: FlaskCliRunner, *words: str, code: int = 0) -> str:
    result = runner.invoke(args=["programme", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_the_form_offers_each_attribute_with_its_categories_and_each_pair(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)
    shown = page(client, f"{make_draft()}/protection")
    assert "Grade (NHS) (2 categories today)" in shown
    assert 'value="grade*service"' in shown
    assert "Grade (NHS) together with Length of service" in shown
    assert "NHS: k is 11 or more" in shown


def test_what_is_chosen_on_the_page_stands_on_the_page_of_the_survey(client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)

    shown = set_up(
        client, attributes=["grade", "service"], crosses=["grade*service"], profile="nhs", k="11"
    ).text

    [programme] = queries.list_programmes()
    assert (programme.attributes, programme.crosses) == (["grade", "service"], [["grade", "service"]])
    assert (programme.k, programme.profile) == (11, "nhs")
    assert "Team, Grade (NHS), Length of service, Grade (NHS) together with Length of service" in shown
    assert "NHS: k is 11 or more" in shown
    form = page(client, f"/programmes/{programme.id}/edit/protection")
    assert 'value="grade*service" checked' in form
    assert 'value="nhs" checked' in form


@pytest.mark.parametrize(
    ("chosen", "field", "sentence"),
    [
        ({"attributes": ["grade"], "crosses": ["grade*service"]}, "crosses", "Choose the attribute"),
        ({"attributes": ["<b>"]}, "attributes", "The staff list has no attribute"),
        ({"attributes": ["grade"], "crosses": ["grade"]}, "crosses", "Choose the attribute"),
        ({"profile": "nhs", "k": "10"}, "k", "Set k to 11 or more"),
    ],
)
def test_what_cannot_be_stands_at_its_field(
    chosen: dict[str, str | list[str]], field: str, sentence: str, client: FlaskClient
) -> None:
    as_role(client, Role.OD_EDITOR)
    draft = make_draft()
    answer = client.post(f"{draft}/protection", data=of_step("protection", typed(**chosen)))
    assert answer.status_code == 422
    assert f'href="#{field}">{sentence}' in answer.text
    assert "<b>" not in answer.text.partition("<main")[2].replace("&lt;b&gt;", "")
    assert queries.list_programmes() == []


def test_an_attribute_that_left_the_staff_list_can_be_taken_off(client: FlaskClient) -> None:
    programme = make_programme(attributes=["shoe"])
    as_role(client, Role.OD_EDITOR)
    address = f"/programmes/{programme.id}/edit/protection"
    assert "shoe (not in the staff list any more)" in page(client, address)

    refused = client.post(address, data=of_step("protection", typed(attributes=["shoe"])))
    assert "The staff list has no attribute &#34;shoe&#34;" in refused.text
    draft = change(client, programme.id, attributes=[])
    assert client.post(f"{draft}/check").status_code == 303
    assert queries.get_programme(programme.id).attributes == []


def test_a_lower_k_is_refused_on_the_page_once_a_wave_has_opened(
    client: FlaskClient, keyring: Keyring
) -> None:
    wave = make_current_wave(keyring, k=12)
    as_role(client, Role.OD_EDITOR)
    address = f"/programmes/{wave.programme_id}/edit/protection"

    refused = client.post(address, data=of_step("protection", typed(k="11", attributes=["grade"])))

    assert refused.status_code == 422
    assert 'href="#k">Keep k at 12 or raise it' in refused.text
    assert queries.get_programme(wave.programme_id).attributes == []


def test_add_declares_attributes_crosses_and_a_profile(runner: FlaskCliRunner) -> None:
    options = "--attribute grade --attribute service --cross service,grade --profile nhs"
    run(runner, "add", "Pulse", "--organisation", "Example Council", *options.split())
    [programme] = queries.list_programmes()
    assert (programme.k, programme.profile) == (11, "nhs")
    assert (programme.attributes, programme.crosses) == (["grade", "service"], [["grade", "service"]])
    shown = run(runner, "show", "Pulse")
    assert "k: 11 (nhs)" in shown
    assert "Results by: Team, Grade (NHS), Length of service, Grade (NHS) together with Length of" in shown


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("--attribute shoe", 'The staff list has no attribute "shoe": choose among grade, service.'),
        ("--attribute grade --cross grade", "Write a cross as two codes with a comma between"),
        ("--attribute grade --cross grade,service", 'Choose the attribute "service" by itself too'),
        ("--profile nhs --k 10", "Set k to 11 or more"),
    ],
)
def test_what_cannot_be_declared_is_refused_in_one_sentence(
    options: str, sentence: str, runner: FlaskCliRunner
) -> None:
    said = run(runner, "add", "Pulse", "--organisation", "Example Council", *options.split(), code=1)
    assert said.startswith(f"Error: {sentence}")
    assert queries.list_programmes() == []


def test_set_k_raises_and_does_not_lower(runner: FlaskCliRunner, keyring: Keyring) -> None:
    wave = make_open_wave(keyring, make_programme(name="Pulse", k=12))
    said = run(runner, "set-k", "pulse", "15", "--profile", "nhs", "--yes")
    assert said == "Pulse has k 15 (nhs) from the next wave that opens.\n"
    assert run(runner, "set-k", "pulse", "14", code=1).startswith("Error: Keep k at 15 or raise it")
    assert run(runner, "set-k", "pulse", "15", "--profile", "standard", code=1).startswith("Error: Keep this")
    assert run(runner, "set-k", "nobody", "15", code=1).startswith("Error: There is no survey called")
    db.session.expire_all()
    assert (queries.get_wave(wave.id).k, queries.get_programme(wave.programme_id).k) == (12, 15)


def test_the_first_page_names_what_is_sealed_with_the_answers_and_nothing_else(
    client: FlaskClient, keyring: Keyring, org: Org
) -> None:
    for declared, words in (
        (["service"], "we seal your team and, from the staff list: Length of service."),
        ([], "we seal your team, so that they can be counted by team."),
    ):
        wave = make_open_wave(keyring, make_programme(attributes=declared))
        token = make_token(keyring.token_key(), wave.id, org.people["A1-1"].id)
        shown = page(client, f"/a/{token}")
        assert words in shown
        assert "Grade" not in shown
