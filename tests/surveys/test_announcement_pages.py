"""The channels of a survey by page and by command: added, shown in part, removed."""

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from pulse.db import writing
from pulse.surveys import announcement_queries as posts
from pulse.surveys.announcements import MOST, add_channel
from pulse.surveys.models import Programme
from pulse.surveys.running_models import OPENED
from pulse.web.access import Role
from tests.surveys.browsing import as_role, page
from tests.surveys.factories import make_planned_wave, make_programme

ADDRESS = "https://hooks.slack.com/services/T0/B0/SecretXyZ"


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def programme(app: Flask) -> Programme:
    return make_programme(name="Staff pulse")


def test_an_added_channel_is_shown_in_part_and_removed_again(
    programme: Programme, client: FlaskClient
) -> None:
    as_role(client, Role.OD_EDITOR)
    place = f"/programmes/{programme.id}/announcements"
    assert "None yet." in page(client, place)
    assert client.post(place, data={"kind": "slack", "address": f" {ADDRESS} "}).status_code == 303
    shown = page(client, place)
    assert "hooks.slack.com, ending in tXyZ" in shown
    assert "SecretXyZ" not in shown
    assert "Nothing yet" in shown
    (webhook,) = posts.list_webhooks(programme.id)
    assert webhook.url == ADDRESS
    assert ADDRESS not in repr(webhook)
    client.post(f"{place}/{webhook.id}/remove")
    assert "None yet." in page(client, place)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "slack", "address": "http://127.0.0.1/x"}, "The address must begin with https://"),
        ({"kind": "teams", "address": ADDRESS}, "This is not an address of Microsoft Teams"),
        ({"kind": "slack", "address": ""}, "Paste the address that the channel gave you."),
        ({"address": ADDRESS}, "Choose where to."),
    ],
)
def test_any_other_address_gets_one_sentence_and_nothing_is_kept(
    programme: Programme, client: FlaskClient, typed: dict[str, str], sentence: str
) -> None:
    as_role(client, Role.ADMINISTRATOR)
    answer = client.post(f"/programmes/{programme.id}/announcements", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert posts.list_webhooks(programme.id) == []


def test_the_same_channel_twice_and_an_eleventh_one_are_refused(
    programme: Programme, client: FlaskClient
) -> None:
    as_role(client, Role.OD_EDITOR)
    place = f"/programmes/{programme.id}/announcements"
    for number in range(MOST):
        add_channel(programme.id, "slack", f"{ADDRESS}{number}", ())
    again = client.post(place, data={"kind": "slack", "address": f"{ADDRESS}1"})
    assert "This channel is told already." in again.text
    eleventh = client.post(place, data={"kind": "slack", "address": ADDRESS})
    assert f"A survey can tell {MOST} channels: remove one first." in eleventh.text


def test_a_channel_of_another_survey_is_not_removed(programme: Programme, client: FlaskClient) -> None:
    other = add_channel(make_programme().id, "slack", ADDRESS, ())
    as_role(client, Role.OD_EDITOR)
    client.post(f"/programmes/{programme.id}/announcements/{other.id}/remove")
    assert len(posts.list_webhooks(other.programme_id)) == 1
    assert client.get("/programmes/999/announcements").status_code == 404


def test_a_channel_that_was_told_can_be_removed_with_what_was_posted(client: FlaskClient) -> None:
    wave = make_planned_wave()
    webhook = add_channel(wave.programme_id, "slack", ADDRESS, ())
    with writing():
        posts.claim_post(webhook.id, wave.id, OPENED)
        posts.set_post_state(webhook.id, wave.id, OPENED, posts.FAILED)
    as_role(client, Role.OD_EDITOR)
    place = f"/programmes/{wave.programme_id}"
    assert "Could not tell Slack (hooks.slack.com, ending in tXyZ)" in page(client, place)
    assert f"{wave.label}, opened: could not be told" in page(client, f"{place}/announcements")
    client.post(f"{place}/announcements/{webhook.id}/remove")
    assert posts.list_posts(wave.programme_id) == []
    assert "Could not tell" not in page(client, place)


def test_the_commands_add_list_and_remove(programme: Programme, runner: FlaskCliRunner) -> None:
    added = runner.invoke(args=["programme", "announce-to", "staff PULSE", "slack"], input=f"{ADDRESS}\n")
    (webhook,) = posts.list_webhooks(programme.id)
    assert f"Slack is told of Staff pulse from now on, as number {webhook.id}." in added.output
    assert "SecretXyZ" not in added.output
    listed = runner.invoke(args=["programme", "announce-remove", "Staff pulse"])
    assert listed.output == f"{webhook.id}\tSlack\thooks.slack.com, ending in tXyZ\tNothing yet\n"
    wrong = runner.invoke(args=["programme", "announce-remove", "Staff pulse", "99"])
    assert (wrong.exit_code, wrong.output.count("\n")) == (1, 1)
    removed = runner.invoke(args=["programme", "announce-remove", "Staff pulse", str(webhook.id)])
    assert "is told no more." in removed.output
    assert (
        runner.invoke(args=["programme", "announce-remove", "Staff pulse"]).output == "No channel is told.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Staff pulse", "teams", ADDRESS], "Error: This is not an address of Microsoft Teams"),
        (["Nobody's", "slack", ADDRESS], 'Error: There is no survey called "Nobody\'s"'),
    ],
)
def test_a_command_given_wrongly_says_one_sentence(
    programme: Programme, runner: FlaskCliRunner, arguments: list[str], sentence: str
) -> None:
    done = runner.invoke(args=["programme", "announce-to", *arguments])
    assert done.exit_code == 1
    assert done.output.startswith(sentence)
    assert posts.list_webhooks(programme.id) == []
