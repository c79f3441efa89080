"""The pages of programmes, as each role meets them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pulse.db import writing
from pulse.surveys.clock_queries import set_beat
from pulse.surveys.keyring import Keyring
from pulse.web.access import Role
from tests.directory.factories import make_org
from tests.surveys.browsing import READERS, as_role, make_current_wave, make_future_wave, page
from tests.surveys.factories import make_programme


@pytest.fixture(autouse=True)
def _without_form_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a missing token does has its own test."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_but_leaders_reads_every_page(role: Role, client: FlaskClient) -> None:
    wave = make_future_wave()
    addresses = (
        "/programmes/",
        f"/programmes/{wave.programme_id}",
        f"/programmes/waves/{wave.id}",
        f"/programmes/waves/{wave.id}/preview",
    )
    as_role(client, role)

    codes = {client.get(address).status_code for address in addresses}

    assert codes == ({200} if role in READERS else {403})


def test_the_list_shows_the_wave_that_is_running(client: FlaskClient, keyring: Keyring) -> None:
    make_org()
    wave = make_current_wave(keyring)
    make_programme(name="Asleep", active=False)
    as_role(client, Role.HR_ANALYST)

    shown = page(client, "/programmes/")

    assert f'href="/programmes/waves/{wave.id}"' in shown
    assert ">Open<" in shown
    assert ">Paused<" in shown


def test_a_question_that_left_its_bank_is_told_where_it_can_be_mended(client: FlaskClient) -> None:
    wave = make_future_wave(rotation=[["GONE-01"]])
    as_role(client, Role.OD_EDITOR)

    for address in (
        f"/programmes/{wave.programme_id}",
        f"/programmes/waves/{wave.id}",
        f"/programmes/waves/{wave.id}/preview",
    ):
        assert "Question GONE-01 is in no bank any more" in page(client, address)
    assert "What is asked" in page(client, f"/programmes/{wave.programme_id}/edit")
    assert "What is asked" in page(client, f"/programmes/{wave.programme_id}/edit/what")


@pytest.mark.parametrize("place", ["999", "999/edit", "999/edit/when", "waves/999", "waves/999/preview"])
def test_a_link_to_nothing_is_a_page_that_says_so(place: str, client: FlaskClient) -> None:
    as_role(client, Role.OD_EDITOR)

    assert client.get(f"/programmes/{place}").status_code == 404


def test_pausing_and_resuming_are_told(client: FlaskClient) -> None:
    wave = make_future_wave()
    as_role(client, Role.OD_EDITOR)
    address = f"/programmes/{wave.programme_id}"

    paused = client.post(f"{address}/pause", follow_redirects=True).text
    resumed = client.post(f"{address}/resume", follow_redirects=True).text

    assert "no wave opens until you resume it" in paused
    assert "None while the survey is paused." in paused
    assert "The survey runs again" in resumed
    assert ">Planned<" in resumed


def test_the_page_of_a_survey_tells_how_it_runs(client: FlaskClient) -> None:
    wave = make_future_wave(
        quiet_periods=[["2031-12-21", "2032-01-03"]],
        channels=["text", "slip"],
        reminder_days=[4, 9],
        cohorts=2,
    )
    as_role(client, Role.UNION_OBSERVER)

    shown = page(client, f"/programmes/{wave.programme_id}")

    assert "21 December 2031 to 3 January 2032" in shown
    assert "Text message, then paper slip with a code, handed out" in shown
    assert "Reminders of wave 1: " in shown
    assert "Wave 2, cohort 2 of 2" in shown
    assert "No worker has been seen yet." in shown
    assert "Reminders</dt>" in page(client, f"/programmes/waves/{wave.id}")


def test_a_worker_that_stands_still_is_told_and_one_that_runs_is_not(client: FlaskClient) -> None:
    as_role(client, Role.HR_ANALYST)
    now = datetime.now(UTC)
    for ago, told in ((timedelta(minutes=4), False), (timedelta(minutes=6), True)):
        with writing():
            set_beat(now - ago)
        assert ("The worker was last seen" in page(client, "/programmes/")) is told
